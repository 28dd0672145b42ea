//! What an edition lacks, counted: single sources, missing dates and places, old evidence, texts without translation.

use edition::quality::{CHECKS, Check, Of, Reader};
use serde::Serialize;

use crate::view::Maker;
use crate::view::claim::SourceRef;
use crate::view::link::Row;
use crate::view::terms::ItemRef;

/// One number of the page.
#[derive(Serialize)]
pub(crate) struct Finding {
    /// The question's id.
    pub id: &'static str,
    /// The question in words.
    pub label: String,
    /// `links`, `items`, `sources` or `terms`.
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
    Terms(Vec<TermRef>),
}

/// A word of the glossary.
#[derive(Serialize)]
pub(crate) struct TermRef {
    pub id: String,
    pub name: String,
    pub url: String,
}

impl Maker<'_> {
    /// Every number of the page. Linear in all records and their evidence.
    pub fn findings(&self) -> Vec<Finding> {
        let (links, items, sources) = (self.edition.links(), self.edition.items(), self.edition.sources());
        let reader = self.asking();
        let finding = |check: &Check| {
            let (of, count, total) = match check.of {
                Of::Links(ask) => ("links", links.iter().filter(|link| ask(reader, **link)).count(), links.len()),
                Of::Items(ask) => ("items", items.iter().filter(|item| ask(reader, **item)).count(), items.len()),
                Of::Sources(ask) => ("sources", sources.iter().filter(|view| ask(**view)).count(), sources.len()),
                Of::Terms(ask) => {
                    let terms = self.edition.terms();
                    ("terms", terms.filter(|term| ask(reader, term)).count(), self.edition.terms().count())
                }
            };
            let per_mille = (count * 1000).checked_div(total).unwrap_or_default();
            let url = self.urls().quality(check.id, 1);
            Finding { id: check.id, label: self.lang.t(ui::quality_label(check.id)), of, count, total, per_mille, url }
        };
        CHECKS.iter().map(finding).collect()
    }

    /// How many records a question finds, and those of one page.
    pub fn doubtful(&self, check: &Check, skip: usize, take: usize) -> (usize, Found) {
        let reader = self.asking();
        match check.of {
            Of::Links(ask) => {
                let all: Vec<_> = self.edition.links().into_iter().filter(|link| ask(reader, *link)).collect();
                let shown = all.iter().skip(skip).take(take).map(|link| self.row(*link)).collect();
                (all.len(), Found::Links(shown))
            }
            Of::Items(ask) => {
                let all: Vec<_> = self.edition.items().into_iter().filter(|item| ask(reader, *item)).collect();
                let shown = all.iter().skip(skip).take(take).map(|item| self.item_ref(*item)).collect();
                (all.len(), Found::Items(shown))
            }
            Of::Sources(ask) => {
                let all: Vec<_> = self.edition.sources().into_iter().filter(|view| ask(*view)).collect();
                let shown = all.iter().skip(skip).take(take).map(|view| self.source_ref(view.id())).collect();
                (all.len(), Found::Sources(shown))
            }
            Of::Terms(ask) => {
                let all: Vec<_> = self.edition.terms().filter(|term| ask(reader, term)).collect();
                let shown = all.iter().skip(skip).take(take).map(|term| self.term_ref(term)).collect();
                (all.len(), Found::Terms(shown))
            }
        }
    }

    fn asking(&self) -> Reader<'_> {
        Reader { edition: self.edition, lang: self.lang.tag() }
    }

    fn term_ref(&self, term: &model::GlossaryTerm) -> TermRef {
        let name = term.names.first().map_or_else(|| term.id.to_string(), |name| name.text().to_owned());
        TermRef { id: term.id.to_string(), name, url: self.urls().glossary() }
    }
}
