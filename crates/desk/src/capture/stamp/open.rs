//! OpenTimestamps: the proof that a digest went into others, up to a calendar that promises a block or a block that is
//! named. Whether the chain has that block is for whoever has the chain.

use model::Stamp;
use sha2::{Digest, Sha256};

use super::{StampError, Word};

/// How a proof file begins, its version included.
const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01";
const PENDING: [u8; 8] = [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e];
const BITCOIN: [u8; 8] = [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01];
const OP_SHA1: u8 = 0x02;
const OP_RIPEMD160: u8 = 0x03;
const OP_SHA256: u8 = 0x08;
const OP_KECCAK256: u8 = 0x67;
const OP_APPEND: u8 = 0xf0;
const OP_PREPEND: u8 = 0xf1;
const OP_REVERSE: u8 = 0xf2;
const OP_HEXLIFY: u8 = 0xf3;

/// So deep is a proof at most, so many steps it has, and so long is what is hashed.
const DEEPEST: usize = 256;
const MOST: usize = 4096;
const LONGEST: usize = 4096;

/// Where a path ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// In the header of a block of this height, which then has this Merkle root.
    Block(u64, String),
    /// At a calendar that promises more.
    Pending(String),
}

/// Checks that a proof is of this digest, and tells where it leads: to the lowest block, else to its calendars.
pub fn check(proof: &[u8], digest: &[u8; 32]) -> Result<Word, StampError> {
    let mut reading = Reading { left: proof, ends: Vec::new(), steps: 0 };
    if reading.bytes(MAGIC.len())? != MAGIC || reading.byte()? != OP_SHA256 {
        return refused("it is no OpenTimestamps proof of a SHA-256");
    }
    if reading.bytes(32)? != digest {
        return refused("it is about other bytes");
    }
    reading.tree(Some(digest.to_vec()), 0)?;
    if !reading.left.is_empty() {
        return refused("something stands behind it");
    }
    reading.ends.sort();
    let authority = match reading.ends.first() {
        None => return refused("no path of it leads to anything that is known here"),
        Some(End::Block(height, root)) => format!("{}{height} (Merkle root {root})", Stamp::BLOCK),
        Some(End::Pending(_)) => {
            let all = reading
                .ends
                .iter()
                .filter_map(|end| if let End::Pending(uri) = end { Some(uri.as_str()) } else { None });
            all.collect::<Vec<_>>().join(", ")
        }
    };
    Ok(Word { at: String::new(), authority, vouched: false })
}

fn refused<T>(what: &str) -> Result<T, StampError> {
    Err(StampError::new(what))
}

struct Reading<'a> {
    left: &'a [u8],
    ends: Vec<End>,
    steps: usize,
}

impl<'a> Reading<'a> {
    fn bytes(&mut self, length: usize) -> Result<&'a [u8], StampError> {
        let (taken, left) = self.left.split_at_checked(length).ok_or_else(|| StampError::new("it is cut"))?;
        self.left = left;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, StampError> {
        Ok(self.bytes(1)?[0])
    }

    /// Seven bits a byte, the lowest first.
    fn number(&mut self) -> Result<u64, StampError> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        refused("a number is too large")
    }

    fn sized(&mut self) -> Result<&'a [u8], StampError> {
        let length = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        if length > LONGEST { refused("a part of it is too long") } else { self.bytes(length) }
    }

    /// All branches from a message on; `None` is one behind an operation that is not known here.
    fn tree(&mut self, message: Option<Vec<u8>>, depth: usize) -> Result<(), StampError> {
        loop {
            self.steps += 1;
            if depth > DEEPEST || self.steps > MOST {
                return refused("it branches too often");
            }
            let (tag, last) = match self.byte()? {
                0xff => (self.byte()?, false),
                tag => (tag, true),
            };
            match tag {
                0 => self.end(message.as_deref())?,
                tag => {
                    let next = self.step(tag, message.as_deref())?;
                    self.tree(next, depth + 1)?;
                }
            }
            if last {
                return Ok(());
            }
        }
    }

    fn step(&mut self, tag: u8, message: Option<&[u8]>) -> Result<Option<Vec<u8>>, StampError> {
        let beside = if matches!(tag, OP_APPEND | OP_PREPEND) { self.sized()? } else { &[] };
        let known = matches!(tag, OP_RIPEMD160 | OP_KECCAK256);
        let done = message.and_then(|message| match tag {
            OP_SHA1 => Some(sha1::Sha1::digest(message).to_vec()),
            OP_SHA256 => Some(Sha256::digest(message).to_vec()),
            OP_APPEND => Some([message, beside].concat()),
            OP_PREPEND => Some([beside, message].concat()),
            OP_REVERSE => Some(message.iter().rev().copied().collect()),
            OP_HEXLIFY => Some(hex(message.iter()).into_bytes()),
            _ => None,
        });
        let simple = [OP_SHA1, OP_SHA256, OP_APPEND, OP_PREPEND, OP_REVERSE, OP_HEXLIFY];
        if !known && !simple.contains(&tag) {
            return refused("it holds an operation that nobody knows");
        }
        match done {
            Some(message) if message.len() > LONGEST => refused("what it hashes is too long"),
            done => Ok(done),
        }
    }

    fn end(&mut self, message: Option<&[u8]>) -> Result<(), StampError> {
        let tag = self.bytes(8)?;
        let mut inner = Reading { left: self.sized()?, ends: Vec::new(), steps: 0 };
        let Some(message) = message else { return Ok(()) };
        if tag == PENDING {
            let uri = String::from_utf8_lossy(inner.sized()?).into_owned();
            self.ends.push(End::Pending(uri));
        } else if tag == BITCOIN {
            // A block's hashes are shown with their last byte first.
            let (height, root) = (inner.number()?, hex(message.iter().rev()));
            if message.len() != 32 {
                return refused("it leads to a Merkle root that is none");
            }
            self.ends.push(End::Block(height, root));
        }
        Ok(())
    }
}

fn hex<'a>(bytes: impl Iterator<Item = &'a u8>) -> String {
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A proof of a digest, with what is behind it.
    fn proof(digest: &[u8; 32], rest: &[u8]) -> Vec<u8> {
        [MAGIC, &[OP_SHA256], digest, rest].concat()
    }

    fn end(tag: [u8; 8], payload: &[u8]) -> Vec<u8> {
        [&[0], &tag[..], &[payload.len() as u8], payload].concat()
    }

    #[test]
    fn a_proof_leads_to_its_calendar_or_to_the_lowest_block() {
        let digest = [7; 32];
        let pending = end(PENDING, b"\x11https://a.example");
        let word = check(&proof(&digest, &pending), &digest).unwrap();
        assert_eq!((word.at.as_str(), word.authority.as_str()), ("", "https://a.example"));
        // Append 1, hash; then block 358391 (0x577f7: 0xf7 0xef 0x15 in sevens), or the calendar.
        let block = [&[OP_APPEND, 1, 1, OP_SHA256][..], &end(BITCOIN, &[0xf7, 0xef, 0x15])].concat();
        let both = [&[0xff][..], &pending, &block].concat();
        let word = check(&proof(&digest, &both), &digest).unwrap();
        let mut hashed = [7; 33];
        hashed[32] = 1;
        let root = hex(Sha256::digest(hashed).iter().rev());
        assert_eq!(word.authority, format!("Bitcoin block 358391 (Merkle root {root})"));
        let behind = [&[OP_RIPEMD160][..], &end(PENDING, b"\x01x")].concat();
        assert!(check(&proof(&digest, &behind), &digest).is_err_and(|e| e.0.contains("no path")));
    }

    #[test]
    fn cut_changed_and_endless_proofs_are_refused() {
        let digest = [7; 32];
        let good = proof(&digest, &end(PENDING, b"\x11https://a.example"));
        assert!(check(&good, &[8; 32]).is_err_and(|error| error.0.contains("other bytes")));
        for cut in 0..good.len() {
            assert!(check(&good[..cut], &digest).is_err(), "{cut}");
        }
        assert!(check(&[&good[..], &[0]].concat(), &digest).is_err());
        assert!(check(&proof(&digest, &[OP_SHA256; 5000]), &digest).is_err_and(|e| e.0.contains("too often")));
        assert!(check(&proof(&digest, &[0xff; 5000]), &digest).is_err());
        assert!(check(&proof(&digest, &[0x99]), &digest).is_err_and(|e| e.0.contains("nobody knows")));
        let long = [[OP_HEXLIFY; 8].as_slice(), &end(PENDING, b"\x01x")].concat();
        assert!(check(&proof(&digest, &long), &digest).is_err_and(|error| error.0.contains("too long")));
    }
}
