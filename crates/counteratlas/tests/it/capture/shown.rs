//! Captures as readers and judges see them: words with their quotes, quotes found again, bytes as downloads, packages.

use std::process::Command;
use std::sync::Arc;

use ledger::archive::Digest;
use ledger::{DirStorage, Draft, Ledger, Record, SigningKey};
use model::{Day, Evidence, Id, LangText, Operation, OperationNumber, Passage, Reference, Stance};

use super::web::Web;
use super::{blob, capture, run, told};
use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::Site;

/// Appends evidence that quotes these words from the source `paper`, for the first claim there is.
pub(super) fn quote(atlas: &Atlas, words: &str) -> OperationNumber {
    let storage = |path: &str| Arc::new(DirStorage::new(atlas.path(path)));
    let key = std::fs::read_to_string(atlas.path("atlas/keys/log.key")).unwrap();
    let key = SigningKey::parse(key.trim()).unwrap();
    let mut ledger = Ledger::open(storage("atlas")).unwrap().remembering(storage("atlas/keys"));
    let mut claim = None;
    ledger
        .operations(&ledger.entry(0).unwrap(), |id, record| {
            if claim.is_none() && matches!(record, Record::Live { kind: 5, .. }) {
                claim = OperationNumber::parse(&id.to_string());
            }
        })
        .unwrap();
    let evidence = Operation::Evidence(Evidence {
        claims: vec![Reference::There(claim.expect("a claim"))],
        source: Id::parse("paper").unwrap(),
        stance: Stance::Supports,
        passage: Passage { quote: Some(LangText::new(words, "en").unwrap()), ..Passage::default() },
        group: None,
        against_interest: false,
    });
    let operation = ledger::Operation { kind: evidence.kind(), bytes: evidence.to_bytes() };
    let draft = Draft { day: Day::new(2026, 11, 22).unwrap(), author: "desk" };
    let entry = ledger.append(&key, draft, [operation], &mut || [7; 32]).unwrap();
    OperationNumber { entry: entry as u32, operation: 0 }
}

/// The invented facts, with the source `paper` at an address of the test web.
pub(super) fn facts_at(web: &Web, path: &str) -> Atlas {
    let atlas = facts();
    let table = std::fs::read_to_string(atlas.path("facts/sources.csv")).unwrap();
    atlas.put("facts/sources.csv", table.replace("https://paper.example/a", &web.url(path)));
    atlas.run(["import", "facts"]).code(0);
    atlas
}

#[test]
fn quotes_are_anchored_marked_for_readers_and_looked_for_again() {
    let web = Web::new();
    let atlas = facts_at(&web, "/changing");
    let evidence = quote(&atlas, "Phase one has 1,800 cameras.");
    let absent = quote(&atlas, "Nobody was hurt.");
    atlas.run(["check", "--evidence"]).code(0).stderr_has("0 absent, 2 of sources without captured words");
    let rows = run(&atlas, &web, "capture", &["paper"]).code(0).out();
    let id = rows.split('\t').next().unwrap().to_owned();
    let checked = atlas.run(["check", "--evidence"]).code(1).stderr_has("1 exact, 0 moved, 0 gone, 1 absent");
    checked.stderr_has(&format!("evidence {absent}"));
    let site = Site::of(&atlas);
    let page = site.get(&format!("/capture/{id}")).text();
    assert!(page.contains("<mark id=\"at-0\">Phase one has 1,800 cameras.</mark>"), "{page}");
    assert!(page.contains("not found in this capture") && page.contains(&absent.to_string()), "{page}");
    let twin = site.json(&format!("/capture/{id}.json"));
    assert_eq!(
        (twin["quotes"][0]["place"]["start"].as_u64(), twin["quotes"][0]["place"]["end"].as_u64()),
        (Some(0), Some(28))
    );
    assert_eq!(twin["quotes"][0]["evidence"], evidence.to_string());
    assert!(site.get("/source/paper").text().contains(&format!("href=\"/capture/{id}\"")));
    assert_eq!(site.get("/capture/e0-0").status, 404);
    // The page changes; what it said stays.
    run(&atlas, &web, "recheck", &[]).code(1);
    let gone = atlas.run(["check", "--evidence"]).code(1).stderr_has("0 exact, 0 moved, 1 gone, 1 absent");
    gone.stderr_has(&format!("its quote stood in capture {id} of `paper`"));
    let after = site.until("/source/paper", "it says something else now").text();
    assert!(after.contains("What it said before is kept here"), "{after}");
    assert!(site.get(&format!("/capture/{id}")).text().contains("1,800 cameras"));
    // Both beside each other say what changed.
    let changed = site.get(&format!("/capture/{id}/difference")).text();
    assert!(changed.contains("<del>Phase one has 1,800 cameras.</del>"), "{changed}");
    assert!(
        changed.contains("<ins>Phase one has 900 cameras.</ins>") && changed.contains("1 paragraph is gone, 1 is new.")
    );
    let twin = site.json(&format!("/capture/{id}/difference.json"));
    assert_eq!((&twin["parts"][0]["change"], &twin["before"]["id"]), (&"gone".into(), &id.as_str().into()));
    let named = format!("/capture/{id}/difference.json?with={}", twin["after"]["id"].as_str().unwrap_or_default());
    assert_eq!(site.json(&named)["parts"], twin["parts"]);
    assert_eq!(site.get(&format!("/capture/{id}/difference?with=e9-9")).status, 404);
    assert_eq!(site.get(&format!("/capture/{id}/difference?with=x")).status, 400);
}

#[test]
fn the_very_bytes_are_downloads_of_another_origin_and_files_of_others_are_not_given_out() {
    let (atlas, web) = (Atlas::new().file("note.txt", "A private note."), Web::new());
    let rows = told(&capture(&atlas, &web, &["/page"]).code(0), &web);
    atlas.run(["capture", "note.txt"]).code(0);
    let originals = Site::run(&atlas, &["serve", "atlas", "--evidence", "127.0.0.1:0"]);
    let answer = originals.get(&format!("/{}.warc.gz", rows[0].3));
    assert_eq!((answer.status, &answer.body), (200, &std::fs::read(blob(&atlas, &rows[0].3)).unwrap()));
    for (name, part) in [
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("content-disposition", "attachment; filename=\""),
        ("content-type", "application/octet-stream"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert!(answer.header(name).contains(part), "{name}: {}", answer.header(name));
    }
    for path in [
        format!("/{}.warc.gz", Digest::of(b"A private note.")),
        format!("/{}", rows[0].3),
        "/".into(),
        "/..%2fatlas.toml".into(),
        "/log/checkpoint".into(),
    ] {
        let refused = originals.get(&path);
        assert_eq!(refused.status, 404, "{path}");
        assert!(refused.header("content-security-policy").contains("sandbox"), "{path}");
    }
}

/// Programs that others wrote, in a Python environment that `COUNTERATLAS_JUDGES` names: warcio and wacz.
#[test]
fn others_programs_take_what_we_keep_and_pack() {
    let (atlas, web) = (Atlas::new(), Web::new());
    let paths =
        ["/moved", "/gzip", "/br", "/zstd", "/chunked", "/gbk", "/big5", "/utf16", "/bot", "/gone", "/cut", "/circle"];
    let rows = told(&capture(&atlas, &web, &paths).code(1), &web);
    atlas.run(["evidence", "all.wacz"]).code(0).stderr_has("packed 12 captures");
    atlas.run(["evidence", "all.wacz"]).code(2).stderr_has("can't make `all.wacz`");
    atlas.run(["evidence", "none.wacz", "r-1"]).code(2).stderr_has("there is no source, item, link or story `r-1`");
    // Our own reader takes it back.
    atlas.run(["capture", "all.wacz"]).code(0).stdout_has("given");
    let Some(judges) = std::env::var_os("COUNTERATLAS_JUDGES").map(std::path::PathBuf::from) else {
        println!("SKIPPED: `COUNTERATLAS_JUDGES` names no Python environment with warcio and wacz, so neither judged");
        return;
    };
    let judge = |program: &str, words: &[&std::ffi::OsStr]| {
        let output = Command::new(judges.join("bin").join(program)).args(words).current_dir(atlas.path("")).output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {words:?}: {said}");
        said
    };
    for (_, _, _, digest) in &rows {
        // `warcio check` knows files by their ending.
        let copy = atlas.path(&format!("{digest}.warc.gz"));
        std::fs::copy(blob(&atlas, digest), &copy).unwrap();
        let said = judge("warcio", &["check".as_ref(), "-v".as_ref(), copy.as_os_str()]);
        assert!(!said.contains("fail") && said.contains("digest pass"), "{said}");
    }
    judge("wacz", &["validate".as_ref(), "-f".as_ref(), "all.wacz".as_ref()]);
    println!("{} files passed `warcio check`, and the package `wacz validate`", rows.len());
}
