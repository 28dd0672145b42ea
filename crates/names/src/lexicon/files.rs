//! From the data files to the tables of the lexicon: each spelling is filed where a name that uses it will look.

use std::collections::HashMap;

use super::{
    Concept, DenseWord, Lexicon, Meaning, PHRASES, Pattern, Phrase, SHORTEST_STEM, STEM_STARTS, STEMS, Sieve, packed,
};
use crate::class::Class;
use crate::hash::{Table, hash};
use crate::kana::push_kana;
use crate::letters::{Letters, Part};
use crate::script::Script;
use crate::spelling::Spelling;

const WORDS: &str = include_str!("../../data/words.tsv");
const PLACES: &str = include_str!("../../data/places.tsv");
const LEGAL: &str = include_str!("../../data/legal.tsv");
const BRANDS: &str = include_str!("../../data/brands.tsv");
const ABBREVIATIONS: &str = include_str!("../../data/abbreviations.tsv");

/// Pinyin of a shared Han word counts as that word if it is at least this long.
const SHORTEST_PINYIN: usize = 5;

/// The lexicon of all data files.
pub(super) fn read(letters: &Letters) -> Lexicon {
    let mut lexicon = Lexicon {
        concepts: vec![Concept { id: "", class: Class::Distinctive, families: 0 }],
        exact: Table::default(),
        stems: Table::default(),
        sieve: Sieve::new(),
        phrases: Table::default(),
        open_phrases: Table::default(),
        dense_lists: vec![(0, 0); 1 << 16],
        dense: Vec::new(),
        dense_text: Vec::new(),
        syllables: syllables(letters),
    };
    for (id, class, spellings) in rows(WORDS).chain(rows(PLACES)) {
        lexicon.add(letters, id, Class::of(class), 0, spellings);
    }
    for (id, families, spellings) in rows(LEGAL) {
        lexicon.add(letters, id, Class::Legal, families.bytes().fold(0, |bits, f| bits | family(f)), spellings);
    }
    for (id, class, spellings) in rows(BRANDS) {
        lexicon.add(letters, id, Class::Brand, u8::from(class == "company"), spellings);
    }
    lexicon.abbreviate(letters);
    lexicon.finish();
    lexicon
}

impl Lexicon {
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
            self.sieve.put(hash(&word.text[..SHORTEST_STEM]) ^ STEM_STARTS);
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
            self.spell_pinyin(&chars.iter().map(read).collect::<Vec<String>>(), meaning);
        } else if chars.iter().all(|c| Script::of(*c) == Script::Kana) && chars.len() > 1 {
            let mut word = Vec::new();
            chars.iter().for_each(|c| push_kana(&mut word, letters.get(*c).plain, &read(c)));
            self.exact.entry(hash(&word)).or_insert(meaning);
        }
        if !text.is_empty() {
            let (second, len) = (text.get(1).copied().unwrap_or(0), text.len() as u8);
            let class = self.concept(meaning.concepts[0]).class;
            self.dense.push(DenseWord { second, len, class, meaning, at: self.dense_text.len() as u32 });
            self.dense_text.extend(text);
        }
    }

    /// Romanised Chinese is written as one word, in words of two syllables, or by syllables.
    fn spell_pinyin(&mut self, syllables: &[String], meaning: Meaning) {
        let whole = syllables.concat();
        if syllables.len() < 2 || whole.len() < SHORTEST_PINYIN || syllables.iter().any(String::is_empty) {
            return;
        }
        self.exact.entry(hash(whole.as_bytes())).or_insert(meaning);
        for size in [1, 2] {
            let mut words = syllables.chunks(size).map(|c| Pattern { text: c.concat().into_bytes(), open: false });
            let Some(first) = words.next() else { continue };
            let rest: Vec<Pattern> = words.collect();
            if !rest.is_empty() {
                self.phrases.entry(hash(&first.text)).or_default().push(Phrase { rest, meaning });
            }
        }
    }

    fn finish(&mut self) {
        let first = |word: &DenseWord| self.dense_text[word.at as usize];
        self.dense.sort_by_key(|word| (first(word), std::cmp::Reverse(word.len)));
        let mut at = 0;
        for same in self.dense.chunk_by(|a, b| first(a) == first(b)) {
            self.dense_lists[first(&same[0]) as usize] = (at, at + same.len() as u16);
            at += same.len() as u16;
        }
        self.exact.keys().for_each(|hash| self.sieve.put(*hash));
        self.stems.keys().for_each(|hash| self.sieve.put(hash ^ STEMS));
        self.phrases.keys().chain(self.open_phrases.keys()).for_each(|hash| self.sieve.put(hash ^ PHRASES));
    }
}

fn syllables(letters: &Letters) -> Table<()> {
    let common = (0x4E00..0x9FA6_u32).filter_map(char::from_u32).map(|c| letters.reading(letters.get(c)));
    common.filter(|r| !r.is_empty()).map(|r| (packed(Spelling::of(r.as_bytes()).letters()), ())).collect()
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

fn family(letter: u8) -> u8 {
    b"LSPNCO".iter().position(|f| *f == letter).map_or(0, |bit| 1 << bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_data_files_is_understood() {
        for file in [WORDS, PLACES, LEGAL, BRANDS, ABBREVIATIONS] {
            for line in lines(file) {
                assert!(line.split('\t').all(|cell| !cell.trim().is_empty()), "{line}");
            }
        }
        let letters = Letters::new();
        let lexicon = read(&letters);
        let known: Vec<&str> = lexicon.concepts.iter().map(|c| c.id).collect();
        for (_, meanings) in pairs(ABBREVIATIONS) {
            for id in meanings.split(' ') {
                assert!(known.contains(&id), "{id}");
            }
        }
        assert!(rows(WORDS).all(|(_, class, _)| Class::of(class) != Class::Distinctive));
    }
}
