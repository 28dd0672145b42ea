//! Captures through the program: a small web of our own is kept, graded, looked at again, and comes back from a backup.

mod bombs;
mod bundle;
mod canary;
mod destroyed;
mod given;
mod shown;
mod sinkhole;
mod stamps;
mod web;

use std::path::PathBuf;

use ledger::archive::{Digest, warc};
use model::CaptureText;

use crate::atlas::{Atlas, Ran};
use web::Web;

const ASKED: [&str; 7] = ["--pause", "0", "--patience", "0", "--tries", "3", "--quiet"];

/// Runs `capture` or `recheck` on the test web.
fn run(atlas: &Atlas, web: &Web, command: &str, words: &[&str]) -> Ran {
    let address = web.address();
    let all = [&[command][..], words, &ASKED, &["--test-web", &address]].concat();
    atlas.run(all)
}

fn capture(atlas: &Atlas, web: &Web, paths: &[&str]) -> Ran {
    let urls: Vec<String> = paths.iter().map(|path| web.url(path)).collect();
    run(atlas, web, "capture", &urls.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What was printed, by path: grade, reason, digest.
fn told(ran: &Ran, web: &Web) -> Vec<(String, String, String, Digest)> {
    let base = web.url("");
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, grade, reason, digest, url] = cells[..] else { panic!("{line}") };
        let path = url.strip_prefix(&base).unwrap_or(url).to_owned();
        (path, grade.to_owned(), reason.to_owned(), Digest::parse(digest).expect("a digest"))
    };
    let mut rows: Vec<_> = ran.out().lines().map(row).collect();
    rows.sort();
    rows
}

fn blob(atlas: &Atlas, digest: &Digest) -> PathBuf {
    let digits = digest.to_string();
    atlas.path("atlas/captures").join(&digits[..2]).join(&digits[2..])
}

/// The records of a kept WARC: kind and address.
fn records(atlas: &Atlas, digest: &Digest) -> Vec<warc::Record> {
    let bytes = std::fs::read(blob(atlas, digest)).expect("it is kept");
    warc::Records::new(&bytes, warc::Limits::default()).map(|record| record.expect("it is whole").record).collect()
}

/// All texts in the archive.
fn texts(atlas: &Atlas) -> Vec<CaptureText> {
    let mut all = Vec::new();
    crate::atlas::read_below(&atlas.path("atlas/captures"), &mut all);
    all.iter().filter_map(|(_, bytes)| CaptureText::from_bytes(bytes)).collect()
}

#[test]
fn a_page_is_kept_with_all_it_loads_and_comes_back_from_a_backup() {
    let (atlas, web) = (Atlas::new(), Web::new());
    let ran = capture(&atlas, &web, &["/moved"]).code(0);
    let rows = told(&ran, &web);
    assert_eq!((rows[0].1.as_str(), rows[0].2.as_str()), ("complete", "whole"));
    let records = records(&atlas, &rows[0].3);
    let kept: Vec<&str> = records
        .iter()
        .filter(|r| r.kind() == "response")
        .map(|r| r.target().trim_start_matches(&web.url("")))
        .collect();
    let expected =
        ["/moved", "/page", "/robots.txt", "/picture.png", "/style.css", "/large.png", "/more.css", "/back.png"];
    assert_eq!(kept, expected);
    assert_eq!(records.iter().filter(|record| record.kind() == "request").count(), expected.len());
    assert!(records.iter().all(|r| r.kind() != "response" || r.fields.get("WARC-IP-Address") == Some("127.0.0.1")));
    let text = &texts(&atlas)[0];
    assert_eq!((text.title(), text.language()), ("Cameras for the city", "en"));
    assert!(text.find("The city bought 1,800 cameras in 2017.").is_some());

    atlas.run(["verify"]).code(0).stderr_has("the archive holds 2 pieces of 1 captures");
    atlas.run(["backup", "copy.tar"]).code(0);
    atlas.program(["restore", "copy.tar", "again"]).code(0);
    atlas.program(["verify", "again"]).code(0).stderr_has("the archive holds 2 pieces of 1 captures");
    let path = blob(&atlas, &rows[0].3);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    atlas.run(["verify"]).code(1).stderr_has("do not have the digest");
    atlas.run(["backup", "second.tar"]).code(2).stderr_has("not sound");
    std::fs::remove_file(&path).unwrap();
    atlas.run(["verify"]).code(1).stderr_has("are not here");
    bytes[100] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
}

#[test]
fn every_kind_of_page_gets_the_grade_that_it_deserves() {
    let (atlas, web) = (Atlas::new(), Web::new());
    let expected = [
        ("/big5", "complete", "whole"),
        ("/bomb", "error", "empty"),
        ("/bot", "wall", "bot"),
        ("/br", "complete", "whole"),
        ("/chunked", "complete", "whole"),
        ("/circle", "error", "redirects"),
        ("/consent", "wall", "consent"),
        ("/cut", "partial", "cut"),
        ("/disallowed", "complete", "whole"),
        ("/flaky", "complete", "whole"),
        ("/gbk", "complete", "whole"),
        ("/gone", "error", "gone"),
        ("/gzip", "complete", "whole"),
        ("/lacking", "partial", "requisites"),
        ("/login", "wall", "login"),
        ("/shell", "partial", "shell"),
        ("/soft-404", "error", "soft-404"),
        ("/utf16", "complete", "whole"),
        ("/zstd", "complete", "whole"),
    ];
    let ran = capture(&atlas, &web, &expected.map(|(path, _, _)| path)).code(1);
    let rows = told(&ran, &web);
    let got: Vec<(&str, &str, &str)> =
        rows.iter().map(|(path, grade, reason, _)| (path.as_str(), grade.as_str(), reason.as_str())).collect();
    assert_eq!(got, expected);
    assert_eq!(web.asked("/flaky"), 3);
    let texts = texts(&atlas);
    for words in [
        "packed by gzip",
        "packed by brotli",
        "packed by zstd",
        "sent in chunks",
        "北京市公安局视频监控系统",
        "臺北市政府警察局監視系統",
        "Überwachung in Köln",
    ] {
        assert_eq!(texts.iter().filter(|text| text.find(words).is_some()).count(), 1, "{words}");
    }
}

#[test]
fn nobody_is_led_inward_and_nobody_learns_who_asks() {
    let (atlas, web) = (Atlas::new(), Web::new());
    let ran = capture(&atlas, &web, &["/inward", "/aside", "/echo"]).code(1);
    let rows = told(&ran, &web);
    let got: Vec<(&str, &str)> = rows.iter().map(|(path, _, reason, _)| (path.as_str(), reason.as_str())).collect();
    assert_eq!(got, [("/aside", "refused"), ("/echo", "whole"), ("/inward", "refused")]);
    // What led there is kept, and nothing from where it led.
    assert_eq!(records(&atlas, &rows[2].3).iter().filter(|record| record.kind() == "response").count(), 1);
    let text = texts(&atlas).remove(0);
    assert!(text.body().contains("User-Agent: Mozilla/5.0") && !text.body().to_lowercase().contains("cookie"));
    for url in ["http://127.0.0.1:1/", "http://localhost/", "http://2130706433/", "ftp://example.org/", "http://[::1]/"]
    {
        run(&atlas, &web, "capture", &[url]).code(1).stdout("").stderr_has("could not be captured");
    }
    // Without the exception for tests its own machine is closed too, and a log with a real name takes no exception.
    atlas.run(["capture", &web.url("/page")]).code(1).stderr_has("refused").stdout("");
    atlas.program(["init", "real", "--origin", "atlas.example.org/log"]).code(0);
    let words = ["capture", "real", &web.url("/page"), "--test-web", &web.address()];
    atlas.program(words).code(2).stderr_has("is for tests");
    atlas.run(["capture", "http://x.example/", "--test-web", "192.0.2.1:80"]).code(2).stderr_has("is for tests");
    assert_eq!(web.asked("/page"), 0);
}

/// An atlas with a source for each of these paths: `r-1`, `r-2` …
fn with_sources(web: &Web, paths: &[&str]) -> Atlas {
    let mut table = "id,title,publisher,published_on,language,kind,reports_on,url,note\n".to_owned();
    for (number, path) in paths.iter().enumerate() {
        table += &format!("r-{},Source,Publisher {number},2020,en,news,,{},\n", number + 1, web.url(path));
    }
    let atlas = Atlas::new().file("facts/sources.csv", table);
    atlas.run(["import", "facts"]).code(0);
    atlas
}

#[test]
fn what_is_looked_at_again_is_found_unchanged_changed_gone_walled_or_silent() {
    let web = Web::new();
    let atlas = with_sources(&web, &["/clock", "/changing", "/vanishing", "/walling", "/dying"]);
    run(&atlas, &web, "capture", &["--all"]).code(0);
    run(&atlas, &web, "capture", &["--all"]).code(0).stdout("");
    let ran = run(&atlas, &web, "recheck", &[]).code(1).stderr_has("looked at 5 addresses again");
    let out = ran.out();
    let mut found: Vec<(&str, &str)> = out
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|cells| cells[2].starts_with("r-"))
        .map(|cells| (cells[2], cells[1]))
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [("r-1", "unchanged"), ("r-2", "changed"), ("r-3", "gone"), ("r-4", "walled"), ("r-5", "unanswered")]
    );
    let texts = texts(&atlas);
    assert!(texts.iter().any(|text| text.find("1,800 cameras").is_some()));
    assert!(texts.iter().any(|text| text.find("900 cameras").is_some()));
    run(&atlas, &web, "recheck", &["--older-than", "1"]).code(0).stderr_has("looked at 0 addresses");
    run(&atlas, &web, "recheck", &["r-1"]).code(0).stderr_has("looked at 1 addresses");
    run(&atlas, &web, "recheck", &["r-9"]).code(2).stderr_has("there is no source `r-9`");
}

#[test]
fn what_a_run_did_not_come_to_is_gone_on_with() {
    let web = Web::new();
    let atlas = with_sources(&web, &["/page", "/clock"]);
    atlas.put("atlas/capture-backlog.tsv", format!("r-2\t{}\n", web.url("/clock")));
    let ran = run(&atlas, &web, "capture", &[]).code(0).stderr_has("going on with 1 addresses");
    assert_eq!(told(&ran, &web)[0].0, "/clock");
    assert!(!atlas.path("atlas/capture-backlog.tsv").exists());
    run(&atlas, &web, "capture", &[]).code(2).stderr_has("nothing is left from before");
    let ran = run(&atlas, &web, "capture", &["--all"]).code(0);
    assert_eq!(told(&ran, &web)[0].0, "/page");
    run(&atlas, &web, "capture", &["r-1"]).code(0);
    run(&atlas, &web, "capture", &["r-7"]).code(2).stderr_has("there is no source `r-7`");
}

#[test]
fn files_are_kept_as_they_are_and_broken_archives_are_not_taken() {
    let (atlas, web) = (with_sources(&Web::new(), &["/page"]), Web::new());
    let rows = told(&capture(&atlas, &web, &["/page"]).code(0), &web);
    let file = std::fs::read(blob(&atlas, &rows[0].3)).unwrap();
    atlas.put("given/page.warc.gz", &file);
    atlas.put("given/cut.warc.gz", &file[..file.len() - 9]);
    atlas.put("given/note.txt", "A note about cameras.");
    atlas.put("given/odd.bin", b"\0\x01\x02");
    let words = ["capture", "given/page.warc.gz", "given/cut.warc.gz", "given/note.txt", "given/odd.bin"];
    let ran = atlas.run(words.into_iter().chain(["--source", "r-1"])).code(1);
    let ran = ran.stderr_has("`given/cut.warc.gz` was not taken: it can't be read: at byte");
    let digests: Vec<&str> = ran.out().lines().map(|line| line.split('\t').nth(3).unwrap()).map(|_| "").collect();
    assert_eq!(digests.len(), 3, "{}", ran.out());
    for name in ["page.warc.gz", "note.txt", "odd.bin"] {
        let bytes = std::fs::read(atlas.path("given").join(name)).unwrap();
        assert!(blob(&atlas, &Digest::of(&bytes)).exists(), "{name}");
    }
    assert!(!blob(&atlas, &Digest::of(&file[..file.len() - 9])).exists());
    atlas.run(["capture", "given/none.pdf"]).code(2).stderr_has("neither an address nor a file nor a source");
}

#[test]
fn archives_that_others_made_are_taken_whole_and_refused_cut() {
    let folder = crate::tidy::root().join("../shared/data/warc-samples");
    let samples = ["example.warc", "example.warc.gz", "valid_example_1.wacz"];
    if samples.iter().any(|name| !folder.join(name).exists()) {
        println!("SKIPPED: `{}` holds no samples, so no foreign archive was tried", folder.display());
        return;
    }
    let atlas = Atlas::new();
    for name in samples {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        atlas.put(name, &bytes);
        atlas.run(["capture", name]).code(0).stdout_has("example.com/");
        for part in 1..6 {
            let cut = format!("cut-{part}-{name}");
            atlas.put(&cut, &bytes[..bytes.len() * part / 6]);
            let refused = atlas.run(["capture", &cut]).code(1).stdout("");
            let refused = refused.stderr_has(&format!("`{cut}` was not taken: it can't be read: "));
            refused.stderr_has(if name.ends_with("wacz") { "no whole ZIP file" } else { "at byte " });
        }
    }
}
