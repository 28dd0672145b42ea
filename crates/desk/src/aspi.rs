//! ASPI's export of overseas infrastructure: 21 columns in any order, known by their names.
//!
//! A row becomes an item for the thing (`aspi-<id>`; one item for all rows of a cable) and a link
//! from the company to it (`aspi-<id>-link`). The labels of types and topics are the vocabulary's.
//! Where a row names web addresses they are its sources, otherwise the export itself is. What can't
//! be read as a year, a country or a topic, and every column that is not known, is kept as a note.

mod cells;
mod row;

use std::collections::HashMap;

use edition::State;
use model::{Date, Id, Origin, Problem, Source, Vocabulary};

use crate::facts::{Covers, Facts, english, fixed_id};
use crate::matching::Matcher;
use crate::outcome::{Options, Progress};
use crate::table::{Spot, Table};

/// The columns of the export, as header keys.
const COLUMNS: [&str; 21] = [
    "company_overseas_infrastructure_id",
    "company_id",
    "infrastructure_type_id",
    "secondary_infrastructure_type_id",
    "country_id",
    "city",
    "overseas_infrastructure_lat",
    "overseas_infrastructure_lng",
    "label",
    "year_commenced",
    "year_ended",
    "primary_topic",
    "secondary",
    "third_topic",
    "text",
    "cable_id",
    "highlight",
    "cable_owner",
    "type_of_company_id_ref",
    "street_address",
    "sources",
];

/// The source for what a row gives no address for.
const EXPORT: &str = "aspi-export";

/// What an export is read with.
pub(crate) struct Reading<'a> {
    pub vocabulary: &'a Vocabulary,
    pub state: &'a State,
    pub options: &'a Options,
    pub problems: &'a mut Vec<Problem>,
    pub refused: &'a mut std::collections::BTreeMap<crate::outcome::Refusal, u64>,
    pub progress: &'a mut dyn FnMut(Progress),
}

/// An export while its rows are read.
struct Export<'r, 'a> {
    reading: &'r mut Reading<'a>,
    matcher: Matcher<'a>,
    companies: HashMap<String, Id>,
    facts: Facts,
}

/// The facts of an export's tables.
pub(crate) fn read(reading: &mut Reading<'_>, origin: Origin, tables: &[Table<'_>], names: &[&str]) -> Facts {
    let (state, vocabulary) = (reading.state, reading.vocabulary);
    let mut facts = Facts::new(origin, Covers::everything());
    let _new = facts.add_source(export(reading, names), Spot::default());
    // The kinds that can own something are the organisations.
    let organisations = vocabulary.link_types.get("owns").map_or(&[][..], |t| &t.subjects);
    let matcher = Matcher::new(state, &facts.origin.dataset, organisations);
    let mut export = Export { reading, matcher, companies: HashMap::new(), facts };
    for table in tables {
        export.table(table);
    }
    export.facts
}

/// The export as a source. Its day is the one given, or in a file's name, or known from an earlier
/// import, or else that of the import: so the same file brings the same source on any later day.
fn export(reading: &Reading<'_>, names: &[&str]) -> Source {
    let date = |day: model::Day| Date::parse(&day.to_string()).expect("invariant: a day is an EDTF date");
    let named = || names.iter().find_map(|name| cells::day_in(name));
    let live = || reading.state.sources().get(EXPORT).and_then(|s| s.source.as_ref()).and_then(|s| s.published.clone());
    let given = reading.options.as_of.or_else(named).map(date);
    let published = given.or_else(live).unwrap_or_else(|| date(reading.options.today));
    Source {
        id: fixed_id(EXPORT),
        title: english(&format!("ASPI export, {published}")),
        publisher: "ASPI".into(),
        published: Some(published),
        language: "en".into(),
        kind: fixed_id("dataset"),
        relays: Vec::new(),
        url: "".into(),
        note: "".into(),
    }
}

impl Export<'_, '_> {
    fn table(&mut self, table: &Table<'_>) {
        let needed = ["company_overseas_infrastructure_id", "company_id", "infrastructure_type_id"];
        if !table.requires(&needed, self.reading.problems) {
            return;
        }
        self.unknown_columns(table);
        let of = table.lines();
        let mut rows = table.rows();
        let mut done = 0;
        while let Some(row) = rows.next(self.reading.problems) {
            self.row(&row);
            done += 1;
            if done % 1_000 == 0 {
                (self.reading.progress)(Progress { step: "reading", done, of });
            }
        }
    }

    /// Reports columns that are only kept as notes, and known ones that are absent.
    fn unknown_columns(&mut self, table: &Table<'_>) {
        for column in table.columns().iter().filter(|c| !COLUMNS.contains(&c.as_str())) {
            let near = crate::nearest::hint(column, COLUMNS);
            let what = format!("unknown column `{}` is kept as notes", crate::native::short(column));
            self.reading.problems.push(Problem::warning(table.header_place(), what).hint(near));
        }
        for column in COLUMNS.iter().filter(|c| !table.has(c)) {
            self.reading.problems.push(Problem::note(table.header_place(), format!("column `{column}` is absent")));
        }
    }
}

#[cfg(test)]
mod tests;
