//! Proofs that stand without the ledger: that a leaf is in a tree, that a tree grew out of an older one, that an
//! operation is in the log (RFC 6962; checked as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say).

use crate::entry::Entry;
use crate::merkle::{Hash, Tree, leaf_hash, node_hash};
use crate::operation::{OperationId, commitment};

/// That a leaf stands at a place of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InclusionProof {
    /// The leaf's place, from 0.
    pub index: u64,
    /// The number of leaves in the tree.
    pub size: u64,
    /// The hashes beside the way from the leaf to the root, lowest first.
    pub hashes: Vec<Hash>,
}

impl InclusionProof {
    /// The root that a tree with this leaf has, or `None` if the proof has the wrong length or place.
    pub fn root(&self, leaf: Hash) -> Option<Hash> {
        let mut node = self.index;
        let mut last = self.size.checked_sub(1).filter(|&last| node <= last)?;
        let mut hash = leaf;
        for beside in &self.hashes {
            if last == 0 {
                return None;
            }
            if node & 1 == 1 || node == last {
                hash = node_hash(beside, &hash);
                (node, last) = climb_to_right_child(node, last);
            } else {
                hash = node_hash(&hash, beside);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        (last == 0).then_some(hash)
    }

    /// Whether a leaf with this [`leaf_hash`] is in the tree of this root.
    pub fn holds(&self, leaf: Hash, root: Hash) -> bool {
        self.root(leaf) == Some(root)
    }
}

/// That the first leaves of a tree are an older tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyProof {
    /// The number of leaves in the older tree.
    pub old: u64,
    /// The number of leaves in the newer tree.
    pub new: u64,
    /// The hashes of RFC 6962 section 2.1.2, in its order.
    pub hashes: Vec<Hash>,
}

impl ConsistencyProof {
    /// Whether the tree with root `new` begins with the tree with root `old`.
    pub fn holds(&self, old: Hash, new: Hash) -> bool {
        match self.old {
            0 => self.hashes.is_empty() && old == Tree::new().root(),
            same if same == self.new => self.hashes.is_empty() && old == new,
            _ => self.roots(old) == Some((old, new)),
        }
    }

    fn roots(&self, old: Hash) -> Option<(Hash, Hash)> {
        let mut node = self.old - 1;
        let mut last = self.new.checked_sub(1).filter(|&last| node < last)?;
        while node & 1 == 1 {
            (node, last) = (node >> 1, last >> 1);
        }
        let told = self.hashes.iter().copied();
        let mut hashes = self.old.is_power_of_two().then_some(old).into_iter().chain(told);
        let first = hashes.next()?;
        let (mut older, mut newer) = (first, first);
        for beside in hashes {
            if last == 0 {
                return None;
            }
            if node & 1 == 1 || node == last {
                older = node_hash(&beside, &older);
                newer = node_hash(&beside, &newer);
                (node, last) = climb_to_right_child(node, last);
            } else {
                newer = node_hash(&newer, &beside);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        (last == 0).then_some((older, newer))
    }
}

/// What was committed to: with it anyone can compute the commitment; redaction destroys it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The operation's kind.
    pub kind: u8,
    /// The operation's salt.
    pub salt: [u8; 32],
    /// The operation's canonical bytes.
    pub bytes: Vec<u8>,
}

/// That an operation is in the log: from its bytes to its commitment, from there to the entry's root, from the entry
/// to the root of the checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationProof {
    /// What was committed to, or `None` when it was redacted; the rest of the proof still holds.
    pub opening: Option<Opening>,
    /// The operation's commitment.
    pub commitment: Hash,
    /// From the commitment to the entry's root.
    pub in_entry: InclusionProof,
    /// The entry's canonical bytes.
    pub entry: Vec<u8>,
    /// From the entry to the checkpoint's root.
    pub in_log: InclusionProof,
}

impl OperationProof {
    /// The operation that is proved.
    pub fn id(&self) -> Option<OperationId> {
        Some(OperationId { entry: self.in_log.index, operation: self.in_entry.index.try_into().ok()? })
    }

    /// The entry, if all steps of the proof lead to this root of the log.
    pub fn check(&self, root: Hash) -> Option<Entry> {
        let opens = |o: &Opening| commitment(o.kind, &o.salt, &o.bytes) == self.commitment;
        let entry = Entry::decode(self.in_log.index, &self.entry).ok()?;
        let whole = self.opening.as_ref().is_none_or(opens)
            && self.in_entry.size == u64::from(entry.operations)
            && self.in_entry.holds(leaf_hash(&self.commitment), entry.root)
            && self.in_log.holds(leaf_hash(&self.entry), root);
        whole.then_some(entry)
    }
}

/// Skips the levels on which the node is a left child without a sibling.
fn climb_to_right_child(mut node: u64, mut last: u64) -> (u64, u64) {
    while node & 1 == 0 && node != 0 {
        (node, last) = (node >> 1, last >> 1);
    }
    (node, last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::tests::{LEAVES, ROOTS, hex};
    use crate::merkle::{consistency_ranges, inclusion_ranges, root_of};

    fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    fn hashes(leaves: &[Hash], ranges: Vec<std::ops::Range<u64>>) -> Vec<Hash> {
        ranges.into_iter().map(|r| root_of(&leaves[r.start as usize..r.end as usize])).collect()
    }

    fn inclusion(leaves: &[Hash], index: u64) -> InclusionProof {
        let size = leaves.len() as u64;
        InclusionProof { index, size, hashes: hashes(leaves, inclusion_ranges(index, size)) }
    }

    fn consistency(leaves: &[Hash], old: u64) -> ConsistencyProof {
        let new = leaves.len() as u64;
        ConsistencyProof { old, new, hashes: hashes(leaves, consistency_ranges(old, new)) }
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proved_and_no_other_leaf_is() {
        for size in 1..=70 {
            let leaves = leaves(size);
            for (index, leaf) in leaves.iter().enumerate() {
                let proof = inclusion(&leaves, index as u64);
                assert!(proof.holds(*leaf, root_of(&leaves)), "{index} of {size}");
                assert!(!proof.holds(leaves[(index + 1) % leaves.len()], root_of(&leaves)) || size == 1);
            }
        }
    }

    #[test]
    fn every_older_tree_is_proved_and_no_other_root_is() {
        for new in 1..=70u64 {
            let leaves = leaves(new);
            for old in 1..=new {
                let proof = consistency(&leaves, old);
                let (old_root, new_root) = (root_of(&leaves[..old as usize]), root_of(&leaves));
                assert!(proof.holds(old_root, new_root), "{old} of {new}");
                assert!(!proof.holds([7; 32], new_root));
                assert!(!proof.holds(old_root, [7; 32]));
            }
        }
    }

    #[test]
    fn a_proof_that_is_longer_shorter_or_elsewhere_is_refused() {
        let leaves = leaves(13);
        let root = root_of(&leaves);
        let good = inclusion(&leaves, 5);
        let mut longer = good.clone();
        longer.hashes.push([0; 32]);
        let mut shorter = good.clone();
        shorter.hashes.pop();
        let elsewhere = InclusionProof { index: 4, ..good.clone() };
        let outside = InclusionProof { index: 13, ..good.clone() };
        let empty = InclusionProof { index: 0, size: 0, hashes: vec![] };
        for wrong in [longer, shorter, elsewhere, outside, empty] {
            assert!(!wrong.holds(leaves[5], root), "{wrong:?}");
        }
        let older = root_of(&leaves[..6]);
        let good = consistency(&leaves, 6);
        for hashes in [vec![], good.hashes[1..].to_vec(), [&good.hashes[..], &[[0; 32]]].concat()] {
            assert!(!ConsistencyProof { hashes, ..good.clone() }.holds(older, root));
        }
        assert!(!ConsistencyProof { old: 7, ..good.clone() }.holds(older, root));
        assert!(!ConsistencyProof { new: 5, ..good }.holds(older, root));
    }

    #[test]
    fn an_inner_node_is_no_leaf() {
        let leaves = leaves(4);
        let node = root_of(&leaves[..2]);
        let stops_early = InclusionProof { index: 0, size: 4, hashes: vec![root_of(&leaves[2..])] };
        assert!(!stops_early.holds(node, root_of(&leaves)));
        let as_if_of_two = InclusionProof { size: 2, ..stops_early };
        assert!(as_if_of_two.holds(node, root_of(&leaves)), "the size tells them apart, and it is signed");
    }

    #[test]
    fn only_the_empty_tree_is_consistent_with_everything() {
        let proof = ConsistencyProof { old: 0, new: 3, hashes: vec![] };
        assert!(proof.holds(Tree::new().root(), [1; 32]));
        assert!(!proof.holds([0; 32], [1; 32]));
    }

    #[test]
    fn the_known_tree_of_eight_leaves_is_consistent_with_its_first_six() {
        let leaves: Vec<Hash> = LEAVES.iter().map(|leaf| leaf_hash(leaf)).collect();
        let proof = consistency(&leaves, 6);
        let shown: Vec<String> = proof.hashes.iter().map(hex).collect();
        // The vector that implementations of RFC 6962 share for the sizes 6 and 8.
        assert_eq!(
            shown,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                ROOTS[3]
            ]
        );
        assert!(proof.holds(root_of(&leaves[..6]), root_of(&leaves)));
    }
}
