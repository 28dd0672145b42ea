//! Vector tiles of a selection, for GIS programs: every selected point of the tile, counted where there are too many to
//! draw, and the cables that cross it (Mapbox Vector Tile 2.1, extent 4096).

mod lines;
mod points;
mod wire;

pub use lines::Line;

use crate::columns::Dictionaries;
use crate::rows::Rows;
use fast_mvt::MvtLayerBuilder;

/// Units across a tile.
const EXTENT: i64 = 4096;

/// Units around a tile that are drawn with it, so that no mark is cut at an edge.
const BUFFER: i64 = 64;

/// The deepest zoom: there a tile is one cell of the grid.
pub const DEEPEST: u8 = 20;

/// The address of a tile: zoom, column from the antimeridian eastward, row from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileAt {
    z: u8,
    x: u32,
    y: u32,
}

impl TileAt {
    /// The tile, or `None` if there is none: `z` at most [`DEEPEST`], `x` and `y` below 2^z.
    pub fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        (z <= DEEPEST && x >> z == 0 && y >> z == 0).then_some(Self { z, x, y })
    }
}

/// What a tile's features are made of.
#[derive(Clone, Copy)]
pub struct TileSource<'a> {
    /// The rows.
    pub rows: &'a Rows,
    /// What their indices are called.
    pub dictionaries: &'a Dictionaries,
    /// Which of them are drawn; asked about rows of the tile alone.
    pub selected: &'a dyn Fn(usize) -> bool,
    /// The id of a link by its record number.
    pub id: &'a dyn Fn(u32) -> &'a str,
    /// The cables to draw.
    pub lines: &'a [Line<'a>],
}

/// The bytes of a tile, not compressed; empty if nothing lies in it. Layer `links`: a point for each
/// selected row in the tile (and, beyond its edge, in a margin of 64 units), its feature id the row
/// number, with `id`, `link`, `category` (the first), `country`, `status`, `confidence`,
/// `precision`, `poi`. In a tile of more than 20,000 points those within 8 units of each other are one
/// feature without an id, with their `count`. Layer `lines`: cables, with `id`, `name`, `accuracy`, `status`.
pub fn tile(source: &TileSource<'_>, at: TileAt) -> Vec<u8> {
    let mut bytes = points::layer(source, at);
    bytes.extend(lines::layer(source.lines, at));
    bytes
}

fn begun(name: &str) -> MvtLayerBuilder {
    MvtLayerBuilder::new(name).expect("invariant: the layer has a name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::tests::{SIZES, links};
    use crate::rows::{ItemColumn, RowInput};
    use fast_mvt::{MvtGeometry, MvtReaderRef};
    use proptest::prelude::*;

    /// Feature ids and tile coordinates of the points.
    fn read(bytes: &[u8]) -> Vec<(usize, i32, i32)> {
        let reader = MvtReaderRef::new(bytes).unwrap();
        let layers = reader.layers().filter(|layer| layer.name() == "links");
        let features = layers
            .flat_map(|layer| layer.features().map(|f| (f.id().unwrap(), f.geometry().unwrap())).collect::<Vec<_>>());
        let point = |(id, geometry)| match geometry {
            MvtGeometry::Point(point) => (id as usize, point.x(), point.y()),
            other => panic!("{other:?} is no point"),
        };
        features.map(point).collect()
    }

    fn dictionaries() -> Dictionaries {
        let choice = |n: usize| crate::columns::Choice { id: n.to_string(), ..Default::default() };
        let many = || (0..64).map(choice).collect();
        let country = |n: usize| crate::columns::Country { id: n.to_string(), ..Default::default() };
        Dictionaries {
            link: many(),
            category: many(),
            status: many(),
            confidence: many(),
            precision: many(),
            country: (0..300).map(country).collect(),
            ..Dictionaries::default()
        }
    }

    #[test]
    fn an_address_outside_the_square_is_no_tile() {
        assert!(TileAt::new(0, 0, 0).is_some() && TileAt::new(20, (1 << 20) - 1, 0).is_some());
        for (z, x, y) in [(0, 1, 0), (3, 0, 8), (21, 0, 0), (255, 0, 0)] {
            assert_eq!(TileAt::new(z, x, y), None);
        }
    }

    #[test]
    fn a_tile_with_nothing_in_it_is_empty() {
        let rows = Rows::build(&[], vec![], SIZES);
        let dictionaries = dictionaries();
        let source =
            TileSource { rows: &rows, dictionaries: &dictionaries, selected: &|_| true, id: &|_| "l", lines: &[] };
        assert!(tile(&source, TileAt::new(4, 3, 2).unwrap()).is_empty());
    }

    #[test]
    fn a_point_carries_its_words() {
        let link = RowInput {
            position: Some((10.0, 10.0)),
            categories: 0b1100,
            country: Some(7),
            status: 1,
            poi: true,
            ..crate::rows::tests::link("l")
        };
        let rows = Rows::build(&[link], vec![ItemColumn::default(); 2], SIZES);
        let dictionaries = dictionaries();
        let source =
            TileSource { rows: &rows, dictionaries: &dictionaries, selected: &|_| true, id: &|_| "l7", lines: &[] };
        let bytes = tile(&source, TileAt::new(0, 0, 0).unwrap());
        let reader = MvtReaderRef::new(&bytes).unwrap();
        let layer = reader.layers().next().unwrap();
        let feature = layer.features().next().unwrap();
        let words: Vec<String> =
            feature.properties().map(|p| p.unwrap()).map(|(key, value)| format!("{key}={value:?}")).collect();
        let expected = [
            "id=\"l7\"",
            "link=\"0\"",
            "category=\"2\"",
            "country=\"7\"",
            "status=\"1\"",
            "confidence=\"0\"",
            "precision=\"0\"",
            "poi=true (bool)",
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn a_full_tile_puts_neighbours_together_and_counts_every_one() {
        let crowd = (0..points::MOST).map(|n| (10.0 + (n % 7) as f64 * 0.01, 10.0));
        let places = crowd.chain([(-70.0, -40.0)]);
        let links: Vec<RowInput<'_>> =
            places.map(|place| RowInput { position: Some(place), ..crate::rows::tests::link("l") }).collect();
        let rows = Rows::build(&links, vec![ItemColumn::default(); 2], SIZES);
        let lone = (0..rows.located).min_by_key(|row| rows.x[*row]).unwrap();
        let dictionaries = dictionaries();
        let bytes = |selected: &dyn Fn(usize) -> bool| {
            let source = TileSource { rows: &rows, dictionaries: &dictionaries, selected, id: &|_| "l", lines: &[] };
            tile(&source, TileAt::new(0, 0, 0).unwrap())
        };
        assert_eq!(read(&bytes(&|row| row != lone)).len(), points::MOST, "as many as may be are drawn one by one");
        let full = bytes(&|_| true);
        let reader = MvtReaderRef::new(&full).unwrap();
        let features: Vec<_> = reader.layers().flat_map(|layer| layer.features().collect::<Vec<_>>()).collect();
        assert_eq!(features.len(), 2);
        let words = |feature: &fast_mvt::MvtFeatureRef<'_>| -> Vec<String> {
            feature.properties().map(|p| p.unwrap()).map(|(key, value)| format!("{key}={value:?}")).collect()
        };
        let crowd = features.iter().find(|feature| feature.id().is_none()).unwrap();
        assert_eq!(words(crowd), ["count=20000 (uint)"]);
        let alone = features.iter().find(|feature| feature.id() == Some(lone as u64)).unwrap();
        assert_eq!(words(alone)[0], "id=\"l\"");
    }

    #[test]
    fn words_that_dictionaries_share_are_written_once_and_long_ones_whole() {
        let link = RowInput { position: Some((1.0, 1.0)), country: Some(1), ..crate::rows::tests::link("l") };
        let rows = Rows::build(&[link], vec![ItemColumn::default(); 2], SIZES);
        let dictionaries = dictionaries();
        let long = "l".repeat(300);
        let source =
            TileSource { rows: &rows, dictionaries: &dictionaries, selected: &|_| true, id: &|_| &long, lines: &[] };
        let bytes = tile(&source, TileAt::new(0, 0, 0).unwrap());
        let reader = MvtReaderRef::new(&bytes).unwrap();
        let layer = reader.layers().next().unwrap();
        let words: Vec<String> =
            layer.features().next().unwrap().properties().map(|p| format!("{:?}", p.unwrap().1)).collect();
        assert_eq!(words[0], format!("{long:?}"));
        let zeros = bytes.windows(4).filter(|w| *w == b"\x22\x03\x0a\x01").count();
        let different: std::collections::BTreeSet<_> = words.iter().filter(|w| w.len() == 3).collect();
        assert_eq!(zeros, different.len());
    }

    proptest! {
        #[test]
        fn the_tiles_of_a_zoom_hold_exactly_the_located_selection((links, items) in links(), z in 0..5u8, every in 1..4usize) {
            let rows = Rows::build(&links, items, SIZES);
            let selected = |row: usize| row.is_multiple_of(every);
            let dictionaries = dictionaries();
            let source = TileSource { rows: &rows, dictionaries: &dictionaries, selected: &selected, id: &|_| "l", lines: &[] };
            let mut found = Vec::new();
            for (x, y) in (0..1 << z).flat_map(|x| (0..1 << z).map(move |y| (x, y))) {
                for (row, px, py) in read(&tile(&source, TileAt::new(z, x, y).unwrap())) {
                    prop_assert!((-64..4096 + 64).contains(&px) && (-64..4096 + 64).contains(&py));
                    if (0..4096).contains(&px) && (0..4096).contains(&py) {
                        prop_assert_eq!(((x << 12 | px as u32) << (8 - z), (y << 12 | py as u32) << (8 - z)),
                            (rows.x[row] >> (8 - z) << (8 - z), rows.y[row] >> (8 - z) << (8 - z)));
                        found.push(row);
                    }
                }
            }
            found.sort_unstable();
            let expected: Vec<usize> = (0..rows.located).filter(|row| selected(*row)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
