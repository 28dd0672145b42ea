//! Applies operations, one after the other; the same code on opening and when new entries arrive.

use std::sync::Arc;

use model::{
    Claim, Evidence, GlossaryTerm, Id, Link, Operation, OperationNumber, Passage, Problem, Qualifiers, Source, Subject,
    Target, Tombstone, Where,
};

use super::{
    Body, ClaimRecord, EvidenceRecord, Gone, Grave, ItemRecord, LinkRecord, Owner, SourceRecord, State, TermRecord,
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
            Operation::Begin(origin) => self.begin(&origin.dataset),
            Operation::Source(source) => self.source(number, source),
            Operation::Item { id, kind } => self.item(number, &id, kind),
            Operation::Link(link) => self.link(number, link),
            Operation::Claim(claim) => self.claim(number, claim),
            Operation::Evidence(evidence) => self.evidence(number, evidence),
            Operation::Withdraw { target, reason } => self.withdraw(target, Gone { by: number, reason }),
            Operation::Term(term) => self.term(term),
            Operation::Decision(decision) => self.decide(number, decision),
            Operation::Tombstone(tombstone) => self.tombstone(number, tombstone),
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

    fn problem(&mut self, number: OperationNumber, what: String) {
        let at = Where { file: format!("ledger {number}"), line: 0, column: 0 };
        Arc::make_mut(&mut self.problems).push(Problem::error(at, what));
    }

    fn begin(&mut self, dataset: &str) -> Owner {
        let datasets = &mut Arc::make_mut(&mut self.names).datasets;
        let known = datasets.iter().position(|name| &**name == dataset);
        let position = known.unwrap_or_else(|| {
            datasets.push(dataset.into());
            datasets.len() - 1
        });
        self.dataset = u16::try_from(position).expect("invariant: fewer than 65,536 datasets");
        Owner::Nobody
    }

    fn source_number(&mut self, id: &Id) -> u32 {
        let dataset = self.dataset;
        self.sources.number_or(id, || SourceRecord { id: id.clone(), source: None, made: None, dataset, gone: None })
    }

    fn item_number(&mut self, id: &Id) -> u32 {
        let dataset = self.dataset;
        let new = || ItemRecord {
            id: id.clone(),
            kind: None,
            made: None,
            merged: None,
            dataset,
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
            gone: None,
            body: Body::default(),
        };
        self.links.number_or(id, new)
    }

    fn source(&mut self, number: OperationNumber, source: Source) -> Owner {
        let position = self.source_number(&source.id);
        for relayed in &source.relays {
            self.source_number(relayed);
        }
        let dataset = self.dataset;
        let record = self.sources.at_mut(position);
        (record.source, record.gone, record.dataset, record.made) = (Some(source), None, dataset, Some(number));
        Owner::Nobody
    }

    fn item(&mut self, number: OperationNumber, id: &Id, kind: Id) -> Owner {
        let position = self.item_number(id);
        let dataset = self.dataset;
        let record = self.items.at_mut(position);
        if record.kind.is_none() {
            record.dataset = dataset;
        }
        (record.kind, record.gone, record.made) = (Some(kind), None, Some(number));
        Owner::Item(position)
    }

    fn link(&mut self, number: OperationNumber, link: Link) -> Owner {
        let position = self.link_number(&link.id);
        let (subject, object) = (self.item_number(&link.subject), self.item_number(&link.object));
        let dataset = self.dataset;
        let record = self.links.at_mut(position);
        if record.link.is_none() {
            record.dataset = dataset;
        }
        (record.subject, record.object) = (subject, object);
        (record.link, record.gone, record.made) = (Some(link), None, Some(number));
        Owner::Link(position)
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
        owner
    }

    fn withdraw(&mut self, target: Target, gone: Gone) -> Owner {
        let found = match &target {
            Target::Source(id) => {
                self.sources.number(id.as_str()).map(|n| self.sources.at_mut(n).gone = Some(gone.clone()))
            }
            Target::Item(id) => self.items.number(id.as_str()).map(|n| self.items.at_mut(n).gone = Some(gone.clone())),
            Target::Link(id) => self.links.number(id.as_str()).map(|n| self.links.at_mut(n).gone = Some(gone.clone())),
            Target::Term(id) => Arc::make_mut(&mut self.terms).get_mut(id).map(|t| t.gone = Some(gone.clone())),
            Target::Claim(reference) => self.withdraw_claim(reference.within(gone.by.entry), &gone),
            Target::Evidence(reference) => self.withdraw_evidence(reference.within(gone.by.entry), &gone),
        };
        let redacted = match &target {
            Target::Claim(reference) | Target::Evidence(reference) => {
                self.owner(reference.within(gone.by.entry)) == Owner::Missing
            }
            _ => false,
        };
        if found.is_none() && !redacted {
            self.problem(gone.by, format!("withdraws what is not there: {target:?}"));
        }
        Owner::Nobody
    }

    fn withdraw_claim(&mut self, number: OperationNumber, gone: &Gone) -> Option<()> {
        let body = self.body_mut(self.owner(number))?;
        let position = body.claims.binary_search_by_key(&number, |c| c.number).ok()?;
        body.claims[position].gone = Some(Box::new(gone.clone()));
        Some(())
    }

    fn withdraw_evidence(&mut self, number: OperationNumber, gone: &Gone) -> Option<()> {
        let body = self.body_mut(self.owner(number))?;
        let position = body.evidence.binary_search_by_key(&number, |e| e.number).ok()?;
        body.evidence[position].gone = Some(Box::new(gone.clone()));
        Some(())
    }

    fn term(&mut self, term: GlossaryTerm) -> Owner {
        let record = TermRecord { dataset: self.dataset, gone: None, term };
        Arc::make_mut(&mut self.terms).insert(record.term.id.clone(), record);
        Owner::Nobody
    }

    fn tombstone(&mut self, number: OperationNumber, tombstone: Tombstone) -> Owner {
        Arc::make_mut(&mut self.buried).insert(tombstone.operation);
        let grave = || Grave { by: number, tombstone: tombstone.clone() };
        Arc::make_mut(&mut self.graves).entry(tombstone.operation).or_insert_with(grave);
        let key = (tombstone.subject, tombstone.property, tombstone.source);
        Arc::make_mut(&mut self.tombstones).insert(key);
        Owner::Nobody
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
