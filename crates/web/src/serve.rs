//! From an HTTP request to a response: find the route, ask its handler, seal what comes back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, Request, Response, Uri};
use ui::Lang;

use crate::ask::{Ask, decode_query};
use crate::error_page;
use crate::reply::{Failure, Keep, Reply};
use crate::routes::{self, Kind, Match};
use crate::seal::{Wants, not_modified, seal};
use crate::state::{Live, WebState};

/// Longer paths with their query have no meaning here.
const LONGEST_ADDRESS: usize = 8000;

/// The whole site as a service. It reads the method, the address and two headers, and nothing else.
pub fn router(state: Arc<WebState>) -> Router {
    Router::new().fallback(answer).with_state(state)
}

async fn answer(State(state): State<Arc<WebState>>, request: Request<Body>) -> Response<Body> {
    let wants = Wants::of(request.method() == Method::HEAD, request.headers());
    let (method, uri) = (request.method().clone(), request.uri().clone());
    // A large export must not hold up those who read a page meanwhile.
    let work = tokio::task::spawn_blocking(move || respond(&state, &method, &uri, &wants));
    work.await.unwrap_or_else(|_| bare_failure())
}

fn respond(state: &WebState, method: &Method, uri: &Uri, wants: &Wants) -> Response<Body> {
    let live = state.live();
    let (path, query) = (uri.path(), uri.query().unwrap_or_default());
    let found = routes::find(path);
    let open = found.as_ref().is_some_and(is_open);
    let keep = if query.is_empty() { Keep::Edition } else { Keep::Reader };
    let result = match &found {
        _ if *method != Method::GET && *method != Method::HEAD => Err(Failure::Method),
        None => Err(Failure::Missing),
        // Every answer of this address follows from the edition alone, so the version decides before any work.
        Some(found) if found.route.kind != Kind::Asset && wants.has(&live.etag) => {
            return not_modified(open, keep, &live.etag);
        }
        Some(found) => handle(state, &live, found, query),
    };
    let mut reply = result.unwrap_or_else(|failure| explain(&live, found.as_ref(), path, &failure));
    if reply.keep == Keep::Edition {
        reply.keep = keep;
    }
    seal(reply, wants, &live.etag)
}

/// Whether programs of other origins may read the answer.
fn is_open(found: &Match<'_>) -> bool {
    found.face.is_data() && found.route.kind != Kind::Asset
}

fn handle(state: &WebState, live: &Live, found: &Match<'_>, query: &str) -> Result<Reply, Failure> {
    if found.route.kind == Kind::Asset {
        return state.assets().get(found.params[0]);
    }
    let query = decode_query(query).filter(|_| query.len() <= LONGEST_ADDRESS).ok_or(Failure::Query)?;
    let (lang, face, path) = (found.lang, found.face, found.path);
    let ask = Ask { lang, face, path, params: &found.params, query, live, site: &live.site };
    // A defect in one view must not take the others down, nor answer without our headers.
    catch_unwind(AssertUnwindSafe(|| (found.route.handler)(&ask))).unwrap_or(Err(Failure::Broken))
}

fn explain(live: &Live, found: Option<&Match<'_>>, path: &str, failure: &Failure) -> Reply {
    let (lang, _) = routes::language(path);
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
    use crate::ask::Face;
    use crate::routes::Route;

    static BROKEN: Route = Route {
        path: "/broken",
        kind: Kind::Page,
        faces: &[Face::Html],
        what: "a handler with a defect",
        handler: |_| panic!("a defect"),
    };

    #[test]
    fn a_defect_in_a_handler_is_an_answer_with_every_header() {
        let state = crate::tests::state();
        let live = state.live();
        let found = Match { route: &BROKEN, lang: Lang::ZhHans, face: Face::Html, path: "/broken", params: Vec::new() };
        let failure = handle(&state, &live, &found, "").err().expect("it panics");
        let reply = explain(&live, Some(&found), "/zh/broken", &failure);
        let response = seal(reply, &Wants::default(), &live.etag);
        assert_eq!(response.status(), 500);
        for (name, _) in crate::seal::ALWAYS {
            assert!(response.headers().contains_key(name), "{name}");
        }
        assert_eq!(bare_failure().status(), 500);
    }
}
