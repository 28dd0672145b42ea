//! Forged histories: whoever holds the signing key writes another past that fits itself. Everyone who kept an earlier
//! checkpoint refuses it: our own `verify --since`, the verifier in Python, and a witness, whatever it is asked.
//!
//! The suite tries some; `COUNTERATLAS_FORGERIES=10000` is the whole of it.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

use ledger::{
    Answer, Checkpoint, CosigningKey, Draft, Ledger, MemStorage, Operation, SigningKey, Storage, VerifyingKey, Witness,
    verify, verify_since,
};
use model::Day;

use crate::atlas::Atlas;
use crate::tidy::root;

/// Entries, each with its operations, to be written again.
type History = Vec<Vec<String>>;

/// What a forger does to a history at one of its entries; the number makes it differ from other forgeries.
type Forgery = fn(&mut History, usize, u64);

const FORGERIES: [(&str, Forgery); 6] = [
    ("edit", |history, at, n| history[at][0] += &format!(" {n}")),
    ("drop", |history, at, _| drop(history.remove(at))),
    ("insert", |history, at, n| history.insert(at, vec![format!("inserted {n}")])),
    ("reorder", |history, at, n| {
        let other = (at + 1 + n as usize % (history.len() - 1)) % history.len();
        history.swap(at, other);
    }),
    ("truncate", |history, at, _| history.truncate(at)),
    ("fork", |history, at, n| {
        history.truncate(at);
        history.extend((0..1 + n % 9).map(|m| vec![format!("fork {n} {m}")]));
    }),
];

fn key() -> SigningKey {
    SigningKey::generate("counteratlas.example/forged", [13; 32]).unwrap()
}

fn random(seed: &mut u64, below: u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    (*seed >> 11) % below
}

/// An honest history that no other number gives.
fn honest(number: u64, entries: usize) -> History {
    let entry = |n: usize| (0..1 + n % 3).map(|m| format!("history {number}, entry {n}, operation {m}")).collect();
    (0..entries).map(entry).collect()
}

fn write(history: &History) -> (Arc<MemStorage>, Ledger) {
    let (storage, key) = (Arc::new(MemStorage::new()), key());
    let mut ledger = Ledger::create(storage.clone(), &key).unwrap();
    let draft = Draft { day: Day::new(2026, 2, 28).unwrap(), author: "desk" };
    for (n, texts) in (0u8..).zip(history) {
        let operations = texts.iter().map(|text| Operation { kind: 1, bytes: text.as_bytes().into() });
        // Salts that depend on the place alone, so that what is the same is the same.
        let mut salt = [n; 32];
        let mut salts = || {
            salt[31] += 1;
            salt
        };
        ledger.append(&key, draft, operations, &mut salts).unwrap();
    }
    (storage, ledger)
}

/// A forged history, well signed, and the checkpoint that somebody kept of the honest one.
struct Forged {
    what: String,
    storage: Arc<MemStorage>,
    kept: Checkpoint,
}

/// Forgeries by their number: every kind in turn, at random places of random histories.
fn forged(number: u64, seed: &mut u64) -> Forged {
    let entries = 2 + random(seed, 23) as usize;
    let (at, (what, forge)) = (random(seed, entries as u64) as usize, FORGERIES[(number % 6) as usize]);
    let kept = write(&honest(number, entries)).1.checkpoint().clone();
    let mut history = honest(number, entries);
    forge(&mut history, at, random(seed, 1 << 20));
    let storage = write(&history).0;
    Forged { what: format!("{what} at {at} of {entries}, number {number}"), storage, kept }
}

/// A witness that has cosigned a checkpoint.
fn witness(kept: &Checkpoint) -> Witness {
    let secret = CosigningKey::generate("w.example/w", [9; 32]).unwrap();
    let witness = Witness::new(Arc::new(MemStorage::new()), secret, vec![key().verifying_key()]);
    let first = format!("old 0\n\n{}", kept.note);
    let answer = witness.add_checkpoint(first.as_bytes(), 1_790_000_000).unwrap();
    assert!(matches!(answer, Answer::Cosigned(_)), "{answer:?}");
    witness
}

/// What a forger can ask a witness for: the forged checkpoint behind the one it has cosigned, with the best proof there
/// is; behind none; and behind the forger's own.
fn requests(forged: &Ledger, kept: &Checkpoint) -> Vec<String> {
    let (note, size) = (&forged.checkpoint().note, forged.checkpoint().size);
    let proof = |old: u64| match forged.consistency_proof(old.min(size), size) {
        Ok(proof) => proof.to_lines(),
        Err(error) => panic!("{error}"),
    };
    let request = |old: u64| format!("old {old}\n{}\n{note}", proof(old));
    vec![request(kept.size), request(0), request(size), format!("old {}\n\n{note}", kept.size)]
}

/// The Python verifier, which judges one folder after the other in one process.
struct Stranger {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

const JUDGE: &str = "\
import sys
sys.path.insert(0, sys.argv[1])
import verify
for line in sys.stdin:
    folder, key, since = line.rstrip('\\n').split('\\t')
    try:
        verify.check_ledger(folder, key, open(since, 'rb').read() if since else None)
        print('holds', flush=True)
    except (verify.Wrong, OSError, ValueError, verify.struct.error) as error:
        print('refused:', error, flush=True)
";

impl Stranger {
    fn new() -> Self {
        let mut command = Command::new("python3");
        command.args(["-B", "-c", JUDGE]).arg(root().join("tools/verify"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 runs");
        let asks = child.stdin.take().expect("invariant: it is piped");
        let answers = BufReader::new(child.stdout.take().expect("invariant: it is piped"));
        Self { child, asks, answers }
    }

    fn judge(&mut self, folder: &Path, key: &VerifyingKey, since: &str) -> String {
        writeln!(self.asks, "{}\t{key}\t{since}", folder.display()).unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer
    }

    fn end(mut self) {
        drop(self.asks);
        assert!(self.child.wait().unwrap().success());
    }
}

/// Writes a ledger into a folder, without the older partial tiles, which nobody needs any more.
fn lay_out(storage: &MemStorage, size: u64, folder: &Path) {
    let _ = std::fs::remove_dir_all(folder);
    let stale = |path: &str| path.split_once(".p/").is_some_and(|(_, width)| width.parse() != Ok(size));
    let paths = storage.list("").unwrap().into_iter().filter(|path| !stale(path));
    let files: BTreeMap<String, Vec<u8>> =
        paths.map(|path| (path.clone(), storage.read(&path).unwrap().unwrap())).collect();
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

fn wanted() -> u64 {
    std::env::var("COUNTERATLAS_FORGERIES").ok().and_then(|text| text.parse().ok()).unwrap_or(300)
}

#[test]
fn every_forged_history_is_refused_by_our_verifier_by_the_stranger_and_by_a_witness() {
    let (count, key, begun) = (wanted(), key().verifying_key(), std::time::Instant::now());
    let (atlas, mut seed, mut seen) = (Atlas::none(), 0xf0_79ed_u64, HashSet::new());
    let (mut stranger, folder) = (Stranger::new(), atlas.path("forged"));
    for number in 0..count {
        let Forged { what, storage, kept } = forged(number, &mut seed);
        let verdict = verify(&*storage, Some(&key));
        assert!(verdict.holds(), "{what} does not fit itself: {:?}", verdict.findings);
        assert!(seen.insert((verdict.root, kept.root)), "{what} was tried before");
        assert!(!verify_since(&*storage, Some(&key), &kept).holds(), "{what} passes");
        let witness = witness(&kept);
        for request in requests(&Ledger::open(storage.clone()).unwrap(), &kept) {
            let answer = witness.add_checkpoint(request.as_bytes(), 1_790_000_001).unwrap();
            assert!(!matches!(answer, Answer::Cosigned(_)), "{what} is cosigned: {request}");
        }
        lay_out(&storage, verdict.size, &folder);
        atlas.put("kept", &kept.note);
        let answer = stranger.judge(&folder, &key, &atlas.path("kept").display().to_string());
        assert!(answer.starts_with("refused:"), "{what} passes the stranger: {answer}");
        if number % 16 == 0 {
            // It is the earlier checkpoint, and nothing else, that finds it.
            assert_eq!(stranger.judge(&folder, &key, ""), "holds\n", "{what}");
        }
    }
    stranger.end();
    let seconds = begun.elapsed().as_secs_f32();
    println!(
        "forged histories: {count} of 6 kinds, seed 15759853, 0 passed either verifier or the witness, {seconds:.1} s"
    );
}
