//! `mirror`: a copy of somebody else's atlas that is verified as it is made, follows it, and can be served.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use edition::Follower;
use ledger::archive::Blobs;
use ledger::{DirStorage, Ledger, Storage, VerifyingKey, replicate, verify};
use model::Severity;

use super::backup::hex;
use super::verify::{buried, revealed, unexplained};
use crate::args::Mirror;
use crate::atlas::{Atlas, Settings};
use crate::burial::carry_out;
use crate::holdings::{self, Expected};
use crate::pieces::{self, Filled, Look, fill};
use crate::publication::Guard;
use crate::remote::Remote;
use crate::report::{out, say};
use crate::witnessing::{self, Witnessing};

/// Copies what is new, carries out redactions, and proves the whole.
pub fn run(args: &Mirror) -> Result<bool> {
    let remote = Remote::new(&args.url)?;
    let key = key(args, &remote)?;
    begin(args, key.name())?;
    let storage = Arc::new(DirStorage::new(&args.folder));
    let remote = Arc::new(remote);
    let keys = Ledger::open(remote.clone())?.keys_since(&key)?;
    let (head, added) = replicate(&*remote, &*storage, &keys)?;
    let key = keys.last().cloned().unwrap_or(key);
    let ledger = Ledger::open(storage.clone())?;
    cosigned(args, &remote, &ledger)?;
    let archive = Blobs::new(storage.clone());
    let destroyed = carry_out(&ledger, &archive, &buried(&ledger)?)?.values.len();
    reveal(&ledger, &*remote)?;
    let verdict = verify(&*storage, Some(&key));
    let findings = verdict.findings.iter().map(|finding| model::Problem::from(finding.clone()));
    let errors: Vec<model::Problem> =
        findings.chain(unexplained(&ledger, &verdict)?).filter(|p| p.severity == Severity::Error).collect();
    errors.iter().for_each(|problem| say(&problem.to_string()));
    let size = head.size;
    say(&format!("mirrored {size} entries, {added} of them new, to `{}`", args.folder.display()));
    if destroyed > 0 {
        say(&format!("destroyed {destroyed} values here too, as the tombstones say"));
    }
    if errors.is_empty() {
        let atlas = Atlas::open(&args.folder)?;
        let mut follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
        Guard::of(&atlas).after_append(&mut follower);
    }
    let whole = captures(args, &ledger, &archive)?;
    out(&hex(&head.root));
    Ok(errors.is_empty() && whole)
}

/// Copies what anyone may have of captures, if that is wanted; false if some of it could not be had.
fn captures(args: &Mirror, ledger: &Ledger, archive: &Blobs) -> Result<bool> {
    let Some(place) = &args.captures else { return Ok(true) };
    let Filled { brought, absent } = fill(ledger, &pieces::source(place)?, archive, Look::Names)?;
    say(&format!("copied {} pieces of captures; {absent} are not given out there", brought.len()));
    let problems = holdings::check(ledger, archive, Expected::Mirrored)?.problems;
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    errors.iter().for_each(|problem| say(&problem.to_string()));
    Ok(errors.is_empty())
}

/// Fetches what was sealed when it was copied, and can be read by now.
fn reveal(ledger: &Ledger, source: &dyn Storage) -> Result<()> {
    for entry in revealed(ledger)? {
        let put = ledger.unseal(entry.into(), source);
        match put.with_context(|| format!("the revealed values of entry {entry} can't be had"))? {
            0 => {}
            put => say(&format!("fetched {put} values of entry {entry}, which were sealed until now")),
        }
    }
    Ok(())
}

/// The key as the caller knows it, else as this copy has known it, else as the server states it.
fn key(args: &Mirror, remote: &Remote) -> Result<VerifyingKey> {
    if let Some(key) = &args.key {
        return Ok(VerifyingKey::parse(key)?);
    }
    let stated = |text: Vec<u8>| -> Result<VerifyingKey> {
        Ok(VerifyingKey::parse(String::from_utf8_lossy(&text).trim_end_matches('\n'))?)
    };
    if let Ok(known) = fs::read(args.folder.join("log/key.pub")) {
        return stated(known);
    }
    let key = stated(remote.read("log/key.pub")?.context("there is no log at this address")?)?;
    say(&format!("warning: took the key `{key}` from the server itself; hint: compare it with one from elsewhere"));
    Ok(key)
}

/// The folder's settings, if it is new.
fn begin(args: &Mirror, origin: &str) -> Result<()> {
    let folder = &args.folder;
    if folder.join("atlas.toml").exists() {
        let own = folder.join("keys/log.key").exists();
        return if own { bail!("`{}` is an atlas with a key of its own, no mirror", folder.display()) } else { Ok(()) };
    }
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("`{}` is neither empty nor a mirror; hint: name a new folder", folder.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("can't make `{}`", folder.display()))?;
    let name = args.name.clone().unwrap_or_else(|| format!("{origin} (mirror)"));
    Atlas::write_settings(folder, &Settings::named(&name))
}

/// Keeps what witnesses have said of the newest checkpoint, and says whether they are enough for this copy's policy.
fn cosigned(args: &Mirror, remote: &Remote, ledger: &Ledger) -> Result<()> {
    let note = remote.read("log/checkpoint")?.unwrap_or_default();
    let witnessing = Witnessing::of(&args.folder)?;
    witnessing.adopt(&args.folder, ledger, &note)?;
    if witnessing.has_witnesses() {
        let checkpoint = witnessing.cosigned(ledger, ledger.checkpoint())?;
        witnessing::tell(&witnessing.seen(&checkpoint)?);
    } else if let Some(policy) = remote.extra("policy")? {
        say("the server states a witness policy; to hold it to it, write it into `witness/policy`:");
        say(String::from_utf8_lossy(&policy).trim_end());
    }
    Ok(())
}

/// A mirror's folder, or the address of one.
pub fn source(place: &str) -> Result<Box<dyn Storage>> {
    let folder = Path::new(place);
    if place.starts_with("http://") || place.starts_with("https://") {
        return Ok(Box::new(Remote::new(place)?));
    }
    folder.is_dir().then_some(()).with_context(|| format!("`{place}` is neither a folder nor an address"))?;
    Ok(Box::new(DirStorage::new(folder)))
}
