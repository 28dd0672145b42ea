//! Every operation reads back from its canonical bytes, and nothing else does.

use proptest::prelude::*;

use super::*;
use crate::{
    CountryCode, Date, Decimal, Figure, Form, Found, Grade, Identifier, Landing, Money, Paint, Passage, Picture, Piece,
    Point, Qualifiers, Robots, Share, StampKind, Stance, Statement, Subject, Value,
};

fn id() -> impl Strategy<Value = Id> {
    "[a-z0-9]{1,8}(-[a-z0-9]{1,5}){0,3}".prop_map(|t| Id::parse(&t).unwrap())
}

fn text() -> impl Strategy<Value = LangText> {
    (any::<String>(), prop::sample::select(vec!["", "en", "zh-Hans"])).prop_map(|(t, l)| LangText::new(&t, l).unwrap())
}

fn date() -> impl Strategy<Value = Date> {
    prop::sample::select(vec!["2017", "2017-08~", "198X", "2017/2019", "2020-01-05?", "2017/.."])
        .prop_map(|t| Date::parse(t).unwrap())
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (-1_000_000_000i64..1_000_000_000, 0u8..9).prop_map(|(m, s)| Decimal::new(m, s).unwrap())
}

fn point() -> impl Strategy<Value = Point> {
    (-90.0..90.0f64, -180.0..180.0f64).prop_map(|(a, o)| Point::new(a, o).unwrap())
}

fn value() -> impl Strategy<Value = Value> {
    let country = "[A-Z]{2}".prop_map(|t| CountryCode::parse(&t).unwrap());
    let whole = (0i64..1_000_000_000).prop_map(|m| Decimal::new(m, 0).unwrap());
    prop_oneof![
        text().prop_map(Value::Text),
        date().prop_map(Value::Date),
        point().prop_map(Value::Point),
        country.clone().prop_map(Value::Country),
        decimal().prop_map(Value::Number),
        whole.prop_map(|d| Value::Money(Money::new(d, "CNY").unwrap())),
        Just(Value::Share(Share::parse("25..50.5").unwrap())),
        (id(), "[A-Z0-9]{1,20}").prop_map(|(scheme, v)| Value::Identifier(Identifier { scheme, value: v.into() })),
        id().prop_map(Value::Item),
        id().prop_map(Value::Term),
        any::<String>().prop_map(|t| Value::Url(t.into())),
        any::<bool>().prop_map(Value::Flag),
        (text(), decimal(), prop::option::of(date())).prop_map(|(statement, number, as_of)| Value::Figure(Box::new(
            Figure { statement, number, unit: "cameras".into(), as_of }
        ))),
        (any::<String>(), country, point(), any::<u16>()).prop_map(|(name, country, point, order)| Value::Landing(
            Box::new(Landing { name: name.into(), country, point, order })
        )),
    ]
}

fn statement() -> impl Strategy<Value = Statement> {
    prop_oneof![Just(Statement::Unknown), Just(Statement::None), value().prop_map(Statement::Is)]
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![id().prop_map(Subject::Item), id().prop_map(Subject::Link)]
}

fn reference() -> impl Strategy<Value = Reference> {
    let there = |(entry, operation)| Reference::There(OperationNumber { entry, operation });
    prop_oneof![any::<u32>().prop_map(Reference::Here), any::<(u32, u32)>().prop_map(there)]
}

fn claim() -> impl Strategy<Value = Claim> {
    let qualifiers = (prop::option::of(date()), prop::option::of(date()), prop::option::of(any::<String>())).prop_map(
        |(valid_from, last_cited, original)| Qualifiers {
            valid_from,
            last_cited,
            original: original.map(Into::into),
            ..Qualifiers::default()
        },
    );
    (subject(), id(), statement(), qualifiers).prop_map(|(subject, property, statement, qualifiers)| Claim {
        subject,
        property,
        statement,
        qualifiers,
    })
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let passage = (prop::option::of(any::<String>()), prop::option::of(text())).prop_map(|(anchor, quote)| Passage {
        anchor: anchor.map(Into::into),
        quote,
        translation: None,
    });
    let stance = prop::sample::select(Stance::ALL.to_vec());
    (prop::collection::vec(reference(), 0..4), id(), stance, passage, any::<bool>()).prop_map(
        |(claims, source, stance, passage, against_interest)| Evidence {
            claims,
            source,
            stance,
            passage,
            group: None,
            against_interest,
        },
    )
}

fn source() -> impl Strategy<Value = Source> {
    (id(), text(), any::<String>(), prop::option::of(date()), prop::collection::vec(id(), 0..3)).prop_map(
        |(id, title, url, published, relays)| Source {
            kind: id.clone(),
            id,
            title,
            publisher: "a".into(),
            published,
            language: "en".into(),
            relays,
            url: url.into(),
            note: "".into(),
        },
    )
}

fn capture() -> impl Strategy<Value = Capture> {
    let piece = || any::<([u8; 32], u64)>().prop_map(|(digest, length)| Piece { digest, length });
    let words = (
        prop::sample::select(Form::ALL),
        prop::sample::select(Grade::ALL),
        prop::sample::select(Robots::ALL),
        any::<(u16, u32, u32)>(),
    );
    let picture = (piece(), prop::sample::select(Paint::ALL), any::<u32>(), any::<u32>())
        .prop_map(|(piece, paint, width, height)| Picture { piece, paint, width, height });
    let texts = (prop::option::of(piece()), prop::option::of(picture));
    let pieces = (piece(), piece(), texts, prop::option::of(any::<[u8; 32]>()));
    (prop::option::of(id()), words, pieces, any::<String>(), any::<String>()).prop_map(
        |(
            source,
            (form, grade, robots, (status, requisites, missing)),
            (kept, body, (text, picture), certificates),
            a,
            b,
        )| {
            let (a, b): (Box<str>, Box<str>) = (a.into(), b.into());
            Capture {
                source,
                form,
                at: a.clone(),
                kept,
                body,
                media_type: b.clone(),
                text,
                url: a.clone(),
                final_url: b.clone(),
                status,
                grade,
                reason: a.clone(),
                address: b.clone(),
                certificates,
                vantage: a,
                robots,
                requisites,
                missing,
                picture,
            }
        },
    )
}

fn stamp() -> impl Strategy<Value = Operation> {
    (reference(), prop::sample::select(StampKind::ALL), any::<(String, String)>(), any::<([u8; 32], u64)>()).prop_map(
        |(capture, scheme, (at, authority), (digest, length))| {
            let piece = Piece { digest, length };
            Operation::Stamp(Stamp { capture, scheme, at: at.into(), authority: authority.into(), piece })
        },
    )
}

fn looked_again() -> impl Strategy<Value = Operation> {
    let found = prop::sample::select(Found::ALL);
    prop_oneof![
        capture().prop_map(|capture| Operation::Capture(Box::new(capture))),
        stamp(),
        (reference(), reference(), any::<(u32, u32, u32)>()).prop_map(|(evidence, capture, (start, end, page))| {
            Operation::Anchor(Anchor { evidence, capture, start, end, page })
        }),
        (reference(), any::<String>(), found, prop::option::of(reference())).prop_map(|(capture, at, found, now)| {
            Operation::Recheck(Recheck { capture, at: at.into(), found, now })
        }),
        (any::<(u32, u32)>(), prop::option::of(id()), any::<String>(), id()).prop_map(
            |(number, source, at, reason)| {
                let capture = OperationNumber { entry: number.0, operation: number.1 };
                let (at, notice) = (at.into(), "n-1".into());
                Operation::CaptureTombstone(CaptureTombstone { capture, source, at, reason, notice })
            }
        ),
    ]
}

fn operation() -> impl Strategy<Value = Operation> {
    let target = prop_oneof![
        id().prop_map(Target::Source),
        reference().prop_map(Target::Claim),
        id().prop_map(Target::Link),
        id().prop_map(Target::Story)
    ];
    prop_oneof![
        looked_again(),
        (any::<String>(), any::<[u8; 32]>()).prop_map(|(dataset, digest)| Operation::Begin(Origin {
            dataset: dataset.into(),
            format: "native".into(),
            digest
        })),
        source().prop_map(Operation::Source),
        (id(), id()).prop_map(|(id, kind)| Operation::Item { id, kind }),
        (id(), id(), id(), id()).prop_map(|(id, link_type, subject, object)| Operation::Link(Link {
            id,
            link_type,
            subject,
            object
        })),
        claim().prop_map(Operation::Claim),
        evidence().prop_map(Operation::Evidence),
        (target, any::<String>()).prop_map(|(target, reason)| Operation::Withdraw { target, reason: reason.into() }),
        (id(), prop::collection::vec(text(), 0..3)).prop_map(|(id, names)| Operation::Term(GlossaryTerm {
            category: id.clone(),
            id,
            definitions: names.clone(),
            names
        })),
        (id(), text(), any::<String>(), date(), any::<String>()).prop_map(|(id, title, summary, written, body)| {
            Operation::Story(Story { id, title, summary: summary.into(), written, body: body.into() })
        }),
        (prop::sample::select(Verdict::ALL.to_vec()), id(), id(), any::<String>(), prop::collection::vec(id(), 0..3))
            .prop_map(|(verdict, from, into, reason, evidence)| {
                Operation::Decision(Decision { verdict, from, into, reason: reason.into(), evidence })
            }),
        (subject(), id(), any::<(u32, u32)>()).prop_map(|(subject, property, (entry, operation))| {
            Operation::Tombstone(Tombstone {
                operation: OperationNumber { entry, operation },
                subject,
                source: None,
                reason: property.clone(),
                property,
                notice: "n-1".into(),
            })
        }),
    ]
}

proptest! {
    #[test]
    fn every_operation_reads_back(operation in operation()) {
        let bytes = operation.to_bytes();
        prop_assert_eq!(Operation::from_bytes(operation.kind(), &bytes).unwrap(), operation);
    }

    #[test]
    fn whatever_can_be_read_has_exactly_those_bytes(operation in operation(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = operation.to_bytes();
        let i = at.index(bytes.len().max(1));
        if let Some(b) = bytes.get_mut(i) { *b = byte; }
        if let Ok(read) = Operation::from_bytes(operation.kind(), &bytes) {
            prop_assert_eq!(read.to_bytes(), bytes);
        }
    }

    #[test]
    fn no_bytes_panic(kind in any::<u8>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Operation::from_bytes(kind, &bytes);
    }
}

/// Computed by hand from the layout in `docs/ledger-format.md`; must never change.
#[test]
fn the_bytes_of_a_claim_are_these() {
    let claim = Operation::Claim(Claim {
        subject: Subject::Item(Id::parse("zte").unwrap()),
        property: Id::parse("city").unwrap(),
        statement: Statement::Is(Value::Text(LangText::new("深圳", "zh-Hans").unwrap())),
        qualifiers: Qualifiers::default(),
    });
    let mut expected = vec![0, 0, 0, 0, 3, b'z', b't', b'e', 0, 0, 0, 4, b'c', b'i', b't', b'y', 2, 1];
    expected.extend([0, 0, 0, 7]);
    expected.extend(b"zh-Hans");
    expected.extend([0, 0, 0, 6, 0xe6, 0xb7, 0xb1, 0xe5, 0x9c, 0xb3, 0, 0, 0, 0, 0]);
    assert_eq!(claim.to_bytes(), expected);
}

/// By hand from the same document.
#[test]
fn the_bytes_of_a_decision_are_these() {
    let id = |text: &str| Id::parse(text).unwrap();
    let (from, into) = (id("zte-corp"), id("zte"));
    let decision = Decision { verdict: Verdict::Different, from, into, reason: "no".into(), evidence: vec![id("r-1")] };
    let expected = b"\x01\0\0\0\x08zte-corp\0\0\0\x03zte\0\0\0\x02no\0\0\0\x01\0\0\0\x03r-1";
    let operation = Operation::Decision(decision);
    assert_eq!((operation.kind(), operation.to_bytes()), (9, expected.to_vec()));
}

/// By hand from the layout in `docs/archive.md`.
#[test]
fn the_bytes_of_an_anchor_and_of_a_recheck_are_these() {
    let there = |entry, operation| Reference::There(OperationNumber { entry, operation });
    let anchor = Anchor { evidence: there(1, 2), capture: Reference::Here(3), start: 4, end: 260, page: 5 };
    let expected = b"\x01\0\0\0\x01\0\0\0\x02\x00\0\0\0\x03\0\0\0\x04\0\0\x01\x04\0\0\0\x05";
    let operation = Operation::Anchor(anchor);
    assert_eq!((operation.kind(), operation.to_bytes()), (14, expected.to_vec()));
    let recheck = Recheck { capture: there(0, 9), at: "2026".into(), found: Found::Gone, now: None };
    let expected = b"\x01\0\0\0\0\0\0\0\x09\0\0\0\x042026\x02\0";
    let operation = Operation::Recheck(recheck);
    assert_eq!((operation.kind(), operation.to_bytes()), (15, expected.to_vec()));
}

/// By hand from the same document.
#[test]
fn the_bytes_of_a_stamp_and_of_a_picture_are_these() {
    let piece = Piece { digest: [7; 32], length: 258 };
    let capture = Reference::There(OperationNumber { entry: 1, operation: 2 });
    let stamp = Stamp { capture, scheme: StampKind::OpenTimestamps, at: "2026".into(), authority: "x".into(), piece };
    let expected =
        [&b"\x01\0\0\0\x01\0\0\0\x02\x01\0\0\0\x042026\0\0\0\x01x"[..], &[7; 32], &[0, 0, 0, 0, 0, 0, 1, 2]].concat();
    let operation = Operation::Stamp(stamp);
    assert_eq!((operation.kind(), operation.to_bytes()), (24, expected));
    // A capture ends where it ended before there were pictures, or goes on with one.
    let bare = plain_capture(piece);
    let painted =
        Capture { picture: Some(Picture { piece, paint: Paint::Jpeg, width: 3, height: 260 }), ..bare.clone() };
    let (bare, painted) = (Operation::Capture(Box::new(bare)), Operation::Capture(Box::new(painted)));
    let tail = [&[7; 32][..], &[0, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 3, 0, 0, 1, 4]].concat();
    assert_eq!(painted.to_bytes(), [bare.to_bytes(), tail].concat());
    assert_eq!(Operation::from_bytes(13, &bare.to_bytes()), Ok(bare));
    assert_eq!(Operation::from_bytes(13, &painted.to_bytes()), Ok(painted));
}

fn plain_capture(piece: Piece) -> Capture {
    let empty = || Box::<str>::default();
    Capture {
        source: None,
        form: Form::Spent,
        at: empty(),
        kept: piece,
        body: piece,
        media_type: empty(),
        text: None,
        url: empty(),
        final_url: empty(),
        status: 0,
        grade: Grade::Complete,
        reason: empty(),
        address: empty(),
        certificates: None,
        vantage: empty(),
        robots: Robots::None,
        requisites: 0,
        missing: 0,
        picture: None,
    }
}

/// By hand from the same document.
#[test]
fn the_bytes_of_what_remains_of_a_capture_are_these() {
    let tombstone = CaptureTombstone {
        capture: OperationNumber { entry: 1, operation: 258 },
        source: Id::parse("r-1"),
        at: "2026".into(),
        reason: Id::parse("safety").unwrap(),
        notice: "n-7".into(),
    };
    let expected = b"\0\0\0\x01\0\0\x01\x02\x01\0\0\0\x03r-1\0\0\0\x042026\0\0\0\x06safety\0\0\0\x03n-7";
    let operation = Operation::CaptureTombstone(tombstone);
    assert_eq!((operation.kind(), operation.to_bytes()), (20, expected.to_vec()));
}
