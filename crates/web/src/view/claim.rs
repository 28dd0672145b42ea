//! A claim with its evidence: the value, how sure it is and why, and every source for and against.

use edition::{Cited, PublishedClaim};
use model::{Date, OperationNumber, Qualifiers, Statement, Value};
use serde::Serialize;

use crate::view::Maker;
use crate::view::terms::{ItemRef, Term};

/// A published claim.
#[derive(Serialize)]
pub(crate) struct Claim {
    /// Its number in the ledger, `e12-345`.
    pub id: String,
    /// The property.
    pub property: Term,
    /// What is stated.
    pub value: Said,
    #[serde(flatten)]
    pub qualifiers: Held,
    /// `confirmed`, `probable`, `reported` or `disputed`, by the rule.
    pub confidence: &'static str,
    /// Why, in words.
    pub reason: String,
    /// Every piece of evidence; never empty.
    pub evidence: Vec<Evidence>,
    #[serde(skip)]
    pub rated: (model::Confidence, model::Reason),
}

/// A value by its type.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(crate) enum Said {
    Unknown,
    None,
    Text {
        text: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        lang: String,
    },
    Date {
        date: String,
    },
    Point {
        lat: String,
        lon: String,
    },
    Country {
        code: String,
        name: String,
    },
    Number {
        number: String,
        #[serde(skip_serializing_if = "str::is_empty")]
        unit: &'static str,
    },
    Money {
        amount: String,
        currency: String,
    },
    Share {
        least: String,
        most: String,
    },
    Identifier {
        scheme: String,
        scheme_label: String,
        value: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        url: String,
    },
    Item {
        id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        item: Option<ItemRef>,
    },
    Term {
        #[serde(flatten)]
        term: Term,
    },
    Url {
        url: String,
    },
    Flag {
        flag: bool,
    },
    Figure {
        statement: String,
        lang: String,
        number: String,
        unit: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        as_of: Option<String>,
    },
    Landing {
        name: String,
        country: String,
        country_name: String,
        lat: String,
        lon: String,
        order: u16,
    },
}

/// When and how a claim holds.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Held {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_cited: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_cited: Option<String>,
    /// The value as the source wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

/// A source behind a claim.
#[derive(Serialize)]
pub(crate) struct Evidence {
    /// Its number in the ledger.
    pub id: String,
    /// `supports`, `contradicts` or `context`.
    pub stance: &'static str,
    #[serde(flatten)]
    pub source: SourceRef,
    /// Where in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The exact words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Passage>,
    /// The words in another language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<Passage>,
    /// The capture that holds what the source said, as far as one is or was held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture: Option<Kept>,
    /// A party's own statement against its own interest.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub against_interest: bool,
    /// The sources that this one relays, where they matter here: those that are cited too, or all if they
    /// are few. Together they are one piece of evidence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relays: Vec<SourceRef>,
    /// How many sources it relays in all.
    #[serde(skip_serializing_if = "is_zero")]
    pub relays_in_all: usize,
    #[serde(skip)]
    pub points: model::Stance,
}

/// A source, as a sentence needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SourceRef {
    /// Its id.
    pub source: String,
    /// Its title, in its own language.
    pub title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title_lang: String,
    /// Its publisher.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// EDTF.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// Its page.
    pub url: String,
}

/// A capture behind evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Kept {
    /// Its number in the ledger.
    pub id: String,
    /// Its page; at the quote, where that stands in it.
    pub url: String,
    /// It was destroyed: its page says why.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub destroyed: bool,
}

/// Words in a language.
#[derive(Serialize)]
pub(crate) struct Passage {
    pub text: String,
    pub lang: String,
}

impl Maker<'_> {
    /// A claim with everything behind it.
    pub fn claim(&self, claim: &PublishedClaim<'_>) -> Claim {
        Claim {
            id: claim.number().to_string(),
            property: self.property(claim.property()),
            value: self.said(claim.property(), claim.statement()),
            qualifiers: claim.qualifiers().map(held).unwrap_or_default(),
            confidence: claim.confidence().word(),
            reason: ui::reason_text(self.lang, claim.reason()),
            evidence: claim.evidence().iter().map(|cited| self.evidence(cited, claim)).collect(),
            rated: (claim.confidence(), claim.reason()),
        }
    }

    /// A source by id, whether its record is known or not.
    pub fn source_ref(&self, id: &str) -> SourceRef {
        let url = self.urls().source(id);
        match self.edition.source(id).live() {
            Some(view) => source_ref(id, view.source(), url),
            None => SourceRef {
                source: id.into(),
                title: id.into(),
                title_lang: String::new(),
                publisher: String::new(),
                date: String::new(),
                url,
            },
        }
    }

    /// A property by its label.
    pub fn property(&self, id: &str) -> Term {
        let property = self.edition.vocabulary().properties.get(id);
        let label = property.map_or(id, |property| property.label.get(self.lang.tag()));
        Term { id: id.into(), label: label.into(), ..Term::default() }
    }

    fn evidence(&self, cited: &Cited<'_>, claim: &PublishedClaim<'_>) -> Evidence {
        let id = cited.source_id.as_str();
        let words = |text: &model::LangText| Passage { text: text.text().into(), lang: text.lang().into() };
        let passage = cited.passage;
        Evidence {
            id: cited.number.to_string(),
            stance: cited.stance.word(),
            source: self.source_ref(id),
            anchor: passage.and_then(|passage| passage.anchor.as_deref()).map(str::to_owned),
            quote: passage.and_then(|passage| passage.quote.as_ref()).map(words),
            translation: passage.and_then(|passage| passage.translation.as_ref()).map(words),
            capture: self.kept(cited.number, id),
            against_interest: cited.against_interest,
            relays: self.relays(cited, claim),
            relays_in_all: cited.source.map_or(0, |source| source.relays.len()),
            points: cited.stance,
        }
    }

    /// The latest capture in which evidence's quote stands, else the latest of its source, else the latest that was
    /// destroyed.
    fn kept(&self, evidence: OperationNumber, source: &str) -> Option<Kept> {
        let state = self.edition.state();
        let page = |number: OperationNumber| self.urls().capture(&number.to_string());
        let quoted = state.anchored(evidence).iter().rev().find(|(capture, _)| state.capture(*capture).is_some());
        let live = state.captures_of(source).next_back().map(|record| record.number);
        let gone = state.destroyed_of(source).next_back().map(|grave| grave.tombstone.capture);
        let (number, url, destroyed) = match (quoted, live, gone) {
            (Some((number, start)), _, _) => (*number, format!("{}#at-{start}", page(*number)), false),
            (None, Some(number), _) => (number, page(number), false),
            (None, None, Some(number)) => (number, page(number), true),
            (None, None, None) => return None,
        };
        Some(Kept { id: number.to_string(), url, destroyed })
    }

    fn relays(&self, cited: &Cited<'_>, claim: &PublishedClaim<'_>) -> Vec<SourceRef> {
        let all: Vec<&str> = cited.source.iter().flat_map(|source| &source.relays).map(model::Id::as_str).collect();
        let cited_too = |id: &str| claim.evidence().iter().any(|other| other.source_id.as_str() == id);
        let shown = all.iter().filter(|id| all.len() <= FEW || cited_too(id));
        shown.map(|id| self.source_ref(id)).collect()
    }

    /// A statement about a property.
    pub fn said(&self, property: &str, statement: &Statement) -> Said {
        match statement {
            Statement::Unknown => Said::Unknown,
            Statement::None => Said::None,
            Statement::Is(value) => self.value(property, value),
        }
    }

    fn value(&self, property: &str, value: &Value) -> Said {
        match value {
            Value::Text(text) => Said::Text { text: text.text().into(), lang: text.lang().into() },
            Value::Date(date) => Said::Date { date: date.as_str().into() },
            Value::Point(point) => Said::Point { lat: degrees(point.units().0), lon: degrees(point.units().1) },
            Value::Country(code) => {
                Said::Country { code: code.as_str().into(), name: self.country_name(code.as_str()) }
            }
            Value::Number(number) => Said::Number { number: number.to_string(), unit: unit(property) },
            Value::Money(money) => Said::Money { amount: money.amount.to_string(), currency: money.currency().into() },
            Value::Share(share) => Said::Share { least: share.least.to_string(), most: share.most.to_string() },
            Value::Identifier(identifier) => self.identifier(identifier),
            Value::Item(id) => Said::Item { id: id.as_str().into(), item: self.item_ref_by_id(id.as_str()) },
            Value::Term(id) => Said::Term { term: self.term_of(property, id.as_str()) },
            Value::Url(url) => Said::Url { url: url.to_string() },
            Value::Flag(flag) => Said::Flag { flag: *flag },
            Value::Figure(figure) => figure_of(figure),
            Value::Landing(landing) => self.landing(landing),
        }
    }

    fn term_of(&self, property: &str, id: &str) -> Term {
        let set = self.edition.vocabulary().properties.get(property).and_then(|property| property.set.clone());
        match (property, set) {
            ("category", _) => self.category(id),
            ("topic", _) => self.topic(id),
            (_, Some(set)) => self.choice(&set, id),
            _ => self.choice(property, id),
        }
    }

    fn identifier(&self, identifier: &model::Identifier) -> Said {
        let scheme = self.edition.vocabulary().schemes.get(identifier.scheme.as_str());
        let id = identifier.scheme.as_str();
        Said::Identifier {
            scheme: id.into(),
            scheme_label: scheme.map_or(id, |scheme| scheme.label.get(self.lang.tag())).into(),
            value: identifier.value.to_string(),
            url: scheme.map(|scheme| scheme.url.replace("{value}", &identifier.value)).unwrap_or_default(),
        }
    }

    fn landing(&self, landing: &model::Landing) -> Said {
        let (lat, lon) = landing.point.units();
        Said::Landing {
            name: landing.name.to_string(),
            country: landing.country.as_str().into(),
            country_name: self.country_name(landing.country.as_str()),
            lat: degrees(lat),
            lon: degrees(lon),
            order: landing.order,
        }
    }
}

/// So many relayed sources are named one by one; a report that relays fifty would bury the rest.
const FEW: usize = 3;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The unit in which a property counts.
fn unit(property: &str) -> &'static str {
    if property == "length" { "km" } else { "" }
}

/// Degrees out of units of 10⁻⁷ degree, exact and without needless zeros.
pub(crate) fn degrees(units: i32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let size = units.unsigned_abs();
    let text = format!("{sign}{}.{:07}", size / 10_000_000, size % 10_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn source_ref(id: &str, source: &model::Source, url: String) -> SourceRef {
    SourceRef {
        source: id.into(),
        title: source.title.text().into(),
        title_lang: if source.title.lang().is_empty() { &source.language } else { source.title.lang() }.into(),
        publisher: source.publisher.to_string(),
        date: source.published.as_ref().map(|date| date.as_str().to_owned()).unwrap_or_default(),
        url,
    }
}

fn held(qualifiers: &Qualifiers) -> Held {
    let text = |date: &Option<Date>| date.as_ref().map(|date| date.as_str().to_owned());
    Held {
        valid_from: text(&qualifiers.valid_from),
        valid_to: text(&qualifiers.valid_to),
        first_cited: text(&qualifiers.first_cited),
        last_cited: text(&qualifiers.last_cited),
        original: qualifiers.original.as_deref().map(str::to_owned),
    }
}

fn figure_of(figure: &model::Figure) -> Said {
    Said::Figure {
        statement: figure.statement.text().into(),
        lang: figure.statement.lang().into(),
        number: figure.number.to_string(),
        unit: figure.unit.to_string(),
        as_of: figure.as_of.as_ref().map(|date| date.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_exact() {
        for (units, text) in
            [(0, "0"), (-12_860_000, "-1.286"), (1_799_999_999, "179.9999999"), (-1, "-0.0000001"), (900_000_000, "90")]
        {
            assert_eq!(degrees(units), text);
        }
    }
}
