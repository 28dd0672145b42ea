//! Who is connected to whom: every published link as a step between two items, to be walked under conditions.
//!
//! The steps of an item lie side by side in one array (compressed sparse rows), so a path of up to four steps
//! among a million links is a matter of microseconds. A walk looks at the date and the evidence of every step
//! that it takes, never passes through a list, law, place or collective item (being on the same list connects nobody), and
//! gives the same answer every time.

mod all;
mod build;
mod component;
mod path;
mod reach;
mod shortest;

pub use all::Paths;
pub(crate) use build::{first_day, last_day};
pub use path::{Hop, HopStep, Path};
pub use reach::Reached;

/// What a step rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// A link, by record number.
    Link(u32),
    /// An item's claim that the other is its parent, by the item's record number.
    Parent(u32),
}

/// A link as the graph is built from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkInput {
    /// What it rests on.
    pub via: Via,
    /// Where it goes from.
    pub subject: u32,
    /// Where it goes to.
    pub object: u32,
    /// Index of its type, below 64.
    pub link_type: u8,
    /// Index of its confidence, below 4; 0 is the surest, 3 is disputed.
    pub confidence: u8,
    /// The first day on which it may have held, as the number `yyyymmdd`; `None` if unknown.
    pub from: Option<i32>,
    /// The last day on which it may have held; `None` if unknown or still going on.
    pub until: Option<i32>,
    /// An offer that is no proven sale.
    pub offered: bool,
}

/// A direction to walk a link in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// From subject to object only.
    Along,
    /// Both ways.
    #[default]
    Either,
}

/// What every step of a walk must meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conditions {
    /// Bit per link type.
    pub types: u64,
    /// Bit per confidence.
    pub confidences: u8,
    /// The link may have held on this day (`yyyymmdd`) or later. An unknown end is open.
    pub since: Option<i32>,
    /// The link may have held on this day or before. An unknown beginning is open.
    pub until: Option<i32>,
    /// Whether links without any date pass.
    pub undated: bool,
    /// Whether offers without a proven sale pass.
    pub offered: bool,
    /// Which way links are walked.
    pub way: Way,
    /// Items with more steps than this are not passed through.
    pub hub: u32,
}

impl Default for Conditions {
    /// Everything passes but offers.
    fn default() -> Self {
        Self {
            types: u64::MAX,
            confidences: u8::MAX,
            since: None,
            until: None,
            undated: true,
            offered: false,
            way: Way::Either,
            hub: u32::MAX,
        }
    }
}

/// The graph of an edition.
#[derive(Debug, Default)]
pub struct Graph {
    /// Of item `n` the steps along its links begin at `starts[2n]`, those against them at `starts[2n + 1]`.
    starts: Vec<u32>,
    steps: Vec<Step>,
    /// Items that only begin or end a path.
    ends_only: Vec<bool>,
}

/// A link seen from one of its ends: 20 bytes, two for each link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    to: u32,
    via: u32,
    from: i32,
    until: i32,
    link_type: u8,
    confidence: u8,
    marks: u8,
}

const OFFERED: u8 = 1;
const UNDATED: u8 = 2;

/// The top bit of a step's `via` says that it is an item's claim and no link.
const PARENT: u32 = 1 << 31;

/// Conditions as one pass over a step needs them.
#[derive(Clone, Copy)]
struct Filter {
    types: u64,
    confidences: u8,
    since: i32,
    until: i32,
    refused: u8,
    way: Way,
    hub: u32,
}

/// Room for one walk after the other; one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Per side and item: the walk that last saw it, and from where or how near.
    seen: [Vec<(u32, u32)>; 2],
    walk: u32,
}

impl Graph {
    /// Builds the graph of `items` items; `ends_only` says which are never passed through. Links that name other
    /// items, and links from an item to itself, are left out. `O(n log n)` in the number of links.
    pub fn new(items: usize, links: &[LinkInput], ends_only: impl Fn(u32) -> bool) -> Self {
        build::graph(items, links, ends_only)
    }

    /// How many items it has.
    pub fn len(&self) -> usize {
        self.ends_only.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ends_only.is_empty()
    }

    /// How many links begin or end at an item.
    pub fn degree(&self, item: u32) -> u32 {
        let at = item as usize * 2;
        self.starts.get(at + 2).map_or(0, |end| end - self.starts[at])
    }

    /// What it costs to pass through an item: nothing below 8 links, then half a step for each doubling. This
    /// damps hubs, which connect everybody with everybody.
    pub fn damping(&self, item: u32) -> u32 {
        (self.degree(item) / 4).max(1).ilog2()
    }

    /// The steps of an item as a walk sees them. `back` walks links the other way round.
    fn steps(&self, item: u32, filter: &Filter, back: bool) -> &[Step] {
        let at = item as usize * 2;
        let (from, to) = match (filter.way, back) {
            (Way::Either, _) => (at, at + 2),
            (Way::Along, false) => (at, at + 1),
            (Way::Along, true) => (at + 1, at + 2),
        };
        &self.steps[self.starts[from] as usize..self.starts[to] as usize]
    }

    /// Whether a walk may go on from an item that it has come to.
    fn passable(&self, item: u32, filter: &Filter) -> bool {
        !self.ends_only[item as usize] && self.degree(item) <= filter.hub
    }
}

impl Conditions {
    fn filter(&self) -> Filter {
        let refused = if self.offered { 0 } else { OFFERED } | if self.undated { 0 } else { UNDATED };
        Filter {
            types: self.types,
            confidences: self.confidences,
            since: self.since.unwrap_or(i32::MIN),
            until: self.until.unwrap_or(i32::MAX),
            refused,
            way: self.way,
            hub: self.hub,
        }
    }
}

impl Filter {
    fn passes(&self, step: &Step) -> bool {
        self.types >> step.link_type & 1 != 0
            && self.confidences >> step.confidence & 1 != 0
            && step.from <= self.until
            && step.until >= self.since
            && step.marks & self.refused == 0
    }
}

impl Step {
    fn via(&self) -> Via {
        if self.via & PARENT == 0 { Via::Link(self.via) } else { Via::Parent(self.via & !PARENT) }
    }
}

impl Scratch {
    /// Forgets the last walk in no time.
    fn begin(&mut self, items: usize) {
        self.walk = self.walk.wrapping_add(1);
        if self.walk == 0 || self.seen[0].len() != items {
            self.seen = [vec![(0, 0); items], vec![(0, 0); items]];
            self.walk = 1;
        }
    }

    fn seen(&self, side: usize, item: u32) -> Option<u32> {
        let (walk, what) = self.seen[side][item as usize];
        (walk == self.walk).then_some(what)
    }

    fn see(&mut self, side: usize, item: u32, what: u32) {
        self.seen[side][item as usize] = (self.walk, what);
    }
}

#[cfg(test)]
pub(crate) mod tests;
