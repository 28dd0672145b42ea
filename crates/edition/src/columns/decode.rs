//! From the bytes of a columns file back to rows: for tests, mirrors and other programs.

use super::layout::{Coding, Column, ENTRY, Entry, HEADER, MAGIC, VERSION};
use crate::morton;
use crate::rows::{ItemColumn, Rows, Sizes};
use thiserror::Error;

/// Bytes that are no columns file of a known version.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ColumnsError {
    /// The first bytes are not those of a columns file.
    #[error("not a columns file")]
    Magic,
    /// A version that this program does not know.
    #[error("columns file of unknown version `{0}`")]
    Version(u16),
    /// The file ends before a column does, or a column is missing or too short.
    #[error("column `{0}` is missing or too short")]
    Short(u8),
    /// A value has no meaning in its column.
    #[error("column `{0}` holds a value without meaning")]
    Meaning(u8),
}

/// The rows of a columns file. What the file does not hold is left empty: a row's `link` is its
/// own number, items are in the file's numbering without kind, lists and marks, dictionaries have no size.
pub fn decode(bytes: &[u8]) -> Result<Rows, ColumnsError> {
    let file = File::open(bytes)?;
    let (count, items) = (file.rows, file.items);
    let (x, y) = file.positions()?.into_iter().map(morton::cell_of).unzip();
    let (subject, object) = file.mentions()?;
    let rows = Rows {
        located: file.located,
        link: (0..count as u32).collect(),
        x,
        y,
        precision: file.bytes(Column::Precision)?,
        country: file.optional(Column::Country)?,
        subject,
        object,
        link_type: file.bytes(Column::LinkType)?,
        categories: file.masks(Column::Categories, Column::CategorySets)?,
        topics: file.masks(Column::Topics, Column::TopicSets)?.into_iter().map(|mask| mask as u32).collect(),
        status: file.bytes(Column::Status)?,
        confidence: file.bytes(Column::Confidence)?,
        years: file.years()?,
        poi: file.flags(Column::Poi)?,
        offered: file.flags(Column::Offered)?,
        items: vec![ItemColumn::default(); items],
        collective: Vec::new(),
        sizes: Sizes::default(),
        span: None,
    };
    Ok(rows.spanned())
}

struct File<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
    rows: usize,
    located: usize,
    items: usize,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, ColumnsError> {
        if bytes.len() < HEADER || !bytes.starts_with(MAGIC) {
            return Err(ColumnsError::Magic);
        }
        let two = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        let four = |at: usize| two(at) as usize | (two(at + 2) as usize) << 16;
        if two(8) != VERSION {
            return Err(ColumnsError::Version(two(8)));
        }
        let table = bytes.get(HEADER..HEADER + ENTRY * two(10) as usize).ok_or(ColumnsError::Short(0))?;
        let entries = table.as_chunks().0.iter().map(Entry::from_bytes).collect();
        let file = Self { bytes, entries, rows: four(12), located: four(16), items: four(20) };
        // A row costs at least a byte in every column: forged counts can't reserve much memory.
        let possible = file.rows <= bytes.len() && file.items <= 1 << 26;
        if file.located > file.rows || !possible { Err(ColumnsError::Meaning(0)) } else { Ok(file) }
    }

    fn column(&self, column: Column) -> Result<(Entry, &'a [u8]), ColumnsError> {
        let short = ColumnsError::Short(column as u8);
        let entry = *self.entries.iter().find(|entry| entry.column == column as u8).ok_or(short.clone())?;
        let start = entry.offset as usize;
        let data = self.bytes.get(start..start + entry.length as usize).ok_or(short)?;
        Ok((entry, data))
    }

    /// The values of a column coded as planes; `count` is `None` for a table of any length.
    fn planes(&self, column: Column, count: Option<usize>) -> Result<Vec<u64>, ColumnsError> {
        let (entry, data) = self.column(column)?;
        let width = usize::from(entry.width);
        let count = count.unwrap_or(data.len() / width.max(1));
        if entry.coding != Coding::Planes as u8 || !(1..=8).contains(&width) || data.len() != count * width {
            return Err(ColumnsError::Short(column as u8));
        }
        let value =
            |row: usize| (0..width).fold(0, |value, plane| value | u64::from(data[plane * count + row]) << (8 * plane));
        Ok((0..count).map(value).collect())
    }

    fn bytes(&self, column: Column) -> Result<Vec<u8>, ColumnsError> {
        let narrow = |value| u8::try_from(value).map_err(|_| ColumnsError::Meaning(column as u8));
        self.planes(column, Some(self.rows))?.into_iter().map(narrow).collect()
    }

    fn flags(&self, column: Column) -> Result<Vec<bool>, ColumnsError> {
        Ok(self.bytes(column)?.into_iter().map(|flag| flag == 1).collect())
    }

    fn optional(&self, column: Column) -> Result<Vec<Option<u16>>, ColumnsError> {
        let narrow = |value: u64| u16::try_from(value).map_err(|_| ColumnsError::Meaning(column as u8));
        let values = self.planes(column, Some(self.rows))?;
        values.into_iter().map(|value| narrow(value).map(|value| value.checked_sub(1))).collect()
    }

    fn masks(&self, column: Column, table: Column) -> Result<Vec<u64>, ColumnsError> {
        let sets = self.planes(table, None)?;
        let indices = self.planes(column, Some(self.rows))?;
        let mask = |index: u64| sets.get(index as usize).copied().ok_or(ColumnsError::Meaning(column as u8));
        indices.into_iter().map(mask).collect()
    }

    fn positions(&self) -> Result<Vec<u64>, ColumnsError> {
        let (entry, data) = self.column(Column::Position)?;
        let short = ColumnsError::Short(entry.column);
        let (lengths, mut rest) = data.split_at_checked(self.located).ok_or(short.clone())?;
        let mut code = 0u64;
        let mut codes = Vec::with_capacity(self.located);
        for length in lengths {
            let (step, after) = rest.split_at_checked(usize::from(*length)).ok_or(short.clone())?;
            if step.len() > 5 {
                return Err(ColumnsError::Meaning(entry.column));
            }
            code += step.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
            codes.push(code);
            rest = after;
        }
        let inside = code < 1 << (2 * morton::BITS);
        if inside && rest.is_empty() { Ok(codes) } else { Err(ColumnsError::Meaning(entry.column)) }
    }

    fn mentions(&self) -> Result<(Vec<u32>, Vec<u32>), ColumnsError> {
        let subjects = self.planes(Column::Subject, Some(self.rows))?;
        let objects = self.planes(Column::Object, Some(self.rows))?;
        let (mut next, items) = (0, self.items as u64);
        let mut item = |mention: u64| {
            let number = mention.checked_sub(1).unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            if number < items { Ok(number as u32) } else { Err(ColumnsError::Meaning(Column::Subject as u8)) }
        };
        let pairs = subjects.into_iter().zip(objects);
        let numbers: Result<Vec<_>, _> = pairs.map(|(subject, object)| Ok((item(subject)?, item(object)?))).collect();
        Ok(numbers?.into_iter().unzip())
    }

    fn years(&self) -> Result<Vec<Option<(i16, i16)>>, ColumnsError> {
        let base = i64::from(self.column(Column::FirstYear)?.0.base);
        let firsts = self.planes(Column::FirstYear, Some(self.rows))?;
        let spans = self.planes(Column::YearSpan, Some(self.rows))?;
        let year = |year: i64| i16::try_from(year).map_err(|_| ColumnsError::Meaning(Column::FirstYear as u8));
        let pair = |(first, span): (u64, u64)| {
            let Some(above) = first.checked_sub(1) else { return Ok(None) };
            let first = base.saturating_add_unsigned(above);
            Ok(Some((year(first)?, year(first.saturating_add_unsigned(span))?)))
        };
        firsts.into_iter().zip(spans).map(pair).collect()
    }
}
