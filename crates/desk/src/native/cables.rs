//! Reads `cables.csv`: what is known of a cable's route and state, and who owns and builds it.

use model::{CountryCode, Id, Landing, Link, Value, Vocabulary};

use super::Reading;
use super::cell::{self, Unsound};
use super::evidence::Grounds;
use super::relations::categories_of;
use crate::facts::{Body, EvidenceFacts, LinkFacts, fixed_id, named};
use crate::live;
use crate::table::{Row, Table};

const COLUMNS: [&str; 11] = [
    "id",
    "name",
    "name_zh",
    "owners",
    "supplier",
    "status",
    "rfs",
    "landing_points",
    "length_km",
    "route_accuracy",
    "sources",
];

/// The properties that this table speaks of.
pub(super) const PROPERTIES: [&str; 5] = ["status", "ready-for-service", "length", "landing", "route-accuracy"];

/// Reads the table.
pub(super) fn read(reading: &mut Reading<'_>, table: &Table<'_>) {
    if !table.requires(&["id", "landing_points", "sources"], reading.problems) {
        return;
    }
    table.knows(&COLUMNS, reading.problems);
    let mut seen = std::collections::BTreeMap::new();
    super::each(reading, table, |reading, row| {
        let Some(id) = reading.id(row, "id") else { return };
        if let Some(first) = seen.insert(id.clone(), row.spot("id").line) {
            return reading.twice(row, &id, first);
        }
        cable(reading, row, &id);
    });
}

fn cable(reading: &mut Reading<'_>, row: &Row<'_, '_>, id: &Id) {
    let Some(evidence) = reading.evidence(row, "sources") else { return };
    let mut body = std::mem::take(&mut reading.facts.item(id, row.spot("id")).body);
    let grounds = Grounds::lay(&mut body, evidence.clone(), row.spot("sources"));
    if body.claims.is_empty() && !row.get("name").is_empty() {
        body.text("name", named(row.get("name")), &grounds.supports, row.spot("name"));
    }
    state_and_size(reading, row, &mut body, &grounds);
    landings(reading, row, &mut body, &grounds);
    let item = reading.facts.item(id, row.spot("id"));
    (item.kind, item.body) = (Some(fixed_id("cable")), body);
    for (column, link_type) in [("owners", "owns"), ("supplier", "supplies")] {
        let ends: Vec<_> = row.list(column).map(cell::id).collect();
        for end in ends {
            if let Some(end) = reading.sound(row, column, end) {
                party(reading, row, column, link_type, (end, id), &evidence);
            }
        }
    }
}

fn state_and_size(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    let vocabulary = reading.vocabulary;
    let word = |set, cell: &str| {
        (!cell.is_empty()).then(|| cell::word(vocabulary, set, cell).map(|w| Value::Term(w.id))).transpose()
    };
    let is = |value: Option<Value>| value.map(model::Statement::Is);
    for (column, property, statement) in [
        ("status", "status", word("status", row.get("status")).map(is)),
        ("rfs", "ready-for-service", cell::stated(row.get("rfs"), cell::date)),
        ("length_km", "length", cell::stated(row.get("length_km"), |l| cell::decimal(l).map(Value::Number))),
        ("route_accuracy", "route-accuracy", word("route-accuracy", row.get("route_accuracy")).map(is)),
    ] {
        if let Some(Some(statement)) = reading.sound(row, column, statement) {
            body.claim(property, statement, &grounds.supports, row.spot(column));
        }
    }
}

fn landings(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut Body, grounds: &Grounds) {
    let cells = row.get("landing_points").split(';').map(str::trim).filter(|l| !l.is_empty());
    for (order, text) in (0..).zip(cells) {
        let landing = landing(reading.vocabulary, text, order);
        if let Some(landing) = reading.sound(row, "landing_points", landing) {
            body.is("landing", Value::Landing(Box::new(landing)), &grounds.supports, row.spot("landing_points"));
        }
    }
}

/// Reads `City|CC|lat|lon`.
fn landing(vocabulary: &Vocabulary, text: &str, order: u16) -> Result<Landing, Unsound> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let [name, country, lat, lon] = parts[..] else {
        return Err(Unsound::new(format!("`{}` is not a landing point", cell::short(text)))
            .hint("write `City|CC|lat|lon`, several with `;` between them"));
    };
    let country: CountryCode = cell::country(vocabulary, country)?;
    let point = cell::point(lat, lon)?
        .ok_or_else(|| Unsound::new(format!("the landing point `{}` has no coordinates", cell::short(name))))?;
    match name {
        "" => Err(Unsound::new("a landing point has no name")),
        _ => Ok(Landing { name: name.into(), country, point, order }),
    }
}

/// Links an owner or builder to the cable, unless the same is said already under another id.
fn party(
    reading: &mut Reading<'_>,
    row: &Row<'_, '_>,
    column: &str,
    link_type: &str,
    ends: (Id, &Id),
    evidence: &[EvidenceFacts],
) {
    let (subject, cable) = ends;
    let Some(id) = Id::parse(&format!("{subject}-{link_type}-{cable}")) else { return };
    let link = Link { id, link_type: fixed_id(link_type), subject, object: cable.clone() };
    let same = |l: &Link| (&l.link_type, &l.subject, &l.object) == (&link.link_type, &link.subject, &link.object);
    let here = reading.facts.links.iter().any(|l| same(&l.link));
    let elsewhere = live::link_between(reading.state, &link.link_type, &link.subject, &link.object);
    if here || elsewhere.is_some_and(|known| *known != link.id) || reading.is_refused(&link.subject) {
        return;
    }
    let categories = categories_of(reading, cable);
    let spot = row.spot(column);
    if let Ok(LinkFacts { body, .. }) = reading.facts.add_link(link, spot) {
        let grounds = Grounds::lay(body, evidence.to_vec(), row.spot("sources"));
        body.is("asserts", Value::Flag(true), &grounds.all, spot);
        for category in categories {
            body.is("category", Value::Term(category), &grounds.supports, spot);
        }
    }
}
