//! `log cosign`: asks the witnesses of the atlas' policy for their word on its newest checkpoint.

use std::path::Path;

use anyhow::{Result, bail};

use crate::atlas::Atlas;
use crate::witnessing::{POLICY, Witnessing, tell};

/// Asks and keeps; true if enough have cosigned.
pub fn run(folder: &Path) -> Result<bool> {
    let ledger = Atlas::open(folder)?.ledger()?;
    let witnessing = Witnessing::of(folder)?;
    if !witnessing.has_witnesses() {
        bail!("`{POLICY}` names no witness; hint: see https://c2sp.org/tlog-policy");
    }
    let seen = witnessing.ask(folder, &ledger)?;
    tell(&seen);
    Ok(seen.met)
}
