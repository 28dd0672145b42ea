//! What a handler answers, before headers, compression and caching are added.

use axum::http::StatusCode;
use maud::Markup;
use model::FilterProblem;
use serde::Serialize;

use crate::bundle::DataFile;
use crate::stream::Writer;

/// A successful answer.
pub(crate) struct Reply {
    /// Normally 200.
    pub status: StatusCode,
    /// The MIME type with its charset.
    pub mime: &'static str,
    /// The bytes.
    pub body: Body,
    /// How long it may be kept.
    pub keep: Keep,
    /// Whether programs of other origins may read it.
    pub open: bool,
    /// The name under which a browser saves it; empty for showing it.
    pub download: &'static str,
    /// Where to go on; empty for nowhere.
    pub location: String,
    /// After how many seconds a browser should ask again; 0 for never.
    pub refresh: u32,
}

/// The bytes of an answer.
pub(crate) enum Body {
    /// As they are; compressed on the way out if that is worth it.
    Plain(Vec<u8>),
    /// A file, of which a client may ask for a part.
    File(DataFile),
    /// Written while it is sent.
    Stream(Writer),
    /// Shared bytes with their brotli form, where there is one.
    Ready {
        /// Not compressed.
        plain: axum::body::Bytes,
        /// Compressed once for all.
        brotli: Option<axum::body::Bytes>,
    },
}

/// How long an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Until the next edition: ask again each time, by ETag.
    Edition,
    /// The same, and by the reader alone: what somebody filters by stays out of shared caches.
    Reader,
    /// For ever: the address names the content.
    Forever,
    /// Not at all.
    Never,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is and was nothing here.
    Missing,
    /// The record was withdrawn or destroyed.
    Gone(Stone),
    /// The record is shown at this address, for ever.
    Moved(String),
    /// The route does not take this method.
    Method,
    /// The query holds something without meaning.
    Filter(Vec<FilterProblem>),
    /// A parameter has not the shape it needs: its name and what it may be.
    Parameter(&'static str, String),
    /// The query can't be decoded, or is too long.
    Query,
    /// The columns asked about are not those of this edition.
    Stale,
    /// The browser part was not built.
    NotBuilt,
    /// The body of a POST is larger than the route takes.
    TooLarge,
    /// What is needed is still being made, or is busy: to be asked again in a moment.
    Busy,
    /// Something of ours broke.
    Broken,
}

/// What stands where a record was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Stone {
    /// `withdrawn` or `redacted`.
    pub fate: &'static str,
    /// Why: the words of whoever withdrew it, or the class of the reason for which it was destroyed.
    pub reason: String,
    /// Reference of the public notice; empty for what was withdrawn.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notice: String,
    /// The operation that says so.
    pub decided_by: String,
    /// The proof of that operation.
    pub proof: String,
}

impl Stone {
    /// Whether a court or an authority ordered it (RFC 7725).
    pub fn by_order(&self) -> bool {
        self.fate == "redacted" && self.reason == "court-order"
    }

    /// Of something that was taken back.
    pub fn withdrawn(gone: &edition::Gone) -> Self {
        Self::new("withdrawn", &gone.reason, "", gone.by)
    }

    /// Of something that was destroyed.
    pub fn redacted(grave: &edition::Grave) -> Self {
        Self::new("redacted", grave.tombstone.reason.as_str(), &grave.tombstone.notice, grave.by)
    }

    /// Of a capture that was destroyed.
    pub fn capture(grave: &edition::CaptureGrave) -> Self {
        Self::new("redacted", grave.tombstone.reason.as_str(), &grave.tombstone.notice, grave.by)
    }

    fn new(fate: &'static str, reason: &str, notice: &str, by: model::OperationNumber) -> Self {
        let (reason, notice, decided_by) = (reason.to_owned(), notice.to_owned(), by.to_string());
        Self { fate, reason, notice, proof: crate::url::proof(&decided_by), decided_by }
    }
}

impl Failure {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Missing => StatusCode::NOT_FOUND,
            Self::Gone(stone) if stone.by_order() => StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS,
            Self::Gone(_) => StatusCode::GONE,
            Self::Moved(_) => StatusCode::PERMANENT_REDIRECT,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Filter(_) | Self::Parameter(..) | Self::Query => StatusCode::BAD_REQUEST,
            Self::Stale => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotBuilt | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl Reply {
    /// A page.
    pub fn html(page: Markup) -> Self {
        Self::new("text/html; charset=utf-8", page.0.into_bytes())
    }

    /// A view as JSON, with a line break at the end.
    pub fn json(view: &impl Serialize) -> Self {
        let mut bytes = serde_json::to_vec_pretty(view).expect("invariant: views have text keys and finite numbers");
        bytes.push(b'\n');
        Self::data("application/json", bytes)
    }

    /// "Go on there": the answer to a form that has changed something.
    pub fn see_other(location: String) -> Self {
        let reply = Self::new("text/plain; charset=utf-8", Vec::new());
        Self { status: StatusCode::SEE_OTHER, location, keep: Keep::Never, ..reply }
    }

    /// Bytes for programs: open to every origin.
    pub fn data(mime: &'static str, bytes: Vec<u8>) -> Self {
        Self { open: true, ..Self::new(mime, bytes) }
    }

    fn new(mime: &'static str, bytes: Vec<u8>) -> Self {
        let body = Body::Plain(bytes);
        Self {
            status: StatusCode::OK,
            mime,
            body,
            keep: Keep::Edition,
            open: false,
            download: "",
            location: String::new(),
            refresh: 0,
        }
    }
}
