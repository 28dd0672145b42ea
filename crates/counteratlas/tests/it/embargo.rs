//! Embargoes through the program: what is sealed is nowhere to be read until its day, and is proved on that day.

use std::path::PathBuf;
use std::sync::Arc;

use ledger::{DirStorage, Draft, Ledger, Operation, Record, SigningKey};
use model::{Day, Notice};

use crate::atlas::{Atlas, holds, read_below};
use crate::cli::facts;
use crate::redact::claim;
use crate::site::Site;
use crate::stranger::{key, verifier};

/// Words of the facts that are sealed.
const SECRETS: [&str; 4] = ["Makes cameras.", "maker-supplies-police", "制造商", "Hangzhou"];

const PAST: Day = Day { year: 2026, month: 1, day: 31 };

/// An atlas with its sources open, and the facts sealed for a long time in entry 1.
fn sealed() -> Atlas {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    atlas.run(["import", "facts", "--embargo", "2999-12-01"]).code(0).stderr_has("sealed until 2999-12-01");
    atlas
}

/// The same, but the day has come: the program refuses to seal until a day that is past, the ledger does not know.
pub fn due() -> Atlas {
    let (atlas, twin) = (facts(), facts());
    for one in [&atlas, &twin] {
        one.run(["import", "facts/sources.csv"]).code(0);
    }
    twin.run(["import", "facts"]).code(0);
    seal(&atlas, "atlas", operations(&twin, 1), PAST);
    atlas
}

fn open(atlas: &Atlas) -> Ledger {
    Ledger::open(Arc::new(DirStorage::new(atlas.path("atlas")))).unwrap()
}

fn operations(atlas: &Atlas, entry: u64) -> Vec<Operation> {
    let (ledger, mut operations) = (open(atlas), Vec::new());
    ledger
        .operations(&ledger.entry(entry).unwrap(), |_, record| match record {
            Record::Live { kind, bytes } => operations.push(Operation { kind, bytes: bytes.into() }),
            _ => panic!("it is open"),
        })
        .unwrap();
    operations
}

pub fn seal(atlas: &Atlas, folder: &str, operations: Vec<Operation>, until: Day) {
    let storage = Arc::new(DirStorage::new(atlas.path(folder)));
    let keys = Arc::new(DirStorage::new(atlas.path(&format!("{folder}/keys"))));
    let mut ledger = Ledger::open(storage).unwrap().remembering(keys);
    let secret = std::fs::read_to_string(atlas.path(&format!("{folder}/keys/log.key"))).unwrap();
    let notice = model::Operation::Notice(Notice::Embargo { until });
    let notice = Operation { kind: notice.kind(), bytes: notice.to_bytes() };
    let mut number = 0u8;
    let mut salts = || {
        number = number.wrapping_add(1);
        [number; 32]
    };
    let vault = DirStorage::new(atlas.path(&format!("{folder}/sealed")));
    let draft = Draft { day: PAST, author: "editor" };
    let secret = SigningKey::parse(secret.trim()).unwrap();
    ledger.append_sealed(&secret, draft, (operations, notice), &vault, &mut salts).unwrap();
}

/// The files below a folder in which one of the secrets stands, but for the vault's.
fn telling(atlas: &Atlas, below: &str) -> Vec<PathBuf> {
    let (mut files, vault) = (Vec::new(), atlas.path("atlas/sealed"));
    read_below(&atlas.path(below), &mut files);
    files.retain(|(path, bytes)| {
        !path.starts_with(&vault) && SECRETS.iter().any(|secret| holds(bytes, secret.as_bytes()))
    });
    files.into_iter().map(|(path, _)| path).collect()
}

#[test]
fn what_is_sealed_is_in_no_file_page_export_copy_or_backup() {
    let atlas = sealed();
    assert!(!read_vault(&atlas).is_empty(), "the vault holds it");
    assert_eq!(telling(&atlas, "atlas"), Vec::<PathBuf>::new());
    atlas.program(["backup", "atlas", "copy"]).code(0);
    atlas.program(["backup", "atlas", "copy.tar"]).code(0);
    atlas.program(["build", "atlas", "static"]).code(0);
    let site = Site::of(&atlas);
    atlas.program(["mirror", &format!("http://{}/", site.address()), "mirrored"]).code(0);
    for folder in ["copy", "static", "mirrored"] {
        assert_eq!(telling(&atlas, folder), Vec::<PathBuf>::new());
        assert!(!atlas.path(&format!("{folder}/sealed")).exists());
    }
    assert!(!SECRETS.iter().any(|secret| holds(&std::fs::read(atlas.path("copy.tar")).unwrap(), secret.as_bytes())));
    let columns = site.get("/").text();
    let columns = columns.split("/columns/").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let pages = [
        "/",
        "/items",
        "/items.json",
        "/links.json",
        "/links.csv",
        "/links.geojson",
        "/search?q=Maker",
        "/search.json?q=cameras",
        "/item/maker",
        "/changes",
        "/zh/changes",
        "/log/segments/001-0000000000.seg",
        "/log/proof/e1-3",
    ];
    for path in pages.iter().map(ToString::to_string).chain([format!("/columns/{columns}")]) {
        let body = site.get(&path).body;
        // A search page says what was searched for.
        assert!(!SECRETS.iter().any(|secret| holds(&body, secret.as_bytes())), "{path} tells");
    }
    assert_eq!(site.get("/item/maker").status, 404);
    for format in ["jsonl", "csv", "geojson"] {
        let export = atlas.run(["export", "--format", format]).code(0).out();
        assert!(!SECRETS.iter().any(|secret| export.contains(secret)), "{format}");
    }
    assert!(site.get("/changes").text().contains("sealed until 1 December 2999"));
    assert!(site.get("/zh/changes").text().contains("封存至"));
}

#[test]
fn what_is_sealed_is_not_told_by_importing_it_openly() {
    let atlas = sealed();
    let refused = atlas.run(["import", "facts"]).code(1);
    refused.stderr_has("lies sealed in entry 1 (until 2999-12-01)").stderr_has("reveal --abandon ENTRY");
    assert_eq!(telling(&atlas, "atlas"), Vec::<PathBuf>::new());
    // What lies open goes in as ever, and what was given up does too.
    atlas.run(["import", "facts/sources.csv"]).code(0);
    atlas.run(["reveal", "--abandon", "1", "--reason", "safety", "--notice", "n"]).code(0);
    atlas.run(["import", "facts"]).code(0);
    assert_ne!(telling(&atlas, "atlas"), Vec::<PathBuf>::new());
}

fn read_vault(atlas: &Atlas) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    read_below(&atlas.path("atlas/sealed/segments"), &mut files);
    files
}

#[test]
fn the_vault_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let atlas = sealed();
    let mode = std::fs::metadata(atlas.path("atlas/sealed")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    atlas.program(["backup", "atlas", "copy", "--sealed", "secret"]).code(0).stderr_has("keep them secret");
    let mode = std::fs::metadata(atlas.path("secret")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn both_verifiers_take_a_sealed_ledger_and_say_until_when() {
    let atlas = sealed();
    let said = verifier(&atlas, &["ledger", "atlas", "--key", &key(&atlas)]);
    assert!(said.contains("the ledger holds") && said.contains("sealed: e1 until 2999-12-01"), "{said}");
    atlas.run(["verify"]).code(0).stderr_lacks("warning");
    // Somebody who sealed a value without saying until when would only have hidden it.
    let stray = due();
    let path = stray.path("atlas/segments/001-0000000000.seg");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(stray.path("atlas/segments/000-0000000000.seg"), sealed_twin(&stray)).unwrap();
    stray.run(["verify"]).code(1).stderr_has("no embargo says until when");
    assert!(crate::stranger::refused(&stray, &["ledger", "atlas"]).contains("no embargo says until when"));
    assert_eq!(std::fs::read(path).unwrap(), whole);
    let _ = stray.broken();
}

/// Segment 0 of an atlas as it would be if its operations had been sealed.
fn sealed_twin(atlas: &Atlas) -> Vec<u8> {
    let bytes = std::fs::read(atlas.path("atlas/segments/000-0000000000.seg")).unwrap();
    let (mut records, mut at, mut count) = (Vec::new(), 38, 0u32);
    while at < bytes.len() {
        let length = u32::from_be_bytes(bytes[at + 2..at + 6].try_into().unwrap()) as usize;
        let mut record = vec![3, 0, 0, 0, 0, 0];
        record.extend(&bytes[at + 6..at + 38]);
        record.extend(crc32fast::hash(&record).to_be_bytes());
        records.extend(record);
        (at, count) = (at + 6 + 64 + length + 4, count + 1);
    }
    let mut header = bytes[..34].to_vec();
    header[26..34].copy_from_slice(&(records.len() as u64).to_be_bytes());
    assert_eq!(header[22..26], count.to_be_bytes());
    header.extend(crc32fast::hash(&header).to_be_bytes());
    [header, records].concat()
}

#[test]
fn on_its_day_it_is_revealed_shown_and_proved_as_committed_to() {
    let atlas = due();
    atlas.run(["verify"]).code(0).stderr_has("warning").stderr_has("it was sealed until 2026-01-31");
    std::fs::copy(atlas.path("atlas/log/checkpoint"), atlas.path("kept")).unwrap();
    let proof = atlas.program(["log", "prove", "atlas", "e1-3"]).code(0).out();
    let site = Site::of(&atlas);
    assert_eq!(site.get("/item/maker").status, 404);
    atlas.run(["reveal"]).code(0).stdout("e1\n").stderr_has("appended entry 2");
    assert!(site.until("/item/maker", "Makes cameras.").status == 200);
    assert!(site.get("/changes").text().contains("revealed what edition 2 had sealed"));
    assert!(site.get("/links.csv").text().contains("maker-supplies-police"));
    atlas.run(["verify", "--since", "kept"]).code(0).stderr_lacks("warning");
    let said = verifier(&atlas, &["ledger", "atlas", "--key", &key(&atlas), "--since", "kept"]);
    assert!(!said.contains("sealed"), "{said}");
    // The proof from before its day proves the same commitment; the new one opens it.
    atlas.put("before", &proof);
    atlas.put("after", atlas.program(["log", "prove", "atlas", "e1-3"]).code(0).out());
    for file in ["before", "after"] {
        atlas.program(["log", "check", file, "--key", &key(&atlas)]).code(0);
        verifier(&atlas, &["proof", file, "--key", &key(&atlas)]);
    }
    assert!(read_vault(&atlas).is_empty(), "nothing is left in the vault");
    let id = claim(&atlas, "Makes cameras.");
    assert!(id.starts_with("e1-"), "{id}");
    atlas.run(["reveal"]).code(0).stdout("").stderr_has("nothing is to be revealed today");
    // From now on it is a value like any other.
    atlas.run(["redact", &id, "--reason", "safety", "--notice", "n-1"]).code(0);
    assert!(!telling(&atlas, "atlas").iter().any(|path| holds(&std::fs::read(path).unwrap(), SECRETS[0].as_bytes())));
}

#[test]
fn nothing_is_revealed_before_its_day_and_no_day_that_has_come_is_taken() {
    let atlas = sealed();
    let before = atlas.bytes();
    atlas.run(["reveal"]).code(0).stdout("").stderr_has("entry 1 is sealed until 2999-12-01");
    assert!(atlas.bytes() == before);
    atlas.run(["import", "facts", "--embargo", "2020-01-01"]).code(2).stderr_has("`2020-01-01` has come");
    atlas.run(["import", "facts", "--embargo", "soon"]).code(2).stderr_has("is not a day");
    atlas.run(["redact", "e1-3", "--reason", "safety", "--notice", "n"]).code(2).stderr_has("is sealed");
    assert!(atlas.bytes() == before);
}

#[test]
fn sealing_the_same_files_again_is_nothing() {
    let atlas = sealed();
    let before = atlas.bytes();
    atlas.run(["import", "facts", "--embargo", "2999-12-02"]).code(0).stderr_has("added 0");
    assert!(atlas.bytes() == before);
    let more = std::fs::read_to_string(atlas.path("facts/entities.csv")).unwrap();
    atlas.put("facts/entities.csv", more + "agent,company,Agent,,,KE,Nairobi,,Sells cameras.,paper,,\n");
    atlas.run(["import", "facts", "--embargo", "2999-12-02"]).code(0).stderr_has("appended entry 2");
    assert!(telling(&atlas, "atlas").is_empty());
}

#[test]
fn an_embargo_that_is_given_up_leaves_a_tombstone_and_no_value() {
    let atlas = sealed();
    let root = |atlas: &Atlas| atlas.run(["verify"]).code(0).err();
    let words = ["reveal", "--abandon", "1", "--reason", "legal-claim", "--notice", "notice-7"];
    let site = Site::of(&atlas);
    atlas.run(words).code(0).stdout("e1\n").stderr_has("destroyed the sealed values of entry 1");
    assert!(read_vault(&atlas).is_empty());
    assert!(telling(&atlas, "atlas").is_empty());
    assert!(root(&atlas).contains("whole"));
    verifier(&atlas, &["ledger", "atlas", "--key", &key(&atlas)]);
    let said = site.until("/changes", "destroyed what edition 2 had sealed").text();
    assert!(said.contains("legal claim was found good; notice notice-7"), "{said}");
    atlas.run(words).code(0).stderr_has("was abandoned before");
    atlas.run(["reveal"]).code(0).stderr_has("nothing is to be revealed");
    atlas.run(["reveal", "--abandon", "0", "--reason", "safety", "--notice", "n"]).code(2).stderr_has("is not sealed");
    // What was given up may be told one day after all, as something new.
    atlas.run(["import", "facts"]).code(0).stderr_has("appended entry 3");
}

#[test]
fn a_reveal_that_was_cut_short_is_told_and_finished() {
    let atlas = due();
    let segment = atlas.path("atlas/segments/001-0000000000.seg");
    let closed = std::fs::read(&segment).unwrap();
    let vault = read_vault(&atlas);
    // The values are in their place, and the program died before it could say so.
    open(&atlas).unseal(1, &DirStorage::new(atlas.path("atlas/sealed"))).unwrap();
    atlas.run(["verify"]).code(0).stderr_has("nothing says that its embargo has ended");
    atlas.run(["reveal"]).code(0).stdout("e1\n");
    atlas.run(["verify"]).code(0).stderr_lacks("embargo");
    // It is said, and the values are not in their place: a disk that lied, or a mirror that has not come so far.
    std::fs::write(&segment, &closed).unwrap();
    atlas.run(["verify"]).code(1).stderr_has("still sealed though the ledger says that it is revealed");
    assert!(crate::stranger::refused(&atlas, &["ledger", "atlas"]).contains("said to be revealed"));
    for (path, bytes) in vault {
        std::fs::write(path, bytes).unwrap();
    }
    atlas.run(["reveal"]).code(0);
    atlas.run(["verify"]).code(0);
    assert!(read_vault(&atlas).is_empty());
    atlas.run(["export"]).code(0).stdout_has("maker-supplies-police");
}

#[test]
fn a_mirror_fetches_what_was_revealed_and_destroys_what_was_given_up() {
    let atlas = due();
    let site = Site::of(&atlas);
    let url = format!("http://{}/", site.address());
    atlas.program(["mirror", &url, "copy"]).code(0);
    let shown = Site::run(&atlas, &["serve", "copy"]);
    atlas.run(["reveal"]).code(0);
    site.until("/item/maker", "Makes cameras.");
    atlas.program(["mirror", &url, "copy"]).code(0).stderr_has("which were sealed until now");
    assert_eq!(atlas.program(["export", "copy"]).code(0).out(), atlas.run(["export"]).code(0).out());
    assert_eq!(shown.until("/item/maker", "Makes cameras.").status, 200, "a served mirror shows it, too");

    let other = sealed();
    let site = Site::of(&other);
    let url = format!("http://{}/", site.address());
    other.program(["mirror", &url, "copy"]).code(0);
    other.run(["reveal", "--abandon", "1", "--reason", "safety", "--notice", "n"]).code(0);
    site.until("/changes", "destroyed");
    other.program(["mirror", &url, "copy"]).code(0);
    other.program(["verify", "copy"]).code(0);
}

#[test]
fn sealed_values_survive_in_a_copy_of_their_own_and_damage_to_them_is_named() {
    let atlas = sealed();
    atlas.program(["backup", "atlas", "copy", "--sealed", "secret"]).code(0);
    atlas.program(["restore", "copy", "bare"]).code(0);
    atlas.program(["verify", "bare"]).code(0).stderr_has("do not lie here");
    atlas.program(["restore", "copy", "whole", "--sealed", "secret"]).code(0);
    atlas.program(["verify", "whole"]).code(0).stderr_lacks("do not lie here");
    let vault = read_vault(&atlas);
    for (path, bytes) in &vault {
        for at in (0..bytes.len()).step_by(97) {
            let mut bad = bytes.clone();
            bad[at] ^= 4;
            std::fs::write(path, bad).unwrap();
            let ran = atlas.run(["verify"]).code(1);
            assert!(ran.err().contains("its sealed values are damaged"), "byte {at}: {}", ran.err());
        }
        std::fs::write(path, bytes).unwrap();
    }
    atlas.run(["verify"]).code(0);
}
