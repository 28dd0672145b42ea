//! Hashes by which words are filed and compared: the same on every machine, for they decide what is a candidate.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table whose keys are hashes already.
pub(crate) type Table<T> = HashMap<u64, T, BuildHasherDefault<Identity>>;

pub(crate) const START: u64 = 0xcbf2_9ce4_8422_2325;
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a word by which it is filed.
pub(crate) fn hash(word: &[u8]) -> u64 {
    finish(word.iter().fold(START, |state, byte| step(state, *byte)))
}

/// One more byte; with [`finish`] the hash of every beginning of a word comes at no more cost.
pub(crate) fn step(state: u64, byte: u8) -> u64 {
    (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

pub(crate) fn finish(state: u64) -> u64 {
    (state ^ (state >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ (state >> 32)
}

/// Another hash, eight bytes at a time, for comparing whole words.
pub(crate) fn quick(word: &[u8]) -> u64 {
    let mut state = SPREAD ^ word.len() as u64;
    let mut chunks = word.chunks_exact(8);
    for chunk in &mut chunks {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(chunk);
        state = fold(state ^ u64::from_le_bytes(bytes));
    }
    let rest = chunks.remainder().iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
    fold(state ^ rest)
}

fn fold(value: u64) -> u64 {
    let wide = u128::from(value ^ START) * u128::from(0xff51_afd7_ed55_8ccd_u64);
    (wide as u64) ^ (wide >> 64) as u64
}

/// Takes a hash for the hash it is.
#[derive(Default)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = step(self.0, *byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value.wrapping_mul(SPREAD);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn words_that_differ_have_hashes_that_differ() {
        let words: Vec<Vec<u8>> = (0..50_000_u32).map(|n| format!("word{n}of{}", n % 977).into_bytes()).collect();
        assert_eq!(words.iter().map(|w| hash(w)).collect::<HashSet<_>>().len(), words.len());
        assert_eq!(words.iter().map(|w| quick(w)).collect::<HashSet<_>>().len(), words.len());
    }

    #[test]
    fn trailing_zeros_count() {
        assert_ne!(quick(b"a"), quick(b"a\0"));
        assert_ne!(quick(b""), quick(b"\0\0"));
    }
}
