//! A writer that dies at every single call to the storage, in every way the storage's contract allows.

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is left of the call at which the writer dies.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Death {
    Before,
    /// Half of a created file; a swap or removal did not happen.
    Torn,
    After,
}

/// A storage that stops for ever at its `last` writing call.
struct Dying {
    inner: Arc<MemStorage>,
    calls: AtomicUsize,
    last: usize,
    death: Death,
}

impl Dying {
    /// Does the call, or what death leaves of it.
    fn call<T>(&self, whole: impl FnOnce() -> Result<T, StorageError>, torn: impl FnOnce()) -> Result<T, StorageError> {
        let dead = || StorageError::Poisoned { path: "the writer is dead".into() };
        match self.calls.fetch_add(1, Ordering::SeqCst) {
            n if n < self.last => whole(),
            n if n > self.last => Err(dead()),
            _ if self.death == Death::After => whole().and(Err(dead())),
            _ if self.death == Death::Torn => {
                torn();
                Err(dead())
            }
            _ => Err(dead()),
        }
    }
}

impl Storage for Dying {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.inner.read(path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        self.inner.list(folder)
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        Ok(Box::new(DyingTransaction { storage: self, inner: self.inner.begin()? }))
    }
}

struct DyingTransaction<'a> {
    storage: &'a Dying,
    inner: Box<dyn Transaction + 'a>,
}

impl Transaction for DyingTransaction<'_> {
    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let inner = std::cell::RefCell::new(&mut self.inner);
        let create = |bytes: &[u8]| inner.borrow_mut().create(path, bytes);
        self.storage.call(|| create(bytes), || create(&bytes[..bytes.len() / 2]).unwrap())
    }

    fn swap(&mut self, path: &str, from: Option<&[u8]>, to: &[u8]) -> Result<bool, StorageError> {
        self.storage.call(|| self.inner.swap(path, from, to), || ())
    }

    fn settle(&mut self, path: &str) -> Result<(), StorageError> {
        self.inner.settle(path)
    }

    fn remove(&mut self, path: &str) -> Result<(), StorageError> {
        self.storage.call(|| self.inner.remove(path), || ())
    }
}

/// Appends two entries of five operations in parts to what is there, and dies at the storage's call `last`.
/// Gives how many appends were acknowledged, and whether the writer died at all.
fn write_and_die(storage: &Arc<MemStorage>, last: usize, death: Death) -> (u64, bool) {
    let dying = Arc::new(Dying { inner: Arc::clone(storage), calls: AtomicUsize::new(0), last, death });
    let mut ledger = Ledger::open(dying).unwrap();
    ledger.limit_parts(200);
    let mut salts = salts();
    for acknowledged in 0..2 {
        let texts: Vec<String> = (0..5).map(|n| format!("{} {n}", ledger.checkpoint().size)).collect();
        let operations = operations(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        match ledger.append(&key(), Draft { day: DAY, author: "dying" }, operations, &mut salts) {
            Ok(_) => {}
            Err(LedgerError::Storage(_)) => return (acknowledged, true),
            Err(other) => panic!("{other}"),
        }
    }
    (2, false)
}

/// Whatever was acknowledged is there, whole; at most the entry that was under way is there too.
/// Gives the number of entries.
fn check(storage: &Arc<MemStorage>, before: u64, acknowledged: u64, death: Death) -> u64 {
    let verdict = verify(&**storage, Some(&key().verifying_key()));
    assert!(verdict.holds(), "{:?}", verdict.findings);
    let ledger = Ledger::open(storage.clone()).unwrap();
    let size = ledger.checkpoint().size;
    assert!(size == before + acknowledged || (death == Death::After && size == before + acknowledged + 1));
    for number in before..size {
        let expected: Vec<String> = (0..5).map(|n| format!("{number} {n}")).collect();
        assert_eq!(texts(&ledger, number), expected);
    }
    size
}

/// The next writer works on as if nothing had been, and leaves nothing of what was half done.
fn work_on(storage: &Arc<MemStorage>, size: u64) {
    let mut ledger = Ledger::open(storage.clone()).unwrap();
    assert_eq!(put(&mut ledger, "after", &["the next one"], &mut salts()), size);
    let verdict = verify(&**storage, Some(&key().verifying_key()));
    let thinned = |finding: &Finding| finding.severity == model::Severity::Warning && size > 250;
    assert!(verdict.findings.iter().all(thinned), "{:?}", verdict.findings);
}

/// A ledger's files without most of the older partial tiles, which only make these tests slow.
pub(super) fn thin(size: u64) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(&*of_size(size).0);
    files.retain(|path, _| match path.split_once(".p/") {
        Some((_, width)) => !(5..250).contains(&width.parse::<u64>().unwrap()),
        None => true,
    });
    files
}

const DEATHS: [Death; 3] = [Death::Before, Death::Torn, Death::After];
/// No run of [`write_and_die`] makes more calls than this.
const CALLS: usize = 2000;

#[test]
fn a_writer_may_die_at_any_call_and_no_acknowledged_entry_is_lost() {
    // 254 to 256: the calls that fill, close and clear away a tile.
    for before in [0, 3, 254, 255, 256] {
        let ledger = thin(before);
        for death in DEATHS {
            let died = |last: &usize| {
                let storage = Arc::new(MemStorage::from(ledger.clone()));
                let (acknowledged, died) = write_and_die(&storage, *last, death);
                let size = check(&storage, before, acknowledged, death);
                work_on(&storage, size);
                died
            };
            let calls = (0..CALLS).take_while(died).count();
            // At least three parts, a bundle, a tile and the swap, twice.
            assert!((12..CALLS).contains(&calls), "{calls} calls");
        }
    }
}

#[test]
fn the_writer_that_recovers_may_die_at_any_call_too() {
    let ledger = files(&*of_size(3).0);
    for (first, second) in DEATHS.into_iter().flat_map(|first| DEATHS.map(|second| (first, second))) {
        for last in 0..9 {
            for again in 0..12 {
                let storage = Arc::new(MemStorage::from(ledger.clone()));
                let (acknowledged, _) = write_and_die(&storage, last, first);
                let size = check(&storage, 3, acknowledged, first);
                let (acknowledged, died) = write_and_die(&storage, again, second);
                assert!(died);
                let size = check(&storage, size, acknowledged, second);
                work_on(&storage, size);
            }
        }
    }
}

#[test]
fn a_writer_that_dies_while_making_a_ledger_leaves_none_or_one() {
    for death in [Death::Before, Death::Torn, Death::After] {
        for last in 0..3 {
            let inner = Arc::new(MemStorage::new());
            let dying = Dying { inner: Arc::clone(&inner), calls: AtomicUsize::new(0), last, death };
            assert!(Ledger::create(Arc::new(dying), &key()).is_err());
            let again = Ledger::create(inner.clone(), &key());
            let made = death == Death::After && last == 2;
            assert_eq!(matches!(again, Err(LedgerError::Exists)), made, "{last} {death:?}");
            assert_clean(&*inner);
        }
    }
}
