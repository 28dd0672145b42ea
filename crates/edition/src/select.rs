//! What a filter lets through, and how many rows every choice of every key would.
//!
//! One pass over the rows answers both: a row that fails no key counts for every choice it holds;
//! a row that fails exactly one key counts for the choices of that key alone, because the count
//! beside a choice says what it gives under all *other* keys; a row that fails two counts nowhere.
//! `browser/src/select.ts` gives the same answers in the browser.

mod counts;
mod resolve;

pub use counts::Counts;
pub use resolve::{Numbers, ResolvedFilter};

use crate::rows::Rows;
use counts::Tally;

/// A set of row numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowSet {
    words: Vec<u64>,
}

impl RowSet {
    /// The empty set, for rows below `len`.
    pub fn new(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)] }
    }

    /// The set of these numbers; those at or above `len` are passed over.
    pub fn of(len: usize, rows: impl IntoIterator<Item = u32>) -> Self {
        let mut set = Self::new(len);
        rows.into_iter().filter(|row| (*row as usize) < len).for_each(|row| set.insert(row as usize));
        set
    }

    /// Adds a number below the set's `len`.
    pub fn insert(&mut self, row: usize) {
        self.words[row / 64] |= 1 << (row % 64);
    }

    /// Whether the number is in the set.
    pub fn contains(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// How many numbers are in the set.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// True if no number is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, word)| bits(*word).map(move |bit| at * 64 + bit))
    }
}

/// The rows that a filter lets through, and the count of every choice of every key.
pub fn select(rows: &Rows, filter: &ResolvedFilter) -> (RowSet, Counts) {
    let mut selection = RowSet::new(rows.len());
    let mut tally = Tally::new(rows);
    let mut look = |row: usize| {
        let failing = filter.failing(rows, row);
        match failing.count_ones() {
            0 => {
                selection.insert(row);
                tally.passing(rows, row);
            }
            1 => tally.failing_one(rows, row, failing),
            _ => {}
        }
    };
    match filter.rows() {
        // The keys that are answered by rows have no choices: a row that fails one counts nowhere.
        Some(among) => among.iter().filter(|row| *row < rows.len()).for_each(&mut look),
        None => (0..rows.len()).for_each(&mut look),
    }
    (selection, tally.finish())
}

/// The rows that a filter lets through, without any counts.
pub(crate) fn passing(rows: &Rows, filter: &ResolvedFilter) -> RowSet {
    let passes = |row: &u32| filter.passes(rows, *row as usize);
    RowSet::of(rows.len(), (0..rows.len() as u32).filter(passes))
}

/// The positions of the bits that are set, ascending.
fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        (word != 0).then(|| {
            word &= word - 1;
            bit as usize
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morton::cell;
    use crate::rows::tests::{SIZES, links};
    use crate::rows::{ItemColumn, RowInput};
    use model::{Bbox, Filter, FilterKey};
    use proptest::prelude::*;

    /// In these tests a value *is* its index; item 7 is unknown to the edition.
    struct Indices;

    impl Numbers for Indices {
        fn number(&self, _: FilterKey, value: &str) -> Option<u32> {
            value.parse().ok().filter(|n| *n != 7)
        }
    }

    fn filter(pairs: &[(FilterKey, String)]) -> Filter {
        pairs.iter().fold(Filter::default(), |filter, (key, value)| filter.with(*key, value))
    }

    fn values() -> impl Strategy<Value = Vec<(FilterKey, String)>> {
        let number = |key, most: u32| (0..most).prop_map(move |n| (key, n.to_string())).boxed();
        let year = |key| (1988..2030u32).prop_map(move |y| (key, y.to_string())).boxed();
        let bbox = (-180..=180i32, -90..=90i32, -180..=180i32, 0..=90i32)
            .prop_map(|(w, s, e, h)| (FilterKey::Bbox, format!("{w},{s},{e},{}", (s + h).min(90))));
        let one = prop_oneof![
            number(FilterKey::Item, 12),
            number(FilterKey::ItemKind, 5),
            number(FilterKey::Link, 6),
            number(FilterKey::Category, 64),
            number(FilterKey::Topic, 11),
            number(FilterKey::List, 4),
            number(FilterKey::Country, 300),
            number(FilterKey::Status, 7),
            number(FilterKey::Confidence, 4),
            number(FilterKey::Precision, 5),
            year(FilterKey::From),
            year(FilterKey::To),
            Just((FilterKey::Poi, "1".to_owned())).boxed(),
            bbox.boxed(),
        ];
        proptest::collection::vec(one, 0..6)
    }

    /// The meaning of one key by the words of its documentation, without any index or mask.
    fn matches(key: FilterKey, filter: &Filter, link: &RowInput<'_>, items: &[ItemColumn]) -> bool {
        let ends = [link.subject, link.object];
        let item = |n: u32| items[n as usize];
        let wanted = |number: u32| number != 7 && filter.has(key, &number.to_string());
        let one_of = |number: u8| wanted(u32::from(number));
        let years = |test: fn((i16, i16), i16) -> bool| {
            filter.values(key).any(|y| link.years.is_some_and(|years| test(years, y.parse().unwrap())))
        };
        if !filter.has_key(key) {
            return true;
        }
        match key {
            FilterKey::Item => ends.into_iter().any(wanted),
            FilterKey::ItemKind => ends.into_iter().any(|end| one_of(item(end).kind)),
            FilterKey::Link => one_of(link.link_type),
            FilterKey::Category => (0..64).any(|n| link.categories >> n & 1 == 1 && wanted(n)),
            FilterKey::Topic => (0..32).any(|n| link.topics >> n & 1 == 1 && wanted(n)),
            FilterKey::List => ends.into_iter().any(|end| (0..64).any(|n| item(end).lists >> n & 1 == 1 && wanted(n))),
            FilterKey::Country => link.country.is_some_and(|c| wanted(c.into())),
            FilterKey::Status => one_of(link.status),
            FilterKey::Confidence => one_of(link.confidence),
            FilterKey::Precision => one_of(link.precision),
            FilterKey::From => years(|(_, last), from| last >= from),
            FilterKey::To => years(|(first, _), to| first <= to),
            FilterKey::Poi => link.poi,
            FilterKey::Bbox => link.position.is_some_and(|at| filter.boxes().iter().any(|b| holds(b, at))),
            FilterKey::Source | FilterKey::Q => true,
        }
    }

    fn holds(bbox: &Bbox, (lon, lat): (f64, f64)) -> bool {
        let degrees = |micro: i32| f64::from(micro) / 1e6;
        let (west, south) = cell(degrees(bbox.west), degrees(bbox.south));
        let (east, north) = cell(degrees(bbox.east), degrees(bbox.north));
        let (x, y) = cell(lon, lat);
        let across = if bbox.west <= bbox.east { west <= x && x <= east } else { x >= west || x <= east };
        across && north <= y && y <= south
    }

    fn naive<'a>(
        filter: &Filter,
        links: &'a [RowInput<'static>],
        items: &[ItemColumn],
        but: &[FilterKey],
    ) -> Vec<&'a RowInput<'static>> {
        let keys = || FilterKey::ALL.into_iter().filter(|key| !but.contains(key));
        links.iter().filter(|link| keys().all(|key| matches(key, filter, link, items))).collect()
    }

    #[test]
    fn a_row_set_gives_back_what_was_put_in() {
        let set = RowSet::of(130, [129, 0, 64, 500, 64]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 64, 129]);
        assert_eq!((set.len(), set.contains(64), set.contains(65), set.contains(1000)), (3, true, false, false));
        assert!(RowSet::new(9).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn selection_and_counts_are_those_of_a_naive_filter((links, items) in links(), pairs in values()) {
            let filter = filter(&pairs);
            let numbered: Vec<_> = links.into_iter().zip(0..).map(|(l, n)| RowInput { link: n, ..l }).collect();
            let rows = Rows::build(&numbered, items.clone(), SIZES);
            let (selection, counts) = select(&rows, &ResolvedFilter::new(&filter, &Indices, &rows));
            let expected = naive(&filter, &numbered, &items, &[]);

            let mut found: Vec<u32> = selection.iter().map(|row| rows.link[row]).collect();
            found.sort_unstable();
            prop_assert_eq!(&found, &expected.iter().map(|l| l.link).collect::<Vec<_>>());
            prop_assert_eq!(counts.total as usize, expected.len());
            prop_assert_eq!(counts.located as usize, expected.iter().filter(|l| l.position.is_some()).count());
            prop_assert_eq!(counts.placeless as usize, expected.iter().filter(|l| l.position.is_none() && l.country.is_none()).count());

            for (key, most) in [
                (FilterKey::ItemKind, 5u32), (FilterKey::Link, 6), (FilterKey::Category, 64), (FilterKey::Topic, 11),
                (FilterKey::List, 4), (FilterKey::Country, 300), (FilterKey::Status, 7), (FilterKey::Confidence, 4),
                (FilterKey::Precision, 5),
            ] {
                let others = naive(&filter, &numbered, &items, &[key]);
                for n in (0..most).filter(|n| *n != 7) {
                    let only = Filter::default().with(key, &n.to_string());
                    let count = others.iter().filter(|l| matches(key, &only, l, &items)).count();
                    prop_assert_eq!(counts.of(key, n as usize) as usize, count, "{:?}={}", key, n);
                }
            }
            let others = naive(&filter, &numbered, &items, &[FilterKey::Poi]);
            prop_assert_eq!(counts.poi as usize, others.iter().filter(|l| l.poi).count());
            let others = naive(&filter, &numbered, &items, &[FilterKey::From, FilterKey::To]);
            prop_assert_eq!(counts.undated as usize, others.iter().filter(|l| l.years.is_none()).count());
            for (year, count) in counts.years {
                let during = others.iter().filter(|l| l.years.is_some_and(|(a, b)| a <= year && year <= b)).count();
                prop_assert_eq!(count as usize, during, "{}", year);
            }
            for country in 0..300u16 {
                let badge = expected.iter().filter(|l| l.position.is_none() && l.country == Some(country)).count();
                prop_assert_eq!(counts.badges[country as usize] as usize, badge);
            }
        }

        #[test]
        fn extra_row_sets_narrow_by_their_key((links, items) in links(), every in 1..5u32) {
            let rows = Rows::build(&links, items, SIZES);
            let some = RowSet::of(rows.len(), (0..rows.len() as u32).filter(|n| n % every == 0));
            let filter = Filter::default().with(FilterKey::Q, "x");
            let resolved = ResolvedFilter::new(&filter, &Indices, &rows).with_rows(FilterKey::Q, some.clone());
            prop_assert_eq!(select(&rows, &resolved).0, some);
        }
    }

    #[test]
    fn a_text_or_source_without_its_rows_lets_nothing_through() {
        let rows = Rows::build(&[crate::rows::tests::link("a")], vec![ItemColumn::default(); 2], SIZES);
        let filter = Filter::default().with(FilterKey::Source, "s");
        assert_eq!(select(&rows, &ResolvedFilter::new(&filter, &Indices, &rows)).1.total, 0);
    }
}
