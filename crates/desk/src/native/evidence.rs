//! Reads the `sources` cells: which sources a row rests on, and which way each points.

use model::{Passage, Problem, Stance};

use super::Reading;
use super::cell::{self, Unsound};
use crate::facts::{Body, EvidenceFacts, fixed_id};
use crate::nearest;
use crate::table::{Row, Spot};

/// Positions of a row's evidence in a body.
pub(super) struct Grounds {
    /// All of it.
    pub all: Vec<u32>,
    /// What supports.
    pub supports: Vec<u32>,
    /// The editors' general knowledge.
    pub editors: Vec<u32>,
}

impl Grounds {
    /// Puts a row's evidence into the body of its subject.
    pub fn lay(body: &mut Body, evidence: Vec<EvidenceFacts>, at: Spot) -> Self {
        body.evidence_at = at;
        let mut grounds = Self { all: Vec::new(), supports: Vec::new(), editors: Vec::new() };
        for piece in evidence {
            let supports = piece.stance == Stance::Supports;
            let position = body.evidence(piece);
            grounds.all.push(position);
            grounds.supports.extend(supports.then_some(position));
        }
        grounds.editors.push(body.evidence(EvidenceFacts::support(fixed_id(model::EDITORS))));
        grounds
    }
}

impl Reading<'_> {
    /// The evidence that a row's cell names; a problem and `None` if nothing in it supports.
    pub(super) fn evidence(&mut self, row: &Row<'_, '_>, column: &str) -> Option<Vec<EvidenceFacts>> {
        let mut found: Vec<EvidenceFacts> = Vec::new();
        let mut sound = true;
        for part in row.list(column) {
            match piece(part) {
                Ok(piece) if found.contains(&piece) => {
                    self.problems.push(Problem::warning(row.at(column), format!("source `{part}` is named twice")));
                }
                Ok(piece) => found.push(piece),
                Err(unsound) => {
                    sound = false;
                    self.problems.push(unsound.at(row, column));
                }
            }
        }
        if found.iter().any(|e| e.stance == Stance::Supports) {
            return Some(found);
        }
        if !sound {
            return None;
        }
        let hint = "every row needs a source; what no publication states may cite `editors-general-knowledge`";
        self.problems.push(Problem::error(row.at(column), "no source supports this row").hint(hint));
        None
    }
}

/// Reads `id#anchor:stance`.
fn piece(text: &str) -> Result<EvidenceFacts, Unsound> {
    let (place, stance) = match text.rsplit_once(':') {
        Some((place, word)) => (place, stance(word)?),
        None => (text, Stance::Supports),
    };
    let (source, anchor) = place.split_once('#').map_or((place, None), |(s, a)| (s, Some(a)));
    if anchor == Some("") {
        return Err(Unsound::new(format!("`{}` has an empty anchor", cell::short(text))));
    }
    let passage = Passage { anchor: anchor.map(Into::into), ..Passage::default() };
    Ok(EvidenceFacts { stance, passage, ..EvidenceFacts::support(cell::id(source)?) })
}

/// The stance that a word names.
pub(super) fn stance(word: &str) -> Result<Stance, Unsound> {
    Stance::parse(word).ok_or_else(|| {
        let words = Stance::ALL.map(Stance::word);
        Unsound::new(format!("unknown stance `{}`", cell::short(word))).hint(nearest::hint(word, words))
    })
}
