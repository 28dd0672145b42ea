//! Hostile texts are inert: whatever a name or a place holds, the page has the same elements and attributes.

use std::sync::Arc;

use proptest::prelude::*;
use scraper::{Html, Node};

use super::{ask, atlas};
use crate::{Assets, WebState};

const PAGES: [&str; 7] = [
    "/",
    "/links",
    "/items",
    "/item/example-vision",
    "/link/vision-supplies-police",
    "/source/news-2019",
    "/zh/item/example-vision",
];

/// Every element with the names of its attributes, in document order.
fn skeletons(words: [&str; 2]) -> Vec<Vec<String>> {
    let edition = Arc::new(atlas::edition_of(&words));
    let state = Arc::new(WebState::new(edition, Assets::new(std::iter::empty())));
    PAGES.iter().map(|page| skeleton(&ask(&state, "GET", page, &[]).body)).collect()
}

fn skeleton(page: &str) -> Vec<String> {
    let document = Html::parse_document(page);
    let elements = document.tree.nodes().filter_map(|node| match node.value() {
        Node::Element(element) => {
            let mut names: Vec<String> = element.attrs().map(|(name, _)| name.to_owned()).collect();
            names.sort();
            Some(format!("{} {}", element.name(), names.join(" ")))
        }
        _ => None,
    });
    elements.collect()
}

#[test]
fn every_page_is_html_without_a_parse_error() {
    let state = Arc::new(WebState::new(Arc::new(atlas::edition()), Assets::new(std::iter::empty())));
    for page in PAGES.iter().chain(&["/glossary", "/about", "/patterns", "/country/ZW", "/nowhere", "/links?from=soon"])
    {
        let document = Html::parse_document(&ask(&state, "GET", page, &[]).body);
        assert!(document.errors.is_empty(), "{page}: {:?}", document.errors);
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("<script>alert(1)</script>".to_owned()),
        Just("\"><img src=x onerror=alert(1)>".to_owned()),
        Just("' onmouseover='alert(1)".to_owned()),
        Just("</title></textarea></style>".to_owned()),
        Just("<svg/onload=alert(1)>".to_owned()),
        Just("]]><!--".to_owned()),
        Just("&lt;b&gt;&#x3c;".to_owned()),
        Just("\u{202e}\u{2066}\u{0}\u{feff}".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        Just("{{7*7}}${7}".to_owned()),
        Just("\u{f0000}\u{f0001}\u{f0002}".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn hostile_words_leave_the_same_skeleton(name in hostile(), place in hostile()) {
        // Names are listed by their letter, and which letters there are is no question of escaping.
        let name = format!("Example Vision {name}");
        let benign = skeletons(["Example Vision", "Harare"]);
        // A blank word may show as nothing at all; that is no question of escaping.
        prop_assume!(!place.trim().is_empty());
        let found = skeletons([&name, &place]);
        for (page, (found, benign)) in PAGES.iter().zip(found.iter().zip(&benign)) {
            prop_assert_eq!(found, benign, "{}", page);
        }
    }
}
