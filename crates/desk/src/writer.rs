//! The desk's way to the ledger. The desk itself can't write there: the program hands it somebody who can.

use std::collections::BTreeSet;
use std::sync::Arc;

use edition::{Edition, State};
use model::{Id, Operation, OperationNumber};

/// Something that is to be destroyed for good: its value in the ledger, and everything that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grave {
    /// A claim, a piece of evidence or a capture.
    pub number: OperationNumber,
    /// The class of the reason, such as `court-order`.
    pub reason: Id,
    /// The reference of the public notice.
    pub notice: Box<str>,
    /// Also evidence, with its quotes, that bears on nothing else.
    pub with_evidence: bool,
    /// Also every capture in whose words the value stands.
    pub with_captures: bool,
    /// No source may fill the property in again, not only those cited so far.
    pub all_sources: bool,
}

/// What a redaction would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The operations whose values would be destroyed, captures among them.
    pub doomed: BTreeSet<OperationNumber>,
    /// Words of these values: what will be taken out of the desk's own store, too.
    pub words: BTreeSet<String>,
    /// Where they stand otherwise and would stay.
    pub elsewhere: Vec<String>,
}

/// Takes these words out of what its caller keeps; `Err` with the reason if it can't.
pub type Forget<'f> = &'f mut dyn FnMut(&BTreeSet<String>) -> Result<(), String>;

/// What a site answered, as the archive and the ledger would keep it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// The canonical bytes of the capture's operation, without its source.
    pub operation: Vec<u8>,
    /// Its words in the archive's form; empty if none were read.
    pub text: Vec<u8>,
    /// All that the operation names.
    pub bytes: Vec<Vec<u8>>,
    /// What an editor should know.
    pub note: String,
}

/// Writes entries, and knows what is live; asks the web for those who may not.
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
    fn append(&self, author: &str, work: &dyn Fn(&State) -> Vec<Operation>) -> Result<Option<u64>, String> {
        self.bury(author, &[], work)
    }

    /// The same with the tombstones of these graves in the entry. The values themselves go with [`Writer::finish`].
    ///
    /// # Errors
    /// Why not, in words. The entry may be there all the same.
    fn bury(
        &self,
        author: &str,
        graves: &[Grave],
        work: &dyn Fn(&State) -> Vec<Operation>,
    ) -> Result<Option<u64>, String>;

    /// What these graves would come to.
    ///
    /// # Errors
    /// Why it can't be, in words.
    fn plan(&self, graves: &[Grave]) -> Result<Plan, String>;

    /// Destroys every value that a tombstone names and that is still there, once `forget` has taken its words out of
    /// the caller's store; gives how many. A crash at any moment is mended by doing it again.
    ///
    /// # Errors
    /// What is in the way, in words.
    fn finish(&self, forget: Forget<'_>) -> Result<usize, String>;

    /// How many values are named by a tombstone and still there.
    ///
    /// # Errors
    /// Why the ledger can't be read, in words.
    fn unfinished(&self) -> Result<usize, String>;

    /// Asks for an address behind the guard, in a process apart. This takes seconds to minutes.
    ///
    /// # Errors
    /// That nothing came; to nobody at the desk, why: the answer would tell what stands in the machine's own network.
    fn take(&self, url: &str) -> Result<Taken, String>;

    /// Makes what was taken part of the record, as a capture of this source. What is there already is left as it is.
    ///
    /// # Errors
    /// Why not, in words.
    fn keep(&self, source: &Id, taken: Taken) -> Result<(), String>;

    /// The first entry from `since` on that was made from bytes with this SHA-256.
    ///
    /// # Errors
    /// Why the ledger can't be read, in words.
    fn find(&self, since: u64, digest: &[u8; 32]) -> Result<Option<u64>, String>;
}
