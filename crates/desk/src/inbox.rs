//! What strangers send in: cleaned, kept apart from everything else, and handed to those who decide.
//!
//! `counteratlas serve` has this much of the desk and no more. Of a suggestion the store holds the words, what is left
//! of the files, the day and a keyed hash of the code; never who sent it, from where, or at which hour.

mod clean;
mod look;
mod personal;
mod queue;
mod when;

use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use model::{Cleaned, Code, Concern, Day, Inbox, Receipt, Refused, Standing, Step, Suggestion};
use rusqlite::{OptionalExtension, Transaction, params};
use sha2::Sha256;

pub use clean::{answer, clean, read_answer};
pub use personal::{Sign, SignKind, signs};
pub use queue::{Kept, Received, StoredFile, counts, file, forget, list, read, say, set};

use crate::store::{Store, StoreError};
use crate::world::World;

/// How a file is cleaned: in a process of its own, which the program starts.
pub type Cleaner = dyn Fn(&[u8]) -> Result<Cleaned, Refused> + Send + Sync;

/// How much may wait for those who decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Suggestions that are not decided.
    pub waiting: i64,
    /// Bytes of all that are kept, decided or not.
    pub bytes: i64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { waiting: 2_000, bytes: 512 << 20 }
    }
}

/// Days after a decision when a suggestion is deleted, wanted or not.
const KEPT_DAYS: i64 = 365;

/// The most times that a sender may write about one suggestion.
const MOST_WORDS: i64 = 40;

/// The inbox over the desk's store.
pub struct StoreInbox {
    store: Arc<Store>,
    world: Arc<dyn World>,
    cleaner: Box<Cleaner>,
    bounds: Bounds,
}

impl StoreInbox {
    /// An inbox that keeps at most so much.
    pub fn new(store: Arc<Store>, world: Arc<dyn World>, cleaner: Box<Cleaner>, bounds: Bounds) -> Self {
        Self { store, world, cleaner, bounds }
    }

    /// Deletes what was decided more than a year ago.
    ///
    /// # Errors
    /// Those of the store.
    pub fn forget_old(&self) -> Result<(), StoreError> {
        let before = earlier(self.world.today(), KEPT_DAYS).to_string();
        let sql = "DELETE FROM submission WHERE step IN ('accepted', 'returned', 'rejected') AND since < ?1";
        if self.store.write(|tx| Ok(tx.execute(sql, [before])?))? > 0 {
            self.store.scrub()?;
        }
        Ok(())
    }

    fn keep(&self, tx: &Transaction<'_>, suggestion: &Suggestion, code: &Code) -> Result<bool, StoreError> {
        let size = size(suggestion);
        let (waiting, bytes): (i64, i64) = tx.query_row(
            "SELECT count(*) FILTER (WHERE step NOT IN ('accepted', 'returned', 'rejected')), coalesce(sum(size), 0)
             FROM submission",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if waiting >= self.bounds.waiting || bytes + size > self.bounds.bytes {
            return Ok(false);
        }
        let (id, day) = (number(&*self.world), self.world.today().to_string());
        let hash = self.hash_of(tx, code)?;
        let [what, place, moment, source, passage, note] =
            model::Field::ALL.map(|field| suggestion.fields.get(field).to_owned());
        tx.execute(
            "INSERT INTO submission (id, code, day, about, lang, what, place, moment, source, passage, note, size, step, since)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'received', ?3)",
            params![
                id, hash, day, suggestion.about.to_string(), suggestion.lang, what, place, moment, source, passage,
                note, size
            ],
        )?;
        for (number, file) in (1i64..).zip(&suggestion.files) {
            keep_file(tx, id, number, file)?;
        }
        Ok(true)
    }

    /// The hash under which a code is known. The first makes the key.
    fn hash_of(&self, tx: &Transaction<'_>, code: &Code) -> Result<Vec<u8>, StoreError> {
        if let Some(hash) = hash(tx, code)? {
            return Ok(hash);
        }
        tx.execute("INSERT INTO submission_key VALUES (1, ?1)", [self.world.random().to_vec()])?;
        Ok(hash(tx, code)?.unwrap_or_default())
    }

    /// The number of the suggestion of a code.
    fn find(&self, code: &Code) -> Result<i64, Refused> {
        let found = self.store.read(|db| {
            let Some(hash) = hash(db, code)? else { return Ok(None) };
            Ok(db.query_row("SELECT id FROM submission WHERE code = ?1", [hash], |row| row.get(0)).optional()?)
        });
        found.map_err(|_| Refused::Broken)?.ok_or(Refused::NoSuchCode)
    }

    fn standing(&self, id: i64) -> Result<Standing, Refused> {
        let kept = read(&self.store, id).map_err(|_| Refused::Broken)?;
        kept.map(|kept| kept.standing).ok_or(Refused::NoSuchCode)
    }
}

impl Inbox for StoreInbox {
    fn clean(&self, bytes: &[u8]) -> Result<Cleaned, Refused> {
        (self.cleaner)(bytes)
    }

    fn look(&self, suggestion: &Suggestion) -> Vec<Concern> {
        look::look(suggestion)
    }

    fn submit(&self, suggestion: &Suggestion) -> Result<Receipt, Refused> {
        let nothing = suggestion.fields.is_empty() && suggestion.files.is_empty();
        if nothing || suggestion.fields.too_long().next().is_some() {
            return Err(Refused::Size);
        }
        // What can't be deleted just now is deleted with the next one.
        let _ = self.forget_old();
        let random = self.world.random();
        let code = Code::of(std::array::from_fn(|at| random[at]));
        match self.store.write(|tx| self.keep(tx, suggestion, &code)) {
            Ok(true) => Ok(Receipt { code }),
            Ok(false) => Err(Refused::Full),
            Err(_) => Err(Refused::Broken),
        }
    }

    fn status(&self, code: &Code) -> Result<Standing, Refused> {
        self.standing(self.find(code)?)
    }

    fn answer(&self, code: &Code, text: &str) -> Result<Standing, Refused> {
        let id = self.find(code)?;
        let today = self.world.today();
        let written = self.store.write(|tx| {
            let sql = "SELECT step, (SELECT count(*) FROM submission_word WHERE submission = id) FROM submission WHERE id = ?1";
            let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
            let Some((step, words)) = tx.query_row(sql, [id], row).optional()? else { return Ok(false) };
            if words >= MOST_WORDS || !Step::parse(&step).is_some_and(Step::takes_answers) {
                return Ok(false);
            }
            queue::add_word(tx, id, today, true, text)?;
            queue::set_step(tx, id, Step::InReview, today)?;
            Ok(true)
        });
        match written {
            Ok(true) => self.standing(id),
            Ok(false) => Err(Refused::NotAsked),
            Err(_) => Err(Refused::Broken),
        }
    }

    fn withdraw(&self, code: &Code) -> Result<(), Refused> {
        let id = self.find(code)?;
        forget(&self.store, id).map_err(|_| Refused::Broken)
    }
}

fn keep_file(tx: &Transaction<'_>, id: i64, number: i64, file: &Cleaned) -> Result<(), StoreError> {
    let (media_type, (width, height), bytes) = match file {
        Cleaned::Picture { media_type, size, bytes } => (media_type.as_str(), *size, bytes.as_slice()),
        Cleaned::Words(words) => ("text/plain", (0, 0), words.as_bytes()),
    };
    tx.execute(
        "INSERT INTO submission_file (submission, number, media_type, width, height, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, number, media_type, width, height, bytes],
    )?;
    Ok(())
}

/// The keyed hash of a code; `None` while there is no key, and so no code.
fn hash(db: &rusqlite::Connection, code: &Code) -> Result<Option<Vec<u8>>, StoreError> {
    let key: Option<Vec<u8>> =
        db.query_row("SELECT key FROM submission_key WHERE one = 1", [], |row| row.get(0)).optional()?;
    Ok(key.map(|key| {
        let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).expect("invariant: a key of any length will do");
        mac.chain_update(code.bytes()).finalize().into_bytes().to_vec()
    }))
}

fn size(suggestion: &Suggestion) -> i64 {
    let words: usize = suggestion.fields.iter().map(|(_, text)| text.len()).sum();
    let files: usize = suggestion.files.iter().map(Cleaned::len).sum();
    i64::try_from(words + files).unwrap_or(i64::MAX)
}

/// A number that says nothing: positive, and exact in every language that reads JSON.
fn number(world: &dyn World) -> i64 {
    let random = world.random();
    let bytes: [u8; 8] = std::array::from_fn(|at| random[at]);
    i64::from_be_bytes(bytes) & ((1 << 53) - 1)
}

/// The day so many days before another.
fn earlier(day: Day, days: i64) -> Day {
    let mut left = days;
    let (mut year, mut month, mut at) = (day.year, day.month, i64::from(day.day));
    while at <= left && year > 1 {
        left -= at;
        (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
        at = (28..=31).rev().find(|at| Day::new(year, month, *at).is_some()).map_or(28, i64::from);
    }
    u8::try_from(at - left).ok().and_then(|at| Day::new(year, month, at)).unwrap_or(day)
}

#[cfg(test)]
mod tests;
