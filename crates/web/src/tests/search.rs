//! Search and suggestions as readers and programs ask for them.

use std::sync::Arc;

use serde_json::Value;

use super::{ask, post_form, state};

fn json(address: &str) -> Value {
    let answer = ask(&state(), "GET", address, &[]);
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

fn ids(found: &Value) -> Vec<&str> {
    found["results"].as_array().expect("a list").iter().map(|r| r["id"].as_str().expect("an id")).collect()
}

#[test]
fn every_group_is_found_and_marked_in_both_languages() {
    let found = json("/search.json?q=vision");
    assert_eq!((&found["totals"]["items"], &found["totals"]["links"]), (&1.into(), &4.into()));
    assert_eq!(ids(&found)[0], "example-vision");
    assert_eq!(found["results"][0]["title"][1]["text"], "Vision");
    assert_eq!(found["results"][0]["title"][1]["found"], true);
    let found = json("/zh/search.json?q=%E7%A4%BA%E4%BE%8B%E8%A6%96%E8%A6%BA"); // 示例視覺, in traditional characters
    assert_eq!(ids(&found)[0], "example-vision");
    assert_eq!(found["results"][0]["url"], "/zh/item/example-vision");
    assert_eq!(ids(&json("/search.json?q=shilishijue"))[0], "example-vision");
    let found = json("/search.json?q=%E6%99%BA");
    assert_eq!((ids(&found), found["results"][0]["group"].as_str()), (vec!["smart-city"], Some("terms")));
}

#[test]
fn stories_are_found_by_their_words_without_the_references_between_them() {
    let found = json("/search.json?q=%22sold+a+smart+city%22");
    assert_eq!((&found["totals"]["stories"], ids(&found)), (&1.into(), vec!["a-story"]));
    let story = &found["results"][0];
    assert_eq!((story["group"].as_str(), story["url"].as_str()), (Some("stories"), Some("/story/a-story")));
    assert_eq!(story["text"][1]["text"], "sold a Smart city");
    assert_eq!(ids(&json("/search.json?q=text:report-2019")), Vec::<&str>::new(), "a reference is no word of the text");
    assert_eq!(ids(&json("/zh/search.json?q=name:story")), ["a-story"]);
}

#[test]
fn a_new_edition_comes_with_its_index_so_that_no_search_waits_for_it() {
    let state = state();
    assert!(state.live().indexed().is_none(), "a small index is made when it is first asked for");
    state.publish(Arc::new(super::edition()));
    assert!(state.live().indexed().is_some());
    assert_eq!(ask(&state, "GET", "/search?q=vision", &[]).status, 200);
}

#[test]
fn a_filter_narrows_and_the_form_keeps_it() {
    let found = json("/search.json?q=vision&category=5g");
    assert_eq!(found["totals"]["links"], 1);
    assert_eq!(found["filter"], "category=5g");
    let page = ask(&state(), "GET", "/search?q=vision&category=5g", &[]).body;
    assert!(page.contains("<input type=\"hidden\" name=\"category\" value=\"5g\">"), "{page}");
    assert!(page.contains("<mark>Vision</mark>"));
}

#[test]
fn the_page_explains_scores_on_request_and_tells_what_was_read_as_what() {
    let found = json("/search.json?q=visoin&explain=1");
    assert_eq!(found["corrections"][0]["typed"], "visoin");
    assert_eq!(found["corrections"][0]["read_as"][0], "vision");
    assert_eq!(found["results"][0]["explanation"]["shares"][0]["by"], "spelling");
    let page = ask(&state(), "GET", "/search?q=visoin&explain=1", &[]).body;
    assert!(page.contains("as the nearest spelling:"), "{page}");
}

#[test]
fn a_form_that_is_posted_is_answered_like_one_that_is_not_and_kept_by_nobody() {
    let posted = post_form(&state(), "/search", &[("q", "vision"), ("group", "links")]);
    let got = ask(&state(), "GET", "/search?q=vision&group=links", &[]);
    assert_eq!((posted.status, &posted.body), (got.status, &got.body));
    assert_eq!(posted.headers["cache-control"], "no-store");
    assert_eq!(got.headers["cache-control"], "private, no-cache");
    let large = post_form(&state(), "/search", &[("q", &"x".repeat(70_000))]);
    assert_eq!(large.status, 413);
    assert_eq!(post_form(&state(), "/links", &[("q", "x")]).status, 405);
}

#[test]
fn what_is_withdrawn_or_unsourced_is_neither_found_nor_suggested() {
    for address in ["/search.json?q=gone", "/search.json?q=id:withdrawn-item", "/suggest?q=gone"] {
        let found = json(address);
        let listed = found.get("results").or(found.get("suggestions")).and_then(Value::as_array).expect("a list");
        assert!(listed.iter().all(|one| one["id"] != "withdrawn-item"), "{address}");
    }
}

#[test]
fn names_are_suggested_in_the_language_asked_for() {
    let suggested = json("/suggest?q=exa&lang=zh-Hans");
    assert_eq!(suggested["suggestions"][0]["id"], "example-vision", "more is known of it than of the cable");
    let one =
        suggested["suggestions"].as_array().expect("a list").iter().find(|s| s["id"] == "example-vision").expect("it");
    assert_eq!((one["name"].as_str(), one["also"].as_str()), (Some("示例视觉"), Some("Example Vision")));
    assert_eq!(one["url"], "/zh/item/example-vision");
    assert_eq!(json("/suggest?q=")["suggestions"].as_array().map(Vec::len), Some(0));
}

#[test]
fn every_page_has_the_box() {
    for (address, action) in [("/about", "/search"), ("/zh/item/example-vision", "/zh/search")] {
        let page = ask(&state(), "GET", address, &[]).body;
        assert!(page.contains(&format!("role=\"search\" method=\"get\" action=\"{action}\"")), "{address}");
    }
}
