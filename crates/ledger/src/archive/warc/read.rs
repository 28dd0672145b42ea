//! Reading records, our own and those that others made, plain or compressed record by record.

use std::io::Read;

use flate2::bufread::GzDecoder;

use super::{Fields, Located, Record};
use crate::archive::Digest;

/// What a file from a stranger may ask of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record after decompression.
    pub record: u64,
    /// Bytes of all records after decompression.
    pub all: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record: 256 << 20, all: 1 << 30 }
    }
}

/// Why a file could not be read on, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at byte {offset}: {what}")]
pub struct WarcError {
    /// Where the record begins that could not be read.
    pub offset: u64,
    /// What is wrong with it.
    pub what: String,
}

/// The records of a file, in order. After an error there are no more.
pub struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    left: u64,
    limits: Limits,
}

impl<'a> Records<'a> {
    /// Reads from the beginning.
    pub fn new(bytes: &'a [u8], limits: Limits) -> Self {
        Self { bytes, at: 0, left: limits.all, limits }
    }

    fn one(&mut self) -> Result<Located, String> {
        let from = self.at;
        let compressed = self.bytes[from..].starts_with(&[0x1f, 0x8b]);
        let (record, used) = if compressed { self.member()? } else { self.plain(&self.bytes[from..])? };
        self.at = from + used;
        check_digests(&record)?;
        Ok(Located { record, offset: from as u64, length: used as u64 })
    }

    fn member(&mut self) -> Result<(Record, usize), String> {
        let from = &self.bytes[self.at..];
        let most = self.limits.record.min(self.left);
        let mut member = GzDecoder::new(from);
        let mut plain = Vec::new();
        let read = Read::by_ref(&mut member).take(most.saturating_add(1)).read_to_end(&mut plain);
        if plain.len() as u64 > most {
            return Err(format!("the record takes more than {most} bytes when decompressed"));
        }
        read.map_err(|error| format!("the compressed record is cut or damaged ({error})"))?;
        let (record, used) = self.plain(&plain)?;
        match plain.len() - used {
            0 => Ok((record, from.len() - member.into_inner().len())),
            _ => Err("several records are compressed as one; compress each by itself".into()),
        }
    }

    fn plain(&mut self, bytes: &[u8]) -> Result<(Record, usize), String> {
        let (fields, head) = fields(bytes)?;
        let length = fields.get("Content-Length").ok_or("there is no `Content-Length`")?;
        let length: u64 = length.parse().map_err(|_| format!("`Content-Length: {length}` is no number"))?;
        if length > self.limits.record.min(self.left) {
            return Err(format!("the record's block of {length} bytes is larger than is taken"));
        }
        let end = head + usize::try_from(length).map_err(|_| "the record's block is too large")?;
        let block = bytes.get(head..end).ok_or_else(|| {
            format!("the record is cut: of {length} bytes only {} are there", bytes.len().saturating_sub(head))
        })?;
        self.left -= length;
        // Two line ends close a record; a file that stops right after the block is whole in all that matters.
        let tail = bytes[end..].iter().take(4).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        Ok((Record { fields, block: block.to_vec() }, end + tail))
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Located, WarcError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let offset = self.at as u64;
        let read = self.one().map_err(|what| WarcError { offset, what });
        if read.is_err() {
            self.at = self.bytes.len();
        }
        Some(read)
    }
}

/// The longest head of a record that is read.
const HEAD: usize = 64 << 10;

fn fields(bytes: &[u8]) -> Result<(Fields, usize), String> {
    let version = [&b"WARC/1.0\r\n"[..], b"WARC/1.1\r\n"].into_iter().find(|version| bytes.starts_with(version));
    let begin = version.ok_or("no record of WARC 1.0 or 1.1 begins here")?.len();
    let rest = &bytes[begin..bytes.len().min(HEAD)];
    let end = rest.windows(4).position(|w| w == b"\r\n\r\n").ok_or("the record's head has no end")?;
    let text = std::str::from_utf8(&rest[..end]).map_err(|_| "the record's head is not UTF-8")?;
    let mut fields = Fields::default();
    for line in text.split("\r\n") {
        match (line.split_once(':'), fields.0.last_mut()) {
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (Some((name, value)), _) if !name.is_empty() => fields.add(name.trim(), value.trim()),
            _ => return Err(format!("`{}` is no field", line.chars().take(60).collect::<String>())),
        }
    }
    Ok((fields, begin + end + 4))
}

/// Checks the digests that we can compute; those of other algorithms are taken as they are.
fn check_digests(record: &Record) -> Result<(), String> {
    let pairs = [("WARC-Block-Digest", &record.block[..]), ("WARC-Payload-Digest", record.payload())];
    let stated = pairs.into_iter().filter_map(|(name, bytes)| Some((name, record.fields.get(name)?, bytes)));
    for (name, stated, bytes) in stated.filter(|_| record.kind() != "revisit") {
        let digits = stated.strip_prefix("sha256:").filter(|digits| digits.len() == 64);
        if digits.is_some_and(|digits| digits.to_ascii_lowercase() != Digest::of(bytes).to_string()) {
            return Err(format!("its bytes do not have the digest `{name}: {stated}`"));
        }
    }
    Ok(())
}
