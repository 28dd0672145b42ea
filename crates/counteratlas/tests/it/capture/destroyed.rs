//! Captures that were destroyed: no byte of them is left, what pointed to them says so, and everything else still holds.

use std::io::Read;
use std::process::Command;

use ledger::archive::{Blobs, Digest, is_capture_file};
use ledger::{DirStorage, Storage};

use super::shown::{facts_at, quote};
use super::web::Web;
use super::{blob, run};
use crate::atlas::{Atlas, holds, read_below};
use crate::site::Site;

const SECRET: &str = "Quillfeather Street depot";
const WORDS: [&str; 4] = ["--reason", "court-order", "--notice", "notice-1"];

fn destroy(atlas: &Atlas, ids: &[&str]) -> crate::atlas::Ran {
    atlas.run(["redact"].into_iter().chain(ids.iter().copied()).chain(WORDS))
}

/// Captures a source or file; gives the capture's id and the digest of what is kept.
fn captured(atlas: &Atlas, web: &Web, what: &[&str]) -> (String, Digest) {
    let out = run(atlas, web, "capture", what).out();
    let cells: Vec<&str> = out.lines().next().unwrap_or_else(|| panic!("nothing was captured")).split('\t').collect();
    (cells[0].to_owned(), Digest::parse(cells[3]).expect("a digest"))
}

/// The files below a folder in which these words stand, packed or not.
fn holding(atlas: &Atlas, below: &str, needle: &[u8]) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    read_below(&atlas.path(below), &mut files);
    let unpacked = |bytes: &[u8]| {
        let mut out = Vec::new();
        let _ = flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut out);
        out
    };
    let found = files.into_iter().filter(|(_, bytes)| holds(bytes, needle) || holds(&unpacked(bytes), needle));
    found.map(|(path, _)| path).collect()
}

fn copy(atlas: &Atlas, from: &str, to: &str) {
    let copied = Command::new("cp").args(["-a", from, to]).current_dir(atlas.path("")).status();
    assert!(copied.expect("cp runs").success());
}

#[test]
fn no_byte_of_a_destroyed_capture_is_left_in_the_folder_a_backup_or_a_restored_atlas() {
    let web = Web::new();
    let atlas = facts_at(&web, "/changing");
    let (id, kept) = captured(&atlas, &web, &["paper"]);
    captured(&atlas, &web, &[&web.url("/page")]);
    let words = b"Phase one has 1,800 cameras";
    // The text, and the WARC that is packed.
    assert_eq!(holding(&atlas, "atlas", words).len(), 2);
    let root = atlas.run(["verify"]).code(0).err();
    let done = destroy(&atlas, &[&id]).code(0).stdout(&format!("{id}\n"));
    done.stderr_has("destroyed 2 pieces of captures").stderr_has("appended entry");
    atlas.run(["verify"]).code(0).stderr_has("the archive holds 2 pieces of 1 captures");
    assert!(root.contains("4 pieces of 2 captures"), "{root}");
    atlas.run(["backup", "copy"]).code(0);
    atlas.run(["backup", "copy.tar"]).code(0);
    atlas.program(["restore", "copy.tar", "again"]).code(0);
    atlas.program(["verify", "again"]).code(0).stderr_has("2 pieces of 1 captures");
    for below in ["atlas", "copy", "again"] {
        for needle in [words.as_slice(), web.url("/changing").as_bytes(), &kept.0, kept.to_string().as_bytes()] {
            let left = holding(&atlas, below, needle);
            // The source's own record names the address too.
            let left: Vec<_> =
                left.iter().filter(|path| !path.display().to_string().contains("/segments/000")).collect();
            assert!(left.is_empty(), "{below}: {left:?}");
        }
    }
    // Exactly this absence and no other.
    let (_, kept) = captured(&atlas, &web, &[&web.url("/clock")]);
    let bytes = std::fs::read(blob(&atlas, &kept)).unwrap();
    std::fs::remove_file(blob(&atlas, &kept)).unwrap();
    atlas.run(["verify"]).code(1).stderr_has("are not here");
    std::fs::write(blob(&atlas, &kept), bytes).unwrap();
}

#[test]
fn what_was_destroyed_is_not_captured_again_unless_somebody_asks_for_it_by_name() {
    let web = Web::new();
    let atlas = super::with_sources(&web, &["/page", "/clock"]);
    let (id, _) = captured(&atlas, &web, &["r-1"]);
    captured(&atlas, &web, &["r-1"]);
    destroy(&atlas, &[&id]).code(1).stderr_has("holds the same bytes");
    let asked = web.asked("/page");
    run(&atlas, &web, "recheck", &[]).code(0).stderr_has("looked at 0 addresses");
    let (last, _) = captured(&atlas, &web, &["--all"]);
    assert_eq!(web.asked("/page"), asked);
    run(&atlas, &web, "recheck", &["r-1"]).stderr_has("looked at 1 addresses");
    let again = run(&atlas, &web, "capture", &["r-1"]).code(0);
    again.stderr_has("a capture of `r-1` was destroyed (notice `notice-1`), and is made again now");
    assert!(web.asked("/page") > asked && last != id);
}

#[test]
fn a_destroyed_capture_is_told_wherever_it_was_pointed_to() {
    let web = Web::new();
    let atlas = facts_at(&web, "/changing");
    let evidence = quote(&atlas, "Phase one has 1,800 cameras.");
    let (id, kept) = captured(&atlas, &web, &["paper"]);
    let site = Site::of(&atlas);
    let originals = Site::run(&atlas, &["serve", "atlas", "--evidence", "127.0.0.1:0"]);
    let link = |words: &str| format!("<a href=\"/capture/{id}{words}\">");
    let subject = format!("/verify/{evidence}");
    let record = site.json(&format!("{subject}.json"))["page"].as_str().unwrap_or_default().to_owned();
    assert!(site.get(&record).text().contains(&link("#at-0")), "{record}: {}", site.get(&record).text());
    assert_eq!(originals.get(&format!("/{kept}.warc.gz")).status, 200);
    let told = destroy(&atlas, &[&id]).code(0);
    told.stderr_has(&format!("evidence {evidence} quotes a destroyed capture and keeps its words"));
    site.until("/source/paper", "destroyed");
    let gone = site.get(&format!("/capture/{id}"));
    assert_eq!(gone.status, 451, "a court ordered it");
    assert!(gone.text().contains("notice-1") && gone.text().contains("a court or an authority ordered it"));
    let twin: serde_json::Value = serde_json::from_slice(&site.get(&format!("/capture/{id}.json")).body).unwrap();
    assert_eq!(
        (twin["tombstone"]["reason"].as_str(), twin["tombstone"]["notice"].as_str()),
        (Some("court-order"), Some("notice-1"))
    );
    assert_eq!(site.get(&format!("/verify/{id}")).status, 451);
    let register = &site.json("/notices.json")["notices"];
    assert_eq!(
        (&register[0]["reference"], &register[0]["captures"], &register[0]["values"]),
        (&"notice-1".into(), &1.into(), &0.into()),
        "{register}"
    );
    assert!(site.get("/notices").text().contains("1 capture destroyed, with its bytes and words"));
    assert_eq!(site.json("/transparency.json")["captures_destroyed"]["court-order"], 1);
    let page = site.get(&record).text();
    assert!(page.contains(&link("")) && page.contains("What the archive held of it was destroyed"), "{page}");
    let source = site.json("/source/paper.json");
    assert_eq!(source["destroyed"][0]["id"], id.as_str());
    assert!(site.get("/zh/source/paper").text().contains("已销毁"));
    originals.until(&format!("/{kept}.warc.gz"), "there is nothing at this address");
    atlas.run(["check", "--evidence"]).code(0).stderr_has("1 quotes are of sources whose captures were destroyed");
    atlas.run(["check"]).stderr_lacks("there is no capture");
}

#[test]
fn a_destruction_that_was_decided_and_not_carried_out_is_told_and_finished() {
    let web = Web::new();
    let atlas = facts_at(&web, "/changing");
    let (id, _) = captured(&atlas, &web, &["paper"]);
    let before: Vec<_> = atlas
        .bytes()
        .into_iter()
        .filter(|(path, _)| {
            let path = path.display().to_string();
            path.contains("/segments/") || path.contains("/captures/")
        })
        .collect();
    destroy(&atlas, &[&id]).code(0);
    // As if the process had died between the entry and the destruction, at each of its steps.
    for step in 0..2 {
        for (path, bytes) in &before {
            if step == 0 || !path.display().to_string().contains("/captures/") {
                std::fs::write(path, bytes).unwrap();
            }
        }
        atlas.run(["verify"]).code(1).stderr_has(&id).stderr_has("redact ATLAS --finish");
        assert_eq!(Site::of(&atlas).get(&format!("/capture/{id}")).status, 451);
        atlas.run(["backup", "copy"]).code(2).stderr_has("still here");
        atlas.run(["redact", "--finish"]).code(0).stdout(&format!("{id}\n"));
        assert!(holding(&atlas, "atlas", b"1,800 cameras").is_empty());
        atlas.run(["verify"]).code(0);
    }
    atlas.run(["redact", "--finish"]).code(0).stdout("");
}

#[test]
fn a_piece_that_a_live_capture_needs_stays_and_is_told() {
    let (web, atlas) = (Web::new(), Atlas::new().file("note.txt", format!("About the {SECRET}.")));
    let (first, _) = captured(&atlas, &web, &["note.txt"]);
    let (second, _) = captured(&atlas, &web, &["note.txt"]);
    let told = destroy(&atlas, &[&first]).code(1);
    told.stderr_has(&format!("a piece of capture {first} stays, for capture {second} holds the same bytes"));
    atlas.run(["verify"]).code(0);
    let site = Site::of(&atlas);
    assert!(site.get(&format!("/capture/{second}")).text().contains(SECRET));
    assert_eq!(site.get(&format!("/capture/{first}")).status, 451);
    destroy(&atlas, &[&second]).code(0).stderr_has("destroyed 2 pieces");
    assert!(holding(&atlas, "atlas", SECRET.as_bytes()).is_empty());
}

#[test]
fn a_redacted_quote_points_to_the_capture_that_still_holds_it_and_takes_it_along_when_asked() {
    let web = Web::new();
    let atlas = facts_at(&web, "/changing");
    let evidence = quote(&atlas, "Phase one has 1,800 cameras.").to_string();
    let (id, _) = captured(&atlas, &web, &["paper"]);
    let trial = destroy(&atlas, &[&evidence, "--with-captures", "--dry-run"]).code(0);
    trial.stdout_has(&format!("{id} capture paper"));
    let told = destroy(&atlas, &[&evidence]).code(1);
    told.stderr_has(&format!("capture {id} holds the same words")).stderr_has("--with-captures");
    assert_eq!(holding(&atlas, "atlas", b"1,800 cameras").len(), 2);
    destroy(&atlas, &[&id]).code(0);
    assert!(holding(&atlas, "atlas", b"1,800 cameras").is_empty());

    let atlas = facts_at(&web, "/clock");
    let evidence = quote(&atlas, "Always the same words.").to_string();
    captured(&atlas, &web, &["paper"]);
    destroy(&atlas, &[&evidence, "--with-captures"]).code(0).stderr_has("with 2 tombstones");
    assert!(holding(&atlas, "atlas", b"Always the same words").is_empty());
}

#[test]
fn a_mirror_holds_captures_when_asked_and_destroys_them_when_told() {
    let web = Web::new();
    let atlas = facts_at(&web, "/changing");
    let (id, _) = captured(&atlas, &web, &["paper"]);
    captured(&atlas, &web, &[&web.url("/page")]);
    atlas.put("given.txt", "A file of somebody.");
    captured(&atlas, &web, &["given.txt"]);
    let address = |site: &Site| format!("http://{}", site.address());
    let site = Site::of(&atlas);
    let originals = Site::run(&atlas, &["serve", "atlas", "--evidence", "127.0.0.1:0"]);
    let (from, pieces) = (address(&site), address(&originals));
    atlas.program(["mirror", &from, "bare"]).code(0).stderr_lacks("pieces");
    atlas.program(["verify", "bare"]).code(0).stderr_has("0 pieces of 3 captures");
    let mirror = |folder: &str| atlas.program(["mirror", &from, folder, "--captures", &pieces]).code(0);
    // Two of what was fetched, and three texts; what somebody handed over stays.
    mirror("copy").stderr_has("copied 5 pieces of captures; 1 are not given out there");
    assert!(
        holding(&atlas, "copy", b"A file of somebody.")
            .iter()
            .all(|path| { std::fs::read(path).unwrap().starts_with(b"counteratlas/text/1") })
    );
    atlas.program(["verify", "copy"]).code(0).stderr_has("5 pieces of 3 captures");
    mirror("copy").stderr_has("copied 0 pieces");
    // Served, it gives out the same.
    let second = Site::run(&atlas, &["serve", "copy", "--evidence", "127.0.0.1:0"]);
    let other = Site::run(&atlas, &["serve", "copy"]);
    let words = ["mirror", &address(&other), "second", "--captures", &address(&second)];
    atlas.program(words).code(0).stderr_has("copied 5 pieces");
    copy(&atlas, "copy", "older");
    // Destroyed at its source, it is destroyed in the copy, and no older copy brings it back.
    destroy(&atlas, &[&id]).code(0);
    assert_eq!(holding(&atlas, "copy", b"Phase one has 1,800 cameras").len(), 2);
    mirror("copy").stderr_has("destroyed 1 values here too");
    assert!(holding(&atlas, "copy", b"Phase one has 1,800 cameras").is_empty());
    for folder in ["atlas", "copy"] {
        let repaired = atlas.program(["repair", folder, "--from", "older"]).code(0);
        repaired.stderr_has("the ledger is whole");
        assert!(holding(&atlas, folder, b"Phase one has 1,800 cameras").is_empty());
    }
}

/// The pieces of an atlas by their paths.
fn pieces(atlas: &Atlas) -> Vec<String> {
    let paths = DirStorage::new(atlas.path("atlas")).list("captures/").unwrap();
    paths.into_iter().filter(|path| is_capture_file(path)).collect()
}

#[test]
fn damage_to_any_piece_is_told_with_its_capture_and_mended_from_a_copy() {
    let web = Web::new();
    let atlas = facts_at(&web, "/page");
    let (id, _) = captured(&atlas, &web, &["paper"]);
    copy(&atlas, "atlas", "good");
    assert_eq!(pieces(&atlas).len(), 2);
    for path in pieces(&atlas) {
        let (place, name) = (atlas.path("atlas").join(&path), path.replace("captures/", "").replace('/', ""));
        let good = std::fs::read(&place).unwrap();
        for change in 0..4 {
            match change {
                0 => std::fs::remove_file(&place).unwrap(),
                1 => std::fs::write(&place, &good[..good.len() / 2]).unwrap(),
                2 => std::fs::write(&place, [&good[..], b"x"].concat()).unwrap(),
                _ => {
                    let mut bad = good.clone();
                    bad[good.len() / 3] ^= 4;
                    std::fs::write(&place, bad).unwrap();
                }
            }
            let told = atlas.run(["verify"]).code(1).stderr_has(&id);
            told.stderr_has(if change == 0 { &name } else { &path });
            let mended = atlas.run(["repair", "--from", "good"]).code(0);
            mended.stdout(&format!("captures/{name}\n")).stderr_has("mended 1 files; the ledger is whole");
            assert_eq!(std::fs::read(&place).unwrap(), good);
        }
    }
    // A copy that is damaged itself mends nothing.
    let path = &pieces(&atlas)[0];
    let good = std::fs::read(atlas.path("atlas").join(path)).unwrap();
    for folder in ["atlas", "good"] {
        std::fs::write(atlas.path(folder).join(path), b"nothing of it").unwrap();
    }
    atlas.run(["repair", "--from", "good"]).code(1).stderr_has("the other copy's").stderr_has("NOT whole");
    std::fs::write(atlas.path("atlas").join(path), good).unwrap();
}

/// Bar "no bit can change unseen", over the archive of a real capture: a sweep through every byte of every piece.
#[test]
fn a_flipped_bit_in_any_byte_of_a_captured_page_is_found() {
    let web = Web::new();
    let atlas = facts_at(&web, "/page");
    captured(&atlas, &web, &["paper"]);
    let (folder, mut tried) = (atlas.path("atlas"), 0);
    let archive = Blobs::new(std::sync::Arc::new(DirStorage::new(&folder)));
    for path in pieces(&atlas) {
        let place = folder.join(&path);
        let good = std::fs::read(&place).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            std::fs::write(&place, &bad).unwrap();
            let told = archive.verify().unwrap();
            assert!(told.len() == 1 && told[0].1.to_string().contains(&path), "{path} byte {at}: {told:?}");
            tried += 1;
        }
        std::fs::write(&place, good).unwrap();
    }
    println!("{tried} flips in {} pieces, each found and named", pieces(&atlas).len());
    assert!(tried > 2000);
}
