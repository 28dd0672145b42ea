//! One file of the whole edition: its digest, and any part of its bytes.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// Bytes read at once.
const PIECE: usize = 64 << 10;

/// A file that is open and has no name.
#[derive(Debug, Clone)]
pub(crate) struct DataFile {
    /// Its name for readers.
    pub name: &'static str,
    /// Its MIME type.
    pub mime: &'static str,
    /// The message that says what it is.
    pub what: &'static str,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub digest: String,
    file: Arc<File>,
}

impl DataFile {
    /// Reads a file once for its digest.
    pub fn of(name: &'static str, mime: &'static str, what: &'static str, mut file: File) -> io::Result<Self> {
        file.rewind()?;
        let (mut hash, mut piece, mut size) = (Sha256::new(), vec![0; PIECE], 0);
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                break;
            }
            hash.update(&piece[..read]);
            size += read as u64;
        }
        let digest = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { name, mime, what, size, digest, file: Arc::new(file) })
    }

    /// Writes the bytes from `start` to before `end`.
    pub fn copy(&self, start: u64, end: u64, out: &mut dyn Write) -> io::Result<()> {
        let (mut at, mut piece) = (start, vec![0; PIECE]);
        while at < end {
            let wanted = usize::try_from(end - at).unwrap_or(PIECE).min(PIECE);
            self.file.read_exact_at(&mut piece[..wanted], at)?;
            out.write_all(&piece[..wanted])?;
            at += wanted as u64;
        }
        Ok(())
    }

    /// Its strong ETag.
    pub fn etag(&self) -> String {
        format!("\"{}\"", self.digest)
    }
}

/// What a `Range` header asks for of so many bytes (RFC 9110, section 14): `None` for everything, which is also the
/// answer to what is not understood or asks for several parts; `Err` if there is no such part.
pub(crate) fn part(range: &str, size: u64) -> Option<Result<(u64, u64), ()>> {
    let spec = range.strip_prefix("bytes=")?;
    let (first, last) = spec.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(first) || !digits(last) || (first.is_empty() && last.is_empty()) {
        return None;
    }
    let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    let (start, end) = match (first.is_empty(), last.is_empty()) {
        (true, _) => (size.saturating_sub(number(last)), size),
        (_, true) => (number(first), size),
        _ if number(first) > number(last) => return None,
        _ => (number(first), number(last).saturating_add(1).min(size)),
    };
    Some(if start < end && start < size { Ok((start, end)) } else { Err(()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_rfc_9110() {
        // The examples of section 14.1.2, for a representation of 10,000 bytes.
        assert_eq!(part("bytes=0-499", 10_000), Some(Ok((0, 500))));
        assert_eq!(part("bytes=500-999", 10_000), Some(Ok((500, 1000))));
        assert_eq!(part("bytes=-500", 10_000), Some(Ok((9500, 10_000))));
        assert_eq!(part("bytes=9500-", 10_000), Some(Ok((9500, 10_000))));
        assert_eq!(part("bytes=9999-20000", 10_000), Some(Ok((9999, 10_000))));
        assert_eq!(part("bytes=-20000", 10_000), Some(Ok((0, 10_000))));
        for none in ["", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-0,-1", "lines=0-1", "bytes=a-b"] {
            assert_eq!(part(none, 10_000), None, "{none}");
        }
        assert_eq!(part("bytes=10000-", 10_000), Some(Err(())));
        assert_eq!(part("bytes=-0", 10_000), Some(Err(())));
    }

    #[test]
    fn a_file_is_known_by_its_digest_and_read_from_anywhere() {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(b"abc").expect("it takes bytes");
        let file = DataFile::of("x", "text/plain", "x", file).expect("it is read");
        // the first example of FIPS 180-2
        assert_eq!(file.digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let mut out = Vec::new();
        file.copy(1, 3, &mut out).expect("it is read");
        assert_eq!((out.as_slice(), file.size), (&b"bc"[..], 3));
    }
}
