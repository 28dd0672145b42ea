//! What the atlas knows of a matched organisation: the lists it is or was on, what it is documented to have done, and
//! how it hangs together with organisations on lists.

use model::{Date, Value};

use crate::edition::Edition;
use crate::graph::{Conditions, Path, Scratch, Way, first_day, last_day};
use crate::view::LinkView;

/// What is known of an item as of a day.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Lists it is, was or will be on.
    pub memberships: Vec<Membership>,
    /// Record numbers of links that say what it did, the latest first.
    pub acts: Vec<u32>,
    /// How it hangs together with items on lists, what says most first; at most [`MOST_EXPOSURES`].
    pub exposures: Vec<Exposure>,
    /// How many items on lists it hangs together with.
    pub exposed_to: usize,
}

/// An entry on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// Record number of the link.
    pub link: u32,
    /// Record number of the list.
    pub list: u32,
    /// Whether it holds on the day asked about.
    pub standing: Standing,
}

/// Whether an entry holds on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It does.
    Current,
    /// It did before.
    Past,
    /// It will only later.
    Later,
}

impl Standing {
    /// As a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Past => "past",
            Self::Later => "later",
        }
    }
}

/// A way from an item to one that is on a list.
#[derive(Debug, Clone)]
pub struct Exposure {
    /// Record number of the item on a list.
    pub item: u32,
    /// The lists it is or was on, by record number.
    pub lists: Vec<u32>,
    /// The way.
    pub path: Path,
}

/// So many exposures are kept.
pub const MOST_EXPOSURES: usize = 20;

/// The most steps of an exposure.
const STEPS: usize = 4;

/// Organisations with more links than this are not passed through.
const HUB: u32 = 256;

/// Types of links that are no act of the item: what lists, indices and its own statements say.
const NO_ACTS: [&str; 4] = ["listed-on", "indexed-by", "responds", "asked-for-reply"];

/// The link types that exposure runs through: ownership, investment and supply.
pub fn exposure_types() -> [&'static str; 4] {
    ["owns", "invests", "supplies", "procures"]
}

impl Edition {
    /// What is known of an item as of a day (`yyyymmdd`).
    pub fn screen_record(&self, item: u32, as_of: i32, scratch: &mut Scratch) -> Record {
        let view = self.item_at(item);
        let begun = |link: &LinkView<'_>| first(link).is_none_or(|day| day <= as_of);
        let mut acts: Vec<LinkView<'_>> = view.links_out();
        acts.extend(view.links_in().into_iter().filter(|link| link.link_type() == "procures"));
        acts.retain(|link| !NO_ACTS.contains(&link.link_type()) && begun(link));
        acts.sort_by_key(|link| (std::cmp::Reverse(link.years().map(|years| years.1)), link.number()));
        let (exposures, exposed_to) = self.exposures(item, as_of, scratch);
        Record {
            memberships: self.memberships(item, as_of),
            acts: acts.iter().map(LinkView::number).collect(),
            exposures,
            exposed_to,
        }
    }

    /// The day that an edition shows: that of its last entry, as `yyyymmdd`; 99991231 for an edition without one.
    pub fn day(&self) -> i32 {
        let digits: String = self.head.day.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(99_991_231)
    }

    fn memberships(&self, item: u32, as_of: i32) -> Vec<Membership> {
        let membership = |link: LinkView<'_>| Membership {
            link: link.number(),
            list: link.object().number(),
            standing: standing(&link, as_of),
        };
        let mut all: Vec<Membership> = self.item_at(item).listings().into_iter().map(membership).collect();
        all.sort_by_key(|one| (one.standing, one.list, one.link));
        all
    }

    fn exposures(&self, item: u32, as_of: i32, scratch: &mut Scratch) -> (Vec<Exposure>, usize) {
        let types = &self.vocabulary.link_types;
        let bits =
            exposure_types().into_iter().filter_map(|id| types.position(id)).fold(0u64, |bits, at| bits | 1 << at);
        let conditions =
            Conditions { types: bits, until: Some(as_of), way: Way::Either, hub: HUB, ..Conditions::default() };
        let reached = self.graph().reach(item, &conditions, STEPS, scratch, |other| self.is_listed(other, as_of));
        let all = reached.len();
        let exposure = |reached: crate::graph::Reached| Exposure {
            lists: self.memberships(reached.item, as_of).iter().map(|one| one.list).collect(),
            item: reached.item,
            path: reached.path,
        };
        (reached.into_iter().take(MOST_EXPOSURES).map(exposure).collect(), all)
    }

    fn is_listed(&self, item: u32, as_of: i32) -> bool {
        let listed = self.joins.out.of(item).iter().map(|link| self.link_at(*link));
        listed.into_iter().any(|link| link.link_type() == "listed-on" && standing(&link, as_of) != Standing::Later)
    }
}

fn standing(link: &LinkView<'_>, as_of: i32) -> Standing {
    let ended = dates(link, &["end"]).filter_map(last_day).max();
    match (first(link), ended) {
        (Some(first), _) if first > as_of => Standing::Later,
        (_, Some(last)) if last < as_of => Standing::Past,
        (_, None) if link.term("status") == Some("ended") => Standing::Past,
        _ => Standing::Current,
    }
}

/// The first day of a link.
fn first(link: &LinkView<'_>) -> Option<i32> {
    dates(link, &["start", "effective-date"]).filter_map(first_day).min()
}

fn dates<'e>(link: &LinkView<'e>, properties: &'static [&'static str]) -> impl Iterator<Item = &'e Date> + use<'e> {
    let link = *link;
    let values = properties.iter().flat_map(move |property| link.values(property));
    values.filter_map(|value| if let Value::Date(date) = value { Some(date) } else { None })
}
