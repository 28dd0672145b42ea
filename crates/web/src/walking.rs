//! The conditions of a walk over links, as addresses hold them: which types, how sure, from when to when.

use edition::graph::Conditions;
use maud::{Markup, html};
use model::{Confidence, FilterProblem};

use crate::ask::Ask;
use crate::reply::Failure;
use crate::view::Maker;

/// What every step must meet, and how the address says so.
#[derive(Debug, Clone, Default)]
pub(crate) struct Walking {
    /// Link types by id; none means all.
    pub links: Vec<String>,
    /// Confidences by word; none means all.
    pub confidences: Vec<String>,
    /// The first year.
    pub since: Option<i16>,
    /// The last year.
    pub until: Option<i16>,
    /// Only links with a date.
    pub dated: bool,
    /// Offers without a proven sale too.
    pub offered: bool,
}

/// Reads the conditions. `own` are the page's other keys; anything else is ignored on pages and refused on data faces.
pub(crate) fn walking(ask: &Ask<'_>, own: &[&str]) -> Result<Walking, Failure> {
    let mut walking = Walking::default();
    for (key, value) in ask.query.iter().filter(|(_, value)| !value.is_empty()) {
        match key.as_str() {
            "link" => walking.links.push(known(value, "link", ask.edition().vocabulary().link_types.ids().collect())?),
            "confidence" => {
                walking.confidences.push(known(value, "confidence", Confidence::ALL.map(Confidence::word).into())?);
            }
            "since" => walking.since = Some(year(value, "since")?),
            "until" => walking.until = Some(year(value, "until")?),
            "dated" => walking.dated = known(value, "dated", vec!["1"])? == "1",
            "offered" => walking.offered = known(value, "offered", vec!["1"])? == "1",
            other if own.contains(&other) || !ask.face.is_data() => {}
            _ => return Err(Failure::Filter(vec![FilterProblem::UnknownKey { key: key.clone() }])),
        }
    }
    Ok(walking)
}

fn known(value: &str, key: &'static str, allowed: Vec<&str>) -> Result<String, Failure> {
    let found = allowed.contains(&value).then(|| value.to_owned());
    found.ok_or_else(|| Failure::Parameter(key, allowed.join(" ")))
}

fn year(value: &str, key: &'static str) -> Result<i16, Failure> {
    value.parse().ok().ok_or_else(|| Failure::Parameter(key, "2019".into()))
}

impl Walking {
    /// The same for the graph. An unknown id can't be here: [`walking`] refuses it.
    pub fn conditions(&self, edition: &edition::Edition) -> Conditions {
        let types = &edition.vocabulary().link_types;
        let bits = self.links.iter().filter_map(|id| types.position(id)).fold(0u64, |bits, at| bits | 1 << at);
        let sure = self.confidences.iter().filter_map(|word| Confidence::parse(word));
        let sure = sure.fold(0u8, |bits, confidence| bits | 1 << confidence as u8);
        Conditions {
            types: if self.links.is_empty() { u64::MAX } else { bits },
            confidences: if sure == 0 { u8::MAX } else { sure },
            since: self.since.map(|year| i32::from(year) * 10_000),
            until: self.until.map(|year| i32::from(year) * 10_000 + 1231),
            undated: !self.dated,
            offered: self.offered,
            ..Conditions::default()
        }
    }

    /// Whether anything is kept out.
    pub fn is_empty(&self) -> bool {
        self.pairs().is_empty()
    }

    /// The conditions as they stand in addresses.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = self.links.iter().map(|id| ("link", id.clone())).collect();
        pairs.extend(self.confidences.iter().map(|word| ("confidence", word.clone())));
        pairs.extend(self.since.map(|year| ("since", year.to_string())));
        pairs.extend(self.until.map(|year| ("until", year.to_string())));
        pairs.extend(self.dated.then(|| ("dated", "1".to_owned())));
        pairs.extend(self.offered.then(|| ("offered", "1".to_owned())));
        pairs
    }

    /// The fields of a form.
    pub fn fields(&self, ask: &Ask<'_>) -> Markup {
        let (lang, maker) = (ask.lang, Maker::of(ask));
        let box_of = |name: &str, value: &str, label: &str, on: bool| {
            html! {
                label.choice {
                    input type="checkbox" name=(name) value=(value) checked[on];
                    span.choice-label { (label) }
                }
            }
        };
        html! {
            details.conditions open[!self.is_empty()] {
                summary { (lang.t("walk-conditions")) }
                div.conditions-fields {
                    fieldset {
                        legend { (lang.t("walk-types")) }
                        div.conditions-types {
                            @for id in ask.edition().vocabulary().link_types.ids().filter(|id| !["responds", "asked-for-reply"].contains(id)) {
                                (box_of("link", id, &maker.link_type(id).label, self.links.iter().any(|l| l == id)))
                            }
                        }
                    }
                    fieldset {
                        legend { (lang.t("walk-evidence")) }
                        @for confidence in Confidence::ALL {
                            (box_of("confidence", confidence.word(), &ui::confidence_label(lang, confidence),
                                self.confidences.iter().any(|word| word == confidence.word())))
                        }
                    }
                    fieldset {
                        legend { (lang.t("walk-time")) }
                        div.year-range {
                            label { (lang.t("filter-from")) " "
                                input type="number" name="since" min="1900" max="2100" value=[self.since]; }
                            label { (lang.t("filter-to")) " "
                                input type="number" name="until" min="1900" max="2100" value=[self.until]; }
                        }
                        (box_of("dated", "1", &lang.t("walk-dated"), self.dated))
                        (box_of("offered", "1", &lang.t("walk-offered"), self.offered))
                        p.soft { (lang.t("walk-open-dates")) }
                    }
                }
            }
        }
    }
}
