//! Passwords are kept as a salt and its argon2id hash (RFC 9106), and compared by it, one at a time.

use std::sync::{LazyLock, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Params, Version};

use crate::world::World;

/// Each hash takes 19 MiB: many at once would be a way to fill the memory.
static ONE: Mutex<()> = Mutex::new(());

const SALT: usize = 16;
const HASH: usize = 32;

/// What the store keeps of a password: its salt and its hash.
pub(super) fn kept(words: &str, world: &dyn World) -> Vec<u8> {
    let salt = world.random();
    [&salt[..SALT], &hash(words, &salt[..SALT])].concat()
}

/// Whether these are the words. Where nothing is kept it takes as long, and they are not.
pub(super) fn fits(words: &str, kept: Option<&[u8]>) -> bool {
    static NOBODY: LazyLock<Vec<u8>> = LazyLock::new(|| vec![0; SALT + HASH]);
    let (salt, expected) = kept.filter(|kept| kept.len() == SALT + HASH).unwrap_or(&NOBODY).split_at(SALT);
    let differing = hash(words, salt).iter().zip(expected).fold(0, |bits, (a, b)| bits | (a ^ b));
    kept.is_some() && differing == 0
}

/// Two passes over 19 MiB: what OWASP names as the least.
fn hash(words: &str, salt: &[u8]) -> [u8; HASH] {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let params = Params::new(19 * 1024, 2, 1, Some(HASH)).expect("invariant: these parameters are within bounds");
    let mut out = [0; HASH];
    let hashed =
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(words.as_bytes(), salt, &mut out);
    hashed.expect("invariant: passwords are far shorter than 4 GiB");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Still;

    #[test]
    fn only_the_words_themselves_fit_and_nothing_fits_nothing() {
        let kept = kept("correct horse battery", &Still::default());
        assert!(fits("correct horse battery", Some(&kept)));
        for wrong in ["", "correct horse batter", "Correct horse battery", "correct horse battery "] {
            assert!(!fits(wrong, Some(&kept)), "{wrong}");
        }
        assert!(!fits("", None) && !fits("anything", None) && !fits("anything", Some(&[])));
    }

    #[test]
    fn the_same_words_are_kept_otherwise_each_time() {
        let world = Still::default();
        assert_ne!(kept("correct horse battery", &world), kept("correct horse battery", &world));
    }
}
