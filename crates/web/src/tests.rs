//! The whole service, asked as a client asks it, over a small invented atlas.

mod atlas;
mod script;
mod shape;
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

/// The service over the invented atlas.
pub(super) fn state() -> Arc<WebState> {
    Arc::new(WebState::new(Arc::new(atlas::edition()), Assets::new(std::iter::empty())))
}

/// Asks the service.
pub(super) fn ask(state: &Arc<WebState>, method: &str, address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
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
