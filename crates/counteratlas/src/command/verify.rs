//! `verify`: proves from the bytes on disk that the ledger is whole.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use ledger::{
    Checkpoint, DirStorage, Ledger, LedgerError, Next, OperationId, Record, Verdict, VerifyingKey, keeps, verify,
    verify_since,
};
use model::{Day, Notice, Operation, OperationNumber, Problem, Severity, Where};

use super::backup::hex;
use crate::args::Verify;
use crate::atlas::{Atlas, today};
use crate::holdings::{self, Expected};
use crate::report;

/// Re-derives everything and reports what does not fit.
pub fn run(args: &Verify) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let key = args.key.as_deref().map(VerifyingKey::parse).transpose()?;
    let storage = DirStorage::new(&args.atlas);
    let verdict = match &args.since {
        None => verify(&storage, key.as_ref()),
        Some(path) => {
            let key = key.map_or_else(|| atlas.ledger().map(|ledger| ledger.key().clone()), Ok)?;
            let note = std::fs::read(path).with_context(|| format!("can't read `{}`", path.display()))?;
            // It may be from before the key was changed; the chain of keys is checked with everything else.
            let opened = earlier(&note, &key, &atlas);
            let since = opened.with_context(|| format!("`{}` is no checkpoint of this log", path.display()))?;
            verify_since(&storage, Some(&key), &since)
        }
    };
    let mut unexplained = if verdict.holds() { unexplained(&atlas.ledger()?, &verdict)? } else { Vec::new() };
    if verdict.holds() {
        unexplained.extend(vault(&atlas)?);
    }
    let (size, operations) = (verdict.size, verdict.operations);
    let root = verdict.root.map_or("unknown".into(), |root| hex(&root));
    let (archive, more) = if verdict.holds() { archived(&atlas)? } else { (String::new(), Vec::new()) };
    let findings = verdict.findings.into_iter().map(Problem::from);
    let problems: Vec<Problem> = findings.chain(unexplained).chain(more).collect();
    let whole = problems.iter().all(|p| p.severity != Severity::Error);
    report::problems(&problems, args.report);
    let word = if whole { "whole" } else { "NOT whole" };
    report::say(&format!("the ledger is {word}: {size} entries, {operations} operations, root {root}"));
    if !archive.is_empty() {
        report::say(&archive);
    }
    Ok(whole)
}

/// What is wrong with the captures, and a line about them; empty where there are none.
pub fn archived(atlas: &Atlas) -> Result<(String, Vec<Problem>)> {
    let own = atlas.folder().join("keys/log.key").exists();
    let expected = if own { Expected::All } else { Expected::Mirrored };
    let found = holdings::check(&atlas.ledger()?, &atlas.archive(), expected)?;
    let said = format!("the archive holds {} pieces of {} captures", found.pieces, found.captures);
    let any = found.captures + found.pieces > 0;
    Ok((if any { said } else { String::new() }, found.problems))
}

/// A checkpoint that was kept, by the key it is checked with or by one before or behind that.
fn earlier(note: &[u8], key: &VerifyingKey, atlas: &Atlas) -> Result<Checkpoint> {
    Checkpoint::open(note, key).map_err(anyhow::Error::msg).or_else(|error| {
        let turns = atlas.ledger()?.turns()?;
        let keys = turns.iter().filter_map(|turn| match &turn.next {
            Next::Key(next) => Some([&turn.old, next]),
            Next::Log { .. } => None,
        });
        keys.flatten().find_map(|key| Checkpoint::open(note, key).ok()).ok_or(error)
    })
}

/// Values that are gone without a tombstone that says why, values that are there though a tombstone says they are
/// gone, and the same of seals. Only the operations can tell, so the ledger's own check can't.
pub fn unexplained(ledger: &Ledger, verdict: &Verdict) -> Result<Vec<Problem>, LedgerError> {
    let said = Said::by(ledger)?;
    let mut problems = sealed(&said, verdict);
    let gone: BTreeSet<OperationNumber> = verdict.redacted.iter().filter_map(number).collect();
    let buried = &said.buried;
    let silent = gone.difference(buried).filter(|number| !said.abandoned.contains(&number.entry));
    let silent = silent.map(|n| Problem::error(operation(*n), "the value is missing and no tombstone says why"));
    let open = buried.difference(&gone).map(|n| {
        let what = "the value is still here though a tombstone says it is destroyed";
        Problem::error(operation(*n), what).hint("finish with `counteratlas redact ATLAS --finish`")
    });
    problems.extend(silent.chain(open));
    Ok(problems)
}

/// Seals that no embargo explains, and seals whose end was said and not carried out.
fn sealed(said: &Said, verdict: &Verdict) -> Vec<Problem> {
    let mut of_entries: BTreeMap<u32, OperationNumber> = BTreeMap::new();
    for number in verdict.sealed.iter().filter_map(number) {
        of_entries.entry(number.entry).or_insert(number);
    }
    let judge = |(entry, first): (u32, OperationNumber)| {
        let what = match entry {
            _ if said.revealed.contains(&entry) => "it is still sealed though the ledger says that it is revealed",
            _ if said.abandoned.contains(&entry) => "it is still sealed though a tombstone says that it is destroyed",
            _ if said.embargoes.contains_key(&entry) => return None,
            _ => "the value is sealed and no embargo says until when",
        };
        Some(Problem::error(operation(first), what).hint("finish with `counteratlas reveal ATLAS`"))
    };
    let mut problems: Vec<Problem> = of_entries.clone().into_iter().filter_map(judge).collect();
    let ended = |entry: &&u32| said.revealed.contains(entry) || said.abandoned.contains(entry);
    for entry in said.embargoes.keys().filter(|entry| !ended(entry) && !of_entries.contains_key(entry)) {
        let what = "it can be read and nothing says that its embargo has ended";
        let at = Where { file: format!("entry {entry}"), ..Where::default() };
        problems.push(Problem::warning(at, what).hint("finish with `counteratlas reveal ATLAS`"));
    }
    problems
}

/// Embargoes whose day has come, and sealed values that could not be revealed as they lie here.
fn vault(atlas: &Atlas) -> Result<Vec<Problem>> {
    let (ledger, view, vault) = (atlas.ledger()?, atlas.unsealed()?, atlas.vault());
    let (said, mut problems) = (Said::by(&ledger)?, Vec::new());
    let ended = |entry: &u32| said.revealed.contains(entry) || said.abandoned.contains(entry);
    for (entry, until) in said.embargoes.iter().filter(|(entry, _)| !ended(entry)) {
        let at = Where { file: format!("entry {entry}"), ..Where::default() };
        if ledger.sealed(u64::from(*entry))?.is_empty() {
            continue;
        }
        if *until <= today() {
            let what = format!("it was sealed until {until}");
            problems.push(Problem::warning(at.clone(), what).hint("reveal it with `counteratlas reveal ATLAS`"));
        }
        if !keeps(&*vault, u64::from(*entry))? {
            let what = format!("its values are sealed until {until}, and do not lie here");
            problems.push(Problem::note(at, what));
        } else if !view.sealed(u64::from(*entry))?.is_empty() {
            let what = "its sealed values are damaged and can't be revealed";
            problems.push(Problem::error(at, what).hint("bring `sealed/` back from a copy"));
        }
    }
    Ok(problems)
}

/// What operations say of values that are not there to be read.
#[derive(Default)]
struct Said {
    buried: BTreeSet<OperationNumber>,
    embargoes: BTreeMap<u32, Day>,
    revealed: BTreeSet<u32>,
    abandoned: BTreeSet<u32>,
}

impl Said {
    fn by(ledger: &Ledger) -> Result<Self, LedgerError> {
        let mut said = Self::default();
        for entry in ledger.entries(0..u64::MAX) {
            ledger.operations(&entry?, |id, record| {
                if let Record::Live { kind, bytes } = record
                    && let Ok(operation) = Operation::from_bytes(kind, bytes)
                {
                    said.take(id, operation);
                }
            })?;
        }
        Ok(said)
    }

    fn take(&mut self, id: OperationId, operation: Operation) {
        match (operation, u32::try_from(id.entry)) {
            (Operation::Tombstone(tombstone), _) => drop(self.buried.insert(tombstone.operation)),
            (Operation::CaptureTombstone(tombstone), _) => drop(self.buried.insert(tombstone.capture)),
            (Operation::Notice(Notice::Embargo { until }), Ok(at)) => drop(self.embargoes.insert(at, until)),
            (Operation::Notice(Notice::Reveal { entry }), _) => drop(self.revealed.insert(entry)),
            (Operation::Notice(Notice::Abandon { entry, .. }), _) => drop(self.abandoned.insert(entry)),
            _ => {}
        }
    }
}

/// The operations that tombstones name, and those that were abandoned before they could be read.
pub fn buried(ledger: &Ledger) -> Result<Vec<OperationId>, LedgerError> {
    let said = Said::by(ledger)?;
    let id = |n: &OperationNumber| OperationId { entry: n.entry.into(), operation: n.operation };
    let mut buried: Vec<OperationId> = said.buried.iter().map(id).collect();
    for entry in said.abandoned.iter().filter(|entry| said.embargoes.contains_key(entry)) {
        buried.extend(ledger.sealed(u64::from(*entry))?);
    }
    Ok(buried)
}

/// The entries whose values the ledger says can be read, though they were sealed.
pub fn revealed(ledger: &Ledger) -> Result<BTreeSet<u32>, LedgerError> {
    Ok(Said::by(ledger)?.revealed)
}

fn number(id: &OperationId) -> Option<OperationNumber> {
    OperationNumber::parse(&id.to_string())
}

fn operation(number: OperationNumber) -> Where {
    Where { file: format!("operation {number}"), line: 0, column: 0 }
}
