//! How alike two parts of two names are, and by which rule.

use crate::class::Class;
use crate::letters::han_readings;
use crate::name::Name;
use crate::script::Script;
use crate::spelling::{LONGEST, Spelling};
use crate::token::Token;
use crate::wade::wade_giles;

/// By which rule two parts met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Rule {
    /// The same word.
    #[default]
    Same,
    /// The same shared meaning in another word or language.
    Translated,
    /// The same sound in another script or romanisation.
    Read,
    /// The same consonants, where one script writes no vowels.
    Consonants,
    /// A spelling that differs a little.
    Near,
    /// One is the beginning of the other.
    Shortened,
    /// Written as one word here and as several there.
    Joined,
    /// Initials of the other's words.
    Initials,
    /// Han characters of which one is another.
    OtherCharacter,
}

/// Below this, two parts do not meet.
pub(crate) const LEAST: f32 = 0.6;
/// In one script, where nothing was lost by romanising, spellings have to be nearer.
const NEAREST: f32 = 0.7;

/// The likeness of two parts, from 0 to 1.
pub(crate) fn likeness(a: &Token, b: &Token, left: &Name, right: &Name) -> (f32, Rule) {
    if a.hash == b.hash && a.concept == b.concept {
        return (1.0, Rule::Same);
    }
    if a.concept != 0 && a.concept == b.concept {
        return same_meaning(a, b);
    }
    if a.class == Class::Number || b.class == Class::Number {
        return (0.0, Rule::Same);
    }
    if a.concept != 0 && b.concept != 0 {
        return (0.0, Rule::Same);
    }
    match (a.han.1 > 0, b.han.1 > 0) {
        (true, true) => han_likeness(left.han_of(a), right.han_of(b)),
        // Characters are compared with characters; that they sound alike says nothing.
        _ if a.script == Script::Han && b.script == Script::Han => (0.0, Rule::Same),
        (true, false) if read_as(left.han_of(a), b) => (0.97, Rule::Read),
        (false, true) if read_as(right.han_of(b), a) => (0.97, Rule::Read),
        _ => spelt_likeness(a, b),
    }
}

/// Two words for one thing: one word in two forms is surer than two words.
fn same_meaning(a: &Token, b: &Token) -> (f32, Rule) {
    if a.class == Class::Brand || a.class == Class::Country || a.class == Class::Place {
        return (0.98, Rule::Translated);
    }
    let (x, y) = (a.spelling.letters(), b.spelling.letters());
    let shared = x.iter().zip(y).take_while(|(p, q)| p == q).count();
    if shared >= 4 || shared >= 3 && shared == x.len().min(y.len()) {
        (0.97, Rule::Same)
    } else if a.script != b.script {
        (0.95, Rule::Translated)
    } else {
        (0.85, Rule::Translated)
    }
}

/// Han characters one by one: in a short name another character is another name.
fn han_likeness(a: &[u16], b: &[u16]) -> (f32, Rule) {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let common = longest_common(short, long);
    if common == short.len() {
        let share = short.len() as f32 / long.len() as f32;
        let is_clipped = long.len() <= 4 && long.len() - short.len() == 1;
        return if short.len() >= 2 && !is_clipped { (0.55 + 0.4 * share, Rule::Shortened) } else { (0.0, Rule::Same) };
    }
    let share = common as f32 / long.len() as f32;
    if long.len() <= 4 { (0.0, Rule::OtherCharacter) } else { (share * share, Rule::OtherCharacter) }
}

/// Length of the longest common subsequence; both are short.
fn longest_common(a: &[u16], b: &[u16]) -> usize {
    let mut row = [0_u8; 48];
    for x in a {
        let mut corner = 0;
        for (j, y) in b.iter().enumerate() {
            let up = row[j + 1];
            row[j + 1] = if x == y { corner + 1 } else { up.max(row[j]) };
            corner = up;
        }
    }
    row[b.len()] as usize
}

/// Whether the word is a reading of all the characters, by any of their readings, in pinyin or as spelt before.
fn read_as(han: &[u16], word: &Token) -> bool {
    if word.script != Script::Latin || han.len() < 2 || word.spelling.len() < han.len() {
        return false;
    }
    let letters = word.spelling.letters();
    let mut reached = 1_u32;
    for c in han {
        let mut next = 0;
        for reading in han_readings(*c) {
            let old = wade_giles(reading);
            let len = old.iter().position(|b| *b == 0).unwrap_or(old.len());
            next |= beyond(letters, reached, &Spelling::of(reading.as_bytes()))
                | beyond(letters, reached, &Spelling::of(&old[..len]));
        }
        reached = next;
        if reached == 0 {
            return false;
        }
    }
    reached >> letters.len() & 1 == 1
}

/// The places, a bit each, that a syllable leads to from the places reached.
fn beyond(letters: &[u8], reached: u32, syllable: &Spelling) -> u32 {
    let mut next = 0;
    for at in (0..letters.len()).filter(|at| reached >> at & 1 == 1) {
        if letters[at..].starts_with(syllable.letters()) {
            next |= 1 << (at + syllable.len());
        }
    }
    next
}

/// Words in Latin spelling, whatever their script was.
fn spelt_likeness(a: &Token, b: &Token) -> (f32, Rule) {
    let same_script = a.script == b.script;
    let (x, y) = (a.spelling.letters(), b.spelling.letters());
    if a.spelling.mask == b.spelling.mask && x == y && !x.is_empty() {
        return if same_script { (0.98, Rule::Near) } else { (0.98, Rule::Read) };
    }
    let consonantal = a.script.is_consonantal() != b.script.is_consonantal();
    if consonantal {
        return consonant_likeness(&a.spelling, &b.spelling);
    }
    if a.script == Script::Kana || b.script == Script::Kana {
        let spelt = loaned(&a.spelling, &b.spelling);
        if spelt >= LEAST {
            return (spelt, if same_script { Rule::Near } else { Rule::Read });
        }
    }
    let spelt = near(&a.spelling, &b.spelling);
    if spelt >= if same_script { NEAREST } else { LEAST } {
        return (spelt, if same_script { Rule::Near } else { Rule::Read });
    }
    // Where a script writes its vowels, equal consonants are not enough: Kashan is not Keshin.
    let bones = a.spelling.bones == b.spelling.bones && a.spelling.consonants() >= 3;
    if bones && !same_script && a.script.is_consonantal() {
        return (0.8, Rule::Consonants);
    }
    shortened(&a.spelling, &b.spelling)
}

/// Foreign words in Kana have one liquid, a vowel after every consonant, and no v: ウラル is `uraru`.
fn loaned(a: &Spelling, b: &Spelling) -> f32 {
    let ((x, m), (y, n)) = (bare(a), bare(b));
    let (x, y) = (&x[..m], &y[..n]);
    let longest = m.max(n);
    if x.len().min(y.len()) < 4 || x.len().abs_diff(y.len()) > 2 {
        return 0.0;
    }
    0.95 - edits(x, y, 2) as f32 / longest as f32
}

/// The letters without the vowels that Japanese puts between consonants.
fn bare(spelling: &Spelling) -> ([u8; LONGEST], usize) {
    let (mut bare, mut len) = ([0; LONGEST], 0);
    for letter in spelling.letters() {
        let letter = match letter {
            b'u' | b'o' => continue,
            b'l' => b'r',
            b'v' => b'b',
            other => *other,
        };
        if len == 0 || bare[len - 1] != letter {
            bare[len] = letter;
            len += 1;
        }
    }
    (bare, len)
}

/// One word is the other's beginning: Inst. for Institute.
fn shortened(a: &Spelling, b: &Spelling) -> (f32, Rule) {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == 0 || long.letters()[0] != short.letters()[0] {
        return (0.0, Rule::Same);
    }
    if short.len() >= 3 && short.mask & !long.mask == 0 && long.letters().starts_with(short.letters()) {
        return (0.6 + 0.3 * short.len() as f32 / long.len() as f32, Rule::Shortened);
    }
    if short.len() == 1 && long.len() > 1 {
        return (0.62, Rule::Initials);
    }
    (0.0, Rule::Same)
}

/// Likeness of two spellings: 1 less the share of letters that differ; 0 where it can't reach [`LEAST`].
pub(crate) fn near(a: &Spelling, b: &Spelling) -> f32 {
    let longest = a.len().max(b.len());
    let most = if longest <= 3 { 0 } else { (longest as f32 * (1.0 - LEAST)) as usize };
    let apart = (a.mask & !b.mask).count_ones().max((b.mask & !a.mask).count_ones()) as usize;
    if most == 0 || a.len().abs_diff(b.len()) > most || apart > most {
        return 0.0;
    }
    let distance = distance(a.letters(), b.letters());
    if distance > most {
        return 0.0;
    }
    let likeness = 1.0 - distance as f32 / longest as f32;
    if a.letters()[0] == b.letters()[0] { likeness } else { likeness - 0.08 }
}

/// Insertions, deletions, replacements and swaps of neighbours from one to the other, of at most 32 letters each below
/// 128: a column of the table in two words (Hyyrö, *Bit-parallel approximate string matching algorithms with
/// transposition*, 2003).
fn distance(a: &[u8], b: &[u8]) -> usize {
    let (a, b) = differing(a, b);
    if a.is_empty() || b.is_empty() {
        return a.len() + b.len();
    }
    let mut places = [0_u32; 128];
    for (i, letter) in a.iter().enumerate() {
        places[usize::from(letter & 127)] |= 1 << i;
    }
    let last = 1_u32 << (a.len() - 1);
    let (mut more, mut less, mut diagonal, mut before, mut distance) = (u32::MAX, 0_u32, 0_u32, 0_u32, a.len());
    for letter in b {
        let here = places[usize::from(letter & 127)];
        let swapped = ((!diagonal & here) << 1) & before;
        diagonal = ((here & more).wrapping_add(more) ^ more) | here | less | swapped;
        let (up, down) = (less | !(diagonal | more), diagonal & more);
        distance = distance + usize::from(up & last != 0) - usize::from(down & last != 0);
        let up = up << 1 | 1;
        (more, less, before) = (down << 1 | !(diagonal | up), up & diagonal, here);
    }
    distance
}

/// What is left of two words without their common beginning and end.
fn differing<'w>(a: &'w [u8], b: &'w [u8]) -> (&'w [u8], &'w [u8]) {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// The same by the whole table, given up early: anything above `most` may come out as `most + 1`.
fn edits(a: &[u8], b: &[u8], most: usize) -> usize {
    let (a, b) = differing(a, b);
    if a.is_empty() || b.is_empty() {
        return a.len() + b.len();
    }
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for (j, cell) in rows[1].iter_mut().enumerate() {
        *cell = j as u8;
    }
    for i in 1..=a.len() {
        let [older, old, new] = &mut rows;
        new[0] = i as u8;
        let mut least = new[0];
        for j in 1..=b.len() {
            let changed = old[j - 1] + u8::from(a[i - 1] != b[j - 1]);
            let mut best = changed.min(old[j] + 1).min(new[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(older[j - 2] + 1);
            }
            new[j] = best;
            least = least.min(best);
        }
        if least as usize > most {
            return most + 1;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()] as usize
}

/// Likeness by consonants alone; with few of them it says little.
fn consonant_likeness(a: &Spelling, b: &Spelling) -> (f32, Rule) {
    let (m, n) = (a.consonants(), b.consonants());
    let longest = m.max(n);
    if longest < 2 || m.abs_diff(n) > 1 || m == 0 || n == 0 {
        return (0.0, Rule::Same);
    }
    if a.bones == b.bones {
        return (if longest >= 3 { 0.92 } else { 0.75 }, Rule::Consonants);
    }
    let (mut x, mut y) = ([0_u8; 16], [0_u8; 16]);
    for i in 0..16 {
        x[i] = (a.bones >> (4 * i) & 15) as u8;
        y[i] = (b.bones >> (4 * i) & 15) as u8;
    }
    let distance = distance(&x[..m as usize], &y[..n as usize]);
    let likeness = 1.0 - distance as f32 / longest as f32;
    if longest >= 5 && distance == 1 { (likeness * 0.92, Rule::Consonants) } else { (0.0, Rule::Same) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str) -> (f32, Rule) {
        let (a, b) = (Name::new(a), Name::new(b));
        likeness(&a.tokens[0], &b.tokens[0], &a, &b)
    }

    #[test]
    fn edits_are_those_of_the_book() {
        for (a, b, n) in
            [("kitten", "sitting", 3), ("ca", "ac", 1), ("abc", "abc", 0), ("flaw", "lawn", 2), ("a", "", 1)]
        {
            assert_eq!(edits(a.as_bytes(), b.as_bytes(), 9), n, "{a} {b}");
            assert_eq!(distance(a.as_bytes(), b.as_bytes()), n, "{a} {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn edits_counted_by_bits_are_those_counted_by_the_table(a in "[abcd]{0,24}", b in "[abcd]{0,24}") {
            proptest::prop_assert_eq!(distance(a.as_bytes(), b.as_bytes()), edits(a.as_bytes(), b.as_bytes(), 99));
        }
    }

    #[test]
    fn another_character_in_a_short_han_name_is_another_name() {
        assert_eq!(check("晓晨光", "晓辰光").0, 0.0);
        assert_eq!(check("曉晨光", "晓晨光").0, 1.0);
    }

    #[test]
    fn any_reading_of_a_character_will_do() {
        for latin in ["Chongxiao", "Zhongxiao"] {
            assert_eq!(check("重晓", latin).1, Rule::Read, "{latin}");
        }
    }

    #[test]
    fn words_meet_across_scripts() {
        assert!(check("Zvezdochka", "Звёздочка").0 > 0.9);
        assert!(check("Stratel", "ストラテル").0 > 0.9);
        assert_eq!(check("Chunghsiao", "重晓").1, Rule::Read);
        assert!(check("Boroujerdi", "بروجردی").0 > 0.9);
        assert_eq!(check("University", "大学"), (0.95, Rule::Translated));
        assert_eq!(check("Zorbax", "Kalimba").0, 0.0);
    }
}
