//! Tests of the ledger as a whole, and what they build ledgers with.

mod append;
mod bits;
mod crash;
mod flip;
mod forge;
mod golden;
mod group;
mod power;
mod presign;
mod prove;
mod redact;
mod seal;
pub(crate) mod sim;

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::*;
use model::Day;

pub(crate) const DAY: Day = Day { year: 2026, month: 2, day: 28 };

pub(crate) fn key() -> SigningKey {
    SigningKey::generate("counteratlas.example/atlas", [42; 32]).unwrap()
}

/// Salts that never repeat and are the same in every run.
pub(crate) fn salts() -> impl FnMut() -> [u8; 32] {
    let mut number = 0u64;
    move || {
        number += 1;
        Sha256::digest(format!("salt {}", number - 1)).into()
    }
}

pub(crate) fn operations(texts: &[&str]) -> Vec<Operation> {
    let operation = |(n, text): (usize, &&str)| Operation { kind: n as u8 + 1, bytes: text.as_bytes().into() };
    texts.iter().enumerate().map(operation).collect()
}

pub(crate) fn empty() -> (Arc<MemStorage>, Ledger) {
    let storage = Arc::new(MemStorage::new());
    (Arc::clone(&storage), Ledger::create(storage, &key()).unwrap())
}

/// Appends an entry of these operations by `author`.
pub(crate) fn put(ledger: &mut Ledger, author: &str, texts: &[&str], salts: &mut dyn FnMut() -> [u8; 32]) -> u64 {
    ledger.append(&key(), Draft { day: DAY, author }, operations(texts), salts).unwrap()
}

/// A ledger of this many entries of one short operation each.
pub(crate) fn of_size(size: u64) -> (Arc<MemStorage>, Ledger) {
    let (storage, mut ledger) = empty();
    let mut salts = salts();
    for n in 0..size {
        put(&mut ledger, "desk", &[&format!("operation {n}")], &mut salts);
    }
    (storage, ledger)
}

/// The operations of an entry as text; a redacted one is `(redacted)`.
pub(crate) fn texts(ledger: &Ledger, number: u64) -> Vec<String> {
    let mut texts = Vec::new();
    let read = ledger.operations(&ledger.entry(number).unwrap(), |id, record| {
        assert_eq!((id.entry, id.operation as usize), (number, texts.len()));
        texts.push(match record {
            Record::Live { bytes, .. } => String::from_utf8_lossy(bytes).into_owned(),
            Record::Redacted { .. } => "(redacted)".into(),
            Record::Sealed => "(sealed)".into(),
        });
    });
    read.unwrap();
    texts
}

pub(crate) fn files(storage: &dyn Storage) -> BTreeMap<String, Vec<u8>> {
    let paths = storage.list("").unwrap();
    paths.into_iter().map(|path| (path.clone(), storage.read(&path).unwrap().unwrap())).collect()
}

/// Verifies, and wants no finding at all.
pub(crate) fn assert_clean(storage: &dyn Storage) -> Verdict {
    let verdict = verify(storage, Some(&key().verifying_key()));
    assert_eq!(verdict.findings, [], "{verdict:?}");
    verdict
}
