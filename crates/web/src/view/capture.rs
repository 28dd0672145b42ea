//! What the archive holds of a source, and whether the source still says so.

use edition::{CaptureRecord, SourceView};
use model::{Form, Found, OperationNumber, Piece};
use serde::Serialize;

use crate::view::Maker;

/// A capture.
#[derive(Serialize)]
pub(crate) struct Capture {
    /// Its number in the ledger.
    pub id: String,
    /// When: UTC, a second or a day.
    pub at: String,
    /// `fetched`, `file` or `archive` (a web archive that others made).
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
}

fn capture(record: &CaptureRecord) -> Capture {
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
        rechecks: record.rechecks.iter().map(again).collect(),
        came: held.form,
    }
}
