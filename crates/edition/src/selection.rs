//! One filter, one meaning: what a filter lets through in an edition, and what it may ask for.

use model::{Allowed, Filter, FilterKey};

use crate::edition::Edition;
use crate::joins::Cites;
use crate::select::{Counts, Numbers, ResolvedFilter, RowSet, passing, select};

/// So many suggestions are given for a misspelt value.
const SUGGESTIONS: usize = 8;

impl Edition {
    /// The rows that a filter lets through, with the count of every choice. Linear in the rows.
    pub fn select(&self, filter: &Filter) -> (RowSet, Counts) {
        select(&self.rows, &self.resolve(filter))
    }

    /// The same among some rows alone, where those are given; counts are then of what else passes.
    pub(crate) fn select_among(&self, filter: &Filter, among: Option<RowSet>) -> (RowSet, Counts) {
        let resolved = self.resolve(filter);
        match among {
            Some(rows) => select(&self.rows, &resolved.with_rows(FilterKey::Q, rows)),
            None => select(&self.rows, &resolved),
        }
    }

    /// A test of single rows by a filter, for those who need few of them.
    pub fn sieve(&self, filter: &Filter) -> impl Fn(usize) -> bool {
        let resolved = self.resolve(filter);
        move |row| resolved.passes(&self.rows, row)
    }

    /// The rows that a filter lets through, without counts.
    pub(crate) fn passing(&self, filter: &Filter) -> RowSet {
        passing(&self.rows, &self.resolve(filter))
    }

    /// Whether an item is itself of a kind and on a list that the filter names, not only linked to one that is.
    pub(crate) fn is_itself(&self, filter: &Filter, item: u32) -> bool {
        let column = self.rows.items[item as usize];
        let of = |key, holds: &dyn Fn(u32) -> bool| {
            !filter.has_key(key) || filter.values(key).filter_map(|value| self.number(key, value)).any(holds)
        };
        let listed = |list: u32| list < 32 && column.lists >> list & 1 == 1;
        of(FilterKey::ItemKind, &|kind| kind == u32::from(column.kind)) && of(FilterKey::List, &listed)
    }

    fn resolve(&self, filter: &Filter) -> ResolvedFilter {
        let resolved = ResolvedFilter::new(filter, self, &self.rows);
        [FilterKey::Source, FilterKey::Q]
            .into_iter()
            .filter(|key| filter.has_key(*key))
            .fold(resolved, |resolved, key| resolved.with_rows(key, self.matches(key, filter)))
    }

    /// The rows that match the values of `source` or `q`, which the columns file can't answer.
    pub fn matches(&self, key: FilterKey, filter: &Filter) -> RowSet {
        let mut all = RowSet::new(self.rows.len());
        for value in filter.values(key) {
            let rows = match key {
                FilterKey::Source => self.rows_citing(value),
                _ => self.texts.rows(&self.rows, value),
            };
            rows.iter().for_each(|row| all.insert(row));
        }
        all
    }

    fn rows_citing(&self, source: &str) -> RowSet {
        let number = self.state.sources.number(source);
        let uses = number.map_or(&[][..], |n| self.joins.uses.of(n));
        let links = uses.iter().filter_map(|(_, cites)| match cites {
            Cites::Link(link) => Some(*link),
            Cites::Item(_) => None,
        });
        let cited = RowSet::of(self.state.links.len(), links);
        let rows = (0..).zip(&self.rows.link).filter(|(_, link)| cited.contains(**link as usize));
        RowSet::of(self.rows.len(), rows.map(|(row, _)| row))
    }

    /// Every value that a key may take, in order; empty for free values.
    pub fn choices(&self, key: FilterKey) -> Vec<&str> {
        let d = &self.dictionaries;
        let choices = match key {
            FilterKey::ItemKind => &d.item_kind,
            FilterKey::Link => &d.link,
            FilterKey::Category => &d.category,
            FilterKey::Topic => &d.topic,
            FilterKey::List => &d.list,
            FilterKey::Status => &d.status,
            FilterKey::Confidence => &d.confidence,
            FilterKey::Precision => &d.precision,
            FilterKey::Country => return d.country.iter().map(|c| c.id.as_str()).collect(),
            FilterKey::Item => return self.items().into_iter().map(|i| i.id()).collect(),
            FilterKey::Source => return self.sources().into_iter().map(|s| s.id()).collect(),
            _ => return Vec::new(),
        };
        choices.iter().map(|c| c.id.as_str()).collect()
    }
}

impl Numbers for Edition {
    fn number(&self, key: FilterKey, value: &str) -> Option<u32> {
        let position = match key {
            FilterKey::Item => return self.state.items.number(value),
            _ => self.choices(key).iter().position(|c| *c == value),
        };
        position.and_then(|p| u32::try_from(p).ok())
    }
}

impl Allowed for Edition {
    fn allowed(&self, key: FilterKey, value: &str) -> bool {
        match key {
            FilterKey::Item => self.item(value).live().is_some(),
            FilterKey::Source => self.source(value).live().is_some(),
            _ => self.choices(key).contains(&value),
        }
    }

    fn suggestions(&self, key: FilterKey, value: &str) -> Vec<String> {
        let choices = self.choices(key);
        if choices.len() <= 32 {
            return choices.into_iter().map(str::to_owned).collect();
        }
        let mut ranked: Vec<(usize, &str)> = choices.into_iter().map(|c| (distance(value, c), c)).collect();
        ranked.sort_unstable();
        ranked.into_iter().take(SUGGESTIONS).map(|(_, c)| c.to_owned()).collect()
    }
}

/// Edits between two ids, or the difference in length where one is part of the other.
fn distance(a: &str, b: &str) -> usize {
    if b.contains(a) || a.contains(b) {
        return a.len().abs_diff(b.len()).min(3);
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.bytes().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn the_distance_counts_edits_and_forgives_parts() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("hikvison", "hikvision"), 1);
        assert_eq!(distance("huawei", "huawei-cloud"), 3);
    }
}
