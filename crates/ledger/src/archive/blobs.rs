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

    /// Destroys these bytes, also if they no longer have their digest, and gives how many files there were. They are
    /// gone from the folder for good when this returns.
    pub fn destroy(&self, digests: &[Digest]) -> Result<usize, LedgerError> {
        let mut transaction = self.storage.begin()?;
        let mut found = 0;
        for path in digests.iter().map(path) {
            found += usize::from(self.storage.read(&path)?.is_some());
            transaction.remove(&path)?;
        }
        let before = self.storage.read(LAST)?;
        transaction.swap(LAST, before.as_deref(), b"\n")?;
        Ok(found)
    }

    /// The digests of all that is kept, sorted. What lies there under another name is left to [`Blobs::verify`].
    pub fn list(&self) -> Result<Vec<Digest>, LedgerError> {
        Ok(self.storage.list(FOLDER)?.iter().filter_map(|path| named(path)).collect())
    }

    /// Reads everything and says what no longer has its digest, with the digest that it should have; nothing is named
    /// where a file has no business there. Linear in all bytes.
    pub fn verify(&self) -> Result<Vec<(Option<Digest>, LedgerError)>, LedgerError> {
        let mut found = Vec::new();
        for path in self.storage.list(FOLDER)?.into_iter().filter(|path| path != LAST) {
            let bytes = self.storage.read(&path)?.unwrap_or_default();
            let name = named(&path);
            if name != Some(Digest::of(&bytes)) {
                found.push((name, damaged(path, bytes.len())));
            }
        }
        Ok(found)
    }

    /// Puts these bytes where damaged ones lie, or none. False if they do not have this digest: then nothing happens.
    pub fn mend(&self, digest: &Digest, bytes: &[u8]) -> Result<bool, LedgerError> {
        if Digest::of(bytes) != *digest {
            return Ok(false);
        }
        let path = path(digest);
        let mut transaction = self.storage.begin()?;
        let lying = self.storage.read(&path)?;
        transaction.swap(&path, lying.as_deref(), bytes)?;
        Ok(true)
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
        let put = blobs.put(&[b"abc", b"def", b"ghi"]).unwrap();
        assert_eq!(blobs.destroy(&put[..2]).unwrap(), 2);
        assert_eq!(blobs.destroy(&put[..2]).unwrap(), 0);
        assert_eq!(blobs.get(&put[0]).unwrap(), None);
        assert_eq!(blobs.list().unwrap(), put[2..]);
        assert_eq!(blobs.verify().unwrap().len(), 0);
    }

    #[test]
    fn what_is_damaged_or_missing_is_mended_by_the_right_bytes_alone() {
        let (storage, blobs) = blobs();
        let digest = blobs.put(&[b"abc"]).unwrap()[0];
        storage.begin().unwrap().swap(&path(&digest), Some(b"abc"), b"abd").unwrap();
        assert!(!blobs.mend(&digest, b"abx").unwrap() && blobs.get(&digest).is_err());
        assert!(blobs.mend(&digest, b"abc").unwrap());
        assert_eq!(blobs.get(&digest).unwrap().as_deref(), Some(&b"abc"[..]));
        blobs.destroy(&[digest]).unwrap();
        assert!(blobs.mend(&digest, b"abc").unwrap());
        assert_eq!(blobs.verify().unwrap().len(), 0);
    }

    /// The archive's part of "no bit can change unseen": every single one.
    #[test]
    fn every_flipped_bit_every_cut_and_every_lost_piece_is_told_with_its_own_name() {
        let (_, blobs) = blobs();
        let pieces: Vec<Vec<u8>> =
            vec![(0..=255).collect(), b"counteratlas/text/1\ten\tTitle\nWords.\n".to_vec(), vec![0; 99]];
        let all: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        let digests = blobs.put(&all).unwrap();
        let mut tried = 0;
        for (digest, good) in digests.iter().zip(&pieces) {
            let flips = (0..good.len() * 8).map(|bit| {
                let mut bad = good.clone();
                bad[bit / 8] ^= 1 << (bit % 8);
                bad
            });
            let longer = [good.as_slice(), b"\0"].concat();
            for bad in flips.chain((0..good.len()).map(|cut| good[..cut].to_vec())).chain([longer]) {
                blobs.storage.begin().unwrap().swap(&path(digest), Some(good), &bad).unwrap();
                let told = blobs.verify().unwrap();
                assert!(
                    matches!(&told[..], [(Some(name), LedgerError::Damaged { file, .. })] if name == digest && *file == path(digest))
                );
                assert!(blobs.get(digest).is_err());
                assert!(blobs.mend(digest, good).unwrap());
                tried += 1;
            }
        }
        // 391 bytes: eight flips and one cut each, and three that are longer.
        assert_eq!((tried, blobs.verify().unwrap().len()), (391 * 9 + 3, 0));
    }

    #[test]
    fn a_digest_reads_back_and_nothing_else_reads() {
        assert_eq!(Digest::parse(ABC).map(|digest| digest.to_string()).as_deref(), Some(ABC));
        for wrong in ["", "ab", &ABC[1..], &ABC.to_uppercase(), &format!("{ABC}0"), &format!("é{}", &ABC[2..])] {
            assert_eq!(Digest::parse(wrong), None, "{wrong}");
        }
    }
}
