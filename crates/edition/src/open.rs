//! Opens an edition from a ledger, and follows the ledger as it grows.

use std::collections::BTreeSet;
use std::sync::Arc;

use ledger::{Ledger, LedgerError, OperationId, Record, is_own};
use model::{OperationNumber, Vocabulary};

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
}

impl Follower {
    /// Reads the whole ledger. Linear in its operations.
    pub fn open(ledger: Ledger, vocabulary: Arc<Vocabulary>) -> Result<Self, LedgerError> {
        let mut follower = Self { ledger, state: State::default(), vocabulary, read: 0, buried: BTreeSet::new() };
        follower.read_on()?;
        Ok(follower)
    }

    /// Looks for new entries; true if there were any. Costs only the new operations.
    pub fn follow(&mut self) -> Result<bool, LedgerError> {
        Ok(self.ledger.refresh()? && self.read_on()? > 0)
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
        let day = match self.read {
            0 => String::new(),
            read => self.ledger.entry(read - 1)?.day.to_string(),
        };
        let head = Head { origin: checkpoint.origin.clone(), size: checkpoint.size, root: checkpoint.root, day };
        Ok(Edition::new(self.state.clone(), self.vocabulary.clone(), head))
    }

    fn read_on(&mut self) -> Result<u64, LedgerError> {
        let from = self.read;
        self.apply_new()?;
        // A tombstone names a value that was shown. What follows from it is everywhere, so all is read again without it.
        if self.buried != *self.state.buried() && self.state.shows_buried() {
            self.buried.clone_from(self.state.buried());
            (self.state, self.read) = (State::default(), 0);
            self.apply_new()?;
        }
        Ok(self.read - from)
    }

    fn apply_new(&mut self) -> Result<(), LedgerError> {
        let from = self.read;
        for entry in self.ledger.entries(from..u64::MAX) {
            let entry = entry?;
            let (state, buried) = (&mut self.state, &self.buried);
            let place = u32::try_from(entry.number).expect("invariant: fewer than 2^32 entries");
            state.enter(place, &entry.day.to_string(), &entry.author);
            self.ledger.operations(&entry, |id, record| match record {
                Record::Live { .. } if buried.contains(&number(id)) => state.skip(number(id)),
                Record::Live { kind, .. } if is_own(kind) => state.pass(number(id)),
                Record::Live { kind, bytes } => state.apply_bytes(number(id), kind, bytes),
                Record::Redacted { .. } => state.skip(number(id)),
            })?;
            self.read += 1;
        }
        Ok(())
    }
}

fn number(id: OperationId) -> OperationNumber {
    let entry = u32::try_from(id.entry).expect("invariant: fewer than 2^32 entries");
    OperationNumber { entry, operation: id.operation }
}
