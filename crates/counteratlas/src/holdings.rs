//! What the ledger says the archive holds, against what lies there.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use ledger::archive::{Blobs, Digest};
use ledger::{Ledger, LedgerError, OperationId, Record};
use model::{Capture, Form, Operation, Problem, Severity, Where};

/// A live capture, as far as its pieces go.
pub struct Held {
    /// The operation that names them.
    pub capture: OperationId,
    /// The bytes as they were received.
    pub kept: Digest,
    /// What anyone may have: the words that were read of them, a picture painted anew, others' stamps.
    pub public: Vec<Digest>,
    /// How we came by it.
    pub form: Form,
}

impl Held {
    /// Its pieces.
    pub fn pieces(&self) -> impl Iterator<Item = Digest> + use<> {
        let public: Vec<Digest> = self.public.iter().copied().filter(|piece| *piece != self.kept).collect();
        std::iter::once(self.kept).chain(public)
    }

    /// Whether anyone may have this piece of it: what was handed over stays with whoever it was handed to.
    fn gives_out(&self, piece: Digest) -> bool {
        matches!(self.form, Form::Fetched | Form::Open) || self.public.contains(&piece)
    }
}

/// What should lie there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Every piece: it is an atlas with a key of its own.
    All,
    /// As much as was there when it was copied.
    Copied,
    /// Nothing, or all that anyone may have: it is a mirror.
    Mirrored,
}

/// What was found.
pub struct Holdings {
    /// How many captures the ledger names.
    pub captures: usize,
    /// How many pieces lie in the archive.
    pub pieces: usize,
    /// What is damaged (an error), missing (as severe as was asked) or named by nothing (a note).
    pub problems: Vec<Problem>,
}

/// All captures that are not destroyed. Linear in the ledger's operations.
pub fn held(ledger: &Ledger) -> Result<Vec<Held>, LedgerError> {
    let mut all: BTreeMap<OperationId, Held> = BTreeMap::new();
    for entry in ledger.entries(0..u64::MAX) {
        ledger.operations(&entry?, |id, record| {
            let Record::Live { kind, bytes } = record else { return };
            match Operation::from_bytes(kind, bytes) {
                Ok(Operation::Capture(capture)) => drop(all.insert(id, named(id, &capture))),
                Ok(Operation::Stamp(stamp)) => {
                    // The stamp of a capture that was destroyed is destroyed too.
                    let entry = u32::try_from(id.entry).unwrap_or(u32::MAX);
                    let of = stamp.capture.within(entry);
                    let of = OperationId { entry: of.entry.into(), operation: of.operation };
                    all.entry(of).and_modify(|held| held.public.push(Digest(stamp.piece.digest)));
                }
                _ => {}
            }
        })?;
    }
    Ok(all.into_values().collect())
}

fn named(id: OperationId, capture: &Capture) -> Held {
    let public = capture.text.into_iter().chain(capture.picture.map(|picture| picture.piece));
    let public = public.map(|piece| Digest(piece.digest)).collect();
    Held { capture: id, kept: Digest(capture.kept.digest), public, form: capture.form }
}

/// Reads every piece. Linear in the archive's bytes.
pub fn check(ledger: &Ledger, archive: &Blobs, expected: Expected) -> Result<Holdings> {
    let captures = held(ledger)?;
    let mut named: BTreeMap<Digest, &Held> = BTreeMap::new();
    for (capture, piece) in captures.iter().flat_map(|capture| capture.pieces().map(move |piece| (capture, piece))) {
        named.entry(piece).or_insert(capture);
    }
    let lying: BTreeSet<Digest> = archive.list()?.into_iter().collect();
    let mut problems: Vec<Problem> = Vec::new();
    for (piece, damage) in archive.verify()? {
        let of = piece.and_then(|piece| named.get(&piece)).map(|held| format!(", of capture {}", held.capture));
        let what = format!("{damage}{}", of.unwrap_or_default());
        problems.push(Problem::error(place("captures/".into()), what).hint("mend it with `counteratlas repair`"));
    }
    let any = !lying.is_empty();
    problems.extend(named.iter().filter(|(piece, _)| !lying.contains(piece)).map(|(piece, held)| Problem {
        severity: severity(expected, any && held.gives_out(*piece)),
        at: place(format!("operation {}", held.capture)),
        what: format!("the bytes of the capture, `{piece}`, are not here"),
        hint: "restore them from a backup".into(),
    }));
    problems.extend(lying.iter().filter(|piece| !named.contains_key(piece)).map(|piece| Problem {
        severity: Severity::Note,
        at: place("captures/".into()),
        what: format!("no capture names `{piece}`"),
        hint: "a capture was interrupted before the ledger knew of it; it may be removed".into(),
    }));
    Ok(Holdings { captures: captures.len(), pieces: lying.len(), problems })
}

/// How bad it is that a piece is missing which a mirror of this kind should have or not.
fn severity(expected: Expected, mirrored: bool) -> Severity {
    match expected {
        Expected::All => Severity::Error,
        Expected::Copied => Severity::Warning,
        Expected::Mirrored if mirrored => Severity::Error,
        Expected::Mirrored => Severity::Note,
    }
}

fn place(file: String) -> Where {
    Where { file, line: 0, column: 0 }
}
