//! `check --evidence`: every quote is looked for again in what we hold of its source.

use std::collections::BTreeMap;

use anyhow::Result;
use edition::{CaptureRecord, State};
use ledger::archive::{Blobs, Digest};
use model::{CaptureText, Grade, Id, OperationNumber, Place, Problem, Where};

/// How many quotes stand how.
#[derive(Debug, Default)]
pub struct Tally {
    /// In the latest capture, where they stood in the first.
    pub exact: usize,
    /// In the latest capture, elsewhere than in the first.
    pub moved: usize,
    /// In an earlier capture only.
    pub gone: usize,
    /// In none.
    pub absent: usize,
    /// Of sources of which no words are held.
    pub unheld: usize,
    /// Of sources whose captures were destroyed.
    pub destroyed: usize,
}

/// Looks for every quote. Reads the words of each capture of a quoted source once.
pub fn check(state: &State, archive: &Blobs) -> Result<(Tally, Vec<Problem>)> {
    let mut by_source: BTreeMap<&Id, Vec<(OperationNumber, &str)>> = BTreeMap::new();
    for (source, evidence, quote) in state.quotes() {
        by_source.entry(source).or_default().push((evidence, quote.text()));
    }
    let (mut tally, mut problems) = (Tally::default(), Vec::new());
    for (source, quotes) in by_source {
        let texts = texts(state, source, archive)?;
        if texts.is_empty() && state.destroyed_of(source.as_str()).next().is_some() {
            tally.destroyed += quotes.len();
            continue;
        }
        for (evidence, quote) in quotes {
            problems.extend(judge(&mut tally, source, evidence, quote, &texts));
        }
    }
    Ok((tally, problems))
}

/// The words of a source's captures, oldest first. What a wall says is not what the page says.
fn texts(state: &State, source: &Id, archive: &Blobs) -> Result<Vec<(OperationNumber, CaptureText)>> {
    let usable = |record: &&CaptureRecord| matches!(record.capture.grade, Grade::Complete | Grade::Partial);
    let mut texts = Vec::new();
    for record in state.captures_of(source.as_str()).filter(usable) {
        let Some(piece) = record.capture.text else { continue };
        let bytes = archive.get(&Digest(piece.digest))?;
        texts.extend(bytes.and_then(|bytes| CaptureText::from_bytes(&bytes)).map(|text| (record.number, text)));
    }
    Ok(texts)
}

fn judge(
    tally: &mut Tally,
    source: &Id,
    evidence: OperationNumber,
    quote: &str,
    texts: &[(OperationNumber, CaptureText)],
) -> Option<Problem> {
    let Some((latest, text)) = texts.last() else {
        tally.unheld += 1;
        return None;
    };
    let found = |text: &CaptureText| text.find(quote);
    let first: Option<(OperationNumber, Place)> = texts.iter().find_map(|(number, text)| Some((*number, found(text)?)));
    let at = Where { file: format!("evidence {evidence}"), line: 0, column: 0 };
    match (first, found(text)) {
        (Some((_, then)), Some(now)) if then == now => tally.exact += 1,
        (_, Some(_)) => tally.moved += 1,
        (Some((number, _)), None) => {
            tally.gone += 1;
            let what = format!("its quote stood in capture {number} of `{source}` and is not in the latest, {latest}");
            return Some(Problem::warning(at, what).hint("say since when, or whether the source took it back"));
        }
        (None, None) => {
            tally.absent += 1;
            let what = format!("its quote is in no capture of `{source}`");
            return Some(Problem::warning(at, what).hint("compare the words with the capture"));
        }
    }
    None
}
