//! Before signing: what flipped since it was hashed, and what is older than what was signed, is never signed.

use super::*;
use std::sync::Mutex;

/// A storage that changes one bit of what one call writes.
struct Flipping {
    inner: Arc<MemStorage>,
    /// How many files are still written before the one that is changed, and which bit of it.
    flip: Mutex<Option<(usize, usize)>>,
}

impl Storage for Flipping {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.inner.read(path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        self.inner.list(folder)
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        Ok(Box::new(FlippingTransaction { storage: self, inner: self.inner.begin()? }))
    }
}

struct FlippingTransaction<'a> {
    storage: &'a Flipping,
    inner: Box<dyn Transaction + 'a>,
}

impl Transaction for FlippingTransaction<'_> {
    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let mut bytes = bytes.to_vec();
        let mut flip = self.storage.flip.lock().unwrap();
        match &mut *flip {
            Some((0, bit)) => {
                let bit = *bit % (bytes.len() * 8);
                bytes[bit / 8] ^= 1 << (bit % 8);
                *flip = None;
            }
            Some((left, _)) => *left -= 1,
            None => {}
        }
        self.inner.create(path, &bytes)
    }

    fn swap(&mut self, path: &str, from: Option<&[u8]>, to: &[u8]) -> Result<bool, StorageError> {
        self.inner.swap(path, from, to)
    }

    fn settle(&mut self, path: &str) -> Result<(), StorageError> {
        self.inner.settle(path)
    }

    fn remove(&mut self, path: &str) -> Result<(), StorageError> {
        self.inner.remove(path)
    }
}

/// Appends to a ledger of these files while one written bit flips, and wants it refused and later done well.
fn assert_refused(files: &BTreeMap<String, Vec<u8>>, call: usize, bit: usize) -> bool {
    let inner = Arc::new(MemStorage::from(files.clone()));
    let storage = Arc::new(Flipping { inner: Arc::clone(&inner), flip: Mutex::new(Some((call, bit))) });
    let mut ledger = Ledger::open(storage.clone()).unwrap();
    ledger.limit_parts(300);
    let before = ledger.checkpoint().clone();
    let draft = Draft { day: DAY, author: "desk" };
    let texts = ["one", "another one that is longer", "", "the last of these"];
    let tried = ledger.append(&key(), draft, operations(&texts), &mut salts());
    if storage.flip.lock().unwrap().is_some() {
        return false;
    }
    assert!(matches!(tried, Err(LedgerError::Damaged { .. })), "call {call}, bit {bit}: {tried:?}");
    let mut ledger = Ledger::open(inner.clone()).unwrap();
    assert_eq!(*ledger.checkpoint(), before);
    put(&mut ledger, "desk", &texts, &mut salts());
    assert!(verify(&*inner, Some(&key().verifying_key())).holds());
    true
}

#[test]
fn a_bit_that_flips_between_hashing_and_signing_is_never_signed() {
    let mut flips = 0;
    for (size, step) in [(3, 11), (255, 2003), (256, 2003)] {
        let files = crash::thin(size);
        for call in 0.. {
            let tried = (0..6000).step_by(step).take_while(|bit| assert_refused(&files, call, bit * 7)).count();
            flips += tried;
            if tried == 0 {
                break;
            }
        }
    }
    println!("flips before signing: {flips}, none signed");
    assert!(flips >= 1000, "{flips}");
}

/// A storage on which a sound segment of other operations comes to lie where one was written.
struct Swapping {
    inner: Arc<MemStorage>,
    instead: Vec<u8>,
}

impl Storage for Swapping {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(self.inner.read(path)?.map(|bytes| if path.ends_with(".seg") { self.instead.clone() } else { bytes }))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        self.inner.list(folder)
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        self.inner.begin()
    }
}

#[test]
fn another_sound_segment_that_lies_in_the_written_one_s_place_is_never_signed() {
    // A write that the disk acknowledged and lost leaves what a dead writer may have written there before.
    let (dead, mut other) = empty();
    put(&mut other, "desk", &["of a dead writer"], &mut salts());
    let instead = files(&*dead)["segments/000-0000000000.seg"].clone();
    let inner = Arc::new(MemStorage::new());
    Ledger::create(inner.clone(), &key()).unwrap();
    let mut ledger = Ledger::open(Arc::new(Swapping { inner: inner.clone(), instead })).unwrap();
    let tried = ledger.append(&key(), Draft { day: DAY, author: "desk" }, operations(&["of this one"]), &mut salts());
    assert!(matches!(tried, Err(LedgerError::Damaged { .. })), "{tried:?}");
    assert_eq!(Ledger::open(inner).unwrap().checkpoint().size, 0);
}

/// A ledger of three entries whose signer remembers, and the files it had after each entry.
fn remembered() -> (Vec<BTreeMap<String, Vec<u8>>>, Arc<MemStorage>) {
    let (storage, ledger) = empty();
    let memory = Arc::new(MemStorage::new());
    let mut ledger = ledger.remembering(memory.clone());
    let mut salts = salts();
    let copies = (0..3).map(|n| {
        put(&mut ledger, "desk", &[&format!("entry {n}")], &mut salts);
        files(&*storage)
    });
    (copies.collect(), memory)
}

fn append_to(files: &BTreeMap<String, Vec<u8>>, memory: &Arc<MemStorage>) -> Result<u64, LedgerError> {
    let ledger = Ledger::open(Arc::new(MemStorage::from(files.clone()))).unwrap();
    let mut ledger = ledger.remembering(memory.clone());
    ledger.append(&key(), Draft { day: DAY, author: "desk" }, operations(&["next"]), &mut salts())
}

#[test]
fn an_older_copy_of_a_ledger_is_refused_before_anything_is_signed() {
    let (copies, memory) = remembered();
    for older in &copies[..2] {
        assert!(matches!(append_to(older, &memory), Err(LedgerError::RolledBack { .. })));
    }
    assert_eq!(append_to(&copies[2], &memory).unwrap(), 3);
    // That was a copy, and it is now the one that counts.
    assert!(matches!(append_to(&copies[2], &memory), Err(LedgerError::RolledBack { .. })));
}

#[test]
fn another_history_of_equal_length_is_refused_before_anything_is_signed() {
    let (_, memory) = remembered();
    let (fork, mut other) = empty();
    for n in 0..4 {
        put(&mut other, "desk", &[&format!("other {n}")], &mut salts());
    }
    assert!(matches!(append_to(&files(&*fork), &memory), Err(LedgerError::RolledBack { .. })));
}

#[test]
fn a_memory_that_nobody_signed_is_refused() {
    let (copies, memory) = remembered();
    let mut damaged = files(&*memory);
    damaged.get_mut("log.signed").unwrap()[30] ^= 1;
    let memory = Arc::new(MemStorage::from(damaged));
    assert!(matches!(append_to(&copies[2], &memory), Err(LedgerError::Damaged { .. })));
}

#[test]
fn a_memory_that_is_behind_is_brought_up() {
    let (copies, _) = remembered();
    let memory = Arc::new(MemStorage::new());
    assert_eq!(append_to(&copies[1], &memory).unwrap(), 2);
    let note = memory.read("log.signed").unwrap().unwrap();
    assert_eq!(Checkpoint::open(&note, &key().verifying_key()).unwrap().size, 3);
}
