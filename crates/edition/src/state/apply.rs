//! Applies operations, one after the other; the same code on opening and when new entries arrive.

use std::sync::Arc;

use model::{
    Claim, Evidence, GlossaryTerm, Id, Link, Operation, OperationNumber, Passage, Problem, Qualifiers, Source, Story,
    Subject, Target, Tombstone, Where,
};

use super::journal::{Act, Sort, Touched};
use super::{
    Body, ClaimRecord, EvidenceRecord, Gone, Grave, ItemRecord, LinkRecord, Owner, SourceRecord, State, StoryRecord,
    TermRecord,
};

impl State {
    /// Applies one operation as it stands in the ledger; what can't be understood becomes a problem.
    pub fn apply_bytes(&mut self, number: OperationNumber, kind: u8, bytes: &[u8]) {
        match Operation::from_bytes(kind, bytes) {
            Ok(operation) => self.apply(number, operation),
            Err(error) => {
                self.own(number, Owner::Nobody);
                self.problem(number, format!("operation can't be read: {error}"));
            }
        }
    }

    /// Leaves the place of a redacted operation empty.
    pub fn skip(&mut self, number: OperationNumber) {
        self.own(number, Owner::Missing);
    }

    /// Keeps the place of an operation that says nothing about the world.
    pub fn pass(&mut self, number: OperationNumber) {
        self.own(number, Owner::Nobody);
    }

    /// Applies one operation. Operations must come in the order of the ledger.
    pub fn apply(&mut self, number: OperationNumber, operation: Operation) {
        let owner = match operation {
            Operation::Begin(origin) => self.begin(number.entry, &origin.dataset),
            Operation::Source(source) => self.source(number, source),
            Operation::Item { id, kind } => self.item(number, &id, kind),
            Operation::Link(link) => self.link(number, link),
            Operation::Claim(claim) => self.claim(number, claim),
            Operation::Evidence(evidence) => self.evidence(number, evidence),
            Operation::Withdraw { target, reason } => self.withdraw(target, Gone { by: number, reason }),
            Operation::Term(term) => self.term(number, term),
            Operation::Decision(decision) => self.decide(number, decision),
            Operation::Tombstone(tombstone) => self.tombstone(number, tombstone),
            Operation::Story(story) => self.story(number, story),
            Operation::Capture(capture) => self.hold(number, *capture),
            Operation::Anchor(anchor) => self.anchor(number, anchor),
            Operation::Recheck(recheck) => self.recheck(number, recheck),
            Operation::Stamp(stamp) => self.stamp(number, stamp),
            Operation::CaptureTombstone(tombstone) => self.bury_capture(number, tombstone),
            Operation::Notice(notice) => {
                self.entry_note(number.entry).notices.push(notice);
                Owner::Nobody
            }
        };
        self.own(number, owner);
    }

    fn own(&mut self, number: OperationNumber, owner: Owner) {
        let owners = Arc::make_mut(&mut self.owners);
        owners.resize_with(owners.len().max(number.entry as usize + 1), Vec::new);
        let operations = &mut owners[number.entry as usize];
        operations.resize(operations.len().max(number.operation as usize), Owner::Nobody);
        operations.push(owner);
    }

    pub(super) fn problem(&mut self, number: OperationNumber, what: String) {
        let at = Where { file: format!("ledger {number}"), line: 0, column: 0 };
        Arc::make_mut(&mut self.problems).push(Problem::error(at, what));
    }

    fn begin(&mut self, entry: u32, dataset: &str) -> Owner {
        let datasets = &mut Arc::make_mut(&mut self.names).datasets;
        let known = datasets.iter().position(|name| &**name == dataset);
        let position = known.unwrap_or_else(|| {
            datasets.push(dataset.into());
            datasets.len() - 1
        });
        self.dataset = u16::try_from(position).expect("invariant: fewer than 65,536 datasets");
        self.note_dataset(entry);
        Owner::Nobody
    }

    pub(super) fn source_number(&mut self, id: &Id) -> u32 {
        let dataset = self.dataset;
        let new = || SourceRecord { id: id.clone(), source: None, made: None, dataset, since: 0, gone: None };
        self.sources.number_or(id, new)
    }

    fn item_number(&mut self, id: &Id) -> u32 {
        let dataset = self.dataset;
        let new = || ItemRecord {
            id: id.clone(),
            kind: None,
            made: None,
            merged: None,
            dataset,
            since: 0,
            gone: None,
            body: Body::default(),
        };
        self.items.number_or(id, new)
    }

    fn link_number(&mut self, id: &Id) -> u32 {
        let dataset = self.dataset;
        let new = || LinkRecord {
            id: id.clone(),
            link: None,
            made: None,
            subject: 0,
            object: 0,
            dataset,
            since: 0,
            gone: None,
            body: Body::default(),
        };
        self.links.number_or(id, new)
    }

    fn source(&mut self, by: OperationNumber, source: Source) -> Owner {
        let number = self.source_number(&source.id);
        for relayed in &source.relays {
            self.source_number(relayed);
        }
        let dataset = self.dataset;
        let record = self.sources.at_mut(number);
        let new = record.source.is_none();
        if new {
            record.since = by.entry;
        }
        (record.source, record.gone, record.dataset, record.made) = (Some(source), None, dataset, Some(by));
        match new {
            true => self.note_added(by.entry, Sort::Sources),
            false => self.note(by, Touched::Source(number), Act::Changed),
        }
        Owner::Nobody
    }

    fn item(&mut self, by: OperationNumber, id: &Id, kind: Id) -> Owner {
        let number = self.item_number(id);
        let dataset = self.dataset;
        let record = self.items.at_mut(number);
        let new = record.kind.is_none();
        if new {
            (record.dataset, record.since) = (dataset, by.entry);
        }
        (record.kind, record.gone, record.made) = (Some(kind), None, Some(by));
        match new {
            true => self.note_added(by.entry, Sort::Items),
            false => self.note_owner(by, Owner::Item(number), Act::Changed),
        }
        Owner::Item(number)
    }

    fn link(&mut self, by: OperationNumber, link: Link) -> Owner {
        let number = self.link_number(&link.id);
        let (subject, object) = (self.item_number(&link.subject), self.item_number(&link.object));
        let dataset = self.dataset;
        let record = self.links.at_mut(number);
        let new = record.link.is_none();
        if new {
            (record.dataset, record.since) = (dataset, by.entry);
        }
        (record.subject, record.object) = (subject, object);
        (record.link, record.gone, record.made) = (Some(link), None, Some(by));
        match new {
            true => self.note_added(by.entry, Sort::Links),
            false => self.note_owner(by, Owner::Link(number), Act::Changed),
        }
        Owner::Link(number)
    }

    fn claim(&mut self, number: OperationNumber, claim: Claim) -> Owner {
        let record = ClaimRecord {
            number,
            property: self.property_number_or(&claim.property),
            dataset: self.dataset,
            statement: claim.statement,
            qualifiers: (claim.qualifiers != Qualifiers::default()).then(|| Box::new(claim.qualifiers)),
            evidence: Vec::new(),
            gone: None,
        };
        let owner = match &claim.subject {
            Subject::Item(id) => Owner::Item(self.item_number(id)),
            Subject::Link(id) => Owner::Link(self.link_number(id)),
        };
        if let Some(body) = self.body_mut(owner) {
            body.claims.push(record);
        }
        self.entry_note(number.entry).claims += 1;
        self.note_owner(number, owner, Act::Claimed);
        owner
    }

    fn property_number_or(&mut self, id: &Id) -> u16 {
        self.property_number(id.as_str()).unwrap_or_else(|| {
            let properties = &mut Arc::make_mut(&mut self.names).properties;
            properties.push(id.clone());
            u16::try_from(properties.len() - 1).expect("invariant: fewer than 65,536 properties")
        })
    }

    fn body_mut(&mut self, owner: Owner) -> Option<&mut Body> {
        match owner {
            Owner::Nobody | Owner::Missing => None,
            Owner::Item(number) => Some(&mut self.items.at_mut(number).body),
            Owner::Link(number) => Some(&mut self.links.at_mut(number).body),
        }
    }

    /// Whether there is an operation of this number, redacted or not.
    pub(crate) fn holds(&self, number: OperationNumber) -> bool {
        self.owners.get(number.entry as usize).is_some_and(|entry| (number.operation as usize) < entry.len())
    }

    /// Whose claim has this number, and about which property; none if there is no claim of that number.
    pub fn claim_at(&self, number: OperationNumber) -> Option<(Subject, Id)> {
        let (subject, body) = self.body_at(number)?;
        let claim = body.claims.iter().find(|claim| claim.number == number)?;
        Some((subject, self.property(claim.property).clone()))
    }

    /// The record that a claim or a piece of evidence of this number is of; none if there is no such, or none any more.
    pub fn body_at(&self, number: OperationNumber) -> Option<(Subject, &Body)> {
        match self.owner(number) {
            Owner::Item(record) => {
                let record = self.items.at(record);
                Some((Subject::Item(record.id.clone()), &record.body))
            }
            Owner::Link(record) => {
                let record = self.links.at(record);
                Some((Subject::Link(record.id.clone()), &record.body))
            }
            Owner::Nobody | Owner::Missing => None,
        }
    }

    pub(crate) fn owner(&self, number: OperationNumber) -> Owner {
        let entry = self.owners.get(number.entry as usize);
        entry.and_then(|e| e.get(number.operation as usize)).copied().unwrap_or(Owner::Nobody)
    }

    /// Evidence belongs to the subject of its first claim; claims of other subjects are a problem.
    fn evidence(&mut self, number: OperationNumber, evidence: Evidence) -> Owner {
        let mut claims: Vec<OperationNumber> = evidence.claims.iter().map(|c| c.within(number.entry)).collect();
        claims.retain(|claim| self.owner(*claim) != Owner::Missing);
        if claims.is_empty() && !evidence.claims.is_empty() {
            return Owner::Missing;
        }
        let owner = claims.first().map_or(Owner::Nobody, |c| self.owner(*c));
        let source = self.source_number(&evidence.source);
        let record = EvidenceRecord {
            number,
            dataset: self.dataset,
            source,
            stance: evidence.stance,
            passage: (evidence.passage != Passage::default()).then(|| Box::new(evidence.passage)),
            group: evidence.group,
            against_interest: evidence.against_interest,
            gone: None,
        };
        let Some(body) = self.body_mut(owner) else {
            self.problem(number, "evidence for a claim that is not there".into());
            return Owner::Nobody;
        };
        if !attach(body, record, &claims) {
            self.problem(number, "evidence for claims about different subjects".into());
        }
        // Evidence for a claim of the same entry is part of that claim's coming.
        if claims.iter().any(|claim| claim.entry != number.entry) {
            self.note_owner(number, owner, Act::Evidenced);
        }
        owner
    }

    fn withdraw(&mut self, target: Target, gone: Gone) -> Owner {
        let by = gone.by;
        let touched = match &target {
            Target::Source(id) => self.withdraw_source(id, &gone),
            Target::Item(id) => self.items.number(id.as_str()).map(|n| {
                self.items.at_mut(n).gone = Some(gone.clone());
                (Touched::Item(n), Act::Withdrawn)
            }),
            Target::Link(id) => self.links.number(id.as_str()).map(|n| {
                self.links.at_mut(n).gone = Some(gone.clone());
                (Touched::Link(n), Act::Withdrawn)
            }),
            Target::Term(id) => Arc::make_mut(&mut self.terms).get_mut(id).map(|term| {
                term.gone = Some(gone.clone());
                (Touched::Term(id.clone()), Act::Withdrawn)
            }),
            Target::Story(id) => self.withdraw_story(id, &gone),
            Target::Claim(reference) => self.withdraw_claim(reference.within(by.entry), &gone),
            Target::Evidence(reference) => self.withdraw_evidence(reference.within(by.entry), &gone),
        };
        let redacted = match &target {
            Target::Claim(reference) | Target::Evidence(reference) => {
                self.owner(reference.within(by.entry)) == Owner::Missing
            }
            _ => false,
        };
        match touched {
            Some((record, act)) => self.note(by, record, act),
            None if redacted => {}
            None => self.problem(by, format!("withdraws what is not there: {target:?}")),
        }
        Owner::Nobody
    }

    fn withdraw_source(&mut self, id: &Id, gone: &Gone) -> Option<(Touched, Act)> {
        let number = self.sources.number(id.as_str())?;
        self.sources.at_mut(number).gone = Some(gone.clone());
        Some((Touched::Source(number), Act::Withdrawn))
    }

    /// In every language.
    fn withdraw_story(&mut self, id: &Id, gone: &Gone) -> Option<(Touched, Act)> {
        let mut found = None;
        for (_, record) in Arc::make_mut(&mut self.stories).iter_mut().filter(|((story, _), _)| story == id) {
            record.gone = Some(gone.clone());
            found = Some((Touched::Story(id.clone()), Act::Withdrawn));
        }
        found
    }

    fn withdraw_claim(&mut self, number: OperationNumber, gone: &Gone) -> Option<(Touched, Act)> {
        let owner = self.owner(number);
        let body = self.body_mut(owner)?;
        let position = body.claims.binary_search_by_key(&number, |c| c.number).ok()?;
        body.claims[position].gone = Some(Box::new(gone.clone()));
        Some((touched(owner)?, Act::Unclaimed(number)))
    }

    fn withdraw_evidence(&mut self, number: OperationNumber, gone: &Gone) -> Option<(Touched, Act)> {
        let owner = self.owner(number);
        let body = self.body_mut(owner)?;
        let position = body.evidence.binary_search_by_key(&number, |e| e.number).ok()?;
        body.evidence[position].gone = Some(Box::new(gone.clone()));
        Some((touched(owner)?, Act::Unevidenced(number)))
    }

    fn term(&mut self, by: OperationNumber, term: GlossaryTerm) -> Owner {
        let (id, dataset) = (term.id.clone(), self.dataset);
        let since = self.terms.get(&id).map(|known| known.since);
        match since {
            None => self.note_added(by.entry, Sort::Terms),
            Some(_) => self.note(by, Touched::Term(id.clone()), Act::Changed),
        }
        let record = TermRecord { dataset, since: since.unwrap_or(by.entry), gone: None, term };
        Arc::make_mut(&mut self.terms).insert(id, record);
        Owner::Nobody
    }

    fn story(&mut self, by: OperationNumber, story: Story) -> Owner {
        let (key, dataset) = ((story.id.clone(), story.title.lang().into()), self.dataset);
        let since = self.stories.get(&key).map(|known| known.since);
        match since {
            None => self.note_added(by.entry, Sort::Stories),
            Some(_) => self.note(by, Touched::Story(story.id.clone()), Act::Changed),
        }
        let record = StoryRecord { dataset, since: since.unwrap_or(by.entry), gone: None, story };
        Arc::make_mut(&mut self.stories).insert(key, record);
        Owner::Nobody
    }

    fn tombstone(&mut self, by: OperationNumber, tombstone: Tombstone) -> Owner {
        self.note_subject(by, &tombstone.subject, Act::Redacted);
        Arc::make_mut(&mut self.buried).insert(tombstone.operation);
        let grave = || Grave { by, tombstone: tombstone.clone() };
        Arc::make_mut(&mut self.graves).entry(tombstone.operation).or_insert_with(grave);
        let key = (tombstone.subject, tombstone.property, tombstone.source);
        Arc::make_mut(&mut self.tombstones).insert(key);
        Owner::Nobody
    }
}

fn touched(owner: Owner) -> Option<Touched> {
    match owner {
        Owner::Item(number) => Some(Touched::Item(number)),
        Owner::Link(number) => Some(Touched::Link(number)),
        Owner::Nobody | Owner::Missing => None,
    }
}

/// Adds evidence to a body; false if one of the claims is not in it.
fn attach(body: &mut Body, record: EvidenceRecord, claims: &[OperationNumber]) -> bool {
    let position = u32::try_from(body.evidence.len()).expect("invariant: fewer than 2^32 pieces of evidence");
    body.evidence.push(record);
    claims.iter().fold(true, |all, claim| {
        let found = body.claims.binary_search_by_key(claim, |c| c.number);
        if let Ok(found) = found {
            body.claims[found].evidence.push(position);
        }
        all && found.is_ok()
    })
}
