//! What a publisher sets is what readers see: name, licence, address; and a new build is a new version of every page.

use std::collections::BTreeMap;
use std::sync::Arc;

use ui::Imprint;

use super::{ask, edition};
use crate::{Assets, Setup, WebState};

fn published(build: u32) -> Arc<WebState> {
    let imprint = Imprint {
        name: "Register of X".into(),
        names: BTreeMap::from([("zh-Hans".into(), "某登记册".into())]),
        licence: "ODbL 1.0".into(),
        address: "https://x.example".into(),
    };
    let setup = Setup { imprint, fonts: Vec::new(), build };
    Arc::new(WebState::published_by(setup, Arc::new(edition()), Assets::new(std::iter::empty())))
}

#[test]
fn pages_say_the_publishers_name_and_licence_in_their_language_and_nobody_elses() {
    let state = published(1);
    for (address, name) in [("/about", "Register of X"), ("/zh/about", "某登记册")] {
        let page = ask(&state, "GET", address, &[]).body;
        assert!(page.contains(&format!(" · {name}</title>")), "{address}: {page}");
        assert!(page.matches("ODbL 1.0").count() >= 2, "{address}: footer and text name the licence");
        for strange in ["CC BY", "Counteratlas</title>", "反图集</title>"] {
            assert!(!page.contains(strange), "{address}: {strange}");
        }
    }
}

#[test]
fn where_the_address_is_known_feeds_and_references_between_languages_are_whole() {
    let state = published(1);
    let page = ask(&state, "GET", "/zh/links?country=ZW", &[]).body;
    for link in [
        "<link rel=\"canonical\" href=\"https://x.example/zh/links?country=ZW\">",
        "<link rel=\"alternate\" hreflang=\"en\" href=\"https://x.example/links?country=ZW\">",
    ] {
        assert!(page.contains(link), "{link}: {page}");
    }
    let atom = ask(&state, "GET", "/changes.atom", &[]).body;
    let links = atom.matches("href=\"").count();
    assert!(links > 2 && atom.matches("href=\"https://x.example/").count() == links, "{atom}");
    let feed: serde_json::Value =
        serde_json::from_str(&ask(&state, "GET", "/changes.feed.json", &[]).body).expect("JSON");
    assert_eq!(feed["feed_url"], "https://x.example/changes.feed.json");
    let items = feed["items"].as_array().expect("items");
    let whole =
        |item: &&serde_json::Value| item["url"].as_str().is_some_and(|url| url.starts_with("https://x.example/"));
    assert!(!items.is_empty() && items.iter().filter(whole).count() == items.len(), "{feed}");
}

#[test]
fn a_page_kept_from_another_build_of_the_program_is_out_of_date() {
    let etag = |build| ask(&published(build), "GET", "/about", &[]).headers["etag"].clone();
    assert_eq!(etag(1), etag(1));
    assert_ne!(etag(1), etag(2));
}
