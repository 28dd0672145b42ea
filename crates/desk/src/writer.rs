//! The desk's way to the ledger. The desk itself can't write there: the program hands it somebody who can.

use std::sync::Arc;

use edition::{Edition, State};
use model::Operation;

/// Writes entries, and knows what is live.
pub trait Writer: Send + Sync {
    /// The edition of the ledger as it stands, held back from readers or not.
    ///
    /// # Errors
    /// Why it can't be read, in words.
    fn edition(&self) -> Result<Arc<Edition>, String>;

    /// Appends what `work` makes of what is live as one entry, and gives its number; `None` if that is nothing. Where
    /// others write at the same time `work` is asked anew. It is on the disk before this returns.
    ///
    /// # Errors
    /// Why not, in words. The entry may be there all the same.
    fn append(&self, author: &str, work: &dyn Fn(&State) -> Vec<Operation>) -> Result<Option<u64>, String>;

    /// The first entry from `since` on that was made from bytes with this SHA-256.
    ///
    /// # Errors
    /// Why the ledger can't be read, in words.
    fn find(&self, since: u64, digest: &[u8; 32]) -> Result<Option<u64>, String>;
}
