//! The log as anyone may fetch it: c2sp.org/tlog-tiles under `/log/`, and the proof of any operation.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{Response, StatusCode};
use axum::routing::any;
use edition::Follower;
use ledger::{Ledger, LedgerError, OperationId, PublicKind};
use model::OperationNumber;
use tokio::sync::Semaphore;
use web::{PlainFile, plain_file};

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

/// Proofs made at once. Each reads all operations of an entry, so more would only slow each other down.
const PROOFS: usize = 2;

/// Operations whose value a tombstone names: not to be shown, also while it is not destroyed yet.
#[derive(Clone, Default)]
pub struct Hidden(Arc<RwLock<BTreeSet<OperationNumber>>>);

impl Hidden {
    /// Takes over what the ledger says by now.
    pub fn set(&self, follower: &Follower) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clone_from(follower.state().buried());
    }

    fn holds(&self, id: OperationId) -> bool {
        let number = OperationNumber::parse(&id.to_string());
        number.is_some_and(|number| self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&number))
    }
}

/// What the routes share.
#[derive(Clone)]
pub struct PublicLog {
    ledger: Ledger,
    hidden: Hidden,
    proofs: Arc<Semaphore>,
}

impl PublicLog {
    /// The log that is followed.
    pub fn new(follower: &Follower) -> Self {
        let hidden = Hidden::default();
        hidden.set(follower);
        Self { ledger: follower.ledger().clone(), hidden, proofs: Arc::new(Semaphore::new(PROOFS)) }
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
        let file = self.ledger.public_file(path).map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
        Ok(file.map(|file| match file.kind {
            PublicKind::Checkpoint | PublicKind::Key => PlainFile { mime: TEXT, bytes: file.bytes, immutable: false },
            PublicKind::Tile => PlainFile { mime: BYTES, bytes: file.bytes, immutable: true },
        }))
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
        let bytes = proof.to_text(ledger.checkpoint()).into_bytes();
        Ok(Some(PlainFile { mime: TEXT, bytes, immutable: false }))
    }
}

async fn file(State(log): State<PublicLog>, Path(path): Path<String>, request: Request) -> Response<Body> {
    plain_file(request.method(), request.headers(), log.file(&path))
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
