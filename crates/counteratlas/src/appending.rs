//! Appending an entry while others may write, too: whoever comes second looks again at what there is by then.

use anyhow::{Result, bail};
use edition::Follower;
use ledger::LedgerError;

/// A loser of the race for the ledger's head looks again this often.
const TRIES: usize = 8;

/// Attempts until nobody came before it. `attempt` works on the ledger as it stands, so it is asked anew each time.
///
/// # Errors
/// Those of the attempt; and if others came first every time.
pub fn in_turn<T>(
    follower: &mut Follower,
    mut attempt: impl FnMut(&Follower) -> Result<Result<T, LedgerError>>,
) -> Result<T> {
    for _ in 0..TRIES {
        match attempt(follower)? {
            Err(LedgerError::Moved { .. }) => drop(follower.follow()?),
            done => return Ok(done?),
        }
    }
    bail!("others kept writing to the ledger; hint: try again")
}
