//! `log rotate-key` and `log succeed`: another key for the log, and its end.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use ledger::{SigningKey, VerifyingKey};

use crate::args::LogSucceed;
use crate::atlas::{Atlas, random, sync_folder, today, write_new};
use crate::report::{out, say};
use crate::witnessing::after_append;

const KEY: &str = "log.key";
/// A new key lies here until the ledger says that it counts; so a rotation that was cut short is finished by repeating it.
const NEXT: &str = "next.key";
const RETIRED: &str = "retired.key";

/// Makes a new key, has the old one vouch for it, and puts it in the old one's place.
pub fn rotate(folder: &Path) -> Result<bool> {
    let atlas = Atlas::open(folder)?;
    let (keys, old) = (folder.join("keys"), atlas.signing_key()?);
    let new = next_key(&keys, old.name())?;
    let mut ledger = atlas.ledger()?;
    ledger.rotate(&old, &new, today(), &mut salts())?;
    replace(&keys).with_context(|| format!("can't put the new key into `{}`", keys.display()))?;
    say(&format!(
        "entry {} names the new key; publish it, and give it to every witness:",
        ledger.checkpoint().size - 1
    ));
    out(&new.verifying_key().to_string());
    say(&format!("the old key is `keys/{RETIRED}` now; keep a copy of the new one elsewhere, and destroy the old"));
    after_append(folder, &ledger);
    Ok(true)
}

fn next_key(keys: &Path, name: &str) -> Result<SigningKey> {
    let path = keys.join(NEXT);
    if let Ok(text) = fs::read_to_string(&path) {
        return Ok(SigningKey::parse(&text)?);
    }
    let key = SigningKey::generate(name, random()?)?;
    write_new(&path, &(key.to_secret_text() + "\n"), 0o600)?;
    sync_folder(keys)?;
    Ok(key)
}

/// One rename, so that there is a key at every moment.
fn replace(keys: &Path) -> Result<()> {
    let retired = keys.join(RETIRED);
    let _ = fs::remove_file(&retired);
    fs::hard_link(keys.join(KEY), retired)?;
    fs::rename(keys.join(NEXT), keys.join(KEY))?;
    sync_folder(keys)
}

/// Writes the last entry.
pub fn succeed(args: &LogSucceed) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let successor = VerifyingKey::parse(&args.key)?;
    let mut ledger = atlas.ledger()?;
    let entry = ledger.succeed(&atlas.signing_key()?, &successor, &args.url, today(), &mut salts())?;
    say(&format!("entry {entry} is the last: `{}` follows at `{}`", successor.name(), args.url));
    after_append(&args.atlas, &ledger);
    Ok(true)
}

fn salts() -> impl FnMut() -> [u8; 32] {
    || random().expect("the system gives random bytes once it has given the first")
}
