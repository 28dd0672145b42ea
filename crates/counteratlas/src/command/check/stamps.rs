//! `check --evidence`: every time stamp is checked again against the bytes that it is about.

use anyhow::Result;
use desk::capture::stamp::Question;
use edition::State;
use ledger::archive::Digest;
use model::{OperationNumber, Problem, Stamp, Where};

use crate::atlas::Atlas;
use crate::command::timestamp::{checked, trusted};

/// How many stamps stand how.
#[derive(Debug, Default)]
pub struct Tally {
    /// All of live captures.
    pub all: usize,
    /// They hold, and say what the ledger says that they do.
    pub hold: usize,
    /// A certificate that the atlas trusts vouches for them.
    pub vouched: usize,
    /// Their bytes are not here.
    pub unheld: usize,
}

/// Checks each, one after the other, apart.
pub fn check(atlas: &Atlas, state: &State) -> Result<(Tally, Vec<Problem>)> {
    let (roots, archive) = (trusted(atlas)?, atlas.archive());
    let (mut tally, mut problems) = (Tally::default(), Vec::new());
    for record in state.captures() {
        for (number, stamp) in &record.stamps {
            tally.all += 1;
            let Some(bytes) = archive.get(&Digest(stamp.piece.digest))? else {
                tally.unheld += 1;
                continue;
            };
            let digest = record.capture.kept.digest;
            let question = Question { kind: stamp.scheme, digest, nonce: None, roots: roots.clone() };
            match judged(&bytes, stamp, &question) {
                Ok(vouched) => {
                    tally.hold += 1;
                    tally.vouched += usize::from(vouched);
                }
                Err(what) => problems.push(problem(*number, what)),
            }
        }
    }
    Ok((tally, problems))
}

/// Whether a stamp that holds is vouched for; an error if it does not hold, or is not what the ledger says of it.
fn judged(bytes: &[u8], stamp: &Stamp, question: &Question) -> Result<bool, String> {
    let word = checked(bytes, question).map_err(|error| format!("{error:#}"))?;
    let same = *word.at == *stamp.at && *word.authority == *stamp.authority;
    if same { Ok(word.vouched) } else { Err("the stamp says something else than the ledger".into()) }
}

fn problem(number: OperationNumber, what: String) -> Problem {
    let at = Where { file: format!("stamp {number}"), line: 0, column: 0 };
    Problem::error(at, what).hint("ask again with `counteratlas timestamp`")
}
