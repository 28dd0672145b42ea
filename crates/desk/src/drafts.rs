//! Drafts: what is proposed, in every version that somebody saved, until it is decided.
//!
//! Everything that is sent is stored before it is looked at. Of two who change the same version at once, the first
//! one's stands and the other's is kept beside it, until somebody decides.

pub(crate) mod captures;
pub(crate) mod content;
pub(crate) mod decision;
pub(crate) mod intake;
pub(crate) mod mapping;
pub(crate) mod masking;
pub(crate) mod parcel;
pub(crate) mod propose;
pub(crate) mod queue;
pub(crate) mod recast;
pub(crate) mod review;
pub(crate) mod sheet;
pub(crate) mod state;
pub(crate) mod upload;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::accounts::Account;
use crate::store::{Store, StoreError};
use crate::world::World;
use content::Content;
use state::State;

/// The longest title, in characters.
pub(crate) const LONGEST_TITLE: usize = 200;

/// A draft with the version that stands.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub id: i64,
    pub title: String,
    pub author: i64,
    pub author_name: String,
    pub state: State,
    pub version: i64,
    pub assigned: Option<i64>,
    pub assigned_name: Option<String>,
    pub since: Option<i64>,
    pub entry: Option<i64>,
    pub text: String,
    pub hash: Vec<u8>,
}

impl Draft {
    /// Its rows. What can't be read is nothing; the store's own check would have to fail first.
    pub fn content(&self) -> Content {
        Content::parse(&self.text).unwrap_or_default()
    }
}

/// A version.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub number: i64,
    pub author: String,
    pub day: String,
    pub text: String,
}

/// What became of what somebody sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It is the version that stands.
    Stands(i64),
    /// Someone else came first, or the draft is under review: it is kept beside.
    Beside(i64),
    /// There is no such draft, or it is longer than can be kept.
    Nowhere,
}

/// Begins a draft; gives its number.
pub(crate) fn begin(
    store: &Store,
    world: &dyn World,
    who: &Account,
    title: &str,
    submission: Option<i64>,
) -> Result<i64, StoreError> {
    let day = world.today().to_string();
    let title: String = title.trim().chars().filter(|c| !c.is_control()).take(LONGEST_TITLE).collect();
    store.write(|tx| {
        let sql = "INSERT INTO draft (title, author, state, version, submission, changed) VALUES (?1, ?2, 'draft', 1, ?3, ?4)";
        tx.execute(sql, params![title, who.id, submission, day])?;
        let id = tx.last_insert_rowid();
        add(tx, id, (1, 0), who, &day, "", false)?;
        Ok(id)
    })
}

/// Reads a draft.
pub(crate) fn read(db: &Connection, id: i64) -> Result<Option<Draft>, StoreError> {
    let sql = "SELECT d.id, d.title, d.author, a.name, d.state, d.version, d.assigned, b.name, d.since, d.entry,
         v.content, v.hash FROM draft d JOIN account a ON a.id = d.author LEFT JOIN account b ON b.id = d.assigned
         JOIN version v ON v.draft = d.id AND v.number = d.version WHERE d.id = ?1";
    Ok(db.query_row(sql, [id], draft).optional()?)
}

fn draft(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        id: row.get(0)?,
        title: row.get(1)?,
        author: row.get(2)?,
        author_name: row.get(3)?,
        state: State::parse(&row.get::<_, String>(4)?).unwrap_or(State::Draft),
        version: row.get(5)?,
        assigned: row.get(6)?,
        assigned_name: row.get(7)?,
        since: row.get(8)?,
        entry: row.get(9)?,
        text: row.get(10)?,
        hash: row.get(11)?,
    })
}

/// Stores what somebody makes of version `base`, whatever it is worth.
pub(crate) fn save(
    store: &Store,
    world: &dyn World,
    who: &Account,
    (id, base): (i64, i64),
    content: &Content,
) -> Result<Saved, StoreError> {
    let text = content.text();
    if text.len() > content::LARGEST {
        return Ok(Saved::Nowhere);
    }
    let day = world.today().to_string();
    store.write(|tx| {
        let Some(known) = read(tx, id)? else { return Ok(Saved::Nowhere) };
        if known.text == text {
            return Ok(Saved::Stands(known.version));
        }
        let number = next(tx, id)?;
        let beside = known.version != base || !known.state.is_open();
        add(tx, id, (number, base), who, &day, &text, beside)?;
        if beside {
            return Ok(Saved::Beside(number));
        }
        stand(tx, id, number, &day)?;
        Ok(Saved::Stands(number))
    })
}

fn next(tx: &Transaction<'_>, id: i64) -> Result<i64, StoreError> {
    Ok(tx.query_row("SELECT max(number) + 1 FROM version WHERE draft = ?1", [id], |row| row.get(0))?)
}

fn stand(tx: &Transaction<'_>, id: i64, number: i64, day: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE draft SET version = ?2, changed = ?3 WHERE id = ?1", params![id, number, day])?;
    Ok(())
}

fn add(
    tx: &Transaction<'_>,
    id: i64,
    (number, base): (i64, i64),
    who: &Account,
    day: &str,
    text: &str,
    beside: bool,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO version (draft, number, base, author, day, content, hash, beside) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![id, number, base, who.id, day, text, content::hash(id, text), beside],
    )?;
    Ok(())
}

/// The readings that wait beside the one that stands.
pub(crate) fn beside(db: &Connection, id: i64) -> Result<Vec<Version>, StoreError> {
    versions(db, "v.draft = ?1 AND v.beside = 1", id)
}

/// One version.
pub(crate) fn version(db: &Connection, id: i64, number: i64) -> Result<Option<Version>, StoreError> {
    Ok(versions(db, &format!("v.draft = ?1 AND v.number = {number}"), id)?.pop())
}

fn versions(db: &Connection, which: &str, id: i64) -> Result<Vec<Version>, StoreError> {
    let sql = format!(
        "SELECT v.number, a.name, v.day, v.content FROM version v JOIN account a ON a.id = v.author
         WHERE {which} ORDER BY v.number"
    );
    let mut rows = db.prepare(&sql)?;
    let read =
        |row: &Row<'_>| Ok(Version { number: row.get(0)?, author: row.get(1)?, day: row.get(2)?, text: row.get(3)? });
    Ok(rows.query_map([id], read)?.collect::<Result<_, _>>()?)
}

/// Decides between the version that stands, if it is still `stands`, and the one kept beside it. `taken` is whether
/// the one beside takes its place. Neither is destroyed. False if it can't be decided so any more.
pub(crate) fn settle(
    store: &Store,
    world: &dyn World,
    (id, stands): (i64, i64),
    number: i64,
    taken: bool,
) -> Result<bool, StoreError> {
    let day = world.today().to_string();
    store.write(|tx| {
        let known = read(tx, id)?.filter(|draft| draft.version == stands && draft.state.is_open());
        if known.is_none() {
            return Ok(false);
        }
        let sql = "UPDATE version SET beside = 0 WHERE draft = ?1 AND number = ?2 AND beside = 1";
        if tx.execute(sql, [id, number])? == 0 {
            return Ok(false);
        }
        if taken {
            stand(tx, id, number, &day)?;
        }
        Ok(true)
    })
}

/// Gives a draft another title.
pub(crate) fn rename(store: &Store, id: i64, title: &str) -> Result<(), StoreError> {
    let title: String = title.trim().chars().filter(|c| !c.is_control()).take(LONGEST_TITLE).collect();
    store.write(|tx| Ok(tx.execute("UPDATE draft SET title = ?2 WHERE id = ?1", params![id, title])?)).map(drop)
}

#[cfg(test)]
mod tests;
