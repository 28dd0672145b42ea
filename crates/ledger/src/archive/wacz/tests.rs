//! Packages written and read back; damaged ones.

use super::*;
use crate::archive::warc::{Limits, Sheet};

fn package() -> Package {
    let sheet = Sheet { date: "2026-11-22T03:00:00Z".into(), warcinfo: String::new() };
    let message = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello".to_vec();
    let response = sheet.response("https://example.org/b", "192.0.2.7", message);
    let warc = crate::archive::warc::write(&response);
    let page = Page {
        url: "https://example.org/b".into(),
        title: "b".into(),
        date: "2026-11-22T03:00:00Z".into(),
        text: "hello".into(),
    };
    Package {
        title: "A capture".into(),
        created: "2026-11-22T03:00:01Z".into(),
        software: "counteratlas".into(),
        warcs: vec![("a.warc.gz".into(), warc)],
        pages: vec![page],
        ..Package::default()
    }
}

#[test]
fn a_package_reads_back_and_is_the_same_each_time() {
    let bytes = write(&package()).unwrap();
    assert_eq!(bytes, write(&package()).unwrap());
    let files = files(&bytes, Limits::default()).unwrap();
    assert_eq!(files["archive/a.warc.gz"], package().warcs[0].1);
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        ["archive/a.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"]
    );
}

#[test]
fn a_changed_byte_is_refused_or_changes_nothing() {
    let bytes = write(&package()).unwrap();
    let whole = files(&bytes, Limits::default()).unwrap();
    let mut refused = 0;
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x20;
        match files(&changed, Limits::default()) {
            Ok(same) => assert_eq!(same, whole, "byte {at}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > bytes.len() / 2);
}

#[test]
fn a_cut_package_and_one_without_a_description_are_refused() {
    let bytes = write(&package()).unwrap();
    for cut in (0..bytes.len()).step_by(7) {
        assert!(matches!(files(&bytes[..cut], Limits::default()), Err(WaczError::Zip(_))), "cut at {cut}");
    }
    let empty = zip::ZipWriter::new(std::io::Cursor::new(Vec::new())).finish().unwrap().into_inner();
    assert_eq!(files(&empty, Limits::default()), Err(WaczError::Missing("datapackage.json".into())));
}

#[test]
fn more_than_may_be_taken_is_refused() {
    let bytes = write(&package()).unwrap();
    let limits = Limits { record: 100, all: 1 << 30 };
    assert!(matches!(files(&bytes, limits), Err(WaczError::TooLarge(_))));
    let limits = Limits { record: 1 << 20, all: 1_500 };
    assert!(matches!(files(&bytes, limits), Err(WaczError::TooLarge(_))));
}
