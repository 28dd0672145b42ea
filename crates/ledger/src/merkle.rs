//! The hash tree of RFC 6962 section 2.1: roots in logarithmic memory, and which ranges a proof is made of.

use sha2::{Digest, Sha256};
use std::ops::Range;

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// The hash of a leaf: SHA-256 of 0x00 and its data.
pub fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}

/// The hash of an inner node: SHA-256 of 0x01 and the hashes below it.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A tree to which leaves are added one by one, kept as the roots of its complete subtrees only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    count: u64,
    peaks: Vec<(u32, Hash)>,
}

impl Tree {
    /// An empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a leaf by its [`leaf_hash`].
    pub fn push(&mut self, leaf: Hash) {
        self.push_subtree(0, leaf);
    }

    /// Adds the root of a complete subtree of `2^height` leaves; the leaves before it must be a
    /// multiple of that many, else the tree would not be RFC 6962's.
    pub(crate) fn push_subtree(&mut self, height: u32, root: Hash) {
        debug_assert!(self.count.is_multiple_of(1 << height), "subtrees come in falling or equal heights");
        self.count += 1 << height;
        let (mut height, mut hash) = (height, root);
        while let Some((_, left)) = self.peaks.pop_if(|peak| peak.0 == height) {
            hash = node_hash(&left, &hash);
            height += 1;
        }
        self.peaks.push((height, hash));
    }

    /// The number of leaves.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The root; of no leaves at all it is the SHA-256 of nothing.
    pub fn root(&self) -> Hash {
        let hashes = self.peaks.iter().map(|peak| peak.1).rev();
        hashes.reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(|| Sha256::digest([]).into())
    }
}

impl Extend<Hash> for Tree {
    fn extend<T: IntoIterator<Item = Hash>>(&mut self, leaves: T) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}

/// The root over leaf hashes.
pub(crate) fn root_of(leaves: &[Hash]) -> Hash {
    let mut tree = Tree::new();
    tree.extend(leaves.iter().copied());
    tree.root()
}

/// The ranges whose roots are the inclusion path of leaf `index` among `size`, in the proof's order.
pub(crate) fn inclusion_ranges(index: u64, size: u64) -> Vec<Range<u64>> {
    let (mut low, mut high) = (0, size);
    let mut ranges = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            ranges.push(middle..high);
            high = middle;
        } else {
            ranges.push(low..middle);
            low = middle;
        }
    }
    ranges.reverse();
    ranges
}

/// The ranges whose roots prove that the first `old` of `new` leaves are the tree of size `old`, in
/// the proof's order. Needs `0 < old <= new`.
pub(crate) fn consistency_ranges(old: u64, new: u64) -> Vec<Range<u64>> {
    let (mut low, mut high) = (0, new);
    let mut ranges = Vec::new();
    while high != old {
        let middle = low + split(high - low);
        if old <= middle {
            ranges.push(middle..high);
            high = middle;
        } else {
            ranges.push(low..middle);
            low = middle;
        }
    }
    // A verifier knows the old root itself; only what is less than the old tree has to be told.
    if low > 0 {
        ranges.push(low..high);
    }
    ranges.reverse();
    ranges
}

/// The largest power of two smaller than `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The eight leaves that implementations of RFC 6962 have tested with since 2012.
    pub(crate) const LEAVES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];

    /// Their roots, of one leaf to eight.
    pub(crate) const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    pub(crate) fn hex(hash: &Hash) -> String {
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn roots_are_those_of_the_known_vectors() {
        let mut tree = Tree::new();
        assert_eq!(hex(&tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (leaf, root) in LEAVES.iter().zip(ROOTS) {
            tree.push(leaf_hash(leaf));
            assert_eq!(hex(&tree.root()), root, "{} leaves", tree.count());
        }
    }

    #[test]
    fn a_subtree_counts_as_its_leaves() {
        let leaves: Vec<Hash> = (0u16..777).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let mut tree = Tree::new();
        tree.push_subtree(9, root_of(&leaves[..512]));
        tree.push_subtree(8, root_of(&leaves[512..768]));
        tree.extend(leaves[768..].iter().copied());
        assert_eq!((tree.count(), tree.root()), (777, root_of(&leaves)));
    }

    #[test]
    fn ranges_are_those_of_the_example_in_rfc_6962_section_2_1_3() {
        // The drawing's nodes: b = 1..2, c = 2..3, d = 3..4, f = 5..6, j = 6..7, g = 0..2, h = 2..4,
        // i = 4..6, k = 0..4, l = 4..7.
        assert_eq!(inclusion_ranges(0, 7), [1..2, 2..4, 4..7]);
        assert_eq!(inclusion_ranges(3, 7), [2..3, 0..2, 4..7]);
        assert_eq!(inclusion_ranges(4, 7), [5..6, 6..7, 0..4]);
        assert_eq!(inclusion_ranges(6, 7), [4..6, 0..4]);
        assert_eq!(consistency_ranges(3, 7), [2..3, 3..4, 0..2, 4..7]);
        assert_eq!(consistency_ranges(4, 7), std::slice::from_ref(&(4..7)));
        assert_eq!(consistency_ranges(6, 7), [4..6, 6..7, 0..4]);
    }
}
