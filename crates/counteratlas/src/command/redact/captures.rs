//! The archive's side of a redaction: which captures hold words, and which evidence quotes a capture.

use std::collections::BTreeSet;

use edition::{CaptureRecord, State};
use ledger::LedgerError;
use ledger::archive::{Blobs, Digest};
use model::{CaptureText, Form, Id, OperationNumber};

use crate::report::say;

/// Words that are shorter stand anywhere, and tell nothing.
const SHORTEST: usize = 4;

/// Whether a capture holds words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It does.
    Words,
    /// It was never read, so nobody can tell.
    Unread,
    /// It does not, or its bytes are not here.
    Nothing,
}

/// Looks for words in a capture: in its text, in its title, and in a file as it was given.
pub fn holds(record: &CaptureRecord, archive: &Blobs, words: &BTreeSet<String>) -> Result<Holds, LedgerError> {
    let words = || words.iter().filter(|words| words.chars().count() >= SHORTEST);
    let Some(piece) = record.capture.text else {
        let bytes = archive.get(&Digest(record.capture.kept.digest))?;
        let found = bytes.as_ref().is_some_and(|bytes| words().any(|words| contains(bytes, words)));
        let unread = bytes.is_some() && record.capture.form != Form::Archive;
        return Ok(if found {
            Holds::Words
        } else if unread {
            Holds::Unread
        } else {
            Holds::Nothing
        });
    };
    let Some(bytes) = archive.get(&Digest(piece.digest))? else { return Ok(Holds::Nothing) };
    let text = CaptureText::from_bytes(&bytes).unwrap_or_default();
    let found = words().any(|words| text.find(words).is_some() || contains(&bytes, words));
    Ok(if found { Holds::Words } else { Holds::Nothing })
}

/// Every live capture in which these words stand.
pub fn holding(state: &State, archive: &Blobs, words: &BTreeSet<String>) -> Result<Vec<OperationNumber>, LedgerError> {
    let mut found = Vec::new();
    for record in state.captures().filter(|_| !words.is_empty()) {
        if holds(record, archive, words)? == Holds::Words {
            found.push(record.number);
        }
    }
    Ok(found)
}

/// The live evidence that quotes what stands in a capture of its source.
pub fn quoting(state: &State, archive: &Blobs, record: &CaptureRecord) -> Result<Vec<OperationNumber>, LedgerError> {
    let Some(piece) = record.capture.text else { return Ok(Vec::new()) };
    let text = archive.get(&Digest(piece.digest))?.and_then(|bytes| CaptureText::from_bytes(&bytes));
    let text = text.unwrap_or_default();
    let quotes = state.quotes().filter(|(source, ..)| Some(*source) == record.capture.source.as_ref());
    Ok(quotes.filter(|(.., quote)| text.find(quote.text()).is_some()).map(|(_, evidence, _)| evidence).collect())
}

/// Warns of captures that still hold the words, or of these sources may hold them; true if none holds them.
pub fn warn(
    state: &State,
    archive: &Blobs,
    words: &BTreeSet<String>,
    sources: &BTreeSet<Id>,
) -> Result<bool, LedgerError> {
    let mut clean = true;
    for record in state.captures().filter(|_| !words.is_empty()) {
        let number = record.number;
        match holds(record, archive, words)? {
            Holds::Words => {
                say(&format!(
                    "warning: capture {number} holds the same words; hint: destroy it with `counteratlas redact ATLAS {number}`, or all such with `--with-captures`"
                ));
                clean = false;
            }
            Holds::Unread if record.capture.source.as_ref().is_some_and(|source| sources.contains(source)) => {
                say(&format!(
                    "warning: capture {number} is of the same source and could not be read; it may hold the words"
                ))
            }
            Holds::Unread | Holds::Nothing => {}
        }
    }
    Ok(clean)
}

fn contains(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}
