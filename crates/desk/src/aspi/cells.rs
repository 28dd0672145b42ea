//! Reads the cells of the export, whose spelling is not ours.

use model::{AspiType, Date, Day, Vocabulary};

/// The label in `id|label`, or the whole cell.
pub(super) fn label(cell: &str) -> &str {
    cell.rsplit_once('|').map_or(cell, |(_, label)| label).trim()
}

/// The vocabulary's entry for a type's label.
pub(super) fn aspi_type<'v>(vocabulary: &'v Vocabulary, cell: &str) -> Option<&'v AspiType> {
    let label = label(cell);
    vocabulary.aspi_types.iter().find(|t| t.label.eq_ignore_ascii_case(label))
}

/// A year, also as spreadsheets write it (`2017.0`), or any EDTF date.
pub(super) fn year(cell: &str) -> Option<Date> {
    Date::parse(cell.trim_end_matches(".0")).ok()
}

/// A yes-or-no cell in any of the ways databases export it.
pub(super) fn is_yes(cell: &str) -> bool {
    ["1", "1.0", "yes", "true", "y", "t", "x"].contains(&cell.to_lowercase().as_str())
}

/// The same for no.
pub(super) fn is_no(cell: &str) -> bool {
    ["", "0", "0.0", "no", "false", "n", "f", "none", "null"].contains(&cell.to_lowercase().as_str())
}

/// The first `YYYY-MM-DD` in a file's name.
pub(super) fn day_in(name: &str) -> Option<Day> {
    (0..name.len()).filter_map(|i| name.get(i..i + 10)).find_map(Day::parse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_exports_write_them() {
        assert_eq!((label("12|Huawei"), label("Huawei")), ("Huawei", "Huawei"));
        assert_eq!(year("2017.0").unwrap().as_str(), "2017");
        assert_eq!(year("about 2017"), None);
        assert_eq!(day_in("aspi-2025-10-14.csv"), Day::new(2025, 10, 14));
        assert_eq!(day_in("aspi-export.csv"), None);
    }
}
