//! Appending: one transaction from operations to a signed checkpoint, of one entry or of a group of them. It reads as a
//! story, and recovery is its first page: whatever a dead writer left is swept away before anything new is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::checkpoint::Checkpoint;
use crate::entry::{Draft, Entry, FORMAT_VERSION};
use crate::error::LedgerError;
use crate::head::read_checkpoint;
use crate::layout::{File, GROUP, width};
use crate::log::{Log, extend_bundle};
use crate::memory;
use crate::merkle::{Hash, Tree, leaf_hash};
use crate::note::SigningKey;
use crate::operation::{Operation, commitment};
use crate::read::each_raw;
use crate::seal::Vault;
use crate::segment::{Raw, SegmentWriter};
use crate::storage::{Storage, Transaction};
use crate::tiles::Edge;
use crate::turns::is_own;

/// The length a segment must not pass, unless one operation alone is longer: a part is read into memory whole.
pub(crate) const PART_BYTES: usize = 32 << 20;

/// What an entry may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sorts {
    /// Operations that say something about the world.
    OfTheWorld,
    /// The ledger's own.
    Own,
}

type Operations<'a> = Box<dyn Iterator<Item = Operation> + 'a>;
type Salts<'a> = &'a mut dyn FnMut() -> [u8; 32];
/// The entries to be: who and when, and the operations of each.
pub(crate) type Entries<'i, 'a> = &'i mut (dyn Iterator<Item = (Draft<'a>, Operations<'a>)> + 'i);

/// One append under way. It holds the storage's lock from beginning to end.
pub(crate) struct Append<'a> {
    storage: &'a dyn Storage,
    memory: Option<&'a dyn Storage>,
    key: &'a SigningKey,
    tx: Box<dyn Transaction + 'a>,
    head: Checkpoint,
    part_bytes: usize,
    /// Where the values go, if they are to be sealed.
    vault: Option<Vault<'a>>,
}

impl<'a> Append<'a> {
    /// Takes the lock and makes sure that the head is still the `known` one, and no older than the last one signed.
    pub fn begin(
        storage: &'a dyn Storage,
        memory: Option<&'a dyn Storage>,
        known: &Checkpoint,
        key: &'a SigningKey,
        part_bytes: usize,
    ) -> Result<Self, LedgerError> {
        let mut tx = storage.begin()?;
        // A writer may have died between swapping the head in and seeing it durable. If that were lost after we had
        // written behind it, what we wrote would look like a ledger that was set back.
        tx.settle(&File::Checkpoint.to_string())?;
        let head = read_checkpoint(storage, &key.verifying_key())?;
        if head.size > known.size {
            return Err(LedgerError::Moved { size: head.size });
        }
        if (head.size, head.root) != (known.size, known.root) {
            return Err(LedgerError::RolledBack { what: format!("its `{}` entries are not those known", head.size) });
        }
        if let Some(memory) = memory {
            memory::check(memory, &key.verifying_key(), Log { storage, size: head.size })?;
        }
        Ok(Self { storage, memory, key, tx, head, part_bytes, vault: None })
    }

    /// Has the values go into this storage, but for those of operations of the kind `open`.
    pub fn into_vault(mut self, vault: &'a dyn Storage, open: u8) -> Result<Self, LedgerError> {
        self.vault = Some(Vault::begin(vault, open, self.head.size)?);
        Ok(self)
    }

    pub fn run(&mut self, sorts: Sorts, entries: Entries<'_, '_>, salts: Salts<'_>) -> Result<Checkpoint, LedgerError> {
        let log = Log { storage: self.storage, size: self.head.size };
        let edge = log.edge()?;
        if edge.root() != self.head.root {
            let what = "the tiles on the right edge don't have the checkpoint's root";
            return Err(LedgerError::damaged(File::Checkpoint, 0..self.head.note.len() as u64, what));
        }
        self.sweep()?;
        // A crash here: nothing was written, the ledger is as it was.

        let staged = self.stage(log, edge, (sorts, entries), salts);
        if staged.is_err() {
            // Best effort, to give the disk its space back now; the next append sweeps again.
            let _ = self.sweep();
        }
        let next = staged?;
        // A crash up to here: files beyond the checkpoint, which readers pass over and the next append sweeps away.

        if !self.tx.swap(&File::Checkpoint.to_string(), Some(self.head.note.as_bytes()), next.note.as_bytes())? {
            return Err(LedgerError::Moved { size: self.head.size });
        }
        // A crash from here on: the entries stand, whether or not the caller heard of it.
        self.memory.map_or(Ok(()), |memory| memory::keep(memory, &next))?;
        Ok(next)
    }

    /// Writes everything that the next checkpoint stands for, reads it back, and signs it.
    fn stage(
        &mut self,
        log: Log<'_>,
        mut edge: Edge,
        (sorts, entries): (Sorts, Entries<'_, '_>),
        salts: Salts<'_>,
    ) -> Result<Checkpoint, LedgerError> {
        let (mut written, mut bundle, mut files) = (Vec::new(), log.last_bundle()?, BTreeMap::new());
        for (number, (draft, operations)) in (self.head.size..).zip(entries) {
            if written.len() == GROUP as usize {
                return Err(LedgerError::Refused { what: format!("a group has at most {GROUP} entries") });
            }
            let (operations, root) = self.write_segments(number, (sorts, operations), salts)?;
            let author = draft.author.to_owned();
            let entry = Entry { number, version: FORMAT_VERSION, day: draft.day, author, operations, root };
            let bytes = entry.encode();
            let start = if number.is_multiple_of(256) { Vec::new() } else { bundle };
            bundle = extend_bundle(start, &bytes);
            // Of what grows with every entry only its last form in this group is written.
            let tiles = edge.push(leaf_hash(&bytes));
            files.extend(
                tiles
                    .into_iter()
                    .chain([(bundle_file(number), bundle.clone())])
                    .map(|(file, bytes)| (file.full(), (file, bytes))),
            );
            written.push(entry);
        }
        self.vault.as_mut().map_or(Ok(()), |vault| vault.settle(self.head.size))?;
        // A crash here: segments of entries that are not in the log, and values in the vault that nothing commits to.
        for (file, bytes) in files.into_values() {
            self.tx.create(&file.to_string(), &bytes)?;
        }
        // A crash here: also tiles wider than the checkpoint's size, which nobody asks for.
        if written.is_empty() {
            return Err(LedgerError::Refused { what: "a group has at least one entry".into() });
        }
        self.sign(self.head.size + written.len() as u64, self.reread(&written)?)
    }

    /// Reads back all that is about to be signed and derives its root again from the last signed one, so that a bit
    /// which flipped in memory or on the way to the disk is never signed.
    fn reread(&self, written: &[Entry]) -> Result<Hash, LedgerError> {
        written.iter().try_for_each(|entry| self.reread_operations(entry))?;
        let log = Log { storage: self.storage, size: self.head.size + written.len() as u64 };
        let mut tree = log.tree(0..self.head.size)?;
        if tree.root() != self.head.root {
            return flipped(File::Checkpoint, "the tiles read back don't continue the last checkpoint");
        }
        for (entry, bytes) in written.iter().zip(log.raw_entries(self.head.size..log.size)?) {
            if bytes != entry.encode() {
                return flipped(bundle_file(entry.number), "the entry read back is not the one written");
            }
            tree.push(leaf_hash(&bytes));
        }
        if tree.count() != log.size || log.tree(0..log.size)?.root() != tree.root() {
            return flipped(bundle_file(log.size - 1), "the tiles read back are not those of the entries");
        }
        Ok(tree.root())
    }

    /// Values that are sealed are read where they lie, beside the commitments that are published.
    fn reread_operations(&self, entry: &Entry) -> Result<(), LedgerError> {
        let vault = self.vault.as_ref().map(Vault::storage);
        vault.map_or(Ok(()), |vault| Self::reread_from(vault, entry, false))?;
        Self::reread_from(self.storage, entry, vault.is_some())
    }

    fn reread_from(storage: &dyn Storage, entry: &Entry, may_be_sealed: bool) -> Result<(), LedgerError> {
        let (mut sound, mut operations) = (true, Tree::new());
        each_raw(storage, entry, |_, raw| {
            operations.push(leaf_hash(raw.commitment));
            let opens = |(salt, bytes): (&_, &[u8])| commitment(raw.kind, salt, bytes) == *raw.commitment;
            sound &= raw.value.map_or(may_be_sealed && raw.sealed, opens);
        })?;
        if !sound || operations.root() != entry.root {
            let file = File::Segment { entry: entry.number, first: 0 };
            return flipped(file, "the operations read back are not those written");
        }
        Ok(())
    }

    /// Signs, and checks the signature and what it stands for as every reader will.
    fn sign(&self, size: u64, root: Hash) -> Result<Checkpoint, LedgerError> {
        let next = Checkpoint::sign(self.key, size, root);
        let read = Checkpoint::open(next.note.as_bytes(), &self.key.verifying_key());
        let what = "the new checkpoint does not say what was to be signed";
        if read.as_ref() == Ok(&next) { Ok(next) } else { Err(LedgerError::damaged(File::Checkpoint, 0..0, what)) }
    }

    /// Writes the operations in parts, holding one part and a few hashes in memory. Gives their number and root.
    fn write_segments(
        &mut self,
        entry: u64,
        (sorts, operations): (Sorts, Operations<'_>),
        salts: Salts<'_>,
    ) -> Result<(u32, Hash), LedgerError> {
        let mut tree = Tree::new();
        let mut part = SegmentWriter::new(entry, 0);
        for Operation { kind, bytes } in operations {
            if is_own(kind) != (sorts == Sorts::Own) {
                return Err(LedgerError::Refused { what: format!("operations of kind `{kind}` are the ledger's own") });
            }
            if bytes.len() > Operation::MAX_BYTES {
                let what = format!("operation `{}` has `{}` bytes, more than 16 MiB", tree.count(), bytes.len());
                return Err(LedgerError::Refused { what });
            }
            let next = part.next().ok_or_else(|| LedgerError::Refused { what: "more than 2^32 operations".into() })?;
            if part.would_pass(self.part_bytes, bytes.len()) && !part.is_empty() {
                let full = std::mem::replace(&mut part, SegmentWriter::new(entry, next));
                self.write_segment(entry, full)?;
            }
            let salt = salts();
            let commitment = commitment(kind, &salt, &bytes);
            tree.push(leaf_hash(&commitment));
            part.push(Raw { kind, commitment: &commitment, value: Some((&salt, &bytes)), sealed: false });
        }
        let count = part.next().filter(|_| !part.is_empty());
        let count = count.ok_or_else(|| LedgerError::Refused { what: "an entry has at least one operation".into() })?;
        self.write_segment(entry, part)?;
        Ok((count, tree.root()))
    }

    fn write_segment(&mut self, entry: u64, part: SegmentWriter) -> Result<(), LedgerError> {
        let file = File::Segment { entry, first: part.first() };
        let mut bytes = part.finish();
        if let Some(vault) = &mut self.vault {
            bytes = vault.keep(file, &bytes)?;
        }
        Ok(self.tx.create(&file.to_string(), &bytes)?)
    }

    /// Removes what is of no use any more: a dead writer's files, and the partial forms of the last full tile.
    fn sweep(&mut self) -> Result<(), LedgerError> {
        let left = self.left_over()?;
        left.iter().try_for_each(|path| self.tx.remove(path))?;
        // Were a removal lost with the power, what comes back would lie beside what is written now.
        let folders: BTreeMap<&str, &String> = left.iter().map(|path| (folder_of(path), path)).collect();
        folders.into_values().try_for_each(|path| self.tx.settle(path))?;
        if let Some(index) = (self.head.size / 256).checked_sub(1) {
            // Those of higher levels stay: there are 256 times fewer.
            for full in [File::Bundle { index, width: 256 }, File::Tile { level: 0, index, width: 256 }] {
                for path in self.storage.list(&format!("{full}.p/"))? {
                    self.tx.remove(&path)?;
                }
            }
        }
        Ok(())
    }

    /// What lies beyond the checkpoint, if it is what one writer that died may have left: its segments, and bundles and
    /// tiles in one form each. The next group may write other forms; what then lay between them would one day be taken
    /// for a part of the log.
    fn left_over(&self) -> Result<Vec<String>, LedgerError> {
        let size = self.head.size;
        let mut left = Vec::new();
        for (level, index) in beyond(size) {
            let bundle = Some(File::Bundle { index, width: 256 }).filter(|_| level == 0);
            for full in bundle.into_iter().chain([File::Tile { level, index, width: 256 }]) {
                let wide = |file: File| file.width().is_some_and(|wide| wide > width(size, level, index));
                let partial = self.storage.list(&format!("{full}.p/"))?;
                let mut forms: Vec<String> =
                    partial.into_iter().filter(|path| File::parse(path).is_some_and(wide)).collect();
                if wide(full) && self.storage.read(&full.to_string())?.is_some() {
                    forms.push(full.to_string());
                }
                if let [_, second, ..] = &forms[..] {
                    return Err(self.beyond(second));
                }
                left.append(&mut forms);
            }
        }
        let folders = [size, size + GROUP - 1].map(|entry| File::Segment { entry, first: 0 }.to_string());
        let folders: BTreeSet<&str> = folders.iter().map(|first| folder_of(first)).collect();
        for path in folders.into_iter().map(|folder| self.storage.list(folder)).collect::<Result<Vec<_>, _>>()?.concat()
        {
            match File::parse(&path) {
                Some(File::Segment { entry, .. }) if (size..size + GROUP).contains(&entry) => left.push(path),
                Some(File::Segment { entry, .. }) if entry > size => return Err(self.beyond(&path)),
                _ => {}
            }
        }
        Ok(left)
    }

    fn beyond(&self, path: &str) -> LedgerError {
        let what = format!("`{path}` lies beyond its checkpoint of `{}` entries", self.head.size);
        LedgerError::RolledBack { what }
    }
}

/// The tiles, by level and index, that a group which begins at this size can grow.
fn beyond(size: u64) -> impl Iterator<Item = (u8, u64)> {
    let index = |level: u8, size: u64| size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0);
    (0..8).flat_map(move |level| (index(level, size)..=index(level, size + GROUP - 1)).map(move |index| (level, index)))
}

fn folder_of(path: &str) -> &str {
    &path[..=path.rfind('/').expect("a ledger's files lie in folders")]
}

fn flipped<T>(file: File, what: &str) -> Result<T, LedgerError> {
    Err(LedgerError::damaged(file, 0..0, what))
}

fn bundle_file(number: u64) -> File {
    let index = number / 256;
    File::Bundle { index, width: width(number + 1, 0, index) }
}
