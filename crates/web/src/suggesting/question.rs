//! A plain question instead of a picture puzzle: which of these words stands where? It needs no script, no sight and no
//! arithmetic, and can be answered by copying.
//!
//! Its token is signed with a key that lives as long as the process, short-lived and good for one right answer. The
//! message under the signature has one length, so a hash with the key in front of it is a signature.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use model::Code;
use sha2::{Digest, Sha256};

/// Seconds for which a question can be answered: some people write slowly.
const LIFE: u64 = 2 * 60 * 60;

/// So many answered questions are remembered; more in that time means a flood.
const MOST: usize = 20_000;

const NONCE: usize = 16;
const SIGNATURE: usize = 16;

/// A question.
pub(crate) struct Question {
    /// Comes back with the answer.
    pub token: String,
    /// The words, in order.
    pub words: [&'static str; 6],
    /// Which of them is asked for, from 1.
    pub place: usize,
}

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answered {
    /// Right.
    Right,
    /// Another word.
    Wrong,
    /// The question was never ours, or too long ago.
    Late,
    /// The question was answered before.
    Again,
}

/// Makes and checks questions.
pub(super) struct Questions {
    key: [u8; 32],
    used: Mutex<HashMap<[u8; NONCE], u64>>,
}

impl Questions {
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, used: Mutex::default() }
    }

    /// A question; `now` is in seconds of any beginning.
    pub fn ask(&self, nonce: [u8; NONCE], now: u64) -> Question {
        let ends = now + LIFE;
        let (words, place) = self.of(&nonce, ends);
        let bytes = nonce.into_iter().chain(ends.to_be_bytes()).chain(self.signature(&nonce, ends));
        Question { token: bytes.map(|byte| format!("{byte:02x}")).collect(), words, place }
    }

    /// What an answer is. A right one is remembered.
    pub fn check(&self, token: &str, answer: &str, now: u64) -> Answered {
        let Some((nonce, ends)) = self.read(token).filter(|(_, ends)| now < *ends) else { return Answered::Late };
        let (words, place) = self.of(&nonce, ends);
        let given = answer.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if given != words[place - 1] {
            return Answered::Wrong;
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|_, ends| now < *ends);
        match used.len() {
            _ if used.contains_key(&nonce) => Answered::Again,
            MOST.. => Answered::Late,
            _ => {
                used.insert(nonce, ends);
                Answered::Right
            }
        }
    }

    fn read(&self, token: &str) -> Option<([u8; NONCE], u64)> {
        let digits = token.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !digits || token.len() != 2 * (NONCE + 8 + SIGNATURE) {
            return None;
        }
        let bytes: Vec<u8> =
            (0..token.len() / 2).filter_map(|at| u8::from_str_radix(&token[2 * at..2 * at + 2], 16).ok()).collect();
        let nonce: [u8; NONCE] = bytes.get(..NONCE)?.try_into().ok()?;
        let ends = u64::from_be_bytes(bytes.get(NONCE..NONCE + 8)?.try_into().ok()?);
        (bytes.get(NONCE + 8..)? == self.signature(&nonce, ends)).then_some((nonce, ends))
    }

    fn of(&self, nonce: &[u8; NONCE], ends: u64) -> ([&'static str; 6], usize) {
        let chance = self.hash(b"words", nonce, ends);
        let code: [u8; 12] = std::array::from_fn(|at| chance[at]);
        (Code::of(code).words(), usize::from(chance[12]) % 6 + 1)
    }

    fn signature(&self, nonce: &[u8; NONCE], ends: u64) -> [u8; SIGNATURE] {
        let whole = self.hash(b"token", nonce, ends);
        std::array::from_fn(|at| whole[at])
    }

    fn hash(&self, purpose: &[u8; 5], nonce: &[u8; NONCE], ends: u64) -> [u8; 32] {
        Sha256::new()
            .chain_update(self.key)
            .chain_update(purpose)
            .chain_update(nonce)
            .chain_update(ends.to_be_bytes())
            .finalize()
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_answer_counts_once_and_for_two_hours() {
        let questions = Questions::new([7; 32]);
        let Question { token, words, place } = questions.ask([1; NONCE], 100);
        let right = format!(" {}. ", words[place - 1].to_uppercase());
        assert_eq!(questions.check(&token, words[place % 6], 101), Answered::Wrong);
        assert_eq!(questions.check(&token, "", 101), Answered::Wrong);
        assert_eq!(questions.check(&token, &right, 100 + LIFE), Answered::Late);
        assert_eq!(questions.check(&token, &right, 101), Answered::Right);
        assert_eq!(questions.check(&token, &right, 102), Answered::Again);
    }

    #[test]
    fn nobody_else_makes_questions() {
        let questions = Questions::new([7; 32]);
        let Question { token, words, place } = Questions::new([8; 32]).ask([1; NONCE], 0);
        assert_eq!(questions.check(&token, words[place - 1], 1), Answered::Late);
        let own = questions.ask([1; NONCE], 0);
        for at in 0..own.token.len() {
            let mut forged = own.token.clone().into_bytes();
            forged[at] = if forged[at] == b'0' { b'1' } else { b'0' };
            let forged = String::from_utf8(forged).expect("digits");
            assert_eq!(questions.check(&forged, own.words[own.place - 1], 1), Answered::Late, "{at}");
        }
        for strange in ["", "zz", "é", &"0".repeat(80), &"é".repeat(40)] {
            assert_eq!(questions.check(strange, "x", 1), Answered::Late);
        }
    }
}
