//! `decide`: a named role's verdict on whether two items are one becomes an entry of the ledger.

use anyhow::{Context, Result, bail};
use edition::{Follower, State};
use model::{Decision, Id, Operation, Verdict};

use super::import::append;
use crate::appending::in_turn;
use crate::args::{Decide, VerdictWord};
use crate::atlas::Atlas;
use crate::publication::Guard;
use crate::report::say;
use crate::witnessing::after_append;

/// Checks the decision against all others and appends it.
pub fn run(args: &Decide) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let decision = decision(args)?;
    let mut follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let decided = in_turn(&mut follower, |follower| {
        if let Some(problem) = problem(follower.state(), &decision) {
            say(&format!("error: {problem}"));
            return Ok(Ok(None));
        }
        Ok(append(&atlas, follower, &args.author, vec![Operation::Decision(decision.clone())]).map(Some))
    })?;
    let Some((entry, _)) = decided else { return Ok(false) };
    let (from, into) = (&decision.from, &decision.into);
    say(&format!("appended entry {entry}: `{from}` and `{into}`: {}", decision.verdict.word()));
    after_append(atlas.folder(), follower.ledger());
    Guard::of(&atlas).after_append(&mut follower);
    Ok(true)
}

fn decision(args: &Decide) -> Result<Decision> {
    let id = |text: &String| Id::parse(text).with_context(|| format!("`{text}` is not an id"));
    let reason = args.reason.trim();
    if reason.is_empty() || reason.len() > 2000 || reason.chars().any(char::is_control) {
        bail!("a reason has 1 to 2000 bytes and no control characters; it is shown to readers");
    }
    let verdict = match args.verdict {
        VerdictWord::Same => Verdict::Same,
        VerdictWord::Different => Verdict::Different,
        VerdictWord::Unsure => Verdict::Unsure,
    };
    let evidence = args.source.iter().map(id).collect::<Result<Vec<Id>>>()?;
    Ok(Decision { verdict, from: id(&args.from)?, into: id(&args.into)?, reason: reason.into(), evidence })
}

/// Why it can't be decided so.
fn problem(state: &State, decision: &Decision) -> Option<String> {
    let unknown = |id: &&Id| state.sources().get(id.as_str()).is_none_or(|s| s.source.is_none() || s.gone.is_some());
    if let Some(source) = decision.evidence.iter().find(unknown) {
        return Some(format!("there is no source `{source}`"));
    }
    state.objection(decision).map(|objection| objection.to_string())
}
