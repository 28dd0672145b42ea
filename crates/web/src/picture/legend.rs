//! A picture's legend: every mark in words, with the way to its links.

use std::collections::BTreeMap;

use model::{Filter, FilterKey, Value};
use serde::Serialize;

use super::Picture;
use super::groups::{Group, middle};
use crate::view::Maker;

/// So many places of a mark are named.
const NAMED: usize = 3;

/// So many links of a mark are asked for their place.
const ASKED: usize = 400;

/// What a picture shows, in words.
#[derive(Serialize)]
pub(crate) struct Legend {
    /// The marks by their number in the picture.
    pub marks: Vec<MarkInWords>,
    /// Links known only to a country; the numbers go on from the marks'.
    pub plates: Vec<PlateInWords>,
    /// Links without any place.
    pub placeless: u32,
}

/// A point or a group of points.
#[derive(Serialize)]
pub(crate) struct MarkInWords {
    /// Its number in a picture with numbered marks.
    pub number: usize,
    /// How many links it holds.
    pub count: usize,
    /// The places with the most links, with their country.
    pub places: Vec<String>,
    /// Whether it holds links in other places, too.
    pub more: bool,
    /// The list of exactly its links.
    pub links: String,
}

/// A plate beside the name of a country, or of a few neighbours.
#[derive(Serialize)]
pub(crate) struct PlateInWords {
    /// Its number in a picture with numbered marks.
    pub number: usize,
    /// The countries.
    pub countries: Vec<CountryInWords>,
}

/// A country with the links that are known no closer.
#[derive(Serialize)]
pub(crate) struct CountryInWords {
    /// Its name.
    pub name: String,
    /// How many.
    pub count: u32,
    /// Its links under the same filter, those with a place included.
    pub links: String,
}

/// The legend of a picture.
pub(crate) fn legend(maker: &Maker<'_>, picture: &Picture, filter: &Filter) -> Legend {
    let marks = picture.marks.iter().enumerate().map(|(at, mark)| words(maker, at + 1, mark, filter));
    let first = picture.marks.len() + 1;
    let plates = picture.plates.iter().enumerate().map(|(at, plate)| PlateInWords {
        number: first + at,
        countries: plate.countries.iter().map(|(index, count)| country(maker, *index, *count, filter)).collect(),
    });
    Legend { marks: marks.collect(), plates: plates.collect(), placeless: picture.placeless }
}

fn words(maker: &Maker<'_>, number: usize, mark: &Group, filter: &Filter) -> MarkInWords {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in mark.rows().take(ASKED) {
        *counts.entry(place(maker, row)).or_default() += 1;
    }
    let mut places: Vec<(String, usize)> = counts.into_iter().filter(|(name, _)| !name.is_empty()).collect();
    places.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let more = places.len() > NAMED || mark.count() > ASKED;
    let places = places.into_iter().take(NAMED).map(|(name, _)| name).collect();
    MarkInWords {
        number,
        count: mark.count(),
        places,
        more,
        links: maker.urls().links(&within(maker, mark, filter), 1),
    }
}

/// "Nairobi, Kenya", as far as it is known.
fn place(maker: &Maker<'_>, row: usize) -> String {
    let link = maker.edition.link_at(maker.edition.rows().link[row]);
    let named = link.values("place").find_map(|value| match value {
        Value::Text(text) => Some(text.text().to_owned()),
        _ => None,
    });
    let country = link.country().map(|(code, _)| maker.country_name(code));
    let parts: Vec<String> = named.into_iter().chain(country).collect();
    parts.join(&maker.lang.t("list-comma"))
}

fn country(maker: &Maker<'_>, index: usize, count: u32, filter: &Filter) -> CountryInWords {
    let code = maker.edition.dictionaries().country[index].id.as_str();
    let only = filter.without_key(FilterKey::Country).with(FilterKey::Country, code);
    CountryInWords { name: maker.country_name(code), count, links: maker.urls().links(&only, 1) }
}

/// The filter that lets exactly the links of a mark through: for each of its cells the box around its rows. A `bbox` of
/// the filter itself is left out, because every row of the mark lies in it already.
fn within(maker: &Maker<'_>, mark: &Group, filter: &Filter) -> Filter {
    let rows = maker.edition.rows();
    mark.cells.iter().fold(filter.without_key(FilterKey::Bbox), |filter, cell| {
        let cells = || cell.iter().filter_map(|row| rows.cell(*row));
        let (west, east) = (cells().map(|c| c.0).min(), cells().map(|c| c.0).max());
        let (north, south) = (cells().map(|c| c.1).min(), cells().map(|c| c.1).max());
        match (west, south, east, north) {
            (Some(w), Some(s), Some(e), Some(n)) => filter.with(FilterKey::Bbox, &bbox(w, s, e, n)),
            _ => filter,
        }
    })
}

/// A box through the middles of its edge cells, in degrees.
fn bbox(west: u32, south: u32, east: u32, north: u32) -> String {
    format!("{:.6},{:.6},{:.6},{:.6}", longitude(west), latitude(south), longitude(east), latitude(north))
}

fn longitude(cell: u32) -> f64 {
    middle(cell) * 360.0 - 180.0
}

fn latitude(cell: u32) -> f64 {
    (std::f64::consts::PI * (1.0 - 2.0 * middle(cell))).sinh().atan().to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_cell_lies_where_the_map_puts_it() {
        assert!((latitude(1 << 19)).abs() < 0.001 && (longitude(1 << 19)).abs() < 0.001);
        // the northern edge of the Web Mercator square
        assert!((latitude(0) - 85.0511).abs() < 0.001, "{}", latitude(0));
        for cell in [0u32, 1, 12_345, 524_288, 1_048_575] {
            let back =
                edition::mercator(format!("{:.6}", latitude(cell)).parse().expect("a number")) * f64::from(1 << 20);
            assert_eq!(back.floor() as u32, cell);
        }
    }
}
