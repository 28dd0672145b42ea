//! The whole edition as files to take home, made once when they are first asked for, each with size and digest.
//!
//! The files lie in the system's temporary folder without a name: they go when the edition does, however that ends.

mod file;
mod sqlite;
mod tables;

use std::io::{self, BufWriter, Write};
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use file::{DataFile, part};

use edition::Edition;
use ui::{EditionStamp, Imprint, Lang};

/// Editions with more links are made beside the request: who asks first is asked to come again.
const LARGE: usize = 50_000;

/// What the files are made from.
#[derive(Clone)]
pub(crate) struct Contents {
    pub edition: Arc<Edition>,
    pub imprint: Arc<Imprint>,
    pub stamp: EditionStamp,
}

/// The files of an edition, or that they are being made.
#[derive(Default)]
pub(crate) struct Bundle {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
enum State {
    #[default]
    Nothing,
    Making,
    Made(Arc<Vec<DataFile>>),
}

/// Why there are no files.
#[derive(Debug)]
pub(crate) enum NoBundle {
    /// They are being made.
    Making,
    /// They could not be written.
    Broken,
}

impl Bundle {
    /// The files. A small edition's are made at once; a large one's in a thread of their own.
    pub fn files(&self, contents: &Contents) -> Result<Arc<Vec<DataFile>>, NoBundle> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &*state {
            State::Made(files) => Ok(files.clone()),
            State::Making => Err(NoBundle::Making),
            State::Nothing if contents.edition.rows().len() > LARGE => {
                *state = State::Making;
                let (shared, contents) = (self.state.clone(), contents.clone());
                std::thread::spawn(move || {
                    let made = make(&contents).map_or(State::Nothing, |files| State::Made(Arc::new(files)));
                    *shared.lock().unwrap_or_else(PoisonError::into_inner) = made;
                });
                Err(NoBundle::Making)
            }
            State::Nothing => {
                let files = Arc::new(make(contents).map_err(|_| NoBundle::Broken)?);
                *state = State::Made(files.clone());
                Ok(files)
            }
        }
    }
}

/// The edition's name in the addresses of its files: number and start of the root.
pub(crate) fn name(stamp: &EditionStamp) -> String {
    format!("{}-{}", stamp.number, stamp.short_root())
}

type Make = fn(&Contents, &mut (dyn Write + Send)) -> io::Result<()>;

/// Name, MIME type, message key of what it is, and what writes it.
const FILES: [(&str, &str, &str, Make); 6] = [
    ("items.csv", "text/csv; charset=utf-8", "data-items", tables::items),
    ("links.csv", "text/csv; charset=utf-8", "data-links", tables::links_csv),
    ("claims.csv", "text/csv; charset=utf-8", "data-claims", tables::claims),
    ("sources.csv", "text/csv; charset=utf-8", "data-sources", tables::sources),
    ("links.geojson", "application/geo+json", "data-geojson", tables::links_geojson),
    ("atlas.jsonl", "application/jsonl", "data-jsonl", jsonl),
];

fn make(contents: &Contents) -> io::Result<Vec<DataFile>> {
    let mut files = Vec::new();
    for (name, mime, what, write) in FILES {
        let mut out = BufWriter::with_capacity(1 << 18, tempfile::tempfile()?);
        write(contents, &mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        files.push(DataFile::of(name, mime, what, file)?);
    }
    files.push(DataFile::of("atlas.sqlite", "application/vnd.sqlite3", "data-sqlite", sqlite::write(contents)?)?);
    let mut sums = tempfile::tempfile()?;
    for file in &files {
        writeln!(sums, "{}  {}", file.digest, file.name)?;
    }
    files.push(DataFile::of("SHA256SUMS", "text/plain; charset=utf-8", "data-sums", sums)?);
    Ok(files)
}

fn jsonl(contents: &Contents, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut result = Ok(());
    crate::records(&contents.edition, &contents.imprint.licence, Lang::En, &mut |line| {
        if result.is_ok() {
            result = writeln!(out, "{line}");
        }
    });
    result
}
