//! The second listener: the very bytes of captures, as downloads that no browser runs, from an origin of their own.
//!
//! Only what we fetched ourselves is given out, what an editor said that anyone may have, and what pages show of all: words,
//! pictures painted anew, stamps. What somebody handed over may hold their name, and stays.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use axum::routing::get;
use edition::{CaptureRecord, Follower};
use ledger::archive::{Blobs, Digest};
use model::Form;

/// What every answer carries: nothing in it may run, load, be framed, be guessed at or be remembered.
const HEADERS: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "sandbox; default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("x-robots-tag", "noindex"),
    ("cache-control", "no-store"),
];

/// The bytes that may be given out.
#[derive(Clone)]
pub struct Originals {
    archive: Blobs,
    given: Arc<RwLock<BTreeSet<(Kind, Digest)>>>,
}

/// What a piece is, and how its name ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Warc,
    Text,
    Picture,
    Stamp,
    Original,
}

/// The words that names end in.
const KINDS: [(&str, Kind); 5] = [
    ("warc.gz", Kind::Warc),
    ("text", Kind::Text),
    ("picture", Kind::Picture),
    ("stamp", Kind::Stamp),
    ("original", Kind::Original),
];

/// The pieces of a capture that anyone may have.
fn given(record: &CaptureRecord) -> Vec<(Kind, Digest)> {
    let capture = &record.capture;
    let kept = match capture.form {
        Form::Fetched => Some(Kind::Warc),
        Form::Open => Some(Kind::Original),
        Form::File | Form::Archive | Form::Withheld | Form::Sealed | Form::Spent => None,
    };
    let kept = kept.map(|kind| (kind, capture.kept));
    let text = capture.text.map(|piece| (Kind::Text, piece));
    let picture = capture.picture.map(|picture| (Kind::Picture, picture.piece));
    let stamps = record.stamps.iter().map(|(_, stamp)| (Kind::Stamp, stamp.piece));
    let all = kept.into_iter().chain(text).chain(picture).chain(stamps);
    all.map(|(kind, piece)| (kind, Digest(piece.digest))).collect()
}

/// Reads the name of a piece.
fn named(name: &str) -> Option<(Kind, Digest)> {
    let (digits, ending) = name.split_once('.')?;
    let kind = KINDS.into_iter().find(|(word, _)| *word == ending)?.1;
    Some((kind, Digest::parse(digits)?))
}

impl Originals {
    /// Of this archive; gives out nothing yet.
    pub fn new(archive: Blobs) -> Self {
        Self { archive, given: Arc::default() }
    }

    /// Takes over what the ledger says by now.
    pub fn set(&self, follower: &Follower) {
        let given = follower.state().captures().flat_map(given).collect();
        *self.given.write().unwrap_or_else(PoisonError::into_inner) = given;
    }

    /// `/{digest}.warc.gz`, `/{digest}.text` and the like, and nothing else.
    pub fn router(self) -> Router {
        Router::new()
            .route("/{name}", get(original))
            .fallback(|| async { refused(StatusCode::NOT_FOUND) })
            .with_state(self)
    }

    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let piece = named(name)?;
        let given = self.given.read().unwrap_or_else(PoisonError::into_inner).contains(&piece);
        if given { self.archive.get(&piece.1).ok()? } else { None }
    }
}

async fn original(State(originals): State<Originals>, Path(name): Path<String>) -> Response<Body> {
    let asked = name.clone();
    let found = tokio::task::spawn_blocking(move || originals.bytes(&asked)).await.ok().flatten();
    let Some(bytes) = found else { return refused(StatusCode::NOT_FOUND) };
    // The name is a digest: nothing in it can end the quotes.
    let attachment = format!("attachment; filename=\"{name}\"");
    sealed(
        Response::builder()
            .header("content-type", "application/octet-stream")
            .header("content-disposition", attachment),
    )
    .body(Body::from(bytes))
    .unwrap_or_default()
}

fn refused(status: StatusCode) -> Response<Body> {
    let answer = sealed(Response::builder().status(status).header("content-type", "text/plain; charset=utf-8"));
    answer.body(Body::from("there is nothing at this address\n")).unwrap_or_default()
}

fn sealed(answer: axum::http::response::Builder) -> axum::http::response::Builder {
    HEADERS.iter().fold(answer, |answer, (name, value)| answer.header(*name, *value))
}
