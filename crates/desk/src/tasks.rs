//! Research tasks: small pieces of work about one record each, which somebody takes, works for half an hour, and sends in
//! as a draft. One that nobody works on goes back after some days.

pub(crate) mod begin;
pub(crate) mod kind;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params, params_from_iter};

use crate::accounts::Account;
use crate::drafts::state::READERS;
use crate::store::{Store, StoreError};
use crate::world::World;
use kind::Kind;

/// Tasks on one page.
pub(crate) const PAGE: usize = 50;

/// So many tasks are made at once.
pub(crate) const MOST_AT_ONCE: usize = 200;

/// So many tasks one account holds at a time.
pub(crate) const MOST_HELD: i64 = 5;

/// The days that somebody has from taking a task, or from their last change of its draft, to sending it in. The
/// trigger in the store says the same of a draft that was returned.
pub(crate) const DAYS: i64 = 3;

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Anyone may take it.
    Open,
    /// Somebody has it.
    Taken,
    /// Its draft is being reviewed.
    Submitted,
    /// Its draft was accepted.
    Done,
    /// It is not wanted any more.
    Dropped,
}

impl State {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Open, Self::Taken, Self::Submitted, Self::Done, Self::Dropped];

    /// The word in the store and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Taken => "taken",
            Self::Submitted => "submitted",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A task.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub id: i64,
    pub kind: &'static Kind,
    /// `link/ID`, `item/ID` or `term/ID`.
    pub record: String,
    pub filter: String,
    pub made: String,
    pub state: State,
    pub holder: Option<i64>,
    pub holder_name: Option<String>,
    pub until: Option<String>,
    pub draft: Option<i64>,
}

/// Why something is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Somebody else has it, or it is over.
    State,
    /// They hold as many as one may.
    Enough,
}

impl Refused {
    /// The message that says so.
    pub fn message(self) -> &'static str {
        match self {
            Self::State => "task-refused-state",
            Self::Enough => "task-refused-enough",
        }
    }
}

/// Makes tasks of records; those with a task of this kind that is not over are passed over. Gives how many were made.
pub(crate) fn make(
    store: &Store,
    world: &dyn World,
    who: &Account,
    (kind, filter): (&Kind, &str),
    records: &[String],
) -> Result<usize, StoreError> {
    let day = world.today().to_string();
    store.write(|tx| {
        let mut insert = tx.prepare(
            "INSERT INTO task (kind, record, filter, maker, made, state, since) VALUES (?1, ?2, ?3, ?4, ?5, 'open', ?5)
             ON CONFLICT DO NOTHING",
        )?;
        let mut made = 0;
        for record in records {
            made += insert.execute(params![kind.id, record, filter, who.id, day])?;
        }
        Ok(made)
    })
}

/// Of these records those that have no task of the kind yet.
pub(crate) fn without(db: &Connection, kind: &Kind, records: Vec<String>) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT record FROM task WHERE kind = ?1 AND state IN ('open', 'taken', 'submitted')";
    let mut rows = db.prepare(sql)?;
    let known: std::collections::BTreeSet<String> =
        rows.query_map([kind.id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(records.into_iter().filter(|record| !known.contains(record)).collect())
}

/// Which tasks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked {
    pub kind: Option<&'static Kind>,
    pub state: Option<State>,
    /// Held by this account.
    pub holder: Option<i64>,
}

const COLUMNS: &str = "SELECT t.id, t.kind, t.record, t.filter, t.made, t.state, t.holder, a.name, t.until, t.draft
     FROM task t LEFT JOIN account a ON a.id = t.holder";

/// Those tasks whose record `keeps` lets through, the oldest first: a page of them, counted from 0, and how many there
/// are in all.
pub(crate) fn list(
    db: &Connection,
    asked: Asked,
    keeps: &dyn Fn(&str) -> bool,
    page: usize,
) -> Result<(Vec<Task>, usize), StoreError> {
    let (mut which, mut values): (Vec<&str>, Vec<Value>) = (vec!["1"], Vec::new());
    let mut add = |sql: &'static str, value: Value| {
        which.push(sql);
        values.push(value);
    };
    if let Some(kind) = asked.kind {
        add("t.kind = ?", kind.id.to_owned().into());
    }
    if let Some(state) = asked.state {
        add("t.state = ?", state.word().to_owned().into());
    }
    if let Some(holder) = asked.holder {
        add("t.holder = ?", holder.into());
    }
    let sql = format!("SELECT t.id, t.record FROM task t WHERE {} ORDER BY t.id", which.join(" AND "));
    let (mut rows, mut kept) = (db.prepare(&sql)?, Vec::new());
    let mut rows = rows.query(params_from_iter(values.iter()))?;
    while let Some(row) = rows.next()? {
        if row.get_ref(1)?.as_str().is_ok_and(keeps) {
            kept.push(row.get::<_, i64>(0)?);
        }
    }
    let shown = kept.iter().skip(page.saturating_mul(PAGE)).take(PAGE).filter_map(|id| read(db, *id).transpose());
    Ok((shown.collect::<Result<_, _>>()?, kept.len()))
}

/// How many tasks of a kind are not over.
pub(crate) fn waiting(db: &Connection, kind: &Kind) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM task WHERE kind = ?1 AND state IN ('open', 'taken', 'submitted')";
    Ok(db.query_row(sql, [kind.id], |row| row.get(0))?)
}

/// One task.
pub(crate) fn read(db: &Connection, id: i64) -> Result<Option<Task>, StoreError> {
    one(db, "t.id = ?1", id)
}

/// The task that a draft was begun from.
pub(crate) fn of_draft(db: &Connection, draft: i64) -> Result<Option<Task>, StoreError> {
    one(db, "t.draft = ?1", draft)
}

fn one(db: &Connection, which: &str, id: i64) -> Result<Option<Task>, StoreError> {
    Ok(db.query_row(&format!("{COLUMNS} WHERE {which}"), [id], task).optional()?.flatten())
}

/// A task of a kind that this program has.
fn task(row: &Row<'_>) -> rusqlite::Result<Option<Task>> {
    let Some(kind) = Kind::find(&row.get::<_, String>(1)?) else { return Ok(None) };
    Ok(Some(Task {
        id: row.get(0)?,
        kind,
        record: row.get(2)?,
        filter: row.get(3)?,
        made: row.get(4)?,
        state: State::parse(&row.get::<_, String>(5)?).unwrap_or(State::Dropped),
        holder: row.get(6)?,
        holder_name: row.get(7)?,
        until: row.get(8)?,
        draft: row.get(9)?,
    }))
}

/// Takes a task, for some days.
pub(crate) fn take(
    store: &Store,
    world: &dyn World,
    who: &Account,
    id: i64,
) -> Result<Result<(), Refused>, StoreError> {
    let day = world.today().to_string();
    store.write(|tx| {
        lapse_in(tx, &day)?;
        let sql = "SELECT count(*) FROM task WHERE holder = ?1 AND state = 'taken'";
        if tx.query_row(sql, [who.id], |row| row.get::<_, i64>(0))? >= MOST_HELD {
            return Ok(Err(Refused::Enough));
        }
        let sql = "UPDATE task SET state = 'taken', since = ?3, holder = ?2, until = date(?3, ?4)
             WHERE id = ?1 AND state = 'open'";
        let taken = tx.execute(sql, params![id, who.id, day, format!("+{DAYS} days")])?;
        Ok(if taken == 1 { Ok(()) } else { Err(Refused::State) })
    })
}

/// Gives a task back that one holds. A draft that was begun of it stays its author's.
pub(crate) fn give_back(
    store: &Store,
    world: &dyn World,
    who: &Account,
    id: i64,
) -> Result<Result<(), Refused>, StoreError> {
    let sql = "UPDATE task SET state = 'open', since = ?3, holder = NULL, until = NULL, draft = NULL
         WHERE id = ?1 AND holder = ?2 AND state = 'taken'";
    let day = world.today().to_string();
    let given = store.write(|tx| Ok(tx.execute(sql, params![id, who.id, day])?))?;
    Ok(if given == 1 { Ok(()) } else { Err(Refused::State) })
}

/// Ends a task that nobody's draft is under review for.
pub(crate) fn end(store: &Store, world: &dyn World, id: i64) -> Result<Result<(), Refused>, StoreError> {
    let sql = "UPDATE task SET state = 'dropped', since = ?2, until = NULL
         WHERE id = ?1 AND state IN ('open', 'taken')";
    let day = world.today().to_string();
    let dropped = store.write(|tx| Ok(tx.execute(sql, params![id, day])?))?;
    Ok(if dropped == 1 { Ok(()) } else { Err(Refused::State) })
}

/// Makes open again what was taken and not worked on in time.
pub(crate) fn lapse(store: &Store, world: &dyn World) -> Result<(), StoreError> {
    let day = world.today().to_string();
    let late = store.read(|db| {
        let sql = "SELECT EXISTS (SELECT 1 FROM task WHERE state = 'taken' AND until < ?1)";
        Ok(db.query_row(sql, [&day], |row| row.get::<_, bool>(0))?)
    })?;
    if late { store.write(|tx| lapse_in(tx, &day)) } else { Ok(()) }
}

fn lapse_in(tx: &Transaction<'_>, day: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE task SET state = 'open', since = ?1, holder = NULL, until = NULL, draft = NULL
         WHERE state = 'taken' AND until < ?1 AND NOT EXISTS
           (SELECT 1 FROM draft d WHERE d.id = task.draft AND date(d.changed, ?2) >= ?1)",
        params![day, format!("+{DAYS} days")],
    )?;
    Ok(())
}

/// Whether somebody may see who holds a task.
pub(crate) fn may_see_holder(who: &Account, task: &Task) -> bool {
    who.roles.any(READERS) || task.holder == Some(who.id)
}

#[cfg(test)]
mod tests;
