//! The difference for one subject: its claims, and the evidence that bears on them.

use std::collections::{BTreeMap, BTreeSet};

use edition::{ClaimRecord, EvidenceRecord};
use model::{
    Claim, Evidence, Id, Operation, OperationNumber, Passage, Problem, Qualifiers, Reference, Stance, Subject, Target,
};

use super::{Diff, NO_LONGER_STATED, Numbers, words};
use crate::facts::{Body, ClaimFacts, Covers, EvidenceFacts};
use crate::live;

/// The evidence that a dataset wants for a subject: which claims each piece bears on.
type Wanted = BTreeMap<EvidenceFacts, BTreeSet<Reference>>;

impl Diff<'_> {
    /// Brings one subject up to what the file says of it.
    pub(super) fn subject(&mut self, subject: Subject, mut body: Body, covers: &Covers, known: bool) {
        if known && self.closed_subject(&subject, &body) {
            return;
        }
        self.keep_redacted_out(&subject, &mut body);
        let state = self.state;
        let live = if known { live::claims(state, &subject) } else { Vec::new() };
        let own_before: Vec<&ClaimRecord> = live.iter().filter(|(c, e)| self.is_own(c, e)).map(|(c, _)| *c).collect();
        let mut wanted = Wanted::new();
        let mut stated = Numbers::new();
        let mut added = Vec::new();
        for claim in body.claims {
            let found = live.iter().find(|(record, _)| self.same(record, &claim)).map(|(record, _)| record.number);
            let reference = match found {
                Some(number) => self.reference(number),
                None if known && !self.adds && self.withdrawn_by_hand(&subject, &claim) => continue,
                None => {
                    added.extend(known.then(|| (claim.property.clone(), words::statement(&claim.statement))));
                    self.claim(&subject, claim.property, claim.statement, claim.qualifiers)
                }
            };
            stated.extend(found);
            for evidence in claim.rests_on.into_iter().map(|e| &body.evidence[e as usize]) {
                if !(self.adds && found.is_some_and(|number| self.is_there(&live, number, evidence))) {
                    wanted.entry(evidence.clone()).or_default().insert(reference);
                }
            }
        }
        let dropped: Vec<&ClaimRecord> = own_before
            .into_iter()
            .filter(|c| !stated.contains(&c.number) && self.covered(c, &subject, covers))
            .collect();
        self.tell(&subject, added, &dropped);
        self.reconcile(&subject, &live, wanted, &dropped.iter().map(|c| c.number).collect());
    }

    fn covered(&self, claim: &ClaimRecord, subject: &Subject, covers: &Covers) -> bool {
        match subject {
            Subject::Link(_) => covers.links,
            Subject::Item(_) => covers.property(self.state.property(claim.property).as_str()),
        }
    }

    /// Whether a live claim rests on this very evidence already.
    fn is_there(
        &self,
        live: &[(&ClaimRecord, Vec<&EvidenceRecord>)],
        number: OperationNumber,
        evidence: &EvidenceFacts,
    ) -> bool {
        let claim = live.iter().find(|(claim, _)| claim.number == number);
        claim.is_some_and(|(_, known)| known.iter().any(|piece| self.key(piece) == *evidence))
    }

    fn closed_subject(&mut self, subject: &Subject, body: &Body) -> bool {
        let gone = match subject {
            Subject::Item(id) => self.state.items().get(id.as_str()).and_then(|i| i.gone.as_ref()),
            Subject::Link(id) => self.state.links().get(id.as_str()).and_then(|l| l.gone.as_ref()),
        };
        let at = body.claims.first().map_or_else(Default::default, |c| c.at);
        self.closed(gone, at, &subject.to_string())
    }

    /// Whether this dataset made the claim or has evidence for it.
    fn is_own(&self, claim: &ClaimRecord, evidence: &[&EvidenceRecord]) -> bool {
        let own = |dataset| Some(dataset) == self.dataset;
        evidence.iter().any(|e| own(e.dataset)) || (evidence.is_empty() && own(claim.dataset))
    }

    fn same(&self, record: &ClaimRecord, claim: &ClaimFacts) -> bool {
        let none = Qualifiers::default();
        let qualifiers = record.qualifiers.as_deref().unwrap_or(&none);
        record.statement == claim.statement
            && *qualifiers == claim.qualifiers
            && *self.state.property(record.property) == claim.property
    }

    /// Takes evidence away from claims whose value was redacted, and claims that lose all of it.
    fn keep_redacted_out(&mut self, subject: &Subject, body: &mut Body) {
        let (state, evidence) = (self.state, &body.evidence);
        let mut kept_out = Vec::new();
        body.claims.retain_mut(|claim| {
            let before = claim.rests_on.len();
            claim.rests_on.retain(|e| !state.redacted(subject, &claim.property, &evidence[*e as usize].source));
            if claim.rests_on.len() < before {
                kept_out.push((claim.property.clone(), claim.at));
            }
            claim.rests_on.iter().any(|e| evidence[*e as usize].stance == Stance::Supports)
                || (before > 0 && claim.rests_on.len() == before)
        });
        for (property, at) in kept_out {
            let what = format!("{subject}: `{property}` was redacted and is not filled again");
            self.problems.push(Problem::warning(self.place(at), what));
        }
    }

    /// Whether someone, and no import, took this very claim back.
    fn withdrawn_by_hand(&mut self, subject: &Subject, claim: &ClaimFacts) -> bool {
        let state = self.state;
        let Some(body) = state.body(subject) else { return false };
        let gone =
            body.claims.iter().rev().find(|c| c.gone.is_some() && self.same(c, claim)).and_then(|c| c.gone.as_deref());
        self.closed(gone, claim.at, &format!("{subject}: this `{}`", claim.property))
    }

    fn claim(
        &mut self,
        subject: &Subject,
        property: Id,
        statement: model::Statement,
        qualifiers: Qualifiers,
    ) -> Reference {
        let number = self.next_number();
        self.changes.added += 1;
        self.operations.push(Operation::Claim(Claim { subject: subject.clone(), property, statement, qualifiers }));
        Reference::Here(number)
    }

    /// Withdraws the claims that only this dataset held, and brings its evidence up to date.
    fn reconcile(
        &mut self,
        subject: &Subject,
        live: &[(&ClaimRecord, Vec<&EvidenceRecord>)],
        mut wanted: Wanted,
        dropped: &Numbers,
    ) {
        for (claim, evidence) in live.iter().filter(|(c, _)| dropped.contains(&c.number)) {
            if !evidence.iter().any(|e| Some(e.dataset) != self.dataset) {
                self.changes.withdrawn += 1;
                self.withdraw(Target::Claim(self.reference(claim.number)), NO_LONGER_STATED);
            }
        }
        let restated: BTreeSet<Reference> = wanted.values().flatten().copied().collect();
        for (piece, bears_on) in self.own_evidence(live) {
            if let Some(withdrawn) = self.evidence_piece(live, &mut wanted, &restated, dropped, (piece, bears_on)) {
                self.changes.lines.push(format!("- {subject}: evidence {withdrawn}"));
            }
        }
        for (piece, claims) in wanted.into_iter().filter(|(_, claims)| !claims.is_empty()) {
            self.changes.added += 1;
            if claims.iter().any(|c| live.iter().any(|(record, _)| self.reference(record.number) == *c)) {
                self.changes.lines.push(format!("+ {subject}: evidence {}", words::evidence(&piece)));
            }
            self.evidence.push(evidence(piece, claims.into_iter().collect()));
        }
    }

    /// The dataset's live evidence with the live claims it bears on.
    fn own_evidence<'s>(&self, live: &[(&ClaimRecord, Vec<&'s EvidenceRecord>)]) -> Vec<(&'s EvidenceRecord, Numbers)> {
        let mut own: BTreeMap<OperationNumber, (&EvidenceRecord, Numbers)> = BTreeMap::new();
        for (claim, evidence) in live {
            for piece in evidence.iter().filter(|e| Some(e.dataset) == self.dataset) {
                own.entry(piece.number).or_insert_with(|| (piece, Numbers::new())).1.insert(claim.number);
            }
        }
        own.into_values().collect()
    }

    fn held_by_others(&self, live: &[(&ClaimRecord, Vec<&EvidenceRecord>)], number: OperationNumber) -> bool {
        let claim = live.iter().find(|(c, _)| c.number == number);
        claim.is_some_and(|(_, evidence)| evidence.iter().any(|e| Some(e.dataset) != self.dataset))
    }

    /// Keeps a piece of evidence if all that it bears on is still wanted of it, or withdraws it
    /// whole and gives its words.
    fn evidence_piece(
        &mut self,
        live: &[(&ClaimRecord, Vec<&EvidenceRecord>)],
        wanted: &mut Wanted,
        restated: &BTreeSet<Reference>,
        dropped: &Numbers,
        (piece, bears_on): (&EvidenceRecord, Numbers),
    ) -> Option<String> {
        let of = self.key(piece);
        let misled = bears_on.iter().any(|n| dropped.contains(n) && self.held_by_others(live, *n));
        let remaining: Vec<Reference> = bears_on.difference(dropped).map(|n| self.reference(*n)).collect();
        let is_wanted = |r: &Reference| wanted.get(&of).is_some_and(|claims| claims.contains(r));
        let unwanted = remaining.iter().any(|r| restated.contains(r) && !is_wanted(r));
        if !misled && !unwanted {
            wanted.entry(of).or_default().retain(|r| !remaining.contains(r));
            return None;
        }
        // Claims that this import does not speak of keep their evidence: it is brought anew.
        let silent = remaining.into_iter().filter(|r| !restated.contains(r));
        let told = words::evidence(&of);
        wanted.entry(of).or_default().extend(silent);
        self.changes.withdrawn += 1;
        self.withdraw(Target::Evidence(self.reference(piece.number)), NO_LONGER_STATED);
        Some(told)
    }

    fn key(&self, record: &EvidenceRecord) -> EvidenceFacts {
        EvidenceFacts {
            source: self.state.sources().at(record.source).id.clone(),
            stance: record.stance,
            passage: record.passage.as_deref().cloned().unwrap_or_else(Passage::default),
            group: record.group.clone(),
            against_interest: record.against_interest,
        }
    }

    /// Takes back everything of a subject that only this dataset holds; true if others hold some of it.
    pub(super) fn take_back_all(&mut self, subject: &Subject, own: u16) -> bool {
        let state = self.state;
        let live = live::claims(state, subject);
        let dropped = live.iter().filter(|(c, e)| self.is_own(c, e)).map(|(c, _)| c.number).collect();
        self.reconcile(subject, &live, Wanted::new(), &dropped);
        live.iter().any(|(c, e)| e.iter().any(|e| e.dataset != own) || (e.is_empty() && c.dataset != own))
    }

    /// The lines for people: a value that took another's place is one line.
    fn tell(&mut self, subject: &Subject, added: Vec<(Id, String)>, dropped: &[&ClaimRecord]) {
        let mut dropped: Vec<(Id, String)> =
            dropped.iter().map(|c| (self.state.property(c.property).clone(), words::statement(&c.statement))).collect();
        for (property, new) in added {
            let line = match dropped.iter().position(|(p, _)| *p == property) {
                Some(old) => format!("~ {subject}: {property} {} → {new}", dropped.remove(old).1),
                None => format!("+ {subject}: {property} {new}"),
            };
            self.changes.lines.push(line);
        }
        self.changes.lines.extend(dropped.into_iter().map(|(property, old)| format!("- {subject}: {property} {old}")));
    }
}

fn evidence(piece: EvidenceFacts, claims: Vec<Reference>) -> Operation {
    let EvidenceFacts { source, stance, passage, group, against_interest } = piece;
    Operation::Evidence(Evidence { claims, source, stance, passage, group, against_interest })
}
