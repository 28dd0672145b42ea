//! Which items a name and some properties may mean, with a score and the features that it comes from.

use edition::Item;
use model::{Id, Identifier};
use serde::Serialize;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::reply::Failure;
use crate::view::Maker;

/// What is looked for.
#[derive(Default)]
pub(crate) struct Wanted {
    /// A name, or an item's id.
    pub text: String,
    /// Kinds, any of which will do; all if there is none.
    pub kinds: Vec<String>,
    /// Properties with their values.
    pub properties: Vec<Property>,
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
#[derive(Serialize)]
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
    let mut found: Vec<Candidate> = Vec::new();
    if wanted.impossible {
        return Ok(found);
    }
    found.extend(by_id(ask, wanted));
    for candidate in by_identifier(ask, wanted).into_iter().chain(by_name(ask, wanted)) {
        if found.iter().all(|known| known.item != candidate.item) {
            found.push(candidate);
        }
    }
    found.retain(|candidate| wanted.kinds.is_empty() || wanted.kinds.iter().any(|kind| is_kind(ask, candidate, kind)));
    found.iter_mut().for_each(|candidate| weigh_country(ask, wanted, candidate));
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    let second = found.get(1).map_or(0.0, |candidate| candidate.score);
    if let Some((first, rest)) = found.split_first_mut() {
        first.matched &= first.score - second >= AHEAD;
        rest.iter_mut().for_each(|candidate| candidate.matched = false);
    }
    found.truncate(wanted.limit);
    Ok(found)
}

fn is_kind(ask: &Ask<'_>, candidate: &Candidate, kind: &str) -> bool {
    ask.edition().item_at(candidate.item).kind() == kind
}

fn candidate(ask: &Ask<'_>, item: Item<'_>, score: f64) -> Candidate {
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
        name_met: item.name(ask.lang.tag()).to_owned(),
        reasons: Vec::new(),
        item: item.number(),
    }
}

fn feature(id: &str, value: impl Into<Value>) -> Feature {
    Feature { id: id.to_owned(), value: value.into() }
}

/// Rounded, so that a score is the same number on every machine.
pub(crate) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}

fn by_id(ask: &Ask<'_>, wanted: &Wanted) -> Option<Candidate> {
    let item = ask.edition().item(wanted.text.trim()).live()?;
    let mut candidate = candidate(ask, item, 100.0);
    candidate.features.push(feature("id", true));
    Some(candidate)
}

/// Identifiers decide before names do.
fn by_identifier(ask: &Ask<'_>, wanted: &Wanted) -> Vec<Candidate> {
    let schemes = &ask.edition().vocabulary().schemes;
    let of_scheme = |property: &Property| -> Vec<Id> {
        let any = property.id == "identifier";
        schemes.ids().filter(|id| any || *id == property.id).filter_map(Id::parse).collect()
    };
    let mut found = Vec::new();
    for property in &wanted.properties {
        for (scheme, value) in
            of_scheme(property).iter().flat_map(|scheme| property.values.iter().map(move |v| (scheme, v)))
        {
            let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let identifier = Identifier { scheme: scheme.clone(), value: value.into() };
            if let Some(item) = ask.edition().known().identified(&identifier) {
                let mut candidate = candidate(ask, ask.edition().item_at(item), 100.0);
                candidate.features.push(feature("identifier", true));
                candidate.reasons.push(format!("same {}: `{}`", identifier.scheme, identifier.value));
                found.push(candidate);
            }
        }
    }
    found
}

fn by_name(ask: &Ask<'_>, wanted: &Wanted) -> Vec<Candidate> {
    let text = wanted.text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let known = ask.edition().known();
    let mut asker = known.asker();
    let name = asker.read(text);
    let likely = asker.likely(&name, wanted.limit.saturating_mul(MORE).min(100));
    let shown = |likely: &edition::Likely| {
        let comparison = &likely.comparison;
        let other = known.name(likely.name);
        let mut candidate = candidate(ask, ask.edition().item_at(likely.item), rounded(comparison.score) * 100.0);
        candidate.matched = comparison.verdict().word() == "same";
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
fn weigh_country(ask: &Ask<'_>, wanted: &Wanted, candidate: &mut Candidate) {
    let asked: Vec<String> = wanted
        .properties
        .iter()
        .filter(|p| p.id == "country")
        .flat_map(|p| &p.values)
        .filter_map(|v| country_code(ask, v))
        .collect();
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
fn country_code(ask: &Ask<'_>, text: &str) -> Option<String> {
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
