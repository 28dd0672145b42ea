//! Carries out what tombstones say, wherever a copy of the record lies: first the bytes and words of captures, then the
//! values that name them, so that after a crash between the two the next run still knows what to destroy.

use std::collections::BTreeSet;

use anyhow::Result;
use ledger::archive::{Blobs, Digest};
use ledger::{Ledger, OperationId};

use crate::holdings::{Held, held};

/// What was done.
pub struct Burial {
    /// The operations whose values were there, captures among them.
    pub values: Vec<OperationId>,
    /// How many pieces of captures were destroyed.
    pub pieces: usize,
    /// Pieces that stay, for a live capture needs them too: the capture that was destroyed, and the one that lives.
    pub shared: Vec<(OperationId, OperationId)>,
}

/// Destroys every value that is named and still there, and of captures all bytes that no other capture needs.
pub fn carry_out(ledger: &Ledger, archive: &Blobs, buried: &[OperationId]) -> Result<Burial> {
    let named: BTreeSet<&OperationId> = buried.iter().collect();
    let (doomed, living): (Vec<Held>, Vec<Held>) =
        held(ledger)?.into_iter().partition(|capture| named.contains(&capture.capture));
    let (mut pieces, mut shared): (BTreeSet<Digest>, _) = (BTreeSet::new(), Vec::new());
    for (capture, piece) in doomed.iter().flat_map(|capture| capture.pieces().map(move |piece| (capture, piece))) {
        match living.iter().find(|other| other.pieces().any(|needed| needed == piece)) {
            Some(other) => shared.push((capture.capture, other.capture)),
            None => drop(pieces.insert(piece)),
        }
    }
    let pieces: Vec<Digest> = pieces.into_iter().collect();
    let pieces = if pieces.is_empty() { 0 } else { archive.destroy(&pieces)? };
    Ok(Burial { values: ledger.redact(buried)?, pieces, shared })
}
