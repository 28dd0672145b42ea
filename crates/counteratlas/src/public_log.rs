//! The log as anyone may fetch it: c2sp.org/tlog-tiles under `/log/`, and the proof of any operation.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{Response, StatusCode};
use axum::routing::any;
use edition::Follower;
use ledger::{Checkpoint, Ledger, LedgerError, OperationId, PublicKind};
use model::OperationNumber;
use tokio::sync::Semaphore;
use web::{PlainFile, plain_file};

use crate::witnessing::Witnessing;

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

/// Proofs and files made at once. A proof reads all operations of an entry, so more would only slow each other down.
const PROOFS: usize = 4;

/// Operations whose value a tombstone names: not to be shown, also while it is not destroyed yet.
#[derive(Clone, Default)]
pub struct Hidden(Arc<RwLock<BTreeSet<OperationNumber>>>);

impl Hidden {
    /// Takes over what the ledger says by now.
    pub fn set(&self, follower: &Follower) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clone_from(follower.state().buried());
    }

    fn all(&self) -> BTreeSet<OperationId> {
        let hidden = self.0.read().unwrap_or_else(PoisonError::into_inner);
        hidden.iter().map(|n| OperationId { entry: n.entry.into(), operation: n.operation }).collect()
    }

    fn holds(&self, id: OperationId) -> bool {
        let number = OperationNumber::parse(&id.to_string());
        number.is_some_and(|number| self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&number))
    }
}

/// The verifier that shares no code with this program.
const VERIFIER: &str = include_str!("../../../tools/verify/verify.py");

/// What the routes share.
#[derive(Clone)]
pub struct PublicLog {
    folder: PathBuf,
    ledger: Ledger,
    hidden: Hidden,
    proofs: Arc<Semaphore>,
}

impl PublicLog {
    /// The log that is followed.
    pub fn new(folder: &std::path::Path, follower: &Follower) -> Self {
        let hidden = Hidden::default();
        hidden.set(follower);
        Self {
            folder: folder.to_owned(),
            ledger: follower.ledger().clone(),
            hidden,
            proofs: Arc::new(Semaphore::new(PROOFS)),
        }
    }

    /// What is not to be shown; shared, so that it can be kept up to date.
    pub fn hidden(&self) -> Hidden {
        self.hidden.clone()
    }

    /// The routes.
    pub fn router(self) -> Router {
        Router::new().route("/log/{*path}", any(file)).route("/log/proof/{id}", any(proof)).with_state(self)
    }

    fn file(&self, path: &str) -> Result<Option<PlainFile>, StatusCode> {
        let text = |bytes: Vec<u8>| Ok(Some(PlainFile { mime: TEXT, bytes, immutable: false }));
        match path {
            "verify.py" => return text(VERIFIER.into()),
            "turns" => return self.turns(),
            "policy" => return self.witnessing()?.bytes.map_or(Ok(None), text),
            _ => {}
        }
        if let Some(path) = path.strip_prefix("segments/") {
            let bytes = self.current()?.public_segment(path, &self.hidden.all());
            let bytes = bytes.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
            return Ok(bytes.map(|bytes| PlainFile { mime: BYTES, bytes, immutable: false }));
        }
        let ledger = self.current()?;
        let file = ledger.public_file(path).map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
        Ok(file.map(|file| match file.kind {
            PublicKind::Checkpoint => {
                PlainFile { mime: TEXT, bytes: self.cosigned(&ledger, file.bytes), immutable: false }
            }
            PublicKind::Key => PlainFile { mime: TEXT, bytes: file.bytes, immutable: false },
            PublicKind::Tile => PlainFile { mime: BYTES, bytes: file.bytes, immutable: true },
        }))
    }

    /// The ledger as it stands now, under whatever key it has come to.
    fn current(&self) -> Result<Ledger, StatusCode> {
        let mut ledger = self.ledger.clone();
        ledger.refresh().map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
        Ok(ledger)
    }

    /// The notes by which one key leads to the next, and to the log's end.
    fn turns(&self) -> Result<Option<PlainFile>, StatusCode> {
        let turns = self.current()?.turns().map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
        let notes: Vec<String> = turns.into_iter().map(|turn| turn.note).collect();
        Ok(Some(PlainFile { mime: TEXT, bytes: notes.join("\n").into_bytes(), immutable: false }))
    }

    fn witnessing(&self) -> Result<Witnessing, StatusCode> {
        Witnessing::of(&self.folder).map_err(|_| StatusCode::SERVICE_UNAVAILABLE)
    }

    /// The checkpoint with what witnesses have said of it; as it is if they have said nothing, or nothing sound.
    fn cosigned(&self, ledger: &Ledger, note: Vec<u8>) -> Vec<u8> {
        let checkpoint = Checkpoint::open(&note, ledger.key()).ok();
        let cosigned = checkpoint.and_then(|c| self.witnessing().ok()?.cosigned(ledger, &c).ok());
        cosigned.map_or(note, |cosigned| cosigned.note.into_bytes())
    }

    fn proof(&self, id: &str) -> Result<Option<PlainFile>, StatusCode> {
        let Some(id) = OperationId::parse(id.strip_suffix(".tlog-proof").unwrap_or(id)) else { return Ok(None) };
        let mut ledger = self.ledger.clone();
        let made = ledger.refresh().and_then(|_| ledger.operation_proof(id));
        let mut proof = match made {
            Err(LedgerError::NoSuch { .. }) => return Ok(None),
            made => made.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?,
        };
        if self.hidden.holds(id) {
            proof.opening = None;
        }
        let checkpoint = self.witnessing()?.cosigned(&ledger, ledger.checkpoint());
        let bytes = proof.to_text(checkpoint.as_ref().unwrap_or(ledger.checkpoint())).into_bytes();
        Ok(Some(PlainFile { mime: TEXT, bytes, immutable: false }))
    }
}

async fn file(State(log): State<PublicLog>, Path(path): Path<String>, request: Request) -> Response<Body> {
    // A segment can have tens of megabytes: it is read off the listener's threads, and not many at once.
    let permit = log.proofs.clone().acquire_owned().await;
    let read = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        log.file(&path)
    });
    plain_file(request.method(), request.headers(), read.await.unwrap_or(Err(StatusCode::INTERNAL_SERVER_ERROR)))
}

async fn proof(State(log): State<PublicLog>, Path(id): Path<String>, request: Request) -> Response<Body> {
    let permit = log.proofs.clone().acquire_owned().await;
    let made = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        log.proof(&id)
    });
    let made = made.await.unwrap_or(Err(StatusCode::INTERNAL_SERVER_ERROR));
    plain_file(request.method(), request.headers(), made)
}
