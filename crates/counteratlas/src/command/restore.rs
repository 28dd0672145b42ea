//! `restore`: an atlas made from a backup, and proved to be the same before it gets its name.

use std::fs;

use anyhow::{Context, Result, bail};
use ledger::{DirStorage, VerifyingKey, verify};

use super::backup::{self, Sink};
use crate::args::Restore;
use crate::report::{out, say};

/// Checks the backup, copies it, checks the copy, renames it.
pub fn run(args: &Restore) -> Result<bool> {
    if args.atlas.exists() {
        bail!("`{}` is there already; hint: name a folder that does not exist yet", args.atlas.display());
    }
    let (size, root) = backup::check(&args.backup)?;
    if let Some(expected) = args.root.as_deref().filter(|expected| !expected.eq_ignore_ascii_case(&root)) {
        bail!("the backup's root is `{root}`, not `{expected}`; hint: it is another backup than you think");
    }
    let storage = backup::open(&args.backup)?;
    if let Some(key) = args.key.as_deref().map(VerifyingKey::parse).transpose()? {
        let signed = verify(&*storage, Some(&key)).holds();
        signed.then_some(()).with_context(|| format!("the backup is not signed by `{key}`"))?;
    }
    let part = backup::beside(&args.atlas);
    let _ = backup::remove(&part);
    let mut sink = Sink::folder(&part)?;
    for path in storage.list("")? {
        // A name that no backup has must not lead out of the new folder.
        if path != backup::MANIFEST && !backup::belongs(&path, size) {
            bail!("a backup has no file `{path}`");
        }
        let bytes = storage.read(&path)?.with_context(|| format!("`{path}` went away"))?;
        sink.put(&path, &bytes)?;
    }
    sink.finish()?;
    if backup::check(&part)? != (size, root.clone()) {
        bail!("what was written is not what the backup holds; hint: check the disk");
    }
    fs::remove_file(part.join(backup::MANIFEST))?;
    if let Some(sealed) = &args.sealed {
        backup::copy_vault(&DirStorage::new(sealed), &part.join("sealed"))?;
    }
    fs::rename(&part, &args.atlas).with_context(|| format!("can't rename to `{}`", args.atlas.display()))?;
    backup::sync_folder_of(&args.atlas)?;
    say(&format!("restored {size} entries to `{}`, equal by root", args.atlas.display()));
    say("to write to it, put the signing key into `keys/log.key`");
    out(&root);
    Ok(true)
}
