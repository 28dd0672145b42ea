//! The rows of the map: every link of an edition as a struct of arrays in Morton order.
//!
//! Located links come first, along the Morton curve, so that a map tile is one range of rows and
//! neighbours compress well; links without a position follow. Ties, and the unlocated, are in the
//! order of link ids, so equal links give equal rows.

use crate::morton;

/// One link, as an edition knows it. All indices count from 0 and refer to the dictionaries.
#[derive(Debug, Clone, PartialEq)]
pub struct RowInput<'a> {
    /// The link's record number in the edition.
    pub link: u32,
    /// The link's id.
    pub id: &'a str,
    /// Longitude and latitude in degrees of the place of the fact. `None` also when the place is
    /// known no better than to its country: a country is never drawn as a point.
    pub position: Option<(f64, f64)>,
    /// Index of the precision.
    pub precision: u8,
    /// Index of the country of the fact.
    pub country: Option<u16>,
    /// Record number of the subject item.
    pub subject: u32,
    /// Record number of the object item.
    pub object: u32,
    /// Index of the link type.
    pub link_type: u8,
    /// Bit per category index.
    pub categories: u64,
    /// Bit per topic index.
    pub topics: u32,
    /// Index of the status.
    pub status: u8,
    /// Index of the computed confidence.
    pub confidence: u8,
    /// First and last year of the link, if it has any date; first ≤ last.
    pub years: Option<(i16, i16)>,
    /// Whether it is a point of particular interest.
    pub poi: bool,
}

/// What the rows need to know of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ItemColumn {
    /// Index of the item's kind.
    pub kind: u8,
    /// Bit per list index: the lists to which the item has a live listed-on link.
    pub lists: u64,
}

/// How many choices each dictionary has; every index in a row is below its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sizes {
    /// Item kinds.
    pub kinds: usize,
    /// Link types.
    pub link_types: usize,
    /// Categories, at most 64.
    pub categories: usize,
    /// Topics, at most 32.
    pub topics: usize,
    /// Lists, at most 64.
    pub lists: usize,
    /// Countries.
    pub countries: usize,
    /// Statuses.
    pub statuses: usize,
    /// Confidences.
    pub confidences: usize,
    /// Precisions.
    pub precisions: usize,
}

/// Every link of an edition, column by column; row numbers are positions in these columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// How many rows have a position; they are the first ones.
    pub located: usize,
    /// Record number of the link of each row.
    pub link: Vec<u32>,
    /// Grid column of each located row, below 2^20.
    pub x: Vec<u32>,
    /// Grid row of each located row, below 2^20.
    pub y: Vec<u32>,
    /// Index of the precision.
    pub precision: Vec<u8>,
    /// Index of the country of the fact.
    pub country: Vec<Option<u16>>,
    /// Record number of the subject item.
    pub subject: Vec<u32>,
    /// Record number of the object item.
    pub object: Vec<u32>,
    /// Index of the link type.
    pub link_type: Vec<u8>,
    /// Bit per category index.
    pub categories: Vec<u64>,
    /// Bit per topic index.
    pub topics: Vec<u32>,
    /// Index of the status.
    pub status: Vec<u8>,
    /// Index of the confidence.
    pub confidence: Vec<u8>,
    /// First and last year.
    pub years: Vec<Option<(i16, i16)>>,
    /// Whether it is a point of particular interest.
    pub poi: Vec<bool>,
    /// Whether it is an offer that is no proven sale; see [`Rows::marked`].
    pub offered: Vec<bool>,
    /// Kind and lists of each item, by record number.
    pub items: Vec<ItemColumn>,
    /// Record numbers of the collective items, ascending; see [`Rows::marked`].
    pub collective: Vec<u32>,
    /// How many choices each dictionary has.
    pub sizes: Sizes,
    /// What [`Rows::span`] gives.
    pub(crate) span: Option<(i16, i16)>,
}

impl Rows {
    /// Orders the links and lays them out. A position that is not finite counts as none.
    pub fn build(links: &[RowInput<'_>], items: Vec<ItemColumn>, sizes: Sizes) -> Self {
        let mut placed: Vec<_> = links.iter().map(|link| (place(link), link)).collect();
        placed.sort_unstable_by(|(a, left), (b, right)| (a, left.id, left.link).cmp(&(b, right.id, right.link)));
        let mut rows = Self { items, sizes, ..Self::default() };
        rows.reserve(links.len());
        for (place, link) in placed {
            rows.push(place, link);
        }
        rows.spanned()
    }

    /// The rows with what readers must be told beside a name: whether a link (by record number) is
    /// only an offer, and whether an item (by record number) is a collective one.
    pub fn marked(mut self, offered: impl Fn(u32) -> bool, collective: impl Fn(u32) -> bool) -> Self {
        self.offered = self.link.iter().map(|link| offered(*link)).collect();
        self.collective = (0..self.items.len() as u32).filter(|item| collective(*item)).collect();
        self
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.link.len()
    }

    /// True if there is no row.
    pub fn is_empty(&self) -> bool {
        self.link.is_empty()
    }

    /// The grid cell of a row, `None` if it has no position.
    pub fn cell(&self, row: usize) -> Option<(u32, u32)> {
        (row < self.located).then(|| (self.x[row], self.y[row]))
    }

    /// Finds the first and last year, once all rows are there.
    pub(crate) fn spanned(mut self) -> Self {
        let years = || self.years.iter().flatten();
        self.span = years().map(|y| y.0).min().zip(years().map(|y| y.1).max());
        self
    }

    /// The first and last year of any row.
    pub fn span(&self) -> Option<(i16, i16)> {
        self.span
    }

    /// Record numbers of the items in the order in which the rows first name them (subject before
    /// object), then those that no row names: the numbering of the published columns.
    pub fn item_order(&self) -> Vec<u32> {
        let mut seen = vec![false; self.items.len()];
        let mut first = |item: &u32| !std::mem::replace(&mut seen[*item as usize], true);
        let ends = self.subject.iter().zip(&self.object).flat_map(|(s, o)| [*s, *o]);
        let mut order: Vec<u32> = ends.filter(&mut first).collect();
        order.extend((0..self.items.len() as u32).filter(&mut first));
        order
    }

    fn reserve(&mut self, count: usize) {
        self.link.reserve_exact(count);
        self.subject.reserve_exact(count);
        self.object.reserve_exact(count);
        self.categories.reserve_exact(count);
        self.topics.reserve_exact(count);
        self.country.reserve_exact(count);
        self.years.reserve_exact(count);
    }

    fn push(&mut self, place: u64, link: &RowInput<'_>) {
        if place != UNLOCATED {
            let (x, y) = morton::cell_of(place);
            self.x.push(x);
            self.y.push(y);
            self.located += 1;
        }
        self.link.push(link.link);
        self.precision.push(link.precision);
        self.country.push(link.country);
        self.subject.push(link.subject);
        self.object.push(link.object);
        self.link_type.push(link.link_type);
        self.categories.push(link.categories);
        self.topics.push(link.topics);
        self.status.push(link.status);
        self.confidence.push(link.confidence);
        self.years.push(link.years);
        self.poi.push(link.poi);
        self.offered.push(false);
    }
}

/// Behind every place on the curve.
const UNLOCATED: u64 = u64::MAX;

fn place(link: &RowInput<'_>) -> u64 {
    match link.position {
        Some((lon, lat)) if lon.is_finite() && lat.is_finite() => {
            let (x, y) = morton::cell(lon, lat);
            morton::code(x, y)
        }
        _ => UNLOCATED,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The dictionaries that [`links`] draws its indices from.
    pub(crate) const SIZES: Sizes = Sizes {
        kinds: 5,
        link_types: 6,
        categories: 64,
        topics: 11,
        lists: 36,
        countries: 300,
        statuses: 7,
        confidences: 4,
        precisions: 5,
    };

    pub(crate) fn link(id: &str) -> RowInput<'_> {
        RowInput {
            link: 0,
            id,
            position: None,
            precision: 0,
            country: None,
            subject: 0,
            object: 1,
            link_type: 0,
            categories: 1,
            topics: 0,
            status: 0,
            confidence: 0,
            years: None,
            poi: false,
        }
    }

    /// Links over a few items, with many ties in every column.
    pub(crate) fn links() -> impl Strategy<Value = (Vec<RowInput<'static>>, Vec<ItemColumn>)> {
        let lists = (0..256u64).prop_map(|bits| (bits & 15) | (bits >> 4) << 32);
        let items = proptest::collection::vec((0..5u8, lists), 2..12);
        items.prop_flat_map(|items| {
            let count = items.len() as u32;
            let items = items.into_iter().map(|(kind, lists)| ItemColumn { kind, lists }).collect::<Vec<_>>();
            (proptest::collection::vec(any_link(count), 0..60), Just(items))
        })
    }

    fn any_link(items: u32) -> impl Strategy<Value = RowInput<'static>> {
        let position = proptest::option::of((-180..=180i16, -90..=90i16));
        let years = proptest::option::of((1990..2025i16, 0..4i16));
        let small = (0..5u8, proptest::option::of(0..300u16), 0..items, 0..items, 0..6u8);
        let masks = (proptest::bits::u64::sampled(1..3, 0..64), proptest::bits::u32::sampled(0..2, 0..11));
        (position, years, small, masks, 0..7u8, 0..4u8, any::<bool>(), 0..10_000u32).prop_map(
            |(position, years, (precision, country, subject, object, link_type), masks, status, confidence, poi, n)| {
                RowInput {
                    link: n,
                    id: "x",
                    position: position.map(|(lon, lat)| (f64::from(lon), f64::from(lat))),
                    precision,
                    country,
                    subject,
                    object,
                    link_type,
                    categories: masks.0,
                    topics: masks.1,
                    status,
                    confidence,
                    years: years.map(|(first, more)| (first, first + more)),
                    poi,
                }
            },
        )
    }

    #[test]
    fn located_rows_come_first_along_the_curve_and_the_rest_by_id() {
        let at = |id, lon, lat| RowInput { position: Some((lon, lat)), ..link(id) };
        let links = [link("z"), at("b", 100.0, -40.0), at("d", -100.0, 40.0), link("a"), at("a", 100.0, -40.0)];
        let numbered: Vec<_> = links.into_iter().zip(0..).map(|(l, n)| RowInput { link: n, ..l }).collect();
        let rows = Rows::build(&numbered, vec![ItemColumn::default(); 2], SIZES);
        assert_eq!((rows.link.as_slice(), rows.located), ([2, 4, 1, 3, 0].as_slice(), 3));
        assert_eq!((rows.cell(0).is_some(), rows.cell(3)), (true, None));
    }

    #[test]
    fn a_position_that_is_no_number_is_no_position() {
        let rows = Rows::build(&[RowInput { position: Some((f64::NAN, 0.0)), ..link("a") }], vec![], SIZES);
        assert_eq!((rows.len(), rows.located), (1, 0));
    }

    #[test]
    fn items_are_ordered_by_first_mention_and_the_unmentioned_follow() {
        let named = |id, subject, object| RowInput { subject, object, ..link(id) };
        let links = [named("a", 3, 1), named("b", 1, 3), named("c", 4, 1)];
        let rows = Rows::build(&links, vec![ItemColumn::default(); 5], SIZES);
        assert_eq!(rows.item_order(), [3, 1, 4, 0, 2]);
    }

    proptest! {
        #[test]
        fn the_order_of_input_does_not_matter((links, items) in links(), by in 0..50usize) {
            let mut links: Vec<_> = links.into_iter().zip(0..).map(|(l, n)| RowInput { link: n, ..l }).collect();
            let rows = Rows::build(&links, items.clone(), SIZES);
            let middle = by.min(links.len());
            links.rotate_left(middle);
            prop_assert_eq!(Rows::build(&links, items, SIZES), rows);
        }
    }
}
