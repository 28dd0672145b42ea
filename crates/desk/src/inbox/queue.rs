//! The suggestions that wait, for those who decide: list, read, ask, decide, delete.

use std::collections::BTreeMap;

use model::{About, Cleaned, Day, Field, Fields, Standing, Step, Suggestion, Word};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::store::{Store, StoreError};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its number: random, and the only thing by which the desk names it.
    pub id: i64,
    /// The day it came.
    pub day: Day,
    /// What it is about.
    pub about: About,
    /// How far it is.
    pub step: Step,
    /// Since which day.
    pub since: Day,
    /// How its words begin.
    pub start: String,
    /// How many files came with it.
    pub files: i64,
}

/// A suggestion whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: i64,
    /// What was sent.
    pub suggestion: Suggestion,
    /// How it stands, with all that was said.
    pub standing: Standing,
}

/// A cleaned file under the name that we gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Such as `picture-1.png`.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How many characters of its words stand in a list.
const START: usize = 160;

/// Suggestions of a step, or all that are not decided; the oldest first. `from` counts from 0.
///
/// # Errors
/// Those of the store.
pub fn list(store: &Store, step: Option<Step>, from: i64, most: i64) -> Result<Vec<Received>, StoreError> {
    let sql = "SELECT id, day, about, step, since, what || ' ' || source || ' ' || passage || ' ' || note,
                 (SELECT count(*) FROM submission_file WHERE submission = submission.id)
               FROM submission
               WHERE step = ?1 OR (?1 = '' AND step NOT IN ('accepted', 'returned', 'rejected'))
               ORDER BY day, id LIMIT ?2 OFFSET ?3";
    store.read(|db| {
        let mut found = db.prepare(sql)?;
        let rows = found.query_map(params![step.map_or("", Step::word), most, from], received)?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}

/// How many there are of each step.
///
/// # Errors
/// Those of the store.
pub fn counts(store: &Store) -> Result<BTreeMap<Step, i64>, StoreError> {
    store.read(|db| {
        let mut found = db.prepare("SELECT step, count(*) FROM submission GROUP BY step")?;
        let rows = found.query_map([], |row| Ok((step(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}

/// A suggestion with its files; `None` if there is none of this number.
///
/// # Errors
/// Those of the store.
pub fn read(store: &Store, id: i64) -> Result<Option<Kept>, StoreError> {
    store.read(|db| {
        let sql = "SELECT day, step, since, about, lang, what, place, moment, source, passage, note
                   FROM submission WHERE id = ?1";
        let Some(mut kept) = db.query_row(sql, [id], |row| whole(id, row)).optional()? else { return Ok(None) };
        kept.standing.said = said(db, id)?;
        kept.suggestion.files = files(db, id)?;
        Ok(Some(kept))
    })
}

/// One of its files, by its number from 1.
///
/// # Errors
/// Those of the store.
pub fn file(store: &Store, id: i64, number: u32) -> Result<Option<StoredFile>, StoreError> {
    let sql = "SELECT media_type, bytes FROM submission_file WHERE submission = ?1 AND number = ?2";
    store.read(|db| {
        let row = |row: &Row<'_>| {
            let media_type: String = row.get(0)?;
            Ok(StoredFile { name: name(&media_type, number), media_type, bytes: row.get(1)? })
        };
        Ok(db.query_row(sql, params![id, number], row).optional()?)
    })
}

/// Moves a suggestion on, with what its sender is to read: a question, a reason, or nothing. False if there is none of
/// this number.
///
/// # Errors
/// Those of the store.
pub fn set(store: &Store, id: i64, step: Step, text: &str, today: Day) -> Result<bool, StoreError> {
    store.write(|tx| {
        let there = set_step(tx, id, step, today)?;
        if there && !text.trim().is_empty() {
            add_word(tx, id, today, false, text)?;
        }
        Ok(there)
    })
}

/// Says something to the sender without moving the suggestion on. False if there is none of this number.
///
/// # Errors
/// Those of the store.
pub fn say(store: &Store, id: i64, text: &str, today: Day) -> Result<bool, StoreError> {
    store.write(|tx| {
        let there = tx.query_row("SELECT 1 FROM submission WHERE id = ?1", [id], |_| Ok(())).optional()?.is_some();
        if there {
            add_word(tx, id, today, false, text)?;
        }
        Ok(there)
    })
}

/// Deletes a suggestion with its files and all that was said; nothing of it stays in the store's files.
///
/// # Errors
/// Those of the store.
pub fn forget(store: &Store, id: i64) -> Result<(), StoreError> {
    store.write(|tx| Ok(tx.execute("DELETE FROM submission WHERE id = ?1", [id])?))?;
    store.scrub()
}

pub(super) fn set_step(tx: &Transaction<'_>, id: i64, step: Step, today: Day) -> Result<bool, StoreError> {
    let sql = "UPDATE submission SET step = ?2, since = ?3 WHERE id = ?1";
    Ok(tx.execute(sql, params![id, step.word(), today.to_string()])? > 0)
}

pub(super) fn add_word(
    tx: &Transaction<'_>,
    id: i64,
    today: Day,
    by_sender: bool,
    text: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO submission_word (submission, number, day, by_sender, text)
               VALUES (?1, (SELECT count(*) + 1 FROM submission_word WHERE submission = ?1), ?2, ?3, ?4)";
    tx.execute(sql, params![id, today.to_string(), by_sender, text])?;
    Ok(())
}

fn received(row: &Row<'_>) -> Result<Received, rusqlite::Error> {
    let words: String = row.get(5)?;
    Ok(Received {
        id: row.get(0)?,
        day: day(row, 1)?,
        about: about(row, 2)?,
        step: step(row, 3)?,
        since: day(row, 4)?,
        start: words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(START).collect(),
        files: row.get(6)?,
    })
}

fn whole(id: i64, row: &Row<'_>) -> Result<Kept, rusqlite::Error> {
    let mut fields = Fields::default();
    for (field, at) in Field::ALL.into_iter().zip(5..) {
        fields.set(field, row.get::<_, String>(at)?);
    }
    let standing = Standing { received: day(row, 0)?, step: step(row, 1)?, since: day(row, 2)?, said: Vec::new() };
    let suggestion = Suggestion { about: about(row, 3)?, fields, lang: row.get(4)?, files: Vec::new() };
    Ok(Kept { id, suggestion, standing })
}

fn said(db: &Connection, id: i64) -> Result<Vec<Word>, StoreError> {
    let sql = "SELECT by_sender, day, text FROM submission_word WHERE submission = ?1 ORDER BY number";
    let mut found = db.prepare(sql)?;
    let rows =
        found.query_map([id], |row| Ok(Word { by_sender: row.get(0)?, day: day(row, 1)?, text: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn files(db: &Connection, id: i64) -> Result<Vec<Cleaned>, StoreError> {
    let sql = "SELECT media_type, width, height, bytes FROM submission_file WHERE submission = ?1 ORDER BY number";
    let mut found = db.prepare(sql)?;
    let rows = found.query_map([id], |row| {
        let (media_type, bytes): (String, Vec<u8>) = (row.get(0)?, row.get(3)?);
        Ok(match media_type.as_str() {
            "text/plain" => Cleaned::Words(String::from_utf8_lossy(&bytes).into_owned()),
            _ => Cleaned::Picture { media_type, size: (row.get(1)?, row.get(2)?), bytes },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn name(media_type: &str, number: u32) -> String {
    match media_type {
        "image/png" => format!("picture-{number}.png"),
        "image/jpeg" => format!("picture-{number}.jpg"),
        _ => format!("words-{number}.txt"),
    }
}

fn day(row: &Row<'_>, at: usize) -> Result<Day, rusqlite::Error> {
    parsed(row, at, Day::parse)
}

fn step(row: &Row<'_>, at: usize) -> Result<Step, rusqlite::Error> {
    parsed(row, at, Step::parse)
}

fn about(row: &Row<'_>, at: usize) -> Result<About, rusqlite::Error> {
    parsed(row, at, About::parse)
}

fn parsed<T>(row: &Row<'_>, at: usize, parse: impl Fn(&str) -> Option<T>) -> Result<T, rusqlite::Error> {
    let text: String = row.get(at)?;
    let wrong = || rusqlite::Error::InvalidColumnType(at, text.clone(), rusqlite::types::Type::Text);
    parse(&text).ok_or_else(wrong)
}
