//! Appending: one transaction from operations to a signed checkpoint. It reads as a story, and recovery is its
//! first page: whatever a dead writer left is swept away before anything new is written.

use crate::checkpoint::Checkpoint;
use crate::entry::{Draft, Entry, FORMAT_VERSION};
use crate::error::LedgerError;
use crate::head::read_checkpoint;
use crate::layout::{File, width};
use crate::log::{Log, extend_bundle};
use crate::memory;
use crate::merkle::{Hash, Tree, leaf_hash};
use crate::note::SigningKey;
use crate::operation::{Operation, commitment};
use crate::read::each_raw;
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

type Operations<'a> = &'a mut dyn Iterator<Item = Operation>;
type Salts<'a> = &'a mut dyn FnMut() -> [u8; 32];

/// One append under way. It holds the storage's lock from beginning to end.
pub(crate) struct Append<'a> {
    storage: &'a dyn Storage,
    memory: Option<&'a dyn Storage>,
    key: &'a SigningKey,
    tx: Box<dyn Transaction + 'a>,
    head: Checkpoint,
    part_bytes: usize,
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
        Ok(Self { storage, memory, key, tx, head, part_bytes })
    }

    pub fn run(
        &mut self,
        draft: Draft<'_>,
        sorts: Sorts,
        operations: Operations<'_>,
        salts: Salts<'_>,
    ) -> Result<(Checkpoint, u64), LedgerError> {
        let log = Log { storage: self.storage, size: self.head.size };
        let edge = log.edge()?;
        if edge.root() != self.head.root {
            let what = "the tiles on the right edge don't have the checkpoint's root";
            return Err(LedgerError::damaged(File::Checkpoint, 0..self.head.note.len() as u64, what));
        }
        self.sweep()?;
        // A crash here: nothing was written, the ledger is as it was.

        let staged = self.stage(log, edge, draft, (sorts, operations), salts);
        if staged.is_err() {
            // Best effort, to give the disk its space back now; the next append sweeps again.
            let _ = self.sweep_segments();
        }
        let next = staged?;
        // A crash up to here: files beyond the checkpoint, which readers pass over and the next append sweeps away.

        if !self.tx.swap(&File::Checkpoint.to_string(), Some(self.head.note.as_bytes()), next.note.as_bytes())? {
            return Err(LedgerError::Moved { size: self.head.size });
        }
        // A crash from here on: the entry stands, whether or not the caller heard of it.
        self.memory.map_or(Ok(()), |memory| memory::keep(memory, &next))?;
        Ok((next, self.head.size))
    }

    /// Writes everything that the next checkpoint stands for, reads it back, and signs it.
    fn stage(
        &mut self,
        log: Log<'_>,
        mut edge: Edge,
        draft: Draft<'_>,
        (sorts, operations): (Sorts, Operations<'_>),
        salts: Salts<'_>,
    ) -> Result<Checkpoint, LedgerError> {
        let number = self.head.size;
        let (operations, root) = self.write_segments(sorts, operations, salts)?;
        // A crash here: segments of an entry that is not in the log.

        let author = draft.author.to_owned();
        let entry = Entry { number, version: FORMAT_VERSION, day: draft.day, author, operations, root };
        let bytes = entry.encode();
        let bundle = extend_bundle(log.last_bundle()?, &bytes);
        self.write(bundle_file(number), &bundle)?;
        for (file, bytes) in edge.push(leaf_hash(&bytes)) {
            self.write(file, &bytes)?;
        }
        // A crash here: also tiles wider than the checkpoint's size, which nobody asks for.
        self.sign(number + 1, self.reread(&entry)?)
    }

    /// Reads back all that is about to be signed and derives its root again from the last signed one, so that a bit
    /// which flipped in memory or on the way to the disk is never signed.
    fn reread(&self, entry: &Entry) -> Result<Hash, LedgerError> {
        let log = Log { storage: self.storage, size: entry.number + 1 };
        let flipped = |file: File, what| Err(LedgerError::damaged(file, 0..0, what));
        let mut sound = true;
        let mut operations = Tree::new();
        each_raw(self.storage, entry, |_, raw| {
            operations.push(leaf_hash(raw.commitment));
            sound &= raw.value.is_some_and(|(salt, bytes)| commitment(raw.kind, salt, bytes) == *raw.commitment);
        })?;
        if !sound || operations.root() != entry.root {
            let file = File::Segment { entry: entry.number, first: 0 };
            return flipped(file, "the operations read back are not those written");
        }
        let bytes = log.entry_bytes(entry.number)?;
        if bytes != entry.encode() {
            return flipped(bundle_file(entry.number), "the entry read back is not the one written");
        }
        let mut tree = log.tree(0..entry.number)?;
        if tree.root() != self.head.root {
            return flipped(File::Checkpoint, "the tiles read back don't continue the last checkpoint");
        }
        tree.push(leaf_hash(&bytes));
        if log.tree(0..log.size)?.root() != tree.root() {
            return flipped(bundle_file(entry.number), "the tiles read back are not those of the entries");
        }
        Ok(tree.root())
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
        sorts: Sorts,
        operations: Operations<'_>,
        salts: Salts<'_>,
    ) -> Result<(u32, Hash), LedgerError> {
        let mut tree = Tree::new();
        let mut part = SegmentWriter::new(self.head.size, 0);
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
                let full = std::mem::replace(&mut part, SegmentWriter::new(self.head.size, next));
                self.write_segment(full)?;
            }
            let salt = salts();
            let commitment = commitment(kind, &salt, &bytes);
            tree.push(leaf_hash(&commitment));
            part.push(Raw { kind, commitment: &commitment, value: Some((&salt, &bytes)) });
        }
        let count = part.next().filter(|_| !part.is_empty());
        let count = count.ok_or_else(|| LedgerError::Refused { what: "an entry has at least one operation".into() })?;
        self.write_segment(part)?;
        Ok((count, tree.root()))
    }

    fn write_segment(&mut self, part: SegmentWriter) -> Result<(), LedgerError> {
        let file = File::Segment { entry: self.head.size, first: part.first() };
        Ok(self.tx.create(&file.to_string(), &part.finish())?)
    }

    /// Writes a file that only the next checkpoint asks for, so that what may lie there is a dead writer's.
    fn write(&mut self, file: File, bytes: &[u8]) -> Result<(), LedgerError> {
        self.tx.remove(&file.to_string())?;
        Ok(self.tx.create(&file.to_string(), bytes)?)
    }

    /// Removes what is of no use any more: a dead writer's segments, and the partial forms of the last full tile.
    fn sweep(&mut self) -> Result<(), LedgerError> {
        self.sweep_segments()?;
        let size = self.head.size;
        // Those of higher levels stay: there are 256 times fewer.
        if size > 0 && size.is_multiple_of(256) {
            let index = size / 256 - 1;
            self.sweep_folder(File::Bundle { index, width: 256 })?;
            self.sweep_folder(File::Tile { level: 0, index, width: 256 })?;
        }
        Ok(())
    }

    fn sweep_folder(&mut self, full: File) -> Result<(), LedgerError> {
        for path in self.storage.list(&format!("{full}.p/"))? {
            self.tx.remove(&path)?;
        }
        Ok(())
    }

    fn sweep_segments(&mut self) -> Result<(), LedgerError> {
        let size = self.head.size;
        let first = File::Segment { entry: size, first: 0 }.to_string();
        let folder = &first[..=first.rfind('/').expect("a segment lies in a folder")];
        for path in self.storage.list(folder)? {
            match File::parse(&path) {
                Some(File::Segment { entry, .. }) if entry == size => self.tx.remove(&path)?,
                Some(File::Segment { entry, .. }) if entry > size => {
                    let what = format!("`{path}` lies beyond its checkpoint of `{size}` entries");
                    return Err(LedgerError::RolledBack { what });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn bundle_file(number: u64) -> File {
    let index = number / 256;
    File::Bundle { index, width: width(number + 1, 0, index) }
}
