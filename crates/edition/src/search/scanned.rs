//! Search against a plain scan, in a small copy of the atlas that `bench/search` measures.

use std::collections::BTreeSet;

use model::Filter;

use super::*;
use crate::tests::{Script, edition_of, vocabulary};

#[path = "../../examples/search/words.rs"]
mod words;
#[path = "../../examples/search/world.rs"]
mod world;

const RECORDS: usize = 2_000;

#[test]
fn chinese_words_names_and_mixed_queries_find_exactly_what_a_scan_finds() {
    let world = world::generate(RECORDS, &vocabulary());
    assert!(world.documents.iter().all(|document| !document.texts.is_empty()));
    let edition = edition_of(Script { operations: world.operations });
    let search = Search::new(&edition);
    let every = Wanted { group: None, skip: 0, take: usize::MAX };
    let (mut checked, mut hits) = (BTreeSet::new(), 0);
    for question in world.questions.iter().filter(|question| !question.scanned.is_empty()) {
        let holds = |document: &&world::Document| question.scanned.iter().all(|part| part.is_in(document));
        let scan: BTreeSet<&str> = world.documents.iter().filter(holds).map(|document| document.id.as_str()).collect();
        let answer = search.find(&edition, &search.query(&question.text), &Filter::default(), every);
        let id = |hit: &Hit| match hit.group {
            Group::Items => edition.item_at(hit.record).id(),
            Group::Links => edition.link_at(hit.record).id(),
            _ => edition.source_at(hit.record).id(),
        };
        let found: BTreeSet<&str> = answer.hits.iter().map(id).collect();
        assert_eq!(found, scan, "{} {}", question.kind, question.text);
        assert_eq!(answer.totals.iter().sum::<usize>(), scan.len());
        checked.insert(question.kind);
        hits += scan.len();
    }
    let kinds = ["chinese name", "chinese word", "mixed", "one character", "phrase"];
    assert_eq!((checked.into_iter().collect::<Vec<_>>().as_slice(), hits > RECORDS), (kinds.as_slice(), true));
}
