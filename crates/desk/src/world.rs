//! What the desk can't know of itself and is handed: the time, and chance.

use model::Day;

/// The clock and the source of random bytes.
pub trait World: Send + Sync {
    /// Seconds since 1970 in UTC.
    fn now(&self) -> i64;
    /// The UTC day of that moment: the only time that drafts and reviews carry.
    fn today(&self) -> Day;
    /// 32 bytes that nobody can guess.
    fn random(&self) -> [u8; 32];
}

/// A secret that somebody holds, such as a cookie or a link. The store has its hash alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn new(world: &dyn World) -> Self {
        Self(crate::hash::hex(&world.random()))
    }

    /// One that somebody shows.
    pub fn shown(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What is given to its holder, once.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What the store keeps.
    pub fn hash(&self) -> Vec<u8> {
        use sha2::{Digest, Sha256};
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}
