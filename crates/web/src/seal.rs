//! What every response carries, errors and empty ones included: security headers, caching, compression.
//!
//! Nothing here depends on who asks: the same bytes and the same ETag for everyone.

use std::io::Write;

use axum::body::Body as Outgoing;
use axum::body::Bytes;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Response, StatusCode};

use crate::reply::{Body, Keep, Reply};
use crate::stream::Writer;

/// Scripts, styles and data from our own origin alone; no frame, no plug-in, no inline code.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The powers of a browser that no page of ours uses.
const PERMISSIONS_POLICY: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
     encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), \
     publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()";

/// Headers that are the same on every response.
pub(crate) const ALWAYS: [(&str, &str); 6] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", PERMISSIONS_POLICY),
    ("vary", "accept-encoding"),
];

/// Bodies below this many bytes are not worth compressing.
const WORTH_COMPRESSING: usize = 1024;

/// How hard bodies are compressed while a reader waits.
const QUICK: u32 = 4;

/// What the request says about the form of the answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wants {
    /// HEAD: headers alone.
    pub head: bool,
    /// The client takes brotli.
    pub brotli: bool,
    /// The ETags that the client has.
    pub if_none_match: String,
    /// The part of a file that it wants.
    pub range: String,
    /// The ETag of which it has the other parts.
    pub if_range: String,
}

impl Wants {
    /// Reads the two request headers on which the form of an answer depends.
    pub fn of(head: bool, headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
        let own = |name| text(name).to_owned();
        let (if_none_match, range, if_range) = (own(header::IF_NONE_MATCH), own(header::RANGE), own(header::IF_RANGE));
        Self { head, brotli: accepts_brotli(text(header::ACCEPT_ENCODING)), if_none_match, range, if_range }
    }

    /// Whether the client has this version already.
    pub fn has(&self, etag: &str) -> bool {
        let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        self.if_none_match.split(',').any(|tag| opaque(tag) == opaque(etag))
    }
}

/// A file for programs that follows from no edition, such as a tile of the log.
pub struct PlainFile {
    /// The MIME type with its charset.
    pub mime: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether the address names the content, so that it may be kept for ever.
    pub immutable: bool,
}

/// The answer to a request for such a file, with the headers that every answer of the site carries. An absent file is
/// 404; `Err` is another status.
pub fn plain_file(
    method: &Method,
    headers: &HeaderMap,
    file: Result<Option<PlainFile>, StatusCode>,
) -> Response<Outgoing> {
    let wants = Wants::of(method == Method::HEAD, headers);
    let asks = method == Method::GET || method == Method::HEAD;
    let file = if asks { file } else { Err(StatusCode::METHOD_NOT_ALLOWED) };
    let reply = match file.and_then(|file| file.ok_or(StatusCode::NOT_FOUND)) {
        Ok(PlainFile { mime, bytes, immutable }) => {
            let keep = if immutable { Keep::Forever } else { Keep::Never };
            Reply { keep, ..Reply::data(mime, bytes) }
        }
        Err(status) => {
            let words = status.canonical_reason().unwrap_or("no answer").to_lowercase();
            let bytes = format!("{words}\n").into_bytes();
            Reply { status, keep: Keep::Never, ..Reply::data("text/plain; charset=utf-8", bytes) }
        }
    };
    seal(reply, &wants, "")
}

/// The finished response. `etag` names the version of everything that follows from the edition.
pub(crate) fn seal(reply: Reply, wants: &Wants, etag: &str) -> Response<Outgoing> {
    let (keep, mut status) = (reply.keep, reply.status);
    let mut headers = HeaderMap::new();
    set(&mut headers, header::CONTENT_TYPE, reply.mime);
    set(&mut headers, header::CACHE_CONTROL, cache_control(keep));
    if status == StatusCode::OK && matches!(keep, Keep::Edition | Keep::Reader) {
        set(&mut headers, header::ETAG, etag);
    }
    if !reply.download.is_empty() {
        set(&mut headers, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{}\"", reply.download));
    }
    if !reply.location.is_empty() {
        set(&mut headers, header::LOCATION, &reply.location);
    }
    if reply.refresh > 0 {
        set(&mut headers, HeaderName::from_static("refresh"), &reply.refresh.to_string());
    }
    let body = match reply.body {
        Body::File(file) => crate::part::file(file, wants, &mut headers, &mut status),
        Body::Stream(write) => streamed(write, wants, reply.mime, &mut headers),
        body => whole(body, wants, reply.mime, &mut headers),
    };
    respond(status, headers, reply.open, body)
}

/// A body that is there, with its length.
fn whole(body: Body, wants: &Wants, mime: &str, headers: &mut HeaderMap) -> Outgoing {
    let (bytes, encoded) = encode(body, wants.brotli, mime);
    if encoded {
        set(headers, header::CONTENT_ENCODING, "br");
    }
    set(headers, header::CONTENT_LENGTH, &bytes.len().to_string());
    if wants.head { Outgoing::empty() } else { Outgoing::from(bytes) }
}

/// A body that is written while it is sent; how long it gets nobody knows yet.
fn streamed(write: Writer, wants: &Wants, mime: &str, headers: &mut HeaderMap) -> Outgoing {
    let packed = wants.brotli && is_text(mime);
    if packed {
        set(headers, header::CONTENT_ENCODING, "br");
    }
    if wants.head { Outgoing::empty() } else { crate::stream::body(write, packed.then_some(QUICK)) }
}

/// "You have it already."
pub(crate) fn not_modified(open: bool, keep: Keep, etag: &str) -> Response<Outgoing> {
    let mut headers = HeaderMap::new();
    set(&mut headers, header::ETAG, etag);
    set(&mut headers, header::CACHE_CONTROL, cache_control(keep));
    respond(StatusCode::NOT_MODIFIED, headers, open, Outgoing::empty())
}

fn respond(status: StatusCode, mut headers: HeaderMap, open: bool, body: Outgoing) -> Response<Outgoing> {
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let policy = if open { "cross-origin" } else { "same-origin" };
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static(policy));
    if open {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    if let Some(seconds) = retry_after(status) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
    }
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// When to come back: soon where something is being made, later where something is counted.
fn retry_after(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::SERVICE_UNAVAILABLE => Some("2"),
        StatusCode::TOO_MANY_REQUESTS => Some("600"),
        _ => None,
    }
}

/// What a browser asks before it lets another site's script post to an open route.
pub(crate) fn preflight() -> Response<Outgoing> {
    let mut response = respond(StatusCode::NO_CONTENT, HeaderMap::new(), true, Outgoing::empty());
    let more = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, BOTH_METHODS),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (header::CACHE_CONTROL, cache_control(Keep::Never)),
    ];
    more.into_iter().for_each(|(name, value)| set(response.headers_mut(), name, value));
    response
}

/// The methods of a route that takes a body.
pub(crate) const BOTH_METHODS: &str = "GET, HEAD, POST";

/// Lets other sites show a page in a frame. It then holds no form.
pub(crate) fn let_frame(response: &mut Response<Outgoing>) {
    let policy = CONTENT_SECURITY_POLICY
        .replace("frame-ancestors 'none'", "frame-ancestors *")
        .replace("form-action 'self'", "form-action 'none'");
    let policy = HeaderValue::from_str(&policy).expect("invariant: our own header values are visible ASCII");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
}

pub(crate) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    headers.insert(name, HeaderValue::from_str(value).expect("invariant: our own header values are visible ASCII"));
}

fn cache_control(keep: Keep) -> &'static str {
    match keep {
        Keep::Edition => "no-cache",
        Keep::Reader => "private, no-cache",
        Keep::Forever => "public, max-age=31536000, immutable",
        Keep::Never => "no-store",
    }
}

fn encode(body: Body, brotli: bool, mime: &str) -> (Bytes, bool) {
    match body {
        Body::Ready { brotli: Some(ready), .. } if brotli => (ready, true),
        Body::Ready { plain, .. } => (plain, false),
        Body::Plain(plain) if brotli && plain.len() >= WORTH_COMPRESSING && is_text(mime) => {
            (compress(&plain, QUICK).into(), true)
        }
        Body::Plain(plain) => (plain.into(), false),
        Body::Stream(_) | Body::File(_) => (Bytes::new(), false),
    }
}

fn is_text(mime: &str) -> bool {
    mime.starts_with("text/") || mime.contains("json") || mime.contains("svg") || mime.contains("mapbox-vector-tile")
}

/// The brotli form; `quality` from 0 (quick) to 11 (small).
pub(crate) fn compress(plain: &[u8], quality: u32) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, window(plain.len()));
    writer.write_all(plain).expect("invariant: memory takes every byte");
    writer.into_inner()
}

/// The base-2 logarithm of the smallest brotli window that sees a whole text, 4 MiB at most (RFC 7932, 9.1). A larger one
/// finds nothing more, and costs each of many answers under way its memory.
fn window(length: usize) -> u32 {
    (usize::BITS - length.leading_zeros()).clamp(10, 22)
}

fn accepts_brotli(accept: &str) -> bool {
    accept.split(',').any(|one| {
        let (name, parameters) = one.split_once(';').unwrap_or((one, ""));
        let refused = matches!(parameters.trim().trim_start_matches("q="), "0" | "0.0" | "0.00" | "0.000");
        name.trim().eq_ignore_ascii_case("br") && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_given_only_to_those_who_take_it() {
        for yes in ["br", "gzip, br", "gzip;q=1.0, BR;q=0.5"] {
            assert!(accepts_brotli(yes), "{yes}");
        }
        for no in ["", "gzip", "br;q=0", "brotli", "*"] {
            assert!(!accepts_brotli(no), "{no}");
        }
    }

    #[test]
    fn etags_are_compared_weakly_and_one_by_one() {
        let wants = |tags: &str| Wants { if_none_match: tags.to_owned(), ..Wants::default() };
        assert!(wants("\"x\", W/\"a\"").has("W/\"a\""));
        assert!(wants("\"a\"").has("W/\"a\""));
        assert!(!wants("*").has("W/\"a\""));
        assert!(!wants("W/\"b\"").has("W/\"a\""));
        assert!(!wants("").has("W/\"a\""));
    }

    #[test]
    fn a_window_sees_the_whole_text_and_little_more() {
        assert_eq!([0, 1000, 1024, 100_000, 1 << 30].map(window), [10, 10, 11, 17, 22]);
    }

    #[test]
    fn compression_loses_nothing() {
        let text = "according to ".repeat(500);
        let small = compress(text.as_bytes(), QUICK);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut small.as_slice(), &mut back).expect("our own bytes");
        assert_eq!(back, text.as_bytes());
        assert!(small.len() * 20 < text.len());
    }
}
