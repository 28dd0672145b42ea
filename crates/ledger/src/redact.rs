//! Redacting: the value and salt of operations are destroyed, and nothing else changes, no root and no proof.
//!
//! Why a value may be destroyed is for the caller to write down first, as an operation of an entry: a crash then leaves
//! a decision that is not carried out yet, and never a value that is gone without a reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::entry::Entry;
use crate::error::LedgerError;
use crate::layout::{File, SEGMENTS};
use crate::operation::{OperationId, commitment};
use crate::read::{each_part, visit_segment};
use crate::segment::{Flaw, Header, Raw, SegmentWriter};
use crate::storage::{Storage, Transaction};
use crate::turns::is_own;

/// A redaction under way. It holds the storage's lock from beginning to end.
pub(crate) struct Redact<'a> {
    storage: &'a dyn Storage,
    tx: Box<dyn Transaction + 'a>,
    destroyed: Vec<OperationId>,
}

impl<'a> Redact<'a> {
    pub fn begin(storage: &'a dyn Storage) -> Result<Self, LedgerError> {
        Ok(Self { storage, tx: storage.begin()?, destroyed: Vec::new() })
    }

    /// Destroys the values of these operations, which are in these entries. Gives those whose value was there.
    pub fn run(mut self, entries: &BTreeMap<u64, (Entry, BTreeSet<u32>)>) -> Result<Vec<OperationId>, LedgerError> {
        self.sweep()?;
        for (entry, doomed) in entries.values() {
            each_part(self.storage, entry, |file, bytes| {
                let (part, gone, end) = without(file, bytes, doomed)?;
                if !gone.is_empty() {
                    self.put(file, bytes, &part)?;
                    // A crash here: this part is done and the next is not; the next run does the rest.
                    let id = |operation| OperationId { entry: entry.number, operation };
                    self.destroyed.extend(gone.into_iter().map(id));
                }
                Ok(end)
            })?;
        }
        Ok(self.destroyed)
    }

    /// Puts the new segment into the old one's place, and reads it back.
    fn put(&mut self, file: File, old: &[u8], new: &[u8]) -> Result<(), LedgerError> {
        let path = file.to_string();
        let swapped = self.tx.swap(&path, Some(old), new)?;
        if !swapped || self.storage.read(&path)?.as_deref() != Some(new) {
            return Err(LedgerError::damaged(file, 0..new.len() as u64, "it is not what was just written"));
        }
        Ok(())
    }

    /// Removes what a redaction left that died before its new segment was in place.
    fn sweep(&mut self) -> Result<(), LedgerError> {
        for path in self.storage.list(SEGMENTS)?.iter().filter(|path| is_leftover(path)) {
            self.tx.remove(path)?;
        }
        Ok(())
    }
}

/// Whether a path is that of a new segment which never came into its place.
pub(crate) fn is_leftover(path: &str) -> bool {
    path.strip_suffix(".tmp").is_some_and(|path| matches!(File::parse(path), Some(File::Segment { .. })))
}

/// The segment without the values of the `doomed`, those of them that are still there, and which operation comes behind.
pub(crate) fn without(
    file: File,
    bytes: &[u8],
    doomed: &BTreeSet<u32>,
) -> Result<(Vec<u8>, Vec<u32>, u64), LedgerError> {
    let damaged = |flaw: Flaw| LedgerError::damaged(file, flaw.range, flaw.what);
    let header = Header::decode(bytes).map_err(damaged)?;
    let mut writer = SegmentWriter::new(header.entry, header.first);
    let (mut sound, mut gone) = (true, Vec::new());
    let end = visit_segment(file, bytes, &mut |operation, raw: Raw<'_>| {
        // What says whose key counts must stay readable for ever.
        let doomed = doomed.contains(&operation) && !is_own(raw.kind);
        gone.extend(Some(operation).filter(|_| doomed && (raw.value.is_some() || raw.sealed)));
        sound &= raw.value.is_none_or(|(salt, bytes)| commitment(raw.kind, salt, bytes) == *raw.commitment);
        writer.push(Raw { value: raw.value.filter(|_| !doomed), sealed: raw.sealed && !doomed, ..raw });
    });
    let end = end.map_err(damaged)?;
    if !sound {
        let what = "an operation is not the one that was committed to";
        return Err(LedgerError::damaged(file, 0..bytes.len() as u64, what));
    }
    Ok((writer.finish(), gone, end))
}
