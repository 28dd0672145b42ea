//! Which items editors have found to be one, and what that makes of the records.
//!
//! Nothing here is automatic: only a decision joins two items, and a later decision on the same two takes it back.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use model::{Decision, Id, OperationNumber, Verdict};

use super::{Body, Owner, State};

/// A decision with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The operation.
    pub number: OperationNumber,
    /// What was decided.
    pub decision: Decision,
}

/// Why a decision can't stand beside those made before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// There is no such item.
    NoItem(Id),
    /// An item is the same as itself.
    Itself,
    /// It was decided so already.
    Decided(OperationNumber),
    /// They are joined already, by way of others.
    Joined,
    /// This item is part of another one already: the decision must name that one.
    PartOf(Id),
    /// These two would become one, and were found to be different.
    Different(Id, Id, OperationNumber),
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoItem(id) => write!(f, "there is no item `{id}`"),
            Self::Itself => f.write_str("an item is the same as itself"),
            Self::Decided(number) => write!(f, "operation {number} decided so already"),
            Self::Joined => f.write_str("both are one by way of other decisions; hint: take back one of those first"),
            Self::PartOf(id) => write!(f, "it is part of `{id}` already; hint: decide on `{id}` instead"),
            Self::Different(one, other, number) => {
                let hint = "decide on those two first";
                write!(f, "`{one}` and `{other}` were found to be different by operation {number}; hint: {hint}")
            }
        }
    }
}

impl State {
    /// All decisions in the order in which they were made, those that later ones replaced included.
    pub fn decisions(&self) -> &[Decided] {
        &self.decisions
    }

    /// The decision on two items that holds, whichever was named first.
    pub fn verdict(&self, one: &str, other: &str) -> Option<&Decided> {
        let on_both = |d: &&Decided| {
            let (from, into) = (d.decision.from.as_str(), d.decision.into.as_str());
            (from, into) == (one, other) || (into, from) == (one, other)
        };
        self.decisions.iter().rev().find(on_both)
    }

    /// The item that this one is part of by decision, if it is.
    pub fn merged_into(&self, id: &str) -> Option<&Id> {
        let (mut at, mut found, mut seen) = (id, None, BTreeSet::from([id]));
        while let Some(next) = self.standing().find(|d| d.from.as_str() == at).map(|d| &d.into) {
            if !seen.insert(next.as_str()) {
                break;
            }
            (at, found) = (next.as_str(), Some(next));
        }
        found
    }

    /// Why this decision must not be made as things stand; `None` if it may.
    pub fn objection(&self, new: &Decision) -> Option<Objection> {
        for id in [&new.from, &new.into] {
            let item = self.items.get(id.as_str()).filter(|item| item.gone.is_none());
            // In an edition what was merged is part of another item, and can be parted from it again.
            if item.is_none_or(|item| item.kind.is_none() && item.merged.is_none()) {
                return Some(Objection::NoItem(id.clone()));
            }
        }
        if new.from == new.into {
            return Some(Objection::Itself);
        }
        let before = self.verdict(new.from.as_str(), new.into.as_str());
        if let Some(before) = before.filter(|d| d.decision.verdict == new.verdict && d.decision.from == new.from) {
            return Some(Objection::Decided(before.number));
        }
        match new.verdict {
            Verdict::Unsure => None,
            Verdict::Different => self.joined_otherwise(new),
            Verdict::Same => self.against_joining(new),
        }
    }

    fn joined_otherwise(&self, new: &Decision) -> Option<Objection> {
        let without = |d: &Decision| !is_on(d, &new.from, &new.into);
        self.group(&new.from, &without).contains(new.into.as_str()).then_some(Objection::Joined)
    }

    fn against_joining(&self, new: &Decision) -> Option<Objection> {
        let others = |d: &Decision| !is_on(d, &new.from, &new.into);
        let (from, into) = (self.group(&new.from, &others), self.group(&new.into, &others));
        if from.contains(new.into.as_str()) {
            return Some(Objection::Joined);
        }
        if let Some(part_of) = self.standing().find(|d| d.from == new.from && others(d)).map(|d| &d.into) {
            return Some(Objection::PartOf(part_of.clone()));
        }
        let pairs = from.iter().flat_map(|one| into.iter().map(move |other| (*one, *other)));
        let mut apart = pairs.filter(|(one, other)| (*one, *other) != (new.from.as_str(), new.into.as_str()));
        apart.find_map(|(one, other)| {
            let decided = self.verdict(one, other).filter(|d| d.decision.verdict == Verdict::Different)?;
            Some(Objection::Different(decided.decision.from.clone(), decided.decision.into.clone(), decided.number))
        })
    }

    /// The decisions by which two items are one now.
    fn standing(&self) -> impl Iterator<Item = &Decision> {
        let holds = |d: &&Decided| {
            let latest = self.verdict(d.decision.from.as_str(), d.decision.into.as_str());
            d.decision.verdict == Verdict::Same && latest.is_some_and(|latest| latest.number == d.number)
        };
        self.decisions.iter().filter(holds).map(|d| &d.decision)
    }

    /// All items that are one with this, itself included, by those decisions that count.
    fn group<'s>(&'s self, id: &'s Id, counts: &dyn Fn(&Decision) -> bool) -> BTreeSet<&'s str> {
        let joins: Vec<&Decision> = self.standing().filter(|d| counts(d)).collect();
        let mut group = BTreeSet::from([id.as_str()]);
        let mut grown = true;
        while grown {
            let before = group.len();
            for join in &joins {
                let ends = [join.from.as_str(), join.into.as_str()];
                if ends.iter().any(|end| group.contains(end)) {
                    group.extend(ends);
                }
            }
            grown = group.len() > before;
        }
        group
    }

    pub(super) fn decide(&mut self, number: OperationNumber, decision: Decision) -> Owner {
        Arc::make_mut(&mut self.decisions).push(Decided { number, decision });
        Owner::Nobody
    }

    /// The state as readers see it: what belongs to a merged item is that of the one it was merged into.
    pub(crate) fn merged(mut self) -> Self {
        let merges: Vec<(u32, Id, u32)> = self
            .standing()
            .filter_map(|d| {
                let into = self.merged_into(d.from.as_str())?.clone();
                let target = self.items.number(into.as_str())?;
                Some((self.items.number(d.from.as_str())?, into, target))
            })
            .filter(|(from, _, target)| from != target && self.items.at(*target).gone.is_none())
            .collect();
        for (from, into, target) in &merges {
            self.merge(*from, into.clone(), *target);
        }
        self
    }

    fn merge(&mut self, from: u32, into: Id, target: u32) {
        let record = self.items.at_mut(from);
        record.merged = Some(into);
        record.kind = None;
        let body = std::mem::take(&mut record.body);
        join(&mut self.items.at_mut(target).body, body);
        let ends = self.links.iter().filter(|(_, link)| link.subject == from || link.object == from);
        for link in ends.map(|(number, _)| number).collect::<Vec<_>>() {
            let link = self.links.at_mut(link);
            link.subject = if link.subject == from { target } else { link.subject };
            link.object = if link.object == from { target } else { link.object };
        }
    }
}

fn is_on(decision: &Decision, one: &Id, other: &Id) -> bool {
    (&decision.from, &decision.into) == (one, other) || (&decision.into, &decision.from) == (one, other)
}

/// Adds the claims and evidence of one body to another's.
fn join(body: &mut Body, other: Body) {
    let offset = u32::try_from(body.evidence.len()).expect("invariant: fewer than 2^32 pieces of evidence");
    body.evidence.extend(other.evidence);
    body.claims.extend(other.claims.into_iter().map(|mut claim| {
        claim.evidence.iter_mut().for_each(|at| *at += offset);
        claim
    }));
    body.claims.sort_by_key(|claim| claim.number);
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Operation;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn decision(verdict: Verdict, from: &str, into: &str) -> Decision {
        Decision { verdict, from: id(from), into: id(into), reason: "register".into(), evidence: vec![] }
    }

    /// Items `a` to `e`, and these decisions.
    fn state(decisions: &[(Verdict, &str, &str)]) -> State {
        let mut state = State::default();
        let mut number = OperationNumber { entry: 0, operation: 0 };
        let items = ["a", "b", "c", "d", "e"].map(|item| Operation::Item { id: id(item), kind: id("company") });
        let decided = decisions.iter().map(|(v, from, into)| Operation::Decision(decision(*v, from, into)));
        for operation in items.into_iter().chain(decided) {
            state.apply(number, operation);
            number.operation += 1;
        }
        state
    }

    use Verdict::{Different, Same, Unsure};

    #[test]
    fn same_is_transitive_and_a_later_verdict_takes_it_back() {
        let told = |decisions: &[(Verdict, &str, &str)]| state(decisions).merged_into("a").map(|id| id.to_string());
        assert_eq!(told(&[]), None);
        assert_eq!(told(&[(Same, "a", "b")]), Some("b".into()));
        assert_eq!(told(&[(Same, "b", "c"), (Same, "a", "b")]), Some("c".into()));
        assert_eq!(told(&[(Same, "a", "b"), (Different, "a", "b")]), None);
        assert_eq!(told(&[(Same, "a", "b"), (Unsure, "b", "a")]), None);
        assert_eq!(told(&[(Same, "a", "b"), (Same, "b", "c"), (Different, "c", "b")]), Some("b".into()));
    }

    #[test]
    fn decisions_in_a_circle_end() {
        assert!(state(&[(Same, "a", "b"), (Same, "b", "c"), (Same, "c", "a")]).merged_into("a").is_some());
    }

    #[test]
    fn what_can_t_stand_beside_earlier_decisions_is_objected_to() {
        let before = state(&[(Same, "a", "b"), (Same, "b", "c"), (Different, "c", "d")]);
        let check = |verdict, from, into, objection| {
            assert_eq!(before.objection(&decision(verdict, from, into)), objection, "{verdict:?} {from} {into}");
        };
        let number = |operation| OperationNumber { entry: 0, operation };
        check(Same, "c", "e", None);
        check(Same, "e", "a", None);
        check(Same, "d", "e", None);
        check(Different, "a", "e", None);
        check(Same, "a", "a", Some(Objection::Itself));
        check(Same, "x", "a", Some(Objection::NoItem(id("x"))));
        check(Same, "a", "b", Some(Objection::Decided(number(5))));
        check(Same, "a", "c", Some(Objection::Joined));
        check(Same, "a", "e", Some(Objection::PartOf(id("b"))));
        check(Same, "d", "a", Some(Objection::Different(id("c"), id("d"), number(7))));
        check(Different, "a", "c", Some(Objection::Joined));
        check(Different, "a", "b", None);
        check(Same, "c", "d", None);
        check(Unsure, "a", "b", None);
    }
}
