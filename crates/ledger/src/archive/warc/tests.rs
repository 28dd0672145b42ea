//! WARC records written and read back; damaged, cut and oversized files.

use proptest::prelude::*;

use super::*;

fn sheet() -> Sheet {
    Sheet { date: "2026-11-22T03:00:00Z".into(), warcinfo: String::new() }
}

fn file() -> (Vec<Record>, Vec<u8>) {
    let info = sheet().warcinfo(&[("software", "counteratlas"), ("format", "WARC File Format 1.1")]);
    let sheet = Sheet { warcinfo: info.fields.get("WARC-Record-ID").unwrap().into(), ..sheet() };
    let message = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello".to_vec();
    let response = sheet.response("http://example.org/a?b", "192.0.2.7", message);
    let request = sheet.request("http://example.org/a?b", &response, b"GET /a?b HTTP/1.1\r\n\r\n".to_vec());
    let notes = sheet.metadata("http://example.org/a?b", &response, &[("vantage", "KE")]);
    let text = sheet.conversion("http://example.org/a?b", &response, "text/plain", b"hello".to_vec());
    let loose = sheet.resource("urn:file:report.pdf", "application/pdf", b"%PDF-1.7\r\n\r\n".to_vec());
    let records = vec![info, response, request, notes, text, loose];
    let bytes = records.iter().flat_map(write).collect();
    (records, bytes)
}

fn read(bytes: &[u8]) -> Result<Vec<Located>, WarcError> {
    Records::new(bytes, Limits::default()).collect()
}

#[test]
fn records_read_back_as_they_were_written() {
    let (records, bytes) = file();
    let read = read(&bytes).unwrap();
    assert_eq!(read.iter().map(|located| located.record.clone()).collect::<Vec<_>>(), records);
    assert_eq!(read.iter().map(|located| located.length).sum::<u64>(), bytes.len() as u64);
    let second = &bytes[read[1].offset as usize..];
    assert_eq!(Records::new(second, Limits::default()).next().unwrap().unwrap().record, records[1]);
}

#[test]
fn the_payload_digest_is_of_what_follows_the_head() {
    let (records, _) = file();
    assert_eq!(records[1].payload(), b"hello");
    // sha256sum of `hello`
    let digest = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    assert_eq!(records[1].fields.get("warc-payload-digest"), Some(digest));
    assert_eq!(records[5].fields.get("WARC-Payload-Digest"), None);
}

#[test]
fn a_plain_file_of_version_1_0_with_folded_fields_is_read() {
    let bytes = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: <http://a/>\r\nX: 1\r\n 2\r\nContent-Length: 3\r\n\r\nabc\r\n\r\nWARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
    let read = read(bytes).unwrap();
    assert_eq!((read.len(), read[0].record.target(), read[0].record.fields.get("x")), (2, "http://a/", Some("1 2")));
    assert_eq!(read[0].record.block, b"abc");
}

#[test]
fn a_file_that_is_cut_anywhere_is_refused_with_the_place_of_the_cut_record() {
    let (_, bytes) = file();
    let whole = read(&bytes).unwrap();
    for cut in 1..bytes.len() {
        let begins = whole.iter().map(|located| located.offset).find(|offset| *offset == cut as u64);
        match (read(&bytes[..cut]), begins) {
            (Ok(records), Some(offset)) => assert_eq!(records.last().map(|l| l.offset + l.length), Some(offset)),
            (Err(error), None) => {
                let record = whole.iter().rev().find(|located| located.offset < cut as u64).unwrap();
                assert_eq!(error.offset, record.offset, "{error}");
            }
            (other, _) => panic!("cut at {cut}: {other:?}"),
        }
    }
}

#[test]
fn a_record_whose_bytes_changed_is_refused() {
    let (records, _) = file();
    let mut changed = records[1].clone();
    *changed.block.last_mut().unwrap() ^= 1;
    let error = read(&write(&changed)).unwrap_err();
    assert!(error.what.contains("digest"), "{error}");
}

#[test]
fn a_record_that_swells_is_refused_before_it_fills_the_memory() {
    let record = sheet().resource("urn:x", "text/plain", vec![b'a'; 1 << 20]);
    let bytes = write(&record);
    assert!(bytes.len() < 1 << 13);
    let limits = Limits { record: 1 << 16, all: 1 << 30 };
    let error = Records::new(&bytes, limits).next().unwrap().unwrap_err();
    assert_eq!(error.what, "the record takes more than 65536 bytes when decompressed");
    let twice = [bytes.clone(), bytes].concat();
    let limits = Limits { record: 2 << 20, all: (1 << 20) + 4096 };
    assert_eq!(Records::new(&twice, limits).filter(Result::is_err).count(), 1);
}

#[test]
fn lengths_that_lie_are_refused() {
    for (length, what) in
        [("-1", "no number"), ("99999999999999999999", "no number"), ("300000000", "larger"), ("9", "cut")]
    {
        let bytes = format!("WARC/1.1\r\nContent-Length: {length}\r\n\r\nabc");
        let error = read(bytes.as_bytes()).unwrap_err();
        assert!(error.what.contains(what) && error.offset == 0, "{error}");
    }
    assert!(read(b"<html>").unwrap_err().what.contains("no record"));
}

#[test]
fn a_value_can_not_smuggle_in_a_field() {
    let record = sheet().resource("http://a/\r\nWARC-Type: warcinfo", "text/plain", Vec::new());
    let read = read(&write(&record)).unwrap();
    assert_eq!(read[0].record.target(), "http://a/  WARC-Type: warcinfo");
    assert_eq!(read[0].record.kind(), "resource");
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic_or_hang(bytes in proptest::collection::vec(any::<u8>(), 0..300), plain: bool) {
        let mut file = if plain { b"WARC/1.1\r\nContent-Length: ".to_vec() } else { vec![0x1f, 0x8b, 8, 0] };
        file.extend(bytes);
        prop_assert!(Records::new(&file, Limits::default()).count() <= file.len());
    }

    #[test]
    fn every_single_changed_byte_is_noticed_or_changes_no_record(at: prop::sample::Index, mask in 1u8..) {
        let (records, bytes) = file();
        let mut changed = bytes.clone();
        changed[at.index(bytes.len())] ^= mask;
        if let Ok(read) = read(&changed) {
            prop_assert_eq!(read.into_iter().map(|located| located.record).collect::<Vec<_>>(), records);
        }
    }
}
