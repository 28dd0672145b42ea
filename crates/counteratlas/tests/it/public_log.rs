//! The log over HTTP, as c2sp.org/tlog-tiles says, with the headers that every answer carries.

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::{Answer, Site};
use crate::stranger::key;

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Headers that must be the same on every answer of the site.
const ALWAYS: [&str; 7] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "access-control-allow-origin",
];

fn two_entries() -> Atlas {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    atlas.run(["import", "facts"]).code(0);
    atlas
}

fn assert_sealed(site: &Site, answer: &Answer, path: &str) {
    let health = site.get("/health");
    for name in ALWAYS {
        assert!(!health.header(name).is_empty(), "{name}");
        assert_eq!(answer.header(name), health.header(name), "{path}: {name}");
    }
    assert_eq!(answer.header("set-cookie"), "");
}

#[test]
fn every_file_of_the_log_is_served_as_it_lies_on_disk() {
    let atlas = two_entries();
    let site = Site::of(&atlas);
    let tiles = ["tile/0/000.p/1", "tile/0/000.p/2", "tile/entries/000.p/1", "tile/entries/000.p/2"];
    for path in ["checkpoint", "key.pub"].iter().chain(&tiles) {
        let answer = site.get(&format!("/log/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.body, std::fs::read(atlas.path("atlas/log").join(path)).unwrap(), "{path}");
        let tile = path.starts_with("tile");
        let mime = if tile { "application/octet-stream" } else { "text/plain; charset=utf-8" };
        assert_eq!(answer.header("content-type"), mime, "{path}");
        assert_eq!(answer.header("cache-control"), if tile { IMMUTABLE } else { "no-store" }, "{path}");
        assert_sealed(&site, &answer, path);
    }
}

#[test]
fn nothing_else_of_the_folder_is_served() {
    let atlas = two_entries();
    let site = Site::of(&atlas);
    for path in [
        "tile/0/000",
        "tile/0/000.p/3",
        "tile/0/000.p/02",
        "tile/1/000.p/1",
        "tile/entries/001.p/1",
        "checkpoint.tmp",
        "../keys/log.key",
        "%2e%2e/keys/log.key",
        "..%2fkeys%2flog.key",
        "../segments/000-0000000000.seg",
        "proof/e9-0",
        "proof/x",
        "proof/e0-99999",
        "x",
    ] {
        let answer = site.get(&format!("/log/{path}"));
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("PRIVATE"), "{path}");
        assert_sealed(&site, &answer, path);
    }
}

#[test]
fn the_log_grows_while_it_is_served() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    let site = Site::of(&atlas);
    let size = || site.get("/log/checkpoint").text().lines().nth(1).map(str::to_owned);
    assert_eq!(size().as_deref(), Some("1"));
    atlas.run(["import", "facts"]).code(0);
    assert_eq!(size().as_deref(), Some("2"));
    assert_eq!(site.get("/log/tile/0/000.p/2").status, 200);
}

#[test]
fn a_served_proof_holds_for_whoever_knows_the_key() {
    let atlas = two_entries();
    let site = Site::of(&atlas);
    for id in ["e0-0", "e1-3", "e1-3.tlog-proof"] {
        let answer = site.get(&format!("/log/proof/{id}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/plain; charset=utf-8"));
        assert_sealed(&site, &answer, id);
        atlas.put("proof", &answer.body);
        let told = atlas.program(["log", "check", "proof", "--key", &key(&atlas)]).code(0).out();
        assert!(told.contains(id.trim_end_matches(".tlog-proof")), "{told}");
    }
}
