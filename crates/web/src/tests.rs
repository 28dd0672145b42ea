//! The whole service, asked as a client asks it, over a small invented atlas.

mod archive;
mod atlas;
mod hostile;
mod imprint;
mod openapi;
mod reconcile;
mod screen;
mod script;
mod search;
mod shape;
mod suggestion;
mod walk;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;

use crate::{Assets, WebState, router};

/// An answer, with its body decompressed.
pub(super) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub raw: Vec<u8>,
}

/// The invented atlas.
pub(crate) fn edition() -> edition::Edition {
    atlas::edition()
}

/// The service over the invented atlas.
pub(super) fn state() -> Arc<WebState> {
    Arc::new(WebState::new(Arc::new(atlas::edition()), Assets::new(std::iter::empty())))
}

/// Asks the service.
pub(super) fn ask(state: &Arc<WebState>, method: &str, address: &str, headers: &[(&str, &str)]) -> Answer {
    send(state, method, address, headers, "")
}

/// Posts a body of a MIME type.
pub(super) fn post(state: &Arc<WebState>, address: &str, mime: &str, body: &str) -> Answer {
    send(state, "POST", address, &[("content-type", mime), ("host", "atlas.example:8080")], body)
}

/// A form as browsers and OpenRefine post it.
pub(super) fn post_form(state: &Arc<WebState>, address: &str, fields: &[(&str, &str)]) -> Answer {
    let hex = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let body: Vec<String> = fields.iter().map(|(key, value)| format!("{key}={}", hex(value))).collect();
    post(state, address, "application/x-www-form-urlencoded", &body.join("&"))
}

fn send(state: &Arc<WebState>, method: &str, address: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).expect("a request");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let response = router(state.clone()).oneshot(request).await.expect("the service never fails");
        let (parts, body) = response.into_parts();
        let raw = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        let body = String::from_utf8_lossy(&plain(&parts.headers, &raw)).into_owned();
        Answer { status: parts.status, headers: parts.headers, body, raw }
    })
}

fn plain(headers: &HeaderMap, raw: &[u8]) -> Vec<u8> {
    if headers.get("content-encoding").is_none() || raw.is_empty() {
        return raw.to_vec();
    }
    let mut out = Vec::new();
    brotli::BrotliDecompress(&mut &*raw, &mut out).expect("brotli");
    out
}
