//! Operations build up, take back and never forget.

use model::{Claim, Evidence, Id, LangText, Link, Operation, OperationNumber, Passage, Qualifiers, Reference, Source};
use model::{Stance, Statement, Subject, Target, Value};

use super::*;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn claim(subject: Subject, property: &str, text: &str) -> Operation {
    let statement = Statement::Is(Value::Text(LangText::plain(text)));
    Operation::Claim(Claim { subject, property: id(property), statement, qualifiers: Qualifiers::default() })
}

fn evidence(claims: &[u32], source: &str) -> Operation {
    Operation::Evidence(Evidence {
        claims: claims.iter().map(|c| Reference::Here(*c)).collect(),
        source: id(source),
        stance: Stance::Supports,
        passage: Passage::default(),
        group: None,
        against_interest: false,
    })
}

fn apply(state: &mut State, entry: u32, operations: Vec<Operation>) {
    for (operation, number) in operations.into_iter().zip(0..) {
        state.apply(OperationNumber { entry, operation: number }, operation);
    }
}

fn first_entry() -> Vec<Operation> {
    let zte = Subject::Item(id("zte"));
    let item = |name: &str| Operation::Item { id: id(name), kind: id("company") };
    let link = Link { id: id("zte-supplies-x"), link_type: id("supplies"), subject: id("zte"), object: id("x") };
    vec![
        item("zte"),
        item("x"),
        Operation::Link(link),
        claim(zte.clone(), "name", "ZTE"),
        claim(zte, "city", "Shenzhen"),
        evidence(&[3, 4], "s"),
    ]
}

#[test]
fn one_piece_of_evidence_bears_on_several_claims_of_its_subject() {
    let mut state = State::default();
    apply(&mut state, 0, first_entry());
    let body = state.body(&Subject::Item(id("zte"))).unwrap();
    assert_eq!(body.evidence.len(), 1);
    assert!(body.claims.iter().all(|c| body.evidence_of(c).count() == 1));
    assert_eq!(state.links().get("zte-supplies-x").map(|l| (l.subject, l.object)), Some((0, 1)));
    assert!(state.problems().is_empty());
}

#[test]
fn what_is_withdrawn_stays_with_its_reason() {
    let mut state = State::default();
    apply(&mut state, 0, first_entry());
    let before = state.clone();
    let number = OperationNumber { entry: 0, operation: 4 };
    let target = Target::Claim(Reference::There(number));
    apply(&mut state, 1, vec![Operation::Withdraw { target, reason: "wrong city".into() }]);
    let city = state.property_number("city").unwrap();
    let zte = Subject::Item(id("zte"));
    assert_eq!(state.body(&zte).unwrap().live(city).count(), 0);
    let gone = state.body(&zte).unwrap().claims[1].gone.as_ref().unwrap();
    assert_eq!((&*gone.reason, gone.by.entry), ("wrong city", 1));
    assert_eq!(before.body(&zte).unwrap().live(city).count(), 1, "an older copy does not change");
}

#[test]
fn evidence_for_nothing_or_for_two_subjects_is_a_problem() {
    let mut state = State::default();
    apply(&mut state, 0, vec![evidence(&[7], "s")]);
    assert_eq!(state.problems().len(), 1);
    let x = claim(Subject::Item(id("x")), "name", "X");
    let y = claim(Subject::Item(id("y")), "name", "Y");
    apply(&mut state, 1, vec![x, y, evidence(&[0, 1], "s")]);
    assert_eq!(state.problems().len(), 2);
    state.apply_bytes(OperationNumber { entry: 2, operation: 0 }, 99, &[]);
    assert_eq!(state.problems().len(), 3);
}

#[test]
fn a_source_named_before_it_is_defined_keeps_its_number() {
    let mut state = State::default();
    apply(&mut state, 0, first_entry());
    let number = state.sources().number("s");
    let source = Source {
        id: id("s"),
        title: LangText::plain("A"),
        publisher: "B".into(),
        published: None,
        language: "".into(),
        kind: id("news"),
        relays: vec![id("t")],
        url: "".into(),
        note: "".into(),
    };
    apply(&mut state, 1, vec![Operation::Source(source)]);
    assert_eq!(state.sources().number("s"), number);
    assert!(state.sources().get("t").unwrap().source.is_none());
}

#[test]
fn a_tombstone_keeps_later_imports_out() {
    let mut state = State::default();
    apply(&mut state, 0, first_entry());
    let zte = Subject::Item(id("zte"));
    assert!(!state.redacted(&zte, &id("city"), &id("s")));
    let tombstone = Tombstone {
        operation: OperationNumber { entry: 0, operation: 4 },
        subject: zte.clone(),
        property: id("city"),
        source: Some(id("s")),
        reason: id("court-order"),
        notice: "n-1".into(),
    };
    apply(&mut state, 1, vec![Operation::Tombstone(tombstone)]);
    assert!(state.redacted(&zte, &id("city"), &id("s")));
    assert!(!state.redacted(&zte, &id("city"), &id("t")));
    assert!(state.has_tombstone(OperationNumber { entry: 0, operation: 4 }));
    assert!(!state.has_tombstone(OperationNumber { entry: 0, operation: 3 }));
}

#[test]
fn what_refers_to_a_redacted_claim_is_no_mistake() {
    let mut state = State::default();
    state.apply(OperationNumber { entry: 0, operation: 0 }, claim(Subject::Item(id("x")), "name", "X"));
    state.skip(OperationNumber { entry: 0, operation: 1 });
    state.apply(OperationNumber { entry: 0, operation: 2 }, evidence(&[1], "s"));
    state.apply(OperationNumber { entry: 0, operation: 3 }, evidence(&[1, 0], "s"));
    for target in [Target::Claim(Reference::Here(1)), Target::Evidence(Reference::Here(2))] {
        state.apply(OperationNumber { entry: 0, operation: 4 }, Operation::Withdraw { target, reason: "".into() });
    }
    assert_eq!(state.problems(), []);
    let body = state.body(&Subject::Item(id("x"))).unwrap();
    assert_eq!((body.claims.len(), body.evidence.len(), body.claims[0].evidence.len()), (1, 1, 1));
}

#[test]
fn a_record_belongs_to_the_dataset_that_defines_it_not_to_one_that_names_it_first() {
    let begin = |dataset: &str| {
        Operation::Begin(model::Origin { dataset: dataset.into(), format: "native".into(), digest: [0; 32] })
    };
    let link = Link { id: id("x-supplies-y"), link_type: id("supplies"), subject: id("x"), object: id("y") };
    let mut state = State::default();
    let item = |name: &str| Operation::Item { id: id(name), kind: id("company") };
    apply(&mut state, 0, vec![begin("a"), item("x"), Operation::Link(link), begin("b"), item("y"), item("x")]);
    let dataset = |name: &str| state.dataset(state.items().get(name).unwrap().dataset).to_owned();
    assert_eq!((dataset("x"), dataset("y")), ("a".into(), "b".into()));
}

#[test]
fn tightening_keeps_all_and_nothing_in_reserve() {
    let mut state = State::default();
    apply(&mut state, 0, first_entry());
    let before = format!("{state:?}");
    let spare = |state: &State| {
        let items = state.items.iter().map(|(_, item)| &item.body);
        let bodies: Vec<&Body> = items.chain(state.links.iter().map(|(_, link)| &link.body)).collect();
        let claims: usize = bodies.iter().map(|body| body.claims.capacity() - body.claims.len()).sum();
        claims + bodies.iter().map(|body| body.evidence.capacity() - body.evidence.len()).sum::<usize>()
    };
    assert!(spare(&state) > 0);
    let shared = state.clone();
    state.tighten();
    assert!(spare(&state) > 0, "records that a copy shares stay as they are");
    drop(shared);
    state.tighten();
    assert_eq!(spare(&state), 0);
    assert_eq!(format!("{state:?}"), before);
}
