//! `repair`: mends what a disk has damaged, from any honest copy of the same log.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use ledger::{Checkpoint, DirStorage, Ledger, VerifyingKey, repair, verify};
use model::{Problem, Severity};

use super::backup::hex;
use super::mirror::source;
use super::verify::{archived, buried, unexplained};
use crate::args::Repair;
use crate::atlas::Atlas;
use crate::burial::carry_out;
use crate::pieces::{self, Look, fill};
use crate::report::{out, say};

/// Mends, destroys again what was redacted meanwhile, and proves that it is whole with the same root.
pub fn run(args: &Repair) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let storage = DirStorage::new(&args.atlas);
    let key = key(args, &atlas)?;
    let last = fs::read(args.atlas.join("keys/log.signed")).ok();
    let last = last.and_then(|note| Checkpoint::open(&note, &key).ok());
    let mended = repair(&*source(&args.from)?, &storage, &key, last)?;
    mended.iter().for_each(|path| out(path));
    let ledger = atlas.ledger()?;
    let destroyed = carry_out(&ledger, &atlas.archive(), &buried(&ledger)?)?.values.len();
    if destroyed > 0 {
        say(&format!("destroyed {destroyed} values again that the mirror still held"));
    }
    let pieces = captures(args, &atlas, &ledger)?;
    tell(&atlas, &ledger, &key, mended.len() + pieces)
}

/// Mends captures, after what is to be destroyed is known. Gives how many pieces were brought.
fn captures(args: &Repair, atlas: &Atlas, ledger: &Ledger) -> Result<usize> {
    let folder = Path::new(&args.from).is_dir().then_some(&args.from);
    let Some(place) = args.captures.as_ref().or(folder) else {
        say("captures were not looked at; hint: `--captures` names where they can be had");
        return Ok(0);
    };
    let filled = fill(ledger, &pieces::source(place)?, &atlas.archive(), Look::Bytes)?;
    filled.brought.iter().for_each(|piece| out(&format!("captures/{piece}")));
    if filled.absent > 0 {
        say(&format!("`{place}` has not {} pieces of captures that are missing here", filled.absent));
    }
    Ok(filled.brought.len())
}

fn tell(atlas: &Atlas, ledger: &Ledger, key: &VerifyingKey, mended: usize) -> Result<bool> {
    let storage = &DirStorage::new(atlas.folder());
    let verdict = verify(storage, Some(key));
    let findings = verdict.findings.iter().map(|finding| Problem::from(finding.clone()));
    let left: Vec<Problem> =
        findings.chain(unexplained(ledger, &verdict)?).filter(|p| p.severity == Severity::Error).collect();
    let archive = if left.is_empty() { archived(atlas)?.1 } else { Vec::new() };
    let left: Vec<Problem> =
        left.into_iter().chain(archive.into_iter().filter(|p| p.severity == Severity::Error)).collect();
    left.iter().for_each(|problem| say(&problem.to_string()));
    let root = verdict.root.map_or_else(|| "unknown".into(), |root| hex(&root));
    let word = if left.is_empty() { "the ledger is whole" } else { "the ledger is NOT whole" };
    say(&format!("mended {mended} files; {word}: {} entries, root {root}", verdict.size));
    Ok(left.is_empty())
}

/// The key as the caller or the signer knows it; the folder's own statement may be what is damaged.
fn key(args: &Repair, atlas: &Atlas) -> Result<VerifyingKey> {
    if let Some(key) = &args.key {
        return Ok(VerifyingKey::parse(key)?);
    }
    if let Ok(key) = atlas.signing_key() {
        return Ok(key.verifying_key());
    }
    match fs::read_to_string(args.atlas.join("log/key.pub")) {
        Ok(text) => {
            Ok(VerifyingKey::parse(text.trim_end_matches('\n')).context("`log/key.pub` is damaged; hint: --key")?)
        }
        Err(_) => bail!("the log's key is not known here; hint: --key"),
    }
}
