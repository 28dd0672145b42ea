//! `verify`: proves from the bytes on disk that the ledger is whole.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use ledger::{
    Checkpoint, DirStorage, Ledger, LedgerError, Next, OperationId, Record, Verdict, VerifyingKey, verify, verify_since,
};
use model::{Operation, OperationNumber, Problem, Severity, Where};

use super::backup::hex;
use crate::args::Verify;
use crate::atlas::Atlas;
use crate::{holdings, report};

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
    let unexplained = if verdict.holds() { unexplained(&atlas.ledger()?, &verdict)? } else { Vec::new() };
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
fn archived(atlas: &Atlas) -> Result<(String, Vec<Problem>)> {
    // A mirror follows the ledger alone: what it lacks is no damage.
    let own = atlas.folder().join("keys/log.key").exists();
    let missing = if own { Severity::Error } else { Severity::Note };
    let found = holdings::check(&atlas.ledger()?, &atlas.archive(), missing)?;
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

/// Values that are gone without a tombstone that says why, and values that are there though a tombstone says they are
/// gone. Only the operations can tell, so the ledger's own check can't.
pub fn unexplained(ledger: &Ledger, verdict: &Verdict) -> Result<Vec<Problem>, LedgerError> {
    let buried = buried(ledger)?;
    let buried: BTreeSet<_> = buried.iter().filter_map(|id| OperationNumber::parse(&id.to_string())).collect();
    let gone = verdict.redacted.iter().filter_map(|id| OperationNumber::parse(&id.to_string()));
    let gone: BTreeSet<OperationNumber> = gone.collect();
    let silent = gone.difference(&buried);
    let silent = silent.map(|n| Problem::error(operation(*n), "the value is missing and no tombstone says why"));
    let open = buried.difference(&gone).map(|n| {
        let what = "the value is still here though a tombstone says it is destroyed";
        Problem::error(operation(*n), what).hint("finish with `counteratlas redact ATLAS --finish`")
    });
    Ok(silent.chain(open).collect())
}

/// The operations that tombstones name.
pub fn buried(ledger: &Ledger) -> Result<BTreeSet<OperationId>, LedgerError> {
    let mut buried = BTreeSet::new();
    for entry in ledger.entries(0..u64::MAX) {
        ledger.operations(&entry?, |_, record| {
            if let Record::Live { kind, bytes } = record
                && let Ok(Operation::Tombstone(tombstone)) = Operation::from_bytes(kind, bytes)
            {
                let OperationNumber { entry, operation } = tombstone.operation;
                buried.insert(OperationId { entry: entry.into(), operation });
            }
        })?;
    }
    Ok(buried)
}

fn operation(number: OperationNumber) -> Where {
    Where { file: format!("operation {number}"), line: 0, column: 0 }
}
