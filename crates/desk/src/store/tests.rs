//! The store as a whole: rights of its files, transactions of two processes, and that deleted text is gone.

use std::os::unix::fs::PermissionsExt;

use super::*;

fn note(store: &Store, text: &str) -> Result<(), StoreError> {
    store.write(|tx| {
        tx.execute_batch("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT) STRICT")?;
        tx.execute("INSERT INTO note (text) VALUES (?1)", [text])?;
        Ok(())
    })
}

fn notes(store: &Store) -> i64 {
    store.read(|db| Ok(db.query_row("SELECT count(*) FROM note", [], |row| row.get(0))?)).unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn folder_and_files_are_for_their_owner_alone() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("desk");
    assert!(!Store::exists(&folder));
    let store = Store::open(&folder).unwrap();
    note(&store, "a").unwrap();
    assert!(Store::exists(&folder));
    assert_eq!(mode(&folder), 0o700);
    for file in fs::read_dir(&folder).unwrap().flatten() {
        assert_eq!(mode(&file.path()), 0o600, "{:?}", file.path());
    }
}

#[test]
fn a_write_that_fails_or_panics_leaves_nothing_and_the_next_one_works() {
    let outer = tempfile::tempdir().unwrap();
    let store = Store::open(&outer.path().join("desk")).unwrap();
    note(&store, "kept").unwrap();
    let failed: Result<(), StoreError> = store.write(|tx| {
        tx.execute("INSERT INTO note (text) VALUES ('lost')", [])?;
        Err(StoreError::Busy)
    });
    assert!(matches!(failed, Err(StoreError::Busy)));
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _: Result<(), StoreError> = store.write(|tx| {
            tx.execute("INSERT INTO note (text) VALUES ('lost')", [])?;
            panic!("a defect")
        });
    }));
    assert!(panicked.is_err());
    assert_eq!(notes(&store), 1);
    note(&store, "more").unwrap();
    assert_eq!(notes(&store), 2);
}

#[test]
fn what_one_process_wrote_another_reads_and_a_reader_sees_one_moment() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("desk");
    let (one, other) = (Store::open(&folder).unwrap(), Store::open(&folder).unwrap());
    note(&one, "a").unwrap();
    let count = |db: &Connection| -> Result<i64, StoreError> {
        Ok(db.query_row("SELECT count(*) FROM note", [], |row| row.get(0))?)
    };
    let (before, after) = other
        .read(|db| {
            let before = count(db)?;
            note(&one, "b")?;
            Ok((before, count(db)?))
        })
        .unwrap();
    assert_eq!((before, after, notes(&other)), (1, 1, 2));
}

#[test]
fn a_store_that_another_holds_for_too_long_is_busy() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("desk");
    let (one, other) = (Store::open(&folder).unwrap(), Store::open(&folder).unwrap());
    held(&other.writer).busy_timeout(Duration::from_millis(20)).unwrap();
    let busy = one.write(|_| Ok(note(&other, "a")));
    assert!(matches!(busy, Ok(Err(StoreError::Busy))), "{busy:?}");
    note(&other, "a").unwrap();
}

#[test]
fn deleted_text_is_in_no_file_after_a_scrub() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("desk");
    let store = Store::open(&folder).unwrap();
    let secret = "the-name-of-a-source".repeat(50);
    let found = || {
        let files = fs::read_dir(&folder).unwrap().flatten().map(|file| fs::read(file.path()).unwrap());
        files.filter(|bytes| bytes.windows(20).any(|part| part == b"the-name-of-a-source")).count()
    };
    note(&store, &secret).unwrap();
    assert!(found() > 0, "the search can find it");
    store.write(|tx| Ok(tx.execute("DELETE FROM note", [])?)).unwrap();
    store.scrub().unwrap();
    assert_eq!(found(), 0);
}
