//! Reads `figures.csv`: headline numbers about items.

use model::{Date, Figure, Value};

use super::Reading;
use super::cell::{self, Unsound};
use super::evidence::Grounds;
use crate::facts::english;
use crate::table::{Row, Table};

const COLUMNS: [&str; 7] = ["id", "statement", "value", "unit", "as_of", "about", "source"];

/// Reads the table.
pub(super) fn read(reading: &mut Reading<'_>, table: &Table<'_>) {
    if !table.requires(&["id", "statement", "value", "about", "source"], reading.problems) {
        return;
    }
    table.knows(&COLUMNS, reading.problems);
    let mut seen = std::collections::BTreeMap::new();
    super::each(reading, table, |reading, row| {
        let Some(id) = reading.id(row, "id") else { return };
        if let Some(first) = seen.insert(id.clone(), row.spot("id").line) {
            return reading.twice(row, &id, first);
        }
        figure(reading, row);
    });
}

fn figure(reading: &mut Reading<'_>, row: &Row<'_, '_>) {
    let about = reading.id(row, "about");
    let number = reading.sound(row, "value", cell::decimal(row.get("value")));
    let as_of = match row.get("as_of") {
        "" => Ok(None),
        text => Date::parse(text)
            .map(Some)
            .map_err(|e| Unsound::new(format!("`{}` is not an EDTF date: {e}", cell::short(text)))),
    };
    let as_of = reading.sound(row, "as_of", as_of);
    let evidence = reading.evidence(row, "source");
    let (Some(about), Some(number), Some(as_of), Some(evidence)) = (about, number, as_of, evidence) else { return };
    if reading.is_refused(&about) {
        return reading.refuse(row, crate::outcome::Refusal::NamesRefused);
    }
    let figure = Figure { statement: english(row.get("statement")), number, unit: row.get("unit").into(), as_of };
    let body = &mut reading.facts.item(&about, row.spot("about")).body;
    let grounds = Grounds::lay(body, evidence, row.spot("source"));
    body.is("figure", Value::Figure(Box::new(figure)), &grounds.all, row.spot("id"));
}
