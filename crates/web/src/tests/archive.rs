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

/// The service, with words behind every capture.
fn with_words(words: &str) -> std::sync::Arc<crate::WebState> {
    let edition = std::sync::Arc::new(super::atlas::quoted());
    let state = crate::WebState::new(edition, crate::Assets::new(std::iter::empty()));
    std::sync::Arc::new(state.with_texts(std::sync::Arc::new(super::atlas::Held(words.to_owned()))))
}

#[test]
fn the_words_of_a_capture_are_shown_with_what_is_quoted_and_nothing_of_them_runs() {
    let id = super::atlas::a_capture();
    let shown = ask(&with_words("<script>alert(1)</script> & 7"), "GET", &format!("/capture/{id}"), &[]).body;
    assert!(shown.contains("<p>Before. <mark id=\"at-8\">Harare has cameras.</mark></p>"), "{shown}");
    assert!(
        shown.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; 7") && !shown.contains("<script>alert"),
        "{shown}"
    );
    let twin = ask(&with_words("x"), "GET", &format!("/capture/{id}.json"), &[]).body;
    let twin: serde_json::Value = serde_json::from_str(&twin).unwrap();
    let place = &twin["quotes"][0]["place"];
    // "Before. " has 8 characters, the quote 19.
    assert_eq!((place["start"].as_u64(), place["end"].as_u64()), (Some(8), Some(27)));
    assert_eq!((place["prefix"].as_str(), place["suffix"].as_str()), (Some("Before. "), Some("\nx\n")));
    let long = ask(&with_words(&"x".repeat(500_000)), "GET", &format!("/capture/{id}"), &[]).body;
    assert!(long.len() < 50_000 && long.contains("1 more paragraph is not shown here"), "{} bytes", long.len());
    let without = ask(&state(), "GET", &format!("/capture/{id}"), &[]).body;
    assert!(without.contains("No words are held here"), "{without}");
    for missing in ["/capture/e0-0", "/capture/e9-9", "/capture/x"] {
        assert_eq!(ask(&state(), "GET", missing, &[]).status, 404, "{missing}");
    }
}

#[test]
fn a_destroyed_capture_is_told_on_its_page_on_its_source_s_and_behind_evidence() {
    let edition = std::sync::Arc::new(super::atlas::destroyed());
    let state = std::sync::Arc::new(crate::WebState::new(edition, crate::Assets::new(std::iter::empty())));
    let id = super::atlas::a_capture();
    for (address, words) in [
        (format!("/capture/{id}"), "we had no right to show the words"),
        (format!("/verify/{id}"), "notice-&lt;7&gt;"),
        ("/source/news-2019".into(), "What was captured <time datetime=\"2026-11-20T03:04:05Z\">"),
        ("/zh/source/news-2019".into(), "采集的内容已销毁"),
        ("/item/example-cable".into(), "What the archive held of it was destroyed: why"),
    ] {
        let answer = ask(&state, "GET", &address, &[]);
        assert!(answer.body.contains(words), "{address}: {}", answer.body);
        assert_eq!(answer.status == 200, !address.contains(&id), "{address}");
    }
    let twin: serde_json::Value =
        serde_json::from_str(&ask(&state, "GET", "/source/news-2019.json", &[]).body).unwrap();
    assert_eq!((&twin["destroyed"][0]["id"], &twin["destroyed"][0]["reason"]), (&id.into(), &"copyright".into()));
    assert!(twin["captures"].as_array().is_some_and(Vec::is_empty));
}
