//! `verify`: proves from the bytes on disk that the ledger is whole.

use anyhow::Result;
use ledger::{DirStorage, Hash, VerifyingKey, verify};
use model::Problem;

use crate::args::Verify;
use crate::atlas::Atlas;
use crate::report;

/// Re-derives everything and reports what does not fit.
pub fn run(args: &Verify) -> Result<bool> {
    Atlas::open(&args.atlas)?;
    let key = args.key.as_deref().map(VerifyingKey::parse).transpose()?;
    let verdict = verify(&DirStorage::new(&args.atlas), key.as_ref());
    let (whole, size, operations) = (verdict.holds(), verdict.size, verdict.operations);
    let root = verdict.root.map_or("unknown".into(), |root| hex(&root));
    let problems: Vec<Problem> = verdict.findings.into_iter().map(Problem::from).collect();
    report::problems(&problems, args.report);
    let word = if whole { "whole" } else { "NOT whole" };
    report::say(&format!("the ledger is {word}: {size} entries, {operations} operations, root {root}"));
    Ok(whole)
}

fn hex(root: &Hash) -> String {
    root.iter().map(|byte| format!("{byte:02x}")).collect()
}
