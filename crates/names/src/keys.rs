//! What a name is found by: hashes of its words, meanings, consonants, characters, pairs and initials.

use crate::acronym::is_acronym;
use crate::class::Class;
use crate::hash::hash;
use crate::name::Name;
use crate::spelling::Spelling;
use crate::token::{BRACKETED, Token};

/// A key of one name: 64 bits, of which collisions only cost time.
pub(crate) type Key = u64;

const WORD: u64 = 1 << 56;
const BONES: u64 = 2 << 56;
const START: u64 = 3 << 56;
const PAIR: u64 = 4 << 56;
const INITIALS: u64 = 5 << 56;
const CHARACTERS: u64 = 6 << 56;
const END: u64 = 7 << 56;
/// Keys of this many letters at a word's start and end.
const EDGE: usize = 4;
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

fn key(kind: u64, value: u64) -> Key {
    kind ^ (value & 0x00FF_FFFF_FFFF_FFFF)
}

/// The key that stands for a part itself: its meaning, or how it sounds.
pub(crate) fn word_key(token: &Token) -> Key {
    let value = if token.concept != 0 { u64::from(token.concept) } else { hash(token.spelling.letters()) };
    key(WORD, value.wrapping_mul(SPREAD))
}

/// How well a key tells, given that it is as rare as another.
pub(crate) fn worth(key: Key) -> f32 {
    match key & 0xFF00_0000_0000_0000 {
        WORD => 1.0,
        PAIR | CHARACTERS => 0.8,
        INITIALS => 0.7,
        BONES => 0.6,
        _ => 0.45,
    }
}

/// All keys of a name, each once; sorted.
pub(crate) fn keys(name: &Name, keys: &mut Vec<Key>) {
    keys.clear();
    let counting = || name.tokens.iter().filter(|t| t.counts());
    for token in counting() {
        token_keys(name, token, keys);
    }
    pair_keys(counting(), keys);
    keys.extend(initials(name, |token| token.letters[0]));
    keys.extend(initials(name, |token| token.initial));
    keys.sort_unstable();
    keys.dedup();
}

fn token_keys(name: &Name, token: &Token, keys: &mut Vec<Key>) {
    keys.push(word_key(token));
    if token.concept != 0 || token.class == Class::Number {
        return;
    }
    let letters = token.spelling.letters();
    if token.spelling.consonants() >= 2 {
        keys.push(key(BONES, token.spelling.bones.wrapping_mul(SPREAD) >> 3));
    }
    if letters.len() > EDGE {
        keys.push(key(START, hash(&letters[..EDGE])));
        keys.push(key(END, hash(&letters[letters.len() - EDGE..])));
    }
    for pair in name.han_of(token).windows(2) {
        keys.push(key(CHARACTERS, hash(&[pair[0].to_le_bytes(), pair[1].to_le_bytes()].concat())));
    }
    if is_acronym(token) && token.letters[2] != 0 {
        keys.push(key(INITIALS, u64::from_le_bytes(token.letters).wrapping_mul(SPREAD) >> 3));
    }
}

/// Two parts that stand together, in either order, and the word they may be elsewhere.
fn pair_keys<'a>(tokens: impl Iterator<Item = &'a Token> + Clone, keys: &mut Vec<Key>) {
    for (a, b) in tokens.clone().zip(tokens.skip(1)) {
        keys.push(key(PAIR, word_key(a).wrapping_add(word_key(b)).wrapping_mul(0xff51_afd7_ed55_8ccd) >> 5));
        if a.is_distinctive() && b.is_distinctive() && a.concept == 0 && b.concept == 0 {
            let whole = Spelling::joined([a, b].into_iter().map(|t| &t.spelling));
            keys.push(key(WORD, hash(whole.letters()).wrapping_mul(SPREAD)));
        }
    }
}

/// The initials of the whole name, brackets aside.
fn initials(name: &Name, initial: impl Fn(&Token) -> u8) -> Option<Key> {
    let mut letters = [0_u8; 8];
    let mut len = 0;
    for token in name.tokens.iter().filter(|t| t.counts() && !t.is(BRACKETED)) {
        *letters.get_mut(len)? = initial(token);
        len += 1;
    }
    (len >= 3).then(|| key(INITIALS, u64::from_le_bytes(letters).wrapping_mul(SPREAD) >> 3))
}
