//! From an HTTP request to a response: is it for us, who asks, may they, what do they want.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, COOKIE, HeaderMap};
use axum::http::{Method, Request, Response, Uri};
use model::multipart;
use ui::Lang;

use super::Desk;
use super::ask::{Ask, Sent};
use super::reply::{Failure, Reply};
use super::route::{self, Found, Who};
use super::{frame, guard};
use crate::accounts::login;
use crate::world::Token;

/// A body must have come within this time.
const PATIENCE: Duration = Duration::from_secs(60);

/// The most bytes of an address.
const LONGEST_ADDRESS: usize = 8000;

/// The whole desk as a service.
pub fn router(desk: Arc<Desk>) -> Router {
    Router::new().fallback(answer).with_state(desk)
}

/// What was filled in, or asked for, in its order.
type Pairs = Vec<(String, String)>;

/// A request with its body.
struct Read {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, Failure>,
}

async fn answer(State(desk): State<Arc<Desk>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    // Nothing is read of a body that nobody wants.
    let ours = guard::is_ours(&parts.headers, &desk.setup.address) && guard::is_from_ours(&parts.headers);
    let takes = route::find(&parts.method, Lang::of_path(parts.uri.path()).1).map_or(0, |found| found.route.takes);
    let body = match ours && takes > 0 {
        true => {
            let received = tokio::time::timeout(PATIENCE, to_bytes(body, takes)).await;
            received.ok().and_then(Result::ok).ok_or(Failure::TooLarge)
        }
        false => Ok(Bytes::new()),
    };
    let read = Read { method: parts.method, uri: parts.uri, headers: parts.headers, body };
    let work = tokio::task::spawn_blocking(move || respond(&desk, read));
    work.await.unwrap_or_else(|_| Reply::data("text/plain; charset=utf-8", b"no answer\n".to_vec()).seal())
}

fn respond(desk: &Desk, read: Read) -> Response<Body> {
    let (lang, path) = Lang::of_path(read.uri.path());
    let path = path.to_owned();
    let head = read.method == Method::HEAD;
    let mut ask = Ask {
        desk,
        lang,
        path: &path,
        params: Vec::new(),
        query: decode(read.uri.query().unwrap_or_default().as_bytes()),
        form: Vec::new(),
        files: Vec::new(),
        who: None,
        token: token(desk, &read.headers),
    };
    // A defect in one page must not take the others down, nor answer without our headers.
    let handled = catch_unwind(AssertUnwindSafe(|| handle(&mut ask, read)));
    let reply = handled.unwrap_or(Err(Failure::Broken)).unwrap_or_else(|failure| explain(&ask, &failure));
    let mut response = reply.seal();
    if head {
        *response.body_mut() = Body::empty();
    }
    response
}

fn handle(ask: &mut Ask<'_>, read: Read) -> Result<Reply, Failure> {
    let desk = ask.desk;
    if !guard::is_ours(&read.headers, &desk.setup.address) {
        return Err(Failure::Foreign);
    }
    if read.uri.path().len() + read.uri.query().map_or(0, str::len) > LONGEST_ADDRESS {
        return Err(Failure::Query);
    }
    let method = if read.method == Method::HEAD { Method::GET } else { read.method };
    let Found { route, params } = route::find(&method, ask.path)?;
    if method == Method::POST && !guard::is_from_ours(&read.headers) {
        return Err(Failure::Foreign);
    }
    if !matches!(route.who, Who::Nobody) {
        ask.who =
            ask.token.as_ref().map(|token| login::session(&desk.store, &*desk.world, token)).transpose()?.flatten();
    }
    if let Who::Roles(roles) = route.who {
        let who = ask.who.as_ref().ok_or(Failure::LogIn)?;
        if !who.roles.any(roles) {
            return Err(Failure::Forbidden);
        }
    }
    (ask.form, ask.files) = fields(&read.headers, &read.body?).ok_or(Failure::Query)?;
    ask.params = params;
    (route.handler)(ask)
}

/// An error page. Nobody who is not logged in learns what there is: they are sent to the log-in.
fn explain(ask: &Ask<'_>, failure: &Failure) -> Reply {
    match failure {
        Failure::LogIn => Reply::see_other(ask.to("/login")),
        failure => frame::failure(ask, failure),
    }
}

/// What was filled in, and the bytes of files that came with it; `None` if a form with files is broken.
fn fields(headers: &HeaderMap, body: &[u8]) -> Option<(Pairs, Vec<Sent>)> {
    let mime = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !mime.starts_with("multipart/form-data") {
        return Some((decode(body), Vec::new()));
    }
    let (mut form, mut files) = (Vec::new(), Vec::new());
    for part in multipart::parts(mime, body)? {
        match part.file {
            Some(_) => files.push(Sent { name: part.name, bytes: part.bytes.to_vec() }),
            None => form.push((part.name, String::from_utf8_lossy(part.bytes).into_owned())),
        }
    }
    Some((form, files))
}

fn decode(text: &[u8]) -> Pairs {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// The token in the desk's cookie.
fn token(desk: &Desk, headers: &HeaderMap) -> Option<Token> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    cookies.find(|(name, _)| *name == desk.cookie()).map(|(_, value)| Token::shown(value))
}
