//! The guard of publication: an edition that has lost too much is not shown, and whoever shows it all the same says why.

use std::sync::Arc;

use ledger::{DirStorage, Draft, Ledger, SigningKey};
use model::{Day, Id, Operation, Target};

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::Site;

/// An atlas with the facts and 40 companies more.
fn many() -> Atlas {
    let atlas = facts();
    let rows = std::fs::read_to_string(atlas.path("facts/entities.csv")).unwrap();
    let more: String = (0..40).map(|n| format!("more-{n:02},company,More {n},,,CN,,,One of many.,paper,,\n")).collect();
    atlas.put("facts/entities.csv", rows + &more);
    atlas.run(["import", "facts"]).code(0);
    atlas
}

/// The same tables without the last companies.
fn without(atlas: &Atlas, count: usize) {
    let rows = std::fs::read_to_string(atlas.path("facts/entities.csv")).unwrap();
    let kept: Vec<&str> = rows.lines().collect();
    atlas.put("facts/entities.csv", kept[..kept.len() - count].join("\n") + "\n");
}

/// Takes companies back past every check that the program makes, as an older version of it would.
fn withdraw_behind_its_back(atlas: &Atlas, count: usize) {
    let storage = Arc::new(DirStorage::new(atlas.path("atlas")));
    let mut ledger = Ledger::open(storage).unwrap().remembering(Arc::new(DirStorage::new(atlas.path("atlas/keys"))));
    let key = std::fs::read_to_string(atlas.path("atlas/keys/log.key")).unwrap();
    let operations = (0..count).map(|n| {
        let target = Target::Item(Id::parse(&format!("more-{n:02}")).unwrap());
        let operation = Operation::Withdraw { target, reason: "a slip".into() };
        ledger::Operation { kind: operation.kind(), bytes: operation.to_bytes() }
    });
    let mut salt = [1u8; 32];
    let mut salts = || {
        salt[0] = salt[0].wrapping_add(1);
        salt
    };
    let draft = Draft { day: Day { year: 2026, month: 1, day: 31 }, author: "editor" };
    ledger.append(&SigningKey::parse(key.trim()).unwrap(), draft, operations, &mut salts).unwrap();
}

fn edition(site: &Site) -> u64 {
    site.json("/about.json")["edition"]["number"].as_u64().unwrap()
}

#[test]
fn an_import_that_would_withdraw_too_much_writes_nothing_unless_somebody_says_why() {
    let atlas = many();
    without(&atlas, 20);
    let before = atlas.bytes();
    let ran = atlas.run(["import", "facts", "--withdraw-missing"]).code(1).stderr_has("`item/more-39`");
    ran.stderr_has("20 of 42 item records are taken back, more than 2 %").stderr_has("--override REASON");
    assert!(atlas.bytes() == before, "something was written");
    let words = ["import", "facts", "--withdraw-missing", "--override", "they were one company"];
    atlas.run(words).code(0).stderr_has("appended entry 1");
    let site = Site::of(&atlas);
    assert_eq!((edition(&site), site.get("/item/more-39").status), (2, 410));
    let said = site.get("/changes").text();
    assert!(said.contains("published although 20 records of edition 1 are missing"), "{said}");
    assert!(said.contains("they were one company"));
    assert!(site.get("/zh/changes").text().contains("仍予发布"));
    atlas.run(["export"]).code(0);
}

#[test]
fn a_few_records_may_always_be_taken_back() {
    let atlas = many();
    without(&atlas, 5);
    atlas.run(["import", "facts", "--withdraw-missing"]).code(0).stderr_has("appended entry 1");
    without(&atlas, 6);
    atlas.run(["import", "facts", "--withdraw-missing"]).code(1);
    let path = atlas.path("atlas/atlas.toml");
    let settings = std::fs::read_to_string(&path).unwrap();
    assert!(settings.contains("shrink_bound = 2.0"), "{settings}");
    std::fs::write(&path, settings.replace("shrink_bound = 2.0", "shrink_bound = 50")).unwrap();
    atlas.run(["import", "facts", "--withdraw-missing"]).code(0).stderr_has("appended entry 2");
    std::fs::write(&path, settings.replace("shrink_bound = 2.0", "shrink_bound = 101")).unwrap();
    atlas.run(["check"]).code(2).stderr_has("`shrink_bound` is a share in percent");
    std::fs::write(&path, settings).unwrap();
}

#[test]
fn an_edition_that_lost_too_much_is_held_back_everywhere_and_reads_go_on_with_the_one_before() {
    let atlas = many();
    let (site, export) = (Site::of(&atlas), atlas.run(["export"]).code(0).out());
    assert!(export.contains("more-19"));
    withdraw_behind_its_back(&atlas, 20);
    for words in [vec!["export"], vec!["build", "static"], vec!["publish"]] {
        let words = [&words[..1], &["atlas"][..], &words[1..]].concat();
        let ran = atlas.program(words).code(1).stdout("");
        ran.stderr_has("20 of 42 item records are taken back").stderr_has("`item/more-00`, `item/more-01`");
    }
    assert!(!atlas.path("static").exists());
    let still = |site: &Site| {
        assert_eq!((edition(site), site.get("/item/more-00").status), (1, 200));
        assert!(site.get("/log/checkpoint").text().contains("\n2\n"), "the log itself is public as ever");
    };
    std::thread::sleep(std::time::Duration::from_millis(900));
    still(&site);
    still(&Site::of(&atlas));

    // What is redacted goes from the edition on show, too.
    let id = crate::redact::claim_in(&export, "Makes cameras.");
    atlas.run(["redact", &id, "--reason", "court-order", "--notice", "n-1"]).code(0).stderr_has("NOT PUBLISHED");
    let begun = std::time::Instant::now();
    while site.get("/item/maker").text().contains("Makes cameras.") {
        assert!(begun.elapsed().as_secs() < 20, "the redacted value is still shown");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!((edition(&site), site.get("/item/more-00").status), (1, 200));

    atlas.run(["publish", "--override", ""]).code(2).stderr_has("a reason has 1 to 1000 bytes");
    atlas
        .run(["publish", "--override", "twins of others"])
        .code(0)
        .stderr_has("entry 3 says why edition 4 is published");
    site.until("/about.json", "\"number\": 4");
    assert_eq!(site.get("/item/more-00").status, 410);
    assert!(site.get("/changes").text().contains("twins of others"));
    atlas.run(["publish"]).code(0).stderr_has("edition 4 is published");
    atlas.run(["export"]).code(0);
    atlas.program(["build", "atlas", "static"]).code(0);
}

#[test]
fn a_record_that_is_gone_without_a_word_is_named() {
    let atlas = many();
    // Something that an earlier edition had: a fault of the program, or another vocabulary.
    let path = atlas.path("atlas/published");
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with("item/")).count(), 42);
    let text = text.replace("item/maker\n", "item/maker\nitem/maker-of-old\n");
    let text = &text[..text.find("sha256 ").unwrap()];
    std::fs::write(&path, format!("{text}sha256 {}\n", crate::witness::sha256(text))).unwrap();
    let ran = atlas.run(["export"]).code(1);
    ran.stderr_has("1 records are gone and nobody took them back: `item/maker-of-old`");
    atlas.run(["publish"]).code(1);
    atlas.run(["publish", "--override", "it never was one"]).code(0);
    atlas.run(["export"]).code(0);
}

#[test]
fn a_ledger_that_does_not_continue_what_was_published_is_not_shown() {
    let atlas = many();
    let copied = std::process::Command::new("cp").args(["-a", "atlas", "older"]).current_dir(atlas.path("")).status();
    assert!(copied.unwrap().success());
    atlas.put(
        "more/sources.csv",
        "id,title,publisher,published_on,language,kind,reports_on,url,note\nx,X,P,2020,en,news,,,\n",
    );
    atlas.run(["import", "more"]).code(0);
    std::fs::copy(atlas.path("atlas/published"), atlas.path("older/published")).unwrap();
    for command in ["serve", "export"] {
        let ran = atlas.program([command, "older"]).code(2);
        ran.stderr_has("edition 2 was published and this ledger of 1 entries does not continue it");
    }
}

#[test]
fn a_damaged_note_of_what_was_published_is_told_and_made_anew() {
    let atlas = many();
    let path = atlas.path("atlas/published");
    let good = std::fs::read(&path).unwrap();
    for at in (0..good.len()).step_by(61) {
        let mut bad = good.clone();
        bad[at] ^= 0x20;
        std::fs::write(&path, &bad).unwrap();
        let ran = atlas.run(["export"]);
        assert!(ran.err().contains("is damaged and says nothing"), "byte {at}: {}", ran.err());
    }
    atlas.run(["publish"]).code(0);
    assert_eq!(std::fs::read(&path).unwrap(), good);
}
