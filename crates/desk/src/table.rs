//! A checked CSV table: rows by column name, each cell with its place, within firm limits.

mod decode;
mod scan;

use model::{Problem, Where};

use scan::{Record, Scanner};

pub(crate) use decode::decode;

/// The largest cell, in bytes.
pub(crate) const LARGEST_CELL: usize = 1 << 20;
/// The most columns.
const MOST_COLUMNS: usize = 256;
/// The most rows.
const MOST_ROWS: u32 = 5_000_000;
/// After so many broken rows the rest of a table is not read.
const MOST_ERRORS: u32 = 1_000;
/// After so many problems of any sort nothing more is read.
const MOST_PROBLEMS: usize = 1_000_000;

/// Where something stands: a file by its number in the import, line and column from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Spot {
    pub file: u32,
    pub line: u32,
    pub column: u32,
}

/// A table with a header.
#[derive(Debug)]
pub(crate) struct Table<'t> {
    label: &'t str,
    file: u32,
    columns: Vec<String>,
    body: Scanner<'t>,
}

/// A walk over the rows of a table.
pub(crate) struct Rows<'r, 't> {
    table: &'r Table<'t>,
    scanner: Scanner<'t>,
    read: u32,
    errors: u32,
}

/// A row that has exactly one cell for each column.
#[derive(Debug)]
pub(crate) struct Row<'r, 't> {
    table: &'r Table<'t>,
    record: Record<'t>,
}

impl<'t> Table<'t> {
    /// Reads the header; `None` if there is none or a column stands twice.
    pub fn open(label: &'t str, file: u32, text: &'t str, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut body = Scanner::new(text);
        let at = |line, column| Where { file: label.to_owned(), line, column };
        let Some(header) = body.next_record() else {
            problems.push(Problem::error(at(1, 0), "the file is empty").hint("the first line must name the columns"));
            return None;
        };
        if let Some(fault) = header.fault {
            problems.push(fault.problem(label, text));
            return None;
        }
        let columns: Vec<String> = header.cells.iter().map(|c| column_key(&c.text)).collect();
        let count = columns.len();
        for (i, column) in columns.iter().enumerate() {
            let (line, place) = header.cells[i].place(text);
            if columns[..i].contains(column) {
                let what = format!("column `{column}` stands twice");
                problems.push(Problem::error(at(u64::from(line), u64::from(place)), what));
                return None;
            }
        }
        if count > MOST_COLUMNS {
            problems.push(Problem::error(at(1, 0), format!("{count} columns; at most {MOST_COLUMNS} can be read")));
            return None;
        }
        Some(Self { label, file, columns, body })
    }

    /// The columns' names in lower case, blanks and hyphens turned into underscores.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Reports required columns that are missing; true if all are there.
    pub fn requires(&self, columns: &[&str], problems: &mut Vec<Problem>) -> bool {
        let missing: Vec<&&str> = columns.iter().filter(|c| !self.has(c)).collect();
        for column in &missing {
            let near = crate::nearest::hint(column, self.columns.iter().map(String::as_str));
            problems.push(Problem::error(self.header_place(), format!("column `{column}` is missing")).hint(near));
        }
        missing.is_empty()
    }

    /// Warns of columns that the format does not know.
    pub fn knows(&self, columns: &[&str], problems: &mut Vec<Problem>) {
        for unknown in self.columns.iter().filter(|c| !columns.contains(&c.as_str())) {
            let near = crate::nearest::hint(unknown, columns.iter().copied());
            let what = format!("unknown column `{}` is left out", crate::native::short(unknown));
            problems.push(Problem::warning(self.header_place(), what).hint(near));
        }
    }

    /// Whether there is such a column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|c| c == column)
    }

    /// Where the header is.
    pub fn header_place(&self) -> Where {
        Where { file: self.label.to_owned(), line: 1, column: 0 }
    }

    /// About how many rows there are.
    pub fn lines(&self) -> u64 {
        self.body.text().bytes().filter(|b| *b == b'\n').count() as u64
    }

    /// The rows behind the header.
    pub fn rows(&self) -> Rows<'_, 't> {
        Rows { table: self, scanner: self.body.clone(), read: 0, errors: 0 }
    }

    fn ragged(&self, record: &Record<'_>) -> Problem {
        let (cells, columns) = (record.cells.len(), self.columns.len());
        let at = Where { file: self.label.to_owned(), line: u64::from(record.line), column: 0 };
        let what = format!("the row has {cells} {}, the header {columns}", if cells == 1 { "cell" } else { "cells" });
        Problem::error(at, what).hint("put a cell that holds a comma or a line break in double quotes")
    }
}

impl<'r, 't> Rows<'r, 't> {
    /// The next sound row; ragged and broken ones become problems.
    pub fn next(&mut self, problems: &mut Vec<Problem>) -> Option<Row<'r, 't>> {
        loop {
            let record = self.scanner.next_record()?;
            self.read += 1;
            if let Some(stop) = self.limit(&record, problems.len()) {
                problems.push(stop);
                return None;
            }
            match (&record.fault, record.cells.len() == self.table.columns.len()) {
                (Some(fault), _) => problems.push(fault.problem(self.table.label, self.scanner.text())),
                (None, false) => problems.push(self.table.ragged(&record)),
                (None, true) => return Some(Row { table: self.table, record }),
            }
            self.errors += 1;
        }
    }

    fn limit(&self, record: &Record<'_>, problems: usize) -> Option<Problem> {
        let at = Where { file: self.table.label.to_owned(), line: u64::from(record.line), column: 0 };
        if self.read > MOST_ROWS {
            return Some(Problem::error(at, format!("more than {MOST_ROWS} rows")).hint("split the file"));
        }
        if problems >= MOST_PROBLEMS {
            let what = format!("{MOST_PROBLEMS} problems so far; the rest was not read");
            return Some(Problem::error(at, what));
        }
        (self.errors >= MOST_ERRORS)
            .then(|| Problem::error(at, format!("{MOST_ERRORS} broken rows so far; the rest of the file was not read")))
    }
}

fn column_key(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

impl Row<'_, '_> {
    /// The cell without surrounding white space; empty if the table has no such column.
    pub fn get(&self, column: &str) -> &str {
        self.position(column).map_or("", |i| self.record.cells[i].text.trim())
    }

    /// The cells of columns that `known` does not name.
    pub fn others<'a>(&'a self, known: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        let columns = self.table.columns.iter().map(String::as_str);
        let cells = self.record.cells.iter().map(|c| c.text.trim());
        columns.zip(cells).filter(|(column, cell)| !known.contains(column) && !cell.is_empty())
    }

    /// The parts of a cell that lists several, without empty ones.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Where a cell begins, or the row if there is no such column.
    pub fn spot(&self, column: &str) -> Spot {
        let file = self.table.file;
        match self.position(column) {
            Some(i) => {
                let (line, column) = self.record.cells[i].place(self.table.body.text());
                Spot { file, line, column }
            }
            None => Spot { file, line: self.record.line, column: 0 },
        }
    }

    /// The same for messages.
    pub fn at(&self, column: &str) -> Where {
        let spot = self.spot(column);
        Where { file: self.table.label.to_owned(), line: u64::from(spot.line), column: u64::from(spot.column) }
    }

    /// Where the row begins.
    pub fn line(&self) -> Where {
        Where { file: self.table.label.to_owned(), line: u64::from(self.record.line), column: 0 }
    }

    fn position(&self, column: &str) -> Option<usize> {
        self.table.columns.iter().position(|c| c == column)
    }
}

#[cfg(test)]
mod tests;
