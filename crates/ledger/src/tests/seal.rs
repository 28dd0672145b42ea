//! Embargoes: a value that is sealed is in no file of the ledger, and when it is put in, everything is as if it had
//! always been there.

use super::*;

const SECRET: &str = "a supplier whose name is not to be read before March";
const NOTICE: u8 = 16;

struct Sealed {
    storage: Arc<MemStorage>,
    vault: Arc<MemStorage>,
    ledger: Ledger,
}

fn notice() -> Operation {
    Operation { kind: NOTICE, bytes: b"until March".to_vec() }
}

/// Entry 0 is open; entry 1 is sealed, in several parts, with the notice behind its operations.
fn sealed() -> Sealed {
    let (storage, mut ledger) = empty();
    ledger.limit_parts(300);
    let (vault, mut salts) = (Arc::new(MemStorage::new()), salts());
    put(&mut ledger, "desk", &["known"], &mut salts);
    seal(&mut ledger, &*vault, &["one", SECRET, "three", "four"], &mut salts).unwrap();
    Sealed { storage, vault, ledger }
}

fn seal(
    ledger: &mut Ledger,
    vault: &dyn Storage,
    texts: &[&str],
    salts: &mut dyn FnMut() -> [u8; 32],
) -> Result<u64, LedgerError> {
    ledger.append_sealed(&key(), Draft { day: DAY, author: "desk" }, (operations(texts), notice()), vault, salts)
}

/// The same entries, none of them sealed.
fn open_twin() -> (Arc<MemStorage>, Ledger) {
    let (storage, mut ledger) = empty();
    ledger.limit_parts(300);
    let mut salts = salts();
    put(&mut ledger, "desk", &["known"], &mut salts);
    let all = operations(&["one", SECRET, "three", "four"]).into_iter().chain([notice()]);
    ledger.append(&key(), Draft { day: DAY, author: "desk" }, all, &mut salts).unwrap();
    (storage, ledger)
}

fn holds(storage: &MemStorage, needle: &[u8]) -> bool {
    files(storage).values().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
}

#[test]
fn a_sealed_value_and_its_salt_are_in_no_file_of_the_ledger_and_the_ledger_is_whole() {
    let Sealed { storage, vault, ledger } = sealed();
    let secret_s_salt = Sha256::digest("salt 2");
    for needle in [SECRET.as_bytes(), b"three", &secret_s_salt] {
        assert!(!holds(&storage, needle) && holds(&vault, needle));
    }
    let verdict = assert_clean(&*storage);
    let ids: Vec<String> = verdict.sealed.iter().map(ToString::to_string).collect();
    assert_eq!((ids.join(" "), verdict.redacted), ("e1-0 e1-1 e1-2 e1-3".to_owned(), vec![]));
    assert_eq!(texts(&ledger, 1), ["(sealed)", "(sealed)", "(sealed)", "(sealed)", "until March"]);
    assert_eq!(ledger.sealed(1).unwrap(), verdict.sealed);
}

#[test]
fn what_was_sealed_was_committed_to_all_along() {
    let Sealed { storage, vault, ledger } = sealed();
    let (twin, open) = open_twin();
    assert_eq!(ledger.checkpoint(), open.checkpoint(), "sealing changes no root");
    let before = ledger.operation_proof(OperationId { entry: 1, operation: 1 }).unwrap();
    assert!(before.opening.is_none());
    assert_eq!(ledger.unseal(1, &*vault).unwrap(), 4);
    assert!(files(&*storage) == files(&*twin), "the same bytes as if it had never been sealed");
    let after = ledger.operation_proof(OperationId { entry: 1, operation: 1 }).unwrap();
    assert_eq!(after.opening.as_ref().map(|opening| opening.bytes.as_ref()), Some(SECRET.as_bytes()));
    assert_eq!(after.commitment, before.commitment);
    assert_eq!(ledger.unseal(1, &MemStorage::new()).unwrap(), 0, "doing it again needs nothing");
    forget(&*vault, 1).unwrap();
    assert!(!holds(&vault, SECRET.as_bytes()));
}

#[test]
fn nothing_but_what_was_committed_to_gets_out_of_a_vault() {
    let Sealed { storage, vault, ledger } = sealed();
    let (before, good) = (files(&*storage), files(&*vault));
    let segments = good.keys().filter(|path| path.starts_with("segments/"));
    let mut tried = 0;
    for path in segments {
        for at in 0..good[path].len() {
            let mut bad = good.clone();
            bad.get_mut(path).unwrap()[at] ^= 1;
            let refused = ledger.unseal(1, &MemStorage::from(bad));
            assert!(matches!(refused, Err(LedgerError::Damaged { .. })), "{path} byte {at}: {refused:?}");
            // Parts before the damaged one may be open by now; they are sealed again for the next try.
            let mut tx = storage.begin().unwrap();
            for (path, bytes) in &before {
                let now = storage.read(path).unwrap();
                tx.swap(path, now.as_deref(), bytes).unwrap();
            }
            tried += 1;
        }
    }
    assert!(tried > 500);
    assert!(matches!(ledger.unseal(1, &MemStorage::new()), Err(LedgerError::Missing { .. })));
    assert!(files(&*storage) == before);
    assert_eq!(ledger.unseal(1, &*vault).unwrap(), 4);
}

/// Checksums keep nobody from writing another value; the commitment does.
#[test]
fn another_value_in_the_vault_is_refused_however_well_it_is_summed() {
    let Sealed { storage, vault, ledger } = sealed();
    let (before, mut forged) = (files(&*storage), files(&*vault));
    let bytes = forged.get_mut("segments/001-0000000000.seg").unwrap();
    // The first record: its head at 38, its value at 108, its checksum at 111.
    assert_eq!(&bytes[108..111], b"one");
    bytes[108] = b'O';
    let crc = crc32fast::hash(&bytes[38..111]).to_be_bytes();
    bytes[111..115].copy_from_slice(&crc);
    let refused = ledger.unseal(1, &MemStorage::from(forged));
    assert!(matches!(refused, Err(LedgerError::Damaged { .. })), "{refused:?}");
    assert!(files(&*storage) == before);
}

#[test]
fn a_copy_of_the_ledger_holds_no_sealed_value_and_opens_it_from_an_open_copy() {
    let Sealed { storage, vault, ledger } = sealed();
    let mirror = Arc::new(MemStorage::new());
    replicate(&*storage, &*mirror, &[key().verifying_key()]).unwrap();
    assert!(!holds(&mirror, SECRET.as_bytes()));
    ledger.unseal(1, &*vault).unwrap();
    let copy = Ledger::open(mirror.clone()).unwrap();
    assert_eq!(copy.unseal(1, &*storage).unwrap(), 4);
    assert!(files(&*mirror).iter().all(|(path, bytes)| storage.read(path).unwrap().as_ref() == Some(bytes)));
    assert!(holds(&mirror, SECRET.as_bytes()));
}

#[test]
fn whoever_has_the_vault_reads_the_ledger_as_it_will_be() {
    let Sealed { storage, vault, .. } = sealed();
    let view = Ledger::open(Arc::new(Unsealed::new(storage.clone(), vault))).unwrap();
    assert_eq!(texts(&view, 1)[1], SECRET);
    let without = Ledger::open(Arc::new(Unsealed::new(storage, Arc::new(MemStorage::new())))).unwrap();
    assert_eq!(texts(&without, 1)[1], "(sealed)");
}

#[test]
fn an_abandoned_embargo_leaves_a_commitment_and_nothing_else() {
    let Sealed { storage, vault, ledger } = sealed();
    let root = ledger.checkpoint().root;
    assert_eq!(ledger.abandon(1, &*vault).unwrap(), 4);
    assert!(!holds(&vault, SECRET.as_bytes()) && !holds(&storage, SECRET.as_bytes()));
    let verdict = assert_clean(&*storage);
    assert_eq!((verdict.sealed.len(), verdict.redacted.len(), verdict.root), (0, 4, Some(root)));
    assert_eq!(ledger.abandon(1, &*vault).unwrap(), 0);
    assert!(ledger.unseal(1, &*vault).is_ok_and(|count| count == 0));
}

#[test]
fn what_a_dead_writer_left_in_a_vault_is_swept_away_by_the_next() {
    let Sealed { vault, mut ledger, .. } = sealed();
    vault.begin().unwrap().create("segments/002-0000000000.seg", b"half a segment").unwrap();
    seal(&mut ledger, &*vault, &["another"], &mut salts()).unwrap();
    assert_eq!(ledger.unseal(2, &*vault).unwrap(), 1);
    assert_eq!(texts(&ledger, 2), ["another", "until March"]);
}

#[test]
fn a_value_that_is_redacted_after_its_day_is_not_put_back_by_opening_again() {
    let Sealed { storage, vault, ledger } = sealed();
    ledger.unseal(1, &*vault).unwrap();
    ledger.redact(&[OperationId { entry: 1, operation: 1 }]).unwrap();
    assert_eq!(ledger.unseal(1, &*vault).unwrap(), 0);
    assert!(!holds(&storage, SECRET.as_bytes()));
}
