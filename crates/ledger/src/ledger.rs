//! The ledger as its readers have it: a checkpoint, and the entries, operations and proofs below it.

use std::collections::btree_map::Entry as MapEntry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::append::{self, Append, Sorts};
use crate::checkpoint::Checkpoint;
use crate::entry::{Draft, Entry};
use crate::error::LedgerError;
use crate::head::{read_checkpoint, read_key};
use crate::layout::{File, LOG, SEGMENTS};
use crate::log::{Entries, Log};
use crate::merkle::{Hash, Tree, consistency_ranges, inclusion_ranges, leaf_hash};
use crate::note::{SigningKey, VerifyingKey};
use crate::operation::{Operation, OperationId, Record};
use crate::proof::{ConsistencyProof, InclusionProof, Opening, OperationProof};
use crate::read::each_raw;
use crate::redact::Redact;
use crate::storage::Storage;
use crate::turns::check_not_ended;
use crate::verify::{Verdict, verify};

/// A ledger as of one checkpoint. Clones are cheap and keep their checkpoint while others move on.
#[derive(Clone)]
pub struct Ledger {
    storage: Arc<dyn Storage>,
    key: VerifyingKey,
    checkpoint: Checkpoint,
    memory: Option<Arc<dyn Storage>>,
    part_bytes: usize,
}

impl Ledger {
    /// Makes an empty ledger whose origin is the key's name.
    ///
    /// # Errors
    /// [`LedgerError::Exists`] if there is one; [`LedgerError::Missing`] if there are entries but no checkpoint.
    pub fn create(storage: Arc<dyn Storage>, key: &SigningKey) -> Result<Self, LedgerError> {
        let mut tx = storage.begin()?;
        let (checkpoint, public) = (File::Checkpoint.to_string(), File::Key.to_string());
        if storage.read(&checkpoint)?.is_some() {
            return Err(LedgerError::Exists);
        }
        let holds_entries = !storage.list(SEGMENTS)?.is_empty() || !storage.list(&format!("{LOG}tile/"))?.is_empty();
        if holds_entries {
            return Err(LedgerError::missing(checkpoint));
        }
        // A key without a checkpoint is what a crash between these two steps leaves: it signed nothing.
        tx.remove(&public)?;
        tx.create(&public, format!("{}\n", key.verifying_key()).as_bytes())?;
        tx.swap(&checkpoint, None, Checkpoint::sign(key, 0, Tree::new().root()).note.as_bytes())?;
        drop(tx);
        Self::open(storage)
    }

    /// Opens a ledger, checking its checkpoint against its key. Writes nothing.
    ///
    /// # Errors
    /// [`LedgerError::Missing`] if there is no ledger, [`LedgerError::Damaged`] if its head can't be trusted.
    pub fn open(storage: Arc<dyn Storage>) -> Result<Self, LedgerError> {
        let key = read_key(&*storage)?;
        let checkpoint = read_checkpoint(&*storage, &key)?;
        Ok(Self { storage, key, checkpoint, memory: None, part_bytes: append::PART_BYTES })
    }

    /// Remembers the last checkpoint it signs in this storage, which lies apart from the ledger (beside the key, say),
    /// and signs nothing for a ledger that does not continue what is remembered: it was set back to an older copy.
    #[must_use]
    pub fn remembering(self, memory: Arc<dyn Storage>) -> Self {
        Self { memory: Some(memory), ..self }
    }

    /// The checkpoint this value answers for.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The public key that signs the checkpoints.
    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }

    /// Looks for a newer checkpoint, takes it, and says whether there was one.
    ///
    /// # Errors
    /// [`LedgerError::RolledBack`] if the newer log does not begin with the one known: the ledger was set back or forked.
    pub fn refresh(&mut self) -> Result<bool, LedgerError> {
        let (key, next) = self.newest()?;
        let (old, new) = (self.checkpoint.size, next.size);
        if new < old {
            return Err(LedgerError::RolledBack { what: format!("it had `{old}` entries and has `{new}`") });
        }
        let proof = Self { checkpoint: next.clone(), ..self.clone() }.consistency_proof(old, new)?;
        if !proof.holds(self.checkpoint.root, next.root) {
            return Err(LedgerError::RolledBack { what: format!("its first `{old}` entries are not those known") });
        }
        (self.key, self.checkpoint) = (key, next);
        Ok(new > old)
    }

    /// The newest checkpoint and the key that signed it, which may be a later one than the key known.
    fn newest(&self) -> Result<(VerifyingKey, Checkpoint), LedgerError> {
        let unsigned = match read_checkpoint(&*self.storage, &self.key) {
            Ok(checkpoint) => return Ok((self.key.clone(), checkpoint)),
            Err(error) => error,
        };
        let newer = Self::open(Arc::clone(&self.storage))?;
        if newer.key == self.key {
            return Err(unsigned);
        }
        newer.keys_since(&self.key)?;
        Ok((newer.key, newer.checkpoint))
    }

    /// Appends one entry with these operations (at least one) and gives its number. When it returns, the entry is
    /// durable. `salts` must give 32 fresh random bytes at each call. Operations are taken one by one and written in
    /// parts, so there may be millions; all of them come to be, or none.
    ///
    /// # Errors
    /// [`LedgerError::Moved`] if another writer was first (refresh and retry); [`LedgerError::Refused`] and
    /// [`LedgerError::Key`] for what can't be taken; [`LedgerError::Storage`] and [`LedgerError::Damaged`].
    pub fn append(
        &mut self,
        key: &SigningKey,
        draft: Draft<'_>,
        operations: impl IntoIterator<Item = Operation>,
        salts: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<u64, LedgerError> {
        draft.check()?;
        let operations: Box<dyn Iterator<Item = Operation> + '_> = Box::new(operations.into_iter());
        Ok(self.append_all(key, Sorts::OfTheWorld, &mut std::iter::once((draft, operations)), salts)?.start)
    }

    /// Appends a group of 1 to 256 entries under one checkpoint and gives their numbers: what makes a single entry
    /// durable makes all of them durable, for the price of one. All of them come to be, or none.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    pub fn append_group(
        &mut self,
        key: &SigningKey,
        entries: &[(Draft<'_>, Vec<Operation>)],
        salts: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<Range<u64>, LedgerError> {
        entries.iter().try_for_each(|(draft, _)| draft.check())?;
        let mut entries = entries.iter().map(|(draft, operations)| {
            let operations: Box<dyn Iterator<Item = Operation> + '_> = Box::new(operations.iter().cloned());
            (*draft, operations)
        });
        self.append_all(key, Sorts::OfTheWorld, &mut entries, salts)
    }

    /// Appends one entry whose values nobody may read yet: they and their salts go into the `vault`, which no copy of
    /// the ledger holds, and the ledger commits to them. The last operation, the `notice`, stays open, as does any other
    /// of its kind: it says until when. See [`Ledger::unseal`].
    ///
    /// # Errors
    /// As [`Ledger::append`].
    pub fn append_sealed(
        &mut self,
        key: &SigningKey,
        draft: Draft<'_>,
        (operations, notice): (Vec<Operation>, Operation),
        vault: &dyn Storage,
        salts: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<u64, LedgerError> {
        draft.check()?;
        let open = notice.kind;
        let operations: Box<dyn Iterator<Item = Operation> + '_> =
            Box::new(operations.into_iter().chain(std::iter::once(notice)));
        let mut entries = std::iter::once((draft, operations));
        self.append_to(key, Some((vault, open)), Sorts::OfTheWorld, &mut entries, salts).map(|range| range.start)
    }

    pub(crate) fn append_any(
        &mut self,
        key: &SigningKey,
        draft: Draft<'_>,
        sorts: Sorts,
        operations: &mut dyn Iterator<Item = Operation>,
        salts: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<u64, LedgerError> {
        draft.check()?;
        let operations: Box<dyn Iterator<Item = Operation> + '_> = Box::new(operations);
        Ok(self.append_all(key, sorts, &mut std::iter::once((draft, operations)), salts)?.start)
    }

    fn append_all(
        &mut self,
        key: &SigningKey,
        sorts: Sorts,
        entries: append::Entries<'_, '_>,
        salts: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<Range<u64>, LedgerError> {
        self.append_to(key, None, sorts, entries, salts)
    }

    fn append_to(
        &mut self,
        key: &SigningKey,
        vault: Option<(&dyn Storage, u8)>,
        sorts: Sorts,
        entries: append::Entries<'_, '_>,
        salts: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<Range<u64>, LedgerError> {
        if key.verifying_key() != self.key {
            return Err(LedgerError::Key { what: "the signing key is not this ledger's".into() });
        }
        // The head that is looked at here is the one that the append, under the lock, insists on.
        let last = self.checkpoint.size.checked_sub(1).map(|last| self.entry(last)).transpose()?;
        check_not_ended(&*self.storage, last.as_ref())?;
        let (storage, memory) = (Arc::clone(&self.storage), self.memory.clone());
        let mut append = Append::begin(&*storage, memory.as_deref(), &self.checkpoint, key, self.part_bytes)?;
        if let Some((vault, open)) = vault {
            append = append.into_vault(vault, open)?;
        }
        let first = self.checkpoint.size;
        self.checkpoint = append.run(sorts, entries, salts)?;
        Ok(first..self.checkpoint.size)
    }

    /// Destroys the values and salts of operations for ever and gives those whose value was still there. No root
    /// changes, and every proof still holds, those of the redacted operations without their value. Doing it again does
    /// nothing, so after a crash it is simply repeated. Write the reason down first, as an operation: see [`verify`].
    ///
    /// # Errors
    /// [`LedgerError::NoSuch`] before anything is destroyed; [`LedgerError::Damaged`] and [`LedgerError::Missing`] for
    /// segments that are not sound, which are left as they are; [`LedgerError::Storage`].
    pub fn redact(&self, operations: &[OperationId]) -> Result<Vec<OperationId>, LedgerError> {
        let mut entries = BTreeMap::new();
        for id in operations {
            let (entry, doomed) = match entries.entry(id.entry) {
                MapEntry::Occupied(known) => known.into_mut(),
                MapEntry::Vacant(new) => new.insert((self.entry(id.entry)?, BTreeSet::new())),
            };
            if id.operation >= entry.operations {
                return Err(LedgerError::NoSuch { what: format!("operation `{id}`") });
            }
            doomed.insert(id.operation);
        }
        Redact::begin(&*self.storage)?.run(&entries)
    }

    /// One entry.
    ///
    /// # Errors
    /// [`LedgerError::NoSuch`], [`LedgerError::Damaged`], [`LedgerError::Missing`].
    pub fn entry(&self, number: u64) -> Result<Entry, LedgerError> {
        let no_such = || LedgerError::NoSuch { what: format!("entry `{number}`") };
        self.entries(number..number.saturating_add(1)).next().ok_or_else(no_such)?
    }

    /// Entries in order, those of the range that there are.
    pub fn entries(&self, range: Range<u64>) -> Entries<'_> {
        self.log().entries(range.start..range.end.min(self.checkpoint.size))
    }

    /// Gives every operation of an entry in order. Checksums are checked, commitments are not: that is
    /// [`Ledger::verify`]'s work.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] or [`LedgerError::Missing`], possibly after some operations were given.
    pub fn operations(&self, entry: &Entry, mut visit: impl FnMut(OperationId, Record<'_>)) -> Result<(), LedgerError> {
        each_raw(&*self.storage, entry, |operation, raw| {
            let id = OperationId { entry: entry.number, operation };
            visit(
                id,
                match raw.value {
                    Some((_, bytes)) => Record::Live { kind: raw.kind, bytes },
                    None if raw.sealed => Record::Sealed,
                    None => Record::Redacted { kind: raw.kind },
                },
            );
        })
    }

    /// Re-derives everything from the files and says what is wrong; see [`verify`].
    pub fn verify(&self, expected: Option<&VerifyingKey>) -> Verdict {
        verify(&*self.storage, expected)
    }

    /// Derives the checkpoint's root from the tiles.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] if they have another one.
    pub fn prove_root(&self) -> Result<(), LedgerError> {
        let root = self.log().tree(0..self.checkpoint.size)?.root();
        let what = "the tiles don't have its root";
        (root == self.checkpoint.root).then_some(()).ok_or_else(|| LedgerError::damaged(File::Checkpoint, 0..0, what))
    }

    /// The root of the first `size` entries.
    ///
    /// # Errors
    /// [`LedgerError::NoSuch`] if there are not so many, [`LedgerError::Damaged`], [`LedgerError::Missing`].
    pub fn root_at(&self, size: u64) -> Result<Hash, LedgerError> {
        let here = size <= self.checkpoint.size;
        here.then_some(()).ok_or_else(|| LedgerError::NoSuch { what: format!("size `{size}`") })?;
        Ok(self.log().tree(0..size)?.root())
    }

    /// The proof that an entry is in the log.
    ///
    /// # Errors
    /// [`LedgerError::NoSuch`], [`LedgerError::Damaged`], [`LedgerError::Missing`].
    pub fn inclusion_proof(&self, number: u64) -> Result<InclusionProof, LedgerError> {
        let size = self.checkpoint.size;
        if number >= size {
            return Err(LedgerError::NoSuch { what: format!("entry `{number}`") });
        }
        Ok(InclusionProof { index: number, size, hashes: self.log().roots(inclusion_ranges(number, size))? })
    }

    /// The proof that the log of `new` entries begins with the log of `old`; `old <= new <=` the checkpoint's size.
    ///
    /// # Errors
    /// [`LedgerError::NoSuch`], [`LedgerError::Damaged`], [`LedgerError::Missing`].
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<ConsistencyProof, LedgerError> {
        if old > new || new > self.checkpoint.size {
            return Err(LedgerError::NoSuch { what: format!("proof from `{old}` to `{new}` entries") });
        }
        let ranges = if old == 0 { Vec::new() } else { consistency_ranges(old, new) };
        Ok(ConsistencyProof { old, new, hashes: self.log().roots(ranges)? })
    }

    /// The proof that an operation is in the log. Reads all operations of its entry.
    ///
    /// # Errors
    /// [`LedgerError::NoSuch`], [`LedgerError::Damaged`], [`LedgerError::Missing`].
    pub fn operation_proof(&self, id: OperationId) -> Result<OperationProof, LedgerError> {
        let entry = self.entry(id.entry)?;
        let (index, size) = (u64::from(id.operation), u64::from(entry.operations));
        let ranges = inclusion_ranges(index, size);
        let mut trees = vec![Tree::new(); ranges.len()];
        let mut proved = None;
        each_raw(&*self.storage, &entry, |operation, raw| {
            let operation = u64::from(operation);
            if let Some(side) = ranges.iter().position(|range| range.contains(&operation)) {
                trees[side].push(leaf_hash(raw.commitment));
            } else if operation == index {
                let open =
                    |(salt, bytes): (&[u8; 32], &[u8])| Opening { kind: raw.kind, salt: *salt, bytes: bytes.into() };
                proved = Some((*raw.commitment, raw.value.map(open)));
            }
        })?;
        let (commitment, opening) = proved.ok_or_else(|| LedgerError::NoSuch { what: format!("operation `{id}`") })?;
        Ok(OperationProof {
            opening,
            commitment,
            in_entry: InclusionProof { index, size, hashes: trees.iter().map(Tree::root).collect::<Vec<Hash>>() },
            entry: self.log().entry_bytes(id.entry)?,
            in_log: self.inclusion_proof(id.entry)?,
        })
    }

    /// Makes parts shorter, so that tests have many without much.
    #[cfg(test)]
    pub(crate) fn limit_parts(&mut self, bytes: usize) {
        self.part_bytes = bytes;
    }

    pub(crate) fn shared_storage(&self) -> Arc<dyn Storage> {
        Arc::clone(&self.storage)
    }

    pub(crate) fn memory(&self) -> Option<&dyn Storage> {
        self.memory.as_deref()
    }

    /// Goes on with another key and checkpoint, which the caller has made.
    pub(crate) fn now(&mut self, key: VerifyingKey, checkpoint: Checkpoint) {
        (self.key, self.checkpoint) = (key, checkpoint);
    }

    pub(crate) fn storage(&self) -> &dyn Storage {
        &*self.storage
    }

    fn log(&self) -> Log<'_> {
        Log { storage: &*self.storage, size: self.checkpoint.size }
    }
}
