//! The glossary: the atlas' own words from the vocabulary, and the terms that the ledger brings.

use maud::{Markup, html};
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::{Frame, framed, here};
use crate::reply::{Failure, Reply};
use crate::view::{Maker, citable};

#[derive(Serialize)]
struct Glossary {
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    terms: Vec<Explained>,
}

/// A word and what it means.
#[derive(Serialize)]
struct Explained {
    id: String,
    term: String,
    /// The word in the other languages it is held in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<Other>,
    definition: String,
    /// The language of the definition.
    lang: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
    #[serde(skip)]
    icon: String,
    #[serde(skip)]
    colour: String,
}

#[derive(Serialize)]
struct Other {
    text: String,
    lang: String,
}

pub(crate) fn glossary(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let view = Glossary { groups: groups(ask) };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let title = ask.lang.t("nav-glossary");
    Ok(framed(ask, Frame::new(&title, Section::Glossary, Layout::Text, body(ask, &title, &view))))
}

fn body(ask: &Ask<'_>, title: &str, view: &Glossary) -> Markup {
    html! {
        h1 { (title) }
        p.lead { (ask.lang.t("glossary-intro")) }
        nav aria-label=(ask.lang.t("on-this-page")) {
            ul.jump { @for group in &view.groups { li { a href=(format!("#{}", group.id)) { (group.title) } } } }
        }
        @for group in &view.groups {
            section {
                h2 id=(group.id) { (group.title) }
                dl.glossary { @for term in &group.terms { (explained(ask, term)) } }
            }
        }
    }
}

fn explained(ask: &Ask<'_>, term: &Explained) -> Markup {
    let untranslated = !term.lang.starts_with(ask.lang.tag().split('-').next().unwrap_or_default());
    html! {
        dt id=(term.id) {
            @if !term.icon.is_empty() {
                @if term.colour.is_empty() { (ui::icon(&term.icon)) } @else { (ui::tinted(&term.icon, &term.colour)) }
            }
            @if term.url.is_empty() { bdi { (term.term) } } @else { a href=(term.url) { (term.term) } }
            @for other in &term.others { span.soft { (ui::inline(&other.text, &other.lang)) } }
        }
        dd { span lang=(term.lang) { (term.definition) } @if untranslated { " " (ui::untranslated(ask.lang)) } }
    }
}

fn groups(ask: &Ask<'_>) -> Vec<Group> {
    let (lang, vocabulary, maker) = (ask.lang, ask.edition().vocabulary(), Maker::of(ask));
    let tag = lang.tag();
    let group = |id: &str, title: String, terms: Vec<Explained>| Group { id: id.into(), title, terms };
    let term = |prefix: &str, found: crate::view::terms::Term, definition: &str, url: String| Explained {
        id: format!("{prefix}-{}", found.id),
        term: found.label,
        others: Vec::new(),
        definition: definition.into(),
        lang: tag.into(),
        url,
        icon: found.icon,
        colour: found.colour,
    };
    let kinds = vocabulary
        .kinds
        .all()
        .iter()
        .map(|k| term("kind", maker.kind(k.id.as_str()), k.definition.get(tag), String::new()));
    let links = vocabulary
        .link_types
        .all()
        .iter()
        .map(|t| term("link", maker.link_type(t.id.as_str()), t.definition.get(tag), String::new()));
    let categories = vocabulary.categories.all().iter().map(|c| {
        term("category", maker.category(c.id.as_str()), c.definition.get(tag), ask.urls().category(c.id.as_str()))
    });
    let topics = vocabulary
        .topics
        .all()
        .iter()
        .map(|t| term("topic", maker.topic(t.id.as_str()), t.definition.get(tag), String::new()));
    let set = |set: &str| -> Vec<Explained> {
        vocabulary
            .set(set)
            .iter()
            .map(|c| term(set, maker.choice(set, c.id.as_str()), c.definition.get(tag), String::new()))
            .collect()
    };
    let mut all = vec![
        group("terms", lang.t("glossary-terms"), terms(ask)),
        group("categories", lang.t("key-category"), categories.collect()),
        group("links", lang.t("key-link"), links.collect()),
        group("kinds", lang.t("key-item-kind"), kinds.collect()),
        group("topics", lang.t("key-topic"), topics.collect()),
        group("confidence", lang.t("key-confidence"), set("confidence")),
        group("status", lang.t("key-status"), set("status")),
        group("precision", lang.t("key-precision"), set("precision")),
        group("source-kinds", lang.t("glossary-source-kinds"), set("source-kind")),
    ];
    all.retain(|group| !group.terms.is_empty());
    all
}

/// The terms of the ledger, in the order of the words of the language.
fn terms(ask: &Ask<'_>) -> Vec<Explained> {
    let prefers = |text: &&model::LangText| text.lang().split('-').next() == ask.lang.tag().split('-').next();
    let mut terms: Vec<Explained> = ask
        .edition()
        .terms()
        .filter_map(|term| {
            let name = term.names.iter().find(prefers).or(term.names.first())?;
            let definition = term.definitions.iter().find(prefers).or(term.definitions.first())?;
            let others = term.names.iter().filter(|other| other.text() != name.text());
            Some(Explained {
                id: term.id.as_str().into(),
                term: name.text().into(),
                others: others.map(|other| Other { text: other.text().into(), lang: other.lang().into() }).collect(),
                definition: definition.text().into(),
                lang: if definition.lang().is_empty() { "en" } else { definition.lang() }.into(),
                url: String::new(),
                icon: String::new(),
                colour: String::new(),
            })
        })
        .collect();
    terms.sort_by_cached_key(|term| term.term.to_lowercase());
    terms
}
