//! Opens an edition from a ledger, and follows the ledger as it grows.

use std::collections::BTreeSet;
use std::sync::Arc;

use ledger::{Ledger, LedgerError, OperationId, Record, is_own};
use model::{Notice, Operation, OperationNumber, Vocabulary};

use crate::edition::{Edition, Head};
use crate::state::State;

/// A ledger with the state of what was read of it.
pub struct Follower {
    ledger: Ledger,
    state: State,
    vocabulary: Arc<Vocabulary>,
    read: u64,
    /// Operations that a tombstone names. Their values are never applied, also while they are not destroyed yet.
    buried: BTreeSet<OperationNumber>,
    /// Entries that were sealed when they were read.
    shut: BTreeSet<u32>,
}

impl Follower {
    /// Reads the whole ledger. Linear in its operations.
    pub fn open(ledger: Ledger, vocabulary: Arc<Vocabulary>) -> Result<Self, LedgerError> {
        let (state, buried, shut) = (State::default(), BTreeSet::new(), BTreeSet::new());
        let mut follower = Self { ledger, state, vocabulary, read: 0, buried, shut };
        follower.read_on()?;
        follower.state.tighten();
        Ok(follower)
    }

    /// Looks for new entries, and for values that were sealed when they were read; true if there were any. Costs only
    /// the new operations, unless something was revealed or redacted.
    pub fn follow(&mut self) -> Result<bool, LedgerError> {
        let grown = self.ledger.refresh()? && self.read_on()? > 0;
        Ok(self.reopen()? || grown)
    }

    /// The live records of what was read.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The ledger that is followed.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The edition of what was read.
    pub fn edition(&self) -> Result<Edition, LedgerError> {
        let checkpoint = self.ledger.checkpoint();
        self.edition_of(self.state.clone(), (checkpoint.size, checkpoint.root))
    }

    /// The edition of the first `size` entries as it may be shown today: without what was redacted since.
    ///
    /// # Errors
    /// [`LedgerError::NoSuch`] if there are not so many entries; those of reading.
    pub fn edition_at(&self, size: u64) -> Result<Edition, LedgerError> {
        let (state, buried, shut) = (State::default(), self.state.buried().clone(), BTreeSet::new());
        let (ledger, vocabulary) = (self.ledger.clone(), self.vocabulary.clone());
        let mut before = Self { ledger, state, vocabulary, read: 0, buried, shut };
        before.apply_until(size)?;
        self.edition_of(before.state, (size, self.ledger.root_at(size)?))
    }

    /// The edition that there would be if an entry with these operations came next.
    ///
    /// # Errors
    /// Those of reading.
    pub fn edition_with(&self, operations: &[Operation]) -> Result<Edition, LedgerError> {
        let (mut state, checkpoint) = (self.state.clone(), self.ledger.checkpoint());
        let entry = place(checkpoint.size);
        for (operation, number) in operations.iter().zip(0..) {
            state.apply(OperationNumber { entry, operation: number }, operation.clone());
        }
        self.edition_of(state, (checkpoint.size, checkpoint.root))
    }

    fn edition_of(&self, state: State, (size, root): (u64, [u8; 32])) -> Result<Edition, LedgerError> {
        let day = match size {
            0 => String::new(),
            size => self.ledger.entry(size - 1)?.day.to_string(),
        };
        let head = Head { origin: self.ledger.checkpoint().origin.clone(), size, root, day };
        Ok(Edition::new(state, self.vocabulary.clone(), head))
    }

    fn read_on(&mut self) -> Result<u64, LedgerError> {
        let from = self.read;
        self.apply_until(u64::MAX)?;
        // A tombstone names a value that was shown. What follows from it is everywhere, so all is read again without it.
        if self.buried != *self.state.buried() && self.state.shows_buried() {
            self.buried.clone_from(self.state.buried());
            self.read_again()?;
        }
        self.reopen()?;
        Ok(self.read - from)
    }

    /// Reads all again once values are there that were sealed: they count from their own entry on.
    fn reopen(&mut self) -> Result<bool, LedgerError> {
        let mut opened = false;
        let revealed = self.state.embargoes().into_iter().filter(|e| matches!(e.end, Some((_, Notice::Reveal { .. }))));
        for entry in revealed.map(|embargo| embargo.entry).filter(|entry| self.shut.contains(entry)) {
            opened |= self.ledger.sealed(entry.into())?.is_empty();
        }
        if opened {
            self.read_again()?;
        }
        Ok(opened)
    }

    fn read_again(&mut self) -> Result<(), LedgerError> {
        (self.state, self.read) = (State::default(), 0);
        self.shut.clear();
        self.apply_until(u64::MAX)
    }

    fn apply_until(&mut self, size: u64) -> Result<(), LedgerError> {
        for entry in self.ledger.entries(self.read..size) {
            let entry = entry?;
            let (state, buried, shut) = (&mut self.state, &self.buried, &mut self.shut);
            state.enter(place(entry.number), &entry.day.to_string(), &entry.author);
            self.ledger.operations(&entry, |id, record| match record {
                Record::Live { .. } if buried.contains(&number(id)) => state.skip(number(id)),
                Record::Live { kind, .. } if is_own(kind) => state.pass(number(id)),
                Record::Live { kind, bytes } => state.apply_bytes(number(id), kind, bytes),
                Record::Redacted { .. } => state.skip(number(id)),
                Record::Sealed => {
                    shut.insert(place(id.entry));
                    state.skip(number(id));
                }
            })?;
            self.read += 1;
        }
        Ok(())
    }
}

fn number(id: OperationId) -> OperationNumber {
    OperationNumber { entry: place(id.entry), operation: id.operation }
}

fn place(entry: u64) -> u32 {
    u32::try_from(entry).expect("invariant: fewer than 2^32 entries")
}
