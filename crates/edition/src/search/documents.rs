//! What of an edition can be found: items, links, sources, stories and words, each as one document.
//!
//! Only what is published comes in: views of live records and values that rest on evidence. What was withdrawn or
//! redacted is in no list and so in no answer.

use model::{GlossaryTerm, LangText, Value};

use super::lists::{Builder, Lists, Zone};
use crate::edition::Edition;
use crate::view::{Item, LinkView, SourceView};

/// A kind of thing that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Items.
    Items,
    /// Links.
    Links,
    /// Sources.
    Sources,
    /// Stories, each with its text in every language.
    Stories,
    /// Words of the glossary.
    Terms,
}

impl Group {
    /// Every group, in the order of the documents.
    pub const ALL: [Self; 5] = [Self::Items, Self::Links, Self::Sources, Self::Stories, Self::Terms];

    /// The word that names it in addresses and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Links => "links",
            Self::Sources => "sources",
            Self::Stories => "stories",
            Self::Terms => "terms",
        }
    }

    /// The group of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.word() == word)
    }
}

/// Which document is which record: groups in order, within a group by id.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    /// Of each document, its record number; a story's or a term's place among the live ones.
    pub records: Vec<u32>,
    /// The first document of each group, and behind the last the number of all.
    pub starts: [u32; Group::ALL.len() + 1],
    /// Of each document, how much is known of it: what it is worth before anything is asked.
    pub priors: Vec<f32>,
    /// Names whole: a fingerprint of their tokens, with the document.
    pub names: Vec<(u64, u32)>,
}

impl Documents {
    /// The group of a document.
    pub(crate) fn group(&self, doc: u32) -> Group {
        let group = self.starts[1..].iter().position(|end| doc < *end);
        Group::ALL[group.unwrap_or(Group::ALL.len() - 1)]
    }

    /// The documents of a group.
    pub(crate) fn of(&self, group: Group) -> std::ops::Range<u32> {
        self.starts[group as usize]..self.starts[group as usize + 1]
    }
}

/// Reads every document of an edition. Linear in all its texts.
pub(crate) fn read(edition: &Edition) -> (Documents, Lists) {
    let mut reader = Reader { builder: Builder::default(), documents: Documents::default() };
    for item in edition.items() {
        reader.item(edition, item);
    }
    reader.end_group(Group::Items);
    for link in edition.links() {
        reader.link(edition, link);
    }
    reader.end_group(Group::Links);
    for source in edition.sources() {
        reader.source(source);
    }
    reader.end_group(Group::Sources);
    for (id, number) in edition.story_ids().into_iter().zip(0..) {
        reader.story(edition, id, number);
    }
    reader.end_group(Group::Stories);
    for (term, number) in edition.terms().zip(0..) {
        reader.term(term, number);
    }
    reader.end_group(Group::Terms);
    reader.documents.names.sort_unstable();
    reader.documents.names.dedup();
    (reader.documents, reader.builder.finish())
}

/// The properties of items and links that are running text.
const TEXTS: [&str; 3] = ["description", "note", "legal-citation"];

struct Reader {
    builder: Builder,
    documents: Documents,
}

impl Reader {
    fn item(&mut self, edition: &Edition, item: Item<'_>) {
        self.builder.add(Zone::Id, item.id());
        for name in names(item) {
            self.name(name);
        }
        for property in TEXTS.iter().chain(&["address"]) {
            item.values(property).filter_map(text).for_each(|text| self.builder.add(Zone::Text, text));
        }
        item.values("city").filter_map(text).for_each(|text| self.builder.add(Zone::Place, text));
        for identifier in item.values("identifier").filter_map(identifier) {
            self.builder.add(Zone::Id, identifier);
        }
        item.values("country").for_each(|value| self.country(edition, value));
        let kind = edition.vocabulary().kinds.get(item.kind());
        kind.into_iter().flat_map(|kind| kind.label.0.values()).for_each(|label| self.builder.add(Zone::Label, label));
        let links = edition.joins.out.of(item.number()).len() + edition.joins.into.of(item.number()).len();
        self.end(item.number(), 0.12 * (1.0 + links as f32).ln());
    }

    fn link(&mut self, edition: &Edition, link: LinkView<'_>) {
        self.builder.add(Zone::Id, link.id());
        for end in [link.subject(), link.object()] {
            for name in names(end) {
                self.builder.add(Zone::Ends, name);
                self.builder.add(Zone::Pinyin, name);
            }
        }
        link.values("list-entry-name").filter_map(text).for_each(|name| self.builder.add(Zone::Ends, name));
        for property in TEXTS {
            link.values(property).filter_map(text).for_each(|text| self.builder.add(Zone::Text, text));
        }
        link.values("place").filter_map(text).for_each(|place| self.builder.add(Zone::Place, place));
        link.values("country").for_each(|value| self.country(edition, value));
        for label in labels(edition, link) {
            self.builder.add(Zone::Label, label);
        }
        if let Some((first, last)) = link.years() {
            (first..=last).take(30).for_each(|year| self.builder.add(Zone::Label, &year.to_string()));
        }
        self.end(link.number(), 0.0);
    }

    fn source(&mut self, view: SourceView<'_>) {
        let source = view.source();
        self.builder.add(Zone::Id, view.id());
        self.name(source.title.text());
        self.builder.add(Zone::Publisher, &source.publisher);
        self.builder.add(Zone::Text, &source.note);
        self.builder.add(Zone::Text, &source.url);
        self.end(view.number(), 0.02 * (1.0 + view.uses().len() as f32).ln());
    }

    fn story(&mut self, edition: &Edition, id: &str, number: u32) {
        self.builder.add(Zone::Id, id);
        for story in edition.told(id) {
            self.name(story.title.text());
            self.builder.add(Zone::Text, &story.summary);
            crate::story::tell(&story.body).texts().for_each(|text| self.builder.add(Zone::Text, &text));
        }
        self.end(number, 0.0);
    }

    fn term(&mut self, term: &GlossaryTerm, number: u32) {
        self.builder.add(Zone::Id, term.id.as_str());
        term.names.iter().for_each(|name| self.name(name.text()));
        term.definitions.iter().for_each(|text| self.builder.add(Zone::Text, text.text()));
        self.end(number, 0.0);
    }

    fn name(&mut self, name: &str) {
        self.builder.add(Zone::Name, name);
        self.builder.add(Zone::Pinyin, name);
        self.documents.names.push((super::fingerprint(name), self.documents.records.len() as u32));
    }

    fn country(&mut self, edition: &Edition, value: &Value) {
        if let Value::Country(code) = value
            && let Some(country) = edition.vocabulary().country(code.as_str())
        {
            ["en", "zh-Hans"].iter().for_each(|lang| self.builder.add(Zone::Place, country.name(lang)));
        }
    }

    fn end(&mut self, record: u32, prior: f32) {
        self.builder.end_document();
        self.documents.records.push(record);
        self.documents.priors.push(prior);
    }

    fn end_group(&mut self, group: Group) {
        self.documents.starts[group as usize + 1] = self.documents.records.len() as u32;
    }
}

/// Every name that an item has been given, with evidence.
pub(crate) fn names<'e>(item: Item<'e>) -> Vec<&'e str> {
    let given = ["name", "alias"].into_iter().flat_map(|property| item.values(property)).filter_map(text);
    let mut names: Vec<&'e str> = Vec::new();
    for name in given {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Link type, categories and topics in every language.
fn labels<'e>(edition: &'e Edition, link: LinkView<'e>) -> Vec<&'e str> {
    let vocabulary = edition.vocabulary();
    let link_type = vocabulary.link_types.get(link.link_type()).map(|t| &t.label);
    let categories =
        link.terms("category").into_iter().filter_map(|id| vocabulary.categories.get(id)).map(|c| &c.label);
    let topics = link.terms("topic").into_iter().filter_map(|id| vocabulary.topics.get(id)).map(|t| &t.label);
    link_type
        .into_iter()
        .chain(categories)
        .chain(topics)
        .flat_map(|words| words.0.values())
        .map(String::as_str)
        .collect()
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(LangText::text(text)),
        _ => None,
    }
}

fn identifier(value: &Value) -> Option<&str> {
    match value {
        Value::Identifier(identifier) => Some(&identifier.value),
        _ => None,
    }
}
