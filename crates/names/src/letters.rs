//! What each character stands for in a name: nothing, a gap, or letters that can be read in Latin.

use any_ascii::any_ascii_char;
use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use pinyin::{ToPinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::script::Script;

const VARIANTS: &str = include_str!("../data/shinjitai.txt");
const PLANE: usize = 0x1_0000;

/// How a character takes part in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part {
    /// It parts words.
    #[default]
    Gap,
    /// It is not there: an accent, an apostrophe, an invisible character.
    Nothing,
    /// It is a letter.
    Letter,
    /// It is a digit.
    Digit,
    /// It is another way to write something else: the name has to be brought to NFKC first.
    Compatible,
}

/// One character of the basic plane.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Letter {
    pub(crate) part: Part,
    pub(crate) script: Script,
    /// The character under which it is compared: simplified Han, Katakana, else itself.
    pub(crate) plain: u16,
    pub(crate) capital: bool,
    at: u32,
    len: u8,
}

/// The table of all characters of the basic plane, and their readings.
pub(crate) struct Letters {
    table: Vec<Letter>,
    readings: String,
}

impl Letters {
    pub(crate) fn new() -> Letters {
        let mut letters = Letters { table: vec![Letter::default(); PLANE], readings: String::new() };
        let simple = simplified();
        for c in (0..PLANE as u32).filter_map(char::from_u32) {
            letters.add(c, simple[c as usize]);
        }
        letters
    }

    pub(crate) fn get(&self, c: char) -> Letter {
        self.table.get(c as usize).copied().unwrap_or_default()
    }

    /// The reading in lower-case Latin letters; may be empty.
    pub(crate) fn reading(&self, letter: Letter) -> &str {
        &self.readings[letter.at as usize..letter.at as usize + letter.len as usize]
    }

    fn add(&mut self, c: char, plain: u16) {
        let script = Script::of(c);
        let part = part_of(c, script);
        let reading = if part == Part::Letter || part == Part::Digit { read(c, plain, script) } else { String::new() };
        let at = self.readings.len() as u32;
        self.readings.push_str(&reading);
        self.table[c as usize] =
            Letter { part, script, plain, capital: c.is_uppercase(), at, len: reading.len() as u8 };
    }
}

/// All readings of a Han character, without tones; most have one.
pub(crate) fn han_readings(c: u16) -> impl Iterator<Item = &'static str> {
    let multi = char::from_u32(u32::from(c)).and_then(|c| c.to_pinyin_multi());
    multi.into_iter().flatten().map(|p| p.plain())
}

fn part_of(c: char, script: Script) -> Part {
    match c as u32 {
        0x1100..=0x11FF | 0x3099..=0x309C | 0x3131..=0x318E => return Part::Compatible,
        0x3005 | 0x3007 | 0x30FC => return Part::Letter,
        0x30FB | 0x30A0 => return Part::Gap,
        _ => {}
    }
    if matches!(c, '\'' | '`' | '´' | '\u{02B9}'..='\u{02BF}' | '‘' | '’' | '‛' | '′' | '\u{200B}'..='\u{200F}' | '\u{AD}' | '\u{FEFF}' | '\u{640}')
    {
        return Part::Nothing;
    }
    if is_combining_mark(c) {
        return if matches!(script, Script::Devanagari | Script::Thai | Script::Other) && (c as u32) > 0x0900 {
            Part::Letter
        } else {
            Part::Nothing
        };
    }
    let mut compatible = c.nfkc();
    if compatible.next() != Some(c) || compatible.next().is_some() {
        return Part::Compatible;
    }
    match c {
        _ if c.is_ascii_digit() => Part::Digit,
        _ if c.is_alphabetic() => Part::Letter,
        _ if c.is_numeric() => Part::Digit,
        _ => Part::Gap,
    }
}

fn read(c: char, plain: u16, script: Script) -> String {
    match script {
        Script::Han => char::from_u32(u32::from(plain))
            .and_then(|c| c.to_pinyin())
            .map_or_else(|| ascii(c), |p| p.plain().replace('ü', "v")),
        Script::Latin | Script::Greek | Script::Cyrillic => {
            c.to_lowercase().nfd().filter(|c| !is_combining_mark(*c) || *c == '\u{306}').map(latin).collect()
        }
        _ => ascii(c),
    }
}

/// Letters for which the library's reading is not the one in use for organisations.
fn latin(c: char) -> String {
    match c {
        '\u{306}' => String::new(),
        'ё' => "e".into(),
        'х' => "kh".into(),
        'ы' => "y".into(),
        'ў' => "u".into(),
        'ø' | 'ö' => "o".into(),
        'æ' => "ae".into(),
        'đ' => "d".into(),
        _ => ascii(c),
    }
}

fn ascii(c: char) -> String {
    any_ascii_char(c).bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase() as char).collect()
}

/// For every character of the basic plane the simplified character of the same word, or itself;
/// Hiragana as Katakana.
fn simplified() -> Vec<u16> {
    let mut simple: Vec<u16> = (0..=u16::MAX).collect();
    let han: Vec<char> = (0x3400..=0x9FFF_u32).filter_map(char::from_u32).collect();
    if let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) {
        let lines: String = han.iter().flat_map(|c| [*c, '\n']).collect();
        for (c, line) in han.iter().zip(converter.convert(&lines).lines()) {
            simple[*c as usize] = line.chars().next().map_or(*c as u16, |c| u16::try_from(c as u32).unwrap_or(0));
        }
    }
    for pair in VARIANTS.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
        if let (Some(from), Some(to)) = (pair.chars().next(), pair.chars().nth(1)) {
            simple[from as usize] = to as u16;
        }
    }
    for hiragana in 0x3041..=0x3096_u16 {
        simple[hiragana as usize] = hiragana + 0x60;
    }
    simple
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> String {
        let letters = Letters::new();
        text.chars().map(|c| letters.reading(letters.get(c)).to_string()).collect()
    }

    #[test]
    fn letters_of_other_scripts_are_read_in_latin() {
        assert_eq!(reading("Хабаровск"), "khabarovsk");
        assert_eq!(reading("海康"), "haikang");
        assert_eq!(reading("Łódź"), "lodz");
    }

    #[test]
    fn traditional_japanese_and_simplified_characters_are_one() {
        let letters = Letters::new();
        for (a, b) in [('視', '视'), ('國', '国'), ('広', '广'), ('廣', '广'), ('竜', '龙'), ('龍', '龙'), ('海', '海')]
        {
            assert_eq!(letters.get(a).plain, letters.get(b).plain, "{a} {b}");
        }
    }

    #[test]
    fn a_character_may_have_several_readings() {
        assert!(han_readings('重' as u16).any(|r| r == "chong") && han_readings('重' as u16).any(|r| r == "zhong"));
    }
}
