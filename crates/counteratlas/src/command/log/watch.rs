//! `log watch`: a monitor of somebody else's log, which remembers what it saw and cries when that is taken back.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use ledger::{Checkpoint, Ledger, LedgerError, Policy, VerifyingKey};

use crate::args::LogWatch;
use crate::atlas::sync_folder;
use crate::command::backup::hex;
use crate::remote::Remote;
use crate::report::{out, say};

/// What one look found.
enum Look {
    /// It continues what was seen.
    Sound(Checkpoint),
    /// It does not, and this is what it shows.
    Taken { back: String, note: String },
}

/// Looks again and again, or once; false if the log took something back.
pub fn run(args: &LogWatch) -> Result<bool> {
    loop {
        match look(args) {
            Ok(Look::Sound(checkpoint)) => {
                keep(args, &checkpoint.note)?;
                let cosigned = witnessed(args, &checkpoint)?;
                if args.once {
                    return Ok(cosigned);
                }
            }
            Ok(Look::Taken { back, note }) => return cry(args, &back, &note),
            // A server that is away has taken nothing back.
            Err(error) if args.once => return Err(error),
            Err(error) => say(&format!("warning: {error:#}")),
        }
        thread::sleep(Duration::from_secs(args.every));
    }
}

fn look(args: &LogWatch) -> Result<Look> {
    let remote = Arc::new(Remote::new(&args.url)?);
    let seen = args.state.as_deref().map(fs::read).and_then(Result::ok);
    let newest = Ledger::open(remote).context("the log can't be read")?;
    let key = match &args.key {
        Some(key) => VerifyingKey::parse(key)?,
        None => newest.key().clone(),
    };
    let checkpoint = newest.checkpoint().clone();
    let keys = match newest.keys_since(&key) {
        Err(LedgerError::Key { .. }) => {
            let back = format!("it is signed by `{}`, to which `{key}` does not lead", newest.key());
            return Ok(Look::Taken { back, note: checkpoint.note });
        }
        keys => keys?,
    };
    let Some(seen) = seen else {
        newest.prove_root().context("the log does not have the root that it signs")?;
        say(&format!("first look at `{}`: {} entries", checkpoint.origin, checkpoint.size));
        return Ok(Look::Sound(checkpoint));
    };
    let opened = keys.iter().rev().find_map(|key| Checkpoint::open(&seen, key).ok());
    let opened = opened.context("not signed by the log's key");
    let seen = match opened {
        Ok(seen) => seen,
        Err(error) if args.key.is_some() => return Err(error).context("the state file is no checkpoint of this log"),
        Err(_) => {
            let back = format!("what was seen earlier is not signed by its key `{key}`");
            return Ok(Look::Taken { back, note: checkpoint.note });
        }
    };
    continued(&newest, &seen, checkpoint)
}

/// Whether the log still begins with what was seen, and what is new in it.
fn continued(newest: &Ledger, seen: &Checkpoint, checkpoint: Checkpoint) -> Result<Look> {
    let (old, new) = (seen.size, checkpoint.size);
    if new < old {
        let back = format!("it had {old} entries and has {new}");
        return Ok(Look::Taken { back, note: checkpoint.note });
    }
    let proof = match newest.consistency_proof(old, new) {
        Err(error @ (LedgerError::Damaged { .. } | LedgerError::Missing { .. })) => {
            let back = format!("it can't prove that it grew out of what was seen: {error}");
            return Ok(Look::Taken { back, note: checkpoint.note });
        }
        proof => proof?,
    };
    if !proof.holds(seen.root, checkpoint.root) {
        let back = format!("its first {old} entries are not those that were seen");
        return Ok(Look::Taken { back, note: checkpoint.note });
    }
    for entry in newest.entries(old..new) {
        let entry = entry?;
        say(&format!("entry {}: {} by {}, {} operations", entry.number, entry.day, entry.author, entry.operations));
    }
    say(&format!("`{}` has {new} entries, {} of them new", checkpoint.origin, new - old));
    Ok(Look::Sound(checkpoint))
}

/// Whether enough witnesses have signed, if a policy was named.
fn witnessed(args: &LogWatch, checkpoint: &Checkpoint) -> Result<bool> {
    out(&format!("{} {}", checkpoint.size, hex(&checkpoint.root)));
    let Some(path) = &args.policy else { return Ok(true) };
    let bytes = fs::read(path).with_context(|| format!("can't read `{}`", path.display()))?;
    let policy = Policy::parse(&path.display().to_string(), &bytes);
    let policy = policy.map_err(|problems| anyhow::anyhow!("{}", problems[0]))?;
    let seen = policy.seen(&checkpoint.note).map_err(anyhow::Error::msg)?;
    crate::witnessing::tell(&seen);
    Ok(seen.met)
}

/// Both checkpoints together prove to anyone that the log was forked: they are kept.
fn cry(args: &LogWatch, back: &str, note: &str) -> Result<bool> {
    say(&format!("error: THE LOG WAS REWRITTEN: {back}"));
    if let Some(state) = &args.state {
        let other = state.with_extension("conflict");
        put(&other, note)?;
        say(&format!("kept what it shows now as `{}`; with `{}` it proves this", other.display(), state.display()));
    }
    Ok(false)
}

fn keep(args: &LogWatch, note: &str) -> Result<()> {
    args.state.as_deref().map_or(Ok(()), |state| put(state, note))
}

/// Replaces a small file so that a crash leaves the old one or the new.
fn put(path: &Path, text: &str) -> Result<()> {
    let part = path.with_extension("part");
    let failed = || format!("can't write `{}`", path.display());
    let mut file = fs::File::create(&part).with_context(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).with_context(failed)?;
    fs::rename(&part, path).with_context(failed)?;
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => sync_folder(Path::new(".")),
        Some(folder) => sync_folder(folder),
        None => bail!("`{}` is no file", path.display()),
    }
}
