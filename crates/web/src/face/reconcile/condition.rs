//! The conditions of a query of the 1.0 draft (section "Structure of a Reconciliation Query"): which items they lead to,
//! which of these may not be listed, and what they say for or against the others.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use crate::ask::Ask;
use crate::reply::Failure;

use super::candidates::{
    Candidate, Wanted, add, by_id, by_identifier, by_name, candidate, countries, country_code, feature, of_kind,
    weigh_country,
};
use super::{extend, texts};

/// What a candidate should be like.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Condition {
    match_type: MatchType,
    #[serde(default)]
    property_id: String,
    property_value: Value,
    /// Whether an item that does not keep it may not be listed.
    #[serde(default)]
    required: bool,
    #[serde(default)]
    match_quantifier: Quantifier,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum MatchType {
    Name,
    Id,
    Property,
}

/// How many of a condition's values an item has to meet.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default)]
#[serde(rename_all = "lowercase")]
enum Quantifier {
    #[default]
    Any,
    All,
    None,
}

/// A condition that is wished for and not kept takes away a tenth.
const NOT_KEPT: f64 = 0.9;

/// The score of an item that keeps every condition, where none of them says which item is meant.
const UNNAMED: f64 = 50.0;

impl Condition {
    /// A condition on a property has to say which.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let nameless = self.match_type == MatchType::Property && self.property_id.is_empty();
        if nameless { Err(Failure::Parameter("propertyId", String::new())) } else { Ok(()) }
    }

    /// Whether it names items, and does not only choose among them.
    fn seeks(&self) -> bool {
        self.match_quantifier != Quantifier::None && self.match_type != MatchType::Property
    }

    fn is_of_country(&self) -> bool {
        self.match_type == MatchType::Property && self.property_id == "country"
    }
}

/// The items that the conditions lead to and do not keep out.
pub(super) fn found(ask: &Ask<'_>, wanted: &Wanted) -> Vec<Candidate> {
    let judged: Vec<Judged<'_>> = wanted.conditions.iter().map(|c| Judged::new(ask, c, wanted.limit)).collect();
    let mut led: Vec<Candidate> = judged.iter().flat_map(Judged::leads).cloned().collect();
    let found = if !led.is_empty() || judged.iter().any(|one| one.condition.seeks()) {
        led.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut found = Vec::new();
        add(&mut found, led);
        found
    } else {
        unnamed(ask, wanted, &judged)
    };
    let allowed = |found: &Candidate| judged.iter().all(|one| !one.condition.required || one.kept(ask, found.item));
    let mut found: Vec<Candidate> = found.into_iter().filter(allowed).collect();
    found.iter_mut().for_each(|candidate| weigh(ask, &judged, candidate));
    found
}

/// Where no condition names an item: all that keep one, the more the better. Linear in the items.
fn unnamed(ask: &Ask<'_>, wanted: &Wanted, judged: &[Judged<'_>]) -> Vec<Candidate> {
    let items = ask.edition().items().into_iter().filter(|item| of_kind(ask, wanted, item.number()));
    let kept = items.filter(|item| judged.iter().any(|one| one.kept(ask, item.number())));
    kept.map(|item| Candidate { matched: false, ..candidate(ask, item, UNNAMED) }).collect()
}

/// What each condition says, as a feature; those that are not kept count against the candidate.
fn weigh(ask: &Ask<'_>, judged: &[Judged<'_>], candidate: &mut Candidate) {
    for (number, one) in judged.iter().enumerate() {
        let kept = one.kept(ask, candidate.item);
        candidate.features.push(feature(&format!("condition.{}", number + 1), kept));
        if one.condition.is_of_country() && one.condition.match_quantifier == Quantifier::Any {
            weigh_country(ask, &one.values, candidate);
        } else if !kept {
            candidate.score = (candidate.score * NOT_KEPT * 100.0).round() / 100.0;
        }
    }
    let mut known = BTreeSet::new();
    candidate.features.retain(|feature| known.insert(feature.id.clone()));
}

/// A condition and which items each of its values leads to.
struct Judged<'a> {
    condition: &'a Condition,
    values: Vec<String>,
    led: Vec<Vec<Candidate>>,
}

impl<'a> Judged<'a> {
    fn new(ask: &Ask<'_>, condition: &'a Condition, limit: usize) -> Self {
        let values = texts(&condition.property_value);
        let led = |value: &String| match condition.match_type {
            MatchType::Name => by_name(ask, value, limit),
            MatchType::Id => by_id(ask, value).into_iter().collect(),
            MatchType::Property => by_identifier(ask, &condition.property_id, std::slice::from_ref(value)),
        };
        let led = values.iter().map(led).collect();
        Self { condition, values, led }
    }

    fn leads(&self) -> impl Iterator<Item = &Candidate> {
        let leads = self.condition.match_quantifier != Quantifier::None;
        self.led.iter().flatten().filter(move |_| leads)
    }

    /// Whether an item keeps the condition.
    fn kept(&self, ask: &Ask<'_>, item: u32) -> bool {
        let mut numbers = 0..self.values.len();
        match self.condition.match_quantifier {
            Quantifier::Any => numbers.any(|number| self.met(ask, item, number)),
            Quantifier::All => numbers.all(|number| self.met(ask, item, number)),
            Quantifier::None => !numbers.any(|number| self.met(ask, item, number)),
        }
    }

    /// Whether an item meets one of the values.
    fn met(&self, ask: &Ask<'_>, item: u32, number: usize) -> bool {
        let led = self.led[number].iter().any(|candidate| candidate.item == item && candidate.likely);
        led || (self.condition.match_type == MatchType::Property && self.has(ask, item, &self.values[number]))
    }

    /// Whether the property has a value: a country by code or name, anything else as it is shown, letter case
    /// aside.
    fn has(&self, ask: &Ask<'_>, item: u32, value: &str) -> bool {
        let item = ask.edition().item_at(item);
        if self.condition.is_of_country() {
            return country_code(ask, value).is_some_and(|code| countries(item).contains(&code));
        }
        let wanted = value.trim().to_lowercase();
        let shown = extend::cells(ask, item, &self.condition.property_id);
        let mut texts = shown.iter().flat_map(|cell| ["str", "id", "name"].map(|part| cell[part].as_str()));
        texts.any(|text| text.is_some_and(|text| text.to_lowercase() == wanted))
    }
}
