//! Reads an earlier result that was kept as JSON, so that what is new since then can be told.

use std::collections::BTreeMap;

use model::{Problem, Sheet, SheetKind};
use serde::Deserialize;

use super::{MOST_ROWS, place, too_many};

/// What is needed of a result; `docs/screening.md` tells the rest.
#[derive(Deserialize)]
struct Kept {
    results: Vec<Row>,
    #[serde(default)]
    items: BTreeMap<String, Known>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    line: u32,
    #[serde(default)]
    asked: String,
    verdict: String,
    #[serde(default)]
    candidates: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Candidate {
    item: Named,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize, Default)]
struct Known {
    #[serde(default)]
    lists: Vec<Entry>,
    #[serde(default)]
    acts_in_all: u64,
    #[serde(default)]
    exposed_to: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    list: Named,
    standing: String,
}

/// The headings, as the table of a result has them.
const HEADINGS: [&str; 7] = ["line", "asked", "verdict", "item", "lists", "links", "exposed_to"];

/// The rows of a result as a table.
pub(super) fn sheet(label: &str, text: &str) -> Result<Sheet, Problem> {
    let kept: Kept = serde_json::from_str(text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or_default();
        Problem::error(place(label, line), "this JSON is no result of an earlier check")
            .hint("take the `.json` of a result, or a table")
    })?;
    if kept.results.len() > MOST_ROWS {
        return Err(too_many(label));
    }
    let mut sheet = Sheet { kind: SheetKind::Table, ..Sheet::default() };
    sheet.rows.push(HEADINGS.map(str::to_owned).into());
    sheet.lines.push(1);
    for row in &kept.results {
        sheet.rows.push(cells(row, &kept.items));
        sheet.lines.push(row.line);
    }
    Ok(sheet)
}

fn cells(row: &Row, items: &BTreeMap<String, Known>) -> Vec<String> {
    let item = row.candidates.first().map_or("", |best| best.item.id.as_str());
    let none = Known::default();
    let known = items.get(item).unwrap_or(&none);
    let mut lists: Vec<&str> =
        known.lists.iter().filter(|one| one.standing != "later").map(|one| one.list.id.as_str()).collect();
    lists.sort_unstable();
    lists.dedup();
    vec![
        row.line.to_string(),
        row.asked.clone(),
        row.verdict.clone(),
        item.to_owned(),
        lists.join("|"),
        known.acts_in_all.to_string(),
        known.exposed_to.join("|"),
    ]
}
