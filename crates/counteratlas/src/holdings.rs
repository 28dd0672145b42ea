//! What the ledger says the archive holds, against what lies there.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use ledger::archive::{Blobs, Digest};
use ledger::{Ledger, Record};
use model::{Operation, Problem, Severity, Where};

/// What was found.
pub struct Holdings {
    /// How many captures the ledger names.
    pub captures: usize,
    /// How many pieces lie in the archive.
    pub pieces: usize,
    /// What is damaged (an error), missing (as severe as was asked) or named by nothing (a note).
    pub problems: Vec<Problem>,
}

/// Reads every piece. Linear in the archive's bytes.
pub fn check(ledger: &Ledger, archive: &Blobs, missing: Severity) -> Result<Holdings> {
    let mut named: BTreeMap<Digest, String> = BTreeMap::new();
    let mut captures = 0;
    for entry in ledger.entries(0..u64::MAX) {
        ledger.operations(&entry?, |id, record| {
            if let Record::Live { kind, bytes } = record
                && let Ok(Operation::Capture(capture)) = Operation::from_bytes(kind, bytes)
            {
                captures += 1;
                for piece in [Some(capture.kept), capture.text].into_iter().flatten() {
                    named.entry(Digest(piece.digest)).or_insert_with(|| id.to_string());
                }
            }
        })?;
    }
    let held: BTreeSet<Digest> = archive.list()?.into_iter().collect();
    let mut problems: Vec<Problem> = archive
        .verify()?
        .into_iter()
        .map(|damage| Problem::error(place("captures/".into()), damage.to_string()).hint("restore it from a backup"))
        .collect();
    problems.extend(named.iter().filter(|(digest, _)| !held.contains(digest)).map(|(digest, operation)| Problem {
        severity: missing,
        at: place(format!("operation {operation}")),
        what: format!("the bytes of the capture, `{digest}`, are not here"),
        hint: "restore them from a backup".into(),
    }));
    problems.extend(held.iter().filter(|digest| !named.contains_key(digest)).map(|digest| Problem {
        severity: Severity::Note,
        at: place("captures/".into()),
        what: format!("no capture names `{digest}`"),
        hint: "a capture was interrupted before the ledger knew of it; it may be removed".into(),
    }));
    Ok(Holdings { captures, pieces: held.len(), problems })
}

fn place(file: String) -> Where {
    Where { file, line: 0, column: 0 }
}
