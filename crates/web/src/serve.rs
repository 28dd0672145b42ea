//! From an HTTP request to a response: find the route, ask its handler, seal what comes back.

use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Request, Response, StatusCode, Uri};
use ui::Lang;

use crate::ask::{Ask, Face, Posted, decode_query};
use crate::error_page;
use crate::reply::{Failure, Keep, Reply};
use crate::routes::{self, Kind, Match};
use crate::screening::Receiving;
use crate::seal::{BOTH_METHODS, Wants, not_modified, preflight, seal};
use crate::state::{Live, WebState};

/// Longer paths with their query have no meaning here.
const LONGEST_ADDRESS: usize = 8000;

/// A body must have come within this time.
const PATIENCE: Duration = Duration::from_secs(20);

/// A large body may come this slowly, in bytes per second.
const SLOWEST: usize = 100_000;

/// The whole site as a service. It reads the method, the address, the body where a route takes one, and six headers:
/// what encodings and versions the client has and which part of a file it lacks, the type of the body, and the host that
/// was asked.
pub fn router(state: Arc<WebState>) -> Router {
    Router::new().fallback(answer).with_state(state)
}

/// A request, read.
struct Read {
    method: Method,
    uri: Uri,
    wants: Wants,
    origin: String,
    posted: Result<Option<Posted>, Failure>,
    peer: Option<IpAddr>,
}

async fn answer(State(state): State<Arc<WebState>>, request: Request<Body>) -> Response<Body> {
    let Some(receiving) = room(&state, &request) else {
        return seal(error_page::problem(Lang::En, &Failure::Busy), &Wants::default(), "");
    };
    let read = read(request).await;
    let Ok(place) = state.place().await else { return bare_failure() };
    // A large export must not hold up those who read a page meanwhile.
    let work = tokio::task::spawn_blocking(move || {
        let _until_answered = (receiving, place);
        respond(&state, read)
    });
    work.await.unwrap_or_else(|_| bare_failure())
}

/// Room for the body of a request, if it may be a large one; `None` while too many are being received.
fn room(state: &WebState, request: &Request<Body>) -> Option<Receiving> {
    let takes = routes::find(request.uri().path()).map_or(0, |found| found.route.takes);
    let stated = header_text(request.headers(), &header::CONTENT_LENGTH).parse().unwrap_or(takes);
    state.screening().receive(if request.method() == Method::POST { stated.min(takes) } else { 0 })
}

async fn read(request: Request<Body>) -> Read {
    let (parts, body) = request.into_parts();
    let peer = parts.extensions.get().map(|ConnectInfo::<SocketAddr>(peer)| peer.ip());
    let wants = Wants::of(parts.method == Method::HEAD, &parts.headers);
    let takes = routes::find(parts.uri.path()).map_or(0, |found| found.route.takes);
    let posted = if parts.method == Method::POST && takes > 0 {
        let mime = header_text(&parts.headers, &header::CONTENT_TYPE).to_owned();
        let patience = PATIENCE + Duration::from_secs((takes / SLOWEST) as u64);
        let bytes = tokio::time::timeout(patience, to_bytes(body, takes)).await;
        bytes.ok().and_then(Result::ok).map(|bytes| Some(Posted { mime, bytes })).ok_or(Failure::TooLarge)
    } else {
        Ok(None)
    };
    let counted = routes::find(parts.uri.path()).is_some_and(|found| found.route.counts);
    let peer = peer.filter(|_| counted && parts.method == Method::POST);
    Read { wants, origin: origin(&parts.headers), posted, method: parts.method, uri: parts.uri, peer }
}

fn header_text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Scheme and host as the client, or the proxy in front of us, gives them; nothing if the host could not be one.
fn origin(headers: &HeaderMap) -> String {
    let host = header_text(headers, &header::HOST);
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    if host.is_empty() || host.len() > 255 || !host.bytes().all(fits) {
        return String::new();
    }
    let secure = header_text(headers, &HeaderName::from_static("x-forwarded-proto")).eq_ignore_ascii_case("https");
    format!("{}://{host}", if secure { "https" } else { "http" })
}

/// The answer to a request; a page that may stand in a frame says so on every answer, "you have it already" included.
fn respond(state: &WebState, read: Read) -> Response<Body> {
    let found = routes::find(read.uri.path());
    let framed = found.is_some_and(|found| match found.route.path {
        routes::EMBED => found.face == Face::Html,
        path => path.ends_with("/preview"),
    });
    let mut response = sealed(state, read);
    if framed {
        crate::seal::let_frame(&mut response);
    }
    response
}

fn sealed(state: &WebState, read: Read) -> Response<Body> {
    let live = state.live();
    let (path, query) = (read.uri.path(), read.uri.query().unwrap_or_default());
    let found = routes::find(path);
    let open = found.as_ref().is_some_and(is_open);
    let takes = found.as_ref().is_some_and(|found| found.route.takes > 0);
    let keep = if query.is_empty() { Keep::Edition } else { Keep::Reader };
    let posts = read.method == Method::POST && takes;
    let result = match (&found, read.posted) {
        (Some(_), _) if read.method == Method::OPTIONS && open && takes => return preflight(),
        _ if read.method != Method::GET && read.method != Method::HEAD && !posts => Err(Failure::Method),
        (None, _) => Err(Failure::Missing),
        (_, Err(failure)) => Err(failure),
        // Every answer of this address follows from the edition alone, so the version decides before any work.
        (Some(found), _) if !posts && found.route.kind != Kind::Asset && read.wants.has(&live.etag) => {
            return not_modified(open, keep, &live.etag);
        }
        (Some(found), Ok(posted)) => {
            let sent = Sent { posted: posted.as_ref(), origin: &read.origin, posts, peer: read.peer };
            handle(state, &live, found, query, &sent)
        }
    };
    let moved = match &result {
        Err(Failure::Moved(to)) => HeaderValue::from_str(to).ok(),
        _ => None,
    };
    let mut reply = result.unwrap_or_else(|failure| explain(&live, found.as_ref(), path, &failure));
    if posts {
        reply.keep = Keep::Never;
    } else if reply.keep == Keep::Edition {
        reply.keep = keep;
    }
    let mut response = seal(reply, &read.wants, &live.etag);
    if let Some(to) = moved {
        response.headers_mut().insert(header::LOCATION, to);
    }
    if takes && response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(BOTH_METHODS));
    }
    response
}

/// Whether programs of other origins may read the answer.
fn is_open(found: &Match<'_>) -> bool {
    found.face.is_data() && found.route.kind != Kind::Asset
}

/// What a request holds besides its address.
#[derive(Default)]
struct Sent<'r> {
    posted: Option<&'r Posted>,
    origin: &'r str,
    posts: bool,
    peer: Option<IpAddr>,
}

fn handle(state: &WebState, live: &Live, found: &Match<'_>, query: &str, sent: &Sent<'_>) -> Result<Reply, Failure> {
    if found.route.kind == Kind::Asset {
        return state.assets().get(found.params[0]);
    }
    let mut query = decode_query(query).filter(|_| query.len() <= LONGEST_ADDRESS).ok_or(Failure::Query)?;
    if let Some(form) = sent.posted.filter(|posted| posted.is_form()) {
        let form = std::str::from_utf8(&form.bytes).ok().and_then(decode_query).ok_or(Failure::Query)?;
        query.extend(form);
    }
    let posted = sent.posted.filter(|posted| !posted.is_form());
    let (lang, face, path) = (found.lang, found.face, found.path);
    let screening = state.screening();
    let ask = Ask {
        lang,
        face,
        path,
        params: &found.params,
        query,
        posted,
        origin: if live.site.imprint.address.is_empty() { sent.origin } else { &live.site.imprint.address },
        posts: sent.posts,
        peer: sent.peer,
        suggesting: state.suggesting(),
        screening,
        texts: state.texts(),
        live,
        site: &live.site,
    };
    // A defect in one view must not take the others down, nor answer without our headers.
    catch_unwind(AssertUnwindSafe(|| (found.route.handler)(&ask))).unwrap_or(Err(Failure::Broken))
}

fn explain(live: &Live, found: Option<&Match<'_>>, path: &str, failure: &Failure) -> Reply {
    let (lang, _) = Lang::of_path(path);
    let data = found.is_some_and(is_open);
    if data { error_page::problem(lang, failure) } else { error_page::page(&live.site, lang, failure) }
}

/// Where not even an error page can be made: the headers alone.
fn bare_failure() -> Response<Body> {
    let reply = error_page::problem(Lang::En, &Failure::Broken);
    seal(Reply { open: false, ..reply }, &Wants::default(), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::Route;

    static BROKEN: Route = Route {
        path: "/broken",
        kind: Kind::Page,
        faces: &[Face::Html],
        what: "a handler with a defect",
        takes: 0,
        counts: false,
        handler: |_| panic!("a defect"),
    };

    #[test]
    fn a_defect_in_a_handler_is_an_answer_with_every_header() {
        let state = crate::tests::state();
        let live = state.live();
        let found = Match { route: &BROKEN, lang: Lang::ZhHans, face: Face::Html, path: "/broken", params: Vec::new() };
        let failure = handle(&state, &live, &found, "", &Sent::default()).err().expect("it panics");
        let reply = explain(&live, Some(&found), "/zh/broken", &failure);
        let response = seal(reply, &Wants::default(), &live.etag);
        assert_eq!(response.status(), 500);
        for (name, _) in crate::seal::ALWAYS {
            assert!(response.headers().contains_key(name), "{name}");
        }
        assert_eq!(bare_failure().status(), 500);
    }
}
