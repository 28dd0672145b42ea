//! Groups: many entries under one checkpoint are the same ledger as one by one, and come to be together or not at all.

use super::*;

type Entries = Vec<(Draft<'static>, Vec<Operation>)>;

fn group(from: u64, count: u64) -> Entries {
    let entry = |n: u64| (Draft { day: DAY, author: "desk" }, operations(&[&format!("operation {n}")]));
    (from..from + count).map(entry).collect()
}

/// A ledger that grew by groups of these sizes, one salt after the other.
fn grown(groups: &[u64]) -> (Arc<MemStorage>, Ledger) {
    let (storage, mut ledger) = empty();
    let mut salts = salts();
    for count in groups {
        let from = ledger.checkpoint().size;
        let numbers = ledger.append_group(&key(), &group(from, *count), &mut salts).unwrap();
        assert_eq!(numbers, from..from + count);
    }
    (storage, ledger)
}

#[test]
fn a_ledger_grown_by_groups_is_the_one_grown_entry_by_entry() {
    for groups in [&[1, 1, 1][..], &[3], &[250, 10], &[256], &[255, 2, 256, 1], &[200, 200, 200, 200], &[256, 256, 256]]
    {
        let (storage, ledger) = grown(groups);
        let (single, one_by_one) = of_size(groups.iter().sum());
        assert_eq!(ledger.checkpoint(), one_by_one.checkpoint(), "{groups:?}");
        assert_clean(&*storage);
        let (all, of_single) = (files(&*storage), files(&*single));
        assert!(all.iter().all(|(path, bytes)| of_single.get(path).is_none_or(|single| single == bytes)), "{groups:?}");
        for entry in [0, ledger.checkpoint().size / 2, ledger.checkpoint().size - 1] {
            let proof = ledger.operation_proof(OperationId { entry, operation: 0 }).unwrap();
            assert!(proof.check(ledger.checkpoint().root).is_some());
        }
    }
}

#[test]
fn every_checkpoint_that_was_ever_signed_keeps_its_tiles() {
    let (storage, mut ledger) = grown(&[7]);
    let mut older = vec![ledger.clone()];
    let mut salts = salts();
    for count in [100, 3, 40] {
        ledger.append_group(&key(), &group(ledger.checkpoint().size, count), &mut salts).unwrap();
        older.push(ledger.clone());
    }
    for reader in older {
        let last = reader.checkpoint().size - 1;
        assert!(reader.inclusion_proof(last).is_ok() && reader.entry(last).is_ok());
        let tile = format!("log/tile/0/000.p/{}", last + 1);
        assert!(storage.read(&tile).unwrap().is_some(), "{tile}");
    }
}

#[test]
fn a_group_of_none_or_of_more_than_a_tile_is_refused_and_leaves_nothing() {
    let (storage, mut ledger) = grown(&[5]);
    let before = files(&*storage);
    for wrong in [group(5, 0), group(5, 257), vec![group(5, 1).remove(0), (Draft { day: DAY, author: "x" }, vec![])]] {
        let refused = ledger.append_group(&key(), &wrong, &mut salts());
        assert!(matches!(refused, Err(LedgerError::Refused { .. })), "{refused:?}");
        assert_eq!(files(&*storage), before);
    }
}

/// A storage whose writer dies instead of swapping.
struct Unswapped(Arc<MemStorage>);

impl Storage for Unswapped {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.0.read(path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        self.0.list(folder)
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        Ok(Box::new(UnswappedTransaction(self.0.begin()?)))
    }
}

struct UnswappedTransaction<'a>(Box<dyn Transaction + 'a>);

impl Transaction for UnswappedTransaction<'_> {
    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.0.create(path, bytes)
    }

    fn swap(&mut self, _: &str, _: Option<&[u8]>, _: &[u8]) -> Result<bool, StorageError> {
        Err(StorageError::Poisoned { path: "the writer is dead".into() })
    }

    fn settle(&mut self, path: &str) -> Result<(), StorageError> {
        self.0.settle(path)
    }

    fn remove(&mut self, path: &str) -> Result<(), StorageError> {
        self.0.remove(path)
    }
}

#[test]
fn what_a_dead_group_left_is_told_not_published_and_swept_by_the_next_shorter_one() {
    for before in [1, 100, 250, 255, 256, 990] {
        let (storage, ledger) = grown(
            &[before]
                .iter()
                .flat_map(|n| [n / 4, n - n / 4])
                .filter(|n| *n > 0)
                .flat_map(|n| std::iter::repeat_n(200, (n / 200) as usize).chain([n % 200]).filter(|n| *n > 0))
                .collect::<Vec<_>>(),
        );
        let mut dead = Ledger::open(Arc::new(Unswapped(storage.clone()))).unwrap();
        assert!(dead.append_group(&key(), &group(before, 256), &mut salts()).is_err());
        let verdict = verify(&*storage, Some(&key().verifying_key()));
        assert!(verdict.holds() && verdict.findings.len() >= 257, "{before}: {:?}", verdict.findings);
        assert_eq!(ledger.public_file(&format!("tile/0/000.p/{}", before + 1)).unwrap(), None);
        // A shorter group of other entries, and then up to where the dead one would have been, by steps.
        let mut ledger = Ledger::open(storage.clone()).unwrap();
        for count in [2, 1, 97, 150, 30] {
            let from = ledger.checkpoint().size;
            ledger.append_group(&key(), &group(from + 1000, count), &mut salts()).unwrap();
            assert_clean(&*storage);
        }
    }
}
