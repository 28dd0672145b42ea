//! From a ledger in memory to an edition that answers.

use std::sync::Arc;

use ledger::{Draft, Ledger, MemStorage, SigningKey};
use model::{
    Claim, Confidence, CountryCode, Day, Evidence, Filter, FilterKey, Id, LangText, Link, Operation, OperationNumber,
    Passage, Point, Qualifiers, Reference, Source, Stance, Statement, Subject, Target, Value, Vocabulary,
};

use crate::{Edition, Follower, Found};

pub(crate) fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

pub(crate) fn vocabulary() -> Arc<Vocabulary> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vocabulary/");
    let (vocabulary, problems) = Vocabulary::parse(|name| std::fs::read_to_string(format!("{folder}{name}")).ok());
    assert!(problems.is_empty(), "{problems:?}");
    Arc::new(vocabulary)
}

/// Operations in the making: claims remember their numbers.
#[derive(Default)]
pub(crate) struct Script {
    pub(crate) operations: Vec<Operation>,
}

impl Script {
    pub(crate) fn source(&mut self, name: &str, publisher: &str, kind: &str, relays: &[&str]) {
        self.operations.push(Operation::Source(Source {
            id: id(name),
            title: LangText::plain(name),
            publisher: publisher.into(),
            published: None,
            language: "en".into(),
            kind: id(kind),
            relays: relays.iter().map(|r| id(r)).collect(),
            url: "".into(),
            note: "".into(),
        }));
    }

    pub(crate) fn item(&mut self, name: &str, kind: &str, called: &str, chinese: &str) {
        self.operations.push(Operation::Item { id: id(name), kind: id(kind) });
        for (text, lang) in [(called, ""), (chinese, "zh-Hans")] {
            if !text.is_empty() {
                let value = Value::Text(LangText::new(text, lang).unwrap());
                self.claim(&Subject::Item(id(name)), "name", value, &[("a", Stance::Supports)]);
            }
        }
    }

    pub(crate) fn claim(&mut self, subject: &Subject, property: &str, value: Value, sources: &[(&str, Stance)]) {
        let number = self.operations.len() as u32;
        self.operations.push(Operation::Claim(Claim {
            subject: subject.clone(),
            property: id(property),
            statement: Statement::Is(value),
            qualifiers: Qualifiers::default(),
        }));
        for (source, stance) in sources {
            self.operations.push(Operation::Evidence(Evidence {
                claims: vec![Reference::Here(number)],
                source: id(source),
                stance: *stance,
                passage: Passage::default(),
                group: None,
                against_interest: false,
            }));
        }
    }

    pub(crate) fn link(&mut self, name: &str, kind: &str, ends: (&str, &str), sources: &[(&str, Stance)]) -> Subject {
        let link = Link { id: id(name), link_type: id(kind), subject: id(ends.0), object: id(ends.1) };
        self.operations.push(Operation::Link(link));
        let subject = Subject::Link(id(name));
        self.claim(&subject, "asserts", Value::Flag(true), sources);
        subject
    }
}

/// Two companies, a city and a list; three links of which one has no evidence.
fn script() -> Script {
    let yes = Stance::Supports;
    let mut s = Script::default();
    s.source("a", "Daily A", "news", &[]);
    s.source("b", "Daily B", "news", &["a"]);
    s.source("c", "Daily C", "news", &[]);
    s.item("maker", "company", "Maker Ltd", "制造者");
    s.item("town", "public-body", "Town Council", "");
    s.item("blacklist", "list", "The List", "");
    let sale = s.link("sale", "supplies", ("maker", "town"), &[("a", yes), ("b", yes), ("c", yes)]);
    let term = |t: &str| Value::Term(id(t));
    s.claim(&sale, "category", term("surveillance"), &[("a", yes)]);
    s.claim(&sale, "country", Value::Country(CountryCode::parse("KE").unwrap()), &[("a", yes)]);
    s.claim(&sale, "point", Value::Point(Point::new(-1.29, 36.82).unwrap()), &[("a", yes)]);
    s.claim(&sale, "precision", term("city"), &[("a", yes)]);
    s.claim(&sale, "start", Value::Date(model::Date::parse("2017-08~").unwrap()), &[("a", yes)]);
    let listing = s.link("listing", "listed-on", ("maker", "blacklist"), &[("a", yes), ("c", Stance::Contradicts)]);
    s.claim(&listing, "country", Value::Country(CountryCode::parse("US").unwrap()), &[("a", yes)]);
    s.claim(&listing, "country-role", term("party"), &[("a", yes)]);
    s.link("rumour", "supplies", ("maker", "town"), &[]);
    s
}

fn edition() -> Edition {
    edition_of(script())
}

/// The edition of a ledger whose one entry holds these operations.
pub(crate) fn edition_of(script: Script) -> Edition {
    let key = SigningKey::generate("test.example/atlas", [7; 32]).unwrap();
    let mut ledger = Ledger::create(Arc::new(MemStorage::new()), &key).unwrap();
    let mut follower = Follower::open(ledger.clone(), vocabulary()).unwrap();
    assert!(!follower.follow().unwrap());
    let raw = |o: Operation| ledger::Operation { kind: o.kind(), bytes: o.to_bytes() };
    let draft = Draft { day: Day::parse("2026-01-02").unwrap(), author: "importer" };
    ledger.append(&key, draft, script.operations.into_iter().map(raw), &mut || [9; 32]).unwrap();
    assert!(follower.follow().unwrap());
    follower.edition().unwrap()
}

fn ids(edition: &Edition, query: &[(FilterKey, &str)]) -> Vec<String> {
    let pairs = query.iter().map(|(k, v)| (k.name().to_owned(), (*v).to_owned()));
    let (filter, problems) = Filter::parse(pairs, edition);
    assert!(problems.is_empty(), "{problems:?}");
    let (rows, counts) = edition.select(&filter);
    assert_eq!(rows.len(), counts.total as usize);
    rows.iter().map(|row| edition.link_at(edition.rows().link[row]).id().to_owned()).collect()
}

#[test]
fn a_link_without_evidence_reaches_no_view() {
    let edition = edition();
    assert!(matches!(edition.link("rumour"), Found::Missing));
    assert_eq!(edition.links().len(), 2);
    assert_eq!(edition.rows().len(), 2);
    assert!(edition.audit().iter().any(|p| p.at.file == "link rumour"), "and the audit says so");
}

#[test]
fn a_country_is_never_a_point_even_if_the_ledger_holds_one() {
    for (precision, located) in [("city", 1), ("region", 1), ("country", 0), ("unknown", 0)] {
        let mut script = script();
        let city = script.operations.iter_mut().find_map(|operation| match operation {
            Operation::Claim(claim) if claim.property == id("precision") => Some(&mut claim.statement),
            _ => None,
        });
        *city.unwrap() = Statement::Is(Value::Term(id(precision)));
        let edition = edition_of(script);
        let rows = (0..edition.rows().len()).filter(|row| edition.rows().cell(*row).is_some());
        assert_eq!(rows.count(), located, "{precision}");
    }
}

#[test]
fn a_relay_adds_nothing_and_an_independent_source_confirms() {
    let edition = edition();
    let sale = edition.link("sale").live().unwrap();
    assert_eq!(sale.confidence(), Confidence::Confirmed);
    assert_eq!(sale.asserted().unwrap().reason(), model::Reason::Independent(2));
    assert_eq!(edition.link("listing").live().unwrap().confidence(), Confidence::Disputed);
}

#[test]
fn withdrawn_evidence_counts_no_more() {
    let mut script = script();
    let from_c = |operation: &Operation| matches!(operation, Operation::Evidence(evidence) if evidence.source == id("c") && evidence.stance == Stance::Supports);
    let number = script.operations.iter().position(from_c).unwrap() as u32;
    let target = Target::Evidence(Reference::Here(number));
    script.operations.push(Operation::Withdraw { target, reason: "it speaks of another sale".into() });
    let edition = edition_of(script);
    let sale = edition.link("sale").live().unwrap();
    assert_eq!((sale.confidence(), sale.asserted().unwrap().evidence().len()), (Confidence::Reported, 2));
}

#[test]
fn names_are_chosen_by_language_and_listings_found() {
    let edition = edition();
    let maker = edition.item("maker").live().unwrap();
    assert_eq!((maker.name("en"), maker.name("zh-Hans")), ("Maker Ltd", "制造者"));
    assert_eq!(maker.listings().len(), 1);
    assert_eq!(edition.item("town").live().unwrap().name("zh-Hans"), "Town Council");
    assert_eq!(maker.links_out().len(), 2);
}

#[test]
fn filters_select_by_fact_country_list_text_source_and_year() {
    let e = edition();
    assert_eq!(ids(&e, &[(FilterKey::Country, "KE")]), ["sale"]);
    assert!(ids(&e, &[(FilterKey::Country, "US")]).is_empty(), "a list-keeper's country is a party's");
    assert_eq!(ids(&e, &[(FilterKey::List, "blacklist")]).len(), 2, "both links touch an item on the list");
    assert_eq!(ids(&e, &[(FilterKey::Q, "制造")]).len(), 2);
    assert_eq!(ids(&e, &[(FilterKey::Q, "TOWN coun")]), ["sale"]);
    assert_eq!(ids(&e, &[(FilterKey::Source, "b")]), ["sale"]);
    assert_eq!(ids(&e, &[(FilterKey::From, "2017"), (FilterKey::To, "2017")]), ["sale"]);
    assert!(ids(&e, &[(FilterKey::From, "2018")]).is_empty());
    assert_eq!(ids(&e, &[(FilterKey::Bbox, "36,-2,37,-1")]), ["sale"]);
}

#[test]
fn an_unknown_value_is_answered_with_what_is_allowed() {
    let edition = edition();
    let (_, problems) = Filter::parse([("link".to_owned(), "suplies".to_owned())].into_iter(), &edition);
    let text = format!("{problems:?}");
    assert!(text.contains("supplies"), "{text}");
}

#[test]
fn a_source_knows_what_it_is_cited_for_and_who_relays_it() {
    let edition = edition();
    let a = edition.source("a").live().unwrap();
    assert_eq!(a.relayed_by().iter().map(|s| s.id()).collect::<Vec<_>>(), ["b"]);
    assert!(a.uses().iter().all(|(stance, _)| *stance == Stance::Supports));
    let c = edition.source("c").live().unwrap();
    assert_eq!(c.uses().iter().filter(|(s, _)| *s == Stance::Contradicts).count(), 1);
}

#[test]
fn an_edition_of_an_empty_ledger_is_empty() {
    let key = SigningKey::generate("test.example/atlas", [7; 32]).unwrap();
    let ledger = Ledger::create(Arc::new(MemStorage::new()), &key).unwrap();
    let edition = Follower::open(ledger, vocabulary()).unwrap().edition().unwrap();
    assert_eq!((edition.items().len(), edition.rows().len(), edition.head().size), (0, 0, 0));
}

/// Between a tombstone and the destruction that it decides, the value can still be read; no edition shows it.
#[test]
fn an_earlier_edition_does_not_show_what_was_redacted_since() {
    let key = SigningKey::generate("test.example/atlas", [7; 32]).unwrap();
    let mut ledger = Ledger::create(Arc::new(MemStorage::new()), &key).unwrap();
    let script = script();
    let stated = |o: &Operation| matches!(o, Operation::Claim(claim) if claim.property.as_str() == "category");
    let place = script.operations.iter().position(stated).unwrap();
    let Operation::Claim(claim) = script.operations[place].clone() else { panic!("it is a claim") };
    let tombstone = model::Tombstone {
        operation: OperationNumber { entry: 0, operation: u32::try_from(place).unwrap() },
        subject: claim.subject,
        property: claim.property,
        source: None,
        reason: id("safety"),
        notice: "n-1".into(),
    };
    let raw = |o: Operation| ledger::Operation { kind: o.kind(), bytes: o.to_bytes() };
    let draft = Draft { day: Day::parse("2026-01-02").unwrap(), author: "importer" };
    ledger.append(&key, draft, script.operations.into_iter().map(raw), &mut || [9; 32]).unwrap();
    let stated = |edition: &Edition| ids(edition, &[(FilterKey::Category, "surveillance")]).len();
    let before = Follower::open(ledger.clone(), vocabulary()).unwrap();
    assert_eq!(stated(&before.edition().unwrap()), 1);
    ledger.append(&key, draft, [raw(Operation::Tombstone(tombstone))], &mut || [9; 32]).unwrap();
    let follower = Follower::open(ledger, vocabulary()).unwrap();
    let earlier = follower.edition_at(1).unwrap();
    assert_eq!(
        (stated(&earlier), earlier.head().size, earlier.head().root),
        (0, 1, before.edition().unwrap().head().root)
    );
    assert!(follower.edition_at(3).is_err());
}
