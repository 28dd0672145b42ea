//! Reads `relations.csv`: links with their time, place, money and status.

use model::{Date, Day, Id, Link, Problem, Statement, Value};

use super::Reading;
use super::cell::{self, Unsound};
use super::evidence::Grounds;
use crate::facts::{Body, english, fixed_id, named};
use crate::outcome::Refusal;
use crate::table::{Row, Table};

const COLUMNS: [&str; 28] = [
    "id",
    "kind",
    "subject",
    "object",
    "category",
    "place",
    "country",
    "lat",
    "lon",
    "location_precision",
    "start",
    "end",
    "amount",
    "currency",
    "status",
    "confidence",
    "description",
    "sources",
    "share",
    "country_role",
    "offered_only",
    "highlight",
    "topics",
    "concerns",
    "reply_channel",
    "reply_deadline",
    "reply_received",
    "reply",
];

/// Reads the table.
pub(super) fn read(reading: &mut Reading<'_>, table: &Table<'_>) {
    if !table.requires(&["id", "kind", "subject", "object", "sources"], reading.problems) {
        return;
    }
    table.knows(&COLUMNS, reading.problems);
    super::each(reading, table, relation);
}

fn relation(reading: &mut Reading<'_>, row: &Row<'_, '_>) {
    let Some(link) = link(reading, row) else { return };
    if reading.is_refused(&link.subject) || reading.is_refused(&link.object) {
        return reading.refuse(row, Refusal::NamesRefused);
    }
    let Some(evidence) = reading.evidence(row, "sources") else { return };
    let mut body = Body::default();
    let grounds = Grounds::lay(&mut body, evidence, row.spot("sources"));
    body.is("asserts", Value::Flag(true), &grounds.all, row.spot("id"));
    subject_matter(reading, row, &mut body, &grounds);
    place(reading, row, &mut body, &grounds);
    time_and_money(reading, row, &mut body, &grounds);
    standing(reading, row, &mut body, &grounds);
    reply(reading, row, &mut body, &grounds);
    let id = link.id.clone();
    let swapped = link.subject.as_str() != row.get("subject");
    let ends = if swapped { ["object", "subject"] } else { ["subject", "object"] }.map(|c| row.spot(c));
    match reading.facts.add_link(link, row.spot("id")) {
        Ok(empty) => (empty.ends, empty.body) = (ends, body),
        Err(first) => reading.twice(row, &id, first.line),
    }
}

fn link(reading: &mut Reading<'_>, row: &Row<'_, '_>) -> Option<Link> {
    let id = reading.id(row, "id");
    let kind = reading.sound(row, "kind", cell::word(reading.vocabulary, "link-type", row.get("kind")));
    let (subject, object) = (reading.id(row, "subject"), reading.id(row, "object"));
    let (id, kind, subject, object) = (id?, kind?, subject?, object?);
    let (subject, object) = if kind.swap { (object, subject) } else { (subject, object) };
    Some(Link { id, link_type: kind.id, subject, object })
}

fn subject_matter(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    for (column, property) in [("category", "category"), ("topics", "topic")] {
        for word in row.list(column) {
            let term = cell::word(reading.vocabulary, property, word);
            if let Some(term) = reading.sound(row, column, term) {
                body.is(property, Value::Term(term.id), &grounds.supports, row.spot(column));
            }
        }
    }
    if !row.get("description").is_empty() {
        body.text("description", english(row.get("description")), &grounds.supports, row.spot("description"));
    }
}

fn place(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    let vocabulary = reading.vocabulary;
    let place = cell::stated(row.get("place"), |p| Ok(Value::Text(named(p))));
    let country = cell::stated(row.get("country"), |c| cell::country(vocabulary, c).map(Value::Country));
    for (property, statement) in [("place", place), ("country", country)] {
        claim(reading, row, property, statement, body, &grounds.supports);
    }
    let role = match row.get("country_role") {
        "" if row.get("country").is_empty() => None,
        "" => Some(fixed_id("fact")),
        word => reading.sound(row, "country_role", cell::word(vocabulary, "country-role", word)).map(|role| role.id),
    };
    if let Some(role) = role {
        body.is("country-role", Value::Term(role), &grounds.supports, row.spot("country_role"));
    }
    position(reading, row, body, grounds);
}

/// The point and its precision: no publication gives them, so they rest on the editors.
fn position(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    let precision = match row.get("location_precision") {
        "" => None,
        word => {
            reading.sound(row, "location_precision", cell::word(reading.vocabulary, "precision", word)).map(|p| p.id)
        }
    };
    let point = reading.sound(row, "lat", cell::point(row.get("lat"), row.get("lon"))).flatten();
    if let Some(point) = point {
        let exact = precision.as_ref().is_some_and(|p| ["site", "city", "region"].contains(&p.as_str()));
        if !exact {
            let hint = "a country or an unknown place is never drawn as a point";
            reading.problems.push(
                Problem::error(row.at("lat"), "a point needs the precision `site`, `city` or `region`").hint(hint),
            );
        }
        body.is("point", Value::Point(point), &grounds.editors, row.spot("lat"));
    }
    if let Some(precision) = precision {
        body.is("precision", Value::Term(precision), &grounds.editors, row.spot("location_precision"));
    }
}

fn time_and_money(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    for property in ["start", "end"] {
        claim(reading, row, property, cell::stated(row.get(property), cell::date), body, &grounds.supports);
    }
    let amount = cell::stated(row.get("amount"), |a| cell::money(a, row.get("currency")));
    claim(reading, row, "amount", amount, body, &grounds.supports);
    claim(reading, row, "share", cell::stated(row.get("share"), cell::share), body, &grounds.supports);
}

fn standing(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    let choices = [("status", "status", &grounds.supports), ("confidence", "stated-confidence", &grounds.editors)];
    for (column, property, rests_on) in choices.into_iter().filter(|(column, ..)| !row.get(column).is_empty()) {
        let word = cell::word(reading.vocabulary, column, row.get(column));
        if let Some(word) = reading.sound(row, column, word) {
            body.is(property, Value::Term(word.id), rests_on, row.spot(column));
        }
    }
    for (column, property, rests_on) in
        [("offered_only", "offered-only", &grounds.supports), ("highlight", "highlight", &grounds.editors)]
    {
        if reading.sound(row, column, cell::flag(row.get(column))) == Some(true) {
            body.is(property, Value::Flag(true), rests_on, row.spot(column));
        }
    }
}

/// A reply that was asked for: on which records, how, until when, and what came.
fn reply(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    for record in row.list("concerns") {
        body.text("concerns", named(record), &grounds.supports, row.spot("concerns"));
    }
    for (column, property) in [("reply_channel", "reply-channel"), ("reply", "reply")] {
        if !row.get(column).is_empty() {
            body.text(property, named(row.get(column)), &grounds.supports, row.spot(column));
        }
    }
    for (column, property) in [("reply_deadline", "reply-deadline"), ("reply_received", "reply-received")] {
        let stated = match (row.get(column), row.get("kind")) {
            ("", "asked-for-reply") if property == "reply-deadline" => Ok(deadline(row.get("start"))),
            (cell, _) => cell::stated(cell, cell::date),
        };
        if let Some(Some(statement)) = reading.sound(row, column, stated) {
            body.claim(property, statement, &grounds.supports, row.spot(column));
        }
    }
}

/// Days for a reply where no other deadline is named.
const DAYS_TO_REPLY: u8 = 14;

/// The deadline of what was asked on a day.
fn deadline(asked: &str) -> Option<Statement> {
    let asked = Day::parse(asked)?;
    let fits = |day: u8| Day::new(asked.year, asked.month, day);
    let length = (28..=31).rev().find(|day| fits(*day).is_some())?;
    let day = asked.day + DAYS_TO_REPLY;
    let (year, month) = if asked.month == 12 { (asked.year + 1, 1) } else { (asked.year, asked.month + 1) };
    let ends = if day <= length { fits(day) } else { Day::new(year, month, day - length) }?;
    Date::parse(&ends.to_string()).ok().map(|date| Statement::Is(Value::Date(date)))
}

/// Adds a claim if the cell states something.
fn claim(
    reading: &mut Reading<'_>,
    row: &Row<'_, '_>,
    property: &str,
    statement: Result<Option<Statement>, Unsound>,
    body: &mut Body,
    rests_on: &[u32],
) {
    if let Some(Some(statement)) = reading.sound(row, property, statement) {
        body.claim(property, statement, rests_on, row.spot(property));
    }
}

/// The categories of links to this item that the table gives.
pub(super) fn categories_of(reading: &Reading<'_>, object: &Id) -> Vec<Id> {
    let links = reading.facts.links.iter().filter(|l| l.link.object == *object);
    let claims = links.flat_map(|l| &l.body.claims).filter(|c| c.property.as_str() == "category");
    let mut found: Vec<Id> = claims
        .filter_map(|c| match c.statement.value() {
            Some(Value::Term(term)) if term.as_str().ends_with("-cable") => Some(term.clone()),
            _ => None,
        })
        .collect();
    found.sort();
    found.dedup();
    found
}
