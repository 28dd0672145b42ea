//! The code with which a stranger comes back: six words that can be written on paper and read out.

use std::fmt;
use std::sync::LazyLock;

/// 2,048 plain words, no two of which begin with the same four letters.
const TEXT: &str = include_str!("words.txt");

static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| TEXT.split_whitespace().collect());

/// How many words a code has: 66 bits.
const LENGTH: usize = 6;

/// How many letters tell a word from all others.
const TELLING: usize = 4;

/// A code: six words out of 2,048.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code([u16; LENGTH]);

impl Code {
    /// A code out of random bytes.
    pub fn of(random: [u8; 2 * LENGTH]) -> Self {
        Self(std::array::from_fn(|at| u16::from_be_bytes([random[2 * at], random[2 * at + 1]]) % 2048))
    }

    /// Reads a code as somebody may type it: in any case, with anything between the words, each by its first four letters
    /// or more.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
        let numbers: Option<Vec<u16>> = words.iter().take(LENGTH + 1).map(|word| number(word)).collect();
        Some(Self(numbers?.try_into().ok()?))
    }

    /// The bytes that stand for it.
    pub fn bytes(&self) -> [u8; 2 * LENGTH] {
        std::array::from_fn(|at| self.0[at / 2].to_be_bytes()[at % 2])
    }

    /// Its words.
    pub fn words(&self) -> [&'static str; LENGTH] {
        self.0.map(|number| WORDS[usize::from(number)])
    }
}

fn number(word: &str) -> Option<u16> {
    let word = word.to_ascii_lowercase();
    let start = |word: &str| word.chars().take(TELLING).collect::<String>();
    let wanted = start(&word);
    let at = WORDS.iter().position(|known| start(known) == wanted)?;
    u16::try_from(at).ok()
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join(" "))
    }
}

/// A code is a key: it does not stand in logs.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_2048_words_told_apart_by_their_first_four_letters() {
        let starts: BTreeSet<&str> = WORDS.iter().map(|word| &word[..TELLING]).collect();
        assert_eq!((WORDS.len(), starts.len()), (2048, 2048));
        assert!(WORDS.iter().all(|word| word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_lowercase())));
    }

    #[test]
    fn a_code_is_read_however_it_was_noted() {
        let code = Code::of([0, 0, 0, 1, 8, 2, 0, 3, 7, 255, 0, 5]);
        let [a, b, c, d, e, f] = code.words();
        assert_eq!((a, b), ("abacus", "able"), "the first of the list");
        for typed in [
            format!("{a} {b} {c} {d} {e} {f}"),
            format!("  {}-{b}, {c}\n{d}/{e} {f}. ", a.to_uppercase()),
            format!("{} {b} {c} {d} {e} {f}", &a[..4]),
            format!("{a}s {b} {c} {d} {e} {f}"),
        ] {
            assert_eq!(Code::parse(&typed), Some(code), "{typed}");
        }
        for wrong in [format!("{a} {b} {c} {d} {e}"), format!("{code} {a}"), "zzzz b c d e f".into(), String::new()] {
            assert_eq!(Code::parse(&wrong), None, "{wrong}");
        }
        assert_eq!(format!("{code:?}"), "Code(…)");
    }

    proptest! {
        #[test]
        fn every_code_is_read_back(random in any::<[u8; 12]>()) {
            let code = Code::of(random);
            prop_assert_eq!(Code::parse(&code.to_string()), Some(code));
            prop_assert_eq!(Code::of(code.bytes()), code);
        }

        #[test]
        fn no_typing_is_too_strange(text in any::<String>()) {
            let _ = Code::parse(&text);
        }
    }
}
