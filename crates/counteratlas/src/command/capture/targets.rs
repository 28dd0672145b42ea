//! What is to be captured: as it was typed, as the ledger has it, or as an earlier run left it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use edition::State;
use model::{Id, Source};

use super::Wanted;
use crate::args::Capture;
use crate::atlas::Atlas;
use crate::report::say;

/// A page or a file.
#[derive(Debug)]
pub enum Target {
    /// An address.
    Page(Wanted),
    /// A file and the source that it is of.
    File(PathBuf, Option<Id>),
}

/// Tells whether a source is one of those that were named, by id; all are if none was.
pub fn named<'n>(ids: &'n [String], state: &State) -> Result<impl Fn(&str) -> bool + 'n> {
    if let Some(unknown) = ids.iter().find(|id| state.sources().get(id).is_none()) {
        bail!("there is no source `{unknown}`");
    }
    Ok(|source: &str| ids.is_empty() || ids.iter().any(|id| id == source))
}

/// Makes targets of what was typed.
pub fn of(args: &Capture, state: &State, backlog: &Backlog) -> Result<Vec<Target>> {
    let source = args.source.as_deref().map(|text| known(text, state)).transpose()?;
    if args.all {
        return Ok(without_capture(state));
    }
    if args.what.is_empty() {
        let left = backlog.read()?;
        if left.is_empty() {
            bail!("nothing is left from before; hint: name addresses, files or sources, or use `--all`");
        }
        say(&format!("going on with {} addresses", left.len()));
        return Ok(left.into_iter().map(Target::Page).collect());
    }
    let targets = args.what.iter().map(|what| target(what, source.as_ref(), state)).collect::<Result<Vec<_>>>()?;
    targets.iter().for_each(|target| warn(target, state));
    Ok(targets)
}

/// Says that a capture of this source was destroyed: to capture it again is somebody's decision.
fn warn(target: &Target, state: &State) {
    let (Target::Page(Wanted { source, .. }) | Target::File(_, source)) = target;
    let Some(source) = source else { return };
    if let Some(grave) = state.destroyed_of(source.as_str()).next_back() {
        let notice = &grave.tombstone.notice;
        say(&format!("warning: a capture of `{source}` was destroyed (notice `{notice}`), and is made again now"));
    }
}

fn target(what: &str, source: Option<&Id>, state: &State) -> Result<Target> {
    if what.contains("://") {
        let source = source.cloned().or_else(|| at_address(what, state));
        return Ok(Target::Page(Wanted { url: what.to_owned(), source }));
    }
    if Path::new(what).is_file() {
        return Ok(Target::File(what.into(), source.cloned()));
    }
    let id = known(what, state).with_context(|| format!("`{what}` is neither an address nor a file nor a source"))?;
    let record = state.sources().get(id.as_str()).and_then(|record| record.source.as_ref());
    let url = record.map(|source| source.url.to_string()).filter(|url| !url.is_empty());
    let url =
        url.with_context(|| format!("the source `{id}` has no address; hint: give a file with `--source {id}`"))?;
    Ok(Target::Page(Wanted { url, source: Some(id) }))
}

fn known(text: &str, state: &State) -> Result<Id> {
    let id = Id::parse(text).filter(|id| live(id, state).is_some());
    id.with_context(|| format!("there is no source `{text}`"))
}

fn live<'s>(id: &Id, state: &'s State) -> Option<&'s Source> {
    let record = state.sources().get(id.as_str()).filter(|record| record.gone.is_none())?;
    record.source.as_ref()
}

fn all(state: &State) -> impl Iterator<Item = &Source> {
    let live = state.sources().iter().filter(|(_, record)| record.gone.is_none());
    live.filter_map(|(_, record)| record.source.as_ref())
}

/// The source that has this address, if only one has.
fn at_address(url: &str, state: &State) -> Option<Id> {
    let mut found = all(state).filter(|source| &*source.url == url);
    let first = found.next()?.id.clone();
    found.next().is_none().then_some(first)
}

fn without_capture(state: &State) -> Vec<Target> {
    let mut seen = BTreeSet::new();
    let wanted = all(state).filter(|source| source.url.contains("://"));
    let wanted = wanted.filter(|source| state.captures_of(source.id.as_str()).next().is_none());
    // What was destroyed is not brought back because nobody looked.
    let wanted = wanted.filter(|source| state.destroyed_of(source.id.as_str()).next().is_none());
    let new = wanted.filter(|source| seen.insert(source.url.clone()));
    new.map(|source| Target::Page(Wanted { url: source.url.to_string(), source: Some(source.id.clone()) })).collect()
}

/// The addresses that a run has not come to yet, in a file beside the ledger that anyone may delete.
pub struct Backlog {
    path: PathBuf,
}

impl Backlog {
    /// That of an atlas.
    pub fn of(atlas: &Atlas) -> Self {
        Self { path: atlas.folder().join("capture-backlog.tsv") }
    }

    /// Writes them anew, or removes the file if there are none.
    pub fn write(&self, left: &[Wanted]) -> Result<()> {
        let failed = || format!("can't write `{}`", self.path.display());
        if left.is_empty() {
            return match fs::remove_file(&self.path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).with_context(failed),
                _ => Ok(()),
            };
        }
        let line = |one: &Wanted| format!("{}\t{}\n", one.source.as_ref().map_or("", Id::as_str), one.url);
        let beside = self.path.with_extension("part");
        fs::write(&beside, left.iter().map(line).collect::<String>()).with_context(failed)?;
        fs::rename(&beside, &self.path).with_context(failed)
    }

    fn read(&self) -> Result<Vec<Wanted>> {
        let text = match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            read => read.with_context(|| format!("can't read `{}`", self.path.display()))?,
        };
        let line = |line: &str| {
            let (source, url) = line.split_once('\t')?;
            Some(Wanted { url: url.to_owned(), source: Id::parse(source) })
        };
        Ok(text.lines().filter_map(line).collect())
    }
}
