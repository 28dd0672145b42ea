//! Gives the values of properties for items that were matched, so that a table can be extended with them.

use std::collections::BTreeMap;

use edition::Item;
use model::Value as Held;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::reply::{Failure, Reply};
use crate::view::Maker;

use super::{posted, read, suggest};

/// The most items in one request.
const MOST_ITEMS: usize = 1000;

#[derive(Deserialize)]
struct Asked {
    ids: Vec<String>,
    properties: Vec<AskedProperty>,
}

#[derive(Deserialize)]
struct AskedProperty {
    id: String,
    #[serde(default)]
    settings: BTreeMap<String, Value>,
}

impl AskedProperty {
    /// How many values at most; clients send numbers as texts.
    fn limit(&self) -> usize {
        let limit = self.settings.get("limit").and_then(|v| v.as_u64().or_else(|| v.as_str()?.parse().ok()));
        limit.filter(|n| *n > 0).map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX))
    }
}

/// Version 0.2: rows are objects.
pub(super) fn extend(ask: &Ask<'_>, text: &str) -> Result<Reply, Failure> {
    let asked = asked(text)?;
    let row = |id: &String| {
        let cells = asked.properties.iter().map(|p| (p.id.clone(), Value::Array(values(ask, id, p))));
        (id.clone(), Value::Object(cells.collect()))
    };
    let rows: serde_json::Map<String, Value> = asked.ids.iter().map(row).collect();
    Ok(Reply::json(&json!({ "meta": meta(ask, &asked), "rows": rows })))
}

/// The draft: rows are lists.
pub(crate) fn draft_extend(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(posted(ask)?)?;
    let cell = |id: &str, p: &AskedProperty| json!({ "id": p.id, "values": values(ask, id, p) });
    let row = |id: &String| json!({ "id": id, "properties": asked.properties.iter().map(|p| cell(id, p)).collect::<Vec<_>>() });
    let rows: Vec<Value> = asked.ids.iter().map(row).collect();
    Ok(Reply::json(&json!({ "meta": meta(ask, &asked), "rows": rows })))
}

/// The properties that items of a kind may have.
pub(crate) fn propose(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let given = |key: &str| ask.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let kind = given("type").unwrap_or_default();
    let limit = given("limit").and_then(|text| text.parse().ok()).unwrap_or(usize::MAX);
    let vocabulary = ask.edition().vocabulary();
    let applies = |id: &str| {
        let property = vocabulary.properties.get(id);
        property.is_none_or(|p| kind.is_empty() || p.kinds.is_empty() || p.kinds.iter().any(|k| k.as_str() == kind))
    };
    let found = suggest::all(ask).into_iter().filter(|(id, ..)| applies(id)).take(limit);
    let properties: Vec<Value> =
        found.map(|(id, name, what)| json!({ "id": id, "name": name, "description": what })).collect();
    let mut answer = json!({ "properties": properties });
    if !kind.is_empty() {
        answer["type"] = json!(kind);
    }
    Ok(Reply::json(&answer))
}

fn asked(text: &str) -> Result<Asked, Failure> {
    let asked: Asked = read("extend", text)?;
    let few = asked.ids.len() <= MOST_ITEMS && asked.properties.len() <= 50;
    if few {
        Ok(asked)
    } else {
        Err(Failure::Parameter("extend", format!("ids: 0–{MOST_ITEMS}; properties: 0–50")))
    }
}

fn meta(ask: &Ask<'_>, asked: &Asked) -> Vec<Value> {
    let known = suggest::all(ask);
    let name = |id: &str| known.iter().find(|(known, ..)| known == id).map_or(id, |(_, name, _)| name).to_owned();
    asked.properties.iter().map(|p| json!({ "id": p.id, "name": name(&p.id) })).collect()
}

/// The values of a property of an item that rest on evidence; none for what is not published.
fn values(ask: &Ask<'_>, id: &str, property: &AskedProperty) -> Vec<Value> {
    let Some(item) = ask.edition().item(id).live() else { return Vec::new() };
    cells(ask, item, &property.id).into_iter().take(property.limit()).collect()
}

/// The values of a property, or the identifiers of a scheme, as cells.
pub(super) fn cells(ask: &Ask<'_>, item: Item<'_>, property: &str) -> Vec<Value> {
    let maker = Maker::of(ask);
    if ask.edition().vocabulary().schemes.get(property).is_some() {
        item.values("identifier").filter_map(|value| of_scheme(value, property)).collect()
    } else {
        item.values(property).filter_map(|value| cell(&maker, item, value)).collect()
    }
}

fn of_scheme(value: &Held, scheme: &str) -> Option<Value> {
    match value {
        Held::Identifier(identifier) if identifier.scheme.as_str() == scheme => {
            Some(json!({ "str": identifier.value }))
        }
        _ => None,
    }
}

/// A value as a cell. A date may be known to the year alone, so it is a text.
fn cell(maker: &Maker<'_>, item: Item<'_>, value: &Held) -> Option<Value> {
    let text = |text: &str| Some(json!({ "str": text }));
    match value {
        Held::Text(value) => text(value.text()),
        Held::Date(date) => text(date.as_str()),
        Held::Country(code) => text(code.as_str()),
        Held::Number(number) => text(&number.to_string()),
        Held::Money(money) => text(&money.to_string()),
        Held::Identifier(identifier) => text(&format!("{} {}", identifier.scheme, identifier.value)),
        Held::Term(id) => text(id.as_str()),
        Held::Url(url) => text(url),
        Held::Point(point) => text(&format!("{} {}", point.latitude(), point.longitude())),
        Held::Item(id) => {
            let other = maker.item_ref_by_id(id.as_str())?;
            (other.id != item.id()).then(|| json!({ "id": other.id, "name": other.name }))
        }
        Held::Share(_) | Held::Flag(_) | Held::Figure(_) | Held::Landing(_) => None,
    }
}
