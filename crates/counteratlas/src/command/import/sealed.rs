//! Keeps an open import from giving away what lies sealed: the same facts would be told before their day, and twice after it.

use std::collections::HashSet;

use anyhow::Result;
use edition::{Follower, State};
use ledger::keeps;
use model::{Operation, Problem, Where};

use crate::atlas::Atlas;

/// An error if some operations would not be needed by one who can see what is sealed. `missing` tells what a state lacks.
pub fn told_again(
    atlas: &Atlas,
    follower: &Follower,
    operations: &[Operation],
    missing: impl FnOnce(&State) -> Vec<Operation>,
) -> Result<Option<Problem>> {
    let held = held(atlas, follower)?;
    if held.is_empty() || operations.is_empty() {
        return Ok(None);
    }
    let seeing = Follower::open(atlas.unsealed()?, atlas.vocabulary()?)?;
    let missing: HashSet<Vec<u8>> = missing(seeing.state()).iter().map(Operation::to_bytes).collect();
    let told = operations.iter().filter(|operation| !missing.contains(&operation.to_bytes())).count();
    let what =
        format!("{told} of {} operations would tell what lies sealed in entry {}", operations.len(), held.join(", "));
    let hint = "leave these facts out until that day, seal more with `--embargo`, or give the embargo up first: `reveal --abandon ENTRY`";
    let at = Where { file: "sealed/".into(), ..Where::default() };
    Ok((told > 0).then(|| Problem::error(at, what).hint(hint)))
}

/// The embargoes that have not ended and whose values this folder holds: entry and day.
fn held(atlas: &Atlas, follower: &Follower) -> Result<Vec<String>> {
    let (vault, mut held) = (atlas.vault(), Vec::new());
    for embargo in follower.state().embargoes().into_iter().filter(|embargo| embargo.end.is_none()) {
        if keeps(&*vault, embargo.entry.into())? {
            held.push(format!("{} (until {})", embargo.entry, embargo.until));
        }
    }
    Ok(held)
}
