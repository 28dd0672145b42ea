//! Search over a small invented atlas, and against a scan of its texts.

use model::{Filter, FilterKey, GlossaryTerm, LangText, Operation, Stance, Subject, Target, Value};
use proptest::prelude::*;

use super::*;
use crate::tests::{Script, edition_of, id};

const SOURCED: &[(&str, Stance)] = &[("daily", Stance::Supports)];

fn text(script: &mut Script, subject: &str, property: &str, text: &str, lang: &str) {
    let value = Value::Text(LangText::new(text, lang).unwrap());
    script.claim(&Subject::Item(id(subject)), property, value, SOURCED);
}

fn atlas() -> Edition {
    let mut s = Script::default();
    s.source("daily", "The Daily", "news", &[]);
    s.source("bulletin", "The Bulletin", "news", &[]);
    s.source("a", "Editors", "editorial", &[]);
    s.item("hikvision", "company", "Hikvision", "杭州海康威视数字技术股份有限公司");
    text(&mut s, "hikvision", "description", "Makes cameras for smart cities in Nairobi and 重庆.", "en");
    s.item("dahua", "company", "Dahua Technology", "大华股份");
    text(&mut s, "dahua", "alias", "大華技術", "zh-Hant");
    text(&mut s, "dahua", "description", "A maker of video surveillance. Surveillance by video was tried first.", "en");
    s.item("zvezda", "company", "Завод «Звезда»", "");
    s.item("kenya-police", "public-body", "Kenya Police", "肯尼亚警察");
    text(&mut s, "kenya-police", "description", "No text of a name: Hikvison.", "en");
    s.item("secret", "company", "Canary Unsourced", "");
    s.item("gone", "company", "Canary Withdrawn", "");
    s.item("the-list", "list", "The List", "");
    s.link("sale", "supplies", ("hikvision", "kenya-police"), SOURCED);
    s.link("other-sale", "supplies", ("dahua", "kenya-police"), &[("bulletin", Stance::Supports)]);
    s.link("listing", "listed-on", ("hikvision", "the-list"), &[("bulletin", Stance::Supports)]);
    let unsourced = Value::Text(LangText::new("Canary Nobody", "en").unwrap());
    s.claim(&Subject::Item(id("dahua")), "alias", unsourced, &[]);
    s.operations.push(Operation::Withdraw { target: Target::Item(id("gone")), reason: "a mistake".into() });
    s.operations.push(Operation::Term(GlossaryTerm {
        id: id("smart-city"),
        names: vec![LangText::new("Smart city", "en").unwrap(), LangText::new("智慧城市", "zh-Hans").unwrap()],
        definitions: vec![LangText::new("A city system that joins sensors.", "en").unwrap()],
        category: id("system"),
    }));
    edition_of(s)
}

const ALL: Wanted = Wanted { group: None, skip: 0, take: 100 };

fn ids(edition: &Edition, search: &Search, query: &str, filter: &Filter) -> Vec<String> {
    let answer = search.find(edition, &search.query(query), filter, ALL);
    let name = |hit: &Hit| match hit.group {
        Group::Items => edition.item_at(hit.record).id().to_owned(),
        Group::Links => edition.link_at(hit.record).id().to_owned(),
        Group::Sources => edition.source_at(hit.record).id().to_owned(),
        Group::Stories => edition.story_ids()[hit.record as usize].to_owned(),
        Group::Terms => edition.terms().nth(hit.record as usize).unwrap().id.to_string(),
    };
    answer.hits.iter().map(name).collect()
}

fn check(query: &str, expected: &[&str]) {
    let edition = atlas();
    let search = Search::new(&edition);
    let mut found = ids(&edition, &search, query, &Filter::default());
    found.sort();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn simplified_traditional_pinyin_and_other_scripts_find_the_same() {
    let spellings = [
        "海康威视",
        "海康威視",
        "haikangweishi",
        "hai kang wei shi",
        "HaiKang weishi",
        "Hikvision",
        "ｈｉｋｖｉｓｉｏｎ",
    ];
    for query in spellings {
        check(query, &["hikvision", "listing", "sale"]);
    }
    for query in ["大华", "大華", "大华技术"] {
        check(query, &["dahua", "other-sale"]);
    }
    for query in ["Звезда", "zvezda", "звезда"] {
        check(query, &["zvezda"]);
    }
}

#[test]
fn one_character_is_found_wherever_it_stands() {
    check("视", &["hikvision", "listing", "sale"]);
    check("杭", &["hikvision", "listing", "sale"]);
    check("庆", &["hikvision"]);
    check("警", &["kenya-police", "other-sale", "sale"]);
}

#[test]
fn all_words_have_to_be_there_and_none_that_is_excluded() {
    check("kenya dahua", &["other-sale"]);
    check("kenya -dahua", &["kenya-police", "sale"]);
    check("-kenya -hikvision name:dahua", &["dahua"]);
    check("elephant", &[]);
    check("kenya elephant", &[]);
}

#[test]
fn phrases_keep_their_order_and_plain_words_have_two_numbers() {
    check("\"video surveillance\"", &["dahua"]);
    check("\"surveillance video\"", &[]);
    check("surveillance video", &["dahua"]);
    check("camera", &["hikvision"]);
    check("\"camera\"", &[]);
    check("surv*", &["dahua"]);
    check("\"海康数字\"", &[]);
}

#[test]
fn fields_ask_one_part_of_a_record() {
    check("name:hikvision", &["hikvision", "listing", "sale"]);
    check("text:nairobi", &["hikvision"]);
    check("name:nairobi", &[]);
    check("id:other-sale", &["other-sale"]);
    check("source:\"bulletin\"", &["bulletin", "listing", "other-sale"]);
    check("来源：bulletin kenya", &["other-sale"]);
    check("publisher:editors", &["a"]);
}

#[test]
fn a_slip_in_a_name_is_forgiven_when_nothing_is_spelt_so() {
    let edition = atlas();
    let search = Search::new(&edition);
    check("dahau", &["dahua", "other-sale"]);
    let query = search.query("dahau");
    assert_eq!(search.corrections(&query), [("dahau".to_owned(), vec!["dahua".to_owned()])]);
    // Somebody spelt it so: then that is what is looked for.
    check("hikvison", &["kenya-police"]);
    assert!(search.corrections(&search.query("hikvison")).is_empty());
}

#[test]
fn what_is_withdrawn_or_has_no_evidence_is_never_found() {
    let edition = atlas();
    let search = Search::new(&edition);
    for query in ["canary", "withdrawn", "nobody", "name:canary", "id:gone", "canar*"] {
        let found = ids(&edition, &search, query, &Filter::default());
        assert!(found.iter().all(|id| id == "secret"), "{query}: {found:?}");
    }
    assert!(search.suggest("canary w", 9).is_empty());
}

#[test]
fn a_filter_and_a_query_hold_together_and_the_counts_are_of_both() {
    let edition = atlas();
    let search = Search::new(&edition);
    let filter = |key, value| Filter::default().with(key, value);
    assert_eq!(ids(&edition, &search, "kenya", &filter(FilterKey::Source, "bulletin")), ["kenya-police", "other-sale"]);
    assert_eq!(
        ids(&edition, &search, "", &filter(FilterKey::List, "the-list")),
        ["hikvision", "listing", "sale", "daily", "bulletin"]
    );
    let companies = ids(&edition, &search, "", &filter(FilterKey::ItemKind, "public-body"));
    assert!(companies.contains(&"kenya-police".to_owned()) && !companies.contains(&"hikvision".to_owned()));
    let answer = search.find(&edition, &search.query("kenya"), &Filter::default(), ALL);
    let supplies = edition.choices(FilterKey::Link).iter().position(|t| *t == "supplies").unwrap();
    let counts = search.counts(&edition, &answer, &Filter::default());
    assert_eq!((counts.total, counts.of(FilterKey::Link, supplies)), (2, 2));
}

#[test]
fn pages_of_hits_are_cuts_of_one_order() {
    let edition = atlas();
    let search = Search::new(&edition);
    let query = search.query("kenya");
    let find = |skip, take| {
        let wanted = Wanted { group: Some(Group::Links), skip, take };
        search.find(&edition, &query, &Filter::default(), wanted).hits
    };
    let all = find(0, 9);
    assert_eq!(all.len(), 2);
    assert_eq!([find(0, 1), find(1, 1)].concat(), all);
    assert!(find(2, 5).is_empty());
}

#[test]
fn a_whole_name_comes_first_and_the_explanation_adds_up() {
    let edition = atlas();
    let search = Search::new(&edition);
    let query = search.query("smart city");
    let answer = search.find(&edition, &query, &Filter::default(), ALL);
    let term = answer.hits.iter().find(|hit| hit.group == Group::Terms).unwrap();
    for hit in &answer.hits {
        let why = search.explain(&query, *hit);
        let sum: f32 = why.shares.iter().map(|share| share.score).sum();
        assert!((sum * why.known * why.whole_name - hit.score).abs() < 1e-4 * hit.score, "{why:?} {hit:?}");
    }
    assert_eq!(search.explain(&query, *term).whole_name, WHOLE_NAME);
    let item = answer.hits.iter().find(|hit| hit.group == Group::Items).unwrap();
    let why = search.explain(&query, *item);
    assert_eq!(
        why.shares.iter().map(|s| (s.typed.as_str(), s.by)).collect::<Vec<_>>(),
        [("smart", By::Typed), ("city", By::Form)]
    );
    assert_eq!(why.shares[1].terms, ["cities"]);
}

#[test]
fn what_is_typed_so_far_is_completed_with_names() {
    let edition = atlas();
    let search = Search::new(&edition);
    let suggest = |text: &str| {
        let hits = search.suggest(text, 5);
        hits.iter().filter(|h| h.group == Group::Items).map(|h| edition.item_at(h.record).id()).collect::<Vec<_>>()
    };
    for text in ["hik", "Hikv", "海", "海康", "haikangw", "haik", "数字技术"] {
        assert_eq!(suggest(text), ["hikvision"], "{text}");
    }
    assert_eq!(suggest("kenya po"), ["kenya-police"]);
    assert!(suggest("nairobi").is_empty() && suggest("").is_empty());
}

#[test]
fn marks_show_what_was_found_in_every_spelling() {
    let edition = atlas();
    let search = Search::new(&edition);
    let marked = |query: &str, text: &str| {
        let snippet = search.marked(&search.query(query), text);
        snippet
            .pieces
            .iter()
            .map(|(text, hit)| if *hit { format!("[{text}]") } else { text.clone() })
            .collect::<String>()
    };
    assert_eq!(marked("海康威视", "杭州海康威視 Ltd"), "杭州[海康威視] Ltd");
    assert_eq!(marked("haikang weishi", "杭州海康威视"), "杭州[海康威视]");
    assert_eq!(marked("camera -nairobi", "Cameras in Nairobi"), "[Cameras] in Nairobi");
    assert_eq!(marked("视", "威视数字"), "威[视]数字");
    assert_eq!(marked("\"smart city\"", "Smart City, smart"), "[Smart City], smart");
    assert_eq!(marked("dahau", "Dahua"), "[Dahua]");
}

fn nobody<'a>(_: u32) -> &'a [u32] {
    &[]
}

/// Whether a text holds the words of a phrase side by side, by a scan.
fn scan(text: &str, phrase: &str) -> bool {
    let words = |text: &str| text.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    if phrase.chars().all(|c| names::Script::of(c).is_dense()) {
        return text.contains(phrase);
    }
    let (text, phrase) = (words(text), words(phrase));
    text.windows(phrase.len()).any(|window| window == phrase)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn phrases_find_exactly_what_a_scan_finds(
        texts in proptest::collection::vec("([海康威视城市]{0,6}|( [ab]{1,2} ){0,3}){1,3}", 1..24),
        phrase in "[海康威视城市]{1,5}|[ab]{1,2}( [ab]{1,2}){0,2}",
    ) {
        let mut builder = lists::Builder::default();
        for text in &texts {
            builder.add(lists::Zone::Text, text);
            builder.end_document();
        }
        let lists = builder.finish();
        let norms = score::norms(&lists);
        let clause = Clause { text: phrase.clone(), quoted: true, ..Clause::default() };
        let parts = plan::plan(&lists, &[clause]);
        let found = Scorer::new(&lists, &norms, &nobody).all(parts.iter().map(|p| &p.node), None);
        let found: Vec<u32> = found.into_iter().map(|(doc, _)| doc).collect();
        let scanned: Vec<u32> = (0..).zip(&texts).filter(|(_, text)| scan(text, &phrase)).map(|(doc, _)| doc).collect();
        prop_assert_eq!(found, scanned);
    }
}
