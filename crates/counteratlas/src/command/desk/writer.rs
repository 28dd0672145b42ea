//! The desk's writer: appends to the atlas' ledger as `import` does, and publishes what came of it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::desk::{Forget, Grave, Plan, Taken};
use anyhow::Result;
use edition::{Edition, Follower, State};
use ledger::Record;
use model::{Id, Operation, OperationNumber};

use super::captor;

use crate::appending::in_turn;
use crate::args::Manners;
use crate::atlas::Atlas;
use crate::command::capture::test_web;
use crate::command::import::append;
use crate::command::{redact, reveal};
use crate::publication::Guard;
use crate::witnessing::after_append;

/// Writes to one atlas.
pub struct AtlasWriter {
    pub(super) atlas: Atlas,
    pub(super) manners: Manners,
    live: Mutex<Live>,
}

/// The ledger as far as it was read.
struct Live {
    follower: Follower,
    /// The edition of so many entries.
    edition: Option<(u64, Arc<Edition>)>,
}

impl AtlasWriter {
    /// Opens the ledger; fails at once where the key is not.
    pub fn open(atlas: &Atlas, manners: &Manners) -> Result<Self> {
        atlas.signing_key()?;
        test_web(manners, atlas)?;
        let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
        Ok(Self { atlas: atlas.clone(), manners: manners.clone(), live: Mutex::new(Live { follower, edition: None }) })
    }

    /// What failed half-way is read anew from the ledger, which is whole.
    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn newest(&self) -> Result<Arc<Edition>> {
        let mut live = self.live();
        let grown = live.follower.follow()?;
        let size = live.follower.ledger().checkpoint().size;
        match &live.edition {
            Some((known, edition)) if *known == size && !grown => Ok(edition.clone()),
            _ => {
                let edition = Arc::new(live.follower.edition()?);
                live.edition = Some((size, edition.clone()));
                Ok(edition)
            }
        }
    }

    pub(super) fn write(
        &self,
        author: &str,
        graves: &[Grave],
        work: &dyn Fn(&State) -> Vec<Operation>,
    ) -> Result<Option<u64>> {
        let mut live = self.live();
        live.follower.follow()?;
        let follower = &mut live.follower;
        let written = in_turn(follower, |follower| {
            let mut operations = work(follower.state());
            if operations.is_empty() {
                return Ok(Ok(None));
            }
            operations.extend(redact::plan(follower, &self.atlas.archive(), graves)?.operations());
            Ok(append(&self.atlas, follower, author, operations).map(|(entry, _)| Some(entry)))
        })?;
        if written.is_some() {
            after_append(self.atlas.folder(), follower.ledger());
            Guard::of(&self.atlas).after_append(follower);
        }
        Ok(written)
    }

    fn foresee(&self, graves: &[Grave]) -> Result<Plan> {
        let mut live = self.live();
        live.follower.follow()?;
        let found = redact::plan(&live.follower, &self.atlas.archive(), graves)?;
        let captures = found.captures.iter().map(|tombstone| tombstone.capture);
        let doomed: BTreeSet<OperationNumber> =
            found.tombstones.iter().map(|tombstone| tombstone.operation).chain(captures).collect();
        let mut elsewhere = found.warnings();
        elsewhere.extend(redact::elsewhere(live.follower.ledger(), &found.words, &doomed)?);
        Ok(Plan { doomed, words: found.words, elsewhere })
    }

    /// First `forget`, while the words can still be read; then the values.
    fn destroy(&self, forget: Forget<'_>) -> Result<usize> {
        let mut live = self.live();
        live.follower.follow()?;
        let (words, left) = redact::unfinished(&live.follower)?;
        if left > 0 {
            forget(&words).map_err(anyhow::Error::msg)?;
            redact::carry_out(&live.follower, &self.atlas.archive())?;
            reveal::finish(&self.atlas, &live.follower)?;
            Guard::of(&self.atlas).after_append(&mut live.follower);
        }
        Ok(left)
    }

    fn look(&self, since: u64, digest: &[u8; 32]) -> Result<Option<u64>> {
        let mut live = self.live();
        live.follower.follow()?;
        let ledger = live.follower.ledger();
        for entry in ledger.entries(since..ledger.checkpoint().size) {
            let (entry, mut found) = (entry?, false);
            ledger.operations(&entry, |_, record| {
                if let Record::Live { kind, bytes } = record {
                    let operation = Operation::from_bytes(kind, bytes);
                    found |= matches!(operation, Ok(Operation::Begin(origin)) if origin.digest == *digest);
                }
            })?;
            if found {
                return Ok(Some(entry.number));
            }
        }
        Ok(None)
    }
}

impl ::desk::Writer for AtlasWriter {
    fn edition(&self) -> Result<Arc<Edition>, String> {
        self.newest().map_err(|error| format!("{error:#}"))
    }

    fn bury(
        &self,
        author: &str,
        graves: &[Grave],
        work: &dyn Fn(&State) -> Vec<Operation>,
    ) -> Result<Option<u64>, String> {
        self.write(author, graves, work).map_err(|error| format!("{error:#}"))
    }

    fn plan(&self, graves: &[Grave]) -> Result<Plan, String> {
        self.foresee(graves).map_err(|error| format!("{error:#}"))
    }

    fn finish(&self, forget: Forget<'_>) -> Result<usize, String> {
        self.destroy(forget).map_err(|error| format!("{error:#}"))
    }

    fn unfinished(&self) -> Result<usize, String> {
        let mut live = self.live();
        live.follower.follow().map_err(|error| error.to_string())?;
        redact::unfinished(&live.follower).map(|(_, left)| left).map_err(|error| format!("{error:#}"))
    }

    fn take(&self, url: &str) -> Result<Taken, String> {
        captor::take(self, url).map_err(|error| format!("{error:#}"))
    }

    fn keep(&self, source: &Id, taken: Taken) -> Result<(), String> {
        captor::keep(self, source, &taken).map_err(|error| format!("{error:#}"))
    }

    fn find(&self, since: u64, digest: &[u8; 32]) -> Result<Option<u64>, String> {
        self.look(since, digest).map_err(|error| format!("{error:#}"))
    }
}
