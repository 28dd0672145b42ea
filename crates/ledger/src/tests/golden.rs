//! Ledgers of format version 1 as an independent program wrote them: they must stay openable for ever.

use super::*;
use std::path::Path;

/// Rewrites a segment with the operation of this place (in the segment) redacted.
pub(super) fn redact(segment: &mut Vec<u8>, place: usize) {
    use crate::segment::{Header, Raw, Records, SegmentWriter};
    let header = Header::decode(segment).unwrap();
    let mut writer = SegmentWriter::new(header.entry, header.first);
    for (n, record) in Records::new(segment, &header).enumerate() {
        let (_, raw) = record.unwrap();
        writer.push(Raw { value: raw.value.filter(|_| n != place), ..raw });
    }
    *segment = writer.finish();
}

fn golden() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/v1/ledger");
    let storage = DirStorage::new(folder);
    files(&storage)
}

fn facts() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/v1/facts.txt");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split_once(' ').unwrap()).map(|(a, b)| (a.into(), b.into())).collect()
}

#[test]
fn version_1_opens_and_verifies() {
    let storage = Arc::new(MemStorage::from(golden()));
    let facts = facts();
    let verdict = verify(&*storage, Some(&VerifyingKey::parse(&facts["key"]).unwrap()));
    assert_eq!(verdict.findings, []);
    let ledger = Ledger::open(storage).unwrap();
    assert_eq!(merkle::tests::hex(&ledger.checkpoint().root), facts["root"]);
    assert_eq!(verdict.root, Some(ledger.checkpoint().root));
    assert_eq!(
        (verdict.size.to_string(), verdict.operations.to_string()),
        (facts["size"].clone(), facts["operations"].clone())
    );
    assert_eq!(verdict.redacted.iter().map(OperationId::to_string).collect::<Vec<_>>().join(" "), facts["redacted"]);
    assert_eq!(texts(&ledger, 0), ["first", "(redacted)", "第三"]);
    assert_eq!(texts(&ledger, 2), ["last"]);
    for number in 0..ledger.checkpoint().size {
        let entry = ledger.entry(number).unwrap();
        assert_eq!(format!("{} {}", entry.day, entry.author), facts[&format!("entry-{number}")]);
        assert_eq!(merkle::tests::hex(&entry.root), facts[&format!("root-{number}")]);
    }
}

#[test]
fn the_same_operations_still_give_the_bytes_of_version_1() {
    let (storage, mut ledger) = empty();
    let mut salts = salts();
    let day = |text| Day::parse(text).unwrap();
    let mut put = |day, author, texts: &[&str]| {
        ledger.append(&key(), Draft { day, author }, operations(texts), &mut salts).unwrap();
    };
    put(day("2026-02-28"), "import", &["first", "second", "第三"]);
    put(day("2026-03-01"), "desk é", &["", "two", "three", "four", "five"]);
    put(day("2026-03-01"), "desk é", &["last"]);
    let mut files = files(&*storage);
    redact(files.get_mut("segments/000-0000000000.seg").unwrap(), 1);
    let golden = golden();
    assert_eq!(files.keys().collect::<Vec<_>>(), golden.keys().collect::<Vec<_>>());
    for (path, bytes) in golden {
        assert_eq!(files[&path], bytes, "{path}");
    }
}

#[test]
fn a_proof_of_a_redacted_operation_still_holds() {
    let ledger = Ledger::open(Arc::new(MemStorage::from(golden()))).unwrap();
    let proof = ledger.operation_proof(OperationId { entry: 0, operation: 1 }).unwrap();
    assert_eq!(proof.opening, None);
    assert!(proof.check(ledger.checkpoint().root).is_some());
}
