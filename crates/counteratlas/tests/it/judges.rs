//! A published judge: an implementation of RFC 6962 that others wrote finds our roots and takes our proofs, and no others.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use ledger::{Draft, Hash, Ledger, MemStorage, Operation, SigningKey};
use model::Day;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A log of this many entries, and the bytes of each.
fn log(size: u64) -> (Ledger, Vec<Vec<u8>>) {
    let key = SigningKey::generate("judged.example/log", [9; 32]).unwrap();
    let mut ledger = Ledger::create(Arc::new(MemStorage::new()), &key).unwrap();
    let draft = Draft { day: Day::new(2026, 2, 28).unwrap(), author: "desk" };
    for n in 0..size {
        let operation = Operation { kind: 1, bytes: format!("operation {n}").into_bytes() };
        ledger.append(&key, draft, [operation], &mut || Sha256::digest(n.to_be_bytes()).into()).unwrap();
    }
    let entries = ledger.entries(0..size).map(|entry| entry.unwrap().encode()).collect();
    (ledger, entries)
}

fn root(root: Hash, size: u64) -> RootHash<Sha256> {
    RootHash::new(root.into(), size)
}

fn joined(hashes: &[Hash]) -> Vec<u8> {
    hashes.concat()
}

#[test]
fn ct_merkle_finds_our_roots_and_takes_our_proofs() {
    let (ledger, entries) = log(270);
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut roots = vec![];
    for entry in &entries {
        theirs.push(entry.clone());
        roots.push(theirs.root());
    }
    let head = ledger.checkpoint();
    assert_eq!(theirs.root().as_bytes().as_slice(), head.root);
    for (index, entry) in (0u64..).zip(&entries) {
        let ours = ledger.inclusion_proof(index).unwrap();
        let proof = InclusionProof::try_from_bytes(joined(&ours.hashes)).unwrap();
        root(head.root, head.size).verify_inclusion(entry, index, &proof).unwrap();
        assert_eq!(theirs.prove_inclusion(index as usize).as_bytes(), joined(&ours.hashes), "{index}");
        let mut wrong = joined(&ours.hashes);
        wrong[0] ^= 1;
        let wrong = InclusionProof::try_from_bytes(wrong).unwrap();
        assert!(root(head.root, head.size).verify_inclusion(entry, index, &wrong).is_err());
    }
    for old in 1..head.size {
        let ours = ledger.consistency_proof(old, head.size).unwrap();
        let proof = ConsistencyProof::try_from_bytes(joined(&ours.hashes)).unwrap();
        root(head.root, head.size).verify_consistency(&roots[old as usize - 1], &proof).unwrap();
        let other = if old > 1 { &roots[old as usize - 2] } else { &roots[1] };
        assert!(root(head.root, head.size).verify_consistency(other, &proof).is_err(), "{old}");
    }
}
