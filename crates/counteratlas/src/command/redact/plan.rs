//! Works out all that goes with a redaction, for the command and for the desk alike; writes and destroys nothing.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use desk::Grave;
use edition::{Body, Follower};
use ledger::archive::Blobs;
use ledger::{Ledger, Record};
use model::{CaptureTombstone, Claim, Evidence, Id, Operation, OperationNumber, Statement, Subject, Tombstone, Value};

use super::captures;

/// What is destroyed, with the reason that stays.
#[derive(Default)]
pub struct Plan {
    pub tombstones: Vec<Tombstone>,
    /// The captures among it.
    pub captures: Vec<CaptureTombstone>,
    /// Words of the values, to look for elsewhere.
    pub words: BTreeSet<String>,
    /// The sources that stated them.
    pub sources: BTreeSet<Id>,
    /// Evidence that quotes a capture and keeps its words.
    quoting: BTreeSet<OperationNumber>,
    /// Evidence that is left with nothing to bear on.
    left: BTreeSet<OperationNumber>,
}

impl Plan {
    /// What is kept and may hold the words all the same.
    pub fn warnings(&self) -> Vec<String> {
        let left = self
            .left
            .iter()
            .map(|number| format!("evidence {number} bears on nothing else and is kept; hint: --with-evidence"));
        let quoting = self.quoting.iter().filter(|number| self.tombstones.iter().all(|t| t.operation != **number));
        let quoting = quoting.map(|number| {
            format!(
                "evidence {number} quotes a destroyed capture and keeps its words; hint: redact it too if they must not be read"
            )
        });
        left.chain(quoting).collect()
    }

    /// The tombstones.
    pub fn operations(&self) -> Vec<Operation> {
        let values = self.tombstones.iter().cloned().map(Operation::Tombstone);
        values.chain(self.captures.iter().cloned().map(Operation::CaptureTombstone)).collect()
    }
}

/// Works out all that goes with these graves. What is destroyed already is none.
pub fn plan(follower: &Follower, archive: &Blobs, graves: &[Grave]) -> Result<Plan> {
    let named: BTreeMap<OperationNumber, &Grave> = graves.iter().map(|grave| (grave.number, grave)).collect();
    let mut planning = Planning { follower, archive, named, plan: Plan::default() };
    let (mut claims, graves) = (BTreeMap::new(), planning.named.clone());
    for (number, grave) in &graves {
        if follower.state().has_tombstone(*number) {
            continue;
        }
        match read(follower.ledger(), *number)? {
            None => {}
            Some(Operation::Claim(claim)) => drop(claims.insert(*number, claim)),
            Some(Operation::Evidence(evidence)) => planning.evidence(grave, &evidence)?,
            Some(Operation::Capture(_)) => planning.capture(*number, grave)?,
            Some(_) => bail!("operation {number} is neither claim, evidence nor capture; hint: withdraw it instead"),
        }
    }
    claims.iter().for_each(|(number, claim)| planning.claim(graves[number], claim, &claims));
    if let Some(grave) = graves.values().find(|grave| grave.with_captures) {
        let holding = captures::holding(follower.state(), archive, &planning.plan.words)?;
        holding.into_iter().try_for_each(|number| planning.capture(number, grave))?;
    }
    Ok(planning.plan)
}

/// Reads an operation; `None` if its value is gone.
pub fn read(ledger: &Ledger, number: OperationNumber) -> Result<Option<Operation>> {
    let no_such = || format!("there is no operation `{number}`");
    let entry = ledger.entry(number.entry.into()).with_context(no_such)?;
    let (mut found, mut sealed) = (None, false);
    ledger.operations(&entry, |id, record| {
        if id.operation == number.operation {
            sealed = record == Record::Sealed;
            found = Some(match record {
                Record::Live { kind, bytes } => Operation::from_bytes(kind, bytes).map(Some),
                Record::Redacted { .. } | Record::Sealed => Ok(None),
            });
        }
    })?;
    if sealed {
        let entry = number.entry;
        bail!(
            "operation {number} is sealed; hint: `counteratlas reveal ATLAS --abandon {entry}` destroys its entry's values"
        );
    }
    Ok(found.with_context(no_such)??)
}

struct Planning<'a> {
    follower: &'a Follower,
    archive: &'a Blobs,
    named: BTreeMap<OperationNumber, &'a Grave>,
    plan: Plan,
}

impl Planning<'_> {
    fn bury(
        &mut self,
        (operation, grave): (OperationNumber, &Grave),
        subject: &Subject,
        property: &Id,
        source: Option<Id>,
    ) {
        let (subject, property) = (subject.clone(), property.clone());
        let (reason, notice) = (grave.reason.clone(), grave.notice.clone());
        let tombstone = Tombstone { operation, subject, property, source, reason, notice };
        if !self.plan.tombstones.contains(&tombstone) {
            self.plan.tombstones.push(tombstone);
        }
    }

    /// One tombstone for each source that stated it, so that none fills it in again.
    fn claim(&mut self, grave: &Grave, claim: &Claim, claims: &BTreeMap<OperationNumber, Claim>) {
        let number = grave.number;
        self.plan.words.extend(words(claim));
        let state = self.follower.state();
        let body = state.body(&claim.subject);
        let cited: Vec<_> = body.into_iter().flat_map(|body| evidence_for(body, number)).collect();
        let mut sources: BTreeSet<Option<Id>> =
            cited.iter().map(|e| Some(state.sources().at(e.source).id.clone())).collect();
        self.plan.sources.extend(sources.iter().flatten().cloned());
        if sources.is_empty() || grave.all_sources {
            sources = BTreeSet::from([None]);
        }
        sources.into_iter().for_each(|source| self.bury((number, grave), &claim.subject, &claim.property, source));
        let body = body.filter(|_| !cited.is_empty());
        let others: Vec<_> = cited.iter().filter(|e| !self.named.contains_key(&e.number)).collect();
        for evidence in others {
            let alone =
                body.is_some_and(|body| bears_on(body, evidence.number).all(|claim| claims.contains_key(&claim)));
            let source = state.sources().at(evidence.source).id.clone();
            match (alone, grave.with_evidence) {
                (true, true) => self.bury((evidence.number, grave), &claim.subject, &claim.property, Some(source)),
                (true, false) => drop(self.plan.left.insert(evidence.number)),
                (false, _) => {}
            }
        }
    }

    fn evidence(&mut self, grave: &Grave, evidence: &Evidence) -> Result<()> {
        let number = grave.number;
        for reference in &evidence.claims {
            let claim = reference.within(number.entry);
            // A claim that was redacted before has its own tombstone.
            if let Some(Operation::Claim(claim)) = read(self.follower.ledger(), claim)? {
                self.bury((number, grave), &claim.subject, &claim.property, Some(evidence.source.clone()));
            }
        }
        self.plan.words.extend(quoted(evidence));
        self.plan.sources.insert(evidence.source.clone());
        Ok(())
    }

    /// What remains says of what source it was and when; not even the digests, from which words could be guessed.
    fn capture(&mut self, number: OperationNumber, grave: &Grave) -> Result<()> {
        let state = self.follower.state();
        let (Some(record), false) =
            (state.capture(number), self.plan.captures.iter().any(|known| known.capture == number))
        else {
            return Ok(());
        };
        self.plan.quoting.extend(captures::quoting(state, self.archive, record)?);
        let (source, at) = (record.capture.source.clone(), record.capture.at.clone());
        let (reason, notice) = (grave.reason.clone(), grave.notice.clone());
        self.plan.captures.push(CaptureTombstone { capture: number, source, at, reason, notice });
        Ok(())
    }
}

fn evidence_for(body: &Body, number: OperationNumber) -> impl Iterator<Item = &edition::EvidenceRecord> {
    let claim = body.claims.iter().filter(move |claim| claim.number == number);
    claim.flat_map(|claim| claim.evidence.iter().map(|at| &body.evidence[*at as usize]))
}

/// The claims that a piece of evidence bears on.
fn bears_on(body: &Body, evidence: OperationNumber) -> impl Iterator<Item = OperationNumber> {
    let holds = move |at: &u32| body.evidence[*at as usize].number == evidence;
    body.claims.iter().filter(move |claim| claim.evidence.iter().any(holds)).map(|claim| claim.number)
}

/// What to look for elsewhere: texts that are long enough to be this value and no other.
pub fn words(claim: &Claim) -> impl Iterator<Item = String> {
    let value = match &claim.statement {
        Statement::Is(Value::Text(text)) => Some(text.text().to_owned()),
        Statement::Is(Value::Url(url)) => Some(url.to_string()),
        _ => None,
    };
    let original = claim.qualifiers.original.as_deref().map(str::to_owned);
    value.into_iter().chain(original).filter(|text| text.chars().count() >= 4)
}

/// The same of a piece of evidence: what it quotes.
pub fn quoted(evidence: &Evidence) -> impl Iterator<Item = String> {
    evidence.passage.quote.iter().map(|quote| quote.text().to_owned())
}
