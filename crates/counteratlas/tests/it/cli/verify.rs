//! `verify`: an intact ledger proves whole, and a single changed byte of any of its files is named.

use super::tables::facts;
use crate::atlas::Atlas;

/// A small atlas with two entries.
fn two_entries() -> Atlas {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    atlas.run(["import", "facts"]).code(0);
    atlas
}

#[test]
fn a_whole_ledger_is_told_with_its_size_and_root() {
    let ran = two_entries().run(["verify"]).code(0).stdout("").stderr_has("the ledger is whole: 2 entries");
    let root = ran.err().rsplit("root ").next().unwrap_or_default().trim().to_owned();
    assert!(root.len() == 64 && root.bytes().all(|b| b.is_ascii_hexdigit()), "{root}");
}

#[test]
fn one_changed_byte_of_any_published_file_is_reported_with_file_and_range() {
    let atlas = two_entries().broken();
    let published = |path: &std::path::Path| {
        let path = path.to_string_lossy().into_owned();
        (path.contains("/log/") || path.contains("/segments/")) && !path.ends_with("key.pub")
    };
    let (mut tried, mut files) = (0, 0);
    for (path, bytes) in atlas.bytes().into_iter().filter(|(path, bytes)| published(path) && !bytes.is_empty()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files += 1;
        // Every byte is flipped in the ledger's own tests; here a dozen a file, through the program.
        for at in (0..bytes.len()).step_by((bytes.len() / 12).max(1)) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            let ran = atlas.run(["verify"]).code(1).stderr_has("NOT whole").stderr_lacks("panicked");
            assert!(ran.err().contains(&name) && ran.err().contains("bytes"), "{name} {at}: {}", ran.err());
            tried += 1;
        }
        std::fs::write(&path, &bytes).unwrap();
    }
    println!("{tried} flips in {files} files, each reported");
    assert!(files >= 5 && tried >= 50);
    atlas.run(["verify"]).code(0);
}

#[test]
fn a_file_that_is_gone_is_named() {
    let atlas = two_entries().broken();
    let segment =
        atlas.bytes().into_iter().map(|(path, _)| path).find(|path| path.extension().is_some_and(|e| e == "seg"));
    let segment = segment.expect("a segment");
    std::fs::remove_file(&segment).unwrap();
    let name = segment.file_name().unwrap().to_string_lossy().into_owned();
    atlas.run(["verify"]).code(1).stderr_has(&name).stderr_has("NOT whole");
}

#[test]
fn a_report_for_programs_names_severity_file_and_what() {
    let atlas = two_entries().broken();
    let (path, mut bytes) = atlas.bytes().into_iter().find(|(path, _)| path.ends_with("log/checkpoint")).unwrap();
    bytes[0] ^= 1;
    std::fs::write(path, bytes).unwrap();
    let report = atlas.run(["verify", "--report", "json"]).code(1).json();
    let first = &report.as_array().expect("a list")[0];
    assert_eq!(first["severity"], "error");
    assert!(first["file"].as_str().unwrap().contains("checkpoint"), "{first}");
}

#[test]
fn another_key_than_the_one_expected_is_refused() {
    let (atlas, other) = (two_entries(), Atlas::new());
    let key = std::fs::read_to_string(other.path("atlas/log/key.pub")).unwrap();
    atlas.run(["verify", "--key", key.trim()]).code(1).stderr_has("NOT whole");
    atlas.run(["verify", "--key", "nonsense"]).code(2);
}

#[test]
fn a_broken_ledger_takes_no_import() {
    let atlas = two_entries().broken();
    let (path, mut bytes) = atlas.bytes().into_iter().find(|(path, _)| path.ends_with("log/checkpoint")).unwrap();
    bytes[0] ^= 1;
    std::fs::write(path, bytes).unwrap();
    let before = atlas.bytes();
    atlas.put("facts/sources.csv", super::tables::SOURCES.replace("A post", "B post"));
    let ran = atlas.run(["import", "facts"]);
    assert!(ran.err().contains("checkpoint"), "{}", ran.err());
    let _ = ran.code(2);
    assert!(atlas.bytes() == before);
}
