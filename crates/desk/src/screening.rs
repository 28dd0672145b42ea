//! Reads a reader's own list of organisations, in the formats in which such lists come, and keeps persons out of it.
//!
//! Everything happens in the memory that is handed in; nothing is written, and messages never repeat a cell.

mod columns;
mod form;
mod result;
mod rows;
mod workbook;

use model::{Columns, List, Problem, ReadsLists, Sheet, SheetKind, Vocabulary, Where};

use crate::table::decode;

/// The most rows of a list.
const MOST_ROWS: usize = 200_000;

/// The most columns that are looked at.
const MOST_COLUMNS: usize = 256;

/// Reads lists: CSV and other separated text, plain lines, workbooks, the SEC's forms 13F and N-PORT, and earlier results
/// as JSON.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListReader;

impl ReadsLists for ListReader {
    fn sheet(&self, label: &str, bytes: &[u8]) -> Result<Sheet, Problem> {
        if bytes.starts_with(b"PK\x03\x04") {
            return workbook::sheet(label, bytes);
        }
        let text = decode(label, bytes)?;
        let begins = text.trim_start();
        match begins.chars().next() {
            Some('<') => form::sheet(label, begins),
            Some('{') => result::sheet(label, begins),
            _ => separated(label, &text),
        }
    }

    fn columns(&self, sheet: &Sheet, vocabulary: &Vocabulary) -> Columns {
        columns::guess(sheet, vocabulary)
    }

    fn list(&self, sheet: &Sheet, columns: &Columns, vocabulary: &Vocabulary) -> List {
        rows::list(sheet, columns, vocabulary)
    }
}

fn place(label: &str, line: u32) -> Where {
    Where { file: label.to_owned(), line: u64::from(line), column: 0 }
}

fn too_many(label: &str) -> Problem {
    Problem::error(place(label, 0), format!("more than {MOST_ROWS} rows")).hint("split the list")
}

/// Cells between the separator that the first lines agree on; without any, one name a line.
fn separated(label: &str, text: &str) -> Result<Sheet, Problem> {
    let separator = separator(text);
    let mut sheet =
        Sheet { kind: if separator.is_some() { SheetKind::Table } else { SheetKind::Lines }, ..Sheet::default() };
    let mut cells = Cells { rest: text, separator, line: 1 };
    while let Some((line, row)) = cells.next_row() {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if sheet.rows.len() == MOST_ROWS {
            return Err(too_many(label));
        }
        sheet.rows.push(row);
        sheet.lines.push(line);
    }
    if sheet.rows.is_empty() {
        return Err(Problem::error(place(label, 0), "the list is empty"));
    }
    Ok(sheet)
}

/// The separator that stands equally often, and most often, in the first lines. A comma inside a company's name must
/// not make columns of a plain list: it has to stand in every line.
fn separator(text: &str) -> Option<char> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let least = |separator: char| lines.iter().map(|line| unquoted(line, separator)).min().unwrap_or(0);
    let heading = |separator: char| lines.first().is_some_and(|line| columns::names_columns(line.split(separator)));
    let found =
        ['\t', ';', ',', '|'].into_iter().filter(|s| least(*s) > 0 || heading(*s) && unquoted(lines[0], *s) > 0);
    found.max_by_key(|s| (heading(*s), least(*s)))
}

fn unquoted(line: &str, separator: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            other if other == separator && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// Cuts text into rows of cells; lenient, because a list may come from anywhere.
struct Cells<'t> {
    rest: &'t str,
    separator: Option<char>,
    line: u32,
}

impl Cells<'_> {
    fn next_row(&mut self) -> Option<(u32, Vec<String>)> {
        if self.rest.is_empty() {
            return None;
        }
        let (first, mut row) = (self.line, Vec::new());
        loop {
            let (cell, end) = self.next_cell();
            if row.len() < MOST_COLUMNS {
                row.push(cell);
            }
            if end {
                return Some((first, row));
            }
        }
    }

    /// The next cell, and whether it ends the row.
    fn next_cell(&mut self) -> (String, bool) {
        let mut cell = String::new();
        let mut letters = self.rest.char_indices().peekable();
        let mut quoted = false;
        let opens = self.separator.is_some() && self.rest.starts_with('"');
        if opens {
            quoted = true;
            letters.next();
        }
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' if quoted && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' if quoted => quoted = false,
                '\n' if !quoted => {
                    self.line += 1;
                    self.rest = &self.rest[at + 1..];
                    return (cell.trim_end_matches('\r').to_owned(), true);
                }
                other if !quoted && Some(other) == self.separator => {
                    self.rest = &self.rest[at + other.len_utf8()..];
                    return (cell, false);
                }
                other => {
                    self.line += u32::from(other == '\n');
                    cell.push(other);
                }
            }
        }
        self.rest = "";
        (cell.trim_end_matches('\r').to_owned(), true)
    }
}

#[cfg(test)]
mod tests;
