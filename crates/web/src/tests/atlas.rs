//! A small invented atlas that has one of everything a page can show.

use std::path::Path;
use std::sync::Arc;

use edition::{Edition, Head, State};
use model::{
    Capture, CaptureTombstone, Claim, Date, Decimal, Evidence, Form, Found, GlossaryTerm, Grade, Id, Landing, LangText,
    Link, Money, Operation, OperationNumber, Paint, Passage, Picture, Piece, Point, Qualifiers, Recheck, Reference,
    Robots, Source, Stance, Statement, Subject, Target, Value, Vocabulary,
};

/// Builds a state act by act.
#[derive(Default)]
pub(in crate::tests) struct Draft {
    state: State,
    entry: u32,
    operations: u32,
}

/// The vocabulary of the project.
pub(in crate::tests) fn vocabulary() -> Arc<Vocabulary> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vocabulary");
    let (vocabulary, problems) = Vocabulary::parse(|file| std::fs::read_to_string(folder.join(file)).ok());
    assert!(problems.iter().all(|p| p.severity != model::Severity::Error), "{problems:?}");
    Arc::new(vocabulary)
}

/// The invented atlas as an edition.
pub(in crate::tests) fn edition() -> Edition {
    edition_of(&["Example Vision", "Harare"])
}

/// The same atlas with other words for a name and a place.
pub(in crate::tests) fn edition_of(words: &[&str; 2]) -> Edition {
    let mut draft = Draft::default();
    sources(&mut draft, words[0]);
    items(&mut draft, words[0]);
    links(&mut draft, words);
    captures(&mut draft, words[1]);
    draft.edition()
}

fn sources(draft: &mut Draft, word: &str) {
    draft.source("report-2019", "A Report", "Example Institute", Some("2019-03-12"), "report", &[]);
    draft.source("news-2019", word, "Example News", Some("2019-03"), "news", &["report-2019"]);
    draft.source("statement-2020", "Our Statement", "Example Vision Ltd", Some("2020"), "company", &[]);
    draft.source("register", "The Register", "", None, "government", &[]);
}

fn items(draft: &mut Draft, word: &str) {
    draft.item("example-vision", "company", word);
    draft.says("example-vision", "name", Value::Text(text("示例视觉", "zh-Hans")), &[("register", Stance::Supports)]);
    draft.says(
        "example-vision",
        "description",
        Value::Text(text("Makes cameras.", "en")),
        &[("report-2019", Stance::Supports)],
    );
    draft.says(
        "example-vision",
        "website",
        Value::Url("javascript:alert(1)".into()),
        &[("register", Stance::Supports)],
    );
    draft.open("example-vision", "city", Statement::Unknown);
    draft.item("city-police", "public-body", "City Police");
    draft.item("regulators", "public-body", "Regulators of the region");
    draft.says("regulators", "collective", Value::Flag(true), &[("report-2019", Stance::Supports)]);
    draft.item("control-list", "list", "Control List");
    draft.item("example-cable", "cable", "Example Cable");
    for (order, (name, country, lat, lon)) in
        [("Mombasa", "KE", -4.04, 39.67), ("Karachi", "PK", 24.86, 67.01)].into_iter().enumerate()
    {
        let point = Point::new(lat, lon).expect("a point");
        let landing = Landing { name: name.into(), country: country_code(country), point, order: order as u16 };
        draft.says("example-cable", "landing", Value::Landing(Box::new(landing)), &[("news-2019", Stance::Supports)]);
    }
    draft.item("withdrawn-item", "company", "Gone Ltd");
    draft.apply(Operation::Withdraw {
        target: Target::Item(id("withdrawn-item")),
        reason: "a mistaken identity".into(),
    });
    draft.apply(Operation::Term(GlossaryTerm {
        id: id("smart-city"),
        names: vec![text("Smart city", "en"), text("智慧城市", "zh-Hans")],
        definitions: vec![text("A city system that joins sensors.", "en")],
        category: id("system"),
    }));
    draft.apply(Operation::Story(model::Story {
        id: id("a-story"),
        title: text("A story", "en"),
        summary: "What it tells.".into(),
        written: date("2026-11-21"),
        body: "[Vision](item:example-vision) sold a Smart city.[^report-2019][^link:vision-supplies-police]\n\n:::record vision-supplies-police\n:::record link:never-there\n:::map filter=country=ZW\n".into(),
    }));
}

/// The same atlas with evidence that quotes.
pub(in crate::tests) fn quoted() -> Edition {
    let mut draft = Draft::default();
    let words = ["Example Vision", "Harare"];
    sources(&mut draft, words[0]);
    items(&mut draft, words[0]);
    links(&mut draft, &words);
    captures(&mut draft, words[1]);
    let claim = draft.state.items().get("example-vision").expect("it is there").body.claims[0].number;
    draft.apply(Operation::Evidence(Evidence {
        claims: vec![Reference::There(claim)],
        source: id("news-2019"),
        stance: Stance::Supports,
        passage: Passage { anchor: None, quote: Some(text("Harare has cameras.", "en")), translation: None },
        group: None,
        against_interest: false,
    }));
    draft.edition()
}

/// The same atlas with a capture that is a picture, and that capture's number.
pub(in crate::tests) fn painted(paint: Paint) -> (Edition, String) {
    let mut draft = Draft::default();
    let words = ["Example Vision", "Harare"];
    sources(&mut draft, words[0]);
    items(&mut draft, words[0]);
    links(&mut draft, &words);
    captures(&mut draft, words[1]);
    let capture = draft.state.captures().next().expect("one is held").capture.clone();
    let piece = Piece { digest: [0xe5; 32], length: 4 };
    let picture = Some(Picture { piece, paint, width: 2, height: 1 });
    let number = draft.apply(Operation::Capture(Box::new(Capture { picture, ..capture })));
    (draft.edition(), number.to_string())
}

/// The same atlas after its capture was destroyed.
pub(in crate::tests) fn destroyed() -> Edition {
    let mut draft = Draft::default();
    let words = ["Example Vision", "Harare"];
    sources(&mut draft, words[0]);
    items(&mut draft, words[0]);
    links(&mut draft, &words);
    captures(&mut draft, words[1]);
    let capture = OperationNumber::parse(&a_capture()).expect("a number");
    draft.apply(Operation::CaptureTombstone(CaptureTombstone {
        capture,
        source: Some(id("news-2019")),
        at: "2026-11-20T03:04:05Z".into(),
        reason: id("copyright"),
        notice: "notice-<7>".into(),
    }));
    draft.edition()
}

/// The number of its capture.
pub(in crate::tests) fn a_capture() -> String {
    let edition = edition();
    let capture = edition.state().captures().next().expect("one is held");
    capture.number.to_string()
}

/// The words of every capture.
pub(in crate::tests) struct Held(pub String);

impl model::Texts for Held {
    fn text(&self, _: &[u8; 32]) -> Option<model::CaptureText> {
        let page = vec!["Before. Harare has cameras.".to_owned(), self.0.clone()];
        Some(model::CaptureText::new("en", &self.0, &[page]))
    }

    fn picture(&self, _: &[u8; 32]) -> Option<Vec<u8>> {
        Some(b"dots".to_vec())
    }
}

/// What the archive holds of a source, told by a site that may say anything of itself.
fn captures(draft: &mut Draft, word: &str) {
    let piece = |byte| Piece { digest: [byte; 32], length: 1234 };
    let capture = draft.apply(Operation::Capture(Box::new(Capture {
        source: Some(id("news-2019")),
        form: Form::Fetched,
        at: "2026-11-20T03:04:05Z".into(),
        kept: piece(0xa1),
        body: piece(0xb2),
        media_type: word.into(),
        text: Some(piece(0xc3)),
        url: word.into(),
        final_url: format!("https://example.org/{word}").into(),
        status: 200,
        grade: Grade::Partial,
        reason: "requisites".into(),
        address: "192.0.2.7".into(),
        certificates: Some([0xd4; 32]),
        vantage: "IE".into(),
        robots: Robots::Disallowed,
        requisites: 5,
        missing: 2,
        picture: None,
    })));
    let again = |found, at: &str| Recheck { capture: Reference::There(capture), at: at.into(), found, now: None };
    draft.apply(Operation::Recheck(again(Found::Unchanged, "2026-11-21T00:00:00Z")));
    draft.apply(Operation::Recheck(again(Found::Gone, "2026-11-22T00:00:00Z")));
}

fn links(draft: &mut Draft, words: &[&str; 2]) {
    let both = [("report-2019", Stance::Supports), ("statement-2020", Stance::Contradicts)];
    draft.link("vision-supplies-police", "supplies", "example-vision", "city-police", &both);
    draft.on_link("vision-supplies-police", "category", Value::Term(id("surveillance")));
    draft.on_link("vision-supplies-police", "place", Value::Text(LangText::plain(words[1])));
    draft.on_link("vision-supplies-police", "country", Value::Country(country_code("ZW")));
    draft.on_link("vision-supplies-police", "point", Value::Point(Point::new(-17.83, 31.05).expect("a point")));
    draft.on_link("vision-supplies-police", "precision", Value::Term(id("city")));
    draft.on_link("vision-supplies-police", "start", Value::Date(date("2018-04~")));
    draft.on_link("vision-supplies-police", "status", Value::Term(id("operational")));
    draft.on_link("vision-supplies-police", "highlight", Value::Flag(true));
    let sum = Money::new(Decimal::parse("1900000").expect("a sum"), "USD").expect("a sum");
    draft.on_link("vision-supplies-police", "amount", Value::Money(sum));
    draft.link(
        "vision-offers-regulators",
        "supplies",
        "example-vision",
        "regulators",
        &[("news-2019", Stance::Supports)],
    );
    draft.on_link("vision-offers-regulators", "offered-only", Value::Flag(true));
    draft.on_link("vision-offers-regulators", "category", Value::Term(id("5g")));
    draft.link("vision-listed", "listed-on", "example-vision", "control-list", &[("register", Stance::Supports)]);
    draft.on_link("vision-listed", "country", Value::Country(country_code("US")));
    draft.on_link("vision-listed", "country-role", Value::Term(id("party")));
    draft.on_link("vision-listed", "legal-citation", Value::Text(text("84 FR 54002", "en")));
    draft.on_link("vision-listed", "effective-date", Value::Date(date("2019-10-09")));
    draft.on_link("vision-listed", "list-entry-name", Value::Text(LangText::plain("EXAMPLE VISION CO., LTD.")));
    draft.link(
        "vision-responds",
        "responds",
        "example-vision",
        "control-list",
        &[("statement-2020", Stance::Supports)],
    );
}

impl Draft {
    /// The edition of what was drafted.
    pub fn edition(self) -> Edition {
        let head = Head { origin: "example.org/atlas".into(), size: 7, root: [0xab; 32], day: "2026-11-21".into() };
        Edition::new(self.state, vocabulary(), head)
    }

    /// Begins an entry by this author.
    pub fn enter(&mut self, entry: u32, author: &str) {
        self.state.enter(entry, "2026-11-21", author);
        (self.entry, self.operations) = (entry, 0);
    }

    /// Does one act.
    pub fn apply(&mut self, operation: Operation) -> OperationNumber {
        let number = OperationNumber { entry: self.entry, operation: self.operations };
        self.operations += 1;
        self.state.apply(number, operation);
        number
    }

    fn source(
        &mut self,
        source: &str,
        title: &str,
        publisher: &str,
        published: Option<&str>,
        kind: &str,
        relays: &[&str],
    ) {
        self.apply(Operation::Source(Source {
            id: id(source),
            title: text(title, "en"),
            publisher: publisher.into(),
            published: published.map(date),
            language: "en".into(),
            kind: id(kind),
            relays: relays.iter().map(|relay| id(relay)).collect(),
            url: "https://example.org/".into(),
            note: "".into(),
        }));
    }

    fn item(&mut self, item: &str, kind: &str, name: &str) {
        self.apply(Operation::Item { id: id(item), kind: id(kind) });
        self.says(item, "name", Value::Text(text(name, "en")), &[("report-2019", Stance::Supports)]);
    }

    fn says(&mut self, item: &str, property: &str, value: Value, evidence: &[(&str, Stance)]) {
        self.claim(Subject::Item(id(item)), property, Statement::Is(value), evidence);
    }

    fn open(&mut self, item: &str, property: &str, statement: Statement) {
        self.claim(Subject::Item(id(item)), property, statement, &[("report-2019", Stance::Supports)]);
    }

    fn link(&mut self, link: &str, link_type: &str, subject: &str, object: &str, evidence: &[(&str, Stance)]) {
        self.apply(Operation::Link(Link {
            id: id(link),
            link_type: id(link_type),
            subject: id(subject),
            object: id(object),
        }));
        self.claim(Subject::Link(id(link)), "asserts", Statement::Is(Value::Flag(true)), evidence);
    }

    fn on_link(&mut self, link: &str, property: &str, value: Value) {
        self.claim(Subject::Link(id(link)), property, Statement::Is(value), &[("report-2019", Stance::Supports)]);
    }

    fn claim(&mut self, subject: Subject, property: &str, statement: Statement, evidence: &[(&str, Stance)]) {
        let claim = Claim { subject, property: id(property), statement, qualifiers: Qualifiers::default() };
        let number = self.apply(Operation::Claim(claim));
        for (source, stance) in evidence {
            self.apply(Operation::Evidence(Evidence {
                claims: vec![Reference::There(number)],
                source: id(source),
                stance: *stance,
                passage: Passage { anchor: None, quote: None, translation: None },
                group: None,
                against_interest: false,
            }));
        }
    }
}

pub(in crate::tests) fn id(text: &str) -> Id {
    Id::parse(text).expect(text)
}

pub(in crate::tests) fn text(text: &str, lang: &str) -> LangText {
    LangText::new(text, lang).expect("a language tag")
}

fn date(edtf: &str) -> Date {
    Date::parse(edtf).expect(edtf)
}

pub(in crate::tests) fn country_code(code: &str) -> model::CountryCode {
    model::CountryCode::parse(code).expect(code)
}
