//! `redact`: first the tombstone, durable; then value and salt are destroyed, and of captures their bytes and words. A crash
//! between is finished by the next run.

mod captures;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use edition::{Body, Follower};
use ledger::archive::Blobs;
use ledger::{Ledger, LedgerError, OperationId, Record};
use model::{CaptureTombstone, Claim, Evidence, Id, Operation, OperationNumber, Statement, Subject, Tombstone, Value};

use crate::appending::in_turn;
use crate::args::{Class, Redact};
use crate::atlas::Atlas;
use crate::burial;
use crate::publication::Guard;
use crate::report::{out, say};
use crate::witnessing::after_append;

/// What is destroyed, with the reason that stays.
#[derive(Default)]
struct Plan {
    tombstones: Vec<Tombstone>,
    /// The captures among it.
    captures: Vec<CaptureTombstone>,
    /// Words of the values, to look for elsewhere.
    words: BTreeSet<String>,
    /// The sources that stated them.
    sources: BTreeSet<Id>,
    /// Evidence that quotes a capture and keeps its words.
    quoting: BTreeSet<OperationNumber>,
    /// Evidence that is left with nothing to bear on.
    left: BTreeSet<OperationNumber>,
}

/// Decides, writes the decision down, and carries it out.
pub fn run(args: &Redact) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let mut follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let mut plan = Plan::default();
    if !args.finish {
        plan = decide(&atlas, &mut follower, args)?;
        plan.tell();
        if args.dry_run {
            plan.print();
            return Ok(true);
        }
    }
    let alone = carry_out(&follower, &atlas.archive())?;
    // What was revealed and not yet taken out of the vault would outlast its redaction there.
    super::reveal::finish(&atlas, &follower)?;
    Guard::of(&atlas).after_append(&mut follower);
    let nowhere = elsewhere(follower.ledger(), &plan.words)?;
    let uncaptured = captures::warn(follower.state(), &atlas.archive(), &plan.words, &plan.sources)?;
    Ok(alone && nowhere && uncaptured)
}

impl Plan {
    fn tell(&self) {
        for number in &self.left {
            say(&format!("warning: evidence {number} bears on nothing else and is kept; hint: --with-evidence"));
        }
        for number in self.quoting.iter().filter(|number| self.tombstones.iter().all(|t| t.operation != **number)) {
            say(&format!(
                "warning: evidence {number} quotes a destroyed capture and keeps its words; hint: redact it too if they must not be read"
            ));
        }
    }

    fn print(&self) {
        self.tombstones.iter().for_each(|t| out(&format!("{} {} {}", t.operation, t.subject, t.property)));
        let source = |t: &CaptureTombstone| t.source.as_ref().map_or("-", Id::as_str).to_owned();
        self.captures.iter().for_each(|t| out(&format!("{} capture {}", t.capture, source(t))));
    }

    fn operations(&self) -> Vec<Operation> {
        let values = self.tombstones.iter().cloned().map(Operation::Tombstone);
        values.chain(self.captures.iter().cloned().map(Operation::CaptureTombstone)).collect()
    }
}

/// Destroys everything that a tombstone names and that is still there; false if a piece of a capture has to stay.
fn carry_out(follower: &Follower, archive: &Blobs) -> Result<bool> {
    let buried: Vec<OperationId> = follower.state().buried().iter().map(|number| id(*number)).collect();
    let done = burial::carry_out(follower.ledger(), archive, &buried)?;
    done.values.iter().for_each(|id| out(&id.to_string()));
    say(&format!("destroyed {} values and their salts; the root is the same", done.values.len()));
    if done.pieces > 0 {
        say(&format!("destroyed {} pieces of captures", done.pieces));
    }
    for (destroyed, other) in &done.shared {
        say(&format!(
            "warning: a piece of capture {destroyed} stays, for capture {other} holds the same bytes; hint: `counteratlas redact ATLAS {other}` destroys them"
        ));
    }
    Ok(done.shared.is_empty())
}

/// Appends the tombstones, unless this is a trial.
fn decide(atlas: &Atlas, follower: &mut Follower, args: &Redact) -> Result<Plan> {
    let (plan, appended) = in_turn(follower, |follower| {
        let plan = plan(follower, &atlas.archive(), args)?;
        let operations = plan.operations();
        if args.dry_run || operations.is_empty() {
            return Ok(Ok((plan, None)));
        }
        Ok(super::import::append(atlas, follower, &args.author, operations).map(|appended| (plan, Some(appended))))
    })?;
    if let Some((entry, count)) = appended {
        say(&format!("appended entry {entry} with {count} tombstones"));
        after_append(atlas.folder(), follower.ledger());
        follower.follow()?;
    }
    Ok(plan)
}

/// Why something is destroyed, as a tombstone says it: the class of the reason, and the notice's reference.
pub fn grounds(reason: Option<Class>, notice: Option<&str>) -> Result<(Id, &str)> {
    let notice = notice.unwrap_or_default();
    if notice.is_empty() || notice.len() > 200 || notice.chars().any(char::is_control) {
        bail!("a notice's reference has 1 to 200 bytes and no control characters; it is shown to readers");
    }
    let class = reason.and_then(|class| class.to_possible_value()).context("no reason")?;
    Ok((Id::parse(class.get_name()).context("a reason class is an id")?, notice))
}

fn plan(follower: &Follower, archive: &Blobs, args: &Redact) -> Result<Plan> {
    let (reason, notice) = grounds(args.reason, args.notice.as_deref())?;
    let mut planning = Planning { follower, archive, args, reason, notice: notice.into(), plan: Plan::default() };
    let numbers = args.ids.iter().map(|text| {
        OperationNumber::parse(text)
            .with_context(|| format!("`{text}` is not the id of a claim; hint: write `e12-345`"))
    });
    let numbers = numbers.collect::<Result<BTreeSet<_>>>()?;
    let mut claims = BTreeMap::new();
    for number in &numbers {
        if follower.state().has_tombstone(*number) {
            say(&format!("operation {number} has its tombstone already"));
            continue;
        }
        match read(follower.ledger(), *number)? {
            None => say(&format!("operation {number} was redacted before")),
            Some(Operation::Claim(claim)) => drop(claims.insert(*number, claim)),
            Some(Operation::Evidence(evidence)) => planning.evidence(*number, &evidence)?,
            Some(Operation::Capture(_)) => planning.capture(*number)?,
            Some(_) => bail!("operation {number} is neither claim, evidence nor capture; hint: withdraw it instead"),
        }
    }
    claims.iter().for_each(|(number, claim)| planning.claim(*number, claim, &numbers, &claims));
    if args.with_captures {
        let holding = captures::holding(follower.state(), archive, &planning.plan.words)?;
        holding.into_iter().try_for_each(|number| planning.capture(number))?;
    }
    Ok(planning.plan)
}

/// Reads an operation; `None` if its value is gone.
fn read(ledger: &Ledger, number: OperationNumber) -> Result<Option<Operation>> {
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
    args: &'a Redact,
    reason: Id,
    notice: Box<str>,
    plan: Plan,
}

impl Planning<'_> {
    fn bury(&mut self, operation: OperationNumber, subject: &Subject, property: &Id, source: Option<Id>) {
        let (subject, property) = (subject.clone(), property.clone());
        let (reason, notice) = (self.reason.clone(), self.notice.clone());
        let tombstone = Tombstone { operation, subject, property, source, reason, notice };
        if !self.plan.tombstones.contains(&tombstone) {
            self.plan.tombstones.push(tombstone);
        }
    }

    /// One tombstone for each source that stated it, so that none fills it in again.
    fn claim(
        &mut self,
        number: OperationNumber,
        claim: &Claim,
        named: &BTreeSet<OperationNumber>,
        claims: &BTreeMap<OperationNumber, Claim>,
    ) {
        self.plan.words.extend(words(claim));
        let state = self.follower.state();
        let body = state.body(&claim.subject);
        let cited: Vec<_> = body.into_iter().flat_map(|body| evidence_for(body, number)).collect();
        let mut sources: BTreeSet<Option<Id>> =
            cited.iter().map(|e| Some(state.sources().at(e.source).id.clone())).collect();
        self.plan.sources.extend(sources.iter().flatten().cloned());
        if sources.is_empty() || self.args.all_sources {
            sources = BTreeSet::from([None]);
        }
        sources.into_iter().for_each(|source| self.bury(number, &claim.subject, &claim.property, source));
        let body = body.filter(|_| !cited.is_empty());
        for evidence in cited.iter().filter(|e| !named.contains(&e.number)) {
            let alone =
                body.is_some_and(|body| bears_on(body, evidence.number).all(|claim| claims.contains_key(&claim)));
            let source = state.sources().at(evidence.source).id.clone();
            match (alone, self.args.with_evidence) {
                (true, true) => self.bury(evidence.number, &claim.subject, &claim.property, Some(source)),
                (true, false) => drop(self.plan.left.insert(evidence.number)),
                (false, _) => {}
            }
        }
    }

    fn evidence(&mut self, number: OperationNumber, evidence: &Evidence) -> Result<()> {
        for reference in &evidence.claims {
            let claim = reference.within(number.entry);
            // A claim that was redacted before has its own tombstone.
            if let Some(Operation::Claim(claim)) = read(self.follower.ledger(), claim)? {
                self.bury(number, &claim.subject, &claim.property, Some(evidence.source.clone()));
            }
        }
        let quote = &evidence.passage.quote;
        self.plan.words.extend(quote.iter().map(|quote| quote.text().to_owned()));
        self.plan.sources.insert(evidence.source.clone());
        Ok(())
    }

    /// What remains says of what source it was and when; not even the digests, from which words could be guessed.
    fn capture(&mut self, number: OperationNumber) -> Result<()> {
        let state = self.follower.state();
        let (Some(record), false) =
            (state.capture(number), self.plan.captures.iter().any(|known| known.capture == number))
        else {
            return Ok(());
        };
        self.plan.quoting.extend(captures::quoting(state, self.archive, record)?);
        let (source, at) = (record.capture.source.clone(), record.capture.at.clone());
        let (reason, notice) = (self.reason.clone(), self.notice.clone());
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
fn words(claim: &Claim) -> impl Iterator<Item = String> {
    let value = match &claim.statement {
        Statement::Is(Value::Text(text)) => Some(text.text().to_owned()),
        Statement::Is(Value::Url(url)) => Some(url.to_string()),
        _ => None,
    };
    let original = claim.qualifiers.original.as_deref().map(str::to_owned);
    value.into_iter().chain(original).filter(|text| text.chars().count() >= 4)
}

/// Warns of operations that still hold the same words; true if there are none.
fn elsewhere(ledger: &Ledger, words: &BTreeSet<String>) -> Result<bool, LedgerError> {
    let mut clean = true;
    for entry in ledger.entries(0..u64::MAX).filter(|_| !words.is_empty()) {
        ledger.operations(&entry?, |id, record| {
            let Record::Live { bytes, .. } = record else { return };
            if words.iter().any(|word| bytes.windows(word.len()).any(|window| window == word.as_bytes())) {
                say(&format!(
                    "warning: operation {id} holds the same words; hint: redact it too if it must not be read"
                ));
                clean = false;
            }
        })?;
    }
    Ok(clean)
}

fn id(number: OperationNumber) -> OperationId {
    OperationId { entry: number.entry.into(), operation: number.operation }
}
