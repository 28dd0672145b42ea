//! Proofs from a ledger's own files.

use super::*;

#[test]
fn every_entry_of_a_ledger_is_proved_by_its_tiles() {
    let (_, ledger) = of_size(300);
    let root = ledger.checkpoint().root;
    for number in 0..300 {
        let leaf = leaf_hash(&ledger.entry(number).unwrap().encode());
        let proof = ledger.inclusion_proof(number).unwrap();
        assert!(proof.holds(leaf, root), "{number}");
        assert!(!proof.holds(leaf, [0; 32]), "{number}");
    }
    assert!(matches!(ledger.inclusion_proof(300), Err(LedgerError::NoSuch { .. })));
}

#[test]
fn every_older_checkpoint_is_proved_to_be_a_beginning() {
    let (_, mut ledger) = empty();
    let mut salts = salts();
    let mut roots = vec![ledger.checkpoint().root];
    for n in 0..300 {
        put(&mut ledger, "desk", &[&n.to_string()], &mut salts);
        roots.push(ledger.checkpoint().root);
    }
    for old in 0..=300 {
        let proof = ledger.consistency_proof(old, 300).unwrap();
        assert!(proof.holds(roots[old as usize], roots[300]), "{old}");
        assert!(!proof.holds([1; 32], roots[300]), "{old}");
    }
    let between = ledger.consistency_proof(100, 257).unwrap();
    assert!(between.holds(roots[100], roots[257]));
    assert!(matches!(ledger.consistency_proof(2, 301), Err(LedgerError::NoSuch { .. })));
}

#[test]
fn an_operation_is_proved_from_its_bytes_to_the_checkpoint() {
    let (_, mut ledger) = empty();
    ledger.limit_parts(600);
    let mut salts = salts();
    let values: Vec<String> = (0..37).map(|n| format!("value {n}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    put(&mut ledger, "import", &["first"], &mut salts);
    put(&mut ledger, "import", &values, &mut salts);
    let root = ledger.checkpoint().root;
    for operation in 0..37 {
        let id = OperationId { entry: 1, operation };
        let proof = ledger.operation_proof(id).unwrap();
        assert_eq!(proof.id(), Some(id));
        assert_eq!(proof.opening.as_ref().unwrap().bytes, format!("value {operation}").as_bytes());
        assert_eq!(proof.check(root).map(|entry| entry.author).as_deref(), Some("import"));
        assert_eq!(proof.check([0; 32]), None);
        let mut forged = proof.clone();
        forged.opening.as_mut().unwrap().bytes.push(b'!');
        assert_eq!(forged.check(root), None);
        let mut forged = proof.clone();
        forged.in_entry.index = (forged.in_entry.index + 1) % 37;
        assert_eq!(forged.check(root), None);
        let mut forged = proof.clone();
        forged.in_entry.size -= 1;
        assert_eq!(forged.check(root), None);
        let mut forged = proof;
        forged.entry[24] ^= 1;
        assert_eq!(forged.check(root), None);
    }
    let beyond = ledger.operation_proof(OperationId { entry: 1, operation: 37 });
    assert!(matches!(beyond, Err(LedgerError::NoSuch { .. })));
}
