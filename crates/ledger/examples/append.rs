//! Measures appending and verifying against what the machine can do at all: its disk's syncs and its SHA-256.
//!
//!   cargo run --release -p ledger --example append -- [ENTRIES] [GROUP] [FOLDER]
//!
//! 100,000 entries in groups of 256 if nothing is said, in a folder below the current one, which is removed at the end.
//! As many operations again are appended as one entry, which is how an import comes. Prints one line of JSON.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use ledger::{DirStorage, Draft, Ledger, Operation, SigningKey, verify};
use model::Day;
use sha2::{Digest, Sha256};

/// Bytes of an operation: about those of a short claim.
const OPERATION: usize = 120;

fn main() {
    let mut words = std::env::args().skip(1);
    let mut number = |default: u64| words.next().map_or(default, |word| word.parse().expect("a number"));
    let (entries, group) = (number(100_000), number(256));
    let folder = words.next().map_or_else(|| PathBuf::from("append-bench"), PathBuf::from);
    std::fs::create_dir(&folder).expect("a folder that is not there yet");
    let (syncs, new_files, hashed) = (appends_per_second(&folder), files_per_second(&folder), hashed_per_second());
    let append = append(&folder.join("ledger"), entries, group);
    let (verified, bytes) = verified(&folder.join("ledger"), entries);
    let batch = batch(&folder.join("batch"), entries);
    let (batch_verified, batch_bytes) = self::verified(&folder.join("batch"), 1);
    std::fs::remove_dir_all(&folder).expect("it can be removed");
    let ratio = |wanted: f64, took: f64| (100.0 * wanted / took).round() / 100.0;
    println!(
        "{{\"entries\":{entries},\"group\":{group},\"append_s\":{append:.1},\"appended_per_s\":{:.0},\"verify_s\":{verified:.1},\
         \"verified_per_s\":{:.0},\"bytes\":{bytes},\"syncs_per_s\":{syncs:.0},\"new_synced_files_per_s\":{new_files:.0},\
         \"batch_append_s\":{batch:.1},\"batch_verify_s\":{batch_verified:.1},\"batch_verify_to_hashing_alone\":{},\
         \"sha256_mib_per_s\":{:.0},\"append_to_one_sync_each\":{},\"verify_to_hashing_alone\":{}}}",
        entries as f64 / append,
        entries as f64 / verified,
        ratio(batch_verified * hashed, batch_bytes as f64),
        hashed / 1048576.0,
        ratio(append * syncs, entries as f64),
        ratio(verified * hashed, bytes as f64),
    );
}

/// How often a second a few bytes can be added to a file and synced: what one durable write costs at the least.
fn appends_per_second(folder: &Path) -> f64 {
    let mut file = File::create(folder.join("one")).expect("a file");
    rate(200, |_| file.write_all(&[7; 100]).and_then(|()| file.sync_all()).expect("it is synced"))
}

/// How often a second a new file can be written and synced.
fn files_per_second(folder: &Path) -> f64 {
    rate(200, |n| {
        let mut file = File::create(folder.join(format!("new-{n}"))).expect("a file");
        file.write_all(&[7; 300]).and_then(|()| file.sync_all()).expect("it is synced");
    })
}

/// Bytes a second that one core hashes.
fn hashed_per_second() -> f64 {
    let block = vec![7; 1 << 20];
    rate(200, |_| {
        std::hint::black_box(Sha256::digest(&block));
    }) * (1 << 20) as f64
}

fn rate(times: u32, mut work: impl FnMut(u32)) -> f64 {
    let begun = Instant::now();
    (0..times).for_each(&mut work);
    f64::from(times) / begun.elapsed().as_secs_f64()
}

/// Seconds that appending takes.
fn append(folder: &Path, entries: u64, group: u64) -> f64 {
    let key = SigningKey::generate("bench.example/atlas", [7; 32]).expect("a key");
    let mut ledger = Ledger::create(Arc::new(DirStorage::new(folder)), &key).expect("a ledger");
    let draft = Draft { day: Day::new(2026, 1, 2).expect("a day"), author: "desk" };
    let mut salts = salts();
    let begun = Instant::now();
    while ledger.checkpoint().size < entries {
        let from = ledger.checkpoint().size;
        let operation = |n: u64| vec![Operation { kind: 5, bytes: format!("{n:0>OPERATION$}").into_bytes() }];
        let next: Vec<_> = (from..entries.min(from + group)).map(|n| (draft, operation(n))).collect();
        ledger.append_group(&key, &next, &mut salts).expect("it is appended");
    }
    begun.elapsed().as_secs_f64()
}

/// Seconds that appending as many operations takes if they are one entry, as those of an import are.
fn batch(folder: &Path, operations: u64) -> f64 {
    let key = SigningKey::generate("bench.example/batch", [7; 32]).expect("a key");
    let mut ledger = Ledger::create(Arc::new(DirStorage::new(folder)), &key).expect("a ledger");
    let draft = Draft { day: Day::new(2026, 1, 2).expect("a day"), author: "desk" };
    let operations = (0..operations).map(|n| Operation { kind: 5, bytes: format!("{n:0>OPERATION$}").into_bytes() });
    let begun = Instant::now();
    ledger.append(&key, draft, operations, &mut salts()).expect("it is appended");
    begun.elapsed().as_secs_f64()
}

fn salts() -> impl FnMut() -> [u8; 32] {
    let mut salt = [0u8; 32];
    move || {
        let next = u64::from_be_bytes(salt[..8].try_into().expect("eight bytes")) + 1;
        salt[..8].copy_from_slice(&next.to_be_bytes());
        salt
    }
}

/// Seconds that verifying takes, and how many bytes the ledger has.
fn verified(folder: &Path, entries: u64) -> (f64, u64) {
    let begun = Instant::now();
    let verdict = verify(&DirStorage::new(folder), None);
    let took = begun.elapsed().as_secs_f64();
    assert!(verdict.holds() && verdict.size == entries, "{:?}", verdict.findings.first());
    (took, bytes_below(folder))
}

fn bytes_below(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries.map(|e| if e.path().is_dir() { bytes_below(&e.path()) } else { e.metadata().expect("a file").len() }).sum()
}
