//! Random filters and what the Rust side answers to them, for the browser's code to agree with.

use super::world::{Random, World};
use edition::rows::Rows;
use edition::select::{Counts, Numbers, ResolvedFilter, RowSet, select};
use model::{Filter, FilterKey};
use serde_json::{Map, Value, json};

/// One JSON line per filter; the example's own documentation gives its shape.
pub fn answers(world: &World, rows: &Rows, count: usize) -> String {
    let mut random = Random(count as u64);
    (0..count).map(|_| format!("{}\n", answer(world, rows, &mut random))).collect()
}

impl Numbers for World {
    fn number(&self, key: FilterKey, value: &str) -> Option<u32> {
        match key {
            FilterKey::Item => self.names.iter().position(|(id, ..)| id == value).map(|item| item as u32),
            key => self.dictionaries.number(key, value),
        }
    }
}

fn answer(world: &World, rows: &Rows, random: &mut Random) -> Value {
    let keys = random.below(5);
    let filter = (0..keys).fold(Filter::default(), |filter, _| narrowed(world, random, &filter));
    let mut resolved = ResolvedFilter::new(&filter, world, rows);
    let mut matches = Map::new();
    for key in [FilterKey::Source, FilterKey::Q].into_iter().filter(|key| filter.has_key(*key)) {
        let step = 1 + random.below(4);
        let found: Vec<u32> = (0..rows.len() as u32).step_by(step).collect();
        resolved = resolved.with_rows(key, RowSet::of(rows.len(), found.iter().copied()));
        matches.insert(key.name().to_owned(), json!(found));
    }
    let (selection, counts) = select(rows, &resolved);
    let facets: Map<String, Value> =
        Counts::FACETS.iter().map(|key| (key.name().to_owned(), json!(counts.facet(*key)))).collect();
    json!({
        "query": filter.query(), "matches": matches, "total": counts.total, "located": counts.located,
        "badges": counts.badges, "placeless": counts.placeless, "poi": counts.poi, "undated": counts.undated,
        "years": counts.years, "counts": facets, "rows": selection.iter().collect::<Vec<_>>(),
    })
}

/// The filter with one or two values more of a random key.
fn narrowed(world: &World, random: &mut Random, filter: &Filter) -> Filter {
    let key = FilterKey::ALL[random.below(16)];
    let values = 1 + random.below(2);
    (0..values).fold(filter.clone(), |filter, _| filter.with(key, &value(world, random, key)))
}

fn value(world: &World, random: &mut Random, key: FilterKey) -> String {
    match key {
        FilterKey::Item => world.names[random.below(40)].0.clone(),
        FilterKey::Country => world.dictionaries.country[random.below(20)].id.clone(),
        FilterKey::From | FilterKey::To => (1995 + random.below(32)).to_string(),
        FilterKey::Poi => "1".to_owned(),
        FilterKey::Bbox => bbox(random),
        FilterKey::Source | FilterKey::Q => format!("text {}", random.below(9)),
        key => {
            let choices = world.dictionaries.choices(key);
            choices[random.below(choices.len().min(6))].id.clone()
        }
    }
}

fn bbox(random: &mut Random) -> String {
    let mut degrees = |half: usize| random.below(2 * half * 1000) as f64 / 1000.0 - half as f64;
    let (west, east, one, other) = (degrees(180), degrees(180), degrees(90), degrees(90));
    format!("{west},{},{east},{}", one.min(other), one.max(other))
}
