//! A table that somebody brought, kept until they have said what its columns are.

use rusqlite::{Connection, OptionalExtension, params};

use crate::accounts::Account;
use crate::store::{Store, StoreError};
use crate::world::World;

/// The most rows of a table that is laid into a draft.
pub(crate) const MOST_ROWS: usize = 20_000;

/// The largest file of a table, in bytes.
pub(crate) const LARGEST: usize = 8 << 20;

/// The rows of a table, the heading first.
pub(crate) type Rows = Vec<Vec<String>>;

/// Keeps a table in the place of the one before; gives its number.
pub(crate) fn keep(
    store: &Store,
    world: &dyn World,
    who: &Account,
    draft: i64,
    rows: &Rows,
) -> Result<i64, StoreError> {
    let text = serde_json::to_string(rows).expect("invariant: rows of text are JSON");
    let day = world.today().to_string();
    store.write(|tx| {
        tx.execute("DELETE FROM upload WHERE draft = ?1 AND account = ?2", [draft, who.id])?;
        let sql = "INSERT INTO upload (draft, account, day, rows) VALUES (?1, ?2, ?3, ?4)";
        tx.execute(sql, params![draft, who.id, day, text])?;
        Ok(tx.last_insert_rowid())
    })
}

/// The table of this number, if it is theirs and of this draft.
pub(crate) fn read(db: &Connection, who: &Account, draft: i64, id: i64) -> Result<Option<Rows>, StoreError> {
    let sql = "SELECT rows FROM upload WHERE id = ?1 AND draft = ?2 AND account = ?3";
    let text: Option<String> = db.query_row(sql, [id, draft, who.id], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Forgets it.
pub(crate) fn forget(store: &Store, id: i64) -> Result<(), StoreError> {
    store.write(|tx| Ok(tx.execute("DELETE FROM upload WHERE id = ?1", [id])?)).map(drop)
}
