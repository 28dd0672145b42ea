//! Which links, claims and sources belong to which record: the indices behind the pages.

use model::{Confidence, Stance};

use crate::state::{Body, State};

/// What a source is cited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cites {
    /// Claims about an item, by record number.
    Item(u32),
    /// Claims about a link, by record number.
    Link(u32),
}

/// Lists of record numbers per record number, laid end to end.
#[derive(Debug)]
pub(crate) struct Lists<T> {
    starts: Vec<u32>,
    values: Vec<T>,
}

impl<T: Ord> Lists<T> {
    /// Sorts pairs into one list for each of `count` records; equal pairs are kept once.
    pub(crate) fn new(count: usize, mut pairs: Vec<(u32, T)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0u32; count + 1];
        pairs.iter().for_each(|(key, _)| starts[*key as usize + 1] += 1);
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        Self { starts, values: pairs.into_iter().map(|(_, value)| value).collect() }
    }

    /// The list of one record.
    pub(crate) fn of(&self, key: u32) -> &[T] {
        let key = key as usize;
        match self.starts.get(key..key + 2) {
            Some([from, to]) => &self.values[*from as usize..*to as usize],
            _ => &[],
        }
    }
}

/// The indices of an edition.
#[derive(Debug)]
pub(crate) struct Joins {
    /// Links by subject.
    pub(crate) out: Lists<u32>,
    /// Links by object.
    pub(crate) into: Lists<u32>,
    /// Uses by source.
    pub(crate) uses: Lists<(Stance, Cites)>,
    /// Sources that relay a source.
    pub(crate) relayed_by: Lists<u32>,
    /// Items whose parent is this item.
    pub(crate) children: Lists<u32>,
}

impl Joins {
    /// Sorts every published link, use and relay. `O(n log n)` in their number.
    pub(crate) fn new(state: &State, confidence: &[Option<Confidence>]) -> Self {
        let published = || state.links.iter().filter(|(n, _)| confidence[*n as usize].is_some());
        let items = state.items.len();
        Self {
            out: Lists::new(items, published().map(|(n, link)| (link.subject, n)).collect()),
            into: Lists::new(items, published().map(|(n, link)| (link.object, n)).collect()),
            uses: Lists::new(state.sources.len(), uses(state, confidence)),
            relayed_by: Lists::new(state.sources.len(), relays(state)),
            children: Lists::new(items, children(state)),
        }
    }
}

fn uses(state: &State, confidence: &[Option<Confidence>]) -> Vec<(u32, (Stance, Cites))> {
    let mut pairs = Vec::new();
    for (n, item) in state.items.iter().filter(|(_, item)| item.gone.is_none()) {
        cited(&item.body, Cites::Item(n), &mut pairs);
    }
    for (n, link) in state.links.iter().filter(|(n, _)| confidence[*n as usize].is_some()) {
        cited(&link.body, Cites::Link(n), &mut pairs);
    }
    pairs
}

fn cited(body: &Body, by: Cites, pairs: &mut Vec<(u32, (Stance, Cites))>) {
    for claim in body.claims.iter().filter(|c| c.gone.is_none()) {
        pairs.extend(body.evidence_of(claim).map(|e| (e.source, (e.stance, by))));
    }
}

fn relays(state: &State) -> Vec<(u32, u32)> {
    let live = state.sources.iter().filter(|(_, s)| s.gone.is_none());
    let pairs = live.flat_map(|(n, s)| s.source.iter().flat_map(|s| &s.relays).map(move |id| (id, n)));
    pairs.filter_map(|(id, n)| Some((state.sources.number(id.as_str())?, n))).collect()
}

fn children(state: &State) -> Vec<(u32, u32)> {
    let fields = crate::fields::Fields::new(state);
    let live = state.items.iter().filter(|(_, item)| item.gone.is_none());
    let parents = live.flat_map(|(n, item)| fields.values(&item.body, "parent").map(move |value| (value, n)));
    let number = |value: &model::Value| match value {
        model::Value::Item(id) => state.items.number(id.as_str()),
        _ => None,
    };
    parents.filter_map(|(value, n)| Some((number(value)?, n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_free_of_repeats() {
        let lists = Lists::new(4, vec![(2, 9), (0, 5), (2, 3), (2, 9)]);
        assert_eq!(lists.of(0), [5]);
        assert_eq!(lists.of(1), [0u32; 0]);
        assert_eq!(lists.of(2), [3, 9]);
        assert_eq!(lists.of(7), [0u32; 0]);
    }
}
