//! Search on a served atlas: what was redacted through the ledger is gone from every way to ask at once.

use crate::atlas::Atlas;
use crate::redact::claim;
use crate::site::Site;

const SOURCES: &str = "id,title,publisher,published_on,language,kind,reports_on,url,note\n\
    s,A report,A paper,2020,en,news,,,\n";

/// A company with a name and a text that are to be redacted.
const ENTITIES: &str = "id,kind,name,name_zh,aliases,country,city,parent,description,sources,collective,identifiers\n\
    maker,company,Maker Ltd,制造者,Quillfeather Optics,KE,,,Keeps a depot in Brandywhistle Street.,s,,\n\
    other,company,Other Ltd,,,KE,,,Makes lamps.,s,,\n";

/// Every way to ask, each with what a reader would type.
fn ways(words: &[&str]) -> Vec<String> {
    let word = |word: &str| {
        let first: String = word.chars().take(6).collect();
        [
            format!("/search.json?q={word}"),
            format!("/search.json?q=%22{word}%22&group=items"),
            format!("/search.json?q={first}*"),
            format!("/search?q={word}&explain=1"),
            format!("/zh/search?q={word}"),
            format!("/suggest?q={first}"),
            format!("/reconcile/suggest/entity?prefix={first}"),
            format!("/reconcile?queries=%7B%22q%22%3A%7B%22query%22%3A%22{word}%22%7D%7D"),
            format!("/links.json?q={word}"),
            format!("/path?from={word}&to=other"),
        ]
    };
    words.iter().flat_map(|one| word(one)).collect()
}

#[test]
fn a_redacted_name_and_text_are_found_suggested_and_matched_no_longer() {
    let atlas = Atlas::new().file("facts/sources.csv", SOURCES).file("facts/entities.csv", ENTITIES);
    atlas.run(["import", "facts"]).code(0);
    let ids = ["Quillfeather Optics", "Brandywhistle Street"].map(|words| claim(&atlas, words));
    let site = Site::of(&atlas);
    let found = |way: &str| site.get(way).text().replace("\": ", "\":");
    assert!(found("/search.json?q=quillfeather").contains("\"maker\""));
    assert!(found("/search.json?q=brandywhistle").contains("\"maker\""));
    assert!(found("/suggest?q=quillf").contains("\"maker\""));
    assert!(found("/reconcile/suggest/entity?prefix=quillf").contains("\"maker\""));
    atlas.run(["redact", &ids[0], &ids[1], "--reason", "court-order", "--notice", "notice-1"]).code(0);
    // The edition that shows the redaction is the one that answers from then on.
    site.until("/index.json", "\"number\": 2");
    for way in ways(&["quillfeather", "brandywhistle"]) {
        let text = found(&way).to_lowercase();
        // What was asked is told again; nothing else may hold it, and the item is no answer.
        assert!(!text.contains("feather optics") && !text.contains("whistle street"), "{way}: {text}");
        assert!(!text.contains("/item/maker") && !text.contains("\"id\":\"maker\""), "{way}: {text}");
    }
    assert!(found("/search.json?q=maker").contains("\"maker\""), "what was not redacted is found as before");
}
