//! Another key for the log, and its end: whoever trusts the first key follows, with either verifier and without the atlas.

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::Site;
use crate::stranger::{key, verifier};

fn url(site: &Site) -> String {
    format!("http://{}", site.address())
}

#[test]
fn whoever_trusts_the_first_key_follows_to_the_last() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    std::fs::copy(atlas.path("atlas/log/checkpoint"), atlas.path("kept")).unwrap();
    let first = key(&atlas);
    let site = Site::of(&atlas);
    let watch = ["log", "watch", &url(&site), "--once", "--state", "seen", "--key", &first];
    atlas.program(watch).code(0);
    atlas.program(["mirror", &url(&site), "copy", "--key", &first]).code(0);

    let new = atlas.program(["log", "rotate-key", "atlas"]).code(0).stderr_has("entry 1 names the new key").out();
    assert_eq!(key(&atlas), new.trim());
    assert_ne!(key(&atlas), first);
    atlas.run(["import", "facts"]).code(0).stderr_has("appended entry 2");
    for known in [&first, &key(&atlas)] {
        atlas.run(["verify", "--key", known]).code(0);
        atlas.run(["verify", "--key", known, "--since", "kept"]).code(0);
        verifier(&atlas, &["ledger", "atlas", "--key", known, "--since", "kept"]);
    }
    site.until("/log/turns", "counteratlas/key-change");
    assert_eq!(site.until("/about.json", "\"number\": 3").status, 200, "what is served goes on under the new key");
    atlas.put("turns", site.get("/log/turns").body);
    atlas.put("proof", site.get("/log/proof/e2-3").body);
    atlas.program(["log", "check", "proof", "--key", &first]).code(1);
    atlas.program(["log", "check", "proof", "--key", &first, "--turns", "turns"]).code(0).stdout_has("e2-3");
    let said = verifier(&atlas, &["proof", "proof", "--key", &first, "--turns", "turns"]);
    assert!(said.contains("e2-3"), "{said}");
    verifier(&atlas, &["proof", "proof", "--key", &key(&atlas), "--turns", "turns"]);
    atlas.program(watch).code(0).stderr_has("3 entries, 2 of them new");
    atlas.program(["mirror", &url(&site), "copy"]).code(0).stderr_has("3 entries, 2 of them new");
    verifier(&atlas, &["ledger", "copy", "--key", &first]);

    // A key that never was the log's leads nowhere.
    let other = key(&Atlas::new());
    atlas.run(["verify", "--key", &other]).code(1);
    atlas.program(["log", "check", "proof", "--key", &other, "--turns", "turns"]).code(2);
    atlas.program(["log", "rotate-key", "copy"]).code(2).stderr_has("only the machine that holds the key");
}

#[test]
fn a_rotation_that_was_cut_short_is_finished_by_repeating_it() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    let first = key(&atlas);
    atlas.program(["log", "rotate-key", "atlas"]).code(0);
    // As if the program had died before the new key took the old one's place.
    let keys = |name: &str| atlas.path("atlas/keys").join(name);
    std::fs::rename(keys("log.key"), keys("next.key")).unwrap();
    std::fs::rename(keys("retired.key"), keys("log.key")).unwrap();
    atlas.run(["import", "facts"]).code(2).stderr_has("the signing key is not this ledger's");
    // As if it had died before the new key was stated: the change stands in the ledger, the old key signs still.
    let new = key(&atlas);
    atlas.put("atlas/log/key.pub", format!("{first}\n"));
    for known in [&first, &new] {
        atlas.run(["verify", "--key", known]).code(0).stderr_has("a change of the key is not finished");
        let said = verifier(&atlas, &["ledger", "atlas", "--key", known]);
        assert!(said.contains("the ledger holds") && said.contains("a change of the key is not finished"), "{said}");
    }
    let never = key(&Atlas::new());
    atlas.run(["verify", "--key", &never]).code(1);
    crate::stranger::refused(&atlas, &["ledger", "atlas", "--key", &never]);
    atlas.program(["log", "rotate-key", "atlas"]).code(0).stderr_has("entry 1 names the new key");
    atlas.run(["import", "facts"]).code(0).stderr_has("appended entry 2");
    atlas.run(["verify", "--key", &first]).code(0);
}

#[test]
fn nothing_follows_the_last_entry_of_a_log_that_has_ended() {
    let (atlas, next) = (facts(), Atlas::none());
    next.run(["init", "--origin", "next.example/atlas"]).code(0);
    atlas.run(["import", "facts/sources.csv"]).code(0);
    let successor = key(&next);
    let words = ["log", "succeed", "atlas", "--key", &successor, "--url", "https://next.example"];
    atlas.program(words).code(0).stderr_has("entry 1 is the last");
    atlas.run(["verify"]).code(0);
    verifier(&atlas, &["ledger", "atlas", "--key", &key(&atlas)]);
    let ended = "this log has ended; `next.example/atlas` follows it at `https://next.example`";
    atlas.run(["import", "facts"]).code(2).stderr_has(ended);
    atlas.program(["log", "rotate-key", "atlas"]).code(2).stderr_has(ended);
    let site = Site::of(&atlas);
    assert!(site.get("/log/turns").text().contains("https://next.example"));
    assert!(!atlas.run(["check"]).err().contains("can't be read"));
}
