//! A reader's own list of organisations, held in memory to be compared with the atlas and then forgotten.
//!
//! Reading files is the desk's business and showing results the site's, and the two do not know each other; they meet in
//! these plain types.

use std::collections::BTreeMap;

use crate::{CountryCode, Identifier, Problem, Vocabulary};

/// A table as it was read, every row with its cells as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// What kind of file it was.
    pub kind: SheetKind,
    /// All rows, a heading included.
    pub rows: Vec<Vec<String>>,
    /// The line of each row in its file, from 1.
    pub lines: Vec<u32>,
    /// Rows that could not be read.
    pub problems: Vec<Problem>,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SheetKind {
    /// Text, one name a line.
    #[default]
    Lines,
    /// Cells between commas, semicolons or tabs.
    Table,
    /// A spreadsheet's first sheet.
    Workbook,
    /// Form 13F of the SEC: an institution's holdings.
    Form13F,
    /// Form N-PORT of the SEC: a fund's holdings.
    FormNPort,
}

/// Which column holds what. Columns count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// Whether the first row names the columns.
    pub heading: bool,
    /// The organisation's name.
    pub name: usize,
    /// Its country, by code or name.
    pub country: Option<usize>,
    /// What it is; tells companies from persons.
    pub kind: Option<usize>,
    /// Identifiers, each with its scheme's id.
    pub identifiers: Vec<(usize, String)>,
    /// The columns of an earlier result: verdict, item, lists, links, exposed to.
    pub earlier: Option<[usize; 5]>,
}

/// One row of a list: an organisation to look for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The name as it was given.
    pub name: String,
    /// Identifiers whose check digits hold.
    pub identifiers: Vec<Identifier>,
    /// The country that the list gives.
    pub country: Option<CountryCode>,
    /// The name has the shape of a person's and nothing else in the row says otherwise: to be looked for only if
    /// an item has exactly this name.
    pub doubtful: bool,
    /// What an earlier result said of it.
    pub earlier: Option<Box<Earlier>>,
}

/// What an earlier result said of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Earlier {
    /// `match`, `possible`, `none` or `refused`.
    pub verdict: String,
    /// The item's id, or empty.
    pub item: String,
    /// The lists it was on, by id.
    pub lists: Vec<String>,
    /// How many links it had.
    pub links: u64,
    /// The listed items it was exposed to, by id.
    pub exposed: Vec<String>,
}

/// A list, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// The rows that are looked for.
    pub asked: Vec<Asked>,
    /// How many rows were refused, by reason: the atlas screens organisations, never people.
    pub refused: BTreeMap<&'static str, u64>,
    /// How many rows were empty.
    pub empty: u64,
    /// What is wrong with rows and cells.
    pub problems: Vec<Problem>,
}

/// Reads files of lists.
pub trait ReadsLists: Send + Sync {
    /// The table in a file; told by its bytes what it is. `label` is used in messages alone.
    ///
    /// # Errors
    /// If the bytes are no table of a kind that is understood, or hold more than may be read.
    fn sheet(&self, label: &str, bytes: &[u8]) -> Result<Sheet, Problem>;

    /// Which column probably holds what.
    fn columns(&self, sheet: &Sheet, vocabulary: &Vocabulary) -> Columns;

    /// The rows as organisations to look for.
    fn list(&self, sheet: &Sheet, columns: &Columns, vocabulary: &Vocabulary) -> List;
}
