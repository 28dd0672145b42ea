//! Reads the first sheet of a workbook that has rows, within firm limits: a small file may unpack to a very large one.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use model::{Problem, Sheet, SheetKind};
use zip::ZipArchive;

use super::{MOST_COLUMNS, MOST_ROWS, place, too_many};

/// The most bytes that a workbook may unpack to.
const LARGEST_UNPACKED: u64 = 1 << 28;

pub(super) fn sheet(label: &str, bytes: &[u8]) -> Result<Sheet, Problem> {
    let broken = |what: &str| Problem::error(place(label, 0), format!("the workbook can't be read: {what}"));
    if !fits(bytes).ok_or_else(|| broken("it is damaged").hint("save it again as .xlsx, or as CSV"))? {
        let what = format!("unpacks to more than {LARGEST_UNPACKED} bytes");
        return Err(Problem::error(place(label, 0), what).hint("save the list alone, as CSV"));
    }
    let open: Result<Xlsx<_>, _> = open_workbook_from_rs(Cursor::new(bytes));
    let mut book = open.map_err(|_| broken("it is no .xlsx file").hint("save it as .xlsx, or as CSV"))?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| broken("a sheet is damaged"))?;
        if range.is_empty() {
            continue;
        }
        if range.height() > MOST_ROWS {
            return Err(too_many(label));
        }
        let start = range.start().map_or(0, |(row, _)| row);
        return Ok(rows(range.rows(), start));
    }
    Err(Problem::error(place(label, 0), "the list is empty"))
}

fn rows<'r>(all: impl Iterator<Item = &'r [Data]>, start: u32) -> Sheet {
    let mut sheet = Sheet { kind: SheetKind::Workbook, ..Sheet::default() };
    for (number, row) in all.enumerate() {
        let row: Vec<String> = row.iter().take(MOST_COLUMNS).map(text).collect();
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            sheet.rows.push(row);
            sheet.lines.push(start + number as u32 + 1);
        }
    }
    sheet
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

/// Whether all parts together unpack to no more than is allowed; `None` if the archive is damaged. The sizes that the
/// archive states are not believed.
fn fits(bytes: &[u8]) -> Option<bool> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut left = LARGEST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).ok()?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).ok()?;
        if read > left {
            return Some(false);
        }
        left -= read;
    }
    Some(true)
}
