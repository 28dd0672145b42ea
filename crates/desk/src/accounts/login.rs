//! Log-in and sessions: a token in a cookie, its hash in the store, an end that comes by itself.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use rusqlite::{OptionalExtension, Transaction, params};

use super::{Account, named, open, password, totp};
use crate::store::{Store, StoreError};
use crate::world::{Token, World};

/// A session ends after so many seconds without a request.
pub(crate) const IDLE: i64 = 30 * 60;
/// And after so many in any case.
pub(crate) const WHOLE: i64 = 12 * 3600;
/// A request is written down as "seen" no more often than this.
const GRAIN: i64 = 60;

/// So many wrong tries for one name, then a pause.
const TRIES: u32 = 10;
/// How long the tries of a name are counted, in seconds.
const PAUSE: i64 = 10 * 60;
/// So many names are counted at once.
const COUNTED: usize = 10_000;

/// Begins a session.
pub(crate) fn begin(tx: &Transaction<'_>, world: &dyn World, account: i64) -> Result<Token, StoreError> {
    let (token, now) = (Token::new(world), world.now());
    tx.execute("DELETE FROM session WHERE seen <= ?1 OR begun <= ?2", [now - IDLE, now - WHOLE])?;
    let sql = "INSERT INTO session (hash, account, begun, seen) VALUES (?1, ?2, ?3, ?3)";
    tx.execute(sql, params![token.hash(), account, now])?;
    Ok(token)
}

/// Whose session a token stands for; none if it has ended. Being asked keeps it from ending for a while.
pub(crate) fn session(store: &Store, world: &dyn World, token: &Token) -> Result<Option<Account>, StoreError> {
    let (hash, now) = (token.hash(), world.now());
    let found = store.read(|db| {
        let sql = "SELECT account, seen FROM session WHERE hash = ?1 AND seen > ?2 AND begun > ?3";
        let row =
            db.query_row(sql, params![hash, now - IDLE, now - WHOLE], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)));
        let Some((id, seen)) = row.optional()? else { return Ok(None) };
        Ok(open(db, id)?.map(|account| (account, seen)))
    })?;
    let Some((account, seen)) = found else { return Ok(None) };
    if now - seen >= GRAIN {
        store.write(|tx| Ok(tx.execute("UPDATE session SET seen = ?2 WHERE hash = ?1", params![hash, now])?))?;
    }
    Ok(Some(account))
}

/// Ends a session.
pub(crate) fn end(store: &Store, token: &Token) -> Result<(), StoreError> {
    store.write(|tx| Ok(tx.execute("DELETE FROM session WHERE hash = ?1", [token.hash()])?)).map(drop)
}

/// Logs in with a password and an authenticator's code; none if any of it is wrong, and nothing says which.
pub(crate) fn by_code(
    store: &Store,
    world: &dyn World,
    name: &str,
    words: &str,
    code: &str,
) -> Result<Option<Token>, StoreError> {
    if is_pausing(name, world.now()) {
        return Ok(None);
    }
    let known = store.read(|db| {
        let Some(account) = named(db, name)? else { return Ok(None) };
        let sql = "SELECT password, totp, step FROM secret WHERE account = ?1";
        let row = db.query_row(sql, [account.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        Ok(row.optional()?.map(|secret: (Vec<u8>, Vec<u8>, i64)| (account, secret)))
    })?;
    // An unknown name takes as long as a wrong password.
    let kept = known.as_ref().map(|(_, (kept, ..))| kept.as_slice());
    let right = password::fits(words, kept);
    let step = known.as_ref().and_then(|(_, (_, secret, last))| totp::verify(secret, code, world.now(), *last));
    let (Some((account, _)), true, Some(step)) = (known, right, step) else {
        count(name, world.now());
        return Ok(None);
    };
    store.write(|tx| {
        // Of two who come with the same code at once, one gets in.
        let sql = "UPDATE secret SET step = ?2 WHERE account = ?1 AND step < ?2";
        if tx.execute(sql, params![account.id, step])? == 0 {
            return Ok(None);
        }
        begin(tx, world, account.id).map(Some)
    })
}

/// Wrong tries by name: when they began, and how many. In memory alone.
static WRONG: LazyLock<Mutex<HashMap<String, (i64, u32)>>> = LazyLock::new(Mutex::default);

fn is_pausing(name: &str, now: i64) -> bool {
    let wrong = WRONG.lock().unwrap_or_else(PoisonError::into_inner);
    wrong.get(name).is_some_and(|(since, tries)| *tries >= TRIES && now - since < PAUSE)
}

fn count(name: &str, now: i64) {
    let mut wrong = WRONG.lock().unwrap_or_else(PoisonError::into_inner);
    wrong.retain(|_, (since, _)| now - *since < PAUSE);
    if wrong.len() < COUNTED || wrong.contains_key(name) {
        wrong.entry(name.to_owned()).or_insert((now, 0)).1 += 1;
    }
}
