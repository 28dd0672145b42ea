//! Lists of links under a filter: the rows, the counts, the page.

use edition::select::{Counts, RowSet};
use model::{Filter, FilterKey};
use serde::Serialize;

use crate::view::Maker;
use crate::view::link::Row;

/// So many links stand on one page.
pub(crate) const PAGE: usize = 50;

/// What a filter lets through.
pub(crate) struct Selected {
    /// The filter.
    pub filter: Filter,
    /// Link record numbers, the latest first; undated ones last; equal ones in the order of the map's rows.
    pub links: Vec<u32>,
    /// The counts beside every choice.
    pub counts: Counts,
}

/// A page of a list of links, as JSON.
#[derive(Serialize)]
pub(crate) struct List {
    /// The canonical filter, as a query string.
    pub filter: String,
    /// How many links it lets through.
    pub total: u32,
    /// Those of them that have a position.
    pub located: u32,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The links of this page.
    pub links: Vec<Row>,
}

impl Maker<'_> {
    /// Everything that a filter lets through, in reading order.
    pub fn select(&self, filter: Filter) -> Selected {
        let (rows, counts) = self.edition.select(&filter);
        Selected { links: reading_order(self.edition.rows(), &rows), filter, counts }
    }

    /// The rows of one page.
    pub fn page(&self, selected: &Selected, page: usize) -> Vec<Row> {
        let links = selected.links.iter().skip((page - 1) * PAGE).take(PAGE);
        links.map(|number| self.row(self.edition.link_at(*number))).collect()
    }
}

/// The latest year first, then the order of the rows: a browser with the columns file finds the same order.
fn reading_order(rows: &edition::rows::Rows, set: &RowSet) -> Vec<u32> {
    let mut numbers: Vec<usize> = set.iter().collect();
    numbers.sort_by_key(|row| (std::cmp::Reverse(rows.years[*row].map(|years| years.1)), *row));
    numbers.into_iter().map(|row| rows.link[row]).collect()
}

/// The facets of the filter form in the order in which readers want them.
pub(crate) const FACETS: [FilterKey; 9] = [
    FilterKey::Category,
    FilterKey::Country,
    FilterKey::Link,
    FilterKey::ItemKind,
    FilterKey::Topic,
    FilterKey::List,
    FilterKey::Status,
    FilterKey::Confidence,
    FilterKey::Precision,
];
