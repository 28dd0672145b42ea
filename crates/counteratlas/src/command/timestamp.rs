//! `timestamp`: somebody else's word of when captured bytes were there, asked for or taken from a file, checked and kept.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use desk::capture::stamp::{self, LARGEST, Question, Word};
use edition::{Follower, State};
use model::{Operation, OperationNumber, Reference, Stamp, StampKind};

use super::capture::{Keeper, piece};
use crate::apart::{self, Role};
use crate::args::Timestamp;
use crate::atlas::{Atlas, random};
use crate::confine::READER_SECONDS;
use crate::http::Client;
use crate::report::say;

/// Certificates of authorities that are trusted, in PEM, beside the ledger.
const TRUSTED: &str = "authorities.pem";

/// Stamps the captures that were named.
pub fn run(args: &Timestamp) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let captures = args.captures.iter().map(|id| named(id, follower.state())).collect::<Result<Vec<_>>>()?;
    let given = args.proof.as_deref().map(read).transpose()?;
    if given.is_some() && captures.len() > 1 {
        bail!("a stamp is about one capture; hint: name only that");
    }
    let roots = trusted(&atlas)?;
    let mut keeper = Keeper::new(&atlas, follower, &args.author)?;
    let mut whole = true;
    for (number, digest) in captures {
        let made = match (&given, &args.authority) {
            (Some(bytes), _) => {
                checked(bytes, &question(kind(bytes), digest, &roots)).map(|word| (word, bytes.clone()))
            }
            (None, Some(url)) => asked(url, digest, &roots),
            (None, None) => bail!("no stamp; hint: `--authority` or `--proof`"),
        };
        whole &= keep(&mut keeper, number, made);
    }
    keeper.settle()?;
    Ok(whole)
}

/// Asks an authority for its word about captures that were just kept; true if it gave it for all.
pub fn stamp_all(atlas: &Atlas, keeper: &mut Keeper<'_>, url: &str) -> Result<bool> {
    let roots = trusted(atlas)?;
    let mut whole = true;
    for (number, digest) in keeper.kept() {
        whole &= keep(keeper, number, asked(url, digest, &roots));
    }
    keeper.settle()?;
    Ok(whole)
}

fn keep(keeper: &mut Keeper<'_>, number: OperationNumber, made: Result<(Word, Vec<u8>)>) -> bool {
    let (word, bytes) = match made {
        Ok(made) => made,
        Err(error) => {
            say(&format!("error: capture {number} was not stamped: {error:#}"));
            return false;
        }
    };
    let kind = kind(&bytes);
    if !word.vouched && kind == StampKind::Rfc3161 {
        say(&format!("capture {number}: no certificate in `{TRUSTED}` vouches for `{}`", word.authority));
    }
    let line = format!("{number}\t{}\t{}\t{}", kind.word(), word.at, word.authority);
    let stamp = Stamp {
        capture: Reference::There(number),
        scheme: kind,
        at: word.at.into(),
        authority: word.authority.into(),
        piece: piece(&bytes),
    };
    keeper.attach(bytes, Operation::Stamp(stamp), line);
    true
}

/// A live capture, and the digest of what is kept of it.
fn named(id: &str, state: &State) -> Result<(OperationNumber, [u8; 32])> {
    let number = OperationNumber::parse(id).with_context(|| format!("`{id}` is not the id of a capture"))?;
    let record = state.capture(number).with_context(|| format!("there is no capture `{id}`"))?;
    Ok((number, record.capture.kept.digest))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let failed = || format!("can't read `{}`", path.display());
    let length = std::fs::metadata(path).with_context(failed)?.len();
    if length > LARGEST {
        bail!("`{}` is no stamp: it has {length} bytes", path.display());
    }
    std::fs::read(path).with_context(failed)
}

/// How a stamp is written, by how it begins.
fn kind(stamp: &[u8]) -> StampKind {
    if stamp.starts_with(b"\0OpenTimestamps") { StampKind::OpenTimestamps } else { StampKind::Rfc3161 }
}

fn question(kind: StampKind, digest: [u8; 32], roots: &[Vec<u8>]) -> Question {
    Question { kind, digest, nonce: None, roots: roots.to_vec() }
}

/// Asks an authority, and keeps its answer only if that holds.
fn asked(url: &str, digest: [u8; 32], roots: &[Vec<u8>]) -> Result<(Word, Vec<u8>)> {
    let [a, b, c, d, e, f, g, h, ..] = random()?;
    let nonce = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
    let reply = Client::new().send(url, "application/timestamp-query", &stamp::request(&digest, nonce), LARGEST)?;
    if reply.status != 200 {
        bail!("`{url}` answers with status {}", reply.status);
    }
    let question = Question { nonce: Some(nonce), ..question(StampKind::Rfc3161, digest, roots) };
    Ok((checked(&reply.body, &question)?, reply.body))
}

/// Has a stamp checked apart: it comes from a stranger.
pub fn checked(stamp: &[u8], question: &Question) -> Result<Word> {
    let task = stamp::write_task(stamp, question);
    let answer = apart::run(Role::Stamp, task, Duration::from_secs(READER_SECONDS + 1))?;
    Ok(stamp::read_answer(&answer)??)
}

/// The certificates that the atlas trusts; none where there is no such file.
pub fn trusted(atlas: &Atlas) -> Result<Vec<Vec<u8>>> {
    let path = atlas.folder().join(TRUSTED);
    match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        read => {
            let failed = || format!("can't read `{}`", path.display());
            stamp::certificates(&read.with_context(failed)?).with_context(failed)
        }
    }
}
