//! Several hundred forbidden addresses in a network where every address answers: none of them sees a connection.

use std::process::Command;

use crate::atlas::{Atlas, PROGRAM};

const SINKHOLE: &str = include_str!("sinkhole.py");

#[test]
fn no_spelling_redirect_picture_or_name_leads_to_a_forbidden_address() {
    let atlas = Atlas::new().file("sinkhole.py", SINKHOLE);
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "python3", "-B", "sinkhole.py", PROGRAM, "atlas"]);
    let output = command.current_dir(atlas.path("")).output().expect("unshare runs");
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("unshare failed") || said.contains("Operation not permitted") {
        println!("SKIPPED: no network of one's own here ({}), so forbidden addresses were not tried", said.trim());
        return;
    }
    assert!(output.status.success(), "{said}");
    let counts: serde_json::Value = serde_json::from_slice(&output.stdout).expect("counts as JSON");
    println!("{counts}");
    let number = |key: &str| counts[key].as_u64().unwrap_or_default();
    assert!(number("spellings") >= 300, "{counts}");
    // That the fetcher can be seen at all: the page and its robots.txt, by number and by name.
    assert_eq!((number("control"), counts["kept"]["control"].as_u64()), (4, Some(2)), "{counts}");
    assert_eq!((number("typed"), counts["kept"]["typed"].as_u64()), (0, Some(0)), "{counts}");
    assert_eq!(counts["forbidden"].as_array().map(Vec::len), Some(0), "{counts}");
    // The kernel counted no connection that our servers did not see.
    assert_eq!(number("opened"), number("connections"), "{counts}");
    assert_eq!(counts["kept"]["redirects"].as_u64(), Some(number("redirects")), "{counts}");
    assert_eq!(counts["kept"]["pictures"].as_u64(), Some(1), "{counts}");
    // A name that changed its answer was asked again, and the second answer was not gone to.
    assert_eq!((number("rebound"), counts["kept"]["names"].as_u64()), (20, Some(20)), "{counts}");
}
