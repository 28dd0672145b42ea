//! What was acknowledged is there: after kills at any moment, in every backup, and after every restore.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ledger::{DirStorage, Ledger, Record};
use model::Operation;

use crate::atlas::{Atlas, PROGRAM, holds};
use crate::cli::facts;
use crate::site::Site;

const HEADER: &str = "id,title,publisher,published_on,language,kind,reports_on,url,note\n";

/// How many kills: more in a soak.
fn kills() -> u32 {
    std::env::var("COUNTERATLAS_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(1000)
}

/// A folder with one source that no other import has.
fn put_source(atlas: &Atlas, n: u32) -> String {
    atlas.put(&format!("k{n}/sources.csv"), format!("{HEADER}kill-{n},Report {n},A paper,2020,en,news,,,\n"));
    format!("k{n}")
}

fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed >> 11
}

/// What a run is thought to take grows with every kill that came too early and shrinks with every one that came too
/// late: so kills fall into the middle of things however busy the machine is.
fn longer(micros: u64) -> u64 {
    micros * 8 / 7
}

fn shorter(micros: u64) -> u64 {
    (micros * 7 / 8).max(2000)
}

/// Runs a command, kills it after a while, and gives what it had said by then: the outside notes of acknowledgements.
fn kill(atlas: &Atlas, words: &[&str], after: Duration) -> String {
    let mut command = Command::new(PROGRAM);
    command.args(words).current_dir(atlas.path("")).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    std::thread::sleep(after);
    let _ = child.kill();
    let mut said = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("it is text");
    child.stdout.take().expect("it is piped").read_to_string(&mut said).expect("it is text");
    let _ = child.wait();
    said
}

/// The ids of all sources that the ledger holds.
fn held(atlas: &Atlas) -> BTreeSet<String> {
    let ledger = Ledger::open(Arc::new(DirStorage::new(atlas.path("atlas")))).expect("it opens");
    let mut held = BTreeSet::new();
    for entry in ledger.entries(0..u64::MAX) {
        let read = ledger.operations(&entry.expect("it reads"), |_, record| {
            if let Record::Live { kind, bytes } = record
                && let Ok(Operation::Source(source)) = Operation::from_bytes(kind, bytes)
            {
                held.insert(source.id.to_string());
            }
        });
        read.expect("it reads");
    }
    held
}

#[test]
fn kills_at_random_moments_of_an_import_lose_nothing_that_was_acknowledged() {
    let (atlas, begun, mut seed) = (Atlas::new(), Instant::now(), 0x00c0_ffee_u64);
    let first = put_source(&atlas, 0);
    let before = Instant::now();
    atlas.run(["import", &first]).code(0);
    let mut whole = before.elapsed().as_micros() as u64;
    let mut acknowledged = BTreeSet::from(["kill-0".to_owned()]);
    let mut killed = 0;
    for n in 1..=kills() {
        let folder = put_source(&atlas, n);
        let said = kill(&atlas, &["import", "atlas", &folder], Duration::from_micros(random(&mut seed) % whole));
        if said.contains("appended entry") {
            acknowledged.insert(format!("kill-{n}"));
            whole = shorter(whole);
        } else {
            killed += 1;
            whole = longer(whole);
        }
        if n % 20 == 0 {
            atlas.run(["verify"]).code(0);
        }
    }
    let mut held = held(&atlas);
    // Every first import brings it along.
    held.remove("editors-general-knowledge");
    let tried = (0..=kills()).map(|n| format!("kill-{n}")).collect();
    assert!(acknowledged.is_subset(&held), "lost: {:?}", acknowledged.difference(&held));
    assert!(held.is_subset(&tried), "invented: {:?}", held.difference(&tried));
    let seconds = begun.elapsed().as_secs_f32();
    println!("kill -9: {} kills, {killed} before the acknowledgement, 0 lost, 0 invented, {seconds:.1} s", kills());
    assert!(killed > kills() / 10 && acknowledged.len() > 1, "{killed} killed, {} acknowledged", acknowledged.len());
    atlas.run(["import", &put_source(&atlas, kills() + 1)]).code(0);
}

/// The ids of the claims that state the secrets, in order.
fn secrets(atlas: &Atlas) -> Vec<(String, String)> {
    let ledger = Ledger::open(Arc::new(DirStorage::new(atlas.path("atlas")))).expect("it opens");
    let mut found = Vec::new();
    let read = ledger.operations(&ledger.entry(0).expect("an entry"), |id, record| {
        if let Record::Live { kind: 5, bytes } = record
            && let Some(at) = bytes.windows(7).position(|window| window == b"Secret ")
        {
            found.push((id.to_string(), String::from_utf8_lossy(&bytes[at..at + 12]).into_owned()));
        }
    });
    read.expect("it reads");
    found
}

#[test]
fn kills_at_random_moments_of_a_redaction_leave_no_value_that_was_told_to_be_gone() {
    let atlas = facts();
    let (count, mut seed, begun) = (kills() / 4, 0xbad_5eed_u64, Instant::now());
    let header = "id,kind,name,name_zh,aliases,country,city,parent,description,sources,collective,identifiers\n";
    let rows = (0..count).map(|n| format!("maker-{n},company,Maker {n},,,CN,,,Secret {n:05} of the maker.,paper,,\n"));
    atlas.put("facts/entities.csv", rows.fold(header.to_owned(), |all, row| all + &row));
    std::fs::remove_file(atlas.path("facts/relations.csv")).unwrap();
    atlas.run(["import", "facts"]).code(0);
    let secrets = secrets(&atlas);
    assert_eq!(secrets.len(), count as usize);
    let (mut told, mut finished) = (0, 0);
    // Once to have the program in memory, once to know how long it takes.
    atlas.run(["verify"]).code(0);
    let before = Instant::now();
    atlas.run(["redact", &secrets[0].0, "--reason", "safety", "--notice", "n"]).code(0);
    let mut whole = before.elapsed().as_micros() as u64;
    for (id, words) in &secrets[1..] {
        let redact = ["redact", "atlas", id, "--reason", "safety", "--notice", "n"];
        let said = kill(&atlas, &redact, Duration::from_micros(random(&mut seed) % whole));
        let there = |atlas: &Atlas| atlas.bytes().iter().any(|(_, bytes)| holds(bytes, words.as_bytes()));
        if said.contains("destroyed 1 values") {
            told += 1;
            whole = shorter(whole);
            assert!(!there(&atlas), "`{words}` was told to be gone");
        } else if said.contains("appended entry") {
            finished += 1;
            atlas.run(["redact", "--finish"]).code(0);
            assert!(!there(&atlas), "`{words}` was decided to go and finished");
        } else {
            whole = longer(whole);
        }
    }
    atlas.run(["redact", "--finish"]).code(0);
    atlas.run(["verify"]).code(0);
    let seconds = begun.elapsed().as_secs_f32();
    assert!(told > 0 && told < count, "{told} of {count} were told to be done: the moments are not random");
    println!("kill -9 of redactions: {count}, {told} done, {finished} finished by the next run, {seconds:.1} s");
}

/// A second atlas made from a backup of the first.
fn restored(atlas: &Atlas, backup: &str) -> Atlas {
    let other = Atlas::none();
    let path = atlas.path(backup).display().to_string();
    other.program(["restore", &path, "atlas"]).code(0).stderr_has("equal by root");
    other
}

/// Every address that can be reached from the first pages without a query, with what it answers.
fn pages(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let mut pages = BTreeMap::new();
    let mut next = vec!["/".to_owned(), "/zh/".into(), "/log/checkpoint".into(), "/index.json".into()];
    while let Some(path) = next.pop() {
        if pages.contains_key(&path) {
            continue;
        }
        let body = site.get(&path).body;
        let text = String::from_utf8_lossy(&body);
        for target in
            text.split([' ', '>']).filter_map(|part| part.strip_prefix("href=\"").or(part.strip_prefix("src=\"")))
        {
            let target = target.split(['"', '#']).next().unwrap_or_default();
            let ours = target.starts_with('/') && !target.starts_with("//") && !target.contains('?');
            next.extend(ours.then(|| target.to_owned()));
        }
        pages.insert(path, body);
    }
    pages
}

#[test]
fn a_restored_backup_has_the_same_root_pages_and_exports_byte_for_byte() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    atlas.run(["import", "facts"]).code(0);
    let root = atlas.run(["backup", "folder"]).code(0).stderr_has("backed up 2 entries").out();
    atlas.run(["backup", "file.tar"]).code(0).stdout(&root);
    for backup in ["folder", "file.tar"] {
        let other = restored(&atlas, backup);
        let said = |atlas: &Atlas| atlas.run(["verify"]).code(0).err();
        assert_eq!(said(&other), said(&atlas));
        for format in ["jsonl", "csv", "geojson"] {
            let export = |atlas: &Atlas| atlas.run(["export", "--format", format]).code(0).out();
            assert_eq!(export(&other), export(&atlas), "{format}");
        }
        let (one, two) = (pages(&Site::of(&atlas)), pages(&Site::of(&other)));
        assert!(one.len() > 60, "{:?}", one.keys());
        for (path, body) in &one {
            assert!(two.get(path) == Some(body), "{path}");
        }
        assert_eq!(one.len(), two.len());
        assert!(!other.path("atlas/keys").exists(), "a backup holds no key");
    }
    // Other programs can check it too.
    let sums = Command::new("sha256sum").args(["--quiet", "-c", "MANIFEST"]).current_dir(atlas.path("folder")).status();
    assert!(sums.expect("sha256sum runs").success());
}

#[test]
fn an_altered_backup_is_refused_wherever_it_was_altered() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    atlas.run(["backup", "good.tar"]).code(0);
    let (good, mut refused) = (std::fs::read(atlas.path("good.tar")).unwrap(), 0);
    for at in (0..good.len()).step_by(good.len() / 60) {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        atlas.put("bad.tar", bytes);
        atlas.program(["restore", "bad.tar", "new"]).code(2);
        assert!(!atlas.path("new").exists(), "byte {at}");
        refused += 1;
    }
    println!("altered backups: {refused} refused");
    let path = atlas.path("good.tar").display().to_string();
    let other = Atlas::none();
    other.program(["restore", &path, "atlas", "--root", &"0".repeat(64)]).code(2).stderr_has("another backup");
    let key = crate::stranger::key(&Atlas::new());
    other.program(["restore", &path, "atlas", "--key", &key]).code(2).stderr_has("not signed by");
    assert!(!other.path("atlas").exists());
}

#[test]
fn a_backup_made_while_others_write_is_that_of_one_checkpoint() {
    let (atlas, stop) = (Atlas::new(), AtomicBool::new(false));
    atlas.run(["import", &put_source(&atlas, 0)]).code(0);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut n = 1;
            while !stop.load(Ordering::Relaxed) {
                atlas.run(["import", &put_source(&atlas, n)]).code(0);
                n += 1;
            }
            n
        });
        for n in 0..6 {
            let backup = if n % 2 == 0 { format!("b{n}.tar") } else { format!("b{n}") };
            atlas.run(["backup", &backup]).code(0);
            let _verified_when_dropped = restored(&atlas, &backup);
        }
        stop.store(true, Ordering::Relaxed);
        assert!(writer.join().expect("it writes") > 2);
    });
}

#[test]
fn what_stands_in_the_way_of_a_backup_or_a_restore_is_left_alone() {
    let atlas = facts().file("there", "mine");
    atlas.run(["backup", "there"]).code(2).stderr_has("is there already");
    atlas.run(["backup", "nowhere/copy"]).code(2).stderr_has("nowhere");
    atlas.run(["backup", "copy"]).code(0);
    atlas.program(["restore", "copy", "there"]).code(2).stderr_has("is there already");
    atlas.program(["restore", "facts", "new"]).code(2).stderr_has("MANIFEST");
    assert_eq!(std::fs::read(atlas.path("there")).unwrap(), b"mine");
}
