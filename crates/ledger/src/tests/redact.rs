//! Redaction: a value is gone from every byte, and nothing else has changed.

use super::*;

const SECRET: &str = "the value that a court wants gone";

/// Two entries of several parts with a secret in each, and the salts that were used.
fn ledger() -> (Arc<MemStorage>, Ledger, Vec<[u8; 32]>) {
    let (storage, mut ledger) = empty();
    ledger.limit_parts(300);
    let mut next = salts();
    let mut used = Vec::new();
    let mut salts = || {
        used.push(next());
        *used.last().unwrap()
    };
    put(&mut ledger, "import", &["one", SECRET, "three", "four", "five", "six"], &mut salts);
    put(&mut ledger, "import", &["a", "b", "c", "d", SECRET], &mut salts);
    (storage, ledger, used)
}

fn holds(storage: &MemStorage, needle: &[u8]) -> bool {
    files(storage).values().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
}

fn id(entry: u64, operation: u32) -> OperationId {
    OperationId { entry, operation }
}

#[test]
fn value_and_salt_are_gone_from_every_file_and_all_else_is_as_it_was() {
    let (storage, ledger, salts) = ledger();
    let before = (ledger.checkpoint().clone(), assert_clean(&*storage));
    let paths: Vec<String> = files(&*storage).into_keys().collect();
    assert!(holds(&storage, SECRET.as_bytes()) && holds(&storage, &salts[1]) && holds(&storage, &salts[10]));
    assert_eq!(ledger.redact(&[id(0, 1), id(1, 4)]).unwrap(), [id(0, 1), id(1, 4)]);

    assert!(!holds(&storage, SECRET.as_bytes()));
    assert!(!holds(&storage, &salts[1]) && !holds(&storage, &salts[10]));
    let verdict = assert_clean(&*storage);
    assert_eq!(verdict.redacted, [id(0, 1), id(1, 4)]);
    assert_eq!((verdict.root, verdict.size, verdict.operations), (before.1.root, before.1.size, before.1.operations));
    let ledger = Ledger::open(storage.clone()).unwrap();
    assert_eq!(*ledger.checkpoint(), before.0);
    assert_eq!(files(&*storage).into_keys().collect::<Vec<_>>(), paths);
    assert_eq!(texts(&ledger, 0), ["one", "(redacted)", "three", "four", "five", "six"]);
    assert_eq!(texts(&ledger, 1), ["a", "b", "c", "d", "(redacted)"]);
}

#[test]
fn every_proof_made_before_still_holds_and_every_proof_made_after_too() {
    let (_, ledger, _) = ledger();
    let all: Vec<OperationId> = (0..6).map(|n| id(0, n)).chain((0..5).map(|n| id(1, n))).collect();
    let before: Vec<OperationProof> = all.iter().map(|id| ledger.operation_proof(*id).unwrap()).collect();
    ledger.redact(&[id(0, 1)]).unwrap();
    let root = ledger.checkpoint().root;
    for (proof, id) in before.iter().zip(all) {
        assert!(proof.check(root).is_some());
        let now = ledger.operation_proof(id).unwrap();
        assert!(now.check(root).is_some());
        let opening = proof.opening.clone().filter(|_| id != (OperationId { entry: 0, operation: 1 }));
        assert_eq!(now, OperationProof { opening, ..proof.clone() });
    }
}

#[test]
fn doing_it_again_does_nothing() {
    let (storage, ledger, _) = ledger();
    assert_eq!(ledger.redact(&[id(0, 1)]).unwrap(), [id(0, 1)]);
    let after = files(&*storage);
    assert_eq!(ledger.redact(&[id(0, 1), id(0, 1)]).unwrap(), []);
    assert_eq!(files(&*storage), after);
    // Only what was still there is told, also when something else of the same segment goes.
    assert_eq!(ledger.redact(&[id(0, 0), id(0, 1)]).unwrap(), [id(0, 0)]);
}

#[test]
fn what_is_not_there_is_refused_before_anything_is_destroyed() {
    let (storage, ledger, _) = ledger();
    let before = files(&*storage);
    for wrong in [id(0, 6), id(2, 0), id(u64::MAX, 0)] {
        assert!(matches!(ledger.redact(&[id(0, 1), wrong]), Err(LedgerError::NoSuch { .. })), "{wrong}");
    }
    assert_eq!(files(&*storage), before);
}

#[test]
fn a_damaged_segment_is_not_written_anew() {
    let (storage, _, _) = ledger();
    let path = "segments/000-0000000000.seg";
    for at in [3, 50, 90, 110] {
        let mut files = files(&*storage);
        files.get_mut(path).unwrap()[at] ^= 1;
        let storage = Arc::new(MemStorage::from(files.clone()));
        let refused = Ledger::open(storage.clone()).unwrap().redact(&[id(0, 1)]);
        assert!(matches!(refused, Err(LedgerError::Damaged { .. })), "{refused:?}");
        assert_eq!(super::files(&*storage), files);
    }
}

#[test]
fn a_segment_that_was_forged_is_not_written_anew() {
    let (storage, _, _) = ledger();
    let path = "segments/000-0000000000.seg";
    let mut files = files(&*storage);
    let bytes = files.get_mut(path).unwrap();
    // The first record: its head at 38, its value at 108, its checksum, which the forger mends, at 111.
    assert_eq!(&bytes[108..111], b"one");
    bytes[108] = b'O';
    let crc = crc32fast::hash(&bytes[38..111]).to_be_bytes();
    bytes[111..115].copy_from_slice(&crc);
    let storage = Arc::new(MemStorage::from(files.clone()));
    let refused = Ledger::open(storage.clone()).unwrap().redact(&[id(0, 1)]);
    assert!(matches!(refused, Err(LedgerError::Damaged { .. })), "{refused:?}");
    assert_eq!(super::files(&*storage), files);
}

#[test]
fn what_a_dead_redaction_left_is_known_and_removed_by_the_next() {
    let (storage, ledger, _) = ledger();
    let left = "segments/000-0000000000.seg.tmp";
    storage.begin().unwrap().create(left, b"half").unwrap();
    let verdict = verify(&*storage, None);
    let found: Vec<_> = verdict.findings.iter().map(|f| (f.file.as_str(), f.severity)).collect();
    assert_eq!(found, [(left, model::Severity::Note)]);
    ledger.redact(&[id(0, 1)]).unwrap();
    assert_clean(&*storage);
}

#[test]
fn an_operation_after_a_redaction_is_appended_as_ever() {
    let (storage, mut ledger, _) = ledger();
    ledger.redact(&[id(0, 1)]).unwrap();
    assert_eq!(put(&mut ledger, "desk", &["later"], &mut salts()), 2);
    assert_eq!(assert_clean(&*storage).redacted, [id(0, 1)]);
}
