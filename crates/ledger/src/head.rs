//! The head of a ledger as it lies in storage: the public key and the checkpoint it signed.

use crate::checkpoint::Checkpoint;
use crate::error::LedgerError;
use crate::layout::File;
use crate::note::VerifyingKey;
use crate::storage::Storage;

/// The ledger's own word for its public key.
pub(crate) fn read_key(storage: &dyn Storage) -> Result<VerifyingKey, LedgerError> {
    let bytes = storage.read(&File::Key.to_string())?.ok_or_else(|| LedgerError::missing(File::Key))?;
    let damaged = |what: String| LedgerError::damaged(File::Key, 0..bytes.len() as u64, what);
    let text = std::str::from_utf8(&bytes).ok().and_then(|text| text.strip_suffix('\n'));
    let text = text.ok_or_else(|| damaged("not a verifying key and a line end".into()))?;
    VerifyingKey::parse(text).map_err(|error| damaged(error.to_string()))
}

/// The checkpoint, if this key signed it.
pub(crate) fn read_checkpoint(storage: &dyn Storage, key: &VerifyingKey) -> Result<Checkpoint, LedgerError> {
    let bytes = storage.read(&File::Checkpoint.to_string())?.ok_or_else(|| LedgerError::missing(File::Checkpoint))?;
    Checkpoint::open(&bytes, key).map_err(|what| LedgerError::damaged(File::Checkpoint, 0..bytes.len() as u64, what))
}
