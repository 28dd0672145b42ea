//! Others' words of when some bytes were there: answers of time-stamping authorities (RFC 3161) and OpenTimestamps proofs.
//!
//! Stamps come from strangers. [`answer`] is meant to run in a process that has nothing and is thrown away.

mod asn1;
mod authority;
mod open;

use model::{CanonicalError, Reader, StampKind, Writer};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

pub use authority::request;

/// The most bytes that a stamp has.
pub const LARGEST: u64 = 256 << 10;

/// What a stamp is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// How it is written.
    pub kind: StampKind,
    /// SHA-256 of the bytes that it has to be about.
    pub digest: [u8; 32],
    /// The number that was asked with, if it was just asked for.
    pub nonce: Option<u64>,
    /// The certificates that are trusted, each in DER; with none, nobody vouches for the authority's own.
    pub roots: Vec<Vec<u8>>,
}

/// What a stamp says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The time: UTC, as `YYYY-MM-DDThh:mm:ssZ`; empty where none is settled.
    pub at: String,
    /// Whose word it is.
    pub authority: String,
    /// Whether a trusted certificate vouches for it.
    pub vouched: bool,
}

/// Why a stamp proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stamp proves nothing: {0}")]
pub struct StampError(pub String);

impl StampError {
    fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// Checks a stamp.
///
/// # Errors
/// What does not hold.
pub fn check(stamp: &[u8], question: &Question) -> Result<Word, StampError> {
    match question.kind {
        StampKind::Rfc3161 => authority::check(stamp, question),
        StampKind::OpenTimestamps => open::check(stamp, &question.digest),
    }
}

/// The certificates in a PEM file.
///
/// # Errors
/// One that can't be read, or none at all.
pub fn certificates(pem: &[u8]) -> Result<Vec<Vec<u8>>, StampError> {
    let all = CertificateDer::pem_slice_iter(pem).map(|one| one.map(|one| one.to_vec()));
    let all = all.collect::<Result<Vec<_>, _>>().map_err(|error| StampError::new(format!("{error:?}")))?;
    if all.is_empty() { Err(StampError::new("there is no certificate")) } else { Ok(all) }
}

/// What goes to the process that checks.
pub fn write_task(stamp: &[u8], question: &Question) -> Vec<u8> {
    let mut w = Writer::new();
    w.u8(question.kind as u8).fixed(&question.digest);
    w.option(question.nonce, |w, nonce| {
        w.u64(nonce);
    });
    w.list(&question.roots, |w, root| {
        w.bytes(root);
    });
    w.bytes(stamp);
    w.into_bytes()
}

/// Does what [`write_task`] asks, and gives what [`read_answer`] reads.
pub fn answer(task: &[u8]) -> Vec<u8> {
    let done = read_task(task).map_err(|error| StampError(error.to_string())).and_then(|(q, stamp)| check(stamp, &q));
    let mut w = Writer::new();
    match done {
        Ok(word) => drop(w.u8(0).text(&word.at).text(&word.authority).u8(word.vouched.into())),
        Err(StampError(what)) => drop(w.u8(1).text(&what)),
    }
    w.into_bytes()
}

fn read_task(task: &[u8]) -> Result<(Question, &[u8]), CanonicalError> {
    let mut r = Reader::new(task);
    let number = usize::from(r.u8()?);
    let kind = *StampKind::ALL.get(number).ok_or_else(|| r.meaning("a kind of stamp"))?;
    let (digest, nonce) = (r.array()?, r.option(Reader::u64)?);
    let roots = r.list(|r| r.bytes().map(<[u8]>::to_vec))?;
    Ok((Question { kind, digest, nonce, roots }, r.bytes()?))
}

/// What the other process says. The outer error is for an answer that none of ours gives.
pub fn read_answer(bytes: &[u8]) -> Result<Result<Word, StampError>, CanonicalError> {
    let mut r = Reader::new(bytes);
    let line = |text: &str| text.chars().filter(|c| !c.is_control()).take(300).collect::<String>();
    let done = match r.u8()? {
        0 => Ok(Word { at: line(r.text()?), authority: line(r.text()?), vouched: r.u8()? == 1 }),
        1 => Err(StampError(line(r.text()?))),
        other => return Err(r.meaning(format!("answer `{other}`"))),
    };
    r.finish()?;
    Ok(done)
}
