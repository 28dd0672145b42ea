//! `log`: makes and checks proofs that stand alone.

use anyhow::{Context, Result};
use ledger::{OperationId, OperationProof, VerifyingKey};

use crate::args::{Log, LogCommand};
use crate::atlas::Atlas;
use crate::report::{out, say};

/// Runs one of them.
pub fn run(args: &Log) -> Result<bool> {
    match &args.command {
        LogCommand::Prove { atlas, id } => {
            let ledger = Atlas::open(atlas)?.ledger()?;
            let id =
                OperationId::parse(id).with_context(|| format!("`{id}` is not an operation; hint: write `e12-345`"))?;
            print!("{}", ledger.operation_proof(id)?.to_text(ledger.checkpoint()));
            say(&format!("save it as `{}`; anyone who knows the public key can check it", id.proof_file()));
            Ok(true)
        }
        LogCommand::Check { proof, key } => {
            let text = std::fs::read_to_string(proof).with_context(|| format!("can't read `{}`", proof.display()))?;
            match OperationProof::open(&text, &VerifyingKey::parse(key)?) {
                Ok((proof, checkpoint)) => {
                    tell(&proof);
                    say(&format!(
                        "the proof holds: it is in the log `{}` of {} entries",
                        checkpoint.origin, checkpoint.size
                    ));
                    Ok(true)
                }
                Err(error) => {
                    say(&format!("error: {error}"));
                    Ok(false)
                }
            }
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
