//! Tables that stay tables for a screen reader and become cards on a phone.

use maud::{Markup, html};

/// A column's heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading; it stands before each value when the table becomes cards.
    pub label: String,
    /// Numbers are set flush right.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: false }
    }

    /// A column of numbers.
    pub fn number(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: true }
    }
}

/// A table; the first cell of each row is the row's heading. What is in another cell is one element, so that it stays together
/// beside its label where style makes rows cards.
///
/// The roles keep it a table where style makes it cards.
pub fn table(caption: &str, columns: &[Column], rows: &[Vec<Markup>]) -> Markup {
    html! {
        table.cards role="table" {
            caption { (caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @for column in columns {
                        th role="columnheader" scope="col" .num[column.numeric] { (column.label) }
                    }
                }
            }
            tbody role="rowgroup" { @for row in rows { (table_row(columns, row)) } }
        }
    }
}

fn table_row(columns: &[Column], cells: &[Markup]) -> Markup {
    html! {
        tr role="row" {
            @for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
                @if index == 0 { th role="rowheader" scope="row" data-label=(column.label) { (cell) } }
                @else { td role="cell" data-label=(column.label) .num[column.numeric] { @if !cell.0.is_empty() { div { (cell) } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cell_knows_its_heading() {
        let columns = [Column::text("Who"), Column::number("How many")];
        let html = table("All", &columns, &[vec![html! { "A" }, html! { "3" }]]).0;
        assert!(html.contains("<th role=\"rowheader\" scope=\"row\" data-label=\"Who\">A</th>"), "{html}");
        assert!(html.contains("class=\"num\" role=\"cell\" data-label=\"How many\"><div>3</div></td>"), "{html}");
    }
}
