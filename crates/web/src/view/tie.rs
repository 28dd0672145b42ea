//! What ties two items together: one link (or one claim of a parent), with when, how sure and on which evidence.

use std::cmp::Reverse;

use edition::graph::{Hop, HopStep, Path, Via};
use edition::{LinkView, PublishedClaim};
use model::{Confidence, Reason, Value};
use serde::Serialize;

use crate::view::Maker;
use crate::view::claim::Claim;
use crate::view::terms::{ItemRef, Term};

/// One tie.
#[derive(Clone, Serialize)]
pub(crate) struct Tie {
    /// The item it goes from.
    pub subject: ItemRef,
    /// Its type; the label is the verb from subject to object.
    #[serde(rename = "type")]
    pub link_type: Term,
    /// The item it goes to.
    pub object: ItemRef,
    /// EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// By the rule.
    pub confidence: &'static str,
    /// Why, in words.
    pub reason: String,
    /// How many sources support it.
    pub sources: usize,
    /// The record with all evidence: the link, or the item that names its parent.
    pub url: String,
    #[serde(skip)]
    pub rated: (Confidence, Reason),
}

/// A path between two items.
#[derive(Serialize)]
pub(crate) struct Chain {
    /// How many steps it has.
    pub steps: usize,
    /// What ranks it: two for each step, more for passing through items with many links. Lower says more.
    pub cost: u32,
    /// The items on the way.
    pub items: Vec<ItemRef>,
    /// What connects each two of them.
    pub hops: Vec<Knot>,
    /// The number, from 0, of the hop with the weakest evidence.
    pub weakest: usize,
}

/// What connects two neighbours on a path.
#[derive(Serialize)]
pub(crate) struct Knot {
    /// The surest tie.
    pub tie: Tie,
    /// Its claim with all evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// Whether it is walked from its object to its subject.
    pub against: bool,
    /// The other ties between the two, at most [`OTHERS`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Tie>,
    /// How many other ties there are.
    pub others_in_all: usize,
}

/// So many parallel ties are shown on a path.
const OTHERS: usize = 5;

impl Maker<'_> {
    /// A path with the evidence of every step.
    pub fn chain(&self, path: &Path) -> Chain {
        let hops: Vec<Knot> = path.hops.iter().map(|hop| self.knot(hop)).collect();
        // Of hops with the same confidence the one with fewest sources.
        let order = |n: &usize| (hops[*n].tie.rated.0, Reverse(hops[*n].tie.sources), Reverse(*n));
        let weakest = (0..hops.len()).max_by_key(order).unwrap_or_default();
        let items = path.items.iter().map(|item| self.item_ref(self.edition.item_at(*item))).collect();
        Chain { steps: hops.len(), cost: path.cost, items, hops, weakest }
    }

    fn knot(&self, hop: &Hop) -> Knot {
        let first = hop.surest();
        let others = hop.steps[1..].iter().take(OTHERS).map(|step| self.tie(*step)).collect();
        let claim = self.claim_of(first.via).map(|claim| self.claim(&claim));
        Knot { tie: self.tie(first), claim, against: first.against, others, others_in_all: hop.steps.len() - 1 }
    }

    /// The tie of a step.
    pub fn tie(&self, step: HopStep) -> Tie {
        let claim = self.claim_of(step.via);
        let rated =
            claim.as_ref().map_or((Confidence::Reported, Reason::Unsupported), |c| (c.confidence(), c.reason()));
        let support = claim.iter().flat_map(|c| c.evidence()).filter(|e| e.stance == model::Stance::Supports);
        let sources = support.count();
        let (subject, object, start, end, url) = match step.via {
            Via::Link(number) => self.link_parts(self.edition.link_at(number)),
            Via::Parent(number) => self.parent_parts(number, claim.as_ref()),
        };
        Tie {
            subject,
            link_type: self.type_of(step.link_type),
            object,
            start,
            end,
            confidence: rated.0.word(),
            reason: ui::reason_text(self.lang, rated.1),
            sources,
            url,
            rated,
        }
    }

    fn type_of(&self, index: u8) -> Term {
        let types = self.edition.vocabulary().link_types.all();
        types.get(usize::from(index)).map(|t| self.link_type(t.id.as_str())).unwrap_or_default()
    }

    fn link_parts(&self, link: LinkView<'_>) -> Parts {
        let date = |property| link.date(property).map(|date| date.as_str().to_owned());
        let start = date("start").or_else(|| date("effective-date"));
        (self.item_ref(link.subject()), self.item_ref(link.object()), start, date("end"), self.urls().link(link.id()))
    }

    fn parent_parts(&self, child: u32, claim: Option<&PublishedClaim<'_>>) -> Parts {
        let child = self.edition.item_at(child);
        let parent = claim.and_then(|claim| match claim.statement().value() {
            Some(Value::Item(id)) => self.item_ref_by_id(id.as_str()),
            _ => None,
        });
        let held = claim.and_then(PublishedClaim::qualifiers);
        let text = |date: Option<&model::Date>| date.map(|date| date.as_str().to_owned());
        let (from, to) = (held.and_then(|q| q.valid_from.as_ref()), held.and_then(|q| q.valid_to.as_ref()));
        let child = self.item_ref(child);
        let url = format!("{}#facts", child.url);
        (parent.unwrap_or_else(|| child.clone()), child, text(from), text(to), url)
    }

    /// The claim that a step rests on.
    pub fn claim_of(&self, via: Via) -> Option<PublishedClaim<'_>> {
        match via {
            Via::Link(number) => self.edition.link_at(number).asserted(),
            Via::Parent(child) => {
                let claims = self.edition.item_at(child).claims();
                claims.into_iter().find(|claim| claim.property() == "parent")
            }
        }
    }
}

/// Subject, object, start, end, address.
type Parts = (ItemRef, ItemRef, Option<String>, Option<String>, String);
