//! Takes words that were redacted out of everything the desk keeps: drafts in all versions, comments, suggestions.
//!
//! A mask is as long as the words, so that the text of a draft stays one. What an approval was given for is remembered
//! by its hash alone; of a draft that is not decided the hash becomes another, and approvals of it count no more.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};

use super::content;
use crate::store::{Store, StoreError};

/// Words that are shorter stand anywhere.
const SHORTEST: usize = 4;

/// Where the desk keeps texts, beside the versions of drafts.
const TEXTS: [(&str, &str); 13] = [
    ("draft", "title"),
    ("comment", "text"),
    ("event", "reason"),
    ("event", "interest"),
    ("submission", "what"),
    ("submission", "place"),
    ("submission", "moment"),
    ("submission", "source"),
    ("submission", "passage"),
    ("submission", "note"),
    ("submission_word", "text"),
    ("task", "filter"),
    ("version", "content"),
];

/// How many texts hold one of these words, and how many files of suggestions.
pub(crate) fn count(db: &Connection, words: &BTreeSet<String>) -> Result<i64, StoreError> {
    let mut found = 0;
    for word in spellings(words) {
        for (table, column) in TEXTS {
            let sql = format!("SELECT count(*) FROM {table} WHERE instr({column}, ?1) > 0");
            found += db.query_row(&sql, [&word], |row| row.get::<_, i64>(0))?;
        }
        for (table, column) in [("submission_file", "bytes"), ("held_capture", "text")] {
            let sql = format!("SELECT count(*) FROM {table} WHERE instr({column}, CAST(?1 AS BLOB)) > 0");
            found += db.query_row(&sql, [&word], |row| row.get::<_, i64>(0))?;
        }
        let sql = format!("SELECT count(*) FROM upload WHERE {IN_UPLOAD}");
        found += db.query_row(&sql, [&word, &in_json(&word)], |row| row.get::<_, i64>(0))?;
    }
    Ok(found)
}

/// Masks these words wherever they stand in the desk's store, deletes files that hold them, and empties the journal.
///
/// # Errors
/// Those of the store.
pub fn mask(store: &Store, words: &BTreeSet<String>) -> Result<(), StoreError> {
    if words.is_empty() {
        return Ok(());
    }
    store.write(|tx| {
        spellings(words).iter().try_for_each(|word| mask_one(tx, word))?;
        hash_anew(tx)
    })?;
    // A reader of an older moment is soon done.
    let mut tries = 0;
    loop {
        match store.scrub() {
            Err(StoreError::Busy) if tries < 20 => tries += 1,
            done => return done,
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

fn mask_one(tx: &Transaction<'_>, word: &str) -> Result<(), StoreError> {
    let mask = "*".repeat(word.len());
    for (table, column) in TEXTS {
        let sql = format!("UPDATE {table} SET {column} = replace({column}, ?1, ?2) WHERE instr({column}, ?1) > 0");
        tx.execute(&sql, params![word, mask])?;
    }
    let captures = "SELECT 1 FROM held_capture h WHERE h.draft = held_piece.draft AND h.url = held_piece.url AND instr(h.text, CAST(?1 AS BLOB)) > 0";
    tx.execute(&format!("DELETE FROM held_piece WHERE EXISTS ({captures})"), [word])?;
    tx.execute("DELETE FROM held_capture WHERE instr(text, CAST(?1 AS BLOB)) > 0", [word])?;
    tx.execute(&format!("DELETE FROM upload WHERE {IN_UPLOAD}"), [word, &in_json(word)])?;
    tx.execute("DELETE FROM submission_file WHERE instr(bytes, CAST(?1 AS BLOB)) > 0", [word])?;
    Ok(())
}

/// A table that was brought and is not yet laid into a draft holds a word, as it is or as JSON spells it.
const IN_UPLOAD: &str = "instr(rows, ?1) > 0 OR instr(rows, ?2) > 0";

fn in_json(word: &str) -> String {
    let text = serde_json::to_string(word).unwrap_or_default();
    text.get(1..text.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

/// The hashes of what may still be approved. What was decided keeps the one it was decided by.
fn hash_anew(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let sql = "SELECT v.draft, v.number, v.content, v.hash FROM version v JOIN draft d ON d.id = v.draft
         WHERE d.state IN ('draft', 'submitted', 'in-review', 'returned')";
    let mut changed: Vec<(i64, i64, [u8; 32])> = Vec::new();
    let mut rows = tx.prepare(sql)?;
    let mut found = rows.query([])?;
    while let Some(row) = found.next()? {
        let (draft, number): (i64, i64) = (row.get(0)?, row.get(1)?);
        let (text, known): (String, Vec<u8>) = (row.get(2)?, row.get(3)?);
        let hash = content::hash(draft, &text);
        if known != hash {
            changed.push((draft, number, hash));
        }
    }
    for (draft, number, hash) in changed {
        tx.execute("UPDATE version SET hash = ?3 WHERE draft = ?1 AND number = ?2", params![draft, number, hash])?;
    }
    Ok(())
}

/// The words as they stand in free text and in the cell of a table.
fn spellings(words: &BTreeSet<String>) -> BTreeSet<String> {
    let long = words.iter().filter(|word| word.chars().count() >= SHORTEST);
    let line = |word: &String| word.replace("\r\n", " ").replace(|c: char| c.is_control(), " ");
    let all = long.flat_map(|word| [word.clone(), line(word), line(word).replace('"', "\"\"")]);
    all.collect()
}
