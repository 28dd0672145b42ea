//! The command line: parses arguments, runs one command, turns its outcome into an exit code.

mod apart;
mod appending;
mod archive;
mod args;
mod atlas;
mod burial;
mod command;
mod confine;
mod holdings;
mod http;
mod inbox;
mod limits;
mod no_core;
mod originals;
mod own;
mod pieces;
mod public_log;
mod publication;
mod remote;
mod report;
mod witnessing;
mod words;

use std::process::ExitCode;

use clap::Parser;

/// Requests allocate many small strings; mimalloc halves their cost against the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = args::Args::parse();
    limits::survive_short_files();
    match command::run(args.command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            report::failure(&error);
            ExitCode::from(2)
        }
    }
}
