//! Bytes by their digest: written once, checked whenever they are read.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::error::LedgerError;
use crate::storage::Storage;

/// The SHA-256 of some bytes; shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let mut bytes = [0; 32];
        if !lower || text.len() != 64 {
            return None;
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

const FOLDER: &str = "captures/";
/// Swapped last, so that all that was put before it is durable. It says which digest was put last, and nothing needs it.
const LAST: &str = "captures/last";

/// A store of immutable bytes in a [`Storage`], each at `captures/ab/cdef…` by its SHA-256.
#[derive(Clone)]
pub struct Blobs {
    storage: Arc<dyn Storage>,
}

impl Blobs {
    /// The store in this storage.
    pub fn new(storage: Arc<dyn Storage>) -> Self {
        Self { storage }
    }

    /// Keeps these bytes. They are durable when this returns. What is there already is not written again.
    pub fn put(&self, all: &[&[u8]]) -> Result<Vec<Digest>, LedgerError> {
        let digests: Vec<Digest> = all.iter().map(|bytes| Digest::of(bytes)).collect();
        let Some(last) = digests.last() else { return Ok(digests) };
        let mut transaction = self.storage.begin()?;
        for (digest, bytes) in digests.iter().zip(all) {
            transaction.create(&path(digest), bytes)?;
        }
        let before = self.storage.read(LAST)?;
        transaction.swap(LAST, before.as_deref(), format!("{last}\n").as_bytes())?;
        Ok(digests)
    }

    /// The bytes with this digest, if they are here. Bytes that no longer have it are [`LedgerError::Damaged`].
    pub fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, LedgerError> {
        let path = path(digest);
        let bytes = self.storage.read(&path)?;
        match bytes {
            Some(bytes) if Digest::of(&bytes) != *digest => Err(damaged(path, bytes.len())),
            other => Ok(other),
        }
    }

    /// Destroys these bytes. What points to them stays and says so.
    pub fn destroy(&self, digest: &Digest) -> Result<(), LedgerError> {
        let mut transaction = self.storage.begin()?;
        transaction.remove(&path(digest))?;
        let before = self.storage.read(LAST)?;
        transaction.swap(LAST, before.as_deref(), b"\n")?;
        Ok(())
    }

    /// The digests of all that is kept, sorted. What lies there under another name is left to [`Blobs::verify`].
    pub fn list(&self) -> Result<Vec<Digest>, LedgerError> {
        Ok(self.storage.list(FOLDER)?.iter().filter_map(|path| named(path)).collect())
    }

    /// Reads everything and says what no longer has its digest. Linear in all bytes.
    pub fn verify(&self) -> Result<Vec<LedgerError>, LedgerError> {
        let mut found = Vec::new();
        for path in self.storage.list(FOLDER)?.into_iter().filter(|path| path != LAST) {
            let bytes = self.storage.read(&path)?.unwrap_or_default();
            if named(&path) != Some(Digest::of(&bytes)) {
                found.push(damaged(path, bytes.len()));
            }
        }
        Ok(found)
    }
}

/// The digest that a path stands for.
fn named(path: &str) -> Option<Digest> {
    let digits: String = path.strip_prefix(FOLDER)?.split('/').collect();
    Digest::parse(&digits).filter(|digest| self::path(digest) == path)
}

/// Whether a file of this path is one of the archive's.
pub fn is_capture_file(path: &str) -> bool {
    named(path).is_some()
}

fn path(digest: &Digest) -> String {
    let digits = digest.to_string();
    format!("{FOLDER}{}/{}", &digits[..2], &digits[2..])
}

fn damaged(file: String, length: usize) -> LedgerError {
    LedgerError::Damaged {
        file,
        range: 0..length as u64,
        what: "its bytes do not have the digest it is named by".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MemStorage;

    fn blobs() -> (Arc<MemStorage>, Blobs) {
        let storage = Arc::new(MemStorage::new());
        (storage.clone(), Blobs::new(storage))
    }

    // FIPS 180-4's example: the digest of `abc`.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn bytes_come_back_by_their_digest_and_are_kept_once() {
        let (storage, blobs) = blobs();
        let put = blobs.put(&[b"abc", b"", b"abc"]).unwrap();
        assert_eq!(put[0].to_string(), ABC);
        assert_eq!(blobs.get(&put[0]).unwrap().as_deref(), Some(&b"abc"[..]));
        assert_eq!(blobs.get(&put[1]).unwrap().as_deref(), Some(&b""[..]));
        assert_eq!(blobs.get(&Digest::of(b"x")).unwrap(), None);
        assert_eq!(blobs.list().unwrap().len(), 2);
        let path = format!("captures/{}/{}", &ABC[..2], &ABC[2..]);
        assert_eq!(storage.read(&path).unwrap().as_deref(), Some(&b"abc"[..]));
    }

    #[test]
    fn changed_bytes_are_named_and_never_handed_out() {
        let (storage, blobs) = blobs();
        let digest = blobs.put(&[b"abc"]).unwrap()[0];
        let mut transaction = storage.begin().unwrap();
        assert!(transaction.swap(&path(&digest), Some(b"abc"), b"abd").unwrap());
        drop(transaction);
        assert!(matches!(blobs.get(&digest), Err(LedgerError::Damaged { .. })));
        assert_eq!(blobs.verify().unwrap().len(), 1);
        let mut transaction = storage.begin().unwrap();
        transaction.create("captures/zz/notes.txt", b"x").unwrap();
        drop(transaction);
        assert_eq!(blobs.list().unwrap(), [digest]);
        assert_eq!(blobs.verify().unwrap().len(), 2);
        assert!(is_capture_file(&path(&digest)) && !is_capture_file("captures/zz/notes.txt") && !is_capture_file(LAST));
    }

    #[test]
    fn what_is_destroyed_is_gone() {
        let (_, blobs) = blobs();
        let digest = blobs.put(&[b"abc"]).unwrap()[0];
        blobs.destroy(&digest).unwrap();
        assert_eq!(blobs.get(&digest).unwrap(), None);
        assert_eq!(blobs.verify().unwrap().len(), 0);
    }

    #[test]
    fn a_digest_reads_back_and_nothing_else_reads() {
        assert_eq!(Digest::parse(ABC).map(|digest| digest.to_string()).as_deref(), Some(ABC));
        for wrong in ["", "ab", &ABC[1..], &ABC.to_uppercase(), &format!("{ABC}0"), &format!("é{}", &ABC[2..])] {
            assert_eq!(Digest::parse(wrong), None, "{wrong}");
        }
    }
}
