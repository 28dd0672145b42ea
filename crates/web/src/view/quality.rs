//! What an edition lacks, counted: single sources, missing dates and places, old evidence, texts without translation.

use edition::{Item, LinkView, SourceView};
use model::{Reason, Value};
use serde::Serialize;

use crate::view::Maker;
use crate::view::claim::SourceRef;
use crate::view::link::Row;
use crate::view::terms::ItemRef;

/// Evidence older than this many years says little on how things stand.
const STALE: i32 = 5;

/// One question to all records of a sort.
pub(crate) struct Check {
    /// Its id, as in an address.
    pub id: &'static str,
    /// The message that asks it.
    pub label: &'static str,
    /// Which records it is put to, and when one is found.
    pub of: Of,
}

/// A question to links, items or sources.
pub(crate) enum Of {
    /// To every link.
    Links(fn(&Maker<'_>, LinkView<'_>) -> bool),
    /// To every item.
    Items(fn(&Maker<'_>, Item<'_>) -> bool),
    /// To every source.
    Sources(fn(SourceView<'_>) -> bool),
}

/// Every question, in the order of the page.
pub(crate) const CHECKS: [Check; 15] = [
    links("single-source", "quality-single-source", |_, link| reason(link) == Some(Reason::OneGroup)),
    links("disputed", "quality-disputed", |_, link| link.confidence() == model::Confidence::Disputed),
    links("offered-only", "quality-offered", |_, link| link.flag("offered-only")),
    links("undated", "quality-undated", |_, link| link.years().is_none()),
    links("unplaced", "quality-unplaced", |_, link| link.position().is_none() && link.country().is_none()),
    links("country-only", "quality-country-only", |_, link| {
        link.position().is_none() && link.country().is_some_and(|(_, of_fact)| of_fact)
    }),
    links("stale", "quality-stale", stale),
    links("undated-evidence", "quality-undated-evidence", |_, link| link.as_of().is_none()),
    links("untranslated", "quality-untranslated", |maker, link| lacks_text(maker, link.values("description"))),
    items("no-name", "quality-no-name", |maker, item| {
        let other = maker.lang.other().tag();
        item.name(maker.lang.tag()) == item.name(other) && needs_name(maker, item)
    }),
    items("no-country", "quality-no-country", |_, item| item.country().is_none() && item.kind() != "list"),
    items("unlinked", "quality-unlinked", |_, item| item.links_out().is_empty() && item.links_in().is_empty()),
    sources("no-address", "quality-no-address", |view| view.source().url.is_empty()),
    sources("undated-source", "quality-undated-source", |view| view.source().published.is_none()),
    sources("unused", "quality-unused", |view| view.uses().is_empty()),
];

const fn links(id: &'static str, label: &'static str, ask: fn(&Maker<'_>, LinkView<'_>) -> bool) -> Check {
    Check { id, label, of: Of::Links(ask) }
}

const fn items(id: &'static str, label: &'static str, ask: fn(&Maker<'_>, Item<'_>) -> bool) -> Check {
    Check { id, label, of: Of::Items(ask) }
}

const fn sources(id: &'static str, label: &'static str, ask: fn(SourceView<'_>) -> bool) -> Check {
    Check { id, label, of: Of::Sources(ask) }
}

/// One number of the page.
#[derive(Serialize)]
pub(crate) struct Finding {
    /// The question's id.
    pub id: &'static str,
    /// The question in words.
    pub label: String,
    /// `links`, `items` or `sources`.
    pub of: &'static str,
    /// How many records were found.
    pub count: usize,
    /// Of how many.
    pub total: usize,
    /// In tenths of a per cent.
    pub per_mille: usize,
    /// The records found.
    pub url: String,
}

/// The records behind one number.
#[derive(Serialize)]
#[serde(tag = "of", content = "records", rename_all = "kebab-case")]
pub(crate) enum Found {
    Links(Vec<Row>),
    Items(Vec<ItemRef>),
    Sources(Vec<SourceRef>),
}

impl Maker<'_> {
    /// Every number of the page. Linear in all records and their evidence.
    pub fn findings(&self) -> Vec<Finding> {
        let (links, items, sources) = (self.edition.links(), self.edition.items(), self.edition.sources());
        let finding = |check: &Check| {
            let (of, count, total) = match check.of {
                Of::Links(ask) => ("links", links.iter().filter(|link| ask(self, **link)).count(), links.len()),
                Of::Items(ask) => ("items", items.iter().filter(|item| ask(self, **item)).count(), items.len()),
                Of::Sources(ask) => ("sources", sources.iter().filter(|view| ask(**view)).count(), sources.len()),
            };
            let per_mille = (count * 1000).checked_div(total).unwrap_or_default();
            let url = self.urls().quality(check.id, 1);
            Finding { id: check.id, label: self.lang.t(check.label), of, count, total, per_mille, url }
        };
        CHECKS.iter().map(finding).collect()
    }

    /// How many records a question finds, and those of one page.
    pub fn doubtful(&self, check: &Check, skip: usize, take: usize) -> (usize, Found) {
        match check.of {
            Of::Links(ask) => {
                let all: Vec<_> = self.edition.links().into_iter().filter(|link| ask(self, *link)).collect();
                let shown = all.iter().skip(skip).take(take).map(|link| self.row(*link)).collect();
                (all.len(), Found::Links(shown))
            }
            Of::Items(ask) => {
                let all: Vec<_> = self.edition.items().into_iter().filter(|item| ask(self, *item)).collect();
                let shown = all.iter().skip(skip).take(take).map(|item| self.item_ref(*item)).collect();
                (all.len(), Found::Items(shown))
            }
            Of::Sources(ask) => {
                let all: Vec<_> = self.edition.sources().into_iter().filter(|view| ask(*view)).collect();
                let shown = all.iter().skip(skip).take(take).map(|view| self.source_ref(view.id())).collect();
                (all.len(), Found::Sources(shown))
            }
        }
    }
}

fn reason(link: LinkView<'_>) -> Option<Reason> {
    link.asserted().map(|claim| claim.reason())
}

/// A status that may have changed since its latest source.
fn stale(maker: &Maker<'_>, link: LinkView<'_>) -> bool {
    let lasting = matches!(link.term("status"), Some("operational" | "announced" | "suspended"));
    let year = |text: &str| text.get(..4).and_then(|year| year.parse::<i32>().ok());
    let seen = link.as_of().and_then(|date| date.years()).map(|(_, last)| i32::from(last));
    match (seen, year(&maker.edition.head().day)) {
        (Some(seen), Some(now)) => lasting && now - seen > STALE,
        _ => false,
    }
}

fn lacks_text<'v>(maker: &Maker<'_>, values: impl Iterator<Item = &'v Value>) -> bool {
    let own = maker.lang.tag().split('-').next();
    let texts: Vec<&model::LangText> =
        values.filter_map(|value| if let Value::Text(text) = value { Some(text) } else { None }).collect();
    !texts.is_empty() && texts.iter().all(|text| text.lang().split('-').next() != own)
}

/// Chinese names are missed by readers of Chinese; a Latin name serves everyone else.
fn needs_name(maker: &Maker<'_>, item: Item<'_>) -> bool {
    let han = item.name(maker.lang.tag()).chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    match maker.lang {
        ui::Lang::ZhHans => !han,
        ui::Lang::En => han,
    }
}
