//! Witnesses: other organisations that remember, the policy that counts them, and what readers are told.

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::{Answer, Site};
use crate::stranger::key;

/// A witness of this atlas' log, running; and its public key.
fn witness(atlas: &Atlas, name: &str) -> (Site, String) {
    atlas.put(&format!("{name}/logs.txt"), format!("# ours\n{}\n", key(atlas)));
    let words = ["log", "witness", name, "--name", &format!("{name}.example/w")];
    let site = Site::run(atlas, &words);
    let secret = std::fs::read_to_string(atlas.path(&format!("{name}/keys/witness.key"))).unwrap();
    (site, ledger::CosigningKey::parse(&secret).unwrap().witness_key().to_string())
}

/// An atlas with three witnesses, of which two are enough.
fn witnessed(count: usize) -> (Atlas, Vec<Site>) {
    let atlas = facts();
    let (mut policy, mut sites, mut names) = (String::new(), Vec::new(), String::new());
    for n in 0..count {
        let (site, key) = witness(&atlas, &format!("w{n}"));
        policy += &format!("witness w{n} {key} http://{}/\n", site.address());
        names += &format!(" w{n}");
        sites.push(site);
    }
    atlas.put("atlas/witness/policy", format!("{policy}group enough 2{names}\nquorum enough\n"));
    (atlas, sites)
}

fn cosignatures(answer: &Answer) -> usize {
    answer.text().lines().filter(|line| line.contains(".example/w ")).count()
}

#[test]
fn every_import_is_cosigned_and_readers_see_how_many_have_signed() {
    let (atlas, mut witnesses) = witnessed(3);
    atlas.run(["import", "facts/sources.csv"]).code(0).stderr_has("witnessed by 3 of 3");
    let site = Site::of(&atlas);
    assert_eq!(cosignatures(&site.get("/log/checkpoint")), 3);
    assert_eq!(cosignatures(&site.get("/log/proof/e0-1")), 3);
    let about = site.get("/about").text();
    assert!(about.contains("Witnessed by 3 of 3"), "{about}");
    let json: serde_json::Value = serde_json::from_str(&site.get("/about.json").text()).unwrap();
    assert_eq!(json["edition"]["witnesses"]["have"], 3);
    assert_eq!(json["edition"]["witnesses"]["witnessed"], true);

    // One of them goes away: two are enough.
    drop(witnesses.pop());
    let told = atlas.run(["import", "facts/entities.csv"]).code(0).stderr_has("witnessed by 2 of 3").err();
    assert!(told.contains("warning: witness `w2`"), "{told}");
    // Two are away: the import stands, unwitnessed, and says so.
    drop(witnesses.pop());
    atlas.run(["import", "facts"]).code(0).stderr_has("appended entry 2").stderr_has("UNWITNESSED: 1 of 3");
    assert_eq!(site.until("/about", "Unwitnessed: 1 of 3").status, 200);
    assert_eq!(site.json("/about.json")["edition"]["witnesses"]["witnessed"], false);
    assert!(site.get("/zh/about").text().contains("未见证"));
    atlas.program(["log", "cosign", "atlas"]).code(1).stderr_has("UNWITNESSED");
    atlas.run(["verify"]).code(0);
}

#[test]
fn a_witness_refuses_a_ledger_that_was_set_back_or_forked_and_says_so_loudly() {
    let (atlas, _witnesses) = witnessed(2);
    atlas.run(["import", "facts/sources.csv"]).code(0);
    let copy = |from: &str, to: &str| {
        let copied = std::process::Command::new("cp").args(["-a", from, to]).current_dir(atlas.path("")).status();
        assert!(copied.expect("cp runs").success());
    };
    copy("atlas", "older");
    atlas.run(["import", "facts/entities.csv"]).code(0).stderr_has("witnessed by 2 of 2");
    atlas.program(["log", "cosign", "older"]).code(2).stderr_has("this ledger was set back, or forked");
    // A fork of the same length, by whoever holds the key and has set back the signer's memory too.
    std::fs::remove_file(atlas.path("older/witness/policy")).unwrap();
    atlas.program(["import", "older", "facts"]).code(0);
    copy("atlas/witness/policy", "older/witness/policy");
    atlas.program(["log", "cosign", "older"]).code(2).stderr_has("it answers 422");
    assert_eq!(atlas.program(["log", "cosign", "atlas"]).code(0).err().trim(), "witnessed by 2 of 2");
}

#[test]
fn a_witness_keeps_its_word_across_a_restart_and_speaks_the_protocol() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    let note = std::fs::read_to_string(atlas.path("atlas/log/checkpoint")).unwrap();
    let (site, public) = witness(&atlas, "w");
    let ask = |site: &Site, body: &str| site.post("/add-checkpoint", body);
    let first = ask(&site, &format!("old 0\n\n{note}"));
    assert_eq!((first.status, cosignatures(&first)), (200, 1), "{}", first.text());
    drop(site);
    let site = Site::run(&atlas, &["log", "witness", "w"]);
    let conflict = ask(&site, &format!("old 0\n\n{note}"));
    assert_eq!((conflict.status, conflict.header("content-type")), (409, "text/x.tlog.size"));
    assert_eq!(conflict.text(), "1\n");
    assert_eq!(ask(&site, "no request").status, 400);
    assert_eq!(ask(&site, &"x".repeat(100_000)).status, 400);
    assert_eq!(ask(&site, &format!("old 1\n\n{}", note.replace("\n1\n", "\n2\n"))).status, 403);
    let kept = site.get(&format!("/{}/checkpoint", sha256("counteratlas.invalid/atlas")));
    assert_eq!(kept.text(), note + &first.text());
    assert_eq!(site.get(&format!("/{}/checkpoint", sha256("other.example/log"))).status, 404);
    // A log that nobody told it of.
    atlas.put("w/logs.txt", "");
    let text = std::fs::read_to_string(atlas.path("atlas/log/checkpoint")).unwrap();
    assert_eq!(ask(&site, &format!("old 1\n\n{text}")).status, 404);
    atlas.program(["log", "witness", "w", "--name", "other.example/w"]).code(2).stderr_has("is called `w.example/w`");
    assert!(public.starts_with("w.example/w+"), "{public}");
}

pub fn sha256(text: &str) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_policy_that_can_t_be_understood_is_named_with_its_line_and_stops_no_import() {
    let atlas = facts();
    atlas.put("atlas/witness/policy", "quorum nobody\n");
    atlas.run(["import", "facts"]).code(0).stderr_has("witness/policy:1").stderr_has("appended entry 0");
    atlas.program(["log", "cosign", "atlas"]).code(2).stderr_has("`nobody` stands nowhere above");
    atlas.put("atlas/witness/policy", "quorum none\n");
    atlas.program(["log", "cosign", "atlas"]).code(2).stderr_has("names no witness");
}

#[test]
fn a_cosignature_that_does_not_hold_is_not_kept() {
    let (atlas, witnesses) = witnessed(2);
    atlas.run(["import", "facts/sources.csv"]).code(0);
    // The policy names other keys for the same addresses.
    let (_, other) = witness(&atlas, "stranger");
    let policy = format!("witness w0 {other} http://{}/\nquorum w0\n", witnesses[0].address());
    atlas.put("atlas/witness/policy", policy);
    atlas.run(["import", "facts/entities.csv"]).code(0).stderr_has("no signature by its key").stderr_has("UNWITNESSED");
    let site = Site::of(&atlas);
    assert_eq!(cosignatures(&site.get("/log/checkpoint")), 0);
}
