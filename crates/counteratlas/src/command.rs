//! The commands, one file each. Each gives true if it found nothing wrong.

mod backup;
mod build;
mod check;
mod demo;
mod export;
mod import;
mod init;
mod log;
mod names;
mod redact;
mod restore;
mod serve;
mod verify;

use anyhow::Result;

use crate::args::Command;

/// Runs a command.
pub fn run(command: Command) -> Result<bool> {
    match command {
        Command::Init(args) => init::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Redact(args) => redact::run(&args),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::Log(args) => log::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Names(args) => names::run(&args),
        Command::Demo(args) => demo::run(&args),
    }
}
