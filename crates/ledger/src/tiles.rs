//! The right edge of the log: the incomplete tiles, which are all that is needed to add a leaf and to know the root.

use crate::layout::{File, width};
use crate::merkle::{Hash, Tree, root_of};

/// The incomplete tile of every level, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    size: u64,
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// The edge of a log of `size` entries, whose incomplete tiles `tile(level, index)` gives.
    pub fn load<E>(size: u64, mut tile: impl FnMut(u8, u64) -> Result<Vec<Hash>, E>) -> Result<Self, E> {
        let mut levels = Vec::new();
        for level in 0..8 {
            let index = size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0);
            let incomplete = width(size, level, index) > 0;
            levels.push(if incomplete { tile(level, index)? } else { Vec::new() });
        }
        Ok(Self { size, levels })
    }

    pub fn root(&self) -> Hash {
        let mut tree = Tree::new();
        for (level, hashes) in self.levels.iter().enumerate().rev() {
            hashes.iter().for_each(|hash| tree.push_subtree(8 * level as u32, *hash));
        }
        tree.root()
    }

    /// Adds a leaf and gives the tiles that the longer log has and the shorter had not.
    pub fn push(&mut self, leaf: Hash) -> Vec<(File, Vec<u8>)> {
        let mut tiles = Vec::new();
        let mut hash = leaf;
        for level in 0..8 {
            let index = self.size >> (8 * level) >> 8;
            let hashes = &mut self.levels[level];
            hashes.push(hash);
            let file = File::Tile { level: level as u8, index, width: hashes.len() as u16 };
            tiles.push((file, hashes.concat()));
            if hashes.len() < 256 {
                break;
            }
            hash = root_of(hashes);
            hashes.clear();
        }
        self.size += 1;
        tiles
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::leaf_hash;
    use std::collections::BTreeMap;

    #[test]
    fn an_edge_grown_leaf_by_leaf_has_the_root_of_all_leaves_and_is_loaded_from_its_tiles() {
        let mut edge = Edge::load(0, |_, _| Err("no tile is read")).unwrap();
        let mut files = BTreeMap::new();
        let mut leaves = Vec::new();
        for n in 0..66_000u32 {
            leaves.push(leaf_hash(&n.to_be_bytes()));
            files.extend(edge.push(*leaves.last().unwrap()));
            let size = leaves.len() as u64;
            if [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_000].contains(&size) {
                assert_eq!(edge.root(), root_of(&leaves), "{size}");
                let loaded = Edge::load(size, |level, index| {
                    let file = File::Tile { level, index, width: width(size, level, index) };
                    files.get(&file).map(|bytes: &Vec<u8>| bytes.as_chunks().0.to_vec()).ok_or(file)
                });
                assert_eq!(loaded.as_ref(), Ok(&edge));
            }
        }
        let level_1 = &files[&File::Tile { level: 1, index: 0, width: 256 }];
        assert_eq!(level_1[32..64], root_of(&leaves[256..512]));
        assert_eq!(files[&File::Tile { level: 2, index: 0, width: 1 }], root_of(&leaves[..65_536]));
    }
}
