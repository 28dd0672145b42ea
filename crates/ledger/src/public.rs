//! Which files of a ledger anyone may have, as c2sp.org/tlog-tiles names them below `log/`.

use std::collections::BTreeSet;

use crate::error::LedgerError;
use crate::head::{read_checkpoint, read_key};
use crate::layout::{File, SEGMENTS, width};
use crate::ledger::Ledger;
use crate::operation::OperationId;
use crate::redact::without;

/// A file of the published log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is.
    pub kind: PublicKind,
}

/// What a file of the published log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicKind {
    /// The newest checkpoint: text, and another one after the next entry.
    Checkpoint,
    /// The public key: text.
    Key,
    /// A tile of hashes or a bundle of entries: bytes that never change.
    Tile,
}

/// Whether a ledger of `size` entries has a file of this path. What a dead writer left, and the lock, is none.
pub fn is_ledger_file(path: &str, size: u64) -> bool {
    match File::parse(path) {
        Some(File::Checkpoint | File::Key) => true,
        Some(File::Bundle { index, width: wide }) => wide <= width(size, 0, index),
        Some(File::Tile { level, index, width: wide }) => wide <= width(size, level, index),
        Some(File::Segment { entry, .. }) => entry < size,
        None => false,
    }
}

impl Ledger {
    /// The file that `log/<path>` is to the world, as of now; `None` for everything that the log does not publish. What
    /// lies beyond the checkpoint, which a dead writer may have left, is not published: it may yet become other bytes.
    ///
    /// # Errors
    /// [`LedgerError::Storage`]; [`LedgerError::Damaged`] if the checkpoint is.
    pub fn public_file(&self, path: &str) -> Result<Option<PublicFile>, LedgerError> {
        let storage = self.storage();
        let Some(file) = File::parse(&format!("log/{path}")) else { return Ok(None) };
        let checkpoint = read_checkpoint(storage, self.key())?;
        match file {
            File::Checkpoint => Ok(Some(text(PublicKind::Checkpoint, checkpoint.note))),
            File::Key => Ok(Some(text(PublicKind::Key, format!("{}\n", read_key(storage)?)))),
            File::Segment { .. } => Ok(None),
            File::Bundle { .. } | File::Tile { .. } if !is_ledger_file(&file.to_string(), checkpoint.size) => Ok(None),
            File::Bundle { .. } | File::Tile { .. } => {
                let bytes = storage.read(&file.to_string())?;
                Ok(bytes.map(|bytes| PublicFile { bytes, kind: PublicKind::Tile }))
            }
        }
    }
}

impl Ledger {
    /// A segment's bytes as `segments/<path>` is published: without the values and salts of `hidden` operations, which
    /// are about to be destroyed. `None` if there is no such segment below the checkpoint.
    ///
    /// # Errors
    /// [`LedgerError::Storage`]; [`LedgerError::Damaged`] rather than a byte that nobody vouches for.
    pub fn public_segment(&self, path: &str, hidden: &BTreeSet<OperationId>) -> Result<Option<Vec<u8>>, LedgerError> {
        let path = format!("{SEGMENTS}{path}");
        let Some(file @ File::Segment { entry, .. }) = File::parse(&path) else { return Ok(None) };
        if entry >= read_checkpoint(self.storage(), self.key())?.size {
            return Ok(None);
        }
        let Some(bytes) = self.storage().read(&path)? else { return Ok(None) };
        let end = OperationId { entry, operation: u32::MAX };
        let doomed = hidden.range(OperationId { entry, operation: 0 }..=end).map(|id| id.operation).collect();
        Ok(Some(without(file, &bytes, &doomed)?.0))
    }
}

fn text(kind: PublicKind, text: String) -> PublicFile {
    PublicFile { bytes: text.into_bytes(), kind }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::of_size;
    use crate::{MemStorage, Storage};
    use std::sync::Arc;

    #[test]
    fn what_the_checkpoint_vouches_for_is_public_and_nothing_else_is() {
        let (storage, ledger) = of_size(3);
        for path in ["checkpoint", "key.pub", "tile/0/000.p/1", "tile/0/000.p/3", "tile/entries/000.p/2"] {
            let file = ledger.public_file(path).unwrap().unwrap_or_else(|| panic!("{path}"));
            assert_eq!(Some(file.bytes), storage.read(&format!("log/{path}")).unwrap(), "{path}");
        }
        let hidden = [
            "",
            "checkpoint.tmp",
            "../keys/log.key",
            "tile/0/000",
            "tile/0/000.p/4",
            "tile/9/000",
            "../segments/000-0000000000.seg",
        ];
        for path in hidden {
            assert_eq!(ledger.public_file(path).unwrap(), None, "{path}");
        }
    }

    #[test]
    fn segments_are_public_without_what_is_about_to_be_destroyed() {
        let (storage, ledger) = of_size(3);
        let path = "001-0000000000.seg";
        let stored = storage.read(&format!("segments/{path}")).unwrap();
        assert_eq!(ledger.public_segment(path, &BTreeSet::new()).unwrap(), stored);
        let id = OperationId { entry: 1, operation: 0 };
        let shown = ledger.public_segment(path, &BTreeSet::from([id])).unwrap().unwrap();
        assert!(shown.len() < stored.unwrap().len());
        ledger.redact(&[id]).unwrap();
        assert_eq!(storage.read(&format!("segments/{path}")).unwrap(), Some(shown));
        for none in ["003-0000000000.seg", "001-0000000001.seg", "x", "../keys/log.key", ""] {
            assert_eq!(ledger.public_segment(none, &BTreeSet::new()).unwrap(), None, "{none}");
        }
    }

    #[test]
    fn a_dead_writer_s_tiles_are_not_public_until_they_are_signed() {
        let (longer, _) = of_size(3);
        let mut files = crate::tests::files(&*longer);
        files.insert("log/checkpoint".into(), of_size(2).1.checkpoint().note.clone().into());
        let ledger = Ledger::open(Arc::new(MemStorage::from(files))).unwrap();
        assert_eq!(ledger.public_file("tile/0/000.p/3").unwrap(), None);
        assert!(ledger.public_file("tile/0/000.p/2").unwrap().is_some());
    }
}
