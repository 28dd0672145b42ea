//! Verifying the operations: every checksum, every commitment, and every entry's root over them.

use std::collections::BTreeSet;

use super::Check;
use crate::entry::Entry;
use crate::layout::File;
use crate::merkle::{Tree, leaf_hash};
use crate::operation::{OperationId, commitment};
use crate::segment::{Flaw, Header, Raw, Records};
use crate::turns::{Turn, is_own};

impl Check<'_> {
    /// Checks the segments of all entries; of a damaged entry only what its segments say of themselves.
    pub(super) fn segments(&mut self, files: &BTreeSet<File>, entries: &[Option<Entry>]) {
        for (number, entry) in (0..).zip(entries) {
            let parts = File::Segment { entry: number, first: 0 }..=File::Segment { entry: number, first: u32::MAX };
            let of = entry.as_ref();
            let mut reading = Reading { entry: number, of, next: Some(0), tree: Tree::new(), sound: true };
            for file in files.range(parts) {
                self.part(*file, entry.as_ref(), &mut reading);
            }
            if let Some(entry) = entry {
                self.close(entry, &mut reading);
            }
        }
    }

    fn part(&mut self, file: File, entry: Option<&Entry>, reading: &mut Reading<'_>) {
        let File::Segment { first, .. } = file else { return };
        let first = u64::from(first);
        let overlaps = reading.next.is_some_and(|next| first < next);
        if overlaps || entry.is_some_and(|entry| first >= entry.operations.into()) {
            return self.error(file, None, "its entry has no segment that begins here");
        }
        if let Some(next) = reading.next.take().filter(|next| *next < first) {
            self.gap(reading, next);
        }
        let Some(bytes) = self.read(file) else { return reading.sound = false };
        match Header::decode(&bytes) {
            Ok(header) => self.records(file, &bytes, &header, reading),
            Err(flaw) => {
                self.flaw(file, flaw);
                reading.sound = false;
            }
        }
    }

    fn records(&mut self, file: File, bytes: &[u8], header: &Header, reading: &mut Reading<'_>) {
        let Header { entry, first, .. } = *header;
        if (File::Segment { entry, first }) != file || header.count == 0 {
            reading.sound = false;
            return self.error(file, Some(0..38), "the header is that of another segment");
        }
        let length = header.length_flaw(bytes);
        let mut unread = length.is_some();
        length.into_iter().for_each(|flaw| self.flaw(file, flaw));
        let mut operation = u64::from(first);
        for record in Records::new(bytes, header) {
            match record {
                Ok((range, raw)) => {
                    self.turn(file, range.clone(), reading.of, raw);
                    self.record(file, range, (entry, operation), raw, &mut reading.tree);
                }
                Err(flaw) => {
                    // Cut-off files have been reported as such.
                    if flaw.range.end > flaw.range.start && !unread {
                        self.flaw(file, flaw);
                    }
                    unread = true;
                }
            }
            operation += 1;
        }
        if operation != header.end() && !unread {
            let what =
                format!("it holds `{}` operations, its header says `{}`", operation - u64::from(first), header.count);
            self.error(file, None, what);
        }
        reading.sound &= !unread;
        reading.next = Some(header.end());
    }

    /// Takes down what the ledger says about itself.
    fn turn(&mut self, file: File, range: std::ops::Range<u64>, entry: Option<&Entry>, raw: Raw<'_>) {
        let (true, Some(entry)) = (is_own(raw.kind), entry) else { return };
        let read = raw.value.ok_or("the ledger's own operations can't be redacted");
        match read.and_then(|(_, bytes)| Turn::read(entry, raw.kind, bytes)) {
            Ok(turn) => self.turns.push(turn),
            Err(what) => self.flaw(file, Flaw { range, what }),
        }
    }

    fn record(
        &mut self,
        file: File,
        range: std::ops::Range<u64>,
        (entry, operation): (u64, u64),
        raw: Raw<'_>,
        tree: &mut Tree,
    ) {
        self.operations += 1;
        tree.push(leaf_hash(raw.commitment));
        match raw.value {
            Some((salt, bytes)) if commitment(raw.kind, salt, bytes) != *raw.commitment => {
                self.flaw(file, Flaw { range, what: "an operation is not the one that was committed to" });
            }
            Some(_) => {}
            None if raw.sealed => self.sealed.push(OperationId { entry, operation: operation as u32 }),
            None => self.redacted.push(OperationId { entry, operation: operation as u32 }),
        }
    }

    /// Compares what was read with what the entry says.
    fn close(&mut self, entry: &Entry, reading: &mut Reading<'_>) {
        let operations = u64::from(entry.operations);
        let first = File::Segment { entry: entry.number, first: 0 };
        match reading.next {
            Some(next) if next < operations => self.gap(reading, next),
            Some(next) if next > operations => {
                self.error(first, None, format!("its entry has only `{operations}` operations"));
            }
            _ if reading.sound && reading.tree.root() != entry.root => {
                let what = format!("the operations of entry `{}` don't have the entry's root", entry.number);
                self.error(first, None, what);
            }
            _ => {}
        }
    }

    fn gap(&mut self, reading: &mut Reading<'_>, next: u64) {
        reading.sound = false;
        let first = u32::try_from(next).unwrap_or(u32::MAX);
        self.error(File::Segment { entry: reading.entry, first }, None, "the file is missing");
    }
}

/// How far the operations of an entry have been read.
struct Reading<'e> {
    entry: u64,
    of: Option<&'e Entry>,
    /// The operation that comes next; `None` behind a segment whose header can't be read.
    next: Option<u64>,
    tree: Tree,
    /// Whether all so far could be read.
    sound: bool,
}
