//! What an edition lacks: questions to all its records. The page of quality counts by them, and the editors' desk makes
//! research tasks of what they find, so that both give the same figures.

use model::{Confidence, Found, GlossaryTerm, Id, LangText, Reason, Stance, Value};

use crate::edition::Edition;
use crate::view::{Item, LinkView, SourceView};

/// Evidence older than this many years says little on how things stand.
const STALE: i32 = 5;

/// For whom a question is put, and to what.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'r> {
    /// The edition.
    pub edition: &'r Edition,
    /// The reader's language: `en` or `zh-Hans`.
    pub lang: &'r str,
}

/// One question to all records of a sort.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Its id, as in an address.
    pub id: &'static str,
    /// Which records it is put to, and when one is found.
    pub of: Of,
}

/// A question to links, items, sources or words.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// To every link.
    Links(fn(Reader<'_>, LinkView<'_>) -> bool),
    /// To every item.
    Items(fn(Reader<'_>, Item<'_>) -> bool),
    /// To every source.
    Sources(fn(SourceView<'_>) -> bool),
    /// To every term of the glossary.
    Terms(fn(Reader<'_>, &GlossaryTerm) -> bool),
}

/// Every question, in the order of the page.
pub const CHECKS: [Check; 17] = [
    links("single-source", |_, link| reason(link) == Some(Reason::OneGroup)),
    links("disputed", |_, link| link.confidence() == Confidence::Disputed),
    links("offered-only", |_, link| link.flag("offered-only")),
    links("undated", |_, link| link.years().is_none()),
    links("unplaced", |_, link| link.position().is_none() && link.country().is_none()),
    links("country-only", |_, link| link.position().is_none() && link.country().is_some_and(|(_, of_fact)| of_fact)),
    links("stale", stale),
    links("undated-evidence", |_, link| link.as_of().is_none()),
    links("untranslated", |reader, link| lacks(reader, link.values("description").filter_map(text))),
    links("evidence-gone", rests_on_what_is_gone),
    items("no-name", |reader, item| item.name("en") == item.name("zh-Hans") && needs_name(reader, item)),
    items("no-country", |_, item| item.country().is_none() && item.kind() != "list"),
    items("unlinked", |_, item| item.links_out().is_empty() && item.links_in().is_empty()),
    sources("no-address", |view| view.source().url.is_empty()),
    sources("undated-source", |view| view.source().published.is_none()),
    sources("unused", |view| view.uses().is_empty()),
    Check {
        id: "untranslated-term",
        of: Of::Terms(|reader, term| lacks(reader, term.names.iter()) || lacks(reader, term.definitions.iter())),
    },
];

impl Check {
    /// The question with this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        CHECKS.iter().find(|check| check.id == id)
    }
}

const fn links(id: &'static str, ask: fn(Reader<'_>, LinkView<'_>) -> bool) -> Check {
    Check { id, of: Of::Links(ask) }
}

const fn items(id: &'static str, ask: fn(Reader<'_>, Item<'_>) -> bool) -> Check {
    Check { id, of: Of::Items(ask) }
}

const fn sources(id: &'static str, ask: fn(SourceView<'_>) -> bool) -> Check {
    Check { id, of: Of::Sources(ask) }
}

fn reason(link: LinkView<'_>) -> Option<Reason> {
    link.asserted().map(|claim| claim.reason())
}

/// A status that may have changed since its latest source.
fn stale(reader: Reader<'_>, link: LinkView<'_>) -> bool {
    let lasting = matches!(link.term("status"), Some("operational" | "announced" | "suspended"));
    let now = reader.edition.head().day.get(..4).and_then(|year| year.parse::<i32>().ok());
    let seen = link.as_of().and_then(|date| date.years()).map(|(_, last)| i32::from(last));
    match (seen, now) {
        (Some(seen), Some(now)) => lasting && now - seen > STALE,
        _ => false,
    }
}

/// Whether a source that supports the link was found gone when its latest capture was looked at again.
fn rests_on_what_is_gone(reader: Reader<'_>, link: LinkView<'_>) -> bool {
    let Some(asserted) = link.asserted() else { return false };
    let is_gone = |source: &Id| {
        let latest = reader.edition.state().captures_of(source.as_str()).next_back();
        let last = latest.and_then(|capture| capture.rechecks.last());
        last.is_some_and(|(_, recheck)| recheck.found == Found::Gone)
    };
    asserted.evidence().iter().any(|cited| cited.stance == Stance::Supports && is_gone(cited.source_id))
}

fn text(value: &Value) -> Option<&LangText> {
    if let Value::Text(text) = value { Some(text) } else { None }
}

/// Whether there are texts, but none in the reader's language.
fn lacks<'v>(reader: Reader<'_>, texts: impl Iterator<Item = &'v LangText>) -> bool {
    let own = reader.lang.split('-').next();
    let mut any = false;
    for text in texts {
        any = true;
        if text.lang().split('-').next() == own {
            return false;
        }
    }
    any
}

/// Chinese names are missed by readers of Chinese; a Latin name serves everyone else.
fn needs_name(reader: Reader<'_>, item: Item<'_>) -> bool {
    let han = item.name(reader.lang).chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    match reader.lang {
        "zh-Hans" => !han,
        _ => han,
    }
}
