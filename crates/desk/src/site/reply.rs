//! What is answered, and the headers on every answer: nothing is kept, nothing comes from elsewhere, nothing is framed.

use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use maud::Markup;

use crate::store::StoreError;

/// Scripts, styles and pictures from our own origin alone; no frame, no plug-in, no inline code.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Only passkeys are used of all that a browser could be asked for.
const PERMISSIONS_POLICY: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), \
     publickey-credentials-get=(self), publickey-credentials-create=(self)";

/// Headers that are the same on every answer.
pub(super) const ALWAYS: [(&str, &str); 8] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", PERMISSIONS_POLICY),
    ("x-robots-tag", "noindex"),
    ("vary", "cookie"),
];

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub status: StatusCode,
    pub mime: &'static str,
    pub body: Vec<u8>,
    /// Where to go on; empty for nowhere.
    pub location: String,
    /// A `Set-Cookie` header; empty for none.
    pub cookie: String,
    /// The name under which a browser saves it; empty for showing it.
    pub download: String,
    /// Whether the address names the content, so that it may be kept for ever.
    pub immutable: bool,
}

impl Reply {
    /// Bytes of a type.
    pub fn data(mime: &'static str, body: Vec<u8>) -> Self {
        let (location, cookie, download) = (String::new(), String::new(), String::new());
        Self { status: StatusCode::OK, mime, body, location, cookie, download, immutable: false }
    }

    /// A page.
    pub fn html(page: Markup) -> Self {
        Self::data("text/html; charset=utf-8", page.0.into_bytes())
    }

    /// Data for a script.
    pub fn json(value: &serde_json::Value) -> Self {
        Self::data("application/json", value.to_string().into_bytes())
    }

    /// On to another page, after a form.
    pub fn see_other(location: impl Into<String>) -> Self {
        let location = location.into();
        Self { status: StatusCode::SEE_OTHER, location, ..Self::data("text/plain; charset=utf-8", Vec::new()) }
    }

    /// The same with another status.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The finished response.
    pub fn seal(self) -> Response<Body> {
        let keep = if self.immutable { "private, max-age=31536000, immutable" } else { "no-store" };
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        for (name, value) in ALWAYS {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.mime));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        let attachment = format!("attachment; filename=\"{}\"", self.download);
        let download = if self.download.is_empty() { String::new() } else { attachment };
        let more = [
            (header::LOCATION, self.location),
            (header::SET_COOKIE, self.cookie),
            (header::CONTENT_DISPOSITION, download),
        ];
        for (name, value) in more.into_iter().filter(|(_, value)| !value.is_empty()) {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is nothing here, or nothing for this account.
    Missing,
    /// Nobody is logged in.
    LogIn,
    /// The account's roles do not do that.
    Forbidden,
    /// The route does not take this method.
    Method,
    /// The request comes from another site, or is for another host.
    Foreign,
    /// The body is too large, or did not come.
    TooLarge,
    /// The address or the form holds what has no meaning.
    Query,
    /// A rule of the desk stands against it: the message that says which.
    Refused(&'static str),
    /// Others are writing just now.
    Busy,
    /// Something failed on our side.
    Broken,
}

impl Failure {
    /// The status and the message.
    pub fn explain(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Missing => (StatusCode::NOT_FOUND, "desk-failure-missing"),
            Self::LogIn => (StatusCode::UNAUTHORIZED, "desk-failure-login"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "desk-failure-forbidden"),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "desk-failure-method"),
            Self::Foreign => (StatusCode::FORBIDDEN, "desk-failure-foreign"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "desk-failure-large"),
            Self::Query => (StatusCode::BAD_REQUEST, "desk-failure-query"),
            Self::Refused(message) => (StatusCode::CONFLICT, message),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "desk-failure-busy"),
            Self::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "desk-failure-broken"),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            _ => Self::Broken,
        }
    }
}
