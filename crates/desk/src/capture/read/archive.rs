//! Web archives that others made: every record is read, and the first page's text taken.

use ledger::archive::warc::{Limits, Located, Records};
use ledger::archive::{http, wacz};

use super::{Document, Hint, Kind, MOST, Unread, read as read_any};
use crate::capture::decode::decoded;

/// Reads a WARC or WACZ. One record that can't be read refuses it, with the place.
pub(super) fn read(bytes: &[u8], kind: Kind) -> Result<Document, Unread> {
    let limits = Limits { record: MOST, all: 2 * MOST };
    let mut document = match kind {
        Kind::Wacz => packed(bytes, limits)?,
        _ => records(bytes, limits)?.ok_or_else(|| Unread::Damaged("there is no record in it".into()))?,
    };
    document.media_type = kind.media_type().into();
    Ok(document)
}

fn packed(bytes: &[u8], limits: Limits) -> Result<Document, Unread> {
    let files = wacz::files(bytes, limits).map_err(|error| match error {
        wacz::WaczError::TooLarge(_) => Unread::TooLarge(error.to_string()),
        _ => Unread::Damaged(error.to_string()),
    })?;
    let mut first = None;
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("archive/")) {
        let found = records(bytes, limits).map_err(|error| match error {
            Unread::Damaged(what) => Unread::Damaged(format!("`{path}` {what}")),
            other => other,
        })?;
        first = first.or(found);
    }
    first.ok_or_else(|| Unread::Damaged("there is no record in it".into()))
}

/// Reads all records; the document is that of the first page, or an empty one.
fn records(bytes: &[u8], limits: Limits) -> Result<Option<Document>, Unread> {
    let (mut first, mut any) = (None, false);
    for record in Records::new(bytes, limits) {
        let Located { record, .. } = record.map_err(|error| Unread::Damaged(error.to_string()))?;
        any = true;
        if first.is_none() && record.kind() == "response" {
            first = page(&record);
        }
    }
    Ok(first.or_else(|| any.then(Document::default)))
}

fn page(record: &ledger::archive::warc::Record) -> Option<Document> {
    let head = http::head(&record.block).ok().filter(|head| head.status == 200)?;
    let body = http::body(&head, &record.block).ok()?;
    let body = decoded(&body, head.get("content-encoding").unwrap_or_default(), MOST).ok()?;
    let media_type = head.media_type();
    let hint = Hint { media_type, charset: head.charset(), name: String::new() };
    let document = matches!(hint.media_type.as_str(), "text/html" | "application/xhtml+xml" | "text/plain")
        .then(|| read_any(&body, &hint).ok())??;
    Some(Document { page: Some((record.target().to_owned(), record.date().to_owned())), ..document })
}
