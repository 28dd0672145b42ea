//! Redaction through the program: the value is gone from every byte, the site and the exports, and all proofs hold.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ledger::{DirStorage, Ledger, OperationId};

use crate::atlas::{Atlas, holds};
use crate::cli::facts;
use crate::site::Site;
use crate::stranger::{key, verifier};

const SECRET: &str = "Quillfeather Street depot";

/// An atlas with a secret in a description, and the id of that claim.
fn with_secret() -> (Atlas, String) {
    let atlas = facts();
    let rows = std::fs::read_to_string(atlas.path("facts/relations.csv")).unwrap();
    assert!(rows.contains("Cameras."));
    atlas.put("facts/relations.csv", rows.replace("Cameras.", SECRET));
    atlas.run(["import", "facts"]).code(0);
    let id = claim(&atlas, SECRET);
    (atlas, id)
}

/// The id of the claim whose record in the export holds these words.
pub fn claim(atlas: &Atlas, words: &str) -> String {
    claim_in(&atlas.run(["export"]).code(0).out(), words)
}

/// The same in an export that was made before.
pub fn claim_in(export: &str, words: &str) -> String {
    let line = export.lines().find(|line| line.contains(words)).expect("it is exported");
    let record: serde_json::Value = serde_json::from_str(line).unwrap();
    let mut found = Vec::new();
    find_claims(&record, words, &mut found);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// Every object with an operation's id that holds the words itself, below no other such object.
fn find_claims(value: &serde_json::Value, words: &str, found: &mut Vec<String>) {
    if !value.to_string().contains(words) {
        return;
    }
    let inner: Vec<&serde_json::Value> = match value {
        serde_json::Value::Object(map) => map.values().collect(),
        serde_json::Value::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    let before = found.len();
    inner.iter().for_each(|value| find_claims(value, words, found));
    let id = value.get("id").and_then(|id| id.as_str()).filter(|id| id.starts_with('e') && id.contains('-'));
    if before == found.len() {
        found.extend(id.map(str::to_owned));
    }
}

fn redact(atlas: &Atlas, id: &str) {
    atlas.run(["redact", id, "--reason", "court-order", "--notice", "notice-1"]).code(0).stdout(&format!("{id}\n"));
}

/// The files below a folder that hold these bytes.
fn holding(atlas: &Atlas, below: &str, needle: &[u8]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    crate::atlas::read_below(&atlas.path(below), &mut files);
    files.into_iter().filter(|(_, bytes)| holds(bytes, needle)).map(|(path, _)| path).collect()
}

fn root(atlas: &Atlas) -> String {
    let said = atlas.run(["verify"]).code(0).err();
    said.rsplit("root ").next().unwrap_or_default().trim().to_owned()
}

/// The salt of an operation, out of its proof.
fn salt(atlas: &Atlas, id: &str) -> Vec<u8> {
    let proof = atlas.program(["log", "prove", "atlas", id]).code(0).out();
    atlas.put("proof", &proof);
    verifier(atlas, &["salt", "proof", &key(atlas)])
        .trim()
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn value_and_salt_are_gone_from_the_folder_a_new_backup_and_the_exports_and_stay_gone() {
    let (atlas, id) = with_secret();
    let salt = salt(&atlas, &id);
    assert!(!holding(&atlas, "atlas", SECRET.as_bytes()).is_empty() && !holding(&atlas, "atlas", &salt).is_empty());
    std::fs::copy(atlas.path("atlas/log/checkpoint"), atlas.path("kept")).unwrap();
    redact(&atlas, &id);
    atlas.run(["verify", "--since", "kept"]).code(0);
    atlas.program(["backup", "atlas", "copy"]).code(0);
    atlas.program(["backup", "atlas", "copy.tar"]).code(0);
    for below in ["atlas", "copy"] {
        assert!(holding(&atlas, below, SECRET.as_bytes()).is_empty());
        assert!(holding(&atlas, below, &salt).is_empty());
    }
    let tar = std::fs::read(atlas.path("copy.tar")).unwrap();
    assert!(!holds(&tar, SECRET.as_bytes()));
    let export = atlas.run(["export"]).code(0).out() + &atlas.run(["export", "--format", "csv"]).code(0).out();
    assert!(!export.contains(SECRET) && export.contains("maker-supplies-police"));
    // The same file again must not bring it back.
    let again = atlas.run(["import", "facts"]).code(0).stderr_has("was redacted and is not filled again");
    assert!(!again.err().contains(SECRET));
    assert!(holding(&atlas, "atlas", SECRET.as_bytes()).is_empty());
    atlas.run(["check"]);
}

/// A clock that stands still, and chance that is none.
struct Still;

impl desk::World for Still {
    fn now(&self) -> i64 {
        1_790_000_000
    }

    fn today(&self) -> model::Day {
        model::Day::new(2026, 11, 22).unwrap()
    }

    fn random(&self) -> [u8; 32] {
        [7; 32]
    }
}

#[test]
fn what_a_stranger_had_written_of_it_is_masked_at_the_desk_too() {
    let (atlas, id) = with_secret();
    let store = Arc::new(desk::store::Store::open(&atlas.path("atlas/desk")).unwrap());
    let bounds = desk::inbox::Bounds::default();
    let refused = Box::new(|_: &[u8]| Err(model::Refused::Broken));
    let inbox = desk::inbox::StoreInbox::new(store.clone(), Arc::new(Still), refused, bounds);
    let mut suggestion = model::Suggestion::default();
    suggestion.fields.set(model::Field::Note, format!("It is the {SECRET}!"));
    model::Inbox::submit(&inbox, &suggestion).unwrap();
    assert!(!holding(&atlas, "atlas/desk", SECRET.as_bytes()).is_empty());
    redact(&atlas, &id);
    assert!(holding(&atlas, "atlas", SECRET.as_bytes()).is_empty());
}

#[test]
fn every_other_proof_still_holds_and_the_redacted_one_without_its_value() {
    let (atlas, id) = with_secret();
    let key = key(&atlas);
    let prove = |id: &str| atlas.program(["log", "prove", "atlas", id]).code(0).out();
    let operations = (0..100).map(|n| format!("e0-{n}"));
    let before: Vec<(String, String)> = operations
        .map(|id| (atlas.program(["log", "prove", "atlas", &id]), id))
        .take_while(|(ran, _)| !ran.out().is_empty())
        .map(|(ran, id)| (id, ran.out()))
        .collect();
    assert!(before.len() > 10);
    redact(&atlas, &id);
    for (other, proof) in &before {
        atlas.put("before", proof);
        atlas.put("after", prove(other));
        atlas.program(["log", "check", "before", "--key", &key]).code(0);
        let after = atlas.program(["log", "check", "after", "--key", &key]).code(0);
        assert_eq!(after.out().contains("redacted"), *other == id, "{}", after.out());
    }
    atlas.put("after", prove(&id));
    assert!(verifier(&atlas, &["redaction", "after", "--key", &key]).contains("redacted"));
    atlas.put("before", &before[0].1);
    assert!(verifier(&atlas, &["proof", "before", "--key", &key]).contains("the proof holds"));
}

/// A crash between the entry and the destruction must not leave a second tombstone behind the first.
#[test]
fn a_redaction_that_is_asked_for_again_after_a_crash_is_finished_without_a_second_tombstone() {
    let (atlas, id) = with_secret();
    let segment = atlas.path("atlas/segments/000-0000000000.seg");
    let before = std::fs::read(&segment).unwrap();
    redact(&atlas, &id);
    // As if the process had died between the entry and the destruction.
    std::fs::write(&segment, &before).unwrap();
    let words = ["redact", id.as_str(), "--reason", "court-order", "--notice", "notice-1"];
    let told = atlas.run(words).code(0).stdout(&format!("{id}\n"));
    told.stderr_has("has its tombstone already").stderr_lacks("appended entry");
    assert!(holding(&atlas, "atlas", SECRET.as_bytes()).is_empty());
    atlas.run(["verify"]).code(0).stderr_has("2 entries");
}

#[test]
fn a_redaction_that_was_decided_and_not_carried_out_is_told_and_finished() {
    let (atlas, id) = with_secret();
    let segment = atlas.path("atlas/segments/000-0000000000.seg");
    let before = std::fs::read(&segment).unwrap();
    redact(&atlas, &id);
    let root = root(&atlas);
    // As if the process had died between the entry and the destruction.
    std::fs::write(&segment, &before).unwrap();
    atlas.run(["verify"]).code(1).stderr_has(&id).stderr_has("redact ATLAS --finish");
    let export = atlas.run(["export"]).code(0).out();
    assert!(!export.contains(SECRET), "a value that is to be destroyed is shown");
    atlas.program(["backup", "atlas", "copy"]).code(2).stderr_has("still here");
    assert!(!atlas.path("copy").exists());
    atlas.run(["redact", "--finish"]).code(0).stdout(&format!("{id}\n"));
    assert!(holding(&atlas, "atlas", SECRET.as_bytes()).is_empty());
    assert_eq!(self::root(&atlas), root);
    atlas.run(["redact", "--finish"]).code(0).stdout("");
}

#[test]
fn a_missing_value_without_a_tombstone_is_named() {
    let (atlas, id) = with_secret();
    // The ledger lets its owner destroy a value; that nobody decided it is what the program finds.
    let ledger = Ledger::open(Arc::new(DirStorage::new(atlas.path("atlas")))).unwrap();
    let gone = ledger.redact(&[OperationId::parse(&id).unwrap()]).unwrap();
    assert_eq!(gone.len(), 1);
    atlas.run(["verify"]).code(1).stderr_has(&id).stderr_has("no tombstone says why").stderr_has("NOT whole");
    atlas.program(["backup", "atlas", "copy"]).code(2).stderr_has("no tombstone says why");
    let _ = atlas.broken();
}

#[test]
fn a_value_that_is_buried_and_not_yet_destroyed_is_not_proved_with_its_words() {
    let (atlas, id) = with_secret();
    let segment = atlas.path("atlas/segments/000-0000000000.seg");
    let before = std::fs::read(&segment).unwrap();
    redact(&atlas, &id);
    // As if the process had died between the entry and the destruction.
    std::fs::write(&segment, &before).unwrap();
    let proof = Site::of(&atlas).get(&format!("/log/proof/{id}"));
    atlas.put("served", &proof.body);
    atlas.program(["log", "check", "served", "--key", &key(&atlas)]).code(0).stdout_has("redacted");
    atlas.run(["redact", "--finish"]).code(0);
}

#[test]
fn a_served_atlas_stops_showing_the_value_and_proves_the_rest() {
    let (atlas, id) = with_secret();
    let site = Site::of(&atlas);
    let page = || site.get("/link/maker-supplies-police").text();
    assert!(page().contains(SECRET));
    redact(&atlas, &id);
    let begun = Instant::now();
    while page().contains(SECRET) {
        assert!(begun.elapsed() < Duration::from_secs(20), "the value is still shown");
        std::thread::sleep(Duration::from_millis(20));
    }
    for path in ["/link/maker-supplies-police.json", "/links.json", "/links.csv", "/items.json"] {
        assert!(!site.get(path).text().contains(SECRET), "{path}");
    }
    let proof = site.get(&format!("/log/proof/{id}"));
    atlas.put("served", &proof.body);
    atlas.program(["log", "check", "served", "--key", &key(&atlas)]).code(0).stdout_has("redacted");
}

#[test]
fn evidence_that_bears_on_nothing_else_goes_along_when_asked() {
    let (atlas, id) = with_secret();
    let words = ["redact", id.as_str(), "--reason", "safety", "--notice", "n", "--dry-run"];
    let before = atlas.bytes();
    atlas.run(words).code(0).stdout_has(&id);
    assert!(atlas.bytes() == before, "a trial wrote something");
    atlas.run(["redact", &id, "--reason", "safety", "--notice", "n", "--with-evidence", "--all-sources"]).code(0);
    atlas.run(["check"]).stderr_lacks("evidence for a claim that is not there");
}

#[test]
fn what_can_t_be_redacted_is_refused_before_anything_is_written() {
    let (atlas, id) = with_secret();
    let before = atlas.bytes();
    let refused = |words: &[&str], hint: &str| {
        let words = ["redact"].into_iter().chain(words.iter().copied());
        atlas.run(words).code(2).stdout("").stderr_has(hint);
    };
    refused(&["e0-0", "--reason", "safety", "--notice", "n"], "neither claim, evidence nor capture");
    refused(&["e9-0", "--reason", "safety", "--notice", "n"], "no operation `e9-0`");
    refused(&["e0-9999", "--reason", "safety", "--notice", "n"], "no operation `e0-9999`");
    refused(&["x", "--reason", "safety", "--notice", "n"], "not the id of a claim");
    refused(&[&id, "--reason", "whim", "--notice", "n"], "court-order");
    refused(&[&id, "--reason", "safety"], "--notice");
    refused(&[&id, "--reason", "safety", "--notice", ""], "1 to 200 bytes");
    assert!(atlas.bytes() == before);
}

#[test]
fn the_same_words_elsewhere_are_pointed_out() {
    let (atlas, id) = with_secret();
    let rows = std::fs::read_to_string(atlas.path("facts/entities.csv")).unwrap();
    atlas.put("facts/entities.csv", rows.replace("Makes cameras.", SECRET));
    atlas.run(["import", "facts"]).code(0);
    let ran = atlas.run(["redact", &id, "--reason", "safety", "--notice", "n"]).code(1);
    assert!(ran.err().contains("holds the same words") && !ran.err().contains(SECRET), "{}", ran.err());
}
