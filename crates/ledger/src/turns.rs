//! Turns in a log's life that the ledger itself writes down: another key, and the end. Each is an entry of its own whose
//! operation is a signed note, so that whoever trusts the first key can follow to the last.

use model::Day;

use crate::append::Sorts;
use crate::checkpoint::Checkpoint;
use crate::entry::{Draft, Entry};
use crate::error::LedgerError;
use crate::head::read_checkpoint;
use crate::key_text::split_note;
use crate::layout::File;
use crate::ledger::Ledger;
use crate::memory;
use crate::note::{SigningKey, VerifyingKey};
use crate::operation::Operation;
use crate::read::each_raw;
use crate::storage::Storage;

/// Kinds from here on are the ledger's own; no caller may append or redact one.
const OWN: u8 = 240;
const SUCCESSION: u8 = 254;
const KEY_CHANGE: u8 = 255;

/// The author of an entry that holds one of them, and nothing else.
const AUTHOR: &str = "log";

const CHANGES: &str = "counteratlas/key-change";
const ENDS: &str = "counteratlas/succession";

/// Whether an operation of this kind is the ledger's own, and says nothing about the world.
pub fn is_own(kind: u8) -> bool {
    kind >= OWN
}

/// One turn, its signatures checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The entry that says so.
    pub entry: u64,
    /// The key that signed until then.
    pub old: VerifyingKey,
    /// What comes behind.
    pub next: Next,
    /// The note that proves it.
    pub note: String,
}

/// What comes behind a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The log goes on under this key.
    Key(VerifyingKey),
    /// The log has ended, and another one follows.
    Log {
        /// The successor's key, which names its origin.
        key: VerifyingKey,
        /// Where it is; `-` if that is not known.
        url: String,
    },
}

impl Turn {
    /// Reads the operation of an entry; else why it is none.
    pub(crate) fn read(entry: &Entry, kind: u8, bytes: &[u8]) -> Result<Self, &'static str> {
        let alone = entry.author == AUTHOR && entry.operations == 1;
        if !alone || !matches!(kind, SUCCESSION | KEY_CHANGE) {
            return Err("an operation of the ledger's own stands where it can't");
        }
        let note = std::str::from_utf8(bytes).map_err(|_| "not UTF-8")?;
        let turn = Self::parse(note)?;
        let fits = turn.entry == entry.number && matches!(turn.next, Next::Key(_)) == (kind == KEY_CHANGE);
        fits.then_some(turn).ok_or("it is the note of another entry")
    }

    /// Reads a note that is signed by the old key, and by the new one if the log goes on.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(note: &str) -> Result<Self, &'static str> {
        let (text, signatures) = split_note(note)?;
        let key = |text: &str| VerifyingKey::parse(text).map_err(|_| "it names no key");
        let lines: Vec<&str> = text.lines().collect();
        let (entry, old, new, next) = match lines[..] {
            [CHANGES, _, entry, old, new] => (entry, key(old)?, key(new)?, None),
            [ENDS, _, entry, old, new, url] => (entry, key(old)?, key(new)?, Some(url)),
            _ => return Err("it has not the lines of a turn"),
        };
        let number: u64 = entry.parse().map_err(|_| "it names no entry")?;
        let by_old = old.signed(text, &signatures)?.is_some();
        let by_new = next.is_some() || new.signed(text, &signatures)?.is_some();
        let same_log = lines[1] == old.name() && (next.is_some() || new.name() == old.name());
        if !(by_old && by_new && same_log && number.to_string() == entry) {
            return Err("it is not signed as it has to be");
        }
        let next = next.map_or(Next::Key(new.clone()), |url| Next::Log { key: new, url: url.into() });
        Ok(Self { entry: number, old, next, note: note.into() })
    }

    /// Reads notes one behind the other, an empty line between them.
    ///
    /// # Errors
    /// What is wrong with the first that can't be read.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, &'static str> {
        let parts: Vec<&str> = text.trim_end_matches('\n').split("\n\n").filter(|part| !part.is_empty()).collect();
        parts.chunks(2).map(|pair| Self::parse(&(pair.join("\n\n") + "\n"))).collect()
    }
}

/// The keys that follow each other from this one on, itself first.
///
/// # Errors
/// The key is none that these turns lead from, or they don't follow each other.
pub fn follow(first: &VerifyingKey, turns: &[Turn]) -> Result<Vec<VerifyingKey>, &'static str> {
    let changes = turns.iter().filter_map(|turn| match &turn.next {
        Next::Key(key) => Some((&turn.old, key)),
        Next::Log { .. } => None,
    });
    let mut keys = vec![first.clone()];
    let mut known = false;
    let mut last: Option<&VerifyingKey> = None;
    for (old, new) in changes {
        if last.is_some_and(|last| last != old) {
            return Err("the changes of the key don't follow each other");
        }
        if old == first || known {
            keys.push(new.clone());
            known = true;
        }
        last = Some(new);
    }
    let is_last = last.is_none_or(|last| last == first);
    (known || is_last).then_some(keys).ok_or("the log's key never was this one")
}

impl Ledger {
    /// All turns so far, their signatures checked. Reads every entry, but only the operations of the ledger's own.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`], [`LedgerError::Missing`], [`LedgerError::Storage`].
    pub fn turns(&self) -> Result<Vec<Turn>, LedgerError> {
        let mut turns = Vec::new();
        for entry in self.entries(0..u64::MAX) {
            turns.extend(turn_of(self.storage(), &entry?)?);
        }
        Ok(turns)
    }

    /// The keys from an earlier one of this log to the one that signs now.
    ///
    /// # Errors
    /// [`LedgerError::Key`] if the key does not lead here.
    pub fn keys_since(&self, first: &VerifyingKey) -> Result<Vec<VerifyingKey>, LedgerError> {
        if first == self.key() {
            return Ok(vec![first.clone()]);
        }
        let wrong = |what: &str| LedgerError::Key { what: what.into() };
        let keys = follow(first, &self.turns()?).map_err(wrong)?;
        let here = keys.last() == Some(self.key());
        here.then_some(keys).ok_or_else(|| wrong("the key that was known does not lead to the one that signs"))
    }

    /// Writes down that `new` signs from now on, and makes it so. After a crash it is repeated; what is done is not done
    /// again. `old` must be kept until this returns.
    ///
    /// # Errors
    /// Those of [`Ledger::append`].
    pub fn rotate(
        &mut self,
        old: &SigningKey,
        new: &SigningKey,
        day: Day,
        salts: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<(), LedgerError> {
        let (from, to) = (old.verifying_key(), new.verifying_key());
        if from.name() != to.name() || from == to {
            return Err(LedgerError::Key { what: "a new key has the log's name and is another one".into() });
        }
        let decided = self.turns()?.last().is_some_and(|turn| turn.next == Next::Key(to.clone()));
        if !decided {
            let text = format!("{CHANGES}\n{}\n{}\n{from}\n{to}\n", from.name(), self.checkpoint().size);
            let note = old.sign(&text) + &new.sign_line(&text);
            self.append_own(old, day, KEY_CHANGE, note, salts)?;
        }
        self.adopt(old, new)
    }

    /// Has the newest checkpoint signed by both, and states the new key. At every moment a reader finds a checkpoint that
    /// the stated key has signed.
    fn adopt(&mut self, old: &SigningKey, new: &SigningKey) -> Result<(), LedgerError> {
        let storage = self.shared_storage();
        let mut tx = storage.begin()?;
        let head = read_checkpoint(&*storage, &old.verifying_key())
            .or_else(|_| read_checkpoint(&*storage, &new.verifying_key()))?;
        let text = head.text();
        let both = Checkpoint { note: old.sign(text) + &new.sign_line(text), ..head.clone() };
        tx.swap(&File::Checkpoint.to_string(), Some(head.note.as_bytes()), both.note.as_bytes())?;
        self.memory().map_or(Ok(()), |memory| memory::keep(memory, &both))?;
        let key = storage.read(&File::Key.to_string())?;
        tx.swap(&File::Key.to_string(), key.as_deref(), format!("{}\n", new.verifying_key()).as_bytes())?;
        drop(tx);
        self.now(new.verifying_key(), both);
        Ok(())
    }

    /// Ends the log: its last entry names the one that follows. Nothing can be appended behind it.
    ///
    /// # Errors
    /// Those of [`Ledger::append`].
    pub fn succeed(
        &mut self,
        key: &SigningKey,
        successor: &VerifyingKey,
        url: &str,
        day: Day,
        salts: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<u64, LedgerError> {
        let (own, size) = (key.verifying_key(), self.checkpoint().size);
        if url.is_empty()
            || url.contains(|c: char| c.is_control() || c.is_whitespace())
            || successor.name() == own.name()
        {
            let what = "a successor has another name, and an address without spaces or `-`";
            return Err(LedgerError::Refused { what: what.into() });
        }
        let text = format!("{ENDS}\n{}\n{size}\n{own}\n{successor}\n{url}\n", own.name());
        self.append_own(key, day, SUCCESSION, key.sign(&text), salts)
    }

    fn append_own(
        &mut self,
        key: &SigningKey,
        day: Day,
        kind: u8,
        note: String,
        salts: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<u64, LedgerError> {
        let operation = Operation { kind, bytes: note.into_bytes() };
        self.append_any(key, Draft { day, author: AUTHOR }, Sorts::Own, &mut std::iter::once(operation), salts)
    }
}

/// Refuses to go on behind the end of a log.
pub(crate) fn check_not_ended(storage: &dyn Storage, last: Option<&Entry>) -> Result<(), LedgerError> {
    let Some(entry) = last else { return Ok(()) };
    match turn_of(storage, entry)?.map(|turn| turn.next) {
        Some(Next::Log { key, url }) => {
            let what = format!("this log has ended; `{}` follows it at `{url}`", key.name());
            Err(LedgerError::Refused { what })
        }
        _ => Ok(()),
    }
}

/// The turn that an entry is, if it is one.
fn turn_of(storage: &dyn Storage, entry: &Entry) -> Result<Option<Turn>, LedgerError> {
    if entry.author != AUTHOR || entry.operations != 1 {
        return Ok(None);
    }
    let mut read = None;
    each_raw(storage, entry, |_, raw| {
        read = raw.value.filter(|_| is_own(raw.kind)).map(|(_, bytes)| Turn::read(entry, raw.kind, bytes));
    })?;
    let file = File::Segment { entry: entry.number, first: 0 };
    read.transpose().map_err(|what| LedgerError::damaged(file, 0..0, what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::append::Append;
    use crate::tests::{DAY, files, key, of_size, operations, salts};
    use crate::{OperationId, verify, verify_since};

    fn other(seed: u8) -> SigningKey {
        SigningKey::generate(key().name(), [seed; 32]).unwrap()
    }

    fn good(storage: &dyn Storage, key: &SigningKey) -> bool {
        let verdict = verify(storage, Some(&key.verifying_key()));
        verdict.findings.iter().all(|finding| finding.severity == model::Severity::Note)
    }

    #[test]
    fn whoever_trusts_the_first_key_can_follow_to_the_last() {
        let (storage, mut ledger) = of_size(3);
        let (first, kept) = (key(), ledger.checkpoint().clone());
        let mut reader = ledger.clone();
        let mut salts = salts();
        let mut at = first.clone();
        for seed in [61, 62] {
            let next = other(seed);
            ledger.rotate(&at, &next, DAY, &mut salts).unwrap();
            assert!(ledger.append(&at, Draft { day: DAY, author: "desk" }, operations(&["x"]), &mut salts).is_err());
            at = next;
            ledger.append(&at, Draft { day: DAY, author: "desk" }, operations(&["more"]), &mut salts).unwrap();
        }
        for key in [&first, &other(61), &other(62)] {
            assert!(good(&*storage, key), "{:?}", verify(&*storage, Some(&key.verifying_key())).findings);
        }
        assert!(!good(&*storage, &other(63)));
        assert!(verify_since(&*storage, Some(&first.verifying_key()), &kept).holds());
        assert!(reader.refresh().unwrap());
        assert_eq!((reader.checkpoint().size, reader.key().clone()), (7, at.verifying_key()));
        assert_eq!(ledger.keys_since(&first.verifying_key()).unwrap().len(), 3);
        assert_eq!(ledger.keys_since(&other(61).verifying_key()).unwrap().len(), 2);
        let notes: Vec<String> = ledger.turns().unwrap().into_iter().map(|turn| turn.note).collect();
        assert_eq!(Turn::parse_all(&notes.join("\n")).unwrap(), ledger.turns().unwrap());
    }

    #[test]
    fn a_rotation_that_was_cut_short_leaves_a_readable_ledger_and_is_finished_by_repeating_it() {
        let (storage, mut ledger) = of_size(2);
        let (old, new) = (key(), other(61));
        let text = format!("{CHANGES}\n{}\n2\n{}\n{}\n", old.name(), old.verifying_key(), new.verifying_key());
        let note = old.sign(&text) + &new.sign_line(&text);
        ledger.append_own(&old, DAY, KEY_CHANGE, note, &mut salts()).unwrap();
        let cut = Ledger::open(storage.clone()).unwrap();
        assert_eq!(cut.checkpoint().size, 3);
        assert!(verify(&*storage, Some(&old.verifying_key())).holds());
        ledger.rotate(&old, &new, DAY, &mut salts()).unwrap();
        assert_eq!(Ledger::open(storage.clone()).unwrap().checkpoint().size, 3);
        assert!(good(&*storage, &old) && good(&*storage, &new));
    }

    #[test]
    fn a_change_that_the_old_key_did_not_sign_leads_nowhere() {
        let (old, new) = (key(), other(61));
        let text = format!("{CHANGES}\n{}\n2\n{}\n{}\n", old.name(), old.verifying_key(), new.verifying_key());
        assert!(Turn::parse(&(old.sign(&text) + &new.sign_line(&text))).is_ok());
        assert!(Turn::parse(&new.sign(&text)).is_err());
        assert!(Turn::parse(&old.sign(&text)).is_err(), "whoever holds the new key has to agree");
        let forged = old.sign(&text).replace("\n2\n", "\n3\n") + &new.sign_line(&text);
        assert!(Turn::parse(&forged).is_err());
    }

    #[test]
    fn a_stolen_key_file_of_another_log_is_no_key_of_this() {
        let (_, mut ledger) = of_size(1);
        let stranger = SigningKey::generate("other.example/log", [5; 32]).unwrap();
        assert!(ledger.rotate(&key(), &stranger, DAY, &mut salts()).is_err());
        assert!(ledger.rotate(&key(), &key(), DAY, &mut salts()).is_err());
        assert!(ledger.keys_since(&other(9).verifying_key()).is_err());
    }

    #[test]
    fn nothing_follows_the_end_of_a_log() {
        let (storage, mut ledger) = of_size(2);
        let next = SigningKey::generate("counteratlas.example/second", [5; 32]).unwrap().verifying_key();
        let (key, mut salts) = (key(), salts());
        assert!(ledger.succeed(&key, &next, "a b", DAY, &mut salts).is_err());
        ledger.succeed(&key, &next, "https://second.example", DAY, &mut salts).unwrap();
        assert!(good(&*storage, &key));
        let refused = ledger.append(&key, Draft { day: DAY, author: "desk" }, operations(&["more"]), &mut salts);
        assert!(refused.unwrap_err().to_string().contains("`counteratlas.example/second` follows it at"));
        assert!(ledger.rotate(&key, &other(61), DAY, &mut salts).is_err());
        assert_eq!(ledger.turns().unwrap()[0].next, Next::Log { key: next, url: "https://second.example".into() });
    }

    #[test]
    fn entries_behind_the_end_are_found_however_well_they_are_signed() {
        let (storage, mut ledger) = of_size(2);
        let next = SigningKey::generate("counteratlas.example/second", [5; 32]).unwrap().verifying_key();
        let (key, mut salts) = (key(), salts());
        ledger.succeed(&key, &next, "-", DAY, &mut salts).unwrap();
        // Past the check that every honest append makes.
        let mut append = Append::begin(&*storage, None, ledger.checkpoint(), &key, 1 << 20).unwrap();
        let more: Box<dyn Iterator<Item = Operation>> = Box::new(operations(&["behind"]).into_iter());
        let mut entries = std::iter::once((Draft { day: DAY, author: "desk" }, more));
        append.run(Sorts::OfTheWorld, &mut entries, &mut salts).unwrap();
        drop(append);
        let verdict = verify(&*storage, None);
        let found = verdict.findings.iter().any(|finding| finding.what.contains("behind the end of the log"));
        assert!(found && !verdict.holds(), "{:?}", verdict.findings);
    }

    #[test]
    fn no_caller_appends_or_redacts_the_ledger_s_own_operations() {
        let (_, mut ledger) = of_size(1);
        let own = Operation { kind: KEY_CHANGE, bytes: b"x".to_vec() };
        let refused = ledger.append(&key(), Draft { day: DAY, author: "log" }, [own], &mut salts());
        assert!(matches!(refused, Err(LedgerError::Refused { .. })));
        ledger.rotate(&key(), &other(61), DAY, &mut salts()).unwrap();
        let before = files(ledger.storage());
        assert_eq!(ledger.redact(&[OperationId { entry: 1, operation: 0 }]).unwrap(), []);
        assert!(files(ledger.storage()) == before);
    }
}
