//! Captures of what a draft cites, held beside it until two persons have accepted it: then they become part of the
//! record, and until then nothing of them is public. The bytes are what the site sent; what they say can be read here.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use model::{CaptureText, Day, Id, Operation};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::content::Content;
use super::{Draft, read};
use crate::store::{Store, StoreError};
use crate::writer::{Taken, Writer};

/// So many addresses are asked at once.
const MOST: usize = 4;
/// The most bytes of one capture that the desk holds, and of all together.
const LARGEST: usize = 64 << 20;
const LARGEST_TOGETHER: i64 = 2 << 30;

/// What is being asked just now: draft and address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asking(Arc<Mutex<BTreeSet<(i64, String)>>>);

impl Asking {
    /// Whether an address is being asked for a draft.
    pub fn is(&self, draft: i64, url: &str) -> bool {
        self.held().contains(&(draft, url.to_owned()))
    }

    fn held(&self) -> std::sync::MutexGuard<'_, BTreeSet<(i64, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a turn; false if it was taken already or too many are out.
    fn begin(&self, draft: i64, url: &str) -> bool {
        let mut held = self.held();
        held.len() < MOST && held.insert((draft, url.to_owned()))
    }

    fn end(&self, draft: i64, url: &str) {
        self.held().remove(&(draft, url.to_owned()));
    }
}

/// A capture that the desk holds, or why there is none.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub day: String,
    /// The operation, without its source; empty if nothing came.
    operation: Vec<u8>,
    /// Its words, in the archive's form; empty if none were read.
    text: Vec<u8>,
    /// What an editor should know.
    pub note: String,
}

impl Held {
    /// What it is.
    pub fn capture(&self) -> Option<model::Capture> {
        match Operation::from_bytes(Operation::CAPTURE, &self.operation) {
            Ok(Operation::Capture(capture)) => Some(*capture),
            _ => None,
        }
    }

    /// What it says.
    pub fn words(&self) -> String {
        CaptureText::from_bytes(&self.text).map_or_else(String::new, |text| text.body().to_owned())
    }
}

/// Has an address asked, apart and behind this call; what comes is held with the draft. False if it is being asked
/// already, or too much is asked at once.
pub(crate) fn begin(
    (store, writer, asking): (&Arc<Store>, &Arc<dyn Writer>, &Asking),
    draft: i64,
    url: &str,
    today: Day,
) -> bool {
    if !asking.begin(draft, url) {
        return false;
    }
    let (store, writer, asking, url) = (store.clone(), writer.clone(), asking.clone(), url.to_owned());
    std::thread::spawn(move || {
        let came = writer.take(&url);
        // What can't be stored is asked again by whoever sees that it is not there.
        let _ = hold(&store, draft, &url, today, came);
        asking.end(draft, &url);
    });
    true
}

fn hold(store: &Store, draft: i64, url: &str, today: Day, came: Result<Taken, String>) -> Result<(), StoreError> {
    let taken = came.and_then(|taken| {
        let size: usize = taken.bytes.iter().map(Vec::len).sum();
        if size > LARGEST { Err(format!("it has more than {} MiB", LARGEST >> 20)) } else { Ok(taken) }
    });
    store.write(|tx| {
        // Under review nothing changes of what is reviewed.
        if !read(tx, draft)?.is_some_and(|draft| draft.state.is_open()) {
            return Ok(());
        }
        forget(tx, draft, url)?;
        let held: i64 = tx.query_row("SELECT coalesce(sum(length(bytes)), 0) FROM held_piece", [], |row| row.get(0))?;
        let taken = taken.and_then(|taken| match held < LARGEST_TOGETHER {
            true => Ok(taken),
            false => Err("the desk holds as much as it can; others have to be decided first".to_owned()),
        });
        let sql = "INSERT INTO held_capture (draft, url, day, operation, text, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let day = today.to_string();
        match taken {
            Err(why) => drop(tx.execute(sql, params![draft, url, day, [0u8; 0], [0u8; 0], why])?),
            Ok(taken) => {
                tx.execute(sql, params![draft, url, day, taken.operation, taken.text, taken.note])?;
                for (number, bytes) in (0i64..).zip(&taken.bytes) {
                    let sql = "INSERT INTO held_piece (draft, url, number, bytes) VALUES (?1, ?2, ?3, ?4)";
                    tx.execute(sql, params![draft, url, number, bytes])?;
                }
            }
        }
        Ok(())
    })
}

fn forget(tx: &Transaction<'_>, draft: i64, url: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM held_piece WHERE draft = ?1 AND url = ?2", params![draft, url])?;
    tx.execute("DELETE FROM held_capture WHERE draft = ?1 AND url = ?2", params![draft, url])?;
    Ok(())
}

/// Forgets all that is held for a draft which nobody wants.
pub(crate) fn forget_all(tx: &Transaction<'_>, draft: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM held_piece WHERE draft = ?1", [draft])?;
    tx.execute("DELETE FROM held_capture WHERE draft = ?1", [draft])?;
    Ok(())
}

/// What is held of an address for a draft.
pub(crate) fn held(db: &Connection, draft: i64, url: &str) -> Result<Option<Held>, StoreError> {
    let sql = "SELECT day, operation, text, note FROM held_capture WHERE draft = ?1 AND url = ?2";
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Held { day: row.get(0)?, operation: row.get(1)?, text: row.get(2)?, note: row.get(3)? })
    };
    Ok(db.query_row(sql, params![draft, url], row).optional()?)
}

/// Makes what is held for an accepted draft part of the record; what is kept leaves the desk. To be done again where it
/// failed: what is in the record already is not put there twice.
pub(crate) fn keep(store: &Store, writer: &dyn Writer, draft: &Draft) -> Result<(), String> {
    let mut kept = false;
    for (source, url) in cited(&draft.content()) {
        let found = store.read(|db| held(db, draft.id, &url)).map_err(|error| error.to_string())?;
        let Some(found) = found else { continue };
        if !found.operation.is_empty() {
            let bytes = store.read(|db| pieces(db, draft.id, &url)).map_err(|error| error.to_string())?;
            let Held { operation, text, note, .. } = found;
            writer.keep(&source, Taken { operation, text, bytes, note })?;
        }
        store.write(|tx| forget(tx, draft.id, &url)).map_err(|error| error.to_string())?;
        kept = true;
    }
    if kept { store.scrub().map_err(|error| error.to_string()) } else { Ok(()) }
}

fn pieces(db: &Connection, draft: i64, url: &str) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut rows = db.prepare("SELECT bytes FROM held_piece WHERE draft = ?1 AND url = ?2 ORDER BY number")?;
    Ok(rows.query_map(params![draft, url], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The sources of a draft that have an address to be asked, with it.
pub(crate) fn cited(content: &Content) -> Vec<(Id, String)> {
    let sheet = super::intake::sheet("sources");
    let (id, url) = (sheet.column("id").unwrap_or_default(), sheet.column("url").unwrap_or_default());
    let rows = content.rows(sheet).iter();
    let of = |cells: &Vec<String>| Some((Id::parse(&cells[id])?, cells[url].clone()));
    rows.filter_map(of).filter(|(_, url)| url.starts_with("http://") || url.starts_with("https://")).collect()
}

/// The accepted drafts for which something is still held.
pub(crate) fn waiting(db: &Connection) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT DISTINCT h.draft FROM held_capture h JOIN draft d ON d.id = h.draft WHERE d.state = 'accepted'";
    Ok(db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
