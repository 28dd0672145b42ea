//! Which items a name and some properties may mean, with a score and the features that it comes from.

use edition::Item;
use model::{Id, Identifier};
use serde::Serialize;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::reply::Failure;
use crate::view::Maker;

use super::condition::{self, Condition};

/// What is looked for.
#[derive(Default)]
pub(crate) struct Wanted {
    /// A name, or an item's id.
    pub text: String,
    /// Kinds, any of which will do; all if there is none.
    pub kinds: Vec<String>,
    /// Properties with their values.
    pub properties: Vec<Property>,
    /// The conditions of a query of the draft, which has them in place of a text and properties.
    pub conditions: Vec<Condition>,
    /// How many candidates at most.
    pub limit: usize,
    /// Whether no item can be what is wanted.
    pub impossible: bool,
}

/// A property with the values looked for.
pub(crate) struct Property {
    /// The property or the scheme of an identifier.
    pub id: String,
    /// Any of which will do.
    pub values: Vec<String>,
}

/// An item that may be meant.
#[derive(Serialize, Clone)]
pub(crate) struct Candidate {
    pub id: String,
    pub name: String,
    pub description: String,
    #[serde(rename = "type")]
    pub kinds: Vec<Value>,
    /// From 0 to 100.
    pub score: f64,
    /// Whether it is taken for the one that is meant.
    #[serde(rename = "match")]
    pub matched: bool,
    pub features: Vec<Feature>,
    /// Whether somebody has to look at the two names at least.
    #[serde(skip)]
    pub likely: bool,
    /// Which of its names it is, and why: for faces that show reasons.
    #[serde(skip)]
    pub name_met: String,
    #[serde(skip)]
    pub reasons: Vec<String>,
    #[serde(skip)]
    pub item: u32,
}

/// What a score comes from.
#[derive(Serialize, Clone)]
pub(crate) struct Feature {
    pub id: String,
    pub value: Value,
}

/// From this far ahead of the next a candidate that is the same by name is taken for the one.
const AHEAD: f64 = 5.0;

/// An item in another country than asked for is less likely the one.
const OTHER_COUNTRY: f64 = 0.75;

/// So many more are looked at than are asked for, because kinds and countries drop some.
const MORE: usize = 5;

/// The candidates, likeliest first.
pub(crate) fn candidates(ask: &Ask<'_>, wanted: &Wanted) -> Result<Vec<Candidate>, Failure> {
    if wanted.impossible {
        return Ok(Vec::new());
    }
    let mut found = if wanted.conditions.is_empty() { plainly(ask, wanted) } else { condition::found(ask, wanted) };
    found.retain(|candidate| of_kind(ask, wanted, candidate.item));
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    let second = found.get(1).map_or(0.0, |candidate| candidate.score);
    if let Some((first, rest)) = found.split_first_mut() {
        first.matched &= first.score - second >= AHEAD;
        rest.iter_mut().for_each(|candidate| candidate.matched = false);
    }
    found.truncate(wanted.limit);
    Ok(found)
}

/// What an id, identifiers and a name lead to; each item once.
fn plainly(ask: &Ask<'_>, wanted: &Wanted) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = by_id(ask, &wanted.text).into_iter().collect();
    let identified = wanted.properties.iter().flat_map(|property| by_identifier(ask, &property.id, &property.values));
    add(&mut found, identified);
    add(&mut found, by_name(ask, &wanted.text, wanted.limit));
    let countries = wanted.properties.iter().filter(|property| property.id == "country");
    let countries: Vec<String> = countries.flat_map(|property| property.values.iter().cloned()).collect();
    found.iter_mut().for_each(|candidate| weigh_country(ask, &countries, candidate));
    found
}

/// Adds the candidates that are not there yet.
pub(super) fn add(found: &mut Vec<Candidate>, more: impl IntoIterator<Item = Candidate>) {
    for candidate in more {
        if found.iter().all(|known| known.item != candidate.item) {
            found.push(candidate);
        }
    }
}

/// Whether an item is of one of the kinds that are looked for.
pub(super) fn of_kind(ask: &Ask<'_>, wanted: &Wanted, item: u32) -> bool {
    let kind = ask.edition().item_at(item).kind();
    wanted.kinds.is_empty() || wanted.kinds.iter().any(|wanted| wanted == kind)
}

/// An item as a candidate, with no feature yet.
pub(super) fn candidate(ask: &Ask<'_>, item: Item<'_>, score: f64) -> Candidate {
    let maker = Maker::of(ask);
    let kind = maker.kind(item.kind());
    let countries = countries(item).into_iter().map(|code| maker.country_name(&code));
    let description = [kind.label.clone()].into_iter().chain(countries).collect::<Vec<_>>().join(", ");
    Candidate {
        id: item.id().to_owned(),
        name: item.name(ask.lang.tag()).to_owned(),
        description,
        kinds: vec![json!({ "id": kind.id, "name": kind.label })],
        score,
        matched: true,
        features: Vec::new(),
        likely: true,
        name_met: item.name(ask.lang.tag()).to_owned(),
        reasons: Vec::new(),
        item: item.number(),
    }
}

/// A feature by its id.
pub(super) fn feature(id: &str, value: impl Into<Value>) -> Feature {
    Feature { id: id.to_owned(), value: value.into() }
}

/// Rounded, so that a score is the same number on every machine.
pub(crate) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}

/// The item with this id.
pub(super) fn by_id(ask: &Ask<'_>, text: &str) -> Option<Candidate> {
    let item = ask.edition().item(text.trim()).live()?;
    let mut candidate = candidate(ask, item, 100.0);
    candidate.features.push(feature("id", true));
    Some(candidate)
}

/// The items with identifiers of a scheme, or of any if the property is `identifier`: they decide before names do.
pub(super) fn by_identifier(ask: &Ask<'_>, property: &str, values: &[String]) -> Vec<Candidate> {
    let any = property == "identifier";
    let schemes = ask.edition().vocabulary().schemes.ids().filter(|id| any || *id == property);
    let schemes: Vec<Id> = schemes.filter_map(Id::parse).collect();
    let mut found = Vec::new();
    for (scheme, value) in schemes.iter().flat_map(|scheme| values.iter().map(move |value| (scheme, value))) {
        let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        let identifier = Identifier { scheme: scheme.clone(), value: value.into() };
        if let Some(item) = ask.edition().known().identified(&identifier) {
            let mut candidate = candidate(ask, ask.edition().item_at(item), 100.0);
            candidate.features.push(feature("identifier", true));
            candidate.reasons.push(format!("same {}: `{}`", identifier.scheme, identifier.value));
            found.push(candidate);
        }
    }
    found
}

/// The items that a name may mean, likeliest first, more than `limit` of them.
pub(super) fn by_name(ask: &Ask<'_>, text: &str, limit: usize) -> Vec<Candidate> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let known = ask.edition().known();
    let mut asker = known.asker();
    let name = asker.read(text);
    let likely = asker.likely(&name, limit.saturating_mul(MORE).min(100));
    let shown = |likely: &edition::Likely| {
        let comparison = &likely.comparison;
        let other = known.name(likely.name);
        let mut candidate = candidate(ask, ask.edition().item_at(likely.item), rounded(comparison.score) * 100.0);
        candidate.matched = comparison.verdict().word() == "same";
        candidate.likely = comparison.verdict().word() != "different";
        candidate.name_met = other.text().to_owned();
        candidate.features.push(feature("name", rounded(comparison.score)));
        candidate.features.push(feature("name_same", candidate.matched));
        candidate.features.push(feature("name_identical", known.exact(text).contains(&likely.item)));
        let measures = comparison.measures().filter(|(_, value)| *value != 0.0);
        candidate.features.extend(measures.map(|(id, value)| feature(&format!("name.{id}"), rounded(value))));
        candidate.reasons = comparison.reasons(&name, other).iter().take(8).map(ToString::to_string).collect();
        candidate
    };
    likely.iter().map(shown).collect()
}

/// A country that was asked for counts for a candidate that is there, and against one that is elsewhere.
pub(super) fn weigh_country(ask: &Ask<'_>, asked: &[String], candidate: &mut Candidate) {
    let asked: Vec<String> = asked.iter().filter_map(|text| country_code(ask, text)).collect();
    let own = countries(ask.edition().item_at(candidate.item));
    if asked.is_empty() || own.is_empty() {
        return;
    }
    let there = own.iter().any(|code| asked.contains(code));
    candidate.features.push(feature("country", there));
    if !there {
        candidate.score = (candidate.score * OTHER_COUNTRY * 100.0).round() / 100.0;
        candidate.matched = false;
        candidate.reasons.push("another country".to_owned());
    }
}

/// A country by its code or by one of its names.
pub(super) fn country_code(ask: &Ask<'_>, text: &str) -> Option<String> {
    let code = text.trim().to_uppercase();
    let vocabulary = ask.edition().vocabulary();
    let known = vocabulary.country(&code).map(|country| country.code.as_str().to_owned());
    known.or_else(|| vocabulary.country_named(text.trim()).flatten().map(|code| code.as_str().to_owned()))
}

/// The countries of an item.
pub(crate) fn countries(item: Item<'_>) -> Vec<String> {
    let codes = item.values("country").filter_map(|value| match value {
        model::Value::Country(code) => Some(code.as_str().to_owned()),
        _ => None,
    });
    codes.collect()
}
