//! Appending and reading back.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn what_is_appended_is_read_back_after_reopening() {
    let (storage, mut ledger) = empty();
    let mut salts = salts();
    assert_eq!(put(&mut ledger, "import", &["a", "", "c"], &mut salts), 0);
    assert_eq!(put(&mut ledger, "desk", &["d"], &mut salts), 1);
    let ledger = Ledger::open(storage.clone()).unwrap();
    assert_eq!(ledger.checkpoint().size, 2);
    assert_eq!(ledger.checkpoint().origin, "counteratlas.example/atlas");
    assert_eq!((texts(&ledger, 0), texts(&ledger, 1)), (vec!["a".into(), "".into(), "c".into()], vec!["d".into()]));
    let authors: Vec<_> = ledger.entries(0..9).map(|entry| entry.unwrap().author).collect();
    assert_eq!(authors, ["import", "desk"]);
    assert!(matches!(ledger.entry(2), Err(LedgerError::NoSuch { .. })));
    let verdict = assert_clean(&*storage);
    assert_eq!((verdict.size, verdict.operations, verdict.root), (2, 4, Some(ledger.checkpoint().root)));
}

#[test]
fn a_folder_holds_the_same_bytes_as_memory() {
    let (memory, mut in_memory) = empty();
    let folder = tempfile::tempdir().unwrap();
    let storage = Arc::new(DirStorage::new(folder.path()));
    let mut in_folder = Ledger::create(storage.clone(), &key()).unwrap();
    for ledger in [&mut in_memory, &mut in_folder] {
        let mut salts = salts();
        put(ledger, "import", &["a", "b"], &mut salts);
        put(ledger, "desk", &["c"], &mut salts);
    }
    assert_clean(&*storage);
    let mut files = files(&*storage);
    assert_eq!(files.remove("ledger.lock"), Some(vec![]));
    assert_eq!(files, super::files(&*memory));
}

#[test]
fn paths_on_disk_are_those_of_the_format_document() {
    let (storage, _) = of_size(2);
    let paths: Vec<String> = files(&*storage).into_keys().collect();
    assert_eq!(
        paths,
        [
            "log/checkpoint",
            "log/key.pub",
            "log/tile/0/000.p/1",
            "log/tile/0/000.p/2",
            "log/tile/entries/000.p/1",
            "log/tile/entries/000.p/2",
            "segments/000-0000000000.seg",
            "segments/001-0000000000.seg",
        ]
    );
}

#[test]
fn partial_tiles_go_once_the_full_tile_stands_and_older_readers_still_read() {
    let (storage, old) = of_size(250);
    let mut ledger = old.clone();
    let mut salts = salts();
    for n in 250..259 {
        put(&mut ledger, "desk", &[&format!("operation {n}")], &mut salts);
        assert_clean(&*storage);
    }
    let tiles: Vec<String> = storage.list("log/tile/").unwrap();
    let left = ["0/000", "0/001.p/1", "0/001.p/2", "0/001.p/3", "1/000.p/1"];
    let entries = ["entries/000", "entries/001.p/1", "entries/001.p/2", "entries/001.p/3"];
    let expected: Vec<String> = left.iter().chain(&entries).map(|path| format!("log/tile/{path}")).collect();
    assert_eq!(tiles, expected);
    assert_eq!(texts(&old, 249), ["operation 249"]);
    let proof = old.inclusion_proof(3).unwrap();
    assert_eq!(proof.size, 250);
    assert_eq!(ledger.entries(0..u64::MAX).map(|entry| entry.unwrap().number).sum::<u64>(), 258 * 259 / 2);
}

#[test]
fn an_entry_of_many_parts_is_one_entry() {
    let (storage, mut ledger) = empty();
    ledger.limit_parts(1000);
    let values: Vec<String> = (0..100).map(|n| format!("{n}").repeat(n)).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    put(&mut ledger, "import", &values, &mut salts());
    assert_eq!(texts(&ledger, 0), values);
    let parts = storage.list("segments/").unwrap();
    assert!(parts.len() > 10, "{parts:?}");
    assert!(parts.iter().all(|path| storage.read(path).unwrap().unwrap().len() <= 1000));
    assert_eq!(assert_clean(&*storage).operations, 100);
}

#[test]
fn an_operation_longer_than_a_part_has_its_own_part_and_one_too_long_is_refused() {
    let (storage, mut ledger) = empty();
    ledger.limit_parts(200);
    let long = "x".repeat(500);
    put(&mut ledger, "import", &["a", &long, "b"], &mut salts());
    assert_eq!(storage.list("segments/").unwrap().len(), 3);
    let huge = Operation { kind: 1, bytes: vec![0; Operation::MAX_BYTES + 1] };
    let many = operations(&["a", &long]).into_iter().chain([huge]);
    let refused = ledger.append(&key(), Draft { day: DAY, author: "import" }, many, &mut salts());
    assert!(matches!(refused, Err(LedgerError::Refused { .. })));
    assert_clean(&*storage);
}

#[test]
fn an_entry_without_operations_or_by_another_key_is_refused_and_leaves_nothing() {
    let (storage, mut ledger) = empty();
    let before = files(&*storage);
    let draft = Draft { day: DAY, author: "import" };
    assert!(matches!(ledger.append(&key(), draft, [], &mut salts()), Err(LedgerError::Refused { .. })));
    let other = SigningKey::generate("counteratlas.example/atlas", [43; 32]).unwrap();
    let refused = ledger.append(&other, draft, operations(&["a"]), &mut salts());
    assert!(matches!(refused, Err(LedgerError::Key { .. })));
    assert_eq!(files(&*storage), before);
}

#[test]
fn creating_twice_or_over_entries_without_a_checkpoint_is_refused() {
    let (storage, _) = of_size(1);
    assert!(matches!(Ledger::create(storage.clone(), &key()), Err(LedgerError::Exists)));
    storage.begin().unwrap().remove("log/checkpoint").unwrap();
    assert!(matches!(Ledger::create(storage.clone(), &key()), Err(LedgerError::Missing { .. })));
    assert!(matches!(Ledger::open(storage), Err(LedgerError::Missing { .. })));
}

#[test]
fn the_loser_of_a_race_is_told_and_wins_after_a_refresh() {
    let (storage, mut first) = of_size(1);
    let mut second = first.clone();
    put(&mut first, "first", &["x"], &mut salts());
    let draft = Draft { day: DAY, author: "second" };
    let lost = second.append(&key(), draft, operations(&["y"]), &mut salts());
    assert!(matches!(lost, Err(LedgerError::Moved { size: 2 })));
    assert!(second.refresh().unwrap());
    assert!(!second.refresh().unwrap());
    assert_eq!(put(&mut second, "second", &["y"], &mut salts()), 2);
    assert_clean(&*storage);
}

#[test]
fn two_writers_at_once_lose_no_entry() {
    let folder = tempfile::tempdir().unwrap();
    Ledger::create(Arc::new(DirStorage::new(folder.path())), &key()).unwrap();
    let write = |author: &'static str| {
        // Each has its own storage, as two processes have.
        let mut ledger = Ledger::open(Arc::new(DirStorage::new(folder.path()))).unwrap();
        let mut salts = salts();
        let mut appended = BTreeSet::new();
        while appended.len() < 20 {
            let text = format!("{author} {}", appended.len());
            match ledger.append(&key(), Draft { day: DAY, author }, operations(&[&text]), &mut salts) {
                Ok(number) => assert!(appended.insert((number, text))),
                Err(LedgerError::Moved { .. }) => assert!(ledger.refresh().unwrap()),
                Err(other) => panic!("{other}"),
            }
        }
        appended
    };
    let appended = std::thread::scope(|scope| {
        let (a, b) = (scope.spawn(|| write("a")), scope.spawn(|| write("b")));
        a.join().unwrap().union(&b.join().unwrap()).cloned().collect::<Vec<_>>()
    });
    let storage = Arc::new(DirStorage::new(folder.path()));
    assert_clean(&*storage);
    let ledger = Ledger::open(storage).unwrap();
    let held: Vec<_> = (0..40).map(|number| (number, texts(&ledger, number).remove(0))).collect();
    assert_eq!(held, appended);
}

#[test]
fn a_ledger_that_was_set_back_is_noticed_by_readers_writers_and_verify() {
    let (storage, mut ledger) = of_size(3);
    let (_, older) = of_size(1);
    let mut files = files(&*storage);
    files.insert("log/checkpoint".into(), older.checkpoint().note.clone().into());
    let set_back = Arc::new(MemStorage::from(files));

    let mut reader = Ledger::open(set_back.clone()).unwrap();
    let lost = reader.append(&key(), Draft { day: DAY, author: "desk" }, operations(&["x"]), &mut salts());
    assert!(matches!(lost, Err(LedgerError::RolledBack { .. })));
    let verdict = verify(&*set_back, None);
    assert!(!verdict.holds());
    assert!(verdict.findings.iter().any(|finding| finding.what.contains("beyond the checkpoint of `1` entries")));

    let mut tx = storage.begin().unwrap();
    tx.swap("log/checkpoint", Some(ledger.checkpoint().note.as_bytes()), older.checkpoint().note.as_bytes()).unwrap();
    drop(tx);
    assert!(matches!(ledger.refresh(), Err(LedgerError::RolledBack { .. })));
    let draft = Draft { day: DAY, author: "desk" };
    let lost = ledger.append(&key(), draft, operations(&["x"]), &mut salts());
    assert!(matches!(lost, Err(LedgerError::RolledBack { .. })));
}

#[test]
fn a_forked_ledger_is_noticed_on_refresh() {
    let (storage, mut ledger) = of_size(2);
    let (fork, mut other) = of_size(1);
    put(&mut other, "forger", &["other"], &mut salts());
    put(&mut other, "forger", &["more"], &mut salts());
    let mut tx = storage.begin().unwrap();
    for (path, bytes) in files(&*fork) {
        tx.remove(&path).unwrap();
        tx.create(&path, &bytes).unwrap();
    }
    drop(tx);
    assert_clean(&*storage);
    assert!(matches!(ledger.refresh(), Err(LedgerError::RolledBack { .. })));
}

#[test]
fn a_fork_of_equal_length_is_noticed_by_a_writer() {
    let (_, ledger) = of_size(1);
    let (fork, mut other) = empty();
    put(&mut other, "forger", &["other"], &mut salts());
    let mut files = files(&*fork);
    files.insert("log/checkpoint".into(), ledger.checkpoint().note.clone().into());
    let storage = Arc::new(MemStorage::from(files));
    let mut writer = Ledger::open(storage.clone()).unwrap();
    let draft = Draft { day: DAY, author: "desk" };
    let refused = writer.append(&key(), draft, operations(&["x"]), &mut salts());
    assert!(matches!(refused, Err(LedgerError::Damaged { .. })), "{refused:?}");

    let mut tx = storage.begin().unwrap();
    let (known, forged) = (&writer.checkpoint().note, &other.checkpoint().note);
    assert!(tx.swap("log/checkpoint", Some(known.as_bytes()), forged.as_bytes()).unwrap());
    drop(tx);
    let refused = writer.append(&key(), draft, operations(&["x"]), &mut salts());
    assert!(matches!(refused, Err(LedgerError::RolledBack { .. })), "{refused:?}");
}

#[test]
fn nothing_is_signed_on_top_of_a_damaged_edge() {
    let (storage, _) = of_size(3);
    for path in ["log/tile/0/000.p/3", "log/tile/entries/000.p/3"] {
        let mut files = files(&*storage);
        files.get_mut(path).unwrap()[70] ^= 1;
        let storage = Arc::new(MemStorage::from(files.clone()));
        let mut ledger = Ledger::open(storage.clone()).unwrap();
        let draft = Draft { day: DAY, author: "desk" };
        let refused = ledger.append(&key(), draft, operations(&["x"]), &mut salts());
        assert!(matches!(refused, Err(LedgerError::Damaged { .. })), "{refused:?}");
        assert_eq!(super::files(&*storage), files, "{path}");
    }
}

#[test]
fn a_segment_of_another_length_is_an_error_to_readers() {
    let (storage, _) = of_size(1);
    let path = "segments/000-0000000000.seg";
    let good = files(&*storage)[path].clone();
    for wrong in [&good[..38], &good[..good.len() - 1], &[&good[..], b"\0"].concat()] {
        let mut files = files(&*storage);
        files.insert(path.into(), wrong.to_vec());
        let ledger = Ledger::open(Arc::new(MemStorage::from(files))).unwrap();
        let read = ledger.operations(&ledger.entry(0).unwrap(), |_, _| {});
        assert!(matches!(read, Err(LedgerError::Damaged { file, .. }) if file == path));
    }
}

#[test]
fn a_sound_segment_in_the_wrong_place_or_without_operations_is_an_error() {
    let (storage, _) = of_size(2);
    let path = "segments/000-0000000000.seg";
    let other = files(&*storage)["segments/001-0000000000.seg"].clone();
    let none = segment::SegmentWriter::new(0, 0).finish();
    for wrong in [other, none] {
        let mut files = files(&*storage);
        files.insert(path.into(), wrong);
        let storage = Arc::new(MemStorage::from(files));
        let ledger = Ledger::open(storage.clone()).unwrap();
        let read = ledger.operations(&ledger.entry(0).unwrap(), |_, _| {});
        assert!(matches!(read, Err(LedgerError::Damaged { file, .. }) if file == path));
        let findings = verify(&*storage, None).findings;
        assert!(!findings.is_empty() && findings.iter().all(|finding| finding.file == path), "{findings:?}");
    }
}

#[test]
fn damage_is_an_error_to_readers_never_a_wrong_answer() {
    let (storage, _) = of_size(3);
    let all = files(&*storage);
    for (path, good) in &all {
        for at in 0..good.len() {
            let mut bytes = good.clone();
            bytes[at] ^= 4;
            let mut files = all.clone();
            files.insert(path.clone(), bytes);
            let Ok(ledger) = Ledger::open(Arc::new(MemStorage::from(files))) else { continue };
            for number in 0..3 {
                let Ok(entry) = ledger.entry(number) else { continue };
                assert_eq!(entry.author, "desk");
                let read = ledger.operations(&entry, |id, record| {
                    let Record::Live { bytes, .. } = record else { panic!("{id}") };
                    assert_eq!(bytes, format!("operation {number}").as_bytes(), "{path} {at}");
                });
                assert!(read.is_ok() || path.starts_with(&format!("segments/00{number}")));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_operations_come_back_equal(
        entries in prop::collection::vec(
            prop::collection::vec((0u8..240, prop::collection::vec(any::<u8>(), 0..300)), 1..60),
            1..6,
        ),
        part in 1usize..5000,
    ) {
        let (storage, mut ledger) = empty();
        ledger.limit_parts(part);
        let mut salts = salts();
        for operations in &entries {
            let operations = operations.iter().map(|(kind, bytes)| Operation { kind: *kind, bytes: bytes.clone() });
            ledger.append(&key(), Draft { day: DAY, author: "any" }, operations, &mut salts).unwrap();
        }
        let ledger = Ledger::open(storage.clone()).unwrap();
        let mut read = Vec::new();
        for entry in ledger.entries(0..u64::MAX) {
            let mut operations = Vec::new();
            ledger.operations(&entry.unwrap(), |_, record| {
                if let Record::Live { kind, bytes } = record {
                    operations.push((kind, bytes.to_vec()));
                }
            }).unwrap();
            read.push(operations);
        }
        prop_assert_eq!(read, entries);
        assert_clean(&*storage);
    }
}
