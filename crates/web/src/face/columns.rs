//! The columns file and what belongs to it, each under its content name and kept for ever.

use edition::columns::CHUNK;
use model::{Filter, FilterKey};
use serde::Serialize;
use ui::Lang;

use crate::ask::Ask;
use crate::filtering::asked;
use crate::page::rows;
use crate::reply::{Body, Failure, Keep, Reply};
use crate::view::Maker;
use crate::view::link::Row;

pub(crate) fn columns(ask: &Ask<'_>) -> Result<Reply, Failure> {
    named(ask)?;
    Ok(forever("application/octet-stream", ask.live.columns.columns.body()))
}

pub(crate) fn names(ask: &Ask<'_>) -> Result<Reply, Failure> {
    named(ask)?;
    Ok(forever("application/json", ask.live.columns.names.body()))
}

pub(crate) fn ids(ask: &Ask<'_>) -> Result<Reply, Failure> {
    named(ask)?;
    let ids = ask.live.columns.ids.get(chunk(ask, 1)?).ok_or(Failure::Missing)?;
    Ok(forever("application/json", ids.body()))
}

/// What the columns do not hold of a chunk of rows, in a language: places, parties' countries, dates with precision.
/// It depends on the program's words too, so it is not kept for ever like its neighbours.
pub(crate) fn texts(ask: &Ask<'_>) -> Result<Reply, Failure> {
    named(ask)?;
    let lang = ask.params.get(1).and_then(|tag| Lang::ALL.into_iter().find(|lang| lang.tag() == *tag));
    let (lang, chunk) = (lang.ok_or(Failure::Missing)?, chunk(ask, 2)?);
    let edition = ask.edition();
    let links = edition.rows().link.chunks(CHUNK).nth(chunk).ok_or(Failure::Missing)?;
    let maker = Maker { edition, lang };
    let rows = links.iter().map(|link| maker.row(edition.link_at(*link)));
    let texts = rows.fold(Texts::default(), |texts, row| texts.with(lang, row));
    let bytes = serde_json::to_vec(&texts).expect("invariant: texts are always JSON");
    Ok(Reply::data("application/json", bytes))
}

/// A text for each row; empty for none.
#[derive(Default, Serialize)]
struct Texts {
    place: Vec<String>,
    party: Vec<String>,
    when: Vec<String>,
}

impl Texts {
    fn with(mut self, lang: Lang, row: Row) -> Self {
        self.when.push(rows::when_text(lang, &row));
        let party = row.place.country.filter(|country| country.role == "party").map(|country| country.code);
        self.place.push(if party.is_some() { String::new() } else { row.place.place.unwrap_or_default() });
        self.party.push(party.unwrap_or_default());
        self
    }
}

/// The rows that match `q` or `source`, which the columns can't answer: a JSON list of row numbers.
pub(crate) fn matches(ask: &Ask<'_>) -> Result<Reply, Failure> {
    if ask.id() != ask.live.columns.name {
        return Err(Failure::Stale);
    }
    let filter = asked(ask, false)?.filter;
    let key = match (filter.has_key(FilterKey::Q), filter.has_key(FilterKey::Source)) {
        (true, false) => FilterKey::Q,
        (false, true) => FilterKey::Source,
        _ => return Err(Failure::Parameter("q", "q= | source=".into())),
    };
    let only = filter.values(key).fold(Filter::default(), |only, value| only.with(key, value));
    if only != filter {
        return Err(Failure::Parameter("q", "q= | source=".into()));
    }
    let rows: Vec<usize> = ask.edition().matches(key, &only).iter().collect();
    let bytes = serde_json::to_vec(&rows).expect("invariant: numbers are always JSON");
    Ok(Reply::data("application/json", bytes))
}

/// The number of a chunk, from the path's parameter at this place.
fn chunk(ask: &Ask<'_>, at: usize) -> Result<usize, Failure> {
    ask.params.get(at).and_then(|chunk| chunk.parse().ok()).ok_or(Failure::Missing)
}

/// Only the edition on show has its columns here; an older name is gone and the page must be loaded anew.
fn named(ask: &Ask<'_>) -> Result<(), Failure> {
    if ask.id() == ask.live.columns.name { Ok(()) } else { Err(Failure::Missing) }
}

fn forever(mime: &'static str, body: Body) -> Reply {
    Reply { body, keep: Keep::Forever, ..Reply::data(mime, Vec::new()) }
}
