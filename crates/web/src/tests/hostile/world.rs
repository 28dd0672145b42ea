//! An atlas that says the same words in every text that the model has.

use edition::Edition;
use model::{
    Anchor, Capture, CaptureText, CaptureTombstone, Decimal, Decision, Figure, Form, GlossaryTerm, Grade, Identifier,
    Landing, Notice, Operation, OperationNumber, Origin, Passage, Piece, Point, Qualifiers, Reference, Robots, Source,
    Stance, Statement, Story, Subject, Target, Texts, Tombstone, Value, Verdict,
};

use crate::tests::atlas::{Draft, country_code, id, text};

/// How many texts each word is put into.
pub const TEXTS: usize = 47;

/// The words of every capture.
pub struct Words(pub Vec<String>);

impl Texts for Words {
    fn text(&self, digest: &[u8; 32]) -> Option<CaptureText> {
        let word = self.0.get(usize::from(digest[0]))?;
        Some(CaptureText::new(word, word, &[vec![word.clone(), format!("Before {word} behind.")], vec![word.clone()]]))
    }
}

/// Pages on which the words stand: some with all of them, and for each word some of its own.
pub fn pages(words: usize) -> Vec<String> {
    let all = [
        "/",
        "/zh/",
        "/links",
        "/items",
        "/sources",
        "/glossary",
        "/stories",
        "/changes",
        "/changes/1",
        "/zh/changes/1",
        "/lists",
        "/list/i-0",
        "/categories",
        "/countries",
        "/country/ZW",
        "/quality",
        "/figures",
        "/item/holder",
        "/zh/item/holder",
        "/item/holder/connections",
        "/path?from=holder&to=i-0",
        "/compare?item=holder&item=i-0",
        "/share",
        "/embed",
        "/data",
        "/cite/item/i-0",
        "/cite/link/l-0",
        "/cite/source/s-0",
        "/verify/item/i-0",
        "/map",
    ];
    let each = |n: usize| {
        let capture = number(3, n);
        [
            format!("/source/s-{n}"),
            format!("/link/l-{n}"),
            format!("/capture/{capture}"),
            format!("/item/w-{n}"),
            format!("/verify/{}", number(2, n * 15 + 13)),
        ]
    };
    all.map(str::to_owned).into_iter().chain((0..words).flat_map(each)).collect()
}

fn number(entry: u32, operation: usize) -> OperationNumber {
    OperationNumber { entry, operation: u32::try_from(operation).expect("few") }
}

/// The atlas, in six entries.
pub fn edition(words: &[String]) -> Edition {
    let mut draft = Draft::default();
    // A plain beginning keeps the order and the letters of lists; a number of its own keeps them apart.
    let said: Vec<String> = words.iter().enumerate().map(|(n, word)| format!("Word {n:03} {word}")).collect();
    let all = || said.iter().enumerate();
    draft.enter(0, &said[0]);
    all().for_each(|(n, word)| source(&mut draft, n, word));
    draft.enter(1, &said[0]);
    draft.apply(Operation::Begin(Origin {
        dataset: said[0].as_str().into(),
        format: "native".into(),
        digest: [0; 32],
    }));
    draft.apply(Operation::Item { id: id("holder"), kind: id("company") });
    claim(&mut draft, &item("holder"), "name", text_of("Holder"), 0, "Holder");
    all().for_each(|(n, word)| held(&mut draft, n, word, &words[n]));
    draft.enter(2, &said[0]);
    all().for_each(|(n, word)| link(&mut draft, n, word));
    draft.enter(3, &said[0]);
    all().for_each(|(n, word)| capture(&mut draft, n, word));
    all().for_each(|(n, word)| anchor(&mut draft, n, word));
    draft.enter(4, &said[0]);
    all().for_each(|(n, word)| told(&mut draft, n, word));
    draft.enter(5, &said[0]);
    all().for_each(|(n, word)| taken_back(&mut draft, n, word));
    draft.edition()
}

fn item(name: &str) -> Subject {
    Subject::Item(id(name))
}

fn text_of(words: &str) -> Value {
    Value::Text(text(words, "en"))
}

fn source(draft: &mut Draft, n: usize, word: &str) {
    draft.apply(Operation::Source(Source {
        id: id(&format!("s-{n}")),
        title: text(word, "en"),
        publisher: word.into(),
        published: None,
        language: word.into(),
        kind: id("news"),
        relays: if n > 0 { vec![id("s-0")] } else { Vec::new() },
        url: format!("https://example.org/{word}").into(),
        note: word.into(),
    }));
}

/// A claim with evidence that quotes.
fn claim(draft: &mut Draft, subject: &Subject, property: &str, value: Value, n: usize, word: &str) -> OperationNumber {
    let qualifiers = Qualifiers { original: Some(word.into()), ..Qualifiers::default() };
    let (subject, property, statement) = (subject.clone(), id(property), Statement::Is(value));
    let claim = draft.apply(Operation::Claim(model::Claim { subject, property, statement, qualifiers }));
    let quote = Some(text(word, "en"));
    draft.apply(Operation::Evidence(model::Evidence {
        claims: vec![Reference::There(claim)],
        source: id(&format!("s-{n}")),
        stance: Stance::Supports,
        passage: Passage { anchor: Some(word.into()), quote, translation: Some(text(word, "zh-Hans")) },
        group: Some(word.into()),
        against_interest: false,
    }));
    claim
}

/// All that can be said of one item, and an item of the name.
fn held(draft: &mut Draft, n: usize, word: &str, raw: &str) {
    let (figure, landing) = (
        Figure {
            statement: text(word, "en"),
            number: Decimal::parse("7").expect("a number"),
            unit: word.into(),
            as_of: None,
        },
        Landing {
            name: word.into(),
            country: country_code("ZW"),
            point: Point::new(1.0, 2.0).expect("a point"),
            order: 0,
        },
    );
    // An address that is none, with nothing before it, and one that is.
    let (none, web) = (format!("{raw} {n:03}"), format!("https://example.org/{word}"));
    let identifier = Identifier { scheme: id("lei"), value: word.into() };
    for (property, value) in [
        ("alias", text_of(word)),
        ("description", text_of(word)),
        ("city", text_of(word)),
        ("website", Value::Url(none.into())),
        ("website", Value::Url(web.into())),
        ("identifier", Value::Identifier(identifier)),
        ("figure", Value::Figure(Box::new(figure))),
        ("landing", Value::Landing(Box::new(landing))),
    ] {
        claim(draft, &item("holder"), property, value, n, word);
    }
    let name = format!("i-{n}");
    draft.apply(Operation::Item { id: id(&name), kind: id("list") });
    claim(draft, &item(&name), "name", text_of(word), n, word);
    claim(draft, &item(&name), "description", text_of(word), n, word);
}

fn link(draft: &mut Draft, n: usize, word: &str) {
    let name = id(&format!("l-{n}"));
    let (link_type, subject, object) = (id("listed-on"), id("holder"), id(&format!("i-{n}")));
    draft.apply(Operation::Link(model::Link { id: name.clone(), link_type, subject, object }));
    let subject = Subject::Link(name);
    for (property, value) in [
        ("asserts", Value::Flag(true)),
        ("category", Value::Term(id("surveillance"))),
        ("country", Value::Country(country_code("ZW"))),
        ("place", text_of(word)),
        ("description", text_of(word)),
        ("legal-citation", text_of(word)),
        ("list-entry-name", text_of(word)),
    ] {
        claim(draft, &subject, property, value, n, word);
    }
}

fn capture(draft: &mut Draft, n: usize, word: &str) {
    let piece = |byte| Piece { digest: [byte; 32], length: 7 };
    let text = piece(u8::try_from(n).expect("few"));
    draft.apply(Operation::Capture(Box::new(Capture {
        source: Some(id(&format!("s-{n}"))),
        form: Form::Archive,
        at: word.into(),
        kept: piece(255),
        body: piece(255),
        media_type: word.into(),
        text: Some(text),
        url: word.into(),
        final_url: word.into(),
        status: 200,
        grade: Grade::Complete,
        reason: word.into(),
        address: word.into(),
        certificates: None,
        vantage: word.into(),
        robots: Robots::Allowed,
        requisites: 0,
        missing: 0,
        picture: None,
    })));
}

/// What was found in a capture, when it was looked at again, and what others say of it.
fn anchor(draft: &mut Draft, n: usize, word: &str) {
    let capture = Reference::There(number(3, n));
    let recheck = model::Recheck { capture, at: word.into(), found: model::Found::Changed, now: None };
    draft.apply(Operation::Recheck(recheck));
    let (scheme, piece) = (model::StampKind::Rfc3161, Piece { digest: [254; 32], length: 7 });
    let stamp = model::Stamp { capture, scheme, at: word.into(), authority: word.into(), piece };
    draft.apply(Operation::Stamp(stamp));
    draft.apply(Operation::Anchor(Anchor {
        evidence: Reference::There(number(1, 3)),
        capture,
        start: 0,
        end: 4,
        page: 1,
    }));
}

/// Words explained, and stories.
fn told(draft: &mut Draft, n: usize, word: &str) {
    // A term explains itself wherever it stands; this one stands nowhere else.
    let term = word.replacen("Word", "Term", 1);
    let (names, definitions) =
        (vec![text(&term, "en"), text(&term, "zh-Hans")], vec![text(word, "en"), text(word, "zh-Hans")]);
    draft.apply(Operation::Term(GlossaryTerm {
        id: id(&format!("t-{n}")),
        names,
        definitions,
        category: id("system"),
    }));
    for lang in ["en", "zh-Hans"] {
        draft.apply(Operation::Story(Story {
            id: id(&format!("st-{n}")),
            title: text(word, lang),
            summary: word.into(),
            written: model::Date::parse("2026").expect("a date"),
            body: format!("{word}\n\n{word} [x](item:holder)\n\n> {word}\n").into(),
        }));
    }
}

/// What was withdrawn, destroyed and decided, and why.
fn taken_back(draft: &mut Draft, n: usize, word: &str) {
    let claim = number(2, n * 15 + 5);
    draft.apply(Operation::Tombstone(Tombstone {
        operation: number(2, n * 15 + 13),
        subject: item("holder"),
        property: id("alias"),
        source: None,
        reason: id("reason"),
        notice: word.into(),
    }));
    let gone = id(&format!("w-{n}"));
    draft.apply(Operation::Withdraw { target: Target::Claim(Reference::There(claim)), reason: word.into() });
    draft.apply(Operation::Item { id: gone.clone(), kind: id("company") });
    draft.apply(Operation::Withdraw { target: Target::Item(gone), reason: word.into() });
    let (from, into) = (id(&format!("i-{n}")), id("holder"));
    draft.apply(Operation::Decision(Decision {
        verdict: Verdict::Different,
        from,
        into,
        reason: word.into(),
        evidence: vec![id("s-0")],
    }));
    draft.apply(Operation::CaptureTombstone(CaptureTombstone {
        capture: number(9, n),
        source: Some(id(&format!("s-{n}"))),
        at: word.into(),
        reason: id("reason"),
        notice: word.into(),
    }));
    draft.apply(Operation::Notice(Notice::Override { since: 0, lost: 1, reason: word.into() }));
    draft.apply(Operation::Notice(Notice::Abandon { entry: 9, reason: id("reason"), notice: word.into() }));
}
