//! A tab-separated table with a header, read line by line: what can't be read is reported and left out.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use model::{Problem, Where};

use crate::report;

/// The table, and what was wrong with it so far.
pub struct Table {
    lines: BufReader<File>,
    bytes: Vec<u8>,
    line: String,
    number: u64,
    header: String,
    path: String,
    is_clean: bool,
}

impl Table {
    /// Opens a file and reads its first line.
    pub fn open(path: &Path) -> Result<Table> {
        let file = File::open(path).with_context(|| format!("can't read `{}`", path.display()))?;
        let mut table = Table {
            lines: BufReader::with_capacity(1 << 16, file),
            bytes: Vec::new(),
            line: String::new(),
            number: 0,
            header: String::new(),
            path: path.display().to_string(),
            is_clean: true,
        };
        table.read()?;
        let header = std::str::from_utf8(&table.bytes).with_context(|| format!("`{}` is not UTF-8", table.path))?;
        table.header = header.trim_start_matches('\u{FEFF}').to_string();
        Ok(table)
    }

    /// The first line as it was.
    pub fn header(&self) -> &str {
        &self.header
    }

    /// Whether no row was left out.
    pub fn is_clean(&self) -> bool {
        self.is_clean
    }

    /// The number of the column with this name.
    pub fn column(&self, name: &str) -> Result<usize> {
        let found = self.header.split('\t').position(|cell| cell.trim() == name);
        found.with_context(|| {
            format!("`{}` has no column `{name}`; hint: the first line names the columns, parted by tabs", self.path)
        })
    }

    /// The next row that has all the wanted columns. Empty lines are passed over, others that lack something are
    /// reported.
    pub fn next(&mut self, wanted: &[usize]) -> Result<Option<&str>> {
        while self.read()? {
            if self.bytes.is_empty() {
                continue;
            }
            let Ok(line) = std::str::from_utf8(&self.bytes) else {
                self.leave_out("the row is not UTF-8".into(), "save the table as UTF-8");
                continue;
            };
            let cells = line.split('\t').count();
            if wanted.iter().any(|column| *column >= cells) {
                let columns = self.header.split('\t').count();
                self.leave_out(format!("the row has {cells} of {columns} columns"), "part the columns by tabs");
                continue;
            }
            self.line.clear();
            self.line.push_str(line);
            return Ok(Some(&self.line));
        }
        Ok(None)
    }

    /// The next line without its end; false after the last.
    fn read(&mut self) -> Result<bool> {
        self.bytes.clear();
        self.number += 1;
        let read = self.lines.read_until(b'\n', &mut self.bytes);
        let is_some = read.with_context(|| format!("can't read `{}`", self.path))? > 0;
        while self.bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            self.bytes.pop();
        }
        Ok(is_some)
    }

    fn leave_out(&mut self, what: String, hint: &str) {
        self.is_clean = false;
        let at = Where { file: self.path.clone(), line: self.number, column: 0 };
        report::say(&Problem::error(at, what).hint(hint).to_string());
    }
}

/// One cell of a row.
pub fn cell(row: &str, column: usize) -> &str {
    row.split('\t').nth(column).unwrap_or("")
}

/// A text that can stand in a cell.
pub fn plain(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
