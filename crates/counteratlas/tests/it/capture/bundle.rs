//! Evidence bundles as a stranger gets them: read without a script, checked with `sha256sum` and Python alone.

use std::path::Path;
use std::process::Command;

use super::run;
use super::shown::{facts_at, quote};
use super::web::Web;
use crate::atlas::{Atlas, read_below};

/// What `sha256sum -c` says of a folder.
fn sums(folder: &Path) -> bool {
    let done =
        Command::new("sha256sum").args(["--check", "--strict", "--quiet", "SHA256SUMS"]).current_dir(folder).output();
    done.expect("coreutils are there").status.success()
}

/// What the bundle's own script says, run where there is nothing else of ours.
fn check(folder: &Path, key: &str) -> Result<String, String> {
    let done =
        Command::new("python3").args(["-I", "-B", "-c", RUN]).arg(folder).arg(key).output().expect("python3 runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if done.status.success() { Ok(text(&done.stdout)) } else { Err(text(&done.stderr)) }
}

/// The folder is where the script finds its other half.
const RUN: &str = "import sys; sys.path.insert(0, sys.argv[1]); import check; \
    sys.argv = ['check.py', '--key', sys.argv[2], '--folder', sys.argv[1]]; sys.exit(check.main())";

/// An atlas with a quoted page, a picture that was given, and a page that nothing cites.
fn atlas(web: &Web) -> Atlas {
    let atlas = facts_at(web, "/changing");
    quote(&atlas, "Phase one has 1,800 cameras.");
    run(&atlas, web, "capture", &["paper"]).code(0);
    run(&atlas, web, "capture", &[&web.url("/page")]).code(0);
    atlas
}

#[test]
fn a_stranger_checks_a_bundle_without_us_and_finds_every_changed_file() {
    let web = Web::new();
    let atlas = atlas(&web);
    let key = std::fs::read_to_string(atlas.path("atlas/log/key.pub")).expect("a key");
    let done = atlas.run(["evidence", "all", "--plain"]).code(0).stderr_has("packed 2 captures");
    let folder = atlas.path("all");
    assert!(sums(&folder));
    let said = check(&folder, key.trim()).expect("it holds");
    assert!(said.contains("3 proofs, 4 files named in the log"), "{said}");
    let digest = ledger::archive::Digest::of(&std::fs::read(folder.join("SHA256SUMS")).unwrap());
    assert_eq!(done.out(), format!("{digest}\n"));

    let mut files = Vec::new();
    read_below(&folder, &mut files);
    files.sort();
    for (path, good) in &files {
        let mut bad = good.clone();
        let at = bad.len() / 2;
        bad[at] ^= 1;
        std::fs::write(path, &bad).unwrap();
        assert!(!sums(&folder) || path.ends_with("SHA256SUMS"), "{}", path.display());
        assert!(check(&folder, key.trim()).is_err(), "{}", path.display());
        // Whoever makes the list of digests anew still can't make the log name other bytes.
        let named = path.parent().is_some_and(|folder| folder.ends_with("texts") || folder.ends_with("fetched"));
        if named || path.extension().is_some_and(|ending| ending == "tlog-proof") {
            relist(&folder);
            assert!(sums(&folder) && check(&folder, key.trim()).is_err(), "{}", path.display());
        }
        std::fs::write(path, good).unwrap();
        relist(&folder);
        assert!(check(&folder, key.trim()).is_ok(), "{}", path.display());
    }
    println!("{} files of a bundle, each changed and found", files.len());
    std::fs::write(folder.join("texts/more.text"), "Not ours.").unwrap();
    assert!(check(&folder, key.trim()).is_err_and(|said| said.contains("does not belong")));
    relist(&folder);
    assert!(check(&folder, key.trim()).is_err_and(|said| said.contains("nothing proves `texts/more.text`")));
    let other = "example.invalid/log+00000000+AQ==";
    assert!(check(&folder, other).is_err());
}

/// Writes SHA256SUMS anew, as a forger would.
fn relist(folder: &Path) {
    let list = "find . -type f ! -name SHA256SUMS -printf '%P\\n' | sort | xargs -d '\\n' sha256sum > SHA256SUMS";
    assert!(Command::new("sh").args(["-c", list]).current_dir(folder).status().expect("sh runs").success());
}

#[test]
fn a_bundle_is_of_a_record_or_a_filter_and_its_pages_read_without_a_script() {
    let web = Web::new();
    let atlas = atlas(&web);
    atlas.run(["evidence", "one.zip", "paper", "--plain"]).code(0).stderr_has("packed 1 captures");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(atlas.path("one.zip")).unwrap()).unwrap();
    let mut read = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    let index = read("index.html");
    assert!(index.contains("1 capture<") && !index.contains("<script"), "{index}");
    let page = index.split("href=\"captures/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = read(&format!("captures/{page}"));
    assert!(page.contains("<mark id=\"at-0\">Phase one has 1,800 cameras.</mark>"), "{page}");
    assert!(page.contains("href=\"../proofs/e") && page.contains("script-src 'none'"), "{page}");
    assert!(read("README.txt").contains("sha256sum -c SHA256SUMS"));
    let link = atlas.run(["export"]).out();
    let link = link.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let link = link
        .filter(|line| line["record"] == "link" && line.to_string().contains("\"paper\""))
        .map(|line| line["id"].as_str().unwrap().to_owned())
        .next()
        .expect("a link that cites it");
    atlas.run(["evidence", "link", &link, "--plain"]).code(0).stderr_has("packed 1 captures");
    atlas.run(["evidence", "filtered.wacz", "--filter", "source=paper"]).code(0).stderr_has("packed 1 captures");
    atlas.run(["evidence", "zh", "--filter", "source=paper", "--plain", "--lang", "zh"]).code(0);
    assert!(std::fs::read_to_string(atlas.path("zh/index.html")).unwrap().contains("如何核查"));
    atlas.run(["evidence", "none", "--filter", "suply=x", "--plain"]).code(2).stderr_has("has no meaning");
    atlas
        .run(["evidence", "none", "nobody", "--plain"])
        .code(2)
        .stderr_has("there is no source, item, link or story `nobody`");
    atlas.run(["evidence", "zh", "--plain"]).code(2).stderr_has("it is there already");
}
