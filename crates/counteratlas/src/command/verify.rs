//! `verify`: proves from the bytes on disk that the ledger is whole.

use anyhow::Result;
use edition::Follower;
use ledger::{DirStorage, Hash, Verdict, VerifyingKey, verify};
use model::{OperationNumber, Problem, Severity, Where};

use crate::args::Verify;
use crate::atlas::Atlas;
use crate::report;

/// Re-derives everything and reports what does not fit.
pub fn run(args: &Verify) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let key = args.key.as_deref().map(VerifyingKey::parse).transpose()?;
    let verdict = verify(&DirStorage::new(&args.atlas), key.as_ref());
    let unexplained = if verdict.holds() { unexplained(&atlas, &verdict)? } else { Vec::new() };
    let (size, operations) = (verdict.size, verdict.operations);
    let root = verdict.root.map_or("unknown".into(), |root| hex(&root));
    let problems: Vec<Problem> = verdict.findings.into_iter().map(Problem::from).chain(unexplained).collect();
    let whole = problems.iter().all(|p| p.severity != Severity::Error);
    report::problems(&problems, args.report);
    let word = if whole { "whole" } else { "NOT whole" };
    report::say(&format!("the ledger is {word}: {size} entries, {operations} operations, root {root}"));
    Ok(whole)
}

/// Values that are gone without a tombstone that says why. Only the operations can tell, so the ledger's own check can't.
fn unexplained(atlas: &Atlas, verdict: &Verdict) -> Result<Vec<Problem>> {
    if verdict.redacted.is_empty() {
        return Ok(Vec::new());
    }
    let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let numbers = verdict.redacted.iter().filter_map(|id| OperationNumber::parse(&id.to_string()));
    let silent = numbers.filter(|number| !follower.state().has_tombstone(*number));
    Ok(silent.map(|number| Problem::error(operation(number), "the value is missing and no tombstone says why")).collect())
}

fn operation(number: OperationNumber) -> Where {
    Where { file: format!("operation {number}"), line: 0, column: 0 }
}

fn hex(root: &Hash) -> String {
    root.iter().map(|byte| format!("{byte:02x}")).collect()
}
