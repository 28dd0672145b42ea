//! `log`: what concerns the transparency log rather than the atlas: proofs, witnesses, monitors.

mod cosign;
mod prove;
mod turn;
mod watch;
mod witness;

use anyhow::Result;

use crate::args::{Log, LogCommand};

/// Runs one of them.
pub fn run(args: &Log) -> Result<bool> {
    match &args.command {
        LogCommand::Prove { atlas, id } => prove::prove(atlas, id),
        LogCommand::Check(args) => prove::check(args),
        LogCommand::Cosign { atlas } => cosign::run(atlas),
        LogCommand::RotateKey { atlas } => turn::rotate(atlas),
        LogCommand::Succeed(args) => turn::succeed(args),
        LogCommand::Witness(args) => witness::run(args),
        LogCommand::Watch(args) => watch::run(args),
    }
}
