//! Accounts of the desk: who works here, what they may do, how they prove that it is they.
//!
//! There is no default password and no log-in by a password alone. An account begins with a link that counts once,
//! and ends with a day; what it did stays.

pub(crate) mod enrol;
pub(crate) mod login;
pub(crate) mod passkey;
mod password;
pub(crate) mod role;
pub mod totp;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

pub use enrol::invite;
pub use role::{Role, Roles};

use crate::store::{Store, StoreError};
use crate::world::World;

/// An account that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// The name under which its holder works here.
    pub name: String,
    /// What it may do.
    pub roles: Roles,
}

/// An account as administrators see it.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub account: Account,
    pub made: String,
    pub closed: Option<String>,
    /// Whether somebody has enrolled.
    pub enrolled: bool,
}

/// An administrative act.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub day: String,
    /// Who; none for the command line.
    pub by: Option<String>,
    pub what: String,
    pub about: String,
}

/// Why an administrative act is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The name is empty, longer than 60 characters, or holds what can't be read.
    Name,
    /// No role was named.
    NoRole,
    /// There is no such account, or it is closed.
    Unknown,
    /// Nobody would be left who can make accounts.
    LastAdmin,
}

impl Refused {
    /// The reason in English, for the command line.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Name => "a name has 1 to 60 characters that can be read; hint: a pseudonym will do",
            Self::NoRole => "an account needs a role",
            Self::Unknown => "there is no such account, or it is closed",
            Self::LastAdmin => "nobody would be left who can make accounts; hint: make another admin first",
        }
    }
}

/// Every account, open ones first.
pub(crate) fn all(store: &Store) -> Result<Vec<Listed>, StoreError> {
    store.read(|db| {
        let sql = "SELECT a.id, a.name, a.roles, a.made, a.closed,
             EXISTS (SELECT 1 FROM secret s WHERE s.account = a.id) OR EXISTS (SELECT 1 FROM passkey p WHERE p.account = a.id)
             FROM account a ORDER BY a.closed IS NOT NULL, a.name";
        let mut rows = db.prepare(sql)?;
        let listed = |row: &Row<'_>| {
            Ok(Listed { account: account(row)?, made: row.get(3)?, closed: row.get(4)?, enrolled: row.get(5)? })
        };
        Ok(rows.query_map([], listed)?.collect::<Result<_, _>>()?)
    })
}

/// The account of this number, if it is open.
pub(crate) fn open(db: &Connection, id: i64) -> Result<Option<Account>, StoreError> {
    let sql = "SELECT id, name, roles FROM account WHERE id = ?1 AND closed IS NULL";
    Ok(db.query_row(sql, [id], account).optional()?)
}

/// The open account of this name.
pub(crate) fn named(db: &Connection, name: &str) -> Result<Option<Account>, StoreError> {
    let sql = "SELECT id, name, roles FROM account WHERE name = ?1 AND closed IS NULL";
    Ok(db.query_row(sql, [name], account).optional()?)
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account { id: row.get(0)?, name: row.get(1)?, roles: Roles::parse(&row.get::<_, String>(2)?) })
}

/// The last administrative acts, newest first.
pub(crate) fn acts(store: &Store, most: usize) -> Result<Vec<Act>, StoreError> {
    store.read(|db| {
        let sql = "SELECT t.day, a.name, t.what, t.about FROM act t LEFT JOIN account a ON a.id = t.account
             ORDER BY t.id DESC LIMIT ?1";
        let mut rows = db.prepare(sql)?;
        let read = |row: &Row<'_>| Ok(Act { day: row.get(0)?, by: row.get(1)?, what: row.get(2)?, about: row.get(3)? });
        Ok(rows.query_map([i64::try_from(most).unwrap_or(i64::MAX)], read)?.collect::<Result<_, _>>()?)
    })
}

/// Writes an administrative act down.
pub(crate) fn note(
    tx: &Transaction<'_>,
    world: &dyn World,
    by: Option<i64>,
    what: &str,
    about: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO act (day, account, what, about) VALUES (?1, ?2, ?3, ?4)";
    tx.execute(sql, params![world.today().to_string(), by, what, about])?;
    Ok(())
}

/// Gives an account other roles.
pub(crate) fn change(
    store: &Store,
    world: &dyn World,
    by: i64,
    id: i64,
    roles: Roles,
) -> Result<Result<(), Refused>, StoreError> {
    store.write(|tx| {
        let Some(known) = open(tx, id)? else { return Ok(Err(Refused::Unknown)) };
        if roles == Roles::default() {
            return Ok(Err(Refused::NoRole));
        }
        if known.roles.has(Role::Admin) && !roles.has(Role::Admin) && is_last_admin(tx, id)? {
            return Ok(Err(Refused::LastAdmin));
        }
        tx.execute("UPDATE account SET roles = ?2 WHERE id = ?1", params![id, roles.to_string()])?;
        note(tx, world, Some(by), "roles", &format!("{}: {roles}", known.name)).map(Ok)
    })
}

/// Closes an account: its sessions end, its secrets are destroyed, its name stays taken.
pub(crate) fn close(store: &Store, world: &dyn World, by: i64, id: i64) -> Result<Result<(), Refused>, StoreError> {
    store.write(|tx| {
        let Some(known) = open(tx, id)? else { return Ok(Err(Refused::Unknown)) };
        if known.roles.has(Role::Admin) && is_last_admin(tx, id)? {
            return Ok(Err(Refused::LastAdmin));
        }
        for table in ["session", "secret", "passkey", "enrolment"] {
            tx.execute(&format!("DELETE FROM {table} WHERE account = ?1"), [id])?;
        }
        tx.execute("UPDATE account SET closed = ?2 WHERE id = ?1", params![id, world.today().to_string()])?;
        note(tx, world, Some(by), "close", &known.name).map(Ok)
    })
}

fn is_last_admin(tx: &Transaction<'_>, id: i64) -> Result<bool, StoreError> {
    let mut others = tx.prepare("SELECT roles FROM account WHERE closed IS NULL AND id <> ?1")?;
    let roles = others.query_map([id], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    Ok(!roles.iter().any(|words| Roles::parse(words).has(Role::Admin)))
}

#[cfg(test)]
mod tests;
