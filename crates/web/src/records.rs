//! Everything an edition publishes as JSON Lines: one record a line, each claim with its evidence.

use edition::Edition;
use model::GlossaryTerm;
use serde::Serialize;
use ui::Lang;

use crate::view::Maker;
use crate::view::claim::Claim;
use crate::view::terms::ItemRef;

/// The first line: which edition this is, and under which licence.
#[derive(Serialize)]
struct Header<'e> {
    record: &'static str,
    origin: &'e str,
    entries: u64,
    root: String,
    day: &'e str,
    licence: &'e str,
    notice: String,
}

#[derive(Serialize)]
struct Source<'e> {
    record: &'static str,
    id: &'e str,
    title: &'e str,
    title_language: &'e str,
    publisher: &'e str,
    published: Option<&'e str>,
    language: &'e str,
    kind: &'e str,
    relays: Vec<&'e str>,
    address: &'e str,
    note: &'e str,
}

#[derive(Serialize)]
struct Item<'e> {
    record: &'static str,
    id: &'e str,
    kind: &'e str,
    claims: Vec<Claim>,
}

#[derive(Serialize)]
struct Link<'e> {
    record: &'static str,
    id: &'e str,
    #[serde(rename = "type")]
    link_type: &'e str,
    subject: ItemRef,
    object: ItemRef,
    claims: Vec<Claim>,
}

#[derive(Serialize)]
struct Term<'e> {
    record: &'static str,
    id: &'e str,
    category: &'e str,
    names: Vec<Words<'e>>,
    definitions: Vec<Words<'e>>,
}

#[derive(Serialize)]
struct Words<'e> {
    lang: &'e str,
    text: &'e str,
}

/// Gives every line in turn: the header, sources, items, links and terms, each kind by id.
/// Labels are in `lang`; ids and values are the same in every language.
pub fn records(edition: &Edition, licence: &str, lang: Lang, write: &mut dyn FnMut(&str)) {
    let maker = Maker { edition, lang };
    line(write, &header(edition, licence, lang));
    for source in edition.sources() {
        line(write, &self::source(source));
    }
    for item in edition.items() {
        let claims = item.claims().iter().map(|claim| maker.claim(claim)).collect();
        line(write, &Item { record: "item", id: item.id(), kind: item.kind(), claims });
    }
    for link in edition.links() {
        let claims = link.claims().iter().map(|claim| maker.claim(claim)).collect();
        let (subject, object) = (maker.item_ref(link.subject()), maker.item_ref(link.object()));
        line(write, &Link { record: "link", id: link.id(), link_type: link.link_type(), subject, object, claims });
    }
    for term in edition.terms() {
        line(write, &self::term(term));
    }
}

fn line(write: &mut dyn FnMut(&str), record: &impl Serialize) {
    write(&serde_json::to_string(record).expect("invariant: texts and numbers are always JSON"));
}

fn header<'e>(edition: &'e Edition, licence: &'e str, lang: Lang) -> Header<'e> {
    let head = edition.head();
    Header {
        record: "edition",
        origin: &head.origin,
        entries: head.size,
        root: head.root.iter().map(|byte| format!("{byte:02x}")).collect(),
        day: &head.day,
        licence,
        notice: lang.t("notice"),
    }
}

fn source(view: edition::SourceView<'_>) -> Source<'_> {
    let source = view.source();
    Source {
        record: "source",
        id: view.id(),
        title: source.title.text(),
        title_language: source.title.lang(),
        publisher: &source.publisher,
        published: source.published.as_ref().map(|date| date.as_str()),
        language: &source.language,
        kind: source.kind.as_str(),
        relays: source.relays.iter().map(|id| id.as_str()).collect(),
        address: &source.url,
        note: &source.note,
    }
}

fn term(term: &GlossaryTerm) -> Term<'_> {
    Term {
        record: "term",
        id: term.id.as_str(),
        category: term.category.as_str(),
        names: term.names.iter().map(said).collect(),
        definitions: term.definitions.iter().map(said).collect(),
    }
}

fn said(text: &model::LangText) -> Words<'_> {
    Words { lang: text.lang(), text: text.text() }
}
