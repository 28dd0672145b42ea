//! The counts beside the choices of a filter.

use super::bits;
use super::resolve::bit;
use crate::rows::Rows;
use model::FilterKey;

/// How many rows a filter lets through, and how many each choice gives under all other keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows that the filter lets through.
    pub total: u32,
    /// Those of them that have a position.
    pub located: u32,
    /// Those of them without a position, by the index of their country.
    pub badges: Vec<u32>,
    /// Those of them without a position and without a country.
    pub placeless: u32,
    /// Rows per year under all keys but `from` and `to`; a row counts in every year of its span.
    /// Every year of the edition stands here, ascending.
    pub years: Vec<(i16, u32)>,
    /// Rows without any year, under all keys but `from` and `to`.
    pub undated: u32,
    /// Points of particular interest under all other keys.
    pub poi: u32,
    facets: Vec<(FilterKey, Vec<u32>)>,
}

impl Counts {
    /// The keys whose choices are counted by index.
    pub const FACETS: [FilterKey; 9] = [
        FilterKey::ItemKind,
        FilterKey::Link,
        FilterKey::Category,
        FilterKey::Topic,
        FilterKey::List,
        FilterKey::Country,
        FilterKey::Status,
        FilterKey::Confidence,
        FilterKey::Precision,
    ];

    /// The count of one choice under all other keys; 0 for a key without choices.
    pub fn of(&self, key: FilterKey, index: usize) -> u32 {
        self.facet(key).get(index).copied().unwrap_or_default()
    }

    /// The counts of all choices of a key, by index; empty for a key without choices.
    pub fn facet(&self, key: FilterKey) -> &[u32] {
        let facet = self.facets.iter().find(|(other, _)| *other == key);
        facet.map_or(&[], |(_, counts)| counts.as_slice())
    }
}

/// Counts in the making.
pub(super) struct Tally {
    counts: Counts,
    first_year: i16,
    /// Change of the count from one year to the next.
    steps: Vec<i32>,
}

impl Tally {
    pub(super) fn new(rows: &Rows) -> Self {
        let (first_year, last_year) = rows.span().unwrap_or((0, -1));
        let years = (i32::from(last_year) - i32::from(first_year) + 1) as usize;
        let facets = Counts::FACETS.map(|key| (key, vec![0; size(rows, key)]));
        let counts = Counts { badges: vec![0; rows.sizes.countries], facets: facets.into(), ..Counts::default() };
        Self { counts, first_year, steps: vec![0; years + 1] }
    }

    /// Counts a row that fails no key.
    pub(super) fn passing(&mut self, rows: &Rows, row: usize) {
        self.counts.total += 1;
        match (rows.cell(row), rows.country[row]) {
            (Some(_), _) => self.counts.located += 1,
            (None, Some(country)) => self.counts.badges[country as usize] += 1,
            (None, None) => self.counts.placeless += 1,
        }
        for (key, counts) in &mut self.counts.facets {
            add(counts, rows, row, *key);
        }
        self.add_years(rows, row);
        self.counts.poi += u32::from(rows.poi[row]);
    }

    /// Counts a row that fails only the key of this bit.
    pub(super) fn failing_one(&mut self, rows: &Rows, row: usize, failing: u16) {
        if failing == bit(FilterKey::From) {
            self.add_years(rows, row);
        } else if failing == bit(FilterKey::Poi) {
            self.counts.poi += u32::from(rows.poi[row]);
        } else if let Some((key, counts)) = self.counts.facets.iter_mut().find(|(key, _)| bit(*key) == failing) {
            add(counts, rows, row, *key);
        }
    }

    pub(super) fn finish(self) -> Counts {
        let mut counts = self.counts;
        let mut running = 0;
        let years = (self.first_year..).zip(&self.steps[..self.steps.len() - 1]);
        counts.years = years
            .map(|(year, step)| {
                running += step;
                (year, running as u32)
            })
            .collect();
        counts
    }

    fn add_years(&mut self, rows: &Rows, row: usize) {
        let Some((first, last)) = rows.years[row] else {
            self.counts.undated += 1;
            return;
        };
        let at = |year: i16| (i32::from(year) - i32::from(self.first_year)) as usize;
        self.steps[at(first)] += 1;
        self.steps[at(last) + 1] -= 1;
    }
}

fn size(rows: &Rows, key: FilterKey) -> usize {
    match key {
        FilterKey::ItemKind => rows.sizes.kinds,
        FilterKey::Link => rows.sizes.link_types,
        FilterKey::Category => rows.sizes.categories,
        FilterKey::Topic => rows.sizes.topics,
        FilterKey::List => rows.sizes.lists,
        FilterKey::Country => rows.sizes.countries,
        FilterKey::Status => rows.sizes.statuses,
        FilterKey::Confidence => rows.sizes.confidences,
        FilterKey::Precision => rows.sizes.precisions,
        _ => 0,
    }
}

/// Adds one to every choice of the key that the row holds.
fn add(counts: &mut [u32], rows: &Rows, row: usize, key: FilterKey) {
    let end = |record: u32| rows.items[record as usize];
    let (subject, object) = (end(rows.subject[row]), end(rows.object[row]));
    let mut each = |mask: u64| bits(mask).for_each(|index| counts[index] += 1);
    match key {
        FilterKey::ItemKind => each(1 << subject.kind | 1 << object.kind),
        FilterKey::Category => each(rows.categories[row]),
        FilterKey::Topic => each(rows.topics[row].into()),
        FilterKey::List => each(subject.lists | object.lists),
        FilterKey::Link => counts[rows.link_type[row] as usize] += 1,
        FilterKey::Status => counts[rows.status[row] as usize] += 1,
        FilterKey::Confidence => counts[rows.confidence[row] as usize] += 1,
        FilterKey::Precision => counts[rows.precision[row] as usize] += 1,
        FilterKey::Country => {
            if let Some(country) = rows.country[row] {
                counts[country as usize] += 1;
            }
        }
        _ => {}
    }
}
