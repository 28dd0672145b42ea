//! `evidence`: captures packed as a WACZ file, which players of web archives open and anyone can check.

use std::io::Write;

use anyhow::{Context, Result, bail};
use edition::{CaptureRecord, Follower};
use ledger::archive::Digest;
use ledger::archive::wacz::{self, Package, Page};
use model::{CaptureText, Form};

use super::capture::named;
use crate::args::Evidence;
use crate::atlas::{Atlas, now};
use crate::report::{out, say};

/// Packs what was fetched of these sources, or of all.
pub fn run(args: &Evidence) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let state = follower.state();
    let named = named(&args.sources, state)?;
    let named = |record: &&CaptureRecord| named(record.capture.source.as_ref().map_or("", model::Id::as_str));
    let fetched = state.captures().filter(|record| record.capture.form == Form::Fetched).filter(named);
    let mut package = Package {
        title: atlas.settings.name.clone(),
        description: "Captures of sources as they were received; the ledger of the atlas names each by its digest."
            .into(),
        created: now(),
        software: concat!("counteratlas ", env!("CARGO_PKG_VERSION")).into(),
        ..Package::default()
    };
    let withheld = state.captures().filter(|record| record.capture.form == Form::Withheld).count();
    if withheld > 0 {
        say(&format!("{withheld} captures show the machine that asked and are not given out"));
    }
    let mut missing = 0;
    for record in fetched {
        missing += usize::from(!add(&mut package, &atlas, record)?);
    }
    if package.warcs.is_empty() {
        bail!("nothing was fetched of these sources, or its bytes are not here");
    }
    let bytes = wacz::write(&package)?;
    let made = std::fs::File::create_new(&args.target).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    made.with_context(|| format!("can't make `{}`", args.target.display()))?;
    say(&format!(
        "packed {} captures into `{}`; {missing} are not held here",
        package.warcs.len(),
        args.target.display()
    ));
    out(&Digest::of(&bytes).to_string());
    Ok(missing == 0)
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
