//! `log prove` and `log check`: proofs that stand alone.

use std::path::Path;

use anyhow::{Context, Result};
use ledger::{Checkpoint, LedgerError, OperationId, OperationProof, Turn, VerifyingKey, follow};

use crate::args::LogCheck;
use crate::atlas::Atlas;
use crate::report::{out, say};
use crate::witnessing::Witnessing;

/// Writes a proof to standard output.
pub fn prove(folder: &Path, id: &str) -> Result<bool> {
    let ledger = Atlas::open(folder)?.ledger()?;
    let id = OperationId::parse(id).with_context(|| format!("`{id}` is not an operation; hint: write `e12-345`"))?;
    let checkpoint = Witnessing::of(folder)?.cosigned(&ledger, ledger.checkpoint())?;
    print!("{}", ledger.operation_proof(id)?.to_text(&checkpoint));
    say(&format!("save it as `{}`; anyone who knows the public key can check it", id.proof_file()));
    Ok(true)
}

/// Checks a proof and prints what it proves.
pub fn check(args: &LogCheck) -> Result<bool> {
    let path = &args.proof;
    let text = std::fs::read_to_string(path).with_context(|| format!("can't read `{}`", path.display()))?;
    match open(&text, &keys(args)?) {
        Ok((proof, checkpoint)) => {
            tell(&proof);
            say(&format!("the proof holds: it is in the log `{}` of {} entries", checkpoint.origin, checkpoint.size));
            Ok(true)
        }
        Err(error) => {
            say(&format!("error: {error}"));
            Ok(false)
        }
    }
}

/// The key that is trusted, and those to which it has led.
fn keys(args: &LogCheck) -> Result<Vec<VerifyingKey>> {
    let first = VerifyingKey::parse(&args.key)?;
    let Some(path) = &args.turns else { return Ok(vec![first]) };
    let text = std::fs::read_to_string(path).with_context(|| format!("can't read `{}`", path.display()))?;
    let keys = Turn::parse_all(&text).and_then(|turns| follow(&first, &turns)).map_err(anyhow::Error::msg);
    keys.with_context(|| format!("`{}`", path.display()))
}

fn open(text: &str, keys: &[VerifyingKey]) -> Result<(OperationProof, Checkpoint), LedgerError> {
    let mut opened = keys.iter().rev().map(|key| OperationProof::open(text, key));
    let newest = opened.next().unwrap_or_else(|| Err(LedgerError::Key { what: "no key".into() }));
    newest.or_else(|error| opened.find_map(Result::ok).ok_or(error))
}

fn tell(proof: &OperationProof) {
    let id = proof.id().map_or_else(String::new, |id| id.to_string());
    out(&match &proof.opening {
        None => format!("operation {id}: redacted"),
        Some(opening) => match model::Operation::from_bytes(opening.kind, &opening.bytes) {
            Ok(operation) => format!("operation {id}: {operation:?}"),
            Err(_) => format!("operation {id}: kind {} with {} bytes", opening.kind, opening.bytes.len()),
        },
    });
}
