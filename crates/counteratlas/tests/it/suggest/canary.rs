//! Of those who send suggestions nothing is written but what they typed: no file, log, database or backup holds anything
//! else of them, in any coding.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use desk::inbox;
use model::Cleaned;

use super::contributor::Contributor;
use super::{atlas_with_a_desk, store};
use crate::atlas::{Atlas, holds, read_below};
use crate::canary::{serve, stop};

/// What all canaries begin with, as text, in hexadecimal and in base64 at its three offsets (RFC 4648), without the
/// characters at the ends that hang on what stands beside it.
const TEXTS: [&str; 6] = ["CANARY-", "43414e4152592d", "43414E4152592D", "Q0FOQVJZL", "NBTkFSWS", "DQU5BUlkt"];

/// So many contributors, each with a file, a browser and an address that nobody else has.
fn contributors() -> usize {
    std::env::var("COUNTERATLAS_SUGGESTIONS").ok().and_then(|number| number.parse().ok()).unwrap_or(50)
}

#[test]
fn nothing_of_a_contributor_is_kept_but_what_was_typed() {
    let atlas = atlas_with_a_desk();
    std::fs::create_dir(atlas.path("tmp")).unwrap();
    allow_many(&atlas);
    let (mut child, address) = serve(&atlas);
    let all = contributors();
    for number in 0..all {
        let one = Contributor::new(number);
        let code = one.send(&address);
        let stands = one.come_back(&address, &code);
        assert!(stands.contains("Received") && !stands.contains("CANARY"), "{stands}");
    }
    stop(&mut child);
    let kinds = kinds(&atlas, all);
    assert!(
        kinds["image/jpeg"] >= all / 5 && kinds["image/png"] >= all / 5 && kinds["words"] >= 3 * (all / 5),
        "{kinds:?}"
    );
    atlas.program(["backup", "atlas", "backup"]).code(0);
    let mut files = Vec::new();
    read_below(&atlas.path(""), &mut files);
    let typed = files.iter().filter(|(_, bytes)| holds(bytes, b"TYPED-0001")).count();
    assert!(files.len() > 10 && typed > 0, "the search can find what was typed on purpose");
    for (path, bytes) in &files {
        let found = forms()
            .into_iter()
            .find(|form| holds(bytes, form) || unpacked(bytes).iter().any(|inner| holds(inner, form)));
        assert!(found.is_none(), "{} holds a contributor", path.display());
    }
    println!("canaries: {all} contributors, {} files searched, 0 found", files.len());
}

fn allow_many(atlas: &Atlas) {
    let path = atlas.path("atlas/atlas.toml");
    let settings = std::fs::read_to_string(&path).unwrap();
    let settings = settings.replace("suggestions_an_hour = 300", "suggestions_an_hour = 1000000");
    std::fs::write(path, settings).unwrap();
}

/// How many files of each kind the desk got.
fn kinds(atlas: &Atlas, all: usize) -> BTreeMap<String, usize> {
    let store = store(atlas);
    let waiting = inbox::list(&store, None, 0, i64::MAX).unwrap();
    assert_eq!(waiting.len(), all);
    let mut kinds = BTreeMap::new();
    for one in waiting {
        for file in inbox::read(&store, one.id).unwrap().expect("it is there").suggestion.files {
            let kind = match &file {
                Cleaned::Picture { media_type, .. } => media_type.clone(),
                Cleaned::Words(words) => {
                    assert_eq!(words.trim(), "Forty cameras.");
                    "words".into()
                }
            };
            *kinds.entry(kind).or_default() += 1;
        }
    }
    kinds
}

/// What the canary looks like in all codings.
fn forms() -> Vec<Vec<u8>> {
    let wide = TEXTS[0].encode_utf16();
    let little = wide.clone().flat_map(u16::to_le_bytes).collect();
    let big = wide.flat_map(u16::to_be_bytes).collect();
    TEXTS.iter().map(|text| text.as_bytes().to_vec()).chain([little, big]).collect()
}

/// Whatever in a file can be unpacked as gzip or zlib, a megabyte of each.
pub(crate) fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    let most = 1 << 20;
    let mut all = Vec::new();
    for at in 0..bytes.len().saturating_sub(2) {
        let mut inner = Vec::new();
        let _ = match &bytes[at..at + 2] {
            [0x1f, 0x8b] => flate2::read::GzDecoder::new(&bytes[at..]).take(most).read_to_end(&mut inner),
            [0x78, 0x01 | 0x5e | 0x9c | 0xda] => {
                flate2::read::ZlibDecoder::new(&bytes[at..]).take(most).read_to_end(&mut inner)
            }
            _ => continue,
        };
        if !inner.is_empty() {
            all.push(inner);
        }
    }
    all
}

#[test]
fn the_search_finds_a_canary_in_every_coding() {
    let plain = b"xx CANARY-1 yy";
    assert!(forms().iter().any(|form| holds(plain, form)));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(plain).unwrap();
    let packed = [&b"before"[..], &packed.finish().unwrap()].concat();
    assert!(!holds(&packed, b"CANARY-") && unpacked(&packed).iter().any(|inner| holds(inner, b"CANARY-")));
    // Made with the base64 of GNU coreutils.
    for coded in ["eHggQ0FOQVJZLTEgeXk=", "eCBDQU5BUlktMSB5eQ==", "IENBTkFSWS0xIHl5"] {
        assert!(forms().iter().any(|form| holds(coded.as_bytes(), form)), "{coded}");
    }
}
