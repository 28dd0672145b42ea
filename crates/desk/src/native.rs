//! Our own tables: `sources`, `entities`, `relations`, `cables`, `figures`, `glossary`, `claims`.
//!
//! A cell that lists several parts them with `|`. An empty cell says nothing. In cells for a
//! country, city, place, date, amount, share or length, `unknown` (for dates also `?`) states that
//! the value is not known, and `none` that there is none. Sources are written `id`, `id#anchor`,
//! `id:stance` or `id#anchor:stance`; without a stance they support.

mod cables;
pub(crate) mod cell;
pub(crate) mod claims;
mod entities;
mod evidence;
mod figures;
mod glossary;
mod relations;
mod sources;

use std::collections::{BTreeMap, BTreeSet};

use edition::State;
use model::{Id, Origin, Problem, Vocabulary};

pub(crate) use cell::short;

use crate::detect::{NativeTable, native_table};
use crate::facts::{Covers, Facts};
use crate::outcome::Refusal;
use crate::table::{Row, Table};

/// What the tables are read with, and what is found on the way.
pub(super) struct Reading<'a> {
    pub vocabulary: &'a Vocabulary,
    pub state: &'a State,
    pub facts: Facts,
    pub problems: &'a mut Vec<Problem>,
    /// Entities that were refused, so that what names them is refused too.
    refused_ids: BTreeSet<Id>,
    pub refused: &'a mut BTreeMap<Refusal, u64>,
}

/// The facts of one folder's tables.
pub(crate) fn read(
    origin: Origin,
    tables: &[Table<'_>],
    vocabulary: &Vocabulary,
    state: &State,
    problems: &mut Vec<Problem>,
    refused: &mut BTreeMap<Refusal, u64>,
) -> Facts {
    let mut kinds: Vec<(NativeTable, &Table<'_>)> =
        tables.iter().filter_map(|t| native_table(t).map(|k| (k, t))).collect();
    kinds.sort_by_key(|(kind, _)| *kind);
    let facts = Facts::new(origin, covers(kinds.iter().map(|(kind, _)| *kind)));
    let mut reading = Reading { vocabulary, state, facts, problems, refused_ids: BTreeSet::new(), refused };
    for (kind, table) in kinds {
        match kind {
            NativeTable::Sources => sources::read(&mut reading, table),
            NativeTable::Entities => entities::read(&mut reading, table),
            NativeTable::Relations => relations::read(&mut reading, table),
            NativeTable::Cables => cables::read(&mut reading, table),
            NativeTable::Figures => figures::read(&mut reading, table),
            NativeTable::Glossary => glossary::read(&mut reading, table),
            NativeTable::Claims => claims::read(&mut reading, table),
        }
    }
    reading.facts.add_editors();
    reading.facts
}

fn covers(kinds: impl Iterator<Item = NativeTable>) -> Covers {
    let mut covers = Covers { properties: Some(BTreeSet::new()), ..Covers::default() };
    for kind in kinds {
        let properties: &[&'static str] = match kind {
            NativeTable::Sources => {
                covers.sources = true;
                &[]
            }
            NativeTable::Entities => {
                covers.items = true;
                &entities::PROPERTIES
            }
            NativeTable::Relations => {
                covers.links = true;
                &[]
            }
            NativeTable::Cables => &cables::PROPERTIES,
            NativeTable::Figures => &["figure"],
            NativeTable::Claims => &[],
            NativeTable::Glossary => {
                covers.terms = true;
                &[]
            }
        };
        covers.properties.iter_mut().for_each(|p| p.extend(properties));
    }
    covers
}

/// Gives each sound row of a table to `take`.
fn each<'a>(reading: &mut Reading<'a>, table: &Table<'_>, mut take: impl FnMut(&mut Reading<'a>, &Row<'_, '_>)) {
    let mut rows = table.rows();
    while let Some(row) = rows.next(reading.problems) {
        take(reading, &row);
    }
}

impl Reading<'_> {
    /// The row's id; a problem and `None` if it is malformed.
    fn id(&mut self, row: &Row<'_, '_>, column: &str) -> Option<Id> {
        let parsed = cell::id(row.get(column));
        parsed.map_err(|problem| self.problems.push(problem.at(row, column))).ok()
    }

    /// Reports an id that stands twice.
    fn twice(&mut self, row: &Row<'_, '_>, id: &Id, first_line: u32) {
        let what = format!("id `{id}` stands twice");
        self.problems.push(Problem::error(row.at("id"), what).hint(format!("it is first used on line {first_line}")));
    }

    /// Counts a row that is not taken; the report names its line and never its words.
    fn refuse(&mut self, row: &Row<'_, '_>, why: Refusal) {
        *self.refused.entry(why).or_default() += 1;
        self.problems.push(why.problem(row.line()));
    }

    fn is_refused(&self, id: &Id) -> bool {
        self.refused_ids.contains(id)
    }

    /// Keeps a value or reports why there is none.
    fn sound<T>(&mut self, row: &Row<'_, '_>, column: &str, value: Result<T, cell::Unsound>) -> Option<T> {
        value.map_err(|problem| self.problems.push(problem.at(row, column))).ok()
    }
}

#[cfg(test)]
mod tests;
