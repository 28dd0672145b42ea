//! Hostile words on every page that shows words: they add no element and no attribute.

use scraper::{Html, Node};

use super::*;

/// Ways out of text, attributes, titles, comments and addresses.
const WORDS: [&str; 14] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><svg onload=alert(1)>",
    "--><iframe src=//evil.example>",
    "<![CDATA[<a href=javascript:alert(1)>]]>",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "\u{202e}txt.exe\u{2066}",
    "&lt;script&gt;&#x3c;script&#x3e;",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "%3Cscript%3E\u{fffd}\u{0}",
];

/// Every element with the names of its attributes, in order.
fn skeleton(html: &str) -> Vec<String> {
    let parsed = Html::parse_document(html);
    let nodes = parsed.tree.nodes().filter_map(|node| match node.value() {
        Node::Element(element) => {
            let mut names: Vec<&str> = element.attrs().map(|(name, _)| name).collect();
            names.sort_unstable();
            Some(format!("{} {}", element.name(), names.join(" ")))
        }
        Node::Comment(_) => Some("comment".to_owned()),
        _ => None,
    });
    nodes.collect()
}

/// All pages that show what somebody wrote, with these words everywhere.
fn pages(words: &str) -> Vec<(String, Vec<String>)> {
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Editor]);
    let other = trial.user("other", &[Role::Editor, Role::Admin]);
    // An account's name holds nothing that can't be seen; the letters around it keep it a name.
    let seen = |c: &char| !c.is_control() && names::hidden_character(&c.to_string()).is_none();
    let name: String = words.chars().filter(seen).take(40).collect();
    other.post("/accounts", &[("name", &format!("a{name}z")), ("role", "editor")]);
    let draft = author.begin(&format!("a{words}z"));
    let row = [
        ("base", "1"),
        ("id", "news-1"),
        ("title", words),
        ("publisher", words),
        ("kind", "news"),
        ("url", "https://paper.example/"),
        ("note", words),
    ];
    author.post(&format!("{draft}/row/sources"), &row);
    let broken = [("base", "2"), ("id", words), ("kind", words), ("name", "Some Cameras"), ("sources", "news-1")];
    author.post(&format!("{draft}/row/entities"), &broken);
    other.post(&format!("{draft}/comment"), &[("text", &format!("a{words}z"))]);
    let late = author.post(&format!("{draft}/row/sources"), &[("base", "1"), ("id", "late"), ("title", words)]);
    let beside = late.header("location").to_owned();
    assert!(beside.contains("/beside/"), "{beside}");
    let query: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
    let paths = [
        (&author, "/".to_owned()),
        (&author, draft.clone()),
        (&author, beside),
        (&author, format!("{draft}/row/sources/0")),
        (&author, format!("{draft}/row/entities/0")),
        (&author, format!("{draft}/row/sources?title={query}&kind={query}")),
        (&author, format!("/find?q={query}&about={query}")),
        (&author, format!("/drafts?state={query}&author={query}&page={query}&said={query}")),
        (&author, format!("/zh/{query}")),
        (&other, "/accounts".to_owned()),
        (&other, "/acts".to_owned()),
    ];
    let page = |(user, path): (&User<'_>, String)| (path.clone(), skeleton(&user.get(&path).text));
    paths.map(page).into()
}

#[test]
fn hostile_words_leave_every_page_with_the_elements_and_attributes_of_plain_ones() {
    let plain = pages("plain words");
    assert!(plain.iter().all(|(_, elements)| elements.len() > 20));
    for words in WORDS {
        for ((_, expected), (path, got)) in plain.iter().zip(pages(words)) {
            let differs = expected.iter().zip(&got).position(|(a, b)| a != b);
            assert_eq!(*expected, got, "{words} at {path}: element {differs:?}");
        }
    }
}
