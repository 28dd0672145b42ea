//! Turns what a dataset says into the operations that bring the ledger up to it, and no more.
//!
//! A dataset speaks for itself only. It takes back its own evidence; a claim goes with it when no
//! other dataset has evidence for that claim. What someone withdrew or redacted by hand stays so.

mod subject;
mod words;

use std::collections::BTreeSet;

use edition::{Body, Gone, ItemRecord, LinkRecord, State};
use model::{Id, Operation, OperationNumber, Problem, Reference, Subject, Target, Where};

use crate::facts::{Facts, SourceFacts, StoryFacts, TermFacts, WithdrawalFacts};
use crate::live;
use crate::outcome::{Changes, Options};
use crate::table::Spot;

/// Why imports take things back; anything else was taken back by a person and is left alone.
const NO_LONGER_STATED: &str = "no longer stated in the file";
const NO_LONGER_THERE: &str = "no longer in the file";

/// The operations of one entry while they are being made.
pub(crate) struct Diff<'a> {
    state: &'a State,
    /// The number that the entry will get.
    entry: u32,
    files: &'a [String],
    dataset: Option<u16>,
    /// What is there already is not said again, whoever said it.
    adds: bool,
    operations: &'a mut Vec<Operation>,
    withdrawals: Vec<Operation>,
    evidence: Vec<Operation>,
    changes: &'a mut Changes,
    problems: &'a mut Vec<Problem>,
}

/// What the datasets of one entry share.
pub(crate) struct Entry<'a> {
    pub number: u32,
    pub files: &'a [String],
    pub operations: &'a mut Vec<Operation>,
    pub changes: &'a mut Changes,
    pub problems: &'a mut Vec<Problem>,
}

/// Adds to the entry what brings `state` up to `facts`.
pub(crate) fn diff(facts: Facts, state: &State, options: &Options, entry: Entry<'_>) {
    let Entry { number, files, operations, changes, problems } = entry;
    // What only adds owns nothing of what is there, so that nothing is taken back for not being said again.
    let adds = facts.covers.adds;
    let dataset = live::dataset_number(state, &facts.origin.dataset).filter(|_| !adds);
    let before = operations.len();
    operations.push(Operation::Begin(facts.origin.clone()));
    let mut diff = Diff {
        state,
        entry: number,
        files,
        dataset,
        adds,
        operations,
        withdrawals: vec![],
        evidence: vec![],
        changes,
        problems,
    };
    diff.missing(&facts, options.withdraw_missing);
    diff.run(facts);
    if operations.len() == before + 1 {
        operations.pop();
    }
}

impl Diff<'_> {
    fn run(&mut self, facts: Facts) {
        let Facts { sources, items, links, terms, stories, withdrawals, covers, .. } = facts;
        sources.into_iter().for_each(|s| self.source(s));
        let known: Vec<bool> = items.iter().map(|i| self.item(&i.id, i.kind.as_ref())).collect();
        let links: Vec<_> = links.into_iter().map(|l| (self.link(&l.link), l)).collect();
        for (item, known) in items.into_iter().zip(known) {
            self.subject(Subject::Item(item.id), item.body, &covers, known);
        }
        for (known, link) in links {
            self.subject(Subject::Link(link.link.id), link.body, &covers, known);
        }
        self.operations.append(&mut self.evidence);
        terms.into_iter().for_each(|t| self.term(t));
        stories.into_iter().for_each(|s| self.story(s));
        withdrawals.into_iter().for_each(|w| self.named(w));
        self.operations.append(&mut self.withdrawals);
    }

    fn source(&mut self, facts: SourceFacts) {
        let SourceFacts { source, at } = facts;
        let live = self.state.sources().get(source.id.as_str()).filter(|s| s.source.is_some());
        let Some(record) = live else {
            self.changes.added += 1;
            self.changes.lines.push(format!("+ source `{}`", source.id));
            return self.operations.push(Operation::Source(source));
        };
        if record.source.as_ref() == Some(&source)
            || self.closed(record.gone.as_ref(), at, &format!("source `{}`", source.id))
        {
            return;
        }
        if self.dataset != Some(record.dataset) {
            let what = format!(
                "source `{}` is described otherwise by `{}`, which is kept",
                source.id,
                self.state.dataset(record.dataset)
            );
            return self.problems.push(Problem::note(self.place(at), what));
        }
        self.changes.changed += 1;
        self.changes.lines.push(format!("~ source `{}`", source.id));
        self.operations.push(Operation::Source(source));
    }

    fn term(&mut self, facts: TermFacts) {
        let TermFacts { term, at } = facts;
        let live = self.state.terms().get(&term.id);
        let sign = match live {
            None => '+',
            Some(record) if record.term == term && record.gone.is_none() => return,
            // What two persons at the desk decide takes the place of what a file said.
            Some(record) if Some(record.dataset) != self.dataset && !self.adds => {
                let what = format!("term `{}` is explained otherwise by another dataset, which is kept", term.id);
                return self.problems.push(Problem::note(self.place(at), what));
            }
            Some(_) => '~',
        };
        *(if sign == '+' { &mut self.changes.added } else { &mut self.changes.changed }) += 1;
        self.changes.lines.push(format!("{sign} term `{}`", term.id));
        self.operations.push(Operation::Term(term));
    }

    fn story(&mut self, facts: StoryFacts) {
        let StoryFacts { story, at } = facts;
        let named = format!("story `{}` ({})", story.id, story.title.lang());
        let key = (story.id.clone(), story.title.lang().into());
        let sign = match self.state.stories().get(&key) {
            None => '+',
            Some(record) if record.story == story && record.gone.is_none() => return,
            Some(record) if self.closed(record.gone.as_ref(), at, &named) => return,
            Some(record) if Some(record.dataset) != self.dataset => {
                let what = format!("{named} is told otherwise by another dataset, which is kept");
                return self.problems.push(Problem::note(self.place(at), what));
            }
            Some(_) => '~',
        };
        *(if sign == '+' { &mut self.changes.added } else { &mut self.changes.changed }) += 1;
        self.changes.lines.push(format!("{sign} {named}"));
        self.operations.push(Operation::Story(story));
    }

    /// Adds or changes an item; true if it was live before.
    fn item(&mut self, id: &Id, kind: Option<&Id>) -> bool {
        let live = self.state.items().get(id.as_str()).filter(|i| i.kind.is_some());
        let (Some(kind), operations) = (kind, &mut *self.operations) else { return live.is_some() };
        let operation = || Operation::Item { id: id.clone(), kind: kind.clone() };
        match live {
            None => {
                self.changes.added += 1;
                self.changes.lines.push(format!("+ item `{id}` ({kind})"));
                operations.push(operation());
                false
            }
            Some(record) => {
                let own = Some(record.dataset) == self.dataset;
                let refines = kind.as_str() == "cable";
                let returns = record.gone.as_ref().is_some_and(|g| &*g.reason == NO_LONGER_THERE);
                if returns || (record.kind.as_ref() != Some(kind) && (own || refines) && record.gone.is_none()) {
                    self.changes.changed += 1;
                    self.changes.lines.push(format!("~ item `{id}` ({kind})"));
                    operations.push(operation());
                }
                true
            }
        }
    }

    /// Adds or changes a link; true if it was live before.
    fn link(&mut self, link: &model::Link) -> bool {
        let live = self.state.links().get(link.id.as_str()).filter(|l| l.link.is_some());
        let line = |sign| format!("{sign} link `{}`: `{}` {} `{}`", link.id, link.subject, link.link_type, link.object);
        match live {
            None => {
                self.changes.added += 1;
                self.changes.lines.push(line('+'));
                self.operations.push(Operation::Link(link.clone()));
                false
            }
            Some(record) => {
                let own = Some(record.dataset) == self.dataset;
                let returns = record.gone.as_ref().is_some_and(|g| &*g.reason == NO_LONGER_THERE);
                if returns || (own && record.gone.is_none() && record.link.as_ref() != Some(link)) {
                    self.changes.changed += 1;
                    self.changes.lines.push(line('~'));
                    self.operations.push(Operation::Link(link.clone()));
                }
                true
            }
        }
    }

    /// Reports a record that a person has withdrawn; true if so.
    fn closed(&mut self, gone: Option<&Gone>, at: Spot, what: &str) -> bool {
        let by_hand = gone.filter(|g| ![NO_LONGER_STATED, NO_LONGER_THERE].contains(&&*g.reason));
        if let Some(gone) = by_hand {
            self.problems
                .push(Problem::note(self.place(at), format!("{what} was withdrawn (`{}`) and stays so", gone.reason)));
        }
        by_hand.is_some()
    }

    fn place(&self, spot: Spot) -> Where {
        place(self.files, spot)
    }

    /// The reference of a claim that may be of this very entry.
    fn reference(&self, number: OperationNumber) -> Reference {
        match number.entry == self.entry {
            true => Reference::Here(number.operation),
            false => Reference::There(number),
        }
    }

    fn next_number(&self) -> u32 {
        u32::try_from(self.operations.len()).expect("invariant: the import stops before 2^32 operations")
    }

    fn withdraw(&mut self, target: Target, reason: &str) {
        self.withdrawals.push(Operation::Withdraw { target, reason: reason.into() });
    }

    /// Takes back a claim that is named.
    fn named(&mut self, facts: WithdrawalFacts) {
        let WithdrawalFacts { subject, claim, reason } = facts;
        let target = Target::Claim(claim);
        let again = |o: &Operation| matches!(o, Operation::Withdraw { target: t, .. } if *t == target);
        if !self.withdrawals.iter().any(again) {
            self.changes.withdrawn += 1;
            self.changes.lines.push(format!("- {subject}: {reason}"));
            self.withdraw(target, &reason);
        }
    }

    /// Records that the dataset brought earlier and that its files no longer name.
    fn missing(&mut self, facts: &Facts, withdraw: bool) {
        let Some(own) = self.dataset else { return };
        let mut missing = Vec::new();
        if facts.covers.items {
            let told = |i: &ItemRecord| i.dataset == own || says(&i.body, own);
            let live = self.state.items().iter().filter(|(_, i)| i.gone.is_none() && i.kind.is_some() && told(i));
            missing.extend(
                live.filter(|(_, i)| facts.find_item(i.id.as_str()).is_none())
                    .map(|(_, i)| Subject::Item(i.id.clone())),
            );
        }
        if facts.covers.links {
            let told = |l: &LinkRecord| l.dataset == own || says(&l.body, own);
            let live = self.state.links().iter().filter(|(_, l)| l.gone.is_none() && l.link.is_some() && told(l));
            missing.extend(
                live.filter(|(_, l)| facts.find_link(l.id.as_str()).is_none())
                    .map(|(_, l)| Subject::Link(l.id.clone())),
            );
        }
        if facts.covers.sources {
            self.missing_sources(facts, own);
        }
        if facts.covers.stories {
            self.missing_stories(facts, own, withdraw);
        }
        for subject in missing {
            self.missing_subject(subject, own, withdraw, &facts.origin.dataset);
        }
    }

    fn missing_sources(&mut self, facts: &Facts, own: u16) {
        let live =
            self.state.sources().iter().filter(|(_, s)| s.dataset == own && s.source.is_some() && s.gone.is_none());
        for (_, record) in live.filter(|(_, s)| facts.source(s.id.as_str()).is_none()) {
            let at = Where { file: facts.origin.dataset.to_string(), line: 0, column: 0 };
            self.problems.push(Problem::note(
                at,
                format!("source `{}` is {NO_LONGER_THERE}; it stays in the ledger", record.id),
            ));
        }
    }

    /// A story is withdrawn in all languages at once, so only when none of its files is left.
    fn missing_stories(&mut self, facts: &Facts, own: u16, withdraw: bool) {
        let live = self.state.stories().values().filter(|s| s.dataset == own && s.gone.is_none());
        let told = |id: &Id| facts.stories.iter().any(|s| s.story.id == *id);
        let missing: BTreeSet<Id> = live.map(|s| s.story.id.clone()).filter(|id| !told(id)).collect();
        for id in missing {
            if withdraw {
                self.changes.withdrawn += 1;
                self.changes.lines.push(format!("- story `{id}`"));
                self.withdraw(Target::Story(id), NO_LONGER_THERE);
            } else {
                let at = Where { file: facts.origin.dataset.to_string(), line: 0, column: 0 };
                let what = format!("story `{id}` is {NO_LONGER_THERE}; it stays in the ledger");
                self.problems.push(Problem::note(at, what).hint("withdraw it with `--withdraw-missing`"));
            }
        }
    }

    fn missing_subject(&mut self, subject: Subject, own: u16, withdraw: bool, dataset: &str) {
        if !withdraw {
            let at = Where { file: dataset.to_owned(), line: 0, column: 0 };
            let what = format!("{subject} is {NO_LONGER_THERE}; it stays in the ledger");
            return self.problems.push(Problem::note(at, what).hint("withdraw it with `--withdraw-missing`"));
        }
        let shared = self.take_back_all(&subject, own);
        let target = match &subject {
            Subject::Item(id) => Target::Item(id.clone()),
            Subject::Link(id) => Target::Link(id.clone()),
        };
        if !shared {
            self.changes.withdrawn += 1;
            self.changes.lines.push(format!("- {subject}"));
            self.withdraw(target, NO_LONGER_THERE);
        }
    }
}

/// Whether a dataset has live evidence in a body.
fn says(body: &Body, dataset: u16) -> bool {
    body.evidence.iter().any(|e| e.dataset == dataset && e.gone.is_none())
}

/// A spot for messages.
pub(crate) fn place(files: &[String], spot: Spot) -> Where {
    let file = files.get(spot.file as usize).cloned().unwrap_or_default();
    Where { file, line: u64::from(spot.line), column: u64::from(spot.column) }
}

#[cfg(test)]
pub(crate) use words::statement as in_words;
pub(crate) use words::value;

/// Numbers of claims.
type Numbers = BTreeSet<OperationNumber>;

#[cfg(test)]
mod tests;
