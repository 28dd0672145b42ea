//! `log witness`: serves a witness of other people's logs, as c2sp.org/tlog-witness says.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{self, State};
use axum::http::{Response, StatusCode, header};
use axum::routing::{get, post};
use ledger::{Answer, CosigningKey, DirStorage, LedgerError, VerifyingKey, Witness};

use crate::args::LogWitness;
use crate::atlas::{random, sync_folder, write_new};
use crate::command::serve::listen;
use crate::report::{out, say};

const KEY: &str = "keys/witness.key";
const LOGS: &str = "logs.txt";

/// A request is an old size, at most 63 hashes and a note.
const LONGEST_REQUEST: usize = 64 << 10;

const TEXT: &str = "text/plain; charset=utf-8";

/// What every request needs.
struct Desk {
    storage: Arc<DirStorage>,
    secret: String,
    folder: std::path::PathBuf,
}

/// Serves until the process is told to stop.
pub fn run(args: &LogWitness) -> Result<bool> {
    let secret = secret(&args.folder, args.name.as_deref())?;
    out(&CosigningKey::parse(&secret)?.witness_key().to_string());
    let storage = Arc::new(DirStorage::new(&args.folder));
    let desk = Arc::new(Desk { storage, secret, folder: args.folder.clone() });
    let known = desk.logs()?.len();
    say(&format!("witness of {known} keys of logs; hint: write their public keys into `{LOGS}`, one a line"));
    tokio::runtime::Runtime::new()?.block_on(listen(args.listen, router(desk)))?;
    Ok(true)
}

/// The secret key's text; made if there is none.
fn secret(folder: &Path, name: Option<&str>) -> Result<String> {
    let path = folder.join(KEY);
    if let Ok(text) = fs::read_to_string(&path) {
        let key = CosigningKey::parse(&text)?.witness_key();
        let same = name.is_none_or(|name| name == key.name());
        same.then_some(()).with_context(|| format!("this witness is called `{}`", key.name()))?;
        return Ok(text);
    }
    let name = name.context("there is no witness in this folder yet; hint: name it with `--name`")?;
    let key = CosigningKey::generate(name, random()?)?;
    fs::create_dir_all(folder.join("keys")).with_context(|| format!("can't make `{}`", folder.display()))?;
    write_new(&path, &format!("{}\n", key.to_secret_text()), 0o600)?;
    sync_folder(&folder.join("keys"))?;
    say(&format!("made the key of `{name}`; give the log's operator the public one:"));
    Ok(key.to_secret_text())
}

impl Desk {
    /// The keys it knows, read anew for each request, so that a log can be added while it runs.
    fn logs(&self) -> Result<Vec<VerifyingKey>> {
        let path = self.folder.join(LOGS);
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            read => read.with_context(|| format!("can't read `{}`", path.display()))?,
        };
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(|line| VerifyingKey::parse(line).with_context(|| format!("`{LOGS}`: `{line}`"))).collect()
    }

    fn witness(&self) -> Result<Witness> {
        Ok(Witness::new(self.storage.clone(), CosigningKey::parse(&self.secret)?, self.logs()?))
    }
}

fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/{origin}/checkpoint", get(checkpoint))
        .with_state(desk)
}

async fn add_checkpoint(State(desk): State<Arc<Desk>>, body: Body) -> Response<Body> {
    let Ok(body) = to_bytes(body, LONGEST_REQUEST).await else { return text(StatusCode::BAD_REQUEST, "too long\n") };
    let answer = tokio::task::spawn_blocking(move || Ok(desk.witness()?.add_checkpoint(&body, now()?)?)).await;
    match answer.unwrap_or_else(|_| bail!("a defect")) {
        Ok(answer) => spoken(answer),
        Err(error) => broken(&error),
    }
}

async fn checkpoint(State(desk): State<Arc<Desk>>, extract::Path(origin): extract::Path<String>) -> Response<Body> {
    let read = desk.witness().and_then(|witness| witness.checkpoint(&origin).map_err(LedgerError::into));
    match read {
        Ok(Some(note)) => answer(StatusCode::OK, TEXT, note),
        Ok(None) => text(StatusCode::NOT_FOUND, "not known here\n"),
        Err(error) => broken(&error),
    }
}

fn spoken(said: Answer) -> Response<Body> {
    let refused = |status, what: &str| text(status, &format!("{what}\n"));
    match said {
        Answer::Cosigned(lines) => text(StatusCode::OK, &lines),
        Answer::Conflict(size) => answer(StatusCode::CONFLICT, "text/x.tlog.size", format!("{size}\n").into()),
        Answer::Malformed(what) => refused(StatusCode::BAD_REQUEST, what),
        Answer::Forbidden(what) => refused(StatusCode::FORBIDDEN, what),
        Answer::Unknown => refused(StatusCode::NOT_FOUND, "this log is not known here"),
        Answer::Inconsistent(what) => refused(StatusCode::UNPROCESSABLE_ENTITY, what),
    }
}

/// The operator is told what broke, the asker is not.
fn broken(error: &anyhow::Error) -> Response<Body> {
    say(&format!("counteratlas: nothing was cosigned: {error:#}"));
    text(StatusCode::INTERNAL_SERVER_ERROR, "something broke here\n")
}

fn text(status: StatusCode, words: &str) -> Response<Body> {
    answer(status, TEXT, words.to_owned().into_bytes())
}

fn answer(status: StatusCode, mime: &'static str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(mime));
    response
}

fn now() -> Result<u64> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Ok(since.context("the clock is before 1970")?.as_secs())
}
