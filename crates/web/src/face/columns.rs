//! The columns file and what belongs to it, each under its content name and kept for ever.

use model::{Filter, FilterKey};

use crate::ask::Ask;
use crate::filtering::asked;
use crate::reply::{Body, Failure, Keep, Reply};

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
    let chunk = ask.params.get(1).and_then(|chunk| chunk.parse::<usize>().ok()).ok_or(Failure::Missing)?;
    let ids = ask.live.columns.ids.get(chunk).ok_or(Failure::Missing)?;
    Ok(forever("application/json", ids.body()))
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

/// Only the edition on show has its columns here; an older name is gone and the page must be loaded anew.
fn named(ask: &Ask<'_>) -> Result<(), Failure> {
    if ask.id() == ask.live.columns.name { Ok(()) } else { Err(Failure::Missing) }
}

fn forever(mime: &'static str, body: Body) -> Reply {
    Reply { body, keep: Keep::Forever, ..Reply::data(mime, Vec::new()) }
}
