//! Completes names of items, properties and kinds while somebody types them into a client.

use edition::search::Group;
use model::ValueType;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::reply::{Failure, Reply};
use crate::view::Maker;

/// So many suggestions are given.
const MOST: usize = 15;

/// Items whose names begin so.
pub(crate) fn entities(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (maker, search) = (Maker::of(ask), ask.live.search()?);
    let (prefix, skip) = asked(ask);
    let mut items: Vec<u32> = ask.edition().item(&prefix).live().map(|item| item.number()).into_iter().collect();
    let hits = search.suggest(&prefix, skip + MOST);
    items.extend(hits.iter().filter(|hit| hit.group == Group::Items).map(|hit| hit.record));
    items.dedup();
    let shown = items.into_iter().skip(skip).take(MOST).map(|number| {
        let item = ask.edition().item_at(number);
        let kind = maker.kind(item.kind());
        json!({ "id": item.id(), "name": item.name(ask.lang.tag()), "description": kind.label,
            "notable": [{ "id": kind.id, "name": kind.label }] })
    });
    Ok(result(shown.collect()))
}

/// Properties of items whose names or ids hold what was typed; identifiers are properties by their schemes.
pub(crate) fn properties(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (prefix, skip) = asked(ask);
    let found = all(ask).into_iter().filter(|(id, name, _)| holds(id, &prefix) || holds(name, &prefix));
    let shown = found.skip(skip).take(MOST);
    Ok(result(shown.map(|(id, name, what)| json!({ "id": id, "name": name, "description": what })).collect()))
}

/// Kinds of items whose names or ids hold what was typed.
pub(crate) fn types(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (prefix, skip) = asked(ask);
    let kinds = ask.edition().vocabulary().kinds.all().iter();
    let tag = ask.lang.tag();
    let found = kinds.filter(|kind| holds(kind.id.as_str(), &prefix) || holds(kind.label.get(tag), &prefix));
    let shown = found.skip(skip).take(MOST).map(
        |kind| json!({ "id": kind.id.as_str(), "name": kind.label.get(tag), "description": kind.definition.get(tag) }),
    );
    Ok(result(shown.collect()))
}

/// Every property of items that has values a table can hold: id, name, meaning.
pub(super) fn all(ask: &Ask<'_>) -> Vec<(String, String, String)> {
    let (vocabulary, tag) = (ask.edition().vocabulary(), ask.lang.tag());
    let own = vocabulary.properties.all().iter().filter(|p| p.on.iter().any(|on| on == "item"));
    let own = own.filter(|p| !matches!(p.value, ValueType::Flag | ValueType::Landing | ValueType::Figure));
    let own = own.map(|p| (p.id.to_string(), p.label.get(tag).to_owned(), p.definition.get(tag).to_owned()));
    let schemes = vocabulary.schemes.all().iter();
    let schemes = schemes.map(|s| (s.id.to_string(), s.label.get(tag).to_owned(), s.definition.get(tag).to_owned()));
    own.chain(schemes).collect()
}

fn asked(ask: &Ask<'_>) -> (String, usize) {
    let given = |key: &str| ask.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    let skip = given("cursor").and_then(|text| text.parse().ok()).unwrap_or(0usize);
    (given("prefix").unwrap_or_default().chars().take(100).collect(), skip.min(1000))
}

fn holds(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.trim().to_lowercase())
}

fn result(result: Vec<Value>) -> Reply {
    Reply::json(&json!({ "result": result }))
}
