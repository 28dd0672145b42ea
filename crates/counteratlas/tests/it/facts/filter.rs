//! Filters by the words of their documentation: every link is asked one key after the other.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Facts, Link};
use crate::site::encoded;

/// A filter: keys with the values that were asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked(pub Vec<(&'static str, String)>);

impl Asked {
    /// The filter as a query.
    pub fn query(&self) -> String {
        let pairs = self.0.iter().map(|(key, value)| format!("{key}={}", encoded(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The ids of the links that pass: different keys are *and*, values of one key are *or*.
    pub fn passing<'f>(&self, facts: &'f Facts) -> BTreeSet<&'f str> {
        self.passing_but("", facts)
    }

    /// The same, with one key left out of it.
    pub fn passing_but<'f>(&self, but: &str, facts: &'f Facts) -> BTreeSet<&'f str> {
        let rest = Self(self.0.iter().filter(|(key, _)| *key != but).cloned().collect());
        facts.links.values().filter(|link| rest.passes(link, facts)).map(|link| link.id.as_str()).collect()
    }

    /// Whether one link passes.
    pub fn passes(&self, link: &Link, facts: &Facts) -> bool {
        let keys: BTreeSet<&str> = self.0.iter().map(|(key, _)| *key).collect();
        keys.iter().all(|key| self.values(key).any(|value| holds(key, value, link, facts)))
    }

    fn values<'s>(&'s self, key: &str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(of, _)| *of == key).map(|(_, value)| value.as_str())
    }
}

fn holds(key: &str, value: &str, link: &Link, facts: &Facts) -> bool {
    let ends = || [&link.subject, &link.object].into_iter();
    let year = || value.parse::<i32>().expect("a year");
    match key {
        "item" => ends().any(|end| end == value),
        "item-kind" => ends().any(|end| facts.items[end].kind == value),
        "link" => link.link_type == value,
        "category" => link.categories.contains(value),
        "topic" => link.topics.contains(value),
        "list" => ends().any(|end| facts.items[end].lists.contains(value)),
        "source" => link.sources.contains(value),
        "country" => link.country == value,
        "status" => link.status == value,
        "confidence" => link.confidence == value,
        "precision" => link.precision == value,
        "from" => link.years.is_some_and(|(_, last)| last >= year()),
        "to" => link.years.is_some_and(|(first, _)| first <= year()),
        "poi" => link.highlight,
        "bbox" => link.point.is_some_and(|point| in_box(value, point)),
        "q" => says(value, link, facts),
        _ => panic!("no key `{key}`"),
    }
}

/// Whether a name or text of the link or of one of its ends holds the words.
fn says(words: &str, link: &Link, facts: &Facts) -> bool {
    let words = folded(words);
    let ends = [&link.subject, &link.object].into_iter().flat_map(|end| &facts.items[end].texts);
    ends.chain(&link.texts).any(|text| folded(text).contains(&words))
}

/// Lower case without accents and apostrophes; every other sign but letters and digits is one space.
pub fn folded(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let plain: String = plain.chars().filter(|c| !"'’‘`´".contains(*c)).collect();
    let spaced: String = plain.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a point's cell lies between the cells of the edges of `W,S,E,N`.
fn in_box(bbox: &str, (lat, lon): (f64, f64)) -> bool {
    let edges: Vec<f64> = bbox.split(',').map(|edge| edge.parse().expect("degrees")).collect();
    let [west, south, east, north] = edges[..] else { panic!("`{bbox}` has not four edges") };
    let ((x0, y1), (x1, y0), (x, y)) = (cell(west, south), cell(east, north), cell(lon, lat));
    let across = if west <= east { x0 <= x && x <= x1 } else { x >= x0 || x <= x1 };
    across && y0 <= y && y <= y1
}

/// The cell of the Web-Mercator square of 2²⁰ by 2²⁰ cells, by the textbook's formula.
pub fn cell(lon: f64, lat: f64) -> (i64, i64) {
    const CELLS: f64 = 1_048_576.0;
    let x = (lon + 180.0) / 360.0;
    let sin = lat.to_radians().sin();
    let y = 0.5 - ((1.0 + sin) / (1.0 - sin)).ln() / (4.0 * std::f64::consts::PI);
    let cell = |share: f64| ((share * CELLS).floor().clamp(0.0, CELLS - 1.0)) as i64;
    (cell(x), cell(y))
}
