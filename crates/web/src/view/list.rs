//! Lists of links under a filter: the rows, the counts, the page.

use std::cmp::Reverse;

use edition::rows::Rows;
use edition::select::Counts;
use model::{Filter, FilterKey};
use serde::Serialize;

use crate::view::Maker;
use crate::view::link::Row;

/// So many links stand on one page.
pub(crate) const PAGE: usize = 50;

/// What a filter lets through.
pub(crate) struct Selected<'e> {
    /// The filter.
    pub filter: Filter,
    /// The counts beside every choice.
    pub counts: Counts,
    rows: &'e Rows,
    numbers: Vec<usize>,
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

impl<'e> Maker<'e> {
    /// Everything that a filter lets through.
    pub fn select(&self, filter: Filter) -> Selected<'e> {
        let (set, counts) = self.edition.select(&filter);
        Selected { filter, counts, rows: self.edition.rows(), numbers: set.iter().collect() }
    }

    /// The rows of one page.
    pub fn page(&self, selected: &Selected<'_>, page: usize) -> Vec<Row> {
        let links = selected.links((page - 1) * PAGE, PAGE);
        links.into_iter().map(|number| self.row(self.edition.link_at(number))).collect()
    }
}

impl Selected<'_> {
    /// How many links there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The columns that the row numbers are of.
    pub fn table(&self) -> &Rows {
        self.rows
    }

    /// The row numbers, ascending.
    pub fn rows(&self) -> &[usize] {
        &self.numbers
    }

    /// Link record numbers from `start`, at most `count`, in reading order: the latest year first, undated
    /// links last, equal ones in the order of the rows. A browser with the columns file finds the same order.
    /// Linear in the selection; only what is asked for is sorted.
    pub fn links(&self, start: usize, count: usize) -> Vec<u32> {
        let mut numbers = self.numbers.clone();
        let end = start.saturating_add(count);
        let key = |row: &usize| (Reverse(self.rows.years[*row].map(|years| years.1)), *row);
        if end < numbers.len() {
            numbers.select_nth_unstable_by_key(end, key);
            numbers.truncate(end);
        }
        numbers.sort_unstable_by_key(key);
        numbers.into_iter().skip(start).map(|row| self.rows.link[row]).collect()
    }
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
