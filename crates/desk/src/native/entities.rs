//! Reads `entities.csv`: items with their names, seats and descriptions.

use model::{Id, LangText, Problem, Value};

use super::Reading;
use super::cell;
use super::evidence::Grounds;
use crate::facts::{Body, english, fixed_id, named};
use crate::outcome::Refusal;
use crate::person;
use crate::table::{Row, Table};

const COLUMNS: [&str; 12] = [
    "id",
    "kind",
    "name",
    "name_zh",
    "aliases",
    "country",
    "city",
    "parent",
    "description",
    "sources",
    "collective",
    "identifiers",
];

/// The properties that this table speaks of.
pub(super) const PROPERTIES: [&str; 8] =
    ["name", "alias", "country", "city", "parent", "description", "collective", "identifier"];

/// Reads the table.
pub(super) fn read(reading: &mut Reading<'_>, table: &Table<'_>) {
    if !table.requires(&["id", "kind", "name", "sources"], reading.problems) {
        return;
    }
    table.knows(&COLUMNS, reading.problems);
    super::each(reading, table, entity);
}

fn entity(reading: &mut Reading<'_>, row: &Row<'_, '_>) {
    let Some(id) = reading.id(row, "id") else { return };
    if let Some(why) = refusal(row) {
        reading.refused_ids.insert(id);
        return reading.refuse(row, why);
    }
    let Some(kind) = reading.sound(row, "kind", cell::word(reading.vocabulary, "item-kind", row.get("kind"))) else {
        return;
    };
    let Some(evidence) = reading.evidence(row, "sources") else { return };
    if let Some(first) = reading.facts.find_item(id.as_str()).filter(|i| i.kind.is_some()) {
        let line = first.at.line;
        return reading.twice(row, &id, line);
    }
    if row.get("name").is_empty() {
        reading.problems.push(Problem::error(row.at("name"), "the name is missing"));
    }
    let kind = refined(reading, &id, kind.id);
    let mut body = Body::default();
    let grounds = Grounds::lay(&mut body, evidence, row.spot("sources"));
    names(row, &mut body, &grounds);
    seat(reading, row, &mut body, &grounds);
    rest(reading, row, &mut body, &grounds);
    let item = reading.facts.item(&id, row.spot("id"));
    (item.kind, item.body) = (Some(kind), body);
}

fn refusal(row: &Row<'_, '_>) -> Option<Refusal> {
    match person::is_person_word(row.get("kind")) {
        true => Some(Refusal::PersonKind),
        false => person::is_addressed_as_person(row.get("name")).then_some(Refusal::Honorific),
    }
}

/// A facility that is known to be a cable stays one when `entities.csv` comes without `cables.csv`.
fn refined(reading: &Reading<'_>, id: &Id, kind: Id) -> Id {
    let live = reading.state.items().get(id.as_str()).and_then(|i| i.kind.as_ref());
    match live.map(Id::as_str) {
        Some("cable") if kind.as_str() == "facility" => fixed_id("cable"),
        _ => kind,
    }
}

fn names(row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    let simplified = |text: &str| LangText::new(text, "zh-Hans").expect("invariant: `zh-Hans` is a language tag");
    if !row.get("name").is_empty() {
        body.text("name", named(row.get("name")), &grounds.supports, row.spot("name"));
    }
    if !row.get("name_zh").is_empty() {
        body.text("name", simplified(row.get("name_zh")), &grounds.editors, row.spot("name_zh"));
    }
    for alias in row.list("aliases") {
        body.text("alias", named(alias), &grounds.supports, row.spot("aliases"));
    }
}

fn seat(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    let vocabulary = reading.vocabulary;
    let country = cell::stated(row.get("country"), |c| cell::country(vocabulary, c).map(Value::Country));
    let city = cell::stated(row.get("city"), |c| Ok(Value::Text(named(c))));
    let parent = cell::stated(row.get("parent"), |c| cell::id(c).map(Value::Item));
    for (property, statement) in [("country", country), ("city", city), ("parent", parent)] {
        if let Some(Some(statement)) = reading.sound(row, property, statement) {
            body.claim(property, statement, &grounds.supports, row.spot(property));
        }
    }
}

fn rest(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    if !row.get("description").is_empty() {
        body.text("description", english(row.get("description")), &grounds.supports, row.spot("description"));
    }
    if reading.sound(row, "collective", cell::flag(row.get("collective"))) == Some(true) {
        body.is("collective", Value::Flag(true), &grounds.supports, row.spot("collective"));
    }
    for identifier in row.list("identifiers") {
        let value = cell::identifier(reading.vocabulary, identifier);
        if let Some(identifier) = reading.sound(row, "identifiers", value) {
            body.is("identifier", Value::Identifier(identifier), &grounds.supports, row.spot("identifiers"));
        }
    }
}
