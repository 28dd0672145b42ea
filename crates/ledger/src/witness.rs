//! A witness (c2sp.org/tlog-witness): it remembers the newest checkpoint of each log it knows, and cosigns only what grew
//! out of that. How requests come in is the caller's business.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::checkpoint::Body;
use crate::cosignature::CosigningKey;
use crate::error::LedgerError;
use crate::key_text::split_note;
use crate::merkle::{Hash, Tree};
use crate::note::VerifyingKey;
use crate::proof::ConsistencyProof;
use crate::storage::Storage;

/// So many lines a consistency proof may have.
const LONGEST_PROOF: usize = 63;

/// A witness of some logs, with its memory.
pub struct Witness {
    storage: Arc<dyn Storage>,
    key: CosigningKey,
    logs: Vec<VerifyingKey>,
}

/// What a witness answers to a checkpoint. The numbers in the comments are the protocol's HTTP statuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// 200: the cosignature lines.
    Cosigned(String),
    /// 409: the size of the checkpoint it cosigned last.
    Conflict(u64),
    /// 400: the request has not the protocol's shape.
    Malformed(&'static str),
    /// 403: not signed by a key that is trusted for the log.
    Forbidden(&'static str),
    /// 404: the log is not known.
    Unknown,
    /// 422: the checkpoint did not grow out of the last one.
    Inconsistent(&'static str),
}

/// A request as it was written.
struct Request<'a> {
    old: u64,
    proof: Vec<Hash>,
    note: &'a str,
}

impl Witness {
    /// A witness that keeps its memory here. Several keys of one log are several keys that it may sign with.
    pub fn new(storage: Arc<dyn Storage>, key: CosigningKey, logs: Vec<VerifyingKey>) -> Self {
        Self { storage, key, logs }
    }

    /// Answers `add-checkpoint` at this POSIX time. When it cosigns, it has remembered the checkpoint durably.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], and [`LedgerError::Damaged`] if its memory is: then nothing is cosigned.
    pub fn add_checkpoint(&self, body: &[u8], now: u64) -> Result<Answer, LedgerError> {
        let Some(request) = Request::read(body) else { return Ok(Answer::Malformed("not a request to a witness")) };
        let read = split_note(request.note).and_then(|(text, lines)| Ok((text, lines, Body::read(text)?)));
        let (text, lines, head) = match read {
            Ok(read) => read,
            Err(what) => return Ok(Answer::Malformed(what)),
        };
        let mut keys = self.logs.iter().filter(|key| key.name() == head.origin).peekable();
        if keys.peek().is_none() {
            return Ok(Answer::Unknown);
        }
        let signed: Result<Vec<_>, _> = keys.map(|key| key.signed(text, &lines)).collect();
        let signed = match signed {
            Ok(signed) => signed.into_iter().flatten().map(|line| format!("{}\n", line.line)).collect::<String>(),
            Err(what) => return Ok(Answer::Forbidden(what)),
        };
        if signed.is_empty() {
            return Ok(Answer::Forbidden("no key that is trusted for this log has signed"));
        }
        if request.old > head.size {
            return Ok(Answer::Malformed("the old size is larger than the checkpoint's"));
        }
        self.remember(&request, &head, &format!("{text}\n{signed}"), now)
    }

    /// The newest checkpoint of a log, by the SHA-256 of its origin in hex, with the log's signature and this witness's.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn checkpoint(&self, origin: &str) -> Result<Option<Vec<u8>>, LedgerError> {
        let known = self.logs.iter().any(|key| hex_of(key.name()) == origin);
        Ok(if known { self.storage.read(&memory(origin))? } else { None })
    }

    /// Compares with what is remembered and takes its place, under the storage's lock: two requests at once can't
    /// both find the same old checkpoint.
    fn remember(&self, request: &Request<'_>, head: &Body<'_>, signed: &str, now: u64) -> Result<Answer, LedgerError> {
        let mut tx = self.storage.begin()?;
        let path = memory(&hex_of(head.origin));
        let before = self.storage.read(&path)?;
        let (size, root) = before.as_deref().map_or(Ok((0, Tree::new().root())), |note| last(&path, note))?;
        if request.old != size {
            return Ok(Answer::Conflict(size));
        }
        if let Some(what) = inconsistent(request, head, root) {
            return Ok(Answer::Inconsistent(what));
        }
        let (text, _) = signed.split_once("\n\n").expect("invariant: a note has an empty line");
        let line = self.key.cosign(&format!("{text}\n"), now);
        if tx.swap(&path, before.as_deref(), format!("{signed}{line}").as_bytes())? {
            Ok(Answer::Cosigned(line))
        } else {
            Err(LedgerError::damaged(path, 0..0, "it changed under the lock"))
        }
    }
}

impl<'a> Request<'a> {
    /// `None` for anything but an old size, at most 63 hashes, an empty line and a note.
    fn read(body: &'a [u8]) -> Option<Self> {
        let (head, note) = std::str::from_utf8(body).ok()?.split_once("\n\n")?;
        let mut lines = head.split('\n');
        let number = lines.next()?.strip_prefix("old ")?;
        let old: u64 = number.parse().ok().filter(|old: &u64| old.to_string() == number)?;
        let hash = |line: &str| STANDARD.decode(line).ok()?.try_into().ok();
        let proof = lines.map(hash).collect::<Option<Vec<Hash>>>()?;
        (proof.len() <= LONGEST_PROOF).then_some(Self { old, proof, note })
    }
}

/// Why a checkpoint did not grow out of the one of this root.
fn inconsistent(request: &Request<'_>, head: &Body<'_>, root: Hash) -> Option<&'static str> {
    let proof = ConsistencyProof { old: request.old, new: head.size, hashes: request.proof.clone() };
    if head.size == 0 && head.root != Tree::new().root() {
        return Some("an empty log has the root of nothing");
    }
    (!proof.holds(root, head.root)).then_some("the consistency proof does not hold")
}

/// Size and root of what was cosigned last.
fn last(path: &str, note: &[u8]) -> Result<(u64, Hash), LedgerError> {
    let damaged = |what| LedgerError::damaged(path, 0..note.len() as u64, what);
    let note = std::str::from_utf8(note).map_err(|_| damaged("not UTF-8"))?;
    let (text, _) = split_note(note).map_err(damaged)?;
    let body = Body::read(text).map_err(damaged)?;
    Ok((body.size, body.root))
}

fn memory(origin: &str) -> String {
    format!("logs/{origin}/checkpoint")
}

fn hex_of(origin: &str) -> String {
    Sha256::digest(origin).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{key, of_size, put, salts};
    use crate::{Checkpoint, Ledger, MemStorage, SigningKey};

    const NOW: u64 = 1_700_000_000;

    fn witness_on(storage: Arc<MemStorage>) -> Witness {
        let other = SigningKey::generate("other.example/log", [8; 32]).unwrap().verifying_key();
        let secret = CosigningKey::generate("w.example/w", [77; 32]).unwrap();
        Witness::new(storage, secret, vec![other, key().verifying_key()])
    }

    fn witness() -> Witness {
        witness_on(Arc::new(MemStorage::new()))
    }

    /// The request that a client makes to bring a witness from `old` entries to a ledger's newest checkpoint.
    fn request(ledger: &Ledger, old: u64) -> String {
        let new = ledger.checkpoint().size;
        let hashes = ledger.consistency_proof(old.min(new), new).unwrap().hashes;
        let proof: String = hashes.iter().map(|hash| STANDARD.encode(hash) + "\n").collect();
        format!("old {old}\n{proof}\n{}", ledger.checkpoint().note)
    }

    fn ask(witness: &Witness, body: &str) -> Answer {
        witness.add_checkpoint(body.as_bytes(), NOW).unwrap()
    }

    #[track_caller]
    fn cosigned(witness: &Witness, body: &str) -> String {
        match ask(witness, body) {
            Answer::Cosigned(line) => line,
            other => panic!("{other:?} to {body}"),
        }
    }

    #[test]
    fn it_cosigns_a_log_that_grows_and_its_word_can_be_checked() {
        let witness = witness();
        let (_, mut ledger) = of_size(0);
        let (mut old, mut salts) = (0, salts());
        for _ in 0..9 {
            let line = cosigned(&witness, &request(&ledger, old));
            let note = format!("{}{line}", ledger.checkpoint().note);
            assert_eq!(witness.key.witness_key().time_in(&note), Ok(Some(NOW)));
            // The same again only says a newer time.
            old = ledger.checkpoint().size;
            cosigned(&witness, &request(&ledger, old));
            put(&mut ledger, "desk", &["more"], &mut salts);
        }
    }

    #[test]
    fn it_remembers_across_a_restart_and_serves_what_it_cosigned() {
        let storage = Arc::new(MemStorage::new());
        let (_, ledger) = of_size(5);
        let line = cosigned(&witness_on(storage.clone()), &request(&ledger, 0));
        let again = witness_on(storage);
        assert_eq!(ask(&again, &request(&of_size(6).1, 0)), Answer::Conflict(5));
        let kept = again.checkpoint(&hex_of("counteratlas.example/atlas")).unwrap().unwrap();
        assert_eq!(String::from_utf8(kept).unwrap(), format!("{}{line}", ledger.checkpoint().note));
        assert!(again.checkpoint(&hex_of("other.example/log")).unwrap().is_none());
        assert!(again.checkpoint("../keys").unwrap().is_none());
    }

    #[test]
    fn it_refuses_a_log_that_was_set_back() {
        let witness = witness();
        cosigned(&witness, &request(&of_size(5).1, 0));
        let shorter = of_size(4).1;
        assert_eq!(ask(&witness, &request(&shorter, 0)), Answer::Conflict(5));
        assert_eq!(ask(&witness, &request(&shorter, 4)), Answer::Conflict(5));
        assert!(matches!(ask(&witness, &request(&shorter, 5)), Answer::Malformed(_)));
        cosigned(&witness, &request(&of_size(6).1, 5));
    }

    #[test]
    fn it_refuses_a_fork_of_any_length_whatever_proof_comes_with_it() {
        let witness = witness();
        cosigned(&witness, &request(&of_size(5).1, 0));
        let (_, mut fork) = of_size(4);
        let mut salts = salts();
        for _ in 5..12 {
            put(&mut fork, "desk", &["another fifth"], &mut salts);
            assert!(matches!(ask(&witness, &request(&fork, 5)), Answer::Inconsistent(_)), "{}", fork.checkpoint().size);
        }
        let honest = request(&of_size(9).1, 5);
        let without = format!("old 5\n\n{}", of_size(9).1.checkpoint().note);
        assert!(matches!(ask(&witness, &without), Answer::Inconsistent(_)));
        cosigned(&witness, &honest);
    }

    #[test]
    fn a_first_checkpoint_needs_no_proof_and_gets_none() {
        let (_, ledger) = of_size(3);
        let proof = STANDARD.encode([1; 32]);
        let with = format!("old 0\n{proof}\n\n{}", ledger.checkpoint().note);
        assert!(matches!(ask(&witness(), &with), Answer::Inconsistent(_)));
    }

    #[test]
    fn an_empty_log_has_the_root_of_nothing() {
        let note = key().sign(&format!("{}\n0\n{}\n", key().name(), STANDARD.encode([5; 32])));
        assert!(matches!(ask(&witness(), &format!("old 0\n\n{note}")), Answer::Inconsistent(_)));
    }

    #[test]
    fn only_keys_that_are_trusted_for_the_log_count() {
        let (_, ledger) = of_size(3);
        let text = ledger.checkpoint().text();
        let stranger = SigningKey::generate("stranger.example/log", [9; 32]).unwrap();
        let unknown = stranger.sign(&text.replace(key().name(), stranger.name()));
        assert_eq!(ask(&witness(), &format!("old 0\n\n{unknown}")), Answer::Unknown);
        let same_name = SigningKey::generate(key().name(), [9; 32]).unwrap().sign(text);
        assert!(matches!(ask(&witness(), &format!("old 0\n\n{same_name}")), Answer::Forbidden(_)));
        let bad = request(&ledger, 0).replace("\n3\n", "\n4\n");
        assert!(matches!(ask(&witness(), &bad), Answer::Forbidden(_)));
        let both = format!("{}{}", request(&ledger, 0), stranger.sign_line(text));
        cosigned(&witness(), &both);
    }

    #[test]
    fn extension_lines_are_cosigned_as_they_are() {
        let (_, ledger) = of_size(3);
        let note = key().sign(&format!("{}extension\n", ledger.checkpoint().text()));
        let witness = witness();
        let line = cosigned(&witness, &format!("old 0\n\n{note}"));
        assert_eq!(witness.key.witness_key().time_in(&format!("{note}{line}")), Ok(Some(NOW)));
    }

    #[test]
    fn what_has_not_the_protocol_s_shape_is_refused() {
        let good = request(&of_size(3).1, 0);
        let many = STANDARD.encode([1; 32]) + "\n";
        for wrong in [
            String::new(),
            "old 0".into(),
            good.replace("old 0", "old 00"),
            good.replace("old 0", "old -1"),
            good.replace("old 0", "Old 0"),
            good.replace("old 0\n", "old 0\nx\n"),
            good.replace("old 0\n", &format!("old 0\n{}", many.repeat(64))),
            good.replace("\n3\n", "\n03\n"),
            good[..good.len() - 1].to_owned(),
            good.replace('\u{2014}', "-"),
        ] {
            assert!(matches!(ask(&witness(), &wrong), Answer::Malformed(_)), "{wrong}");
        }
        assert!(matches!(witness().add_checkpoint(&[0xff; 40], NOW), Ok(Answer::Malformed(_))));
    }

    #[test]
    fn of_two_requests_at_once_only_those_that_follow_each_other_are_cosigned() {
        let witness = witness();
        cosigned(&witness, &request(&of_size(2).1, 0));
        let bodies: Vec<String> = (3..9).map(|size| request(&of_size(size).1, 2)).collect();
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let threads: Vec<_> = bodies.iter().map(|body| scope.spawn(|| ask(&witness, body))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|answer| matches!(answer, Answer::Cosigned(_))).count(), 1, "{answers:?}");
    }

    #[test]
    fn a_damaged_memory_cosigns_nothing() {
        let storage = Arc::new(MemStorage::new());
        let path = memory(&hex_of(key().name()));
        storage.begin().unwrap().create(&path, b"damaged").unwrap();
        let refused = witness_on(storage).add_checkpoint(request(&of_size(3).1, 0).as_bytes(), NOW);
        assert!(matches!(refused, Err(LedgerError::Damaged { .. })));
    }

    #[test]
    fn what_it_keeps_is_a_checkpoint_that_anyone_can_open() {
        let storage = Arc::new(MemStorage::new());
        let (_, ledger) = of_size(3);
        cosigned(&witness_on(storage.clone()), &request(&ledger, 0));
        let kept = storage.read(&memory(&hex_of(key().name()))).unwrap().unwrap();
        assert!(Checkpoint::open(&kept, &key().verifying_key()).unwrap().agrees(ledger.checkpoint()));
    }
}
