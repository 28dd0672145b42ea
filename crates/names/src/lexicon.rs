//! The words that many organisations share: what they mean, in every spelling of the data files.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::kana::push_kana;
use crate::letters::{Letters, Part};
use crate::script::Script;
use crate::spelling::Spelling;

const WORDS: &str = include_str!("../data/words.tsv");
const PLACES: &str = include_str!("../data/places.tsv");
const LEGAL: &str = include_str!("../data/legal.tsv");
const BRANDS: &str = include_str!("../data/brands.tsv");
const ABBREVIATIONS: &str = include_str!("../data/abbreviations.tsv");

/// How many letters may follow a stem.
const LONGEST_ENDING: usize = 7;
/// Shorter stems match themselves only.
const SHORTEST_STEM: usize = 3;
/// Pinyin of a shared Han word counts as that word if it is at least this long.
const SHORTEST_PINYIN: usize = 5;

/// What part a word plays in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Class {
    /// It tells this organisation from others.
    #[default]
    Distinctive,
    /// The name of a well-known company, in one of its spellings.
    Brand,
    /// The kind of body: university, bank, works.
    Kind,
    /// The field of work: technology, medicine.
    Field,
    /// A quality or rank: national, first.
    Quality,
    /// An honour before a person's name.
    Title,
    /// It says that this is part of a larger body.
    Branch,
    /// A country.
    Country,
    /// A region or city.
    Place,
    /// The legal form.
    Legal,
    /// A number.
    Number,
    /// Without meaning of its own: of, and, the.
    Link,
}

/// A meaning of the data files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Concept {
    pub(crate) id: &'static str,
    pub(crate) class: Class,
    /// Legal forms: the families it can belong to, a bit each. Brands: 1 if one company bears it.
    pub(crate) families: u8,
}

/// What a spelling means: one to five meanings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) concepts: [u16; 5],
    /// A short legal form, which counts at the ends of a name only.
    pub(crate) weak: bool,
}

/// Word patterns that follow a phrase's first word.
struct Phrase {
    rest: Vec<Pattern>,
    meaning: Meaning,
}

struct Pattern {
    text: Vec<u8>,
    open: bool,
}

type Table<T> = HashMap<u64, T, BuildHasherDefault<Identity>>;

/// All shared words.
pub(crate) struct Lexicon {
    concepts: Vec<Concept>,
    exact: Table<Meaning>,
    stems: Table<Meaning>,
    phrases: Table<Vec<Phrase>>,
    open_phrases: Table<Vec<(Pattern, Phrase)>>,
    dense: Table<Vec<(Vec<u16>, Meaning)>>,
    starts: Vec<u64>,
    /// Every syllable of standard Chinese, as it is spelt.
    syllables: Vec<Vec<u8>>,
}

impl Lexicon {
    pub(crate) fn new(letters: &Letters) -> Lexicon {
        let mut lexicon = Lexicon {
            concepts: vec![Concept { id: "", class: Class::Distinctive, families: 0 }],
            exact: Table::default(),
            stems: Table::default(),
            phrases: Table::default(),
            open_phrases: Table::default(),
            dense: Table::default(),
            starts: vec![0; 1 << 10],
            syllables: syllables(letters),
        };
        for (id, class, spellings) in rows(WORDS).chain(rows(PLACES)) {
            lexicon.add(letters, id, class_of(class), 0, spellings);
        }
        for (id, families, spellings) in rows(LEGAL) {
            lexicon.add(letters, id, Class::Legal, families.bytes().fold(0, |bits, f| bits | family(f)), spellings);
        }
        for (id, class, spellings) in rows(BRANDS) {
            lexicon.add(letters, id, Class::Brand, u8::from(class == "company"), spellings);
        }
        lexicon.abbreviate(letters);
        lexicon.sort();
        lexicon
    }

    pub(crate) fn concept(&self, concept: u16) -> Concept {
        self.concepts[concept as usize]
    }

    /// The meaning of one word in Latin letters.
    pub(crate) fn word(&self, word: &[u8]) -> Option<Meaning> {
        if let Some(meaning) = self.exact.get(&hash(word)) {
            return Some(*meaning);
        }
        if word.len() < SHORTEST_STEM || !self.may_start(word) {
            return None;
        }
        let shortest = word.len().saturating_sub(LONGEST_ENDING).max(SHORTEST_STEM);
        let mut state = START;
        let mut best = None;
        for (at, byte) in word.iter().enumerate() {
            state = step(state, *byte);
            if at + 1 >= shortest
                && let Some(meaning) = self.stems.get(&finish(state))
            {
                best = Some(*meaning);
            }
        }
        best
    }

    /// Whether some phrase starts with this word.
    pub(crate) fn begins_phrase(&self, word: &[u8]) -> bool {
        let open = word.get(..SHORTEST_STEM).and_then(|start| self.open_phrases.get(&hash(start)));
        self.phrases.contains_key(&hash(word)) || open.into_iter().flatten().any(|(first, _)| first.fits(word))
    }

    /// The longest phrase at the start of these words, with its length in words.
    pub(crate) fn phrase<'a>(&self, words: impl Fn(usize) -> Option<&'a [u8]>) -> Option<(Meaning, usize)> {
        let first = words(0)?;
        let follows =
            |phrase: &&Phrase| phrase.rest.iter().enumerate().all(|(i, p)| words(i + 1).is_some_and(|w| p.fits(w)));
        let exact = self.phrases.get(&hash(first)).into_iter().flatten();
        let open =
            first.get(..SHORTEST_STEM).and_then(|start| self.open_phrases.get(&hash(start))).into_iter().flatten();
        exact
            .chain(open.filter(|(p, _)| p.fits(first)).map(|(_, phrase)| phrase))
            .filter(follows)
            .max_by_key(|phrase| phrase.rest.len())
            .map(|phrase| (phrase.meaning, phrase.rest.len() + 1))
    }

    /// The longest shared word at the start of a text without spaces, with its length in characters.
    pub(crate) fn dense(&self, text: &[u16]) -> Option<(Meaning, usize)> {
        let words = self.dense.get(&u64::from(*text.first()?))?;
        words.iter().find(|(word, _)| text.starts_with(word)).map(|(word, meaning)| (*meaning, word.len()))
    }

    /// Whether a spelling can be read as two to four Chinese syllables.
    pub(crate) fn is_pinyin(&self, letters: &[u8]) -> bool {
        let mut reached = 1_u32;
        for step in 1..=4 {
            let mut next = 0;
            for at in (0..letters.len()).filter(|at| reached >> at & 1 == 1) {
                for syllable in self.syllables.iter().filter(|s| letters[at..].starts_with(s)) {
                    next |= 1 << (at + syllable.len());
                }
            }
            if step > 1 && next >> letters.len() & 1 == 1 {
                return true;
            }
            reached = next;
        }
        false
    }

    fn may_start(&self, word: &[u8]) -> bool {
        let at = start_bits(word);
        self.starts[at >> 6] >> (at & 63) & 1 == 1
    }

    fn add(&mut self, letters: &Letters, id: &'static str, class: Class, families: u8, spellings: &str) {
        let concept = self.concepts.len() as u16;
        self.concepts.push(Concept { id, class, families });
        let meaning = Meaning { concepts: [concept, 0, 0, 0, 0], weak: false };
        for spelling in spellings.split(", ") {
            self.spell(letters, spelling, meaning);
        }
    }

    fn abbreviate(&mut self, letters: &Letters) {
        let ids: HashMap<&str, u16> = self.concepts.iter().enumerate().map(|(i, c)| (c.id, i as u16)).collect();
        for (spellings, meanings) in pairs(ABBREVIATIONS) {
            let mut concepts = [0; 5];
            for (slot, id) in concepts.iter_mut().zip(meanings.split(' ')) {
                *slot = ids.get(id).copied().unwrap_or(0);
            }
            for spelling in spellings.split(", ") {
                self.spell(letters, spelling, Meaning { concepts, weak: false });
            }
        }
    }

    /// Files one spelling where a name that uses it will look.
    fn spell(&mut self, letters: &Letters, spelling: &str, meaning: Meaning) {
        if spelling.chars().any(|c| Script::of(c).is_dense() && letters.get(c).part == Part::Letter) {
            self.spell_dense(letters, spelling, meaning);
            return;
        }
        let mut patterns: Vec<Pattern> =
            spelling.split(' ').map(|w| Pattern::new(letters, w)).filter(|p| !p.text.is_empty()).collect();
        match patterns.len() {
            0 => {}
            // A single letter is a word of its own in few scripts only.
            1 if patterns[0].text.len() == 1
                && Script::of(spelling.chars().next().unwrap_or(' ')) > Script::Cyrillic => {}
            1 => self.spell_word(patterns.remove(0), meaning),
            _ => {
                let first = patterns.remove(0);
                let phrase = Phrase { rest: patterns, meaning };
                if first.open {
                    self.open_phrases.entry(hash(&first.text[..SHORTEST_STEM])).or_default().push((first, phrase));
                } else {
                    self.phrases.entry(hash(&first.text)).or_default().push(phrase);
                }
            }
        }
    }

    fn spell_word(&mut self, word: Pattern, mut meaning: Meaning) {
        meaning.weak = self.concept(meaning.concepts[0]).class == Class::Legal && word.text.len() <= 3;
        self.exact.entry(hash(&word.text)).or_insert(meaning);
        if word.open && word.text.len() >= SHORTEST_STEM {
            let at = start_bits(&word.text);
            self.starts[at >> 6] |= 1 << (at & 63);
            self.stems.entry(hash(&word.text)).or_insert(meaning);
        }
    }

    fn spell_dense(&mut self, letters: &Letters, spelling: &str, meaning: Meaning) {
        let text: Vec<u16> = spelling
            .chars()
            .map(|c| letters.get(c))
            .filter(|l| matches!(l.part, Part::Letter | Part::Digit))
            .map(|l| l.plain)
            .collect();
        let read = |c: &char| letters.reading(letters.get(*c)).to_string();
        let chars: Vec<char> = spelling.chars().collect();
        if chars.iter().all(|c| Script::of(*c) == Script::Han) {
            let pinyin: String = chars.iter().map(read).collect();
            if chars.len() > 1 && pinyin.len() >= SHORTEST_PINYIN {
                self.exact.entry(hash(pinyin.as_bytes())).or_insert(meaning);
            }
        } else if chars.iter().all(|c| Script::of(*c) == Script::Kana) && chars.len() > 1 {
            let mut word = Vec::new();
            chars.iter().for_each(|c| push_kana(&mut word, letters.get(*c).plain, &read(c)));
            self.exact.entry(hash(&word)).or_insert(meaning);
        }
        if let Some(first) = text.first() {
            self.dense.entry(u64::from(*first)).or_default().push((text.clone(), meaning));
        }
    }

    fn sort(&mut self) {
        for words in self.dense.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
    }
}

impl Pattern {
    fn new(letters: &Letters, word: &str) -> Pattern {
        let (word, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
        Pattern { text: word.chars().map(|c| letters.get(c)).flat_map(|l| letters.reading(l).bytes()).collect(), open }
    }

    fn fits(&self, word: &[u8]) -> bool {
        if self.open { word.starts_with(&self.text) } else { word == self.text }
    }
}

fn syllables(letters: &Letters) -> Vec<Vec<u8>> {
    let common = (0x4E00..0x9FA6_u32).filter_map(char::from_u32).map(|c| letters.reading(letters.get(c)));
    let mut syllables: Vec<Vec<u8>> =
        common.filter(|r| !r.is_empty()).map(|r| Spelling::of(r.as_bytes()).letters().to_vec()).collect();
    syllables.sort_unstable();
    syllables.dedup();
    syllables
}

/// The rows of a data file with three columns.
fn rows(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    lines(file).filter_map(|line| {
        let (id, rest) = line.split_once('\t')?;
        let (class, spellings) = rest.split_once('\t')?;
        Some((id, class, spellings))
    })
}

fn pairs(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(file).filter_map(|line| line.split_once('\t'))
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

fn class_of(word: &str) -> Class {
    match word {
        "kind" => Class::Kind,
        "field" => Class::Field,
        "quality" => Class::Quality,
        "number" => Class::Number,
        "title" => Class::Title,
        "branch" => Class::Branch,
        "country" => Class::Country,
        "region" | "city" => Class::Place,
        "link" => Class::Link,
        _ => Class::Distinctive,
    }
}

fn family(letter: u8) -> u8 {
    b"LSPNCO".iter().position(|f| *f == letter).map_or(0, |bit| 1 << bit)
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

fn step(state: u64, byte: u8) -> u64 {
    (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

fn finish(state: u64) -> u64 {
    (state ^ (state >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ (state >> 32)
}

/// The hash of a word by which it is filed and compared.
pub(crate) fn hash(word: &[u8]) -> u64 {
    finish(word.iter().fold(START, |state, byte| step(state, *byte)))
}

/// A cheap first look: ten bits times sixty-four of a word's first three letters.
fn start_bits(word: &[u8]) -> usize {
    (hash(&word[..SHORTEST_STEM]) & 0xFFFF) as usize
}

/// For keys that are hashes already.
#[derive(Default)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = step(self.0, *byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(lexicon: &Lexicon, word: &str) -> &'static str {
        lexicon.word(word.as_bytes()).map_or("", |m| lexicon.concept(m.concepts[0]).id)
    }

    #[test]
    fn one_meaning_has_spellings_in_many_languages() {
        let letters = Letters::new();
        let lexicon = Lexicon::new(&letters);
        for word in ["university", "universitaet", "universidade", "daigaku", "daxue", "universitet"] {
            assert_eq!(id(&lexicon, word), "university", "{word}");
        }
        assert_eq!(id(&lexicon, "hikvision"), "hikvision");
        assert_eq!(id(&lexicon, "qwertz"), "");
    }

    #[test]
    fn the_longest_word_wins_where_there_are_no_spaces() {
        let letters = Letters::new();
        let lexicon = Lexicon::new(&letters);
        let text: Vec<u16> = "股份有限公司北京".chars().map(|c| letters.get(c).plain).collect();
        let (meaning, taken) = lexicon.dense(&text).expect("the legal form is in the data");
        assert_eq!((lexicon.concept(meaning.concepts[0]).id, taken), ("share-limited", 6));
    }

    #[test]
    fn every_row_of_the_data_files_is_understood() {
        for file in [WORDS, PLACES, LEGAL, BRANDS, ABBREVIATIONS] {
            for line in lines(file) {
                assert!(line.split('\t').all(|cell| !cell.trim().is_empty()), "{line}");
            }
        }
        let letters = Letters::new();
        let lexicon = Lexicon::new(&letters);
        let known: Vec<&str> = lexicon.concepts.iter().map(|c| c.id).collect();
        for (_, meanings) in pairs(ABBREVIATIONS) {
            for id in meanings.split(' ') {
                assert!(known.contains(&id), "{id}");
            }
        }
        assert!(rows(WORDS).all(|(_, class, _)| class_of(class) != Class::Distinctive));
    }
}
