//! Random filters over values that the sample has, the same ones for the same seed.

use std::collections::BTreeSet;

use crate::facts::{Asked, Facts, folded};

/// Every key of the grammar.
pub const KEYS: [&str; 16] = [
    "item",
    "item-kind",
    "link",
    "category",
    "topic",
    "list",
    "source",
    "country",
    "status",
    "confidence",
    "precision",
    "from",
    "to",
    "poi",
    "bbox",
    "q",
];

/// A small generator of numbers (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    fn one_of<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }
}

/// So many filters of one to three keys with one to three values each.
pub fn filters(facts: &Facts, seed: u64, count: usize) -> Vec<Asked> {
    let choices: Vec<(&'static str, Vec<String>)> = KEYS.map(|key| (key, values(key, facts))).into();
    let mut numbers = Numbers(seed);
    (0..count).map(|n| filter(&mut numbers, &choices, n)).collect()
}

fn filter(numbers: &mut Numbers, choices: &[(&'static str, Vec<String>)], n: usize) -> Asked {
    let keys: BTreeSet<usize> =
        [n % choices.len()].into_iter().chain((0..numbers.below(3)).map(|_| numbers.below(choices.len()))).collect();
    let mut asked = Asked::default();
    for (key, values) in keys.into_iter().map(|key| &choices[key]) {
        for _ in 0..=numbers.below(3) {
            asked.0.push((key, value(numbers, key, values)));
        }
    }
    asked.0.sort();
    asked.0.dedup();
    asked
}

fn value(numbers: &mut Numbers, key: &str, values: &[String]) -> String {
    match key {
        "bbox" => bbox(numbers),
        _ => numbers.one_of(values).clone(),
    }
}

/// A box of any size, one in eight across the antimeridian.
fn bbox(numbers: &mut Numbers) -> String {
    let mut edge = |from: f64, to: f64| from + (to - from) * numbers.below(1_000_000) as f64 / 1e6;
    let (south, west) = (edge(-60.0, 50.0), edge(-180.0, 150.0));
    let (north, east) = (edge(south, 80.0), edge(west, 180.0));
    let (west, east) = if numbers.below(8) == 0 { (east, west) } else { (west, east) };
    format!("{west:.4},{south:.4},{east:.4},{north:.4}")
}

/// What may stand behind a key.
fn values(key: &str, facts: &Facts) -> Vec<String> {
    let links = || facts.links.values();
    let found: BTreeSet<String> = match key {
        "item" => links().flat_map(|link| [link.subject.clone(), link.object.clone()]).collect(),
        "item-kind" => facts.items.values().map(|item| item.kind.clone()).collect(),
        "link" => links().map(|link| link.link_type.clone()).collect(),
        "category" => links().flat_map(|link| link.categories.clone()).collect(),
        "topic" => links().flat_map(|link| link.topics.clone()).collect(),
        "list" => facts.items.values().flat_map(|item| item.lists.clone()).collect(),
        "source" => links().flat_map(|link| link.sources.clone()).collect(),
        "country" => links().map(|link| link.country.clone()).filter(|code| !code.is_empty()).collect(),
        "status" => links().map(|link| link.status.clone()).collect(),
        "confidence" => links().map(|link| link.confidence.clone()).collect(),
        "precision" => links().map(|link| link.precision.clone()).collect(),
        "from" | "to" => (1995..2027).map(|year: i32| year.to_string()).collect(),
        "poi" => BTreeSet::from(["1".to_owned()]),
        "q" => facts.items.values().flat_map(|item| &item.texts).flat_map(|text| words(text)).collect(),
        _ => BTreeSet::new(),
    };
    found.into_iter().collect()
}

/// Words of a text worth asking for: of four letters or more, or Chinese.
fn words(text: &str) -> Vec<String> {
    let long = |word: &&str| word.chars().count() >= if word.is_ascii() { 4 } else { 2 };
    folded(text).split(' ').filter(long).map(str::to_owned).collect()
}
