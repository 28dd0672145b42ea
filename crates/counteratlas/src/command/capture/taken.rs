//! What was received becomes what is kept: an operation for the ledger, and bytes for the archive.

use std::time::Duration;

use desk::capture::read::{Document, Hint, Unread, read_answer, write_task};
use desk::capture::{Fetched, Own};
use ledger::archive::Digest;
use model::{Capture, CaptureText, Cleaned, Form, Grade, Paint, Picture, Piece};

use super::Wanted;
use crate::apart::{self, Role};
use crate::args::Manners;
use crate::confine::READER_SECONDS;
use crate::{inbox, own};

/// Something to keep.
pub struct Taken {
    /// What the ledger will say of it.
    pub capture: Capture,
    /// The bytes that it names.
    pub bytes: Vec<Vec<u8>>,
    /// The words that were read of it, if any.
    pub words: Option<CaptureText>,
    /// What an operator should know, or empty.
    pub note: String,
}

/// What a site answered.
pub fn taken(wanted: &Wanted, fetched: Fetched, document: Result<Document, Unread>, manners: &Manners) -> Taken {
    let own = Own::new(&own::words(&manners.own));
    let (words, note) = words_of(document);
    let words = words.and_then(|words| masked(&words, &own));
    let text = words.as_ref().map(CaptureText::to_bytes);
    let whole = matches!(fetched.grade, Grade::Complete | Grade::Partial) && !fetched.shows_us;
    let picture = if whole { painted(&fetched.body, &fetched.media_type).unwrap_or_default() } else { None };
    let mut bytes = vec![fetched.warc];
    let capture = Capture {
        source: wanted.source.clone(),
        form: if fetched.shows_us { Form::Withheld } else { Form::Fetched },
        at: fetched.at.into(),
        kept: piece(&bytes[0]),
        body: piece(&fetched.body),
        media_type: fetched.media_type.into(),
        text: text.as_deref().map(piece),
        url: wanted.url.as_str().into(),
        final_url: own.masked(&fetched.final_url).into(),
        status: fetched.status,
        grade: fetched.grade,
        reason: fetched.reason.into(),
        address: fetched.address.into(),
        certificates: fetched.certificates.map(|digest| digest.0),
        vantage: manners.vantage.as_str().into(),
        robots: fetched.robots,
        requisites: u32::try_from(fetched.asked).unwrap_or(u32::MAX),
        missing: u32::try_from(fetched.missing).unwrap_or(u32::MAX),
        picture: picture.as_ref().map(|(picture, _)| *picture),
    };
    bytes.extend(text);
    bytes.extend(picture.map(|(_, bytes)| bytes));
    Taken { capture, bytes, words, note }
}

/// Words that do not say which machine asked for them.
fn masked(words: &CaptureText, own: &Own) -> Option<CaptureText> {
    let bytes = String::from_utf8(words.to_bytes()).ok()?;
    CaptureText::from_bytes(own.masked(&bytes).as_bytes())
}

/// Has bytes read apart. Whatever they do to the reader is a refusal.
pub fn read_apart(bytes: &[u8], hint: &Hint) -> Result<Document, Unread> {
    let answer = apart::run(Role::Read, write_task(bytes, hint), Duration::from_secs(READER_SECONDS + 1));
    let answer = answer.map_err(|error| Unread::Damaged(format!("{error:#}")))?;
    read_answer(&answer).map_err(|error| Unread::Damaged(error.to_string()))?
}

/// A picture's dots, painted anew apart; nothing where it is no picture.
///
/// # Errors
/// Why there is no picture for readers.
pub fn painted(bytes: &[u8], media_type: &str) -> Result<Option<(Picture, Vec<u8>)>, String> {
    if !media_type.starts_with("image/") {
        return Ok(None);
    }
    match inbox::cleaned(bytes) {
        Ok(Cleaned::Picture { media_type, size: (width, height), bytes }) => {
            let paint = Paint::of(&media_type).ok_or("no picture was painted")?;
            Ok(Some((Picture { piece: piece(&bytes), paint, width, height }, bytes)))
        }
        Ok(Cleaned::Words(_)) | Err(_) => Err(format!("no picture could be painted of this `{media_type}`")),
    }
}

/// The words that were read, and why there are none.
pub fn words_of(document: Result<Document, Unread>) -> (Option<CaptureText>, String) {
    match document {
        Ok(document) if document.text.is_empty() => (None, String::new()),
        Ok(document) => (Some(document.text), String::new()),
        Err(unread) => (None, format!("no text was read: {unread}")),
    }
}

/// Bytes by their digest.
pub fn piece(bytes: &[u8]) -> Piece {
    Piece { digest: Digest::of(bytes).0, length: bytes.len() as u64 }
}
