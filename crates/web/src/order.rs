//! The order of names: by the alphabet in English; in Chinese by pinyin, with Latin names among them, or by strokes.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::{Locale, locale};
use ui::Lang;

/// What names are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The alphabet, or pinyin.
    Sound,
    /// The number of strokes.
    Strokes,
}

/// Compares names as readers of a language look them up.
pub(crate) struct Names {
    collator: CollatorBorrowed<'static>,
    lang: Lang,
    by: By,
}

/// The first character of each letter of pinyin in the order of the dictionary; no syllable begins with I, U or V.
const INITIALS: [(&str, char); 22] = [
    ("八", 'B'),
    ("嚓", 'C'),
    ("咑", 'D'),
    ("妸", 'E'),
    ("发", 'F'),
    ("旮", 'G'),
    ("哈", 'H'),
    ("丌", 'J'),
    ("咔", 'K'),
    ("垃", 'L'),
    ("妈", 'M'),
    ("拏", 'N'),
    ("噢", 'O'),
    ("妑", 'P'),
    ("七", 'Q'),
    ("呥", 'R'),
    ("仨", 'S'),
    ("他", 'T'),
    ("屲", 'W'),
    ("夕", 'X'),
    ("丫", 'Y'),
    ("帀", 'Z'),
];

impl Names {
    /// The order of a language.
    pub fn of(lang: Lang, by: By) -> Self {
        let locale: Locale = match (lang, by) {
            (Lang::En, _) => locale!("en"),
            (Lang::ZhHans, By::Sound) => locale!("zh-u-co-pinyin"),
            (Lang::ZhHans, By::Strokes) => locale!("zh-u-co-stroke"),
        };
        let collator = Collator::try_new(locale.into(), CollatorOptions::default());
        Self { collator: collator.expect("invariant: the program holds the tables of every language"), lang, by }
    }

    /// Sorts by letter, then by the rules of the language; what has the same name keeps its order.
    pub fn sort<T: Clone>(&self, all: &mut Vec<T>, name: impl Fn(&T) -> &str) {
        let letter = |one: &T| if self.by == By::Sound { self.letter(name(one)) } else { '#' };
        let mut keyed: Vec<(char, T)> = all.iter().map(|one| (letter(one), one.clone())).collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| self.collator.compare(name(&a.1), name(&b.1))));
        *all = keyed.into_iter().map(|(_, one)| one).collect();
    }

    /// The letter under which a name is looked up: its first Latin letter, or that of its pinyin; `#` for any other.
    pub fn letter(&self, name: &str) -> char {
        let Some(first) = name.chars().find(|c| c.is_alphanumeric()) else { return '#' };
        if is_han(first) && self.lang == Lang::ZhHans {
            let text = first.to_string();
            let below =
                INITIALS.iter().rev().find(|(least, _)| self.collator.compare(least, &text) != Ordering::Greater);
            return below.map_or('A', |(_, letter)| *letter);
        }
        let plain: char = unaccented(first);
        if plain.is_ascii_alphabetic() { plain.to_ascii_uppercase() } else { '#' }
    }
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

/// The Latin letter below an accent, for the accents that names of the atlas begin with.
fn unaccented(letter: char) -> char {
    match letter {
        'À'..='Å' | 'à'..='å' => 'A',
        'È'..='Ë' | 'è'..='ë' => 'E',
        'Ì'..='Ï' | 'ì'..='ï' => 'I',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' => 'O',
        'Ù'..='Ü' | 'ù'..='ü' => 'U',
        'Ç' | 'ç' | 'Č' | 'č' => 'C',
        'Š' | 'š' | 'Ş' | 'ş' => 'S',
        'Ž' | 'ž' => 'Z',
        'Ñ' | 'ñ' => 'N',
        'Ł' | 'ł' => 'L',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(lang: Lang, by: By, mut names: Vec<&str>) -> Vec<&str> {
        let order = Names::of(lang, by);
        order.sort(&mut names, |name| name);
        names
    }

    #[test]
    fn english_names_stand_by_letter_whatever_their_accents_and_case() {
        assert_eq!(
            sorted(Lang::En, By::Sound, vec!["ZTE", "Élysée", "eBay", "Fédération", "Zain"]),
            ["eBay", "Élysée", "Fédération", "Zain", "ZTE"]
        );
    }

    #[test]
    fn chinese_names_stand_by_pinyin_or_by_strokes() {
        // běi, háng, zhè; 5 strokes, 8 strokes, 10 strokes.
        assert_eq!(sorted(Lang::ZhHans, By::Sound, vec!["浙江", "杭州", "北京"]), ["北京", "杭州", "浙江"]);
        assert_eq!(sorted(Lang::ZhHans, By::Strokes, vec!["浙江", "杭州", "北京"]), ["北京", "杭州", "浙江"]);
        // yī and dīng: 1 and 2 strokes.
        assert_eq!(sorted(Lang::ZhHans, By::Sound, vec!["一", "丁"]), ["丁", "一"]);
        assert_eq!(sorted(Lang::ZhHans, By::Strokes, vec!["丁", "一"]), ["一", "丁"]);
    }

    #[test]
    fn every_name_has_its_letter() {
        let zh = Names::of(Lang::ZhHans, By::Sound);
        for (name, letter) in [
            ("阿里巴巴", 'A'),
            ("百度", 'B'),
            ("大华股份", 'D'),
            ("海康威视", 'H'),
            ("华为", 'H'),
            ("京东", 'J'),
            ("旷视科技", 'K'),
            ("联想", 'L'),
            ("蚂蚁集团", 'M'),
            ("南沙区", 'N'),
            ("平安新疆", 'P'),
            ("奇虎", 'Q'),
            ("人民警察", 'R'),
            ("商汤科技", 'S'),
            ("腾讯", 'T'),
            ("武汉大学", 'W'),
            ("小米", 'X'),
            ("云从科技", 'Y'),
            ("中兴通讯", 'Z'),
            ("ZTE", 'Z'),
            ("Élysée", 'E'),
            ("360", '#'),
        ] {
            assert_eq!(zh.letter(name), letter, "{name}");
        }
        assert_eq!(Names::of(Lang::En, By::Sound).letter("华为"), '#');
    }
}
