//! Whom an item is connected with: owners above, what it owns below, everybody else by kind of link.

use edition::graph::{Conditions, Hop, Way};
use serde::Serialize;

use crate::view::Maker;
use crate::view::terms::{ItemRef, Term};
use crate::view::tie::Tie;

/// An item with everything around it.
#[derive(Serialize)]
pub(crate) struct Connections {
    /// The item.
    pub item: ItemRef,
    /// How many items hang together with it in any number of steps, itself included.
    pub network: usize,
    /// Its owners, and theirs, up to three levels; each once.
    pub owners: Vec<Kin>,
    /// What it owns, and so on, up to three levels; each once.
    pub owned: Vec<Kin>,
    /// Everybody else, by type and direction of link.
    pub groups: Vec<Circle>,
    /// The conditions as a query string.
    pub conditions: String,
}

/// A relative by ownership.
#[derive(Serialize)]
pub(crate) struct Kin {
    /// Who.
    pub item: ItemRef,
    /// How many steps away, from 1.
    pub level: usize,
    /// The relative one step nearer (the item itself at level 1), by id.
    pub next_to: String,
    /// What connects the two, the surest first.
    pub ties: Vec<Tie>,
}

/// Those who are connected by one type of link in one direction.
#[derive(Serialize)]
pub(crate) struct Circle {
    /// The link type; the label reads from the item to the others.
    #[serde(rename = "type")]
    pub link_type: Term,
    /// `out` for links that go from the item, `in` for links that come to it.
    pub way: &'static str,
    /// How many there are.
    pub total: usize,
    /// The first of them, those with most links first; at most [`MOST`].
    pub others: Vec<Neighbour>,
}

/// Someone at the other end.
#[derive(Serialize)]
pub(crate) struct Neighbour {
    /// Who.
    pub item: ItemRef,
    /// The surest tie of this type.
    pub tie: Tie,
    /// How many ties of this type there are between the two.
    pub ties: usize,
    /// How many links the other has in all.
    pub degree: u32,
}

/// So many levels of ownership are shown.
const LEVELS: usize = 3;

/// So many relatives are shown in each direction.
const MOST_KIN: usize = 200;

/// So many neighbours are shown in each group.
pub(crate) const MOST: usize = 40;

const OWNS: &str = "owns";

impl Maker<'_> {
    /// Whom an item is connected with under conditions.
    pub fn connections(
        &self,
        item: edition::Item<'_>,
        conditions: &Conditions,
        network: usize,
        query: String,
    ) -> Connections {
        Connections {
            item: self.item_ref(item),
            network,
            owners: self.kin(item.number(), conditions, true),
            owned: self.kin(item.number(), conditions, false),
            groups: self.circles(item.number(), conditions),
            conditions: query,
        }
    }

    fn bit(&self, link_type: &str) -> u64 {
        self.edition.vocabulary().link_types.position(link_type).map_or(0, |at| 1 << at)
    }

    fn kin(&self, item: u32, conditions: &Conditions, back: bool) -> Vec<Kin> {
        let graph = self.edition.graph();
        let conditions = Conditions { types: conditions.types & self.bit(OWNS), way: Way::Along, ..*conditions };
        let (mut seen, mut front, mut kin) = (vec![item], vec![item], Vec::new());
        for level in 1..=LEVELS {
            for near in std::mem::take(&mut front) {
                for (other, hop) in graph.neighbours(near, &conditions, back) {
                    if kin.len() == MOST_KIN || seen.contains(&other) {
                        continue;
                    }
                    seen.push(other);
                    front.push(other);
                    kin.push(self.one_kin(other, near, level, &hop));
                }
            }
        }
        kin
    }

    fn one_kin(&self, other: u32, near: u32, level: usize, hop: &Hop) -> Kin {
        Kin {
            item: self.item_ref(self.edition.item_at(other)),
            level,
            next_to: self.edition.item_at(near).id().into(),
            ties: hop.steps.iter().map(|step| self.tie(*step)).collect(),
        }
    }

    fn circles(&self, item: u32, conditions: &Conditions) -> Vec<Circle> {
        let types = &self.edition.vocabulary().link_types;
        let wanted = types.all().iter().enumerate().filter(|(_, t)| t.id.as_str() != OWNS);
        let mut circles = Vec::new();
        for (at, link_type) in wanted.filter(|(at, _)| conditions.types >> at & 1 != 0) {
            for back in [false, true] {
                let one = Conditions { types: 1 << at, way: Way::Along, ..*conditions };
                let label = if back { &link_type.inverse } else { &link_type.label };
                let term = Term { label: label.get(self.lang.tag()).into(), ..self.link_type(link_type.id.as_str()) };
                circles.extend(self.circle(item, term, &one, back));
            }
        }
        circles
    }

    fn circle(&self, item: u32, link_type: Term, conditions: &Conditions, back: bool) -> Option<Circle> {
        let graph = self.edition.graph();
        let mut others = graph.neighbours(item, conditions, back);
        others.sort_by_key(|(other, hop)| (std::cmp::Reverse(hop.steps.len()), *other));
        let neighbour = |(other, hop): &(u32, Hop)| Neighbour {
            item: self.item_ref(self.edition.item_at(*other)),
            tie: self.tie(hop.surest()),
            ties: hop.steps.len(),
            degree: graph.degree(*other),
        };
        (!others.is_empty()).then(|| Circle {
            link_type,
            way: if back { "in" } else { "out" },
            total: others.len(),
            others: others.iter().take(MOST).map(neighbour).collect(),
        })
    }
}
