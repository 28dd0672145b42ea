//! Every bit of 64 KiB of ledger, and every byte of a MiB, changed one at a time: verify names file and place.
//!
//! The suite draws some of them by a seed; `COUNTERATLAS_FLIPS=all` tries every one.

use super::*;
use model::Severity;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Drawn flips are the same in every run.
const SEED: u64 = 0xf11b_5eed;

/// A ledger's files, one of them with other bytes.
struct Changed<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    path: &'a str,
    bytes: Vec<u8>,
}

impl Storage for Changed<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(if path == self.path { Some(self.bytes.clone()) } else { self.files.get(path).cloned() })
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        Ok(self.files.keys().filter(|path| path.starts_with(folder)).cloned().collect())
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        panic!("verifying writes nothing")
    }
}

/// A ledger of this many entries of about `share` bytes each: operations of many lengths in several parts, one of them
/// redacted, one entry sealed, and of the older partial tiles only the narrowest and the widest.
fn ledger(entries: u64, share: usize) -> BTreeMap<String, Vec<u8>> {
    let (storage, mut ledger) = empty();
    let mut salts = salts();
    ledger.limit_parts((share * 2).max(400));
    for entry in 0..entries {
        let lengths = [share / 2, 0, share / 5, 1, share / 4];
        let texts: Vec<String> = lengths.iter().map(|length| format!("{entry} ").repeat(*length / 2)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        if entries > 4 && entry == 1 {
            let mut operations = operations(&texts);
            let (last, draft) = (operations.pop().expect("five"), Draft { day: DAY, author: "desk" });
            let vault = MemStorage::new();
            ledger.append_sealed(&key(), draft, (operations, last), &vault, &mut salts).unwrap();
        } else {
            put(&mut ledger, "desk", &texts, &mut salts);
        }
    }
    ledger.redact(&[OperationId { entry: entries / 2, operation: 2 }]).unwrap();
    let mut files = files(&*storage);
    let widths = |path: &str| path.split_once(".p/").map(|(_, width)| width.parse::<u64>().unwrap());
    files.retain(|path, _| widths(path).is_none_or(|width| width < 3 || width + 1 >= entries % 256));
    files
}

fn length(files: &BTreeMap<String, Vec<u8>>) -> usize {
    files.values().map(Vec::len).sum()
}

/// What is wrong with the verdict on a ledger whose byte `at` was changed.
fn missed(files: &BTreeMap<String, Vec<u8>>, path: &str, at: usize, mask: u8) -> Option<String> {
    let mut bytes = files[path].clone();
    bytes[at] ^= mask;
    let verdict = verify(&Changed { files, path, bytes }, Some(&key().verifying_key()));
    let errors = || verdict.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let blamed = errors().all(|finding| finding.file == path);
    let holds = |(from, to): (u64, u64)| (from..to).contains(&(at as u64));
    let located = errors().any(|finding| finding.range.is_some_and(holds));
    (!blamed || !located).then(|| format!("{path} byte {at} ^ {mask:#04x}: {:?}", verdict.findings))
}

fn random(seed: u64, n: u64) -> u64 {
    let mixed = (seed ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 17
}

/// Changes every byte by each of its masks, or one change in `share`, on all cores; gives how many were tried.
fn sweep(files: &BTreeMap<String, Vec<u8>>, masks: impl Fn(usize) -> Vec<u8> + Sync, share: u64) -> usize {
    let places: Vec<(&str, usize)> =
        files.iter().flat_map(|(path, bytes)| (0..bytes.len()).map(|at| (path.as_str(), at))).collect();
    let (next, tried) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        while let Some((path, at)) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
            for (n, mask) in (0u64..).zip(masks(*at)) {
                if random(SEED, *at as u64 * 8 + n).is_multiple_of(share) {
                    assert_eq!(missed(files, path, *at, mask), None);
                    tried.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
    tried.into_inner()
}

/// One in how many flips is tried.
fn share(suite: u64) -> u64 {
    if std::env::var("COUNTERATLAS_FLIPS").is_ok_and(|text| text == "all") { 1 } else { suite }
}

#[test]
fn every_flipped_bit_of_64_kib_is_found_and_located() {
    let (files, begun) = (ledger(20, 2400), std::time::Instant::now());
    let tried = sweep(&files, |_| (0..8).map(|bit| 1 << bit).collect(), share(10));
    let (bytes, seconds) = (length(&files), begun.elapsed().as_secs_f32());
    println!("flips: {tried} bits of {bytes} bytes in one ledger, seed {SEED}, 0 missed, {seconds:.1} s");
    assert!(bytes >= 64 << 10 && tried > 50_000);
}

/// A MiB of ledgers: long and short ones, with many small operations and with few large ones, one with a full tile.
fn shelf() -> Vec<BTreeMap<String, Vec<u8>>> {
    let lengths = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 50, 64];
    let of_64_kib = lengths.map(|entries| ledger(entries, (66 << 10) / entries as usize));
    of_64_kib.into_iter().chain([ledger(257, 100)]).collect()
}

#[test]
fn every_changed_byte_of_a_mib_is_found_and_located() {
    let begun = std::time::Instant::now();
    let (mut tried, mut bytes) = (0, 0);
    for files in shelf() {
        tried += sweep(&files, |at| vec![1 + (random(SEED, at as u64) % 255) as u8], share(20));
        bytes += length(&files);
    }
    let seconds = begun.elapsed().as_secs_f32();
    println!("flips: {tried} bytes of {bytes} bytes in 17 ledgers, seed {SEED}, 0 missed, {seconds:.1} s");
    assert!(bytes >= 1 << 20 && tried > 50_000);
}
