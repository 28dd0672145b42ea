//! The first log-in: a link that counts once, for a day, and what its holder proves with it.

use rusqlite::{OptionalExtension, Transaction, params};

use super::{Account, Refused, Roles, login, named, note, open, password, totp};
use crate::store::{Store, StoreError};
use crate::world::{Token, World};

/// Seconds that a link lasts.
const LASTS: i64 = 24 * 3600;

/// The shortest password, in characters.
pub(crate) const SHORTEST: usize = 12;
/// The longest, in bytes.
pub(crate) const LONGEST: usize = 200;

/// What a link offers to whoever opens it.
#[derive(Debug)]
pub(crate) struct Offer {
    pub account: Account,
    /// The secret for an authenticator.
    pub totp: Vec<u8>,
}

/// Why nobody was enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The link does not count any more, or never did.
    Link,
    /// The password is too short or too long.
    Password,
    /// The second time another password was typed.
    Unlike,
    /// The code is not the authenticator's.
    Code,
}

/// Makes an account, or a new link for one that is there, and gives the link's token. Older links of the account count
/// no more; what it logs in with stays until the new link is used.
pub fn invite(
    store: &Store,
    world: &dyn World,
    by: Option<i64>,
    (name, roles): (&str, Roles),
) -> Result<Result<Token, Refused>, StoreError> {
    let name = name.trim();
    let sound = (1..=60).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if !sound || names::hidden_character(name).is_some() {
        return Ok(Err(Refused::Name));
    }
    store.write(|tx| {
        let account = match named(tx, name)? {
            Some(account) => account,
            None if roles == Roles::default() => return Ok(Err(Refused::NoRole)),
            None if is_taken(tx, name)? => return Ok(Err(Refused::Name)),
            None => make(tx, world, name, roles)?,
        };
        let token = Token::new(world);
        tx.execute("DELETE FROM enrolment WHERE account = ?1", [account.id])?;
        tx.execute(
            "INSERT INTO enrolment (hash, account, totp, ends) VALUES (?1, ?2, ?3, ?4)",
            params![token.hash(), account.id, &world.random()[..totp::SECRET], world.now() + LASTS],
        )?;
        note(tx, world, by, "link", &format!("{name}: {}", account.roles))?;
        Ok(Ok(token))
    })
}

fn is_taken(tx: &Transaction<'_>, name: &str) -> Result<bool, StoreError> {
    Ok(tx.query_row("SELECT EXISTS (SELECT 1 FROM account WHERE name = ?1)", [name], |row| row.get(0))?)
}

fn make(tx: &Transaction<'_>, world: &dyn World, name: &str, roles: Roles) -> Result<Account, StoreError> {
    tx.execute(
        "INSERT INTO account (name, handle, roles, made) VALUES (?1, ?2, ?3, ?4)",
        params![name, &world.random()[..16], roles.to_string(), world.today().to_string()],
    )?;
    Ok(Account { id: tx.last_insert_rowid(), name: name.to_owned(), roles })
}

/// What a link offers; `None` if it does not count.
pub(crate) fn offer(store: &Store, world: &dyn World, token: &Token) -> Result<Option<Offer>, StoreError> {
    store.read(|db| {
        let sql = "SELECT account, totp FROM enrolment WHERE hash = ?1 AND ends > ?2";
        let found = db.query_row(sql, params![token.hash(), world.now()], |row| Ok((row.get(0)?, row.get(1)?)));
        let Some((id, totp)) = found.optional()? else { return Ok(None) };
        Ok(open(db, id)?.map(|account| Offer { account, totp }))
    })
}

/// Enrols with a password and an authenticator's code, which from now on count together and alone: whatever the account
/// logged in with before is destroyed, and so is the link. Gives the token of a session.
pub(crate) fn by_code(
    store: &Store,
    world: &dyn World,
    token: &Token,
    (words, again): (&str, &str),
    code: &str,
) -> Result<Result<Token, Fault>, StoreError> {
    let Some(offer) = offer(store, world, token)? else { return Ok(Err(Fault::Link)) };
    if words.chars().count() < SHORTEST || words.len() > LONGEST {
        return Ok(Err(Fault::Password));
    }
    if words != again {
        return Ok(Err(Fault::Unlike));
    }
    let Some(step) = totp::verify(&offer.totp, code, world.now(), 0) else { return Ok(Err(Fault::Code)) };
    let kept = password::kept(words, world);
    store.write(|tx| {
        if !spend(tx, world, token, offer.account.id)? {
            return Ok(Err(Fault::Link));
        }
        tx.execute(
            "INSERT INTO secret (account, password, totp, step) VALUES (?1, ?2, ?3, ?4)",
            params![offer.account.id, kept, offer.totp, step],
        )?;
        note(tx, world, Some(offer.account.id), "enrol", "password and code")?;
        login::begin(tx, world, offer.account.id).map(Ok)
    })
}

/// Uses a link up, and destroys what the account logged in with before; false if the link counts no more.
pub(crate) fn spend(tx: &Transaction<'_>, world: &dyn World, token: &Token, account: i64) -> Result<bool, StoreError> {
    let sql = "DELETE FROM enrolment WHERE hash = ?1 AND account = ?2 AND ends > ?3";
    if tx.execute(sql, params![token.hash(), account, world.now()])? == 0 {
        return Ok(false);
    }
    for table in ["session", "secret", "passkey"] {
        tx.execute(&format!("DELETE FROM {table} WHERE account = ?1"), [account])?;
    }
    Ok(true)
}
