//! Reading the log: tiles, entries, and the roots of ranges of entries.

use std::collections::HashMap;
use std::ops::Range;

use crate::entry::Entry;
use crate::error::LedgerError;
use crate::layout::{File, width};
use crate::merkle::{Hash, Tree, leaf_hash};
use crate::segment::Flaw;
use crate::storage::Storage;
use crate::tiles::Edge;

/// The log as of a checkpoint's size.
#[derive(Clone, Copy)]
pub(crate) struct Log<'a> {
    pub storage: &'a dyn Storage,
    pub size: u64,
}

impl<'a> Log<'a> {
    pub fn edge(&self) -> Result<Edge, LedgerError> {
        Edge::load(self.size, |level, index| self.tile(level, index))
    }

    pub fn entries(self, range: Range<u64>) -> Entries<'a> {
        Entries { log: self, range, bundle: Vec::new().into_iter() }
    }

    /// The bytes of entries as they lie in their bundles, checked against nothing: the caller derives the root.
    pub fn unchecked(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, LedgerError> {
        let mut entries = Vec::new();
        if range.is_empty() {
            return Ok(entries);
        }
        for index in range.start / 256..range.end.div_ceil(256) {
            let wanted = width(self.size, 0, index);
            let (file, bytes) = self.read(|width| File::Bundle { index, width }, wanted)?;
            let bundle: Result<Vec<_>, Flaw> = BundleEntries::new(&bytes).take(wanted.into()).collect();
            let bundle = bundle.map_err(|flaw| LedgerError::damaged(file, flaw.range, flaw.what))?;
            if bundle.len() < wanted.into() {
                let end = bytes.len() as u64;
                return Err(LedgerError::damaged(file, end..end, "entries are missing at the end"));
            }
            let first = range.start.saturating_sub(index * 256) as usize;
            entries.extend(bundle.into_iter().skip(first).map(|(_, entry)| entry.to_vec()));
        }
        Ok(entries)
    }

    /// The bytes of an entry, checked against its hash in the tile.
    pub fn entry_bytes(&self, number: u64) -> Result<Vec<u8>, LedgerError> {
        let mut bundle = self.bundle(number / 256)?;
        Ok(bundle.swap_remove((number % 256) as usize))
    }

    /// The bytes of the entries of a range, each checked against its hash in the tile.
    pub fn raw_entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, LedgerError> {
        let mut entries = Vec::new();
        for index in range.start / 256..range.end.div_ceil(256) {
            entries.extend((index * 256..).zip(self.bundle(index)?).filter(|(number, _)| range.contains(number)));
        }
        Ok(entries.into_iter().map(|(_, bytes)| bytes).collect())
    }

    /// The entries of the bundle that the next entry goes to, as bytes.
    pub fn last_bundle(&self) -> Result<Vec<u8>, LedgerError> {
        let entries = if self.size.is_multiple_of(256) { Vec::new() } else { self.bundle(self.size / 256)? };
        Ok(entries.iter().fold(Vec::new(), |bundle, entry| extend_bundle(bundle, entry)))
    }

    /// The roots over ranges of entries, each a subtree of RFC 6962.
    pub fn roots(&self, ranges: Vec<Range<u64>>) -> Result<Vec<Hash>, LedgerError> {
        let mut read = HashMap::new();
        ranges.into_iter().map(|range| Ok(self.tree_of(range, &mut read)?.root())).collect()
    }

    /// The tree over a range of entries that is a subtree of RFC 6962.
    pub fn tree(&self, range: Range<u64>) -> Result<Tree, LedgerError> {
        self.tree_of(range, &mut HashMap::new())
    }

    fn tree_of(&self, range: Range<u64>, read: &mut HashMap<(u8, u64), Vec<Hash>>) -> Result<Tree, LedgerError> {
        let mut tree = Tree::new();
        let mut at = range.start;
        while at < range.end {
            let fits = |level: &u8| {
                let span = 1u64 << (8 * level);
                at.is_multiple_of(span) && span <= range.end - at
            };
            let level = (0..8).rev().find(fits).expect("a single leaf always fits");
            let hash = at >> (8 * level);
            let tile = match read.entry((level, hash / 256)) {
                std::collections::hash_map::Entry::Occupied(tile) => tile.into_mut(),
                std::collections::hash_map::Entry::Vacant(place) => place.insert(self.tile(level, hash / 256)?),
            };
            tree.push_subtree(8 * u32::from(level), tile[(hash % 256) as usize]);
            at += 1 << (8 * level);
        }
        Ok(tree)
    }

    /// The hashes that the tile has at this size.
    fn tile(&self, level: u8, index: u64) -> Result<Vec<Hash>, LedgerError> {
        let wanted = width(self.size, level, index);
        let (file, bytes) = self.read(|width| File::Tile { level, index, width }, wanted)?;
        let (hashes, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || hashes.len() < wanted.into() {
            let what = "the tile has not the length of its hashes";
            return Err(LedgerError::damaged(file, 0..bytes.len() as u64, what));
        }
        Ok(hashes[..wanted.into()].to_vec())
    }

    /// The entries that the bundle has at this size, each checked against its hash in the tile.
    fn bundle(&self, index: u64) -> Result<Vec<Vec<u8>>, LedgerError> {
        let wanted = width(self.size, 0, index);
        let (file, bytes) = self.read(|width| File::Bundle { index, width }, wanted)?;
        let damaged = |flaw: Flaw| LedgerError::damaged(file, flaw.range, flaw.what);
        let mut entries = Vec::with_capacity(wanted.into());
        for (hash, entry) in self.tile(0, index)?.iter().zip(BundleEntries::new(&bytes)) {
            let (range, entry) = entry.map_err(damaged)?;
            if leaf_hash(entry) != *hash {
                return Err(damaged(Flaw { range, what: "the entry's hash is not the one in the tile" }));
            }
            entries.push(entry.to_vec());
        }
        if entries.len() < wanted.into() {
            let end = bytes.len() as u64;
            return Err(damaged(Flaw { range: end..end, what: "entries are missing at the end" }));
        }
        Ok(entries)
    }

    /// The file of this width, or the full one, which begins with the same bytes and replaces it in time.
    fn read(&self, file: impl Fn(u16) -> File, width: u16) -> Result<(File, Vec<u8>), LedgerError> {
        for file in [file(width), file(256)] {
            if let Some(bytes) = self.storage.read(&file.to_string())? {
                return Ok((file, bytes));
            }
        }
        Err(LedgerError::missing(file(width)))
    }
}

/// Entries in order, read a bundle at a time. After an error it ends.
pub struct Entries<'a> {
    log: Log<'a>,
    range: Range<u64>,
    bundle: std::vec::IntoIter<Vec<u8>>,
}

impl Entries<'_> {
    fn read_next(&mut self, number: u64) -> Result<Entry, LedgerError> {
        if self.bundle.len() == 0 {
            self.bundle = self.log.bundle(number / 256)?.into_iter();
            self.bundle.by_ref().take((number % 256) as usize).for_each(drop);
        }
        let bytes = self.bundle.next().expect("a bundle holds the entries its index says");
        let width = width(self.log.size, 0, number / 256);
        Entry::decode(number, &bytes).map_err(|error| {
            let file = File::Bundle { index: number / 256, width };
            LedgerError::damaged(file, 0..0, format!("entry `{number}` can't be read: {error}"))
        })
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, LedgerError>;

    fn next(&mut self) -> Option<Self::Item> {
        let number = self.range.next()?;
        let entry = self.read_next(number);
        if entry.is_err() {
            self.range = 0..0;
        }
        Some(entry)
    }
}

/// The entries of a bundle with the bytes each lies in, its length included; ends behind the first flaw.
pub(crate) struct BundleEntries<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BundleEntries<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl<'a> Iterator for BundleEntries<'a> {
    type Item = Result<(Range<u64>, &'a [u8]), Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        let (rest, start) = (&self.bytes[self.at..], self.at as u64);
        if rest.is_empty() {
            return None;
        }
        let entry = rest.split_first_chunk().and_then(|(n, rest)| rest.get(..u16::from_be_bytes(*n).into()));
        self.at = entry.map_or(self.bytes.len(), |entry| self.at + 2 + entry.len());
        let range = start..self.at as u64;
        Some(entry.map(|entry| (range.clone(), entry)).ok_or(Flaw { range, what: "an entry is cut off" }))
    }
}

/// A bundle with one more entry.
pub(crate) fn extend_bundle(mut bundle: Vec<u8>, entry: &[u8]) -> Vec<u8> {
    let length = u16::try_from(entry.len()).expect("an entry is a few hundred bytes long");
    bundle.extend(length.to_be_bytes());
    bundle.extend(entry);
    bundle
}
