//! WARC 1.1 (ISO 28500:2017): the records in which web archives keep what was sent and received, byte for byte.
//!
//! A record written here has a block digest, and a payload digest where it is an HTTP message, both as
//! `sha256:` with hexadecimal digits. Its id is made from its content, so that equal records have equal ids.

mod read;
mod write;

pub use read::{Limits, Records, WarcError};
pub use write::{Sheet, write};

/// The named fields of a record, in order. Names are compared without case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn add(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }
}

/// One record: its fields, and its block as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The named fields, `Content-Length` among them.
    pub fields: Fields,
    /// The block.
    pub block: Vec<u8>,
}

impl Record {
    /// `WARC-Type`: `response`, `request`, `warcinfo`, `resource`, `metadata`, `revisit`, `conversion` or another.
    pub fn kind(&self) -> &str {
        self.fields.get("WARC-Type").unwrap_or_default()
    }

    /// `WARC-Target-URI`; empty if there is none. WARC 1.0 allowed it in angle brackets.
    pub fn target(&self) -> &str {
        let target = self.fields.get("WARC-Target-URI").unwrap_or_default();
        target.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(target)
    }

    /// `WARC-Date` as it stands.
    pub fn date(&self) -> &str {
        self.fields.get("WARC-Date").unwrap_or_default()
    }

    /// The part of the block that the payload digest is of: for an HTTP message what follows its head.
    pub fn payload(&self) -> &[u8] {
        let http = self.fields.get("Content-Type").is_some_and(|t| t.trim_start().starts_with("application/http"));
        match (http, self.kind()) {
            (true, "response" | "request" | "revisit") => {
                let blank = |window: &[u8]| window == b"\r\n\r\n";
                let end = self.block.windows(4).position(blank).map_or(self.block.len(), |at| at + 4);
                &self.block[end..]
            }
            _ => &self.block,
        }
    }
}

/// A record and the bytes of the file that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The record.
    pub record: Record,
    /// Where it begins in the file.
    pub offset: u64,
    /// How many bytes of the file it takes, compressed if the file is.
    pub length: u64,
}

#[cfg(test)]
mod tests;
