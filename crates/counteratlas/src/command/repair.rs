//! `repair`: mends what a disk has damaged, from any honest copy of the same log.

use std::fs;

use anyhow::{Context, Result, bail};
use ledger::{Checkpoint, DirStorage, Ledger, VerifyingKey, repair, verify};
use model::{Problem, Severity};

use super::backup::hex;
use super::mirror::source;
use super::verify::{buried, unexplained};
use crate::args::Repair;
use crate::atlas::Atlas;
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
    let destroyed = ledger.redact(&buried(&ledger)?.into_iter().collect::<Vec<_>>())?.len();
    if destroyed > 0 {
        say(&format!("destroyed {destroyed} values again that the mirror still held"));
    }
    tell(&ledger, &storage, &key, mended.len())
}

fn tell(ledger: &Ledger, storage: &DirStorage, key: &VerifyingKey, mended: usize) -> Result<bool> {
    let verdict = verify(storage, Some(key));
    let findings = verdict.findings.iter().map(|finding| Problem::from(finding.clone()));
    let left: Vec<Problem> =
        findings.chain(unexplained(ledger, &verdict)?).filter(|p| p.severity == Severity::Error).collect();
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
