//! Writing records, each as a gzip member of its own, so that a reader can begin at any of them.

use std::io::Write;

use flate2::{Compression, GzBuilder};

use super::{Fields, Record};
use crate::archive::Digest;

/// What all records of one capture share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// When, UTC, as `YYYY-MM-DDThh:mm:ssZ`.
    pub date: String,
    /// Id of the `warcinfo` record that describes the file; empty for that record itself.
    pub warcinfo: String,
}

impl Sheet {
    /// What describes a file: its block is `name: value` lines.
    pub fn warcinfo(&self, about: &[(&str, &str)]) -> Record {
        let block: String = about.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.record("warcinfo", "", "application/warc-fields", &[], block.into_bytes())
    }

    /// A response as received from an address, head and body.
    pub fn response(&self, target: &str, address: &str, message: Vec<u8>) -> Record {
        self.record("response", target, "application/http; msgtype=response", &[("WARC-IP-Address", address)], message)
    }

    /// A request as sent, beside its response.
    pub fn request(&self, target: &str, response: &Record, message: Vec<u8>) -> Record {
        let beside = [("WARC-Concurrent-To", id(response))];
        self.record("request", target, "application/http; msgtype=request", &beside, message)
    }

    /// Bytes that came by another way than HTTP, such as a file.
    pub fn resource(&self, target: &str, media_type: &str, bytes: Vec<u8>) -> Record {
        self.record("resource", target, media_type, &[], bytes)
    }

    /// What is known of a response beside its bytes: `name: value` lines.
    pub fn metadata(&self, target: &str, response: &Record, about: &[(&str, &str)]) -> Record {
        let block: String = about.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let beside = [("WARC-Concurrent-To", id(response))];
        self.record("metadata", target, "application/warc-fields", &beside, block.into_bytes())
    }

    /// Another form of a record, such as its text.
    pub fn conversion(&self, target: &str, of: &Record, media_type: &str, bytes: Vec<u8>) -> Record {
        self.record("conversion", target, media_type, &[("WARC-Refers-To", id(of))], bytes)
    }

    fn record(&self, kind: &str, target: &str, media_type: &str, more: &[(&str, &str)], block: Vec<u8>) -> Record {
        let mut fields = Fields::default();
        fields.add("WARC-Type", kind);
        fields.add("WARC-Record-ID", new_id(kind, target, &self.date, &block));
        fields.add("WARC-Date", &self.date);
        for (name, value) in [("WARC-Target-URI", target), ("WARC-Warcinfo-ID", &self.warcinfo)].iter().chain(more) {
            if !value.is_empty() {
                fields.add(name, *value);
            }
        }
        let mut record = Record { fields, block };
        record.fields.add("Content-Type", media_type);
        record.fields.add("WARC-Block-Digest", format!("sha256:{}", Digest::of(&record.block)));
        if matches!(kind, "response" | "request") {
            let digest = format!("sha256:{}", Digest::of(record.payload()));
            record.fields.add("WARC-Payload-Digest", digest);
        }
        record.fields.add("Content-Length", record.block.len().to_string());
        record
    }
}

fn id(record: &Record) -> &str {
    record.fields.get("WARC-Record-ID").unwrap_or_default()
}

/// A version 8 UUID (RFC 9562 section 5.8) from the record's content.
fn new_id(kind: &str, target: &str, date: &str, block: &[u8]) -> String {
    let text = format!("{kind}\n{target}\n{date}\n{}", Digest::of(block));
    let mut bytes = Digest::of(text.as_bytes()).0;
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = Digest(bytes).to_string();
    let [a, b, c, d, e] = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
    format!("<urn:uuid:{a}-{b}-{c}-{d}-{e}>")
}

/// The record as a gzip member. The same record gives the same bytes.
pub fn write(record: &Record) -> Vec<u8> {
    let mut plain = b"WARC/1.1\r\n".to_vec();
    for (name, value) in &record.fields.0 {
        // A value is one line: what would end it becomes a space.
        let value = value.replace(['\r', '\n'], " ");
        plain.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    plain.extend_from_slice(b"\r\n");
    plain.extend_from_slice(&record.block);
    plain.extend_from_slice(b"\r\n\r\n");
    let mut member = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
    member.write_all(&plain).expect("invariant: memory takes every byte");
    member.finish().expect("invariant: memory takes every byte")
}
