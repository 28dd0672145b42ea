//! From state to state: who may, what it needs, and what is remembered of it. Two persons stand behind everything that
//! is accepted, and the second one has approved the very bytes.

use edition::State as Live;
use model::{Step, Vocabulary};
use rusqlite::{Connection, Row, Transaction, params};

use super::propose::{self, Proposal};
use super::state::{Act, State, may_see};
use super::{Draft, beside, captures, content, masking, read};
use crate::accounts::Account;
use crate::inbox;
use crate::store::{Store, StoreError};
use crate::world::World;
use crate::writer::{Grave, Writer};

/// The most bytes of a reason or a statement.
pub(crate) const LONGEST: usize = 4000;

/// What somebody wants to do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish<'w> {
    pub act: Act,
    /// The hash of what they had before their eyes, in hexadecimal.
    pub hash: &'w str,
    pub reason: &'w str,
    /// Their statement on conflicts of interest.
    pub interest: &'w str,
}

/// Why it is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// There is no such draft for them.
    Missing,
    /// The draft is not in a state for it.
    State,
    /// Their role does not do that.
    Role,
    /// It takes a second person, and they have written on it.
    Own,
    /// Its author does that.
    NotOwn,
    /// It is not what they had before their eyes.
    Changed,
    /// Two readings wait for a decision.
    Beside,
    /// A reason is missing, or too long.
    Reason,
    /// A statement on conflicts of interest is missing, or too long.
    Interest,
    /// There are errors, or nothing would change.
    Unsound,
    /// The ledger could not be written.
    Ledger,
}

impl Refused {
    /// The message that says so.
    pub fn message(self) -> &'static str {
        match self {
            Self::Missing => "desk-refused-missing",
            Self::State => "desk-refused-state",
            Self::Role => "desk-refused-role",
            Self::Own => "desk-refused-own",
            Self::NotOwn => "desk-refused-not-own",
            Self::Changed => "desk-refused-changed",
            Self::Beside => "desk-refused-beside",
            Self::Reason => "desk-refused-reason",
            Self::Interest => "desk-refused-interest",
            Self::Unsound => "desk-refused-unsound",
            Self::Ledger => "desk-refused-ledger",
        }
    }
}

/// Something that happened to a draft.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub day: String,
    pub who: String,
    pub role: String,
    pub act: String,
    pub reason: String,
    pub interest: String,
    pub hash: Vec<u8>,
}

/// The history of a draft, oldest first.
pub(crate) fn events(db: &Connection, id: i64) -> Result<Vec<Event>, StoreError> {
    let sql = "SELECT e.day, a.name, e.role, e.act, e.reason, e.interest, e.hash FROM event e
         JOIN account a ON a.id = e.account WHERE e.draft = ?1 ORDER BY e.id";
    let mut rows = db.prepare(sql)?;
    let event = |row: &Row<'_>| {
        Ok(Event {
            day: row.get(0)?,
            who: row.get(1)?,
            role: row.get(2)?,
            act: row.get(3)?,
            reason: row.get(4)?,
            interest: row.get(5)?,
            hash: row.get(6)?,
        })
    };
    Ok(rows.query_map([id], event)?.collect::<Result<_, _>>()?)
}

/// Everyone who has written on a draft, whether or not it stands.
pub(crate) fn writers(db: &Connection, id: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT author FROM draft WHERE id = ?1 UNION SELECT author FROM version WHERE draft = ?1 AND base > 0";
    Ok(db.prepare(sql)?.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Does it, or says why not; then nothing has changed. What is submitted or accepted must have been found sound by
/// whoever calls this: see [`accept`].
pub(crate) fn act(
    store: &Store,
    world: &dyn World,
    who: &Account,
    id: i64,
    wish: Wish<'_>,
) -> Result<Result<Draft, Refused>, StoreError> {
    step(store, world, who, id, wish, None)
}

fn step(
    store: &Store,
    world: &dyn World,
    who: &Account,
    id: i64,
    wish: Wish<'_>,
    since: Option<u64>,
) -> Result<Result<Draft, Refused>, StoreError> {
    store.write(|tx| {
        let Some(draft) = read(tx, id)?.filter(|draft| may_see(who, draft.author)) else {
            return Ok(Err(Refused::Missing));
        };
        if let Some(refused) = objection(tx, who, &draft, wish)? {
            return Ok(Err(refused));
        }
        let (_, next) = wish.act.path();
        let assigned = if wish.act == Act::Take { Some(who.id) } else { draft.assigned };
        tx.execute(
            "UPDATE draft SET state = ?2, assigned = ?3, since = ?4, changed = ?5 WHERE id = ?1",
            params![id, next.word(), assigned, since.and_then(|s| i64::try_from(s).ok()), world.today().to_string()],
        )?;
        if next == State::Rejected {
            captures::forget_all(tx, id)?;
        }
        remember(tx, world, who, &draft, (wish.act.word(), wish.reason, wish.interest))?;
        Ok(Ok(Draft { state: next, assigned, ..draft }))
    })
}

/// What stands against it.
fn objection(
    tx: &Transaction<'_>,
    who: &Account,
    draft: &Draft,
    wish: Wish<'_>,
) -> Result<Option<Refused>, StoreError> {
    let act = wish.act;
    if !who.roles.any(act.roles()) {
        return Ok(Some(Refused::Role));
    }
    if !act.path().0.contains(&draft.state) {
        return Ok(Some(Refused::State));
    }
    if act.is_authors() && who.id != draft.author {
        return Ok(Some(Refused::NotOwn));
    }
    if !act.is_authors() && writers(tx, draft.id)?.contains(&who.id) {
        return Ok(Some(Refused::Own));
    }
    if act != Act::Recall && wish.hash != crate::hash::hex(&draft.hash) {
        return Ok(Some(Refused::Changed));
    }
    if act.needs_interest() && !beside(tx, draft.id)?.is_empty() {
        return Ok(Some(Refused::Beside));
    }
    let says = |text: &str| !text.trim().is_empty() && text.len() <= LONGEST;
    if act.needs_reason() && !says(wish.reason) || wish.reason.len() > LONGEST {
        return Ok(Some(Refused::Reason));
    }
    Ok((act.needs_interest() && !says(wish.interest)).then_some(Refused::Interest))
}

fn remember(
    tx: &Transaction<'_>,
    world: &dyn World,
    who: &Account,
    draft: &Draft,
    (act, reason, interest): (&str, &str, &str),
) -> Result<(), StoreError> {
    let role = who.roles.highest().map_or("", |role| role.word());
    tx.execute(
        "INSERT INTO event (draft, day, account, role, act, version, hash, reason, interest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            draft.id,
            world.today().to_string(),
            who.id,
            role,
            act,
            draft.version,
            draft.hash,
            reason.trim(),
            interest.trim()
        ],
    )?;
    Ok(())
}

/// Accepts a draft: remembers that it is approved, writes it to the ledger as one entry, remembers which. A crash at
/// any moment leaves a draft that [`resume`] brings to the one end or the other.
pub(crate) fn accept(
    (store, world, writer): (&Store, &dyn World, &dyn Writer),
    vocabulary: &Vocabulary,
    who: &Account,
    id: i64,
    wish: Wish<'_>,
) -> Result<Result<u64, Refused>, StoreError> {
    let Ok(edition) = writer.edition() else { return Ok(Err(Refused::Ledger)) };
    let Some(seen) = store.read(|db| read(db, id))? else { return Ok(Err(Refused::Missing)) };
    let proposal = proposal(&seen, vocabulary, edition.state(), world);
    if seen.state == State::InReview && !(proposal.is_sound() && can_be_buried(writer, &proposal.graves)) {
        return Ok(Err(Refused::Unsound));
    }
    let draft = match step(store, world, who, id, wish, Some(edition.head().size))? {
        Ok(draft) => draft,
        Err(refused) => return Ok(Err(refused)),
    };
    // The text of the transaction in which the hash was compared, and no other.
    let work = |live: &Live| self::proposal(&draft, vocabulary, live, world).operations;
    let graves = self::proposal(&draft, vocabulary, edition.state(), world).graves;
    let written = writer.bury(crate::accounts::Role::Approver.word(), &graves, &work);
    let entry = match written {
        Ok(Some(entry)) => {
            finish(store, world, id, entry)?;
            Some(entry)
        }
        // What failed may still have been written.
        _ => bring_to_an_end((store, world, writer), &draft)?,
    };
    if entry.is_some() {
        // Where it fails it is tried again when the desk starts.
        let _kept = captures::keep(store, writer, &draft);
    }
    if entry.is_some() && !graves.is_empty() {
        // Where it fails the draft's page says so, and it is tried again there or when the desk starts.
        let _unfinished = destroy(store, writer);
    }
    Ok(entry.ok_or(Refused::Ledger))
}

/// What a draft comes to on what is live.
fn proposal(draft: &Draft, vocabulary: &Vocabulary, live: &Live, world: &dyn World) -> Proposal {
    let digest = content::hash(draft.id, &draft.text);
    propose::propose(&draft.content(), digest, vocabulary, live, world.today())
}

fn can_be_buried(writer: &dyn Writer, graves: &[Grave]) -> bool {
    graves.is_empty() || writer.plan(graves).is_ok()
}

/// Carries out what tombstones say, here and in the ledger; gives how many values were destroyed.
///
/// # Errors
/// What is in the way, in words.
pub(crate) fn destroy(store: &Store, writer: &dyn Writer) -> Result<usize, String> {
    writer.finish(&mut |words| masking::mask(store, words).map_err(|error| error.to_string()))
}

/// Brings to an end what was being written when the desk stopped.
///
/// # Errors
/// Those of the store.
pub(crate) fn resume(store: &Store, world: &dyn World, writer: &dyn Writer) -> Result<(), StoreError> {
    let waiting = store.read(|db| {
        let mut rows = db.prepare("SELECT id FROM draft WHERE state = 'accepting'")?;
        Ok(rows.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?)
    })?;
    for id in waiting {
        if let Some(draft) = store.read(|db| read(db, id))? {
            bring_to_an_end((store, world, writer), &draft)?;
        }
    }
    for id in store.read(captures::waiting)? {
        if let Some(draft) = store.read(|db| read(db, id))? {
            // What can't be kept now waits for the next start.
            let _kept = captures::keep(store, writer, &draft);
        }
    }
    Ok(())
}

/// Looks in the ledger whether the draft is there: then it is accepted, else the approval is void. If the ledger can't
/// be read, the draft waits.
fn bring_to_an_end(
    (store, world, writer): (&Store, &dyn World, &dyn Writer),
    draft: &Draft,
) -> Result<Option<u64>, StoreError> {
    let since = draft.since.and_then(|since| u64::try_from(since).ok()).unwrap_or(0);
    // The hash as it was approved: words of its text may have been masked since.
    let Ok(hash) = <[u8; 32]>::try_from(&draft.hash[..]) else { return Ok(None) };
    match writer.find(since, &hash) {
        Err(_) => Ok(None),
        Ok(Some(entry)) => finish(store, world, draft.id, entry).map(|()| Some(entry)),
        Ok(None) => {
            let sql = "UPDATE draft SET state = 'in-review', since = NULL WHERE id = ?1 AND state = 'accepting'";
            store.write(|tx| Ok(tx.execute(sql, [draft.id])?))?;
            Ok(None)
        }
    }
}

/// Remembers the entry; whoever suggested it can read that it was accepted.
fn finish(store: &Store, world: &dyn World, id: i64, entry: u64) -> Result<(), StoreError> {
    let sql = "UPDATE draft SET state = 'accepted', entry = ?2 WHERE id = ?1 AND state = 'accepting'";
    let entry = i64::try_from(entry).unwrap_or(i64::MAX);
    let suggestion: Option<i64> = store.write(|tx| {
        tx.execute(sql, params![id, entry])?;
        Ok(tx.query_row("SELECT submission FROM draft WHERE id = ?1", [id], |row| row.get(0))?)
    })?;
    if let Some(suggestion) = suggestion {
        inbox::set(store, suggestion, Step::Accepted, "", world.today())?;
    }
    Ok(())
}
