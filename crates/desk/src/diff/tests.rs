//! A changed file gives exactly the difference, and nobody's words are taken back but one's own.

use model::{Id, Operation, OperationNumber, Subject, Target, Tombstone};
use proptest::prelude::*;

use crate::trial::{self, Atlas, errors, file, problems};
use crate::{InputFile, Options};

const SOURCES: &str = "id,title,kind\nnews-1,A report,news\nnews-2,Another,news\nnews-3,A third,news\n";

/// A folder of one dataset: its entities, as rows of id, name, city, aliases, sources.
fn dataset(folder: &str, rows: &str) -> Vec<InputFile> {
    let entities = format!("id,kind,name,city,aliases,sources\n{rows}");
    vec![file(&format!("x/{folder}/sources.csv"), SOURCES), file(&format!("x/{folder}/entities.csv"), &entities)]
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// What a second version of a file changes, as people are shown it, and what is live afterwards.
fn check(first: &str, second: &str) -> String {
    let mut atlas = Atlas::default();
    assert_eq!(problems(&atlas.import(&dataset("one", first))), "");
    let outcome = atlas.import(&dataset("one", second));
    let again = atlas.import(&dataset("one", second));
    assert_eq!(again.operations, []);
    format!(
        "{}\n{}\nacme: {}",
        outcome.changes.lines.join("\n"),
        problems(&outcome),
        atlas.item("acme").replace('\n', "; ")
    )
}

const ACME: &str = "acme,company,Acme,Hangzhou,Acme Ltd,news-1\n";

#[test]
fn a_changed_value_takes_the_place_of_the_old_one() {
    insta::assert_snapshot!(check(ACME, &ACME.replace("Hangzhou", "Beijing")), @r"
    ~ item `acme`: city `Hangzhou` → `Beijing`

    acme: name `Acme` [news-1:supports]; alias `Acme Ltd` [news-1:supports]; city `Beijing` [news-1:supports]
    ");
}

#[test]
fn a_value_that_is_no_longer_stated_is_taken_back() {
    insta::assert_snapshot!(check(ACME, &ACME.replace("Hangzhou", "").replace("Acme Ltd", "Acme Inc|Acme Ltd")), @r"
    + item `acme`: alias `Acme Inc`
    - item `acme`: city `Hangzhou`

    acme: name `Acme` [news-1:supports]; alias `Acme Ltd` [news-1:supports]; alias `Acme Inc` [news-1:supports]
    ");
}

#[test]
fn evidence_follows_the_sources_of_the_row() {
    insta::assert_snapshot!(check(ACME, &ACME.replace("news-1", "news-1|news-2")), @r"
    + item `acme`: evidence `news-2` (supports)

    acme: name `Acme` [news-1:supports news-2:supports]; alias `Acme Ltd` [news-1:supports news-2:supports]; city `Hangzhou` [news-1:supports news-2:supports]
    ");
    insta::assert_snapshot!(check(&ACME.replace("news-1", "news-1|news-2"), ACME), @r"
    - item `acme`: evidence `news-2` (supports)

    acme: name `Acme` [news-1:supports]; alias `Acme Ltd` [news-1:supports]; city `Hangzhou` [news-1:supports]
    ");
    insta::assert_snapshot!(check(ACME, &ACME.replace("news-1", "news-1#p2:supports")), @r"
    - item `acme`: evidence `news-1` (supports)
    + item `acme`: evidence `news-1#p2` (supports)

    acme: name `Acme` [news-1#p2:supports]; alias `Acme Ltd` [news-1#p2:supports]; city `Hangzhou` [news-1#p2:supports]
    ");
}

#[test]
fn a_row_that_is_gone_is_reported_and_kept() {
    let two = format!("{ACME}zeta,company,Zeta,,,news-2\n");
    insta::assert_snapshot!(check(&two, ACME), @r"

    x/one: note: item `zeta` is no longer in the file; it stays in the ledger; hint: withdraw it with `--withdraw-missing`
    acme: name `Acme` [news-1:supports]; alias `Acme Ltd` [news-1:supports]; city `Hangzhou` [news-1:supports]
    ");
}

#[test]
fn a_row_that_is_gone_is_withdrawn_on_demand_and_may_come_back() {
    let mut atlas = Atlas::default();
    let two = format!("{ACME}zeta,company,Zeta,,,news-2\n");
    atlas.import(&dataset("one", &two));
    let on_demand = Options { withdraw_missing: true, ..trial::options() };
    let outcome = atlas.look(&dataset("one", ACME), &on_demand);
    insta::assert_snapshot!(outcome.changes.lines.join("\n"), @"- item `zeta`");
    atlas.apply(outcome.operations);
    assert!(atlas.state.items().get("zeta").unwrap().gone.is_some());
    assert_eq!(atlas.look(&dataset("one", ACME), &on_demand).operations, []);
    assert_eq!(
        atlas.import(&dataset("one", &two)).changes.lines,
        ["~ item `zeta` (company)", "+ item `zeta`: name `Zeta`"]
    );
    assert!(atlas.state.items().get("zeta").unwrap().gone.is_none());
    assert_eq!(atlas.import(&dataset("one", &two)).operations, []);
}

#[test]
fn the_words_of_another_dataset_stay() {
    let mut atlas = Atlas::default();
    atlas.import(&dataset("one", ACME));
    let other = ACME.replace("Hangzhou", "Beijing").replace("news-1", "news-2");
    assert_eq!(errors(&atlas.import(&dataset("two", &other))), Vec::<String>::new());
    insta::assert_snapshot!(atlas.item("acme"), @r"
    name `Acme` [news-1:supports news-2:supports]
    alias `Acme Ltd` [news-1:supports news-2:supports]
    city `Hangzhou` [news-1:supports]
    city `Beijing` [news-2:supports]
    ");
    let outcome = atlas.import(&dataset("one", "acme,company,Acme Corp,Hangzhou,,news-1\n"));
    insta::assert_snapshot!(outcome.changes.lines.join("\n"), @r"
    ~ item `acme`: name `Acme` → `Acme Corp`
    - item `acme`: alias `Acme Ltd`
    - item `acme`: evidence `news-1` (supports)
    + item `acme`: evidence `news-1` (supports)
    ");
    insta::assert_snapshot!(atlas.item("acme"), @r"
    name `Acme` [news-2:supports]
    alias `Acme Ltd` [news-2:supports]
    city `Hangzhou` [news-1:supports]
    city `Beijing` [news-2:supports]
    name `Acme Corp` [news-1:supports]
    ");
    assert_eq!(atlas.import(&dataset("two", &other)).operations, []);
}

#[test]
fn a_redacted_value_is_not_filled_again() {
    let mut atlas = Atlas::default();
    atlas.import(&dataset("one", ACME));
    let city = atlas.state.property_number("city").unwrap();
    let number = atlas.state.body(&Subject::Item(id("acme"))).unwrap().live(city).next().unwrap().number;
    let tombstone = Tombstone {
        operation: number,
        subject: Subject::Item(id("acme")),
        property: id("city"),
        source: Some(id("news-1")),
        reason: id("court-order"),
        notice: "n-1".into(),
    };
    let claim = model::Reference::There(number);
    let withdrawal = Operation::Withdraw { target: Target::Claim(claim), reason: "redacted".into() };
    atlas.apply(vec![withdrawal, Operation::Tombstone(tombstone)]);
    let outcome = atlas.import(&dataset("one", ACME));
    assert_eq!(outcome.operations, []);
    insta::assert_snapshot!(problems(&outcome), @"entities.csv:2:19: warning: item `acme`: `city` was redacted and is not filled again");
    let other = atlas.import(&dataset("one", &ACME.replace("news-1", "news-1|news-2")));
    assert_eq!(errors(&other), Vec::<String>::new());
    assert!(!atlas.item("acme").contains("city `Hangzhou` [news-1"));
}

#[test]
fn what_a_person_took_back_stays_so() {
    let mut atlas = Atlas::default();
    atlas.import(&dataset("one", ACME));
    let by_hand = |target| Operation::Withdraw { target, reason: "a mistake".into() };
    let alias = atlas.state.property_number("alias").unwrap();
    let number: OperationNumber =
        atlas.state.body(&Subject::Item(id("acme"))).unwrap().live(alias).next().unwrap().number;
    atlas.apply(vec![by_hand(Target::Claim(model::Reference::There(number))), by_hand(Target::Source(id("news-3")))]);
    let outcome = atlas.import(&dataset("one", ACME));
    assert_eq!(outcome.operations, []);
    insta::assert_snapshot!(problems(&outcome), @"entities.csv:2:28: note: item `acme`: this `alias` was withdrawn (`a mistake`) and stays so");
    atlas.apply(vec![by_hand(Target::Item(id("acme")))]);
    assert_eq!(atlas.import(&dataset("one", &ACME.replace("Hangzhou", "Beijing"))).operations, []);
}

#[test]
fn operations_come_in_order_and_name_only_what_is_before_them() {
    let outcome = Atlas::default().look(&trial::files(&trial::sample()), &trial::options());
    let rank = |o: &Operation| match o {
        Operation::Begin(_) => 0,
        Operation::Source(_) => 1,
        Operation::Item { .. } => 2,
        Operation::Link(_) => 3,
        Operation::Claim(_) => 4,
        Operation::Evidence(_) => 5,
        _ => 6,
    };
    for (number, operation) in (0u32..).zip(&outcome.operations) {
        let before = number.checked_sub(1).map_or(0, |n| rank(&outcome.operations[n as usize]));
        assert!(rank(operation) == 0 || rank(operation) >= before);
        if let Operation::Evidence(evidence) = operation {
            assert!(evidence.claims.iter().all(|c| matches!(c, model::Reference::Here(n) if *n < number)));
        }
    }
}

/// A table of up to four items with values from small sets, so that versions overlap.
fn version() -> impl Strategy<Value = String> {
    let sources = prop::sample::subsequence(vec!["news-1", "news-2", "news-3#p1", "news-2:contradicts"], 0..4);
    let aliases = prop::sample::subsequence(vec!["A", "B", "C"], 0..3);
    let row = (prop::sample::select(vec!["Hangzhou", "Beijing", "", "unknown"]), aliases, sources);
    prop::collection::btree_map(prop::sample::select(vec!["acme", "zeta", "eta", "theta"]), row, 0..4).prop_map(
        |rows| {
            let line = |(id, (city, aliases, mut sources)): (&str, (&str, Vec<&str>, Vec<&str>))| {
                sources.insert(0, "news-1#p9");
                format!("{id},company,{id} ltd,{city},{},{}\n", aliases.join("|"), sources.join("|"))
            };
            rows.into_iter().map(line).collect()
        },
    )
}

proptest! {
    /// Whatever came before, and whatever another dataset says, the end is as if only the last version had come.
    #[test]
    fn a_dataset_ends_as_its_last_version_says(versions in prop::collection::vec(version(), 1..4), other in version()) {
        let mut atlas = Atlas::default();
        let mut fresh = Atlas::default();
        for atlas in [&mut atlas, &mut fresh] {
            atlas.import(&dataset("two", &other));
        }
        let withdrawing = Options { withdraw_missing: true, ..trial::options() };
        for text in &versions {
            let outcome = atlas.look(&dataset("one", text), &withdrawing);
            prop_assert_eq!(errors(&outcome), Vec::<String>::new());
            atlas.apply(outcome.operations);
            prop_assert_eq!(atlas.look(&dataset("one", text), &withdrawing).operations, vec![]);
        }
        fresh.import(&dataset("one", versions.last().unwrap()));
        for name in ["acme", "zeta", "eta", "theta"] {
            let live = |atlas: &Atlas| {
                let gone = atlas.state.items().get(name).is_none_or(|i| i.gone.is_some() || i.kind.is_none());
                let mut claims = if gone { vec![] } else { facts(atlas, name) };
                claims.sort();
                claims
            };
            prop_assert_eq!(live(&atlas), live(&fresh), "{}", name);
        }
    }
}

/// An item's claims, each with its evidence in one order, counted once.
fn facts(atlas: &Atlas, item: &str) -> Vec<String> {
    let sorted = |line: String| {
        let (claim, sources) = line.split_once(" [").unwrap();
        let mut sources: Vec<&str> = sources.trim_end_matches(']').split(' ').collect();
        sources.sort_unstable();
        format!("{claim} {sources:?}")
    };
    atlas.claims(&Subject::Item(id(item))).into_iter().map(sorted).collect()
}
