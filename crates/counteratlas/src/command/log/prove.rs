//! `log prove` and `log check`: proofs that stand alone.

use std::path::Path;

use anyhow::{Context, Result};
use ledger::{OperationId, OperationProof, VerifyingKey};

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
    match OperationProof::open(&text, &VerifyingKey::parse(&args.key)?) {
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
