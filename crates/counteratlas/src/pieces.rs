//! Pieces of captures from another copy: a folder, or the evidence listener of an atlas. Nothing is taken on trust, for
//! every piece is asked for by its digest.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use ledger::archive::{Blobs, Digest};
use ledger::{DirStorage, Ledger, Storage, StorageError, Transaction};

use crate::holdings::held;
use crate::remote::Place;
use crate::report::say;

/// The most bytes that a piece has.
const MOST: u64 = 512 << 20;
/// So many bytes are held before they are written, together.
const MUCH: usize = 64 << 20;

/// What is looked at in the copy that is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Whether there is a piece of this name.
    Names,
    /// Whether it has its digest.
    Bytes,
}

/// What was brought, and what could not be had.
#[derive(Debug, Default)]
pub struct Filled {
    /// The pieces that are here now.
    pub brought: Vec<Digest>,
    /// How many the other copy does not have or give out, or has damaged.
    pub absent: usize,
}

/// Pieces at a place: an atlas folder or its copy, or the address of an evidence listener.
pub fn source(place: &str) -> Result<Blobs> {
    if place.starts_with("http://") || place.starts_with("https://") {
        return Ok(Blobs::new(Arc::new(Listener(Place::new(place)?))));
    }
    Path::new(place).is_dir().then_some(()).with_context(|| format!("`{place}` is neither a folder nor an address"))?;
    Ok(Blobs::new(Arc::new(DirStorage::new(place))))
}

/// Brings every piece that a live capture names and `to` lacks or, if it is looked for, has damaged.
pub fn fill(ledger: &Ledger, from: &Blobs, to: &Blobs, look: Look) -> Result<Filled> {
    let named: BTreeSet<Digest> = held(ledger)?.iter().flat_map(|capture| capture.pieces()).collect();
    let lying: BTreeSet<Digest> = to.list()?.into_iter().collect();
    let (mut filled, mut waiting, mut size) = (Filled::default(), Vec::new(), 0);
    for piece in named {
        let damaged = lying.contains(&piece) && look == Look::Bytes && to.get(&piece).is_err();
        if lying.contains(&piece) && !damaged {
            continue;
        }
        match from.get(&piece) {
            Ok(Some(bytes)) if damaged => drop(to.mend(&piece, &bytes)?),
            Ok(Some(bytes)) => {
                size += bytes.len();
                waiting.push(bytes);
            }
            Ok(None) => {
                filled.absent += 1;
                continue;
            }
            Err(error) => {
                say(&format!("warning: the other copy's `{piece}` can't be taken: {error}"));
                filled.absent += 1;
                continue;
            }
        }
        filled.brought.push(piece);
        if size >= MUCH {
            write(to, &mut waiting)?;
            size = 0;
        }
    }
    write(to, &mut waiting)?;
    Ok(filled)
}

fn write(to: &Blobs, waiting: &mut Vec<Vec<u8>>) -> Result<()> {
    to.put(&waiting.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
    waiting.clear();
    Ok(())
}

/// The evidence listener of an atlas as a storage of captures that can only be read.
struct Listener(Place);

impl Storage for Listener {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let digits: String = path.trim_start_matches("captures/").split('/').collect();
        for ending in ["text", "warc.gz", "picture", "stamp", "original"] {
            if let Some(bytes) = self.0.fetch(&format!("{digits}.{ending}"), MOST)? {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    fn list(&self, _: &str) -> Result<Vec<String>, StorageError> {
        Err(self.0.read_only("list"))
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        Err(self.0.read_only("write to"))
    }
}
