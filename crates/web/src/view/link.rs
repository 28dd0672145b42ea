//! A link as one row of a list, and whole.

use edition::LinkView;
use model::Value;
use serde::Serialize;

use crate::view::Maker;
use crate::view::claim::{Claim, degrees};
use crate::view::reply::Asked;
use crate::view::terms::{CountryRef, ItemRef, Term};

/// A link in a list: its ends, where, when, what, how sure.
#[derive(Clone, Serialize)]
pub(crate) struct Row {
    /// Its id.
    pub id: String,
    /// Its type; the label is the verb from subject to object.
    #[serde(rename = "type")]
    pub link_type: Term,
    /// The item it goes from.
    pub subject: ItemRef,
    /// The item it goes to.
    pub object: ItemRef,
    /// Its categories.
    pub categories: Vec<Term>,
    /// Its topics.
    pub topics: Vec<Term>,
    #[serde(flatten)]
    pub place: Where,
    /// EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Its status.
    pub status: Term,
    /// The date of the latest source: what the status is as of. EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// By the rule.
    pub confidence: &'static str,
    /// An offer that is no proven sale.
    pub offered_only: bool,
    /// A point of particular interest.
    pub highlight: bool,
    /// Its page.
    pub url: String,
    #[serde(skip)]
    pub rated: (model::Confidence, model::Reason),
}

/// Where a fact is, as precisely as it is known.
#[derive(Clone, Serialize)]
pub(crate) struct Where {
    /// The place as sources name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The country and whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryRef>,
    /// How precise the point is.
    pub precision: Term,
    /// Degrees north and east; never the middle of a country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<[String; 2]>,
}

/// A link whole.
#[derive(Serialize)]
pub(crate) struct Whole {
    #[serde(flatten)]
    pub row: Row,
    /// Everything that is claimed of it, the link itself first.
    pub claims: Vec<Claim>,
    /// Properties of which nothing is claimed.
    pub gaps: Vec<Term>,
    /// Replies that were asked for on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Asked>,
}

impl Maker<'_> {
    /// A link as a row.
    pub fn row(&self, link: LinkView<'_>) -> Row {
        let date = |property| link.date(property).map(|date| date.as_str().to_owned());
        let asserted = link.asserted();
        Row {
            id: link.id().into(),
            link_type: self.link_type(link.link_type()),
            subject: self.item_ref(link.subject()),
            object: self.item_ref(link.object()),
            categories: link.terms("category").into_iter().map(|id| self.category(id)).collect(),
            topics: link.terms("topic").into_iter().map(|id| self.topic(id)).collect(),
            place: self.place(link),
            start: date("start"),
            end: date("end"),
            status: self.choice("status", link.term("status").unwrap_or("unknown")),
            as_of: link.as_of().map(|date| date.as_str().to_owned()),
            confidence: link.confidence().word(),
            offered_only: link.flag("offered-only"),
            highlight: link.flag("highlight"),
            url: self.urls().link(link.id()),
            rated: asserted
                .map_or((link.confidence(), model::Reason::Unsupported), |claim| (claim.confidence(), claim.reason())),
        }
    }

    /// A link with all its claims.
    pub fn whole(&self, link: LinkView<'_>) -> Whole {
        let mut claims: Vec<Claim> = link.claims().iter().map(|claim| self.claim(claim)).collect();
        claims.sort_by_key(|claim| claim.property.id != "asserts");
        let gaps = self.gaps("link", "", &claims);
        Whole { row: self.row(link), claims, gaps, replies: self.asked_on_link(link) }
    }

    fn place(&self, link: LinkView<'_>) -> Where {
        let text = link.values("place").find_map(|value| match value {
            Value::Text(text) => Some(text.text().to_owned()),
            _ => None,
        });
        Where {
            place: text,
            country: link.country().map(|(code, of_fact)| self.country_ref(code, of_fact)),
            precision: self.choice("precision", link.term("precision").unwrap_or("unknown")),
            point: link.position().map(|point| [degrees(point.units().0), degrees(point.units().1)]),
        }
    }
}
