//! What a signer remembers of the last checkpoint it signed, kept apart from the ledger: so that a ledger which was set
//! back to an older copy is noticed before a second, conflicting checkpoint is signed.

use crate::checkpoint::Checkpoint;
use crate::error::LedgerError;
use crate::log::Log;
use crate::note::VerifyingKey;
use crate::storage::Storage;

/// The last signed checkpoint, in a storage of its own.
const FILE: &str = "log.signed";

/// Refuses a ledger that is not a continuation of what was signed last.
pub(crate) fn check(memory: &dyn Storage, key: &VerifyingKey, log: Log<'_>) -> Result<(), LedgerError> {
    let Some(note) = memory.read(FILE)? else { return Ok(()) };
    let last = Checkpoint::open(&note, key).map_err(|what| LedgerError::damaged(FILE, 0..note.len() as u64, what))?;
    if last.size > log.size {
        let what = format!("`{}` entries were signed and here are `{}`", last.size, log.size);
        return Err(LedgerError::RolledBack { what });
    }
    if log.tree(0..last.size)?.root() != last.root {
        return Err(LedgerError::RolledBack {
            what: format!("the first `{}` entries are not those signed", last.size),
        });
    }
    Ok(())
}

/// Remembers a checkpoint. The caller holds the ledger's lock.
pub(crate) fn keep(memory: &dyn Storage, checkpoint: &Checkpoint) -> Result<(), LedgerError> {
    let mut tx = memory.begin()?;
    let before = memory.read(FILE)?;
    tx.swap(FILE, before.as_deref(), checkpoint.note.as_bytes())?;
    Ok(())
}
