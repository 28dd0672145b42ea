//! Tells a file's format by its header.

use crate::table::Table;

/// The formats that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Our own tables: sources, entities, relations, cables, figures, glossary, claims.
    Native,
    /// The control lists: one row for each listed party.
    Lists,
    /// ASPI's export of overseas infrastructure.
    Aspi,
    /// Case studies as Markdown.
    Stories,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Native, Self::Lists, Self::Aspi, Self::Stories];

    /// The word used on the command line and in the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Lists => "lists",
            Self::Aspi => "aspi",
            Self::Stories => "stories",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.word() == word)
    }
}

/// The only column of a file that names organisations whose names look like persons'.
pub(crate) const REVIEWED: &str = "reviewed_organisation";

/// The tables of our own format, in the order in which they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NativeTable {
    Sources,
    Entities,
    Relations,
    Cables,
    Figures,
    Glossary,
    Claims,
}

/// Column names that only one kind of table has together.
const SIGNS: [(NativeTable, &[&str]); 7] = [
    (NativeTable::Sources, &["id", "title", "kind"]),
    (NativeTable::Relations, &["id", "kind", "subject", "object"]),
    (NativeTable::Cables, &["id", "landing_points"]),
    (NativeTable::Figures, &["id", "statement", "value"]),
    (NativeTable::Entities, &["id", "kind", "name"]),
    (NativeTable::Glossary, &["term", "definition"]),
    (NativeTable::Claims, &["about", "property"]),
];

/// The table of our own format that has these columns.
pub(crate) fn native_table(table: &Table<'_>) -> Option<NativeTable> {
    SIGNS.iter().find(|(_, columns)| columns.iter().all(|c| table.has(c))).map(|(kind, _)| *kind)
}

/// The format that has these columns.
pub(crate) fn format(table: &Table<'_>) -> Option<Format> {
    if table.has("company_overseas_infrastructure_id")
        || (table.has("infrastructure_type_id") && table.has("company_id"))
    {
        Some(Format::Aspi)
    } else if table.has("list_id") && table.has("name") {
        Some(Format::Lists)
    } else {
        native_table(table).map(|_| Format::Native)
    }
}
