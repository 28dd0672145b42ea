//! Mirrors, monitors and repair: copies that trust nobody, and what they are good for.

use std::process::Command;

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::Site;
use crate::stranger::{key, verifier};

fn copy(atlas: &Atlas, from: &str, to: &str) {
    let _ = std::fs::remove_dir_all(atlas.path(to));
    let copied = Command::new("cp").args(["-a", from, to]).current_dir(atlas.path("")).status();
    assert!(copied.expect("cp runs").success());
}

fn url(site: &Site) -> String {
    format!("http://{}/", site.address())
}

fn export(atlas: &Atlas, folder: &str) -> String {
    atlas.program(["export", folder]).code(0).out()
}

#[test]
fn a_mirror_is_the_same_atlas_follows_it_and_can_be_served() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    let site = Site::of(&atlas);
    atlas.program(["mirror", &url(&site), "copy"]).code(0).stderr_has("mirrored 1 entries, 1 of them new");
    atlas.run(["import", "facts"]).code(0);
    let ran = atlas.program(["mirror", &url(&site), "copy", "--key", &key(&atlas)]).code(0);
    let ran = ran.stderr_has("2 entries, 1 of them new");
    assert!(atlas.run(["verify"]).code(0).err().contains(ran.out().trim()));
    assert_eq!(export(&atlas, "copy"), export(&atlas, "atlas"));
    verifier(&atlas, &["ledger", "copy", "--key", &key(&atlas)]);
    let shown = Site::run(&atlas, &["serve", "copy"]);
    let body = |site: &Site, path: &str| site.get(path).text();
    let name = "counteratlas.invalid/atlas (mirror)";
    assert_eq!(body(&shown, "/links").replace(name, "Counteratlas"), body(&site, "/links"));
    assert_eq!(body(&shown, "/log/checkpoint"), body(&site, "/log/checkpoint"));
    // A mirror of the mirror is as good, and nobody can write to either.
    atlas.program(["mirror", &url(&shown), "second"]).code(0);
    assert_eq!(export(&atlas, "second"), export(&atlas, "atlas"));
    atlas.program(["import", "copy", "facts"]).code(0).stderr_has("added 0");
    atlas.put(
        "facts/sources.csv",
        std::fs::read_to_string(atlas.path("facts/sources.csv")).unwrap() + "more,M,P,2020,en,news,,,\n",
    );
    atlas.program(["import", "copy", "facts"]).code(2).stderr_has("only the machine that holds the key can write");
    atlas.program(["mirror", &url(&site), "atlas"]).code(2).stderr_has("is an atlas with a key of its own");
}

#[test]
fn what_is_redacted_is_destroyed_in_the_mirror_too() {
    let atlas = facts();
    let rows = std::fs::read_to_string(atlas.path("facts/relations.csv")).unwrap();
    atlas.put("facts/relations.csv", rows.replace("Cameras.", "Quillfeather Street depot"));
    atlas.run(["import", "facts"]).code(0);
    let site = Site::of(&atlas);
    atlas.program(["mirror", &url(&site), "copy"]).code(0);
    let holds = |folder: &str| {
        let mut files = Vec::new();
        crate::atlas::read_below(&atlas.path(folder), &mut files);
        files.iter().any(|(_, bytes)| bytes.windows(17).any(|window| window == b"Quillfeather Stre"))
    };
    assert!(holds("copy"));
    let line = export(&atlas, "atlas").lines().find(|line| line.contains("Quillfeather")).unwrap().to_owned();
    let record: serde_json::Value = serde_json::from_str(&line).unwrap();
    let claims = record["claims"].as_array().unwrap();
    let id = claims.iter().find(|claim| claim.to_string().contains("Quillfeather")).unwrap()["id"].as_str().unwrap();
    atlas.run(["redact", id, "--reason", "safety", "--notice", "n-1"]).code(0);
    atlas.program(["mirror", &url(&site), "copy"]).code(0).stderr_has("destroyed 1 values here too");
    assert!(!holds("copy") && !holds("atlas"));
    // A new mirror never gets it.
    atlas.program(["mirror", &url(&site), "late"]).code(0);
    assert!(!holds("late"));
}

#[test]
fn a_mirror_and_a_monitor_refuse_a_source_that_was_set_back_or_forked() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    copy(&atlas, "atlas", "older");
    atlas.run(["import", "facts/entities.csv"]).code(0);
    let watch = |site: &Site, more: &[&str]| {
        let address = url(site);
        let words = ["log", "watch", &address, "--once", "--state", "seen"];
        atlas.program(words.into_iter().chain(more.iter().copied()))
    };
    {
        let site = Site::of(&atlas);
        atlas.program(["mirror", &url(&site), "copy"]).code(0);
        watch(&site, &[]).code(0).stderr_has("first look");
        atlas.run(["import", "facts"]).code(0);
        watch(&site, &["--key", &key(&atlas)]).code(0).stderr_has("3 entries, 1 of them new").stderr_has("entry 2:");
        atlas.program(["mirror", &url(&site), "copy"]).code(0);
    }
    let before = std::fs::read(atlas.path("seen")).unwrap();
    let site = Site::run(&atlas, &["serve", "older"]);
    watch(&site, &[]).code(1).stderr_has("THE LOG WAS REWRITTEN: it had 3 entries and has 1");
    atlas.program(["mirror", &url(&site), "copy"]).code(2).stderr_has("rolled back");
    // Whoever holds the key writes another history of the same length.
    for file in ["facts/entities.csv", "facts/glossary.csv", "facts"] {
        atlas.program(["import", "older", file]);
    }
    watch(&site, &[]).code(1).stderr_has("THE LOG WAS REWRITTEN");
    atlas.program(["mirror", &url(&site), "copy"]).code(2).stderr_has("rolled back");
    assert_eq!(std::fs::read(atlas.path("seen")).unwrap(), before, "what was seen is kept");
    assert!(atlas.path("seen.conflict").exists());
    atlas.program(["verify", "copy", "--since", "seen"]).code(0);
    // Another log altogether.
    let other = facts();
    other.run(["import", "facts"]).code(0);
    let site = Site::of(&other);
    watch(&site, &["--key", &key(&atlas)]).code(1).stderr_has("does not lead");
    atlas.program(["mirror", &url(&site), "copy"]).code(2).stderr_has("does not lead to the one that signs");
}

#[test]
fn a_monitor_with_a_policy_wants_its_witnesses() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    let site = Site::of(&atlas);
    let secret = ledger::CosigningKey::generate("w.example/w", [3; 32]).unwrap();
    atlas.put("policy", format!("witness w {}\nquorum w\n", secret.witness_key()));
    let words = ["log", "watch", &url(&site), "--once", "--policy", "policy"];
    atlas.program(words).code(1).stderr_has("UNWITNESSED: 0 of 1");
}

#[test]
fn nobody_home_is_no_forgery() {
    let atlas = Atlas::none();
    atlas.program(["log", "watch", "http://127.0.0.1:1", "--once"]).code(2).stderr_has("does not answer");
    atlas.program(["mirror", "http://127.0.0.1:1", "copy"]).code(2).stderr_has("does not answer");
    atlas.program(["mirror", "ftp://a.example", "copy"]).code(2).stderr_has("is not an address");
}

#[test]
fn what_a_disk_has_damaged_is_mended_from_a_mirror_and_the_root_is_the_same() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    atlas.run(["import", "facts"]).code(0);
    let site = Site::of(&atlas);
    atlas.program(["mirror", &url(&site), "copy"]).code(0);
    copy(&atlas, "atlas", "good");
    let root = atlas.run(["verify"]).code(0).err();
    let files: Vec<_> =
        atlas.bytes().into_iter().filter(|(path, _)| !path.to_string_lossy().contains("/keys/")).collect();
    let mut tried = 0;
    for (n, (path, bytes)) in files.iter().enumerate() {
        let name = path.strip_prefix(atlas.path("atlas")).unwrap().display().to_string();
        if !(name.starts_with("log/") || name.starts_with("segments/")) {
            continue;
        }
        let mut bad = bytes.clone();
        let at = bytes.len() / 2;
        bad[at] ^= 0x10;
        std::fs::write(path, &bad).unwrap();
        atlas.run(["verify"]).code(1);
        let from = if n % 2 == 0 { "copy" } else { "good" };
        let told = atlas.run(["repair", "--from", from]).code(0).stderr_has("the ledger is whole");
        assert_eq!(told.out().trim(), name, "{name}");
        assert_eq!(&std::fs::read(path).unwrap(), bytes, "{name}");
        tried += 1;
    }
    assert!(tried >= 8, "{tried}");
    assert_eq!(atlas.run(["verify"]).code(0).err(), root);
    atlas.run(["import", "facts"]).code(0).stderr_has("added 0");
}

#[test]
fn a_repair_over_http_does_not_bring_back_what_was_redacted() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    copy(&atlas, "atlas", "older");
    let id = "e0-9";
    let decided = atlas.run(["redact", id, "--reason", "safety", "--notice", "n-1"]);
    let site = Site::run(&atlas, &["serve", "older"]);
    let segment = atlas.path("atlas/segments/000-0000000000.seg");
    std::fs::write(&segment, b"damaged").unwrap();
    let told = atlas.run(["repair", "--from", &url(&site)]).code(0).err();
    assert_eq!(told.contains("destroyed 1 values again"), decided.out().contains(id), "{told}");
    atlas.run(["verify"]).code(0);
}

#[test]
fn a_stranger_s_log_mends_nothing() {
    let (atlas, other) = (facts(), facts());
    for one in [&atlas, &other] {
        one.run(["import", "facts"]).code(0);
    }
    let site = Site::of(&other);
    atlas.run(["repair", "--from", &url(&site)]).code(2);
    atlas.run(["repair", "--from", "nowhere"]).code(2).stderr_has("neither a folder nor an address");
    atlas.run(["verify"]).code(0);
}
