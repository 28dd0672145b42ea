//! A filter with its words turned into the indices and masks that rows hold.

use super::RowSet;
use crate::morton;
use crate::rows::Rows;
use model::{Bbox, Filter, FilterKey};

/// Turns the words of a filter into the indices of the dictionaries.
pub trait Numbers {
    /// The index of a value among the choices of its key: dictionary position, or the record
    /// number for `item`. `None` for what the edition does not know.
    fn number(&self, key: FilterKey, value: &str) -> Option<u32>;
}

/// A filter ready to be asked about rows.
#[derive(Debug, Clone, Default)]
pub struct ResolvedFilter {
    checks: Vec<(u16, Check)>,
}

impl ResolvedFilter {
    /// Resolves a filter for these rows. `source` and `q` are answered by indices of the edition,
    /// not by columns: until [`Self::with_rows`] gives their rows they let nothing through, and so
    /// does a key none of whose values is known.
    pub fn new(filter: &Filter, numbers: &dyn Numbers, rows: &Rows) -> Self {
        let asked = FilterKey::ALL.into_iter().filter(|key| filter.has_key(*key));
        let checks = asked.map(|key| (bit(key), Check::new(key, filter, numbers, rows)));
        Self { checks: checks.collect() }
    }

    /// Says which rows match a key (`source` or `q`) that the filter asks for.
    pub fn with_rows(mut self, key: FilterKey, rows: RowSet) -> Self {
        self.checks.retain(|(other, _)| *other != bit(key));
        self.checks.push((bit(key), Check::Rows(rows)));
        self
    }

    /// The fewest rows among which all that pass are, where some key is answered by rows.
    pub(super) fn rows(&self) -> Option<&RowSet> {
        let sets =
            self.checks.iter().filter_map(|(_, check)| if let Check::Rows(set) = check { Some(set) } else { None });
        sets.min_by_key(|set| set.len())
    }

    /// Whether the row fails no key.
    pub(crate) fn passes(&self, rows: &Rows, row: usize) -> bool {
        self.checks.iter().all(|(_, check)| check.passes(rows, row))
    }

    /// A bit per key that the row fails; `from` and `to` are one key here, being one facet.
    pub(super) fn failing(&self, rows: &Rows, row: usize) -> u16 {
        let failing = self.checks.iter().filter(|(_, check)| !check.passes(rows, row));
        failing.fold(0, |bits, (bit, _)| bits | bit)
    }
}

/// The bit of a key in a set of failing keys.
pub(super) fn bit(key: FilterKey) -> u16 {
    match key {
        FilterKey::To => 1 << FilterKey::From as u16,
        key => 1 << key as u16,
    }
}

#[derive(Debug, Clone)]
enum Check {
    Items(RowSet),
    Kinds(u64),
    LinkTypes(RowSet),
    Categories(u64),
    Topics(u32),
    Lists(u64),
    Countries(RowSet),
    Statuses(u64),
    Confidences(u64),
    Precisions(u64),
    From(i16),
    To(i16),
    Poi,
    Boxes(Vec<CellBox>),
    Rows(RowSet),
}

impl Check {
    fn new(key: FilterKey, filter: &Filter, numbers: &dyn Numbers, rows: &Rows) -> Self {
        let known = || filter.values(key).filter_map(|value| numbers.number(key, value));
        let mask = || known().filter(|n| *n < 64).fold(0u64, |mask, n| mask | 1 << n);
        let (from, to) = filter.years();
        match key {
            FilterKey::Item => Self::Items(RowSet::of(rows.items.len(), known())),
            FilterKey::ItemKind => Self::Kinds(mask()),
            FilterKey::Link => Self::LinkTypes(RowSet::of(rows.sizes.link_types, known())),
            FilterKey::Category => Self::Categories(mask()),
            FilterKey::Topic => Self::Topics(mask() as u32),
            FilterKey::List => Self::Lists(mask()),
            FilterKey::Country => Self::Countries(RowSet::of(rows.sizes.countries, known())),
            FilterKey::Status => Self::Statuses(mask()),
            FilterKey::Confidence => Self::Confidences(mask()),
            FilterKey::Precision => Self::Precisions(mask()),
            FilterKey::From => Self::From(from.unwrap_or(i16::MIN)),
            FilterKey::To => Self::To(to.unwrap_or(i16::MAX)),
            FilterKey::Poi => Self::Poi,
            FilterKey::Bbox => Self::Boxes(filter.boxes().iter().map(CellBox::new).collect()),
            FilterKey::Source | FilterKey::Q => Self::Rows(RowSet::default()),
        }
    }

    fn passes(&self, rows: &Rows, row: usize) -> bool {
        let ends = || [rows.subject[row] as usize, rows.object[row] as usize];
        match self {
            Self::Items(items) => ends().iter().any(|end| items.contains(*end)),
            Self::Kinds(mask) => ends().iter().any(|end| holds(*mask, rows.items[*end].kind)),
            Self::LinkTypes(types) => types.contains(rows.link_type[row].into()),
            Self::Categories(mask) => rows.categories[row] & mask != 0,
            Self::Topics(mask) => rows.topics[row] & mask != 0,
            Self::Lists(mask) => ends().iter().any(|end| rows.items[*end].lists & mask != 0),
            Self::Countries(countries) => rows.country[row].is_some_and(|c| countries.contains(c.into())),
            Self::Statuses(mask) => holds(*mask, rows.status[row]),
            Self::Confidences(mask) => holds(*mask, rows.confidence[row]),
            Self::Precisions(mask) => holds(*mask, rows.precision[row]),
            Self::From(year) => rows.years[row].is_some_and(|(_, last)| last >= *year),
            Self::To(year) => rows.years[row].is_some_and(|(first, _)| first <= *year),
            Self::Poi => rows.poi[row],
            Self::Boxes(boxes) => rows.cell(row).is_some_and(|cell| boxes.iter().any(|b| b.holds(cell))),
            Self::Rows(set) => set.contains(row),
        }
    }
}

fn holds(mask: u64, index: u8) -> bool {
    index < 64 && mask >> index & 1 == 1
}

/// A `bbox` on the grid, its edge cells included.
#[derive(Debug, Clone, Copy)]
struct CellBox {
    west: u32,
    north: u32,
    east: u32,
    south: u32,
    crosses: bool,
}

impl CellBox {
    fn new(bbox: &Bbox) -> Self {
        let degrees = |microdegrees: i32| f64::from(microdegrees) / 1e6;
        let (west, north) = morton::cell(degrees(bbox.west), degrees(bbox.north));
        let (east, south) = morton::cell(degrees(bbox.east), degrees(bbox.south));
        Self { west, north, east, south, crosses: bbox.west > bbox.east }
    }

    fn holds(&self, (x, y): (u32, u32)) -> bool {
        let across = match self.crosses {
            true => x >= self.west || x <= self.east,
            false => (self.west..=self.east).contains(&x),
        };
        across && (self.north..=self.south).contains(&y)
    }
}
