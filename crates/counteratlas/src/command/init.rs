//! `init`: makes an atlas folder.

use anyhow::Result;

use crate::args::Init;
use crate::atlas::Atlas;
use crate::report::{out, say};

/// Makes the folder and prints the log's public key.
pub fn run(args: &Init) -> Result<bool> {
    let atlas = Atlas::create(&args.atlas, &args.origin, &args.name)?;
    say(&format!("made the atlas `{}`", args.atlas.display()));
    say("keep a copy of `keys/log.key` in a safe place; publish this key, by which others verify the log:");
    out(&atlas.ledger()?.key().to_string());
    Ok(true)
}
