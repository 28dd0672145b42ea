//! Verifying the log: entries against tiles, tiles against each other, and all against the checkpoint's root.

use std::collections::BTreeSet;
use std::ops::Range;

use model::Severity;

use super::Check;
use crate::entry::Entry;
use crate::layout::{File, width};
use crate::log::BundleEntries;
use crate::merkle::{Hash, leaf_hash, root_of};
use crate::segment::Flaw;

/// What the log says, as far as it could be trusted.
pub(super) struct Facts {
    pub root: Option<Hash>,
    /// The hash of every entry; `None` where neither entry nor tile tells.
    pub leaves: Vec<Option<Hash>>,
    /// By number; `None` where an entry is damaged.
    pub entries: Vec<Option<Entry>>,
}

impl Check<'_> {
    /// Checks every bundle and tile there is or should be.
    pub(super) fn log(&mut self, files: &BTreeSet<File>, size: u64, root: Option<Hash>) -> Facts {
        let leaves = self.leaves(files, size, root);
        let whole: Option<Vec<Hash>> = leaves.iter().copied().collect();
        let derived = whole.map(|leaves| root_of(&leaves));
        if let (Some(root), Some(derived)) = (root, derived)
            && root != derived
        {
            self.error(File::Checkpoint, None, "neither the entries nor the tiles have the checkpoint's root");
        }
        let mut levels = levels(leaves);
        let mut entries = vec![None; levels[0].len()];
        for file in files {
            match *file {
                File::Bundle { index, width: wide } if wide <= width(size, 0, index) => {
                    self.bundle(*file, part(&levels[0], index, wide), index * 256, &mut entries);
                }
                File::Tile { level, index, width: wide } if wide <= width(size, level, index) => {
                    self.tile(*file, part(&levels[usize::from(level)], index, wide));
                }
                _ => {}
            }
        }
        self.missing(files, size);
        Facts { root: derived, leaves: levels.swap_remove(0), entries }
    }

    /// The hash of every entry. Entries and lowest tiles both tell them; where they differ, those are believed that
    /// have the checkpoint's root, so that a fault is laid to the file that has it.
    fn leaves(&mut self, files: &BTreeSet<File>, size: u64, root: Option<Hash>) -> Vec<Option<Hash>> {
        let of_entries = self.gather(files, size, |index, width| File::Bundle { index, width }, bundle_hashes);
        let of_tiles = self.gather(files, size, |index, width| File::Tile { level: 0, index, width }, tile_hashes);
        let fits = |leaves: &[Option<Hash>]| {
            let whole: Option<Vec<Hash>> = leaves.iter().copied().collect();
            whole.is_some_and(|leaves| Some(root_of(&leaves)) == root)
        };
        match (fits(&of_entries), fits(&of_tiles)) {
            (true, _) => of_entries,
            (_, true) => of_tiles,
            _ => of_entries.into_iter().zip(of_tiles).map(|(entry, tile)| entry.or(tile)).collect(),
        }
    }

    fn gather(
        &mut self,
        files: &BTreeSet<File>,
        size: u64,
        file: impl Fn(u64, u16) -> File,
        hashes: impl Fn(&[u8]) -> Vec<Hash>,
    ) -> Vec<Option<Hash>> {
        let mut gathered = Vec::new();
        for index in 0..size.div_ceil(256) {
            let wide = width(size, 0, index);
            let there = [wide, 256].map(|wide| file(index, wide)).into_iter().find(|file| files.contains(file));
            let bytes = there.and_then(|file| self.storage.read(&file.to_string()).ok().flatten());
            let mut hashes = hashes(&bytes.unwrap_or_default()).into_iter();
            gathered.extend((0..wide).map(|_| hashes.next()));
        }
        gathered
    }

    fn bundle(&mut self, file: File, leaves: &[Option<Hash>], first: u64, entries: &mut [Option<Entry>]) {
        let Some(bytes) = self.read(file) else { return };
        let mut damage = Damage::default();
        let mut expected = (first..).zip(leaves);
        for item in BundleEntries::new(&bytes) {
            let (range, entry) = match item {
                Ok(item) => item,
                Err(flaw) => {
                    damage.add(flaw.range);
                    break;
                }
            };
            match expected.next() {
                Some((number, Some(leaf))) if *leaf == leaf_hash(entry) => {
                    self.decode(file, range, number, entry, entries);
                }
                Some((_, None)) => {}
                _ => damage.add(range),
            }
        }
        if expected.next().is_some() {
            damage.add(bytes.len() as u64..bytes.len() as u64 + 1);
        }
        self.lay(file, damage, "the entries here are not those that were hashed");
    }

    fn decode(&mut self, file: File, range: Range<u64>, number: u64, bytes: &[u8], entries: &mut [Option<Entry>]) {
        match Entry::decode(number, bytes) {
            Ok(entry) => entries[number as usize] = Some(entry),
            Err(error) => self.error(file, Some(range), format!("entry `{number}` can't be read: {error}")),
        }
    }

    fn tile(&mut self, file: File, hashes: &[Option<Hash>]) {
        let Some(bytes) = self.read(file) else { return };
        let mut damage = Damage::default();
        for (n, expected) in hashes.iter().enumerate() {
            let range = n * 32..n * 32 + 32;
            let found = bytes.get(range.clone());
            if found.is_none() || expected.is_some_and(|hash| found != Some(&hash)) {
                damage.add(range.start as u64..range.end as u64);
            }
        }
        if bytes.len() > hashes.len() * 32 {
            damage.add(hashes.len() as u64 * 32..bytes.len() as u64);
        }
        self.lay(file, damage, "the hashes here are not those of the entries");
    }

    fn lay(&mut self, file: File, damage: Damage, what: &'static str) {
        if let Some(range) = damage.0 {
            self.flaw(file, Flaw { range, what });
        }
    }

    /// Reports files that a log of this size has and this one has not.
    fn missing(&mut self, files: &BTreeSet<File>, size: u64) {
        let tiles = (0..8).flat_map(|level| {
            let count = size.checked_shr(8 * u32::from(level)).unwrap_or(0).div_ceil(256);
            (0..count).map(move |index| (level, index))
        });
        for (level, index) in tiles {
            let wide = width(size, level, index);
            let tile = |width| File::Tile { level, index, width };
            let bundle = |width| File::Bundle { index, width };
            // Sizes between those of two checkpoints have neither tile nor bundle; nobody ever asks for them.
            let skipped = |width| level == 0 && !files.contains(&tile(width)) && !files.contains(&bundle(width));
            self.missing_widths(files, wide, tile, skipped);
            if level == 0 {
                self.missing_widths(files, wide, bundle, skipped);
            }
        }
    }

    fn missing_widths(
        &mut self,
        files: &BTreeSet<File>,
        wide: u16,
        file: impl Fn(u16) -> File,
        skipped: impl Fn(u16) -> bool,
    ) {
        // The full file may have replaced the partial ones while we looked.
        if files.contains(&file(256)) {
            return;
        }
        if !files.contains(&file(wide)) {
            self.error(file(wide), None, "the file is missing");
        }
        let narrower = (1..wide).filter(|width| !skipped(*width)).map(file);
        for narrower in narrower.filter(|file| !files.contains(file)) {
            let what = "the file is missing; whoever has an older checkpoint asks for it".to_owned();
            self.report(Severity::Warning, (&narrower.to_string(), None), what, "");
        }
    }
}

/// The smallest range that holds all that is damaged.
#[derive(Default)]
struct Damage(Option<Range<u64>>);

impl Damage {
    fn add(&mut self, range: Range<u64>) {
        let so_far = self.0.take().unwrap_or(range.clone());
        self.0 = Some(so_far.start.min(range.start)..so_far.end.max(range.end));
    }
}

/// The hashes at the height of every level of tiles, from those of the leaves; `None` where a leaf below is unknown.
fn levels(leaves: Vec<Option<Hash>>) -> Vec<Vec<Option<Hash>>> {
    let mut levels = vec![leaves];
    for level in 0..7 {
        let root = |tile: &[Option<Hash>]| tile.iter().copied().collect::<Option<Vec<Hash>>>().map(|t| root_of(&t));
        let above = levels[level].as_chunks::<256>().0.iter().map(|tile| root(tile)).collect();
        levels.push(above);
    }
    levels
}

fn part(hashes: &[Option<Hash>], index: u64, width: u16) -> &[Option<Hash>] {
    let start = index as usize * 256;
    &hashes[start..start + usize::from(width)]
}

fn bundle_hashes(bytes: &[u8]) -> Vec<Hash> {
    BundleEntries::new(bytes).map_while(|item| item.ok().map(|(_, entry)| leaf_hash(entry))).collect()
}

fn tile_hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks().0.to_vec()
}
