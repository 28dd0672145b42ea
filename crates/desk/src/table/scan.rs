//! Cuts a text into CSV records (RFC 4180), with the place of every cell and no copying.
//!
//! Written here rather than taken from a library because every message names line and column, and
//! because a cell that never ends must stop the reading before it fills the memory. The tests hold
//! it against the `csv` crate.

use std::borrow::Cow;

use model::{Problem, Where};

use super::LARGEST_CELL;

/// A reader over a text, at the beginning of a record.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    byte: usize,
    line: u32,
}

/// One record.
#[derive(Debug)]
pub(super) struct Record<'t> {
    /// The line on which it begins.
    pub line: u32,
    pub cells: Vec<Cell<'t>>,
    /// What is wrong with its form.
    pub fault: Option<Fault>,
}

/// One cell, unquoted.
#[derive(Debug)]
pub(super) struct Cell<'t> {
    pub text: Cow<'t, str>,
    line: u32,
    start: usize,
}

/// What can be wrong with the form of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// A quoted cell has no end.
    Unclosed,
    /// Something follows a closing quote.
    BehindQuote,
    /// A cell is larger than [`LARGEST_CELL`].
    TooLarge,
    /// There is a NUL character.
    Nul,
}

/// A fault and where it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault {
    kind: FaultKind,
    line: u32,
    byte: usize,
}

impl Fault {
    /// The fault as a message.
    pub fn problem(self, label: &str, text: &str) -> Problem {
        let column = u64::from(column(text, self.byte));
        let at = Where { file: label.to_owned(), line: u64::from(self.line), column };
        match self.kind {
            FaultKind::Unclosed => {
                Problem::error(at, "a quoted cell is never closed").hint("double the quotes inside a quoted cell")
            }
            FaultKind::BehindQuote => {
                Problem::error(at, "text follows a closing quote").hint("double the quotes inside a quoted cell")
            }
            FaultKind::TooLarge => {
                Problem::error(at, format!("a cell is larger than {LARGEST_CELL} bytes; the rest was not read"))
                    .hint("look for a quote that is never closed")
            }
            FaultKind::Nul => {
                Problem::error(at, "there is a NUL character").hint("the file is damaged or is no text file")
            }
        }
    }

    fn ends_reading(self) -> bool {
        matches!(self.kind, FaultKind::Unclosed | FaultKind::TooLarge)
    }
}

impl Cell<'_> {
    /// Line and column (in characters) at which the cell begins, from 1.
    pub fn place(&self, text: &str) -> (u32, u32) {
        (self.line, column(text, self.start))
    }
}

fn column(text: &str, byte: usize) -> u32 {
    let before = &text.as_bytes()[..byte];
    let start = before.iter().rposition(|b| matches!(b, b'\n' | b'\r')).map_or(0, |p| p + 1);
    let characters = before[start..].iter().filter(|b| (**b & 0xC0) != 0x80).count();
    u32::try_from(characters + 1).unwrap_or(u32::MAX)
}

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, byte: 0, line: 1 }
    }

    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The next record that is no blank line.
    pub fn next_record(&mut self) -> Option<Record<'t>> {
        while self.line_break() {}
        if self.byte == self.text.len() {
            return None;
        }
        let mut record = Record { line: self.line, cells: Vec::new(), fault: None };
        loop {
            let (cell, fault) = self.cell();
            record.cells.push(cell);
            record.fault = record.fault.or(fault);
            if fault.is_some_and(Fault::ends_reading) {
                self.byte = self.text.len();
                break;
            }
            if self.peek() == Some(b',') {
                self.byte += 1;
            } else {
                self.line_break();
                break;
            }
        }
        Some(record)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.byte).copied()
    }

    /// Steps over one line break, if there is one.
    fn line_break(&mut self) -> bool {
        let width = match (self.peek(), self.text.as_bytes().get(self.byte + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return false,
        };
        self.byte += width;
        self.line += 1;
        true
    }

    fn cell(&mut self) -> (Cell<'t>, Option<Fault>) {
        match self.peek() {
            Some(b'"') => self.quoted(),
            _ => self.plain(),
        }
    }

    fn plain(&mut self) -> (Cell<'t>, Option<Fault>) {
        let start = self.byte;
        let text = self.until_separator();
        let cell = Cell { text: Cow::Borrowed(text), line: self.line, start };
        let fault = self.size_fault(text.len(), start).or_else(|| self.nul(text, start, self.line));
        (cell, fault)
    }

    fn quoted(&mut self) -> (Cell<'t>, Option<Fault>) {
        let (start, line) = (self.byte, self.line);
        let at = |kind, line, byte| Some(Fault { kind, line, byte });
        let (inner, doubled, closed) = self.inside_quotes();
        let text = if doubled { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) };
        let cell = Cell { text, line, start };
        if let Some(fault) = self.size_fault(inner.len(), start) {
            return (cell, Some(Fault { line, ..fault }));
        }
        if !closed {
            return (cell, at(FaultKind::Unclosed, line, start));
        }
        let behind = self.byte;
        if !self.until_separator().is_empty() {
            return (cell, at(FaultKind::BehindQuote, self.line, behind));
        }
        let fault = self.nul(inner, start, line);
        (cell, fault)
    }

    /// What stands between the quotes, whether a quote in it is doubled, and whether it is closed.
    /// Gives up soon after [`LARGEST_CELL`] bytes.
    fn inside_quotes(&mut self) -> (&'t str, bool, bool) {
        let bytes = self.text.as_bytes();
        let start = self.byte + 1;
        let mut doubled = false;
        self.byte = start;
        while let Some(b) = self.peek().filter(|_| self.byte - start <= LARGEST_CELL) {
            match (b, bytes.get(self.byte + 1)) {
                (b'"', Some(b'"')) => {
                    doubled = true;
                    self.byte += 2;
                }
                (b'"', _) => {
                    self.byte += 1;
                    return (&self.text[start..self.byte - 1], doubled, true);
                }
                (b'\r' | b'\n', _) => drop(self.line_break()),
                _ => self.byte += 1,
            }
        }
        while !self.text.is_char_boundary(self.byte) {
            self.byte += 1;
        }
        (&self.text[start..self.byte], doubled, false)
    }

    fn until_separator(&mut self) -> &'t str {
        let start = self.byte;
        let rest = &self.text.as_bytes()[start..];
        let width = rest.iter().position(|b| matches!(b, b',' | b'\r' | b'\n')).unwrap_or(rest.len());
        self.byte = start + width;
        &self.text[start..self.byte]
    }

    fn size_fault(&self, bytes: usize, start: usize) -> Option<Fault> {
        (bytes > LARGEST_CELL).then_some(Fault { kind: FaultKind::TooLarge, line: self.line, byte: start })
    }

    fn nul(&self, text: &str, start: usize, line: u32) -> Option<Fault> {
        text.contains('\0').then_some(Fault { kind: FaultKind::Nul, line, byte: start })
    }
}
