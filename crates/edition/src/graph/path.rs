//! A path with everything that its steps rest on.

use super::{Conditions, Filter, Graph, Step, Via};

/// A way from one item to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The items on the way, both ends included; no item stands twice.
    pub items: Vec<u32>,
    /// Between each two of them, what connects them.
    pub hops: Vec<Hop>,
    /// Two for each step, and the damping of every item passed through.
    pub cost: u32,
}

/// What connects two neighbours on a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// Every link that meets the conditions, the surest first; never empty.
    pub steps: Vec<HopStep>,
}

/// A link of a hop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HopStep {
    /// What it rests on.
    pub via: Via,
    /// Whether it is walked from its object to its subject.
    pub against: bool,
    /// Index of its type.
    pub link_type: u8,
    /// Index of its confidence.
    pub confidence: u8,
    /// The last day on which it may have held; `None` if unknown or still going on.
    pub until: Option<i32>,
}

impl Hop {
    /// Its surest link: a hop is as sure as this one.
    pub fn surest(&self) -> HopStep {
        self.steps[0]
    }
}

impl Path {
    /// The number of the hop with the weakest evidence; the first of equals. `None` for a path without steps.
    pub fn weakest(&self) -> Option<usize> {
        (0..self.hops.len()).max_by_key(|n| (self.hops[*n].surest().confidence, std::cmp::Reverse(*n)))
    }

    /// What paths are ordered by: cost, then the weakest evidence, then length, then the items' numbers.
    pub fn rank(&self) -> (u32, u8, usize, &[u32]) {
        let weakest = self.weakest().map_or(0, |n| self.hops[n].surest().confidence);
        (self.cost, weakest, self.items.len(), &self.items)
    }
}

impl Graph {
    /// The path along these items, or `None` if two neighbours are not connected under the conditions.
    pub fn path(&self, items: Vec<u32>, conditions: &Conditions) -> Option<Path> {
        let filter = conditions.filter();
        let hops: Option<Vec<Hop>> = items.windows(2).map(|pair| self.hop(pair[0], pair[1], &filter)).collect();
        let cost = self.cost(&items);
        Some(Path { hops: hops?, cost, items })
    }

    /// The items next to one, each with what connects them, in the order of their numbers. With [`super::Way::Along`] those
    /// that its links lead to, or with `back` those whose links lead to it.
    pub fn neighbours(&self, item: u32, conditions: &Conditions, back: bool) -> Vec<(u32, Hop)> {
        if item as usize >= self.len() {
            return Vec::new();
        }
        let filter = conditions.filter();
        let steps = self.steps(item, &filter, back).iter().filter(|step| filter.passes(step));
        let mut others: Vec<u32> = steps.map(|step| step.to).collect();
        others.sort_unstable();
        others.dedup();
        let hop = |other: u32| {
            let (from, to) = if back { (other, item) } else { (item, other) };
            Some((other, self.hop(from, to, &filter)?))
        };
        others.into_iter().filter_map(hop).collect()
    }

    /// What paths along these items cost.
    pub(super) fn cost(&self, items: &[u32]) -> u32 {
        let inner = items.get(1..items.len().saturating_sub(1)).unwrap_or_default();
        let steps = items.len().saturating_sub(1) as u32;
        steps * 2 + inner.iter().map(|item| self.damping(*item)).sum::<u32>()
    }

    fn hop(&self, from: u32, to: u32, filter: &Filter) -> Option<Hop> {
        let mut steps: Vec<HopStep> =
            self.between(from, to, false).map(|s| (s, false)).filter_map(passing(filter)).collect();
        if filter.way == super::Way::Either {
            steps.extend(self.between(from, to, true).map(|s| (s, true)).filter_map(passing(filter)));
        }
        steps.sort_by_key(|s| (s.confidence, s.via));
        (!steps.is_empty()).then_some(Hop { steps })
    }

    /// The steps from one item to another along (or against) its links.
    pub(super) fn between(&self, from: u32, to: u32, against: bool) -> impl Iterator<Item = &Step> {
        let slot = from as usize * 2 + usize::from(against);
        let steps = &self.steps[self.starts[slot] as usize..self.starts[slot + 1] as usize];
        let key = (self.degree(to), to);
        let first = steps.partition_point(|s| (self.degree(s.to), s.to) < key);
        steps[first..].iter().take_while(move |s| s.to == to)
    }
}

fn passing(filter: &Filter) -> impl Fn((&Step, bool)) -> Option<HopStep> + '_ {
    |(step, against)| {
        filter.passes(step).then(|| HopStep {
            via: step.via(),
            against,
            link_type: step.link_type,
            confidence: step.confidence,
            until: (step.until != i32::MAX).then_some(step.until),
        })
    }
}
