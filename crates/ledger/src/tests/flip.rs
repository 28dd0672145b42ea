//! Every byte of a small ledger changed, every file cut, grown, lost or joined by another: verify names the file.

use super::*;
use model::Severity;

/// Entries of several operations and parts, a redacted operation, and more than one of everything else.
fn ledger() -> BTreeMap<String, Vec<u8>> {
    let (storage, mut ledger) = empty();
    let mut salts = salts();
    put(&mut ledger, "import", &["the first operation", "", "the third"], &mut salts);
    ledger.limit_parts(250);
    put(&mut ledger, "desk", &["one", "two", "three", "four", "five"], &mut salts);
    put(&mut ledger, "desk", &["a redaction, say"], &mut salts);
    let mut files = files(&*storage);
    golden::redact(files.get_mut("segments/000-0000000000.seg").unwrap(), 1);
    files
}

fn judge(files: &BTreeMap<String, Vec<u8>>) -> Verdict {
    verify(&MemStorage::from(files.clone()), Some(&key().verifying_key()))
}

/// The files that errors are laid to.
fn blamed(verdict: &Verdict) -> Vec<&str> {
    let errors = verdict.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let mut files: Vec<&str> = errors.map(|finding| finding.file.as_str()).collect();
    files.dedup();
    files
}

/// Changes one byte and wants exactly that file to be blamed, and its range to hold the byte.
fn assert_flip_is_found(all: &BTreeMap<String, Vec<u8>>, path: &str, at: usize, mask: u8) {
    let mut files = all.clone();
    files.get_mut(path).unwrap()[at] ^= mask;
    let verdict = judge(&files);
    assert_eq!(blamed(&verdict), [path], "byte {at} ^ {mask:#x}: {:?}", verdict.findings);
    let holds = |range: (u64, u64)| (range.0..range.1).contains(&(at as u64));
    let ranges = verdict.findings.iter().filter_map(|finding| finding.range);
    assert!(ranges.clone().any(holds), "{path} byte {at} ^ {mask:#x}: {:?}", verdict.findings);
}

#[test]
fn the_ledger_of_these_tests_is_clean_and_partly_redacted() {
    let verdict = judge(&ledger());
    assert_eq!(verdict.findings, []);
    assert_eq!((verdict.size, verdict.operations), (3, 9));
    assert_eq!(verdict.redacted, [OperationId { entry: 0, operation: 1 }]);
}

#[test]
fn every_flipped_byte_is_found_and_located() {
    let all = ledger();
    for (path, bytes) in &all {
        for at in 0..bytes.len() {
            for mask in [0x01, 0x80, 0xff] {
                assert_flip_is_found(&all, path, at, mask);
            }
        }
    }
}

#[test]
fn flips_in_a_ledger_with_full_tiles_are_found_and_located() {
    let (storage, _) = of_size(258);
    let all = files(&*storage);
    for (path, bytes) in all.iter().filter(|(path, _)| !path.starts_with("segments")) {
        for at in (0..bytes.len()).step_by(997) {
            assert_flip_is_found(&all, path, at, 0x10);
        }
    }
}

#[test]
fn every_flip_in_the_head_is_found_without_knowing_the_key_beforehand() {
    let all = ledger();
    for path in ["log/checkpoint", "log/key.pub"] {
        for at in 0..all[path].len() {
            let mut files = all.clone();
            files.get_mut(path).unwrap()[at] ^= 1;
            let verdict = verify(&MemStorage::from(files), None);
            assert_eq!(blamed(&verdict), [path], "byte {at}: {:?}", verdict.findings);
        }
    }
}

#[test]
fn every_cut_or_grown_file_is_found() {
    let all = ledger();
    for (path, bytes) in &all {
        for length in (0..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
            let mut files = all.clone();
            files.get_mut(path).unwrap().truncate(length);
            let verdict = judge(&files);
            assert_eq!(blamed(&verdict), [path.as_str()], "cut to {length}: {:?}", verdict.findings);
        }
        for more in [&b"\0"[..], b"x", &[0; 32], &[7; 100]] {
            let mut files = all.clone();
            files.get_mut(path).unwrap().extend(more);
            let verdict = judge(&files);
            assert_eq!(blamed(&verdict), [path.as_str()], "{more:?} appended: {:?}", verdict.findings);
        }
    }
}

#[test]
fn every_lost_file_is_found() {
    let all = ledger();
    for path in all.keys() {
        let mut files = all.clone();
        files.remove(path);
        let verdict = judge(&files);
        let named = verdict.findings.iter().find(|finding| finding.file == *path);
        // An older partial tile is not part of what the newest checkpoint needs.
        let old = path.contains(".p/") && !path.ends_with(".p/3");
        let severity = if old { Severity::Warning } else { Severity::Error };
        assert_eq!(named.map(|finding| finding.severity), Some(severity), "{path}: {:?}", verdict.findings);
        assert!(verdict.findings.iter().all(|finding| finding.file == *path), "{:?}", verdict.findings);
    }
}

#[test]
fn every_file_too_many_is_found() {
    let all = ledger();
    let note = [
        "log/checkpoint.tmp",
        "log/tile/0/000.p/4",
        "log/tile/0/000.p/5",
        "log/tile/0/001.p/1",
        "log/tile/1/000.p/1",
        "log/tile/entries/000",
        "segments/003-0000000000.seg",
        "segments/258-0000000000.seg",
    ];
    let error = [
        "log/other",
        "log/tile/0/001.p/4",
        "log/tile/0/002.p/1",
        "log/tile/1/000.p/2",
        "log/tile/9/000",
        "segments/000-0000000001.seg",
        "segments/000-0000000003.seg",
        "segments/001-0000000001.seg",
        "segments/259-0000000000.seg",
        "segments/x001/000-0000000000.seg",
        "segments/000",
    ];
    for (paths, severity) in [(&note[..], Severity::Note), (&error[..], Severity::Error)] {
        for path in paths {
            let mut files = all.clone();
            files.insert((*path).into(), b"anything".to_vec());
            let verdict = judge(&files);
            let found: Vec<_> = verdict.findings.iter().map(|f| (f.file.as_str(), f.severity)).collect();
            assert_eq!(found, [(*path, severity)]);
        }
    }
}

#[test]
fn more_beyond_the_checkpoint_than_one_dead_writer_leaves_is_found() {
    for forms in [["log/tile/0/000.p/4", "log/tile/0/000.p/5"], ["log/tile/entries/000", "log/tile/entries/000.p/9"]] {
        let mut files = ledger();
        files.extend(forms.map(|path| (path.to_owned(), b"anything".to_vec())));
        assert_eq!(blamed(&judge(&files)), forms);
    }
}

#[test]
fn a_part_that_is_missing_in_the_middle_or_damaged_in_its_header_does_not_blame_the_others() {
    let all = ledger();
    let parts: Vec<&String> = all.keys().filter(|path| path.starts_with("segments/001")).collect();
    assert!(parts.len() >= 3, "{parts:?}");
    let mut files = all.clone();
    files.remove(parts[1]);
    assert_eq!(blamed(&judge(&files)), [parts[1].as_str()]);
    assert_flip_is_found(&all, parts[1], 20, 1);
}

#[test]
fn a_forger_who_mends_checksums_is_found() {
    let all = ledger();
    let path = "segments/001-0000000000.seg";
    // The first record: its head at 38, commitment at 44, salt at 76, value at 108, checksum at 111.
    let mend = |bytes: &mut [u8]| {
        let crc = crc32fast::hash(&bytes[38..111]).to_be_bytes();
        bytes[111..115].copy_from_slice(&crc);
    };
    let mut files = all.clone();
    let bytes = files.get_mut(path).unwrap();
    assert_eq!(&bytes[108..111], b"one");
    bytes[108] = b'O';
    mend(bytes);
    let verdict = judge(&files);
    assert_eq!(blamed(&verdict), [path]);
    assert_eq!(verdict.findings[0].range, Some((38, 115)));

    // Forging the commitment as well makes the record sound and the entry's root wrong.
    let bytes = files.get_mut(path).unwrap();
    let salt: [u8; 32] = bytes[76..108].try_into().unwrap();
    bytes[44..76].copy_from_slice(&commitment(1, &salt, b"One"));
    mend(bytes);
    let verdict = judge(&files);
    assert_eq!(blamed(&verdict), [path]);
    assert!(verdict.findings[0].what.contains("root"), "{:?}", verdict.findings);
}

#[test]
fn a_well_signed_checkpoint_of_other_entries_is_found() {
    let mut files = ledger();
    files.insert("log/checkpoint".into(), Checkpoint::sign(&key(), 3, [9; 32]).note.into());
    assert_eq!(blamed(&judge(&files)), ["log/checkpoint"]);
}

#[test]
fn another_key_than_the_expected_one_is_found() {
    let all = ledger();
    let other = SigningKey::generate("counteratlas.example/atlas", [1; 32]).unwrap().verifying_key();
    let verdict = verify(&MemStorage::from(all), Some(&other));
    assert_eq!(blamed(&verdict), ["log/key.pub"]);
}
