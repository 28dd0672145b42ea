//! Looks up what was planned: the documents that match, with their scores, ascending by document.
//!
//! Scores are BM25 over weighted occurrences. They depend on the lists and the query alone, so that one document
//! asked for alone has the score that it has among all.

use super::lists::{Lists, Posting, ZONES, Zones, zone_of};
use super::plan::{By, Node, Step};

/// A document and its score.
pub(crate) type Match = (u32, f32);

/// How soon more occurrences add nothing.
const SATURATION: f32 = 1.2;

/// How much a long document is marked down. Little: what is well described should not lose by it.
const LENGTH: f32 = 0.3;

/// Everything that a lookup needs.
pub(crate) struct Scorer<'l> {
    lists: &'l Lists,
    /// Of each document, how it is marked down by its length.
    norms: &'l [f32],
    /// For every document of a source the documents that cite it.
    cited_by: &'l dyn Fn(u32) -> &'l [u32],
}

/// How every document is marked down by its length.
pub(crate) fn norms(lists: &Lists) -> Vec<f32> {
    let mean = lists.mean_length();
    let norm = |doc| SATURATION * (1.0 - LENGTH + LENGTH * lists.length(doc) as f32 / mean);
    (0..lists.documents() as u32).map(norm).collect()
}

impl<'l> Scorer<'l> {
    /// Over these lists.
    pub(crate) fn new(lists: &'l Lists, norms: &'l [f32], cited_by: &'l dyn Fn(u32) -> &'l [u32]) -> Self {
        Self { lists, norms, cited_by }
    }

    /// The documents that match; where `within` is given, only those of it.
    pub(crate) fn find(&self, node: &Node, within: Option<&[Match]>) -> Vec<Match> {
        match node {
            Node::Terms { terms, zones, by } => match terms.as_slice() {
                [] => Vec::new(),
                [term] => self.term(*term, *zones, *by, within),
                terms => self.terms(terms, *zones, *by, within),
            },
            Node::Chain { steps, zones, by } => self.chain(steps, *zones, *by, within),
            Node::Any(nodes) => nodes.iter().fold(Vec::new(), |all, node| either(all, self.find(node, within))),
            Node::All(nodes) => self.all(nodes.iter(), within),
            Node::Cites(inner) => keep(self.citing(inner), within),
        }
    }

    /// The documents that match every node, the rarest first; scores add up.
    pub(crate) fn all<'n>(&self, nodes: impl Iterator<Item = &'n Node>, within: Option<&[Match]>) -> Vec<Match> {
        let mut ordered: Vec<(usize, &Node)> = nodes.map(|node| (self.cost(node), node)).collect();
        ordered.sort_by_key(|(cost, _)| *cost);
        let mut found: Option<Vec<Match>> = None;
        for (_, node) in ordered {
            let next = self.find(node, found.as_deref().or(within));
            found = Some(match found {
                None => next,
                Some(before) => both(&before, &next),
            });
        }
        found.unwrap_or_default()
    }

    /// How many entries of lists a node has at most.
    fn cost(&self, node: &Node) -> usize {
        let sum = |terms: &[u32]| terms.iter().map(|term| self.lists.list(*term).len()).sum();
        match node {
            Node::Terms { terms, .. } => sum(terms),
            Node::Chain { steps, .. } => steps.iter().map(|step| sum(&step.terms)).min().unwrap_or(0),
            Node::Any(nodes) => nodes.iter().map(|node| self.cost(node)).sum(),
            Node::All(nodes) => nodes.iter().map(|node| self.cost(node)).min().unwrap_or(0),
            Node::Cites(inner) => 100 * self.cost(inner),
        }
    }

    /// How much it says that a document holds what so many hold.
    pub(crate) fn rarity(&self, count: usize) -> f32 {
        let (all, count) = (self.lists.documents() as f32, count.min(self.lists.documents()) as f32);
        (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
    }

    /// The score of so much weight in a document.
    fn score(&self, doc: u32, weight: f32, rarity: f32, by: By) -> f32 {
        by.worth() * rarity * weight * (SATURATION + 1.0) / (weight + self.norms[doc as usize])
    }

    fn term(&self, term: u32, zones: Zones, by: By, within: Option<&[Match]>) -> Vec<Match> {
        let list = self.lists.list(term);
        let rarity = self.rarity(list.len());
        let mut places = Vec::new();
        let mut found = Vec::with_capacity(within.map_or(list.len(), |w| w.len().min(list.len())));
        let mut take = |at: usize, posting: &Posting| {
            let weight = self.weight(term, at, posting, zones, &mut places);
            if weight > 0 {
                found.push((posting.doc, self.score(posting.doc, f32::from(weight), rarity, by)));
            }
        };
        match within {
            Some(within) => shared(list, within, &mut take),
            None => list.iter().enumerate().for_each(|(at, posting)| take(at, posting)),
        }
        found
    }

    /// The weight of the occurrences in these zones.
    fn weight(&self, term: u32, at: usize, posting: &Posting, zones: Zones, places: &mut Vec<u32>) -> u16 {
        if posting.zones & !zones == 0 {
            return posting.weight;
        }
        if posting.zones & zones == 0 {
            return 0;
        }
        self.lists.places(term, at, places);
        let inside = places.iter().map(|place| usize::from(zone_of(*place))).filter(|zone| zones >> zone & 1 == 1);
        inside.fold(0, |sum: u16, zone| sum.saturating_add(ZONES[zone].1))
    }

    /// Several terms as if they were one.
    fn terms(&self, terms: &[u32], zones: Zones, by: By, within: Option<&[Match]>) -> Vec<Match> {
        let count: usize = terms.iter().map(|term| self.lists.list(*term).len()).sum();
        let rarity = self.rarity(count);
        let mut places = Vec::new();
        let mut weights = Weights::new(self.lists.documents(), count);
        for term in terms {
            for (at, posting) in self.lists.list(*term).iter().enumerate() {
                weights.add(posting.doc, self.weight(*term, at, posting, zones, &mut places));
            }
        }
        let scored = weights.finish().into_iter().map(|(doc, w)| (doc, self.score(doc, f32::from(w), rarity, by)));
        keep(scored.collect(), within)
    }

    fn chain(&self, steps: &[Step], zones: Zones, by: By, within: Option<&[Match]>) -> Vec<Match> {
        let lengths = |step: &Step| step.terms.iter().map(|term| self.lists.list(*term).len()).sum::<usize>();
        let Some(rarest) = (0..steps.len()).min_by_key(|at| lengths(&steps[*at])) else { return Vec::new() };
        let rarity = self.rarity(lengths(&steps[rarest])) * 1.2;
        let mut cursors: Vec<Cursor<'_>> = steps.iter().map(|step| Cursor::new(self.lists, step)).collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(doc) = cursors[rarest].seek(at) {
            at = doc + 1;
            if within.is_some_and(|within| within.binary_search_by_key(&doc, |m| m.0).is_err())
                || !cursors.iter_mut().all(|cursor| cursor.seek(doc) == Some(doc))
            {
                continue;
            }
            let weight = meet(&mut cursors, steps, zones);
            if weight > 0 {
                found.push((doc, self.score(doc, f32::from(weight), rarity, by)));
            }
        }
        found
    }

    /// The sources that are found and what cites them: it matters that they do, not how often.
    fn citing(&self, inner: &Node) -> Vec<Match> {
        let mut docs: Vec<u32> = Vec::new();
        for (source, _) in self.find(inner, None) {
            docs.extend((self.cited_by)(source));
        }
        docs.sort_unstable();
        docs.dedup();
        docs.into_iter().map(|doc| (doc, 1.0)).collect()
    }
}

/// Sums of weights by document: a table for many, a sorted list for few.
enum Weights {
    Table(Vec<u16>),
    Few(Vec<(u32, u16)>),
}

impl Weights {
    fn new(documents: usize, count: usize) -> Self {
        if count * 16 > documents { Self::Table(vec![0; documents]) } else { Self::Few(Vec::with_capacity(count)) }
    }

    fn add(&mut self, doc: u32, weight: u16) {
        match self {
            Self::Table(table) => table[doc as usize] = table[doc as usize].saturating_add(weight),
            Self::Few(few) => few.push((doc, weight)),
        }
    }

    fn finish(self) -> Vec<(u32, u16)> {
        match self {
            Self::Table(table) => (0..).zip(table).filter(|(_, weight)| *weight > 0).collect(),
            Self::Few(mut few) => {
                few.sort_unstable_by_key(|(doc, _)| *doc);
                let sums = few.chunk_by(|a, b| a.0 == b.0);
                let sums = sums.map(|same| (same[0].0, same.iter().fold(0u16, |sum, (_, w)| sum.saturating_add(*w))));
                sums.filter(|(_, weight)| *weight > 0).collect()
            }
        }
    }
}

/// Goes through the documents of one step of a chain.
struct Cursor<'l> {
    lists: &'l Lists,
    /// Each term with its list and how far it has been read.
    open: Vec<(u32, &'l [Posting], usize)>,
    places: Vec<u32>,
}

impl<'l> Cursor<'l> {
    fn new(lists: &'l Lists, step: &Step) -> Self {
        let open = step.terms.iter().map(|term| (*term, lists.list(*term), 0)).collect();
        Self { lists, open, places: Vec::new() }
    }

    /// The first document from `doc` on. Must not be asked for an earlier one than before.
    fn seek(&mut self, doc: u32) -> Option<u32> {
        let mut least = None;
        for (_, list, at) in &mut self.open {
            *at = gallop(list, *at, doc);
            if let Some(posting) = list.get(*at) {
                least = Some(least.map_or(posting.doc, |least: u32| least.min(posting.doc)));
            }
        }
        least
    }

    /// The places of the step in the document it stands at.
    fn places(&mut self, doc: u32, into: &mut Vec<u32>) {
        into.clear();
        for (term, list, at) in &self.open {
            if list.get(*at).is_some_and(|posting| posting.doc == doc) {
                self.lists.places(*term, *at, &mut self.places);
                into.extend_from_slice(&self.places);
            }
        }
        if self.open.len() > 1 {
            into.sort_unstable();
        }
    }
}

/// The first entry from `at` on whose document is `doc` or later.
fn gallop(list: &[Posting], at: usize, doc: u32) -> usize {
    let (mut low, mut step) = (at, 1);
    while list.get(low + step).is_some_and(|posting| posting.doc < doc) {
        low += step;
        step *= 2;
    }
    let high = (low + step + 1).min(list.len());
    low.min(high) + list[low.min(high)..high].partition_point(|posting| posting.doc < doc)
}

/// The weight of the places at which all steps stand in order, in a document that all cursors stand at.
fn meet(cursors: &mut [Cursor<'_>], steps: &[Step], zones: Zones) -> u16 {
    let Some(doc) = cursors[0].open.iter().filter_map(|(_, list, at)| list.get(*at)).map(|p| p.doc).min() else {
        return 0;
    };
    let (mut starts, mut next) = (Vec::new(), Vec::new());
    cursors[0].places(doc, &mut starts);
    for (cursor, step) in cursors.iter_mut().zip(steps).skip(1) {
        cursor.places(doc, &mut next);
        starts.retain(|start| next.binary_search(&(start + step.offset)).is_ok());
        if starts.is_empty() {
            return 0;
        }
    }
    starts.dedup();
    let inside = starts.iter().map(|place| usize::from(zone_of(*place))).filter(|zone| zones >> zone & 1 == 1);
    inside.fold(0, |sum: u16, zone| sum.saturating_add(ZONES[zone].1))
}

/// Gives the entries whose documents are among the matches.
fn shared(list: &[Posting], within: &[Match], take: &mut dyn FnMut(usize, &Posting)) {
    let mut at = 0;
    for (doc, _) in within {
        at = gallop(list, at, *doc);
        match list.get(at) {
            Some(posting) if posting.doc == *doc => take(at, posting),
            Some(_) => {}
            None => break,
        }
    }
}

/// The matches that are among others.
pub(crate) fn keep(found: Vec<Match>, within: Option<&[Match]>) -> Vec<Match> {
    match within {
        None => found,
        Some(within) => {
            let mut others = within.iter().map(|(doc, _)| *doc).peekable();
            found
                .into_iter()
                .filter(|(doc, _)| {
                    while others.next_if(|other| other < doc).is_some() {}
                    others.peek() == Some(doc)
                })
                .collect()
        }
    }
}

/// What is in both; scores add up.
fn both(a: &[Match], b: &[Match]) -> Vec<Match> {
    let mut found = Vec::with_capacity(a.len().min(b.len()));
    let mut others = b.iter().peekable();
    for (doc, score) in a {
        while others.next_if(|(other, _)| other < doc).is_some() {}
        if let Some((_, more)) = others.peek().filter(|(other, _)| other == doc) {
            found.push((*doc, score + more));
        }
    }
    found
}

/// What is in either, with the better score.
fn either(a: Vec<Match>, b: Vec<Match>) -> Vec<Match> {
    if a.is_empty() || b.is_empty() {
        return if a.is_empty() { b } else { a };
    }
    let mut all = Vec::with_capacity(a.len() + b.len());
    let (mut left, mut right) = (a.into_iter().peekable(), b.into_iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (Some((x, s)), Some((y, t))) if x == y => {
                all.push((*x, s.max(*t)));
                left.next();
                right.next();
            }
            (Some((x, _)), Some((y, _))) => all.extend(if x < y { left.next() } else { right.next() }),
            (Some(_), None) => all.extend(left.by_ref()),
            (None, Some(_)) => all.extend(right.by_ref()),
            (None, None) => return all,
        }
    }
}

/// What is in the first and not in the second.
pub(crate) fn without(found: Vec<Match>, excluded: &[Match]) -> Vec<Match> {
    found.into_iter().filter(|(doc, _)| excluded.binary_search_by_key(doc, |m| m.0).is_err()).collect()
}
