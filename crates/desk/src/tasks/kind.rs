//! The kinds of research tasks: a question to the edition, in whose language, and what helps to answer it.

use std::collections::BTreeSet;

use edition::Edition;
use edition::quality::{Check, Of, Reader};
use model::{Filter, GlossaryTerm};

/// A kind of task. What finds its records is a question of the page of quality, so that both count the same.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Its id, in addresses and in the store.
    pub id: &'static str,
    /// The question's id.
    pub check: &'static str,
    /// In whose language it is asked.
    pub lang: &'static str,
    /// The property that a result states; empty where it is a record of its own.
    pub property: &'static str,
    /// The value that it states, where there is but one.
    pub value: &'static str,
    /// The messages: what it is called, how to go about it, what a result looks like.
    pub title: &'static str,
    pub how: &'static str,
    pub result: &'static str,
}

const fn kind(
    [id, check, lang]: [&'static str; 3],
    [property, value]: [&'static str; 2],
    [title, how, result]: [&'static str; 3],
) -> Kind {
    Kind { id, check, lang, property, value, title, how, result }
}

/// Every kind, in the order of the page.
pub(crate) static KINDS: [Kind; 15] = [
    kind(
        ["single-source", "single-source", "en"],
        ["asserts", "yes"],
        ["task-single-source", "task-single-source-how", "task-evidence-result"],
    ),
    kind(
        ["evidence-gone", "evidence-gone", "en"],
        ["asserts", "yes"],
        ["task-evidence-gone", "task-evidence-gone-how", "task-evidence-result"],
    ),
    kind(
        ["undated-evidence", "undated-evidence", "en"],
        ["asserts", "yes"],
        ["task-undated-evidence", "task-undated-evidence-how", "task-evidence-result"],
    ),
    kind(["stale", "stale", "en"], ["status", ""], ["task-stale", "task-stale-how", "task-value-result"]),
    kind(["undated", "undated", "en"], ["start", ""], ["task-undated", "task-undated-how", "task-value-result"]),
    kind(["unplaced", "unplaced", "en"], ["country", ""], ["task-unplaced", "task-unplaced-how", "task-value-result"]),
    kind(
        ["country-only", "country-only", "en"],
        ["place", ""],
        ["task-country-only", "task-country-only-how", "task-value-result"],
    ),
    kind(
        ["offered-only", "offered-only", "en"],
        ["asserts", "yes"],
        ["task-offered-only", "task-offered-only-how", "task-evidence-result"],
    ),
    kind(
        ["no-description-en", "untranslated", "en"],
        ["description", ""],
        ["task-no-description-en", "task-translate-how", "task-words-result"],
    ),
    kind(
        ["no-description-zh", "untranslated", "zh-Hans"],
        ["description", ""],
        ["task-no-description-zh", "task-translate-how", "task-words-result"],
    ),
    kind(["no-name-en", "no-name", "en"], ["name", ""], ["task-no-name-en", "task-name-how", "task-words-result"]),
    kind(["no-name-zh", "no-name", "zh-Hans"], ["name", ""], ["task-no-name-zh", "task-name-how", "task-words-result"]),
    kind(
        ["no-country", "no-country", "en"],
        ["country", ""],
        ["task-no-country", "task-no-country-how", "task-value-result"],
    ),
    kind(["unlinked", "unlinked", "en"], ["", ""], ["task-unlinked", "task-unlinked-how", "task-link-result"]),
    kind(
        ["glossary-zh", "untranslated-term", "zh-Hans"],
        ["", ""],
        ["task-glossary-zh", "task-glossary-how", "task-term-result"],
    ),
];

impl Kind {
    /// The kind of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.id == id)
    }

    /// The question that finds its records.
    pub fn check(&self) -> &'static Check {
        Check::find(self.check).expect("invariant: every kind has a question, as its test shows")
    }

    /// Whether a filter means something to it: the glossary has no links.
    pub fn is_filtered(&self) -> bool {
        !matches!(self.check().of, Of::Terms(_))
    }

    /// The records that the question finds now, by id, as `link/ID`, `item/ID` or `term/ID`. Of items those are meant
    /// that are an end of a link which the filter lets through.
    pub fn records(&self, edition: &Edition, filter: &Filter) -> Vec<String> {
        let reader = Reader { edition, lang: self.lang };
        match self.check().of {
            Of::Links(ask) => {
                let among = Among::of(edition, filter);
                let found = edition.links().into_iter().filter(|link| among.link(link.number()) && ask(reader, *link));
                found.map(|link| format!("link/{}", link.id())).collect()
            }
            Of::Items(ask) => {
                let among = Among::of(edition, filter);
                let found = edition.items().into_iter().filter(|item| among.item(item.number()) && ask(reader, *item));
                found.map(|item| format!("item/{}", item.id())).collect()
            }
            Of::Terms(ask) => edition.terms().filter(|term| ask(reader, term)).map(address).collect(),
            Of::Sources(_) => Vec::new(),
        }
    }

    /// Whether the question still finds a record.
    pub fn still_finds(&self, edition: &Edition, record: &str) -> bool {
        let reader = Reader { edition, lang: self.lang };
        match (record.split_once('/'), self.check().of) {
            (Some(("link", id)), Of::Links(ask)) => edition.link(id).live().is_some_and(|link| ask(reader, link)),
            (Some(("item", id)), Of::Items(ask)) => edition.item(id).live().is_some_and(|item| ask(reader, item)),
            (Some(("term", id)), Of::Terms(ask)) => {
                edition.terms().any(|term| term.id.as_str() == id && ask(reader, term))
            }
            _ => false,
        }
    }

    /// How many records there are to ask.
    pub fn total(&self, edition: &Edition) -> usize {
        match self.check().of {
            Of::Links(_) => edition.links().len(),
            Of::Items(_) => edition.items().len(),
            Of::Terms(_) => edition.terms().count(),
            Of::Sources(_) => edition.sources().len(),
        }
    }
}

fn address(term: &GlossaryTerm) -> String {
    format!("term/{}", term.id)
}

/// The records that a filter lets through; all where it says nothing.
pub(crate) enum Among {
    All,
    These { links: BTreeSet<u32>, items: BTreeSet<u32> },
}

impl Among {
    /// Works it out once, for any number of records.
    pub fn of(edition: &Edition, filter: &Filter) -> Self {
        if filter.is_empty() {
            return Self::All;
        }
        let rows = edition.rows();
        let links: BTreeSet<u32> = edition.select(filter).0.iter().map(|row| rows.link[row]).collect();
        let ends = |link: &u32| {
            let link = edition.link_at(*link);
            [link.subject().number(), link.object().number()]
        };
        let items = links.iter().flat_map(ends).collect();
        Self::These { links, items }
    }

    /// Whether a record is among them. A word of the glossary has nothing that a filter asks for.
    pub fn record(&self, edition: &Edition, record: &str) -> bool {
        match record.split_once('/') {
            Some(("link", id)) => edition.link(id).live().is_some_and(|link| self.link(link.number())),
            Some(("item", id)) => edition.item(id).live().is_some_and(|item| self.item(item.number())),
            _ => matches!(self, Self::All),
        }
    }

    fn link(&self, number: u32) -> bool {
        match self {
            Self::All => true,
            Self::These { links, .. } => links.contains(&number),
        }
    }

    fn item(&self, number: u32) -> bool {
        match self {
            Self::All => true,
            Self::These { items, .. } => items.contains(&number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_an_id_of_its_own_and_a_question_that_a_draft_can_answer() {
        for (place, kind) in KINDS.iter().enumerate() {
            assert!(KINDS[..place].iter().all(|other| other.id != kind.id), "{}", kind.id);
            let check = Check::find(kind.check).unwrap_or_else(|| panic!("{}", kind.check));
            assert!(!matches!(check.of, Of::Sources(_)), "{}: a draft can't change a source that is there", kind.id);
            let known = crate::trial::VOCABULARY.properties.get(kind.property).is_some();
            assert_eq!(known, !kind.property.is_empty(), "{}", kind.id);
        }
    }
}
