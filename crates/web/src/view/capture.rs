//! What the archive holds of a source, and whether the source still says so.

use edition::{CaptureRecord, SourceView};
use model::{CaptureText, Form, Found, OperationNumber, Paragraph, Picture, Piece, Place, Stamp, Texts};
use serde::Serialize;

use crate::reply::Stone;
use crate::view::Maker;
use crate::view::claim::SourceRef;

/// A capture.
#[derive(Serialize)]
pub(crate) struct Capture {
    /// Its number in the ledger.
    pub id: String,
    /// When: UTC, a second or a day.
    pub at: String,
    /// `fetched`, `file`, `archive` (a web archive that others made), `withheld` (fetched, and given to nobody because it
    /// shows who asked), `open` (a file that anyone may have), `sealed` (kept for whoever has a key) or `spent` (the file
    /// was destroyed, and what is shown of it kept).
    pub form: &'static str,
    /// `complete`, `partial`, `wall` or `error`.
    pub grade: &'static str,
    /// Why it is no better: a word.
    pub reason: String,
    /// The address asked for; empty for a file.
    pub address: String,
    /// The address that answered in the end.
    pub answered: String,
    /// The status of the last answer; 0 for a file.
    pub status: u16,
    /// What it is.
    pub media_type: String,
    /// What is kept.
    pub kept: Bytes,
    /// What was sent in the end.
    pub body: Bytes,
    /// The text that was read of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Bytes>,
    /// The IP address that answered; empty for a file.
    pub ip: String,
    /// SHA-256 over the server's certificates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificates_sha256: Option<String>,
    /// The country from which it was asked for; empty if it is not told.
    pub vantage: String,
    /// `unknown`, `none`, `allowed` or `disallowed`.
    pub robots: &'static str,
    /// Pictures, styles and scripts that were asked for, and those of them that did not come.
    pub requisites: u32,
    pub missing: u32,
    /// Its dots, painted anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Painted>,
    /// Others' words of when its bytes were there.
    pub stamps: Vec<Stamped>,
    /// What was found when its address was looked at again, oldest first.
    pub rechecks: Vec<Recheck>,
    /// What is behind `form`.
    #[serde(skip)]
    pub came: Form,
}

/// Some bytes.
#[derive(Serialize)]
pub(crate) struct Bytes {
    pub sha256: String,
    pub length: u64,
}

/// A picture for readers.
#[derive(Serialize)]
pub(crate) struct Painted {
    pub address: String,
    pub media_type: &'static str,
    pub width: u32,
    pub height: u32,
    #[serde(flatten)]
    pub bytes: Bytes,
}

/// Somebody else's word of when the bytes of a capture were there.
#[derive(Serialize)]
pub(crate) struct Stamped {
    /// Its number in the ledger.
    pub id: String,
    /// `rfc3161` or `opentimestamps`.
    pub scheme: &'static str,
    /// The time that it states; empty while none is settled.
    pub at: String,
    /// Whose word it is, as it names itself.
    pub authority: String,
    #[serde(flatten)]
    pub bytes: Bytes,
}

/// What was found on looking again.
#[derive(Serialize)]
pub(crate) struct Recheck {
    /// Its number in the ledger.
    pub id: String,
    /// When: UTC.
    pub at: String,
    /// `unchanged`, `changed`, `gone`, `walled` or `unanswered`.
    pub found: &'static str,
    /// The capture of what was there then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture: Option<String>,
    #[serde(skip)]
    pub what: Found,
}

/// What stands in the place of a capture that was destroyed.
#[derive(Serialize)]
pub(crate) struct Destroyed {
    /// The capture's number in the ledger.
    pub id: String,
    /// When it was captured: UTC, a second or a day.
    pub at: String,
    #[serde(flatten)]
    pub stone: Stone,
}

/// A capture with its words.
#[derive(Serialize)]
pub(crate) struct CaptureWhole {
    #[serde(flatten)]
    pub capture: Capture,
    /// The source that it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRef>,
    /// What evidence quotes from the source, and where it stands here.
    pub quotes: Vec<Quote>,
    /// The words; nothing where none were read or they are not held here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
}

/// Words that evidence quotes.
#[derive(Serialize)]
pub(crate) struct Quote {
    /// The evidence's number in the ledger.
    pub evidence: String,
    /// The words.
    pub exact: String,
    /// BCP 47, or empty.
    pub lang: String,
    /// Where they stand; nothing where they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Selectors>,
}

/// Where words stand, as W3C's annotation model selects them: `start` and `end` of a text position selector in
/// code points, `prefix` and `suffix` of a text quote selector.
#[derive(Serialize)]
pub(crate) struct Selectors {
    pub start: u32,
    pub end: u32,
    pub prefix: String,
    pub suffix: String,
    /// The page, from 1; 0 where there is only one.
    pub page: u32,
}

/// The words of a capture.
#[derive(Serialize)]
pub(crate) struct Words {
    /// BCP 47 as the page states it, or empty.
    pub language: String,
    /// The title that it gives itself.
    pub title: String,
    /// Its paragraphs, at most [`MOST`].
    pub shown: Vec<Shown>,
    /// How many more there are.
    pub more: usize,
}

/// A paragraph.
#[derive(Serialize)]
pub(crate) struct Shown {
    /// Where it begins, in code points.
    pub start: u32,
    /// The page, from 1.
    pub page: u32,
    /// Its words.
    pub text: String,
    /// The same in pieces: where each begins, whether it is quoted, its words.
    #[serde(skip)]
    pub pieces: Vec<(u32, bool, String)>,
}

/// So many paragraphs are shown, as far as they have no more than [`LONGEST`] bytes together.
const MOST: usize = 2000;
const LONGEST: usize = 400_000;
/// So many characters stand in a prefix or suffix.
const AROUND: u32 = 32;

impl From<Piece> for Bytes {
    fn from(piece: Piece) -> Self {
        Self { sha256: piece.hex(), length: piece.length }
    }
}

impl Maker<'_> {
    /// The captures of a source, the latest first.
    pub fn captures(&self, source: SourceView<'_>) -> Vec<Capture> {
        source.captures().rev().map(capture).collect()
    }

    /// The captures of a source that were destroyed, the latest first.
    pub fn destroyed(&self, source: SourceView<'_>) -> Vec<Destroyed> {
        let graves = self.edition.state().destroyed_of(source.id()).rev();
        let destroyed = |grave: &edition::CaptureGrave| Destroyed {
            id: grave.tombstone.capture.to_string(),
            at: grave.tombstone.at.to_string(),
            stone: Stone::capture(grave),
        };
        graves.map(destroyed).collect()
    }
}

impl Maker<'_> {
    /// A capture with its words, as far as they are held.
    pub fn capture_whole(&self, record: &CaptureRecord, texts: Option<&dyn Texts>) -> CaptureWhole {
        let text = record.capture.text.zip(texts).and_then(|(piece, texts)| texts.text(&piece.digest));
        let source = record.capture.source.as_ref().and_then(|id| self.edition.source(id.as_str()).live());
        let quotes = source.map(|source| source.quotes()).unwrap_or_default();
        let quotes: Vec<Quote> = quotes
            .into_iter()
            .map(|(number, quote)| Quote {
                evidence: number.to_string(),
                exact: quote.text().into(),
                lang: quote.lang().into(),
                place: text.as_ref().and_then(|text| selectors(text, text.find(quote.text())?)),
            })
            .collect();
        CaptureWhole {
            capture: capture(record),
            source: source.map(|source| self.source_ref(source.id())),
            words: text.map(|text| words(&text, &quotes)),
            quotes,
        }
    }
}

fn selectors(text: &CaptureText, place: Place) -> Option<Selectors> {
    let Place { start, end, page } = place;
    let prefix = text.at(start.saturating_sub(AROUND), start)?.to_owned();
    let after = (0..=AROUND).rev().find_map(|length| text.at(end, end + length))?;
    Some(Selectors { start, end, prefix, suffix: after.to_owned(), page })
}

fn words(text: &CaptureText, quotes: &[Quote]) -> Words {
    let mut marks: Vec<(u32, u32)> =
        quotes.iter().filter_map(|quote| quote.place.as_ref()).map(|place| (place.start, place.end)).collect();
    marks.sort_unstable();
    let mut left = LONGEST;
    let fitting = text.paragraphs().take(MOST).take_while(|paragraph| {
        let fits = paragraph.words.len() <= left;
        left = left.saturating_sub(paragraph.words.len());
        fits
    });
    let shown: Vec<Shown> = fitting
        .map(|paragraph| Shown {
            start: paragraph.start,
            page: paragraph.page,
            text: paragraph.words.into(),
            pieces: pieces(paragraph, &marks),
        })
        .collect();
    let more = text.paragraphs().count() - shown.len();
    Words { language: text.language().into(), title: text.title().into(), shown, more }
}

/// A paragraph cut where marks begin and end; marks that overlap are joined.
fn pieces(paragraph: Paragraph<'_>, marks: &[(u32, u32)]) -> Vec<(u32, bool, String)> {
    let mut pieces: Vec<(u32, bool, String)> = Vec::new();
    for (at, letter) in (paragraph.start..).zip(paragraph.words.chars()) {
        let marked = marks.iter().any(|(start, end)| (*start..*end).contains(&at));
        let begins = marks.iter().any(|(start, _)| *start == at);
        match pieces.last_mut() {
            Some((_, before, text)) if *before == marked && !begins => text.push(letter),
            _ => pieces.push((at, marked, letter.to_string())),
        }
    }
    pieces
}

pub(crate) fn capture(record: &CaptureRecord) -> Capture {
    let held = &record.capture;
    let again = |(number, recheck): &(OperationNumber, model::Recheck)| Recheck {
        id: number.to_string(),
        at: recheck.at.to_string(),
        found: recheck.found.word(),
        capture: recheck.now.map(|now| now.within(number.entry).to_string()),
        what: recheck.found,
    };
    Capture {
        id: record.number.to_string(),
        at: held.at.to_string(),
        form: held.form.word(),
        grade: held.grade.word(),
        reason: held.reason.to_string(),
        address: held.url.to_string(),
        answered: held.final_url.to_string(),
        status: held.status,
        media_type: held.media_type.to_string(),
        kept: held.kept.into(),
        body: held.body.into(),
        text: held.text.map(Bytes::from),
        ip: held.address.to_string(),
        certificates_sha256: held.certificates.map(|digest| Piece { digest, length: 0 }.hex()),
        vantage: held.vantage.to_string(),
        robots: held.robots.word(),
        requisites: held.requisites,
        missing: held.missing,
        picture: held.picture.map(|picture| painted(record.number, picture)),
        stamps: record.stamps.iter().map(stamped).collect(),
        rechecks: record.rechecks.iter().map(again).collect(),
        came: held.form,
    }
}

fn painted(number: OperationNumber, picture: Picture) -> Painted {
    Painted {
        address: crate::url::picture(number, picture.paint),
        media_type: picture.paint.media_type(),
        width: picture.width,
        height: picture.height,
        bytes: picture.piece.into(),
    }
}

fn stamped((number, stamp): &(OperationNumber, Stamp)) -> Stamped {
    Stamped {
        id: number.to_string(),
        scheme: stamp.scheme.word(),
        at: stamp.at.to_string(),
        authority: stamp.authority.to_string(),
        bytes: stamp.piece.into(),
    }
}
