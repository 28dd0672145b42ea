//! `redact`: first the tombstone, durable; then value and salt are destroyed, and of captures their bytes and words. A crash
//! between is finished by the next run.

mod captures;
mod plan;

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use desk::Grave;
use desk::store::Store;
use edition::Follower;
use ledger::archive::Blobs;
use ledger::{Ledger, LedgerError, OperationId, Record};
use model::{CaptureTombstone, Id, Operation, OperationNumber};

pub use plan::{Plan, plan};

use crate::appending::in_turn;
use crate::args::{Class, Redact};
use crate::atlas::Atlas;
use crate::burial;
use crate::publication::Guard;
use crate::report::{out, say};
use crate::witnessing::after_append;

/// Decides, writes the decision down, and carries it out.
pub fn run(args: &Redact) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let mut follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let mut plan = Plan::default();
    if !args.finish {
        plan = decide(&atlas, &mut follower, args)?;
        plan.warnings().iter().for_each(|warning| say(&format!("warning: {warning}")));
        if args.dry_run {
            print(&plan);
            return Ok(true);
        }
    }
    forget(&atlas, &follower)?;
    let alone = carry_out(&follower, &atlas.archive())?;
    // What was revealed and not yet taken out of the vault would outlast its redaction there.
    super::reveal::finish(&atlas, &follower)?;
    Guard::of(&atlas).after_append(&mut follower);
    let elsewhere = elsewhere(follower.ledger(), &plan.words, &BTreeSet::new())?;
    elsewhere.iter().for_each(|warning| say(&format!("warning: {warning}")));
    let uncaptured = captures::warn(follower.state(), &atlas.archive(), &plan.words, &plan.sources)?;
    Ok(alone && elsewhere.is_empty() && uncaptured)
}

/// Takes the words out of what the desk keeps, as long as they can still be read.
fn forget(atlas: &Atlas, follower: &Follower) -> Result<()> {
    let (words, _) = unfinished(follower)?;
    if !words.is_empty() && Store::exists(&atlas.desk()) {
        desk::mask(&Store::open(&atlas.desk())?, &words)?;
    }
    Ok(())
}

fn print(plan: &Plan) {
    plan.tombstones.iter().for_each(|t| out(&format!("{} {} {}", t.operation, t.subject, t.property)));
    let source = |t: &CaptureTombstone| t.source.as_ref().map_or("-", Id::as_str).to_owned();
    plan.captures.iter().for_each(|t| out(&format!("{} capture {}", t.capture, source(t))));
}

/// Destroys everything that a tombstone names and that is still there; false if a piece of a capture has to stay.
pub fn carry_out(follower: &Follower, archive: &Blobs) -> Result<bool> {
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
    let graves = graves(args)?;
    let settled = graves.iter().filter(|grave| follower.state().has_tombstone(grave.number));
    settled.for_each(|grave| say(&format!("operation {} has its tombstone already", grave.number)));
    let (plan, appended) = in_turn(follower, |follower| {
        let plan = plan(follower, &atlas.archive(), &graves)?;
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

fn graves(args: &Redact) -> Result<Vec<Grave>> {
    let (reason, notice) = grounds(args.reason, args.notice.as_deref())?;
    let grave = |text: &String| {
        let number = OperationNumber::parse(text)
            .with_context(|| format!("`{text}` is not the id of a claim; hint: write `e12-345`"))?;
        let (reason, notice) = (reason.clone(), notice.into());
        let (with_evidence, with_captures) = (args.with_evidence, args.with_captures);
        Ok(Grave { number, reason, notice, with_evidence, with_captures, all_sources: args.all_sources })
    };
    args.ids.iter().map(grave).collect()
}

/// Words of the values that a tombstone names and that are still there, and how many such values there are.
pub fn unfinished(follower: &Follower) -> Result<(BTreeSet<String>, usize)> {
    let (mut words, mut left) = (BTreeSet::new(), 0);
    for number in follower.state().buried() {
        let Some(operation) = plan::read(follower.ledger(), *number)? else { continue };
        left += 1;
        match operation {
            Operation::Claim(claim) => words.extend(plan::words(&claim)),
            Operation::Evidence(evidence) => words.extend(plan::quoted(&evidence)),
            _ => {}
        }
    }
    Ok((words, left))
}

/// The operations that still hold the same words, beside those that are doomed.
pub fn elsewhere(
    ledger: &Ledger,
    words: &BTreeSet<String>,
    doomed: &BTreeSet<OperationNumber>,
) -> Result<Vec<String>, LedgerError> {
    let mut found = Vec::new();
    for entry in ledger.entries(0..u64::MAX).filter(|_| !words.is_empty()) {
        ledger.operations(&entry?, |id, record| {
            let Record::Live { bytes, .. } = record else { return };
            let is_doomed = doomed.iter().any(|number| self::id(*number) == id);
            if !is_doomed && words.iter().any(|word| bytes.windows(word.len()).any(|window| window == word.as_bytes()))
            {
                found.push(format!("operation {id} holds the same words; hint: redact it too if it must not be read"));
            }
        })?;
    }
    Ok(found)
}

fn id(number: OperationNumber) -> OperationId {
    OperationId { entry: number.entry.into(), operation: number.operation }
}
