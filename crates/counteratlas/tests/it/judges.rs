//! Published judges: implementations that others wrote, of RFC 6962 and of C2SP's signed notes and tiles, find our roots
//! and take our checkpoints, tiles and proofs, and no others.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use ledger::{Draft, Hash, Ledger, MemStorage, Operation, SigningKey};
use model::Day;
use sha2::{Digest, Sha256};
use signed_note::{Note, StandardVerifier, VerifierList};
use std::sync::Arc;
use tlog_tiles::{Tile, TileHashReader, TileReader};

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

/// Files of a log as a reader that others wrote asks for them.
struct Files<'a>(&'a Ledger);

impl TileReader for Files<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        // Their addresses name the height, which in C2SP's is always 8.
        let path = |tile: &Tile| tile.path().replacen("tile/8/", "tile/", 1);
        let read = |tile: &Tile| self.0.public_file(&path(tile)).ok().flatten().map(|file| file.bytes);
        tiles.iter().map(|tile| read(tile).ok_or(tlog_tiles::Error::InvalidTile)).collect()
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

/// The note's text, by whoever knows the key as its operator publishes it.
fn opened(note: &[u8], key: &str) -> Option<Vec<u8>> {
    let note = Note::from_bytes(note).ok()?;
    let known = VerifierList::new(vec![Box::new(StandardVerifier::new(key).ok()?)]);
    note.verify(&known).ok()?;
    Some(note.text().to_vec())
}

#[test]
fn azul_s_signed_note_and_tlog_tiles_take_our_checkpoint_tiles_and_proofs_as_they_are_published() {
    let (ledger, entries) = log(300);
    let published = |path: &str| ledger.public_file(path).unwrap().unwrap().bytes;
    let key = String::from_utf8(published("key.pub")).unwrap();
    let note = published("checkpoint");
    let text = opened(&note, key.trim_end()).expect("the signature holds");
    for at in (0..note.len()).filter(|at| *at % 3 == 0) {
        let mut bad = note.clone();
        bad[at] ^= 1;
        assert_ne!(opened(&bad, key.trim_end()).as_ref(), Some(&text), "byte {at}");
    }
    let head = tlog_tiles::Checkpoint::from_bytes(&text).unwrap();
    assert_eq!((head.origin(), head.size(), head.hash().0), ("judged.example/log", 300, ledger.checkpoint().root));

    // Their reader refuses every tile that does not lead to the root.
    let files = Files(&ledger);
    let hashes = TileHashReader::new(head.size(), *head.hash(), &files);
    for (index, entry) in (0u64..).zip(&entries) {
        let theirs = tlog_tiles::prove_record(head.size(), index, &hashes).unwrap();
        let ours = ledger.inclusion_proof(index).unwrap();
        assert_eq!(theirs.iter().map(|hash| hash.0).collect::<Vec<Hash>>(), ours.hashes, "{index}");
        let leaf = tlog_tiles::record_hash(entry);
        tlog_tiles::check_record(&theirs, head.size(), *head.hash(), index, leaf).unwrap();
        assert!(tlog_tiles::check_record(&theirs, head.size(), *head.hash(), index ^ 1, leaf).is_err());
    }
    for old in [1, 2, 7, 255, 256, 257, 299] {
        let theirs = tlog_tiles::prove_tree(head.size(), old, &hashes).unwrap();
        let ours = ledger.consistency_proof(old, head.size()).unwrap();
        assert_eq!(theirs.iter().map(|hash| hash.0).collect::<Vec<Hash>>(), ours.hashes, "{old}");
        let before = tlog_tiles::Hash(ledger.root_at(old).unwrap());
        tlog_tiles::check_tree(&theirs, head.size(), *head.hash(), old, before).unwrap();
    }
    let mut other = *head.hash();
    other.0[0] ^= 1;
    assert!(tlog_tiles::prove_record(300, 0, &TileHashReader::new(300, other, &files)).is_err());
}
