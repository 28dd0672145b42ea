//! What a single character of a text stands for when texts are searched: nothing, a gap, or letters in one form.

use std::iter;

use unicode_normalization::UnicodeNormalization;

use crate::letters::{Part, han_readings};
use crate::name::tables;
use crate::script::Script;

/// What a character of a text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It parts words.
    Gap,
    /// It is not there: an accent, an apostrophe, an invisible character.
    Nothing,
    /// A letter or digit.
    Letter {
        /// The one form under which it is found: lower case, simplified Han, Katakana.
        plain: char,
        /// How it is read in Latin letters; may be empty.
        latin: &'static str,
        /// Its script; digits count as Latin.
        script: Script,
    },
}

/// The signs of a character: one, or several where it is another way to write them (`㈱`, `ﬁ`).
///
/// ```
/// let plain = |c| names::signs(c).filter_map(|s| match s { names::Sign::Letter { plain, .. } => Some(plain), _ => None });
/// assert_eq!(plain('視').collect::<String>(), "视");
/// assert_eq!(plain('ﬁ').collect::<String>(), "fi");
/// assert_eq!(plain('É').count(), 1);
/// ```
pub fn signs(c: char) -> impl Iterator<Item = Sign> {
    let letters = &tables().letters;
    let apart = letters.get(c).part == Part::Compatible;
    let whole = iter::once(c).filter(move |_| !apart);
    whole.chain(c.nfkc().filter(move |_| apart)).map(sign)
}

/// The readings of a Han character in Pinyin without tones, `ü` as `v`; traditional characters are read as simplified ones.
pub fn pinyin(c: char) -> impl Iterator<Item = &'static str> {
    let plain = tables().letters.get(c).plain;
    han_readings(plain).map(|reading| if reading.contains('ü') { without_umlaut(reading) } else { reading })
}

fn without_umlaut(reading: &str) -> &'static str {
    match reading {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        _ => "v",
    }
}

fn sign(c: char) -> Sign {
    let letters = &tables().letters;
    let script = Script::of(c);
    if c as u32 > 0xFFFF {
        return if c.is_alphanumeric() { Sign::Letter { plain: c, latin: "", script } } else { Sign::Gap };
    }
    let letter = letters.get(c);
    match letter.part {
        Part::Gap => Sign::Gap,
        Part::Nothing => Sign::Nothing,
        Part::Letter | Part::Digit | Part::Compatible => {
            let plain = char::from_u32(u32::from(letter.plain)).unwrap_or(c);
            let plain = plain.to_lowercase().next().unwrap_or(plain);
            Sign::Letter { plain, latin: letters.reading(letter), script: letter.script }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<(char, &'static str)> {
        let signs = text.chars().flat_map(signs);
        signs
            .filter_map(|sign| match sign {
                Sign::Letter { plain, latin, .. } => Some((plain, latin)),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn letters_come_in_one_form_with_their_reading() {
        assert_eq!(letters("É"), [('é', "e")]);
        assert_eq!(letters("視"), [('视', "shi")]);
        assert_eq!(letters("Ж"), [('ж', "zh")]);
        assert_eq!(letters("か"), [('カ', "ka")]);
        assert_eq!(letters("㈱"), [('株', "zhu")]);
        assert_eq!(letters("Ａ７"), [('a', "a"), ('7', "7")]);
    }

    #[test]
    fn gaps_and_what_is_not_there_are_told_apart() {
        let of = |c| signs(c).collect::<Vec<_>>();
        assert_eq!(of('，'), [Sign::Gap]);
        assert_eq!(of('\u{200b}'), [Sign::Nothing]);
        assert_eq!(of('’'), [Sign::Nothing]);
    }

    #[test]
    fn traditional_characters_are_read_like_simplified_ones_and_every_reading_is_given() {
        assert_eq!(pinyin('視').collect::<Vec<_>>(), ["shi"]);
        assert!(pinyin('重').any(|r| r == "chong") && pinyin('重').any(|r| r == "zhong"));
        assert_eq!(pinyin('女').next(), Some("nv"));
    }
}
