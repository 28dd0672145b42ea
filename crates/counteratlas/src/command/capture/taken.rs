//! What was received becomes what is kept: an operation for the ledger, and bytes for the archive.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use desk::capture::read::{Document, Hint, Unread, is_web_archive, read_answer, write_task};
use desk::capture::{Fetched, Own};
use ledger::archive::Digest;
use model::{Capture, CaptureText, Form, Grade, Id, Piece, Robots};

use super::Wanted;
use crate::apart::{self, Role};
use crate::args::Manners;
use crate::atlas::today;
use crate::confine::READER_SECONDS;
use crate::own;

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
    };
    bytes.extend(text);
    Taken { capture, bytes, words, note }
}

/// Words that do not say which machine asked for them.
fn masked(words: &CaptureText, own: &Own) -> Option<CaptureText> {
    let bytes = String::from_utf8(words.to_bytes()).ok()?;
    CaptureText::from_bytes(own.masked(&bytes).as_bytes())
}

/// A file that somebody has. A web archive that can't be read from beginning to end is not taken; the inner error says
/// where it breaks. Other files are kept as they are, read or not.
pub fn file(path: &Path, source: Option<Id>) -> Result<Result<Taken, Unread>> {
    let bytes = std::fs::read(path).with_context(|| format!("can't read `{}`", path.display()))?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let hint = Hint { name, ..Hint::default() };
    let document = read_apart(&bytes, &hint);
    let archive = is_web_archive(&bytes, &hint.name);
    Ok(match document {
        Err(why) if archive => Err(why),
        document => Ok(given(source, bytes, document)),
    })
}

fn given(source: Option<Id>, bytes: Vec<u8>, document: Result<Document, Unread>) -> Taken {
    let (media_type, page) = match &document {
        Ok(document) => (document.media_type.clone(), document.page.clone()),
        Err(_) => Default::default(),
    };
    let (words, note) = words_of(document);
    let text = words.as_ref().map(CaptureText::to_bytes);
    let archive = page.is_some();
    let (url, at) = page.unwrap_or_default();
    let kept = piece(&bytes);
    let capture = Capture {
        source,
        form: if archive { Form::Archive } else { Form::File },
        // A day is enough for what somebody handed over: a second could tell who.
        at: if at.is_empty() { today().to_string().into() } else { at.into() },
        kept,
        body: kept,
        media_type: media_type.into(),
        text: text.as_deref().map(piece),
        final_url: url.as_str().into(),
        url: url.into(),
        status: 0,
        grade: Grade::Complete,
        reason: "given".into(),
        address: "".into(),
        certificates: None,
        vantage: "".into(),
        robots: Robots::Unknown,
        requisites: 0,
        missing: 0,
    };
    Taken { capture, bytes: std::iter::once(bytes).chain(text).collect(), words, note }
}

/// Has bytes read apart. Whatever they do to the reader is a refusal.
pub fn read_apart(bytes: &[u8], hint: &Hint) -> Result<Document, Unread> {
    let answer = apart::run(Role::Read, write_task(bytes, hint), Duration::from_secs(READER_SECONDS + 1));
    let answer = answer.map_err(|error| Unread::Damaged(format!("{error:#}")))?;
    read_answer(&answer).map_err(|error| Unread::Damaged(error.to_string()))?
}

fn words_of(document: Result<Document, Unread>) -> (Option<CaptureText>, String) {
    match document {
        Ok(document) if document.text.is_empty() => (None, String::new()),
        Ok(document) => (Some(document.text), String::new()),
        Err(unread) => (None, unread.to_string()),
    }
}

fn piece(bytes: &[u8]) -> Piece {
    Piece { digest: Digest::of(bytes).0, length: bytes.len() as u64 }
}
