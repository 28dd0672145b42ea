//! Links as a workbook: one sheet with the links, one that says what the file is.
//!
//! Every text is a cell of the type text, which no spreadsheet program takes for a formula, so that nothing has to be
//! put before it; numbers are numbers. Rows go through a temporary file and not through memory.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::{COLUMNS, Export};

/// The most that a cell holds.
const LONGEST: usize = 32_767;

pub(super) fn write(export: &Export, out: &mut (dyn Write + Send)) -> io::Result<()> {
    workbook(export).and_then(|mut book| book.save_to_writer(out)).map_err(io::Error::other)
}

fn workbook(export: &Export) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(export)?);
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(export.lang.t("links"))?.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    for (row, link) in (1..).zip(export.links()) {
        for (column, cell) in (0..).zip(export.cells(link)) {
            let number =
                matches!(COLUMNS[usize::from(column)], "lat" | "lon").then(|| cell.parse::<f64>().ok()).flatten();
            match number {
                Some(number) => drop(sheet.write_number(row, column, number)?),
                None if cell.is_empty() => {}
                None => drop(sheet.write_string(row, column, short(cell))?),
            }
        }
    }
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(export.lang.t("xlsx-about"))?;
    for (row, (key, text)) in (0..).zip(about(export)) {
        sheet.write_string_with_format(row, 0, key, &bold)?.write_string(row, 1, short(text))?;
    }
    Ok(book)
}

/// What the file is, as pairs of a word and its value.
fn about(export: &Export) -> Vec<(String, String)> {
    let t = |key: &str| export.lang.t(key);
    let stamp = &export.stamp;
    vec![
        (t("xlsx-name"), export.imprint.name.clone()),
        (t("xlsx-address"), export.imprint.address.clone()),
        (t("xlsx-licence"), export.imprint.licence.clone()),
        (t("xlsx-edition"), stamp.number.to_string()),
        (t("xlsx-day"), stamp.date.clone()),
        (t("xlsx-root"), stamp.root.clone()),
        (t("filter"), export.filter.clone()),
        (t("xlsx-notice"), t("notice")),
    ]
}

/// Dated by the edition and not by the clock: the same edition gives the same bytes.
fn properties(export: &Export) -> Result<DocProperties, XlsxError> {
    let mut parts = export.stamp.date.splitn(3, '-').map(|part| part.parse::<u16>().unwrap_or(1));
    let mut next = || parts.next().unwrap_or(1);
    let (year, month, day) = (next().max(1900), next() as u8, next() as u8);
    let made = ExcelDateTime::from_ymd(year, month, day)?;
    Ok(DocProperties::new()
        .set_title(export.lang.t("links"))
        .set_author(&export.imprint.name)
        .set_comment(format!("{}; {}", export.edition_word(), export.imprint.licence))
        .set_creation_datetime(&made))
}

fn short(text: String) -> String {
    if text.chars().count() > LONGEST { text.chars().take(LONGEST).collect() } else { text }
}
