//! Which drafts there are, and what is said about one.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

use super::state::State;
use crate::accounts::Account;
use crate::store::{Store, StoreError};
use crate::world::World;

/// Drafts on one page.
pub(crate) const PAGE: i64 = 50;

/// The most bytes of a comment.
pub(crate) const LONGEST: usize = 8000;

/// Which drafts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub state: Option<State>,
    /// By this account.
    pub author: Option<i64>,
    /// In the hands of this account.
    pub assigned: Option<i64>,
    /// In nobody's hands.
    pub free: bool,
    /// From 0.
    pub page: i64,
}

/// A draft in a list.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub id: i64,
    pub title: String,
    pub author: String,
    pub state: State,
    pub assigned: Option<String>,
    pub changed: String,
    /// Comments that nobody has resolved.
    pub open: i64,
}

/// A page of drafts, those that changed last first, and how many there are in all.
pub(crate) fn list(db: &Connection, asked: Asked) -> Result<(Vec<Entry>, i64), StoreError> {
    let (mut which, mut values): (Vec<&str>, Vec<Value>) = (vec!["1"], Vec::new());
    let mut add = |sql: &'static str, value: Value| {
        which.push(sql);
        values.push(value);
    };
    if let Some(state) = asked.state {
        add("d.state = ?", state.word().to_owned().into());
    }
    if let Some(author) = asked.author {
        add("d.author = ?", author.into());
    }
    if let Some(assigned) = asked.assigned {
        add("d.assigned = ?", assigned.into());
    }
    if asked.free {
        which.push("d.assigned IS NULL");
    }
    let which = which.join(" AND ");
    let count =
        db.query_row(&format!("SELECT count(*) FROM draft d WHERE {which}"), params_from_iter(values.iter()), |row| {
            row.get(0)
        })?;
    let sql = format!(
        "SELECT d.id, d.title, a.name, d.state, b.name, d.changed,
           (SELECT count(*) FROM comment c WHERE c.draft = d.id AND c.resolved IS NULL)
         FROM draft d JOIN account a ON a.id = d.author LEFT JOIN account b ON b.id = d.assigned
         WHERE {which} ORDER BY d.id DESC LIMIT {PAGE} OFFSET {}",
        asked.page.max(0).saturating_mul(PAGE)
    );
    let mut rows = db.prepare(&sql)?;
    let found = rows.query_map(params_from_iter(values.iter()), entry)?.collect::<Result<_, _>>()?;
    Ok((found, count))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: row.get(0)?,
        title: row.get(1)?,
        author: row.get(2)?,
        state: State::parse(&row.get::<_, String>(3)?).unwrap_or(State::Draft),
        assigned: row.get(4)?,
        changed: row.get(5)?,
        open: row.get(6)?,
    })
}

/// Gives a draft into somebody's hands.
pub(crate) fn assign(store: &Store, id: i64, to: Option<i64>) -> Result<(), StoreError> {
    store.write(|tx| Ok(tx.execute("UPDATE draft SET assigned = ?2 WHERE id = ?1", params![id, to])?)).map(drop)
}

/// Something said about a draft.
#[derive(Debug, Clone)]
pub(crate) struct Comment {
    pub id: i64,
    pub who: String,
    pub day: String,
    pub text: String,
    /// Who resolved it.
    pub resolved: Option<String>,
}

/// What was said about a draft, oldest first.
pub(crate) fn comments(db: &Connection, draft: i64) -> Result<Vec<Comment>, StoreError> {
    let sql = "SELECT c.id, a.name, c.day, c.text, b.name FROM comment c JOIN account a ON a.id = c.account
         LEFT JOIN account b ON b.id = c.resolved WHERE c.draft = ?1 ORDER BY c.id";
    let mut rows = db.prepare(sql)?;
    let comment = |row: &Row<'_>| {
        Ok(Comment { id: row.get(0)?, who: row.get(1)?, day: row.get(2)?, text: row.get(3)?, resolved: row.get(4)? })
    };
    Ok(rows.query_map([draft], comment)?.collect::<Result<_, _>>()?)
}

/// Says something about a draft; false if it is nothing, or too long.
pub(crate) fn comment(
    store: &Store,
    world: &dyn World,
    who: &Account,
    draft: i64,
    text: &str,
) -> Result<bool, StoreError> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return Ok(false);
    }
    let sql = "INSERT INTO comment (draft, version, account, day, text)
         SELECT id, version, ?2, ?3, ?4 FROM draft WHERE id = ?1";
    let day = world.today().to_string();
    Ok(store.write(|tx| Ok(tx.execute(sql, params![draft, who.id, day, text])?))? == 1)
}

/// Resolves a comment of this draft.
pub(crate) fn resolve(
    store: &Store,
    world: &dyn World,
    who: &Account,
    draft: i64,
    comment: i64,
) -> Result<bool, StoreError> {
    let sql = "UPDATE comment SET resolved = ?3, resolved_day = ?4 WHERE id = ?2 AND draft = ?1 AND resolved IS NULL";
    let day = world.today().to_string();
    Ok(store.write(|tx| Ok(tx.execute(sql, params![draft, comment, who.id, day])?))? == 1)
}
