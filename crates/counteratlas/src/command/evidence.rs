//! `evidence`: captures packed for others, as a WACZ file that players open, or as plain files that anyone can check.

mod chosen;
mod plain;

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use edition::{CaptureRecord, Follower};
use ledger::archive::Digest;
use ledger::archive::wacz::{self, Package, Page};
use model::{CaptureText, Form};

use crate::args::Evidence;
use crate::atlas::{Atlas, now};
use crate::report::{out, say};

/// Packs what anyone may have of these captures, or of all.
pub fn run(args: &Evidence) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let edition = follower.edition()?;
    let chosen = chosen::captures(&edition, args)?;
    let withheld = chosen.iter().filter(|record| record.capture.form == Form::Withheld).count();
    if withheld > 0 {
        say(&format!("{withheld} captures show the machine that asked and are not given out"));
    }
    if args.plain { plain::pack(args, &atlas, &edition, &chosen) } else { pack(args, &atlas, &chosen) }
}

fn pack(args: &Evidence, atlas: &Atlas, chosen: &[&CaptureRecord]) -> Result<bool> {
    let mut package = Package {
        title: atlas.settings.name.clone(),
        description: "Captures of sources as they were received; the ledger of the atlas names each by its digest."
            .into(),
        created: now(),
        software: SOFTWARE.into(),
        ..Package::default()
    };
    let mut missing = 0;
    for record in chosen.iter().filter(|record| record.capture.form == Form::Fetched) {
        missing += usize::from(!add(&mut package, atlas, record)?);
    }
    if package.warcs.is_empty() {
        bail!("nothing was fetched of these sources, or its bytes are not here");
    }
    let bytes = wacz::write(&package)?;
    write_new(&args.target, &bytes)?;
    say(&format!(
        "packed {} captures into `{}`; {missing} are not held here",
        package.warcs.len(),
        args.target.display()
    ));
    out(&Digest::of(&bytes).to_string());
    Ok(missing == 0)
}

const SOFTWARE: &str = concat!("counteratlas ", env!("CARGO_PKG_VERSION"));

/// A file that was not there, durable.
fn write_new(target: &Path, bytes: &[u8]) -> Result<()> {
    let made = std::fs::File::create_new(target).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    made.with_context(|| format!("can't make `{}`", target.display()))
}

/// Adds a capture; false if its bytes are not here.
fn add(package: &mut Package, atlas: &Atlas, record: &CaptureRecord) -> Result<bool> {
    let capture = &record.capture;
    let digest = Digest(capture.kept.digest);
    let Some(bytes) = atlas.archive().get(&digest)? else { return Ok(false) };
    let text = capture.text.map(|piece| atlas.archive().get(&Digest(piece.digest))).transpose()?.flatten();
    let text = text.and_then(|bytes| CaptureText::from_bytes(&bytes)).unwrap_or_default();
    let name = format!("{digest}.warc.gz");
    if !package.warcs.iter().any(|(known, _)| *known == name) {
        package.warcs.push((name, bytes));
    }
    package.pages.push(Page {
        url: capture.final_url.to_string(),
        title: text.title().to_owned(),
        date: capture.at.to_string(),
        text: text.body().to_owned(),
    });
    Ok(true)
}
