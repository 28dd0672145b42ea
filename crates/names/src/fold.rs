//! Folding: the form of a name in which case, accents, width and punctuation no longer matter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name in lower case, compatibility forms unified (NFKC), accents and invisible characters
/// dropped, and everything that is no letter, digit or vowel sign turned into single spaces.
///
/// Accents are the marks written above or below an unchanged letter: those of the combining
/// diacritics blocks, and the points of Hebrew and Arabic. Marks that are part of how a word is
/// spelt, such as Indic vowel signs and Japanese voicing, stay. Apostrophes join what they part.
///
/// ```
/// assert_eq!(names::fold("Ｈｕａｗｅｉ　Technologies (Côte d’Ivoire)"), "huawei technologies cote divoire");
/// assert_eq!(names::fold("杭州海康威视数字技术股份有限公司。"), "杭州海康威视数字技术股份有限公司");
/// assert_eq!(names::fold("ガイア"), "ガイア");
/// assert_eq!(names::fold("Hik\u{200b}vision"), "hikvision");
/// assert_eq!(names::fold("…"), "");
/// ```
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return words(&name.replace(is_apostrophe, "").to_ascii_lowercase());
    }
    letters(name)
}

/// The rule for any text. For ASCII it comes down to what [`fold`] does, at a tenth of the time.
fn letters(name: &str) -> String {
    let decomposed = name.nfkd().flat_map(char::to_lowercase).nfkd();
    let plain: String =
        decomposed.filter(|c| !is_accent(*c) && !is_invisible(*c) && !is_apostrophe(*c)).nfc().collect();
    words(&plain)
}

/// The words of a text with single spaces between.
fn words(plain: &str) -> String {
    let mut folded = String::with_capacity(plain.len());
    for word in plain.split(|c: char| !is_part_of_word(c)).filter(|w| !w.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The first character of a name that a reader can't see or that turns the direction of writing:
/// what makes a forged name look like another. Names are stored as they are and marked.
///
/// ```
/// assert_eq!(names::hidden_character("Hik\u{200b}vision"), Some('\u{200b}'));
/// assert_eq!(names::hidden_character("海康威视"), None);
/// ```
pub fn hidden_character(name: &str) -> Option<char> {
    // The two joiners are part of the spelling of Persian and of Indic scripts.
    let joins = |c: char| {
        matches!(c, '\u{200C}' | '\u{200D}')
            && !name.is_ascii()
            && name.chars().any(|l| ('\u{0600}'..='\u{0FFF}').contains(&l))
    };
    name.chars().find(|c| (is_invisible(*c) && !joins(*c)) || (c.is_control() && !c.is_whitespace()))
}

fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}')
}

/// Characters that a reader can't see but that make two equal-looking names differ.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{00B4}' | '\u{02B9}'..='\u{02BF}' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_width_case_and_punctuation_do_not_matter() {
        for (a, b) in [
            ("ÇELİK", "celik"),
            ("Müller–Straße", "muller straße"),
            ("Ürümqi\tＣｌｏｕｄ", "urumqi cloud"),
            ("Xi’an  Aero-Engine", "xian aero engine"),
            ("بَيْت", "بيت"),
            ("Nº 5", "no 5"),
        ] {
            assert_eq!(fold(a), b);
        }
    }

    #[test]
    fn letters_of_other_scripts_stay() {
        for name in ["华为技术有限公司", "яндекс", "हिन्दी", "삼성전자", "ไทย", "ピー ブイ"]
        {
            assert_eq!(fold(name), name);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(name in any::<String>()) {
            let once = fold(&name);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_short_way_for_ascii_gives_what_the_long_way_gives(name in "[ -~\t\n\x00]{0,40}") {
            prop_assert_eq!(fold(&name), letters(&name));
        }

        #[test]
        fn a_folded_name_has_single_inner_spaces_only(name in "\\PC{0,40}") {
            let folded = fold(&name);
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
        }
    }
}
