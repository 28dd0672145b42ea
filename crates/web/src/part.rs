//! A file on its way out: whole, or the part that a client asks for to go on where it was interrupted (RFC 9110, 14).

use axum::body::Body as Outgoing;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};

use crate::bundle::{DataFile, part};
use crate::seal::{Wants, set};

/// Never compressed: a digest and a range speak of the very bytes.
pub(crate) fn file(file: DataFile, wants: &Wants, headers: &mut HeaderMap, status: &mut StatusCode) -> Outgoing {
    let etag = file.etag();
    set(headers, header::ETAG, &etag);
    set(headers, header::ACCEPT_RANGES, "bytes");
    if wants.has(&etag) {
        *status = StatusCode::NOT_MODIFIED;
        return Outgoing::empty();
    }
    let same = wants.if_range.is_empty() || wants.if_range == etag;
    let asked = if same { part(&wants.range, file.size) } else { None };
    let (start, end) = match asked {
        None => (0, file.size),
        Some(Err(())) => {
            *status = StatusCode::RANGE_NOT_SATISFIABLE;
            set(headers, header::CONTENT_RANGE, &format!("bytes */{}", file.size));
            return Outgoing::empty();
        }
        Some(Ok((start, end))) => {
            *status = StatusCode::PARTIAL_CONTENT;
            set(headers, header::CONTENT_RANGE, &format!("bytes {start}-{}/{}", end - 1, file.size));
            (start, end)
        }
    };
    set(headers, header::CONTENT_LENGTH, &(end - start).to_string());
    if wants.head {
        Outgoing::empty()
    } else {
        crate::stream::body(Box::new(move |out| file.copy(start, end, out)), None)
    }
}
