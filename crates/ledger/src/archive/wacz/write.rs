//! Writing a package. The same content gives the same bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use flate2::{Compression, GzBuilder};
use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use crate::archive::warc::{Limits, Records, WarcError};
use crate::archive::{Digest, cdxj};

/// A page that a player offers to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// Its title, or empty.
    pub title: String,
    /// When it was captured, UTC, as `YYYY-MM-DDThh:mm:ssZ`.
    pub date: String,
    /// Its text, or empty.
    pub text: String,
}

/// What goes into a package.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Package {
    /// Its title.
    pub title: String,
    /// What it is, in a sentence or more.
    pub description: String,
    /// When it was made, UTC, as `YYYY-MM-DDThh:mm:ssZ`.
    pub created: String,
    /// The program that made it.
    pub software: String,
    /// WARC files: a name ending in `.warc.gz` without folders, and the bytes.
    pub warcs: Vec<(String, Vec<u8>)>,
    /// The pages.
    pub pages: Vec<Page>,
}

/// Makes the ZIP. A WARC that can't be read is an error, for its index could not be made.
pub fn write(package: &Package) -> Result<Vec<u8>, WarcError> {
    let (index, directory) = compressed_index(&index(package)?);
    let mut files: Vec<(String, Vec<u8>, CompressionMethod)> = Vec::new();
    for (name, bytes) in &package.warcs {
        files.push((format!("archive/{name}"), bytes.clone(), CompressionMethod::Stored));
    }
    files.push(("indexes/index.cdx.gz".into(), index, CompressionMethod::Stored));
    files.push(("indexes/index.idx".into(), directory, CompressionMethod::Deflated));
    files.push(("pages/pages.jsonl".into(), pages(&package.pages), CompressionMethod::Deflated));
    let description = described(package, &files);
    let digest = json!({ "path": "datapackage.json", "hash": hash(&description) });
    files.push(("datapackage.json".into(), description, CompressionMethod::Deflated));
    files.push(("datapackage-digest.json".into(), pretty(&digest), CompressionMethod::Deflated));
    Ok(packed(&files))
}

fn index(package: &Package) -> Result<Vec<String>, WarcError> {
    let mut lines = Vec::new();
    for (name, bytes) in &package.warcs {
        let records: Result<Vec<_>, _> = Records::new(bytes, Limits { record: u64::MAX, all: u64::MAX }).collect();
        lines.extend(cdxj::lines(name, &records?));
    }
    lines.sort_unstable();
    Ok(lines)
}

/// The index in gzip members of some hundred lines each, and the list of them that lets a player read only one.
fn compressed_index(lines: &[String]) -> (Vec<u8>, Vec<u8>) {
    let meta = json!({ "format": "cdxj-gzip-1.0", "filename": "index.cdx.gz" });
    let (mut index, mut directory) = (Vec::new(), format!("!meta 0 {meta}\n"));
    for block in lines.chunks(300) {
        let member = gzip(block.concat().as_bytes());
        let key: Vec<&str> = block[0].splitn(3, ' ').take(2).collect();
        let place = json!({ "offset": index.len(), "length": member.len(), "digest": hash(&member) });
        directory += &format!("{} {place}\n", key.join(" "));
        index.extend_from_slice(&member);
    }
    (index, directory.into_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut member = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
    member.write_all(bytes).expect("invariant: memory takes every byte");
    member.finish().expect("invariant: memory takes every byte")
}

fn pages(pages: &[Page]) -> Vec<u8> {
    let text = pages.iter().any(|page| !page.text.is_empty());
    let head = json!({ "format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": text });
    let lines = pages.iter().map(|page| {
        let id = &Digest::of(format!("{}\n{}", page.url, page.date).as_bytes()).to_string()[..20];
        let mut line = json!({ "id": id, "url": page.url, "ts": page.date, "title": page.title });
        if !page.text.is_empty() {
            line["text"] = page.text.as_str().into();
        }
        line
    });
    std::iter::once(head).chain(lines).map(|line| format!("{line}\n")).collect::<String>().into_bytes()
}

fn described(package: &Package, files: &[(String, Vec<u8>, CompressionMethod)]) -> Vec<u8> {
    let resource = |(path, bytes, _): &(String, Vec<u8>, CompressionMethod)| {
        let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
        json!({ "name": name, "path": path, "hash": hash(bytes), "bytes": bytes.len() })
    };
    let mut description = json!({
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": package.title,
        "description": package.description,
        "created": package.created,
        "software": package.software,
        "resources": files.iter().map(resource).collect::<Vec<Value>>(),
    });
    if let Some(page) = package.pages.first() {
        description["mainPageUrl"] = page.url.as_str().into();
        description["mainPageDate"] = page.date.as_str().into();
    }
    pretty(&description)
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(value).expect("invariant: texts and numbers are always JSON");
    text.push(b'\n');
    text
}

fn hash(bytes: &[u8]) -> String {
    format!("sha256:{}", Digest::of(bytes))
}

/// Files by their paths as a ZIP file. The same files give the same bytes.
pub fn zipped(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let one = |(path, bytes): (&String, &Vec<u8>)| (path.clone(), bytes.clone(), CompressionMethod::Deflated);
    packed(&files.iter().map(one).collect::<Vec<_>>())
}

fn packed(files: &[(String, Vec<u8>, CompressionMethod)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes, method) in files {
        let large = bytes.len() >= u32::MAX as usize;
        let options = SimpleFileOptions::default()
            .compression_method(*method)
            .last_modified_time(DateTime::default())
            .large_file(large);
        zip.start_file(path, options).expect("invariant: our own names fit a ZIP");
        zip.write_all(bytes).expect("invariant: memory takes every byte");
    }
    zip.finish().expect("invariant: memory takes every byte").into_inner()
}
