//! What a source's page says of the archive: when, how good, and whether it still says so.

use super::{ask, state};

/// A page of the invented atlas.
fn page(address: &str) -> String {
    ask(&state(), "GET", address, &[]).body
}

#[test]
fn a_source_s_page_tells_what_is_held_and_that_it_is_gone() {
    let shown = page("/source/news-2019");
    for words in [
        "What the archive holds",
        "partial",
        "Fetched <time datetime=\"2026-11-20T03:04:05Z\">20 November 2026 03:04:05 UTC</time>",
        "some of what the page loads did not come",
        "Gone on <time datetime=\"2026-11-22T00:00:00Z\">22 November 2026 00:00:00 UTC</time>",
        "5 asked for, 2 did not come",
        "not to read this page; we asked for it as a reader would",
        "192.0.2.7",
        &"a1".repeat(32),
        &"d4".repeat(32),
        "/verify/e0-",
    ] {
        assert!(shown.contains(words), "no `{words}` in {shown}");
    }
    // The latest finding stands first, and once more with the capture it is about.
    assert_eq!(shown.matches("Gone on").count(), 2);
    assert_eq!(shown.matches("it still says so").count(), 1);
    let chinese = page("/zh/source/news-2019");
    for words in ["存档所藏", "不完整", "发现页面已消失", "请求 5 项，其中 2 项未取得"] {
        assert!(chinese.contains(words), "no `{words}`");
    }
    assert!(!page("/source/register").contains("What the archive holds"));
}

#[test]
fn its_twin_says_the_same_in_fields() {
    let twin: serde_json::Value = serde_json::from_str(&page("/source/news-2019.json")).unwrap();
    let capture = &twin["captures"][0];
    assert_eq!(capture["grade"], "partial");
    assert_eq!(capture["kept"]["sha256"], "a1".repeat(32));
    assert_eq!(capture["kept"]["length"], 1234);
    assert_eq!(capture["rechecks"][1]["found"], "gone");
    assert_eq!(capture["robots"], "disallowed");
}
