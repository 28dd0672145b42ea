//! The commands, one file each. Each gives true if it found nothing wrong.

mod apart;
pub mod backup;
mod build;
mod capture;
mod check;
mod decide;
mod demo;
mod desk;
mod evidence;
mod export;
mod import;
mod init;
mod log;
mod mirror;
mod names;
mod publish;
mod recheck;
mod redact;
mod repair;
mod restore;
mod reveal;
mod screen;
mod serve;
mod timestamp;
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
        Command::Decide(args) => decide::run(&args),
        Command::Capture(args) => capture::run(&args),
        Command::Recheck(args) => recheck::run(&args),
        Command::Reveal(args) => reveal::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Timestamp(args) => timestamp::run(&args),
        Command::Evidence(args) => evidence::run(&args),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::Mirror(args) => mirror::run(&args),
        Command::Repair(args) => repair::run(&args),
        Command::Log(args) => log::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Desk(args) => desk::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Names(args) => names::run(&args),
        Command::Screen(args) => screen::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Apart(args) => apart::run(&args),
    }
}
