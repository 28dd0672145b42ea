//! Which edition of an atlas is published, and the guard that keeps one from taking its place that has lost too much.
//!
//! The file `published` in the atlas folder says what was published last. Whoever writes to the ledger moves it on;
//! whoever shows the atlas only reads it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use edition::{Edition, Follower, Publication};
use model::Problem;
use sha2::{Digest, Sha256};

use crate::atlas::{Atlas, sync_folder};
use crate::command::backup::hex;
use crate::report::say;

/// The file in an atlas folder.
pub const PUBLISHED: &str = "published";

/// Judges the editions of one atlas.
pub struct Guard {
    folder: PathBuf,
    percent: f64,
}

/// What may be shown of an atlas.
pub struct Shown {
    /// The newest edition, or the one that was published last.
    pub edition: Edition,
    /// Why the newest is held back; empty if it is not.
    pub problems: Vec<Problem>,
}

impl Guard {
    /// The guard of this atlas.
    pub fn of(atlas: &Atlas) -> Self {
        Self { folder: atlas.folder().to_owned(), percent: atlas.settings.shrink_bound }
    }

    /// What was published last; `None` if nothing was, or if nobody can tell any more.
    pub fn last(&self) -> Result<Option<Publication>> {
        let path = self.folder.join(PUBLISHED);
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => String::new(),
            read => read.with_context(|| format!("can't read `{}`", path.display()))?,
        };
        let last = parse(&text);
        if last.is_none() {
            say(&format!("warning: `{}` is damaged and says nothing; the next writer makes it anew", path.display()));
        }
        Ok(last)
    }

    /// The newest edition if it may follow on the last, or on what was `shown`, whichever is newer; else that one.
    pub fn show(&self, follower: &Follower, shown: Option<&Publication>) -> Result<Shown> {
        let edition = follower.edition()?;
        let last = self.last()?;
        let newer = last.iter().chain(shown).max_by_key(|published| published.size);
        let Some(last) = newer else { return Ok(Shown { edition, problems: Vec::new() }) };
        let problems = self.objections(last, follower, &edition)?;
        let edition = if problems.is_empty() { edition } else { follower.edition_at(last.size)? };
        Ok(Shown { edition, problems })
    }

    /// Why an edition must not follow on the last.
    fn objections(&self, last: &Publication, follower: &Follower, edition: &Edition) -> Result<Vec<Problem>> {
        let size = follower.ledger().checkpoint().size;
        if last.size > size || follower.ledger().root_at(last.size)? != last.root {
            bail!(
                "edition {} was published and this ledger of {size} entries does not continue it; hint: it was set \
                 back or is another; restore a newer copy, or remove `{PUBLISHED}` to begin anew",
                last.size
            );
        }
        let overridden = edition.state().overridden_since(last.size);
        Ok(if overridden { Vec::new() } else { last.objections(edition, self.percent) })
    }

    /// Why what these operations would make must not be published, and how many records are missing from it.
    pub fn trial(&self, follower: &Follower, operations: &[model::Operation]) -> Result<(Vec<Problem>, u64, usize)> {
        let last = self.last()?;
        let last = last.map_or_else(|| follower.edition().map(|edition| Publication::of(&edition)), Ok)?;
        let next = follower.edition_with(operations)?;
        Ok((last.objections(&next, self.percent), last.size, last.missing_from(&next)))
    }

    /// Publishes what a writer has just written, or says why it is held back.
    pub fn advance(&self, follower: &Follower) -> Result<Vec<Problem>> {
        let shown = self.show(follower, None)?;
        if shown.problems.is_empty() {
            self.keep(&Publication::of(&shown.edition))?;
        }
        Ok(shown.problems)
    }

    /// The same, where the entry stands whatever comes of it: what fails is said.
    pub fn after_append(&self, follower: &mut Follower) {
        let advanced = follower.follow().map_err(anyhow::Error::from).and_then(|_| self.advance(follower));
        match advanced {
            Ok(problems) if problems.is_empty() => {}
            Ok(problems) => {
                problems.iter().for_each(|problem| say(&problem.to_string()));
                say("warning: NOT PUBLISHED: the edition before stays on show");
            }
            Err(error) => say(&format!("warning: `{PUBLISHED}` is not up to date: {error:#}")),
        }
    }

    /// Writes down what is published; a crash leaves the old file or the new.
    fn keep(&self, published: &Publication) -> Result<()> {
        let path = self.folder.join(PUBLISHED);
        let part = self.folder.join(format!("{PUBLISHED}.part"));
        let failed = || format!("can't write `{}`", path.display());
        let mut file = fs::File::create(&part).with_context(failed)?;
        file.write_all(summed(&published.to_text()).as_bytes()).and_then(|()| file.sync_all()).with_context(failed)?;
        fs::rename(&part, &path).with_context(failed)?;
        sync_folder(&self.folder)
    }
}

/// The newest edition of an atlas, for whoever writes it down for readers; says why, and gives none, if it is held back.
pub fn newest(atlas: &Atlas) -> Result<Option<Edition>> {
    let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let Shown { edition, problems } = Guard::of(atlas).show(&follower, None)?;
    problems.iter().for_each(|problem| say(&problem.to_string()));
    if !problems.is_empty() {
        say("counteratlas: NOT PUBLISHED: the newest edition is held back; nothing was written");
    }
    Ok(problems.is_empty().then_some(edition))
}

/// Whether these bytes of `published` are about no more than the first `size` entries.
pub fn is_within(bytes: &[u8], size: u64) -> bool {
    let published = std::str::from_utf8(bytes).ok().and_then(parse);
    published.is_some_and(|published| published.size <= size)
}

/// A text with its SHA-256 behind it, so that no damage to it is taken for a record that was lost.
fn summed(text: &str) -> String {
    format!("{text}sha256 {}\n", hex(&Sha256::digest(text)))
}

fn parse(text: &str) -> Option<Publication> {
    let end = text.strip_suffix('\n')?.rfind('\n')? + 1;
    (summed(&text[..end]) == text).then(|| Publication::parse(&text[..end]))?
}

/// The settings' word for the bound.
pub fn check_bound(percent: f64, path: &Path) -> Result<()> {
    let fits = (0.0..=100.0).contains(&percent);
    fits.then_some(()).with_context(|| format!("`{}`: `shrink_bound` is a share in percent, 0 to 100", path.display()))
}
