//! Reading a name: from characters to words, from words to parts.

use unicode_normalization::UnicodeNormalization;

use crate::kana::push_kana;
use crate::letters::{Letter, Part};
use crate::lexicon::{Class, Meaning, hash};
use crate::name::{MOST_TOKENS, Name, Tables, tables};
use crate::script::Script;
use crate::settle::{article, settle};
use crate::spelling::Spelling;
use crate::token::{BRACKETED, CAPITALS, EXPANDED, Token, WEAK};

/// A name is read up to here, in bytes.
const LONGEST: usize = 600;

/// A word written with spaces around it.
#[derive(Clone, Copy)]
struct Word {
    /// Its reading in the buffer.
    at: u16,
    end: u16,
    /// The same without a leading Arabic or Hebrew article or preposition.
    core: u16,
    from: u16,
    to: u16,
    script: Script,
    marks: u8,
    digits: bool,
}

/// What is known of a word that was read before.
#[derive(Clone, Copy, Default)]
struct Known {
    hash: u64,
    spelling: Spelling,
    meaning: Option<Meaning>,
    begins_phrase: bool,
}

/// How many words a reader remembers.
const REMEMBERED: usize = 4096;

/// Reads names, and remembers the words it has met; one for each thread.
#[derive(Clone)]
pub struct Reader {
    tables: &'static Tables,
    known: Vec<Known>,
    buffer: Vec<u8>,
    words: Vec<Word>,
    dense: Vec<(u16, Letter, u16, u16)>,
    tokens: Vec<Token>,
    han: Vec<u16>,
    brackets: u8,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader::new()
    }
}

impl Reader {
    /// A reader that remembers words.
    pub fn new() -> Reader {
        Reader { known: vec![Known::default(); REMEMBERED], ..Reader::forgetful() }
    }

    /// A reader for one name.
    pub(crate) fn forgetful() -> Reader {
        Reader {
            tables: tables(),
            known: Vec::new(),
            buffer: Vec::with_capacity(96),
            words: Vec::with_capacity(12),
            dense: Vec::new(),
            tokens: Vec::with_capacity(12),
            han: Vec::new(),
            brackets: 0,
        }
    }

    /// Analyses a name in any script or mixture.
    pub fn name(&mut self, text: &str) -> Name {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        if self.read(text) {
            return self.finish(text.into());
        }
        let composed: String = text.nfkc().collect();
        self.read(&composed);
        self.finish(composed.into())
    }

    /// Reads the text; false if it has to be brought to NFKC first.
    fn read(&mut self, text: &str) -> bool {
        self.begin();
        let mut word: Option<Word> = None;
        let mut capitals = 0_u16;
        let mut small = 0_u16;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let letter = self.tables.letters.get(c);
            match letter.part {
                Part::Compatible => return false,
                Part::Nothing => continue,
                Part::Letter if letter.script.is_dense() => {
                    self.end_word(&mut word, text, capitals, small);
                    self.end_words_before_dense();
                    self.dense.push((letter.plain, letter, at as u16, (at + c.len_utf8()) as u16));
                }
                Part::Letter | Part::Digit => {
                    self.end_dense();
                    let current = word.get_or_insert_with(|| {
                        (capitals, small) = (0, 0);
                        self.begin_word(at, letter)
                    });
                    current.to = (at + c.len_utf8()) as u16;
                    current.digits &= letter.part == Part::Digit;
                    current.script = current.script.max(letter.script);
                    if letter.capital {
                        capitals += 1
                    } else {
                        small += 1
                    }
                    let tables = self.tables;
                    self.buffer.extend_from_slice(tables.letters.reading(letter).as_bytes());
                }
                Part::Gap
                    if c == '.'
                        && self.is_initial(&word)
                        && chars.peek().is_some_and(|(_, next)| next.is_alphabetic()) => {}
                Part::Gap if c == '&' => {
                    self.end_word(&mut word, text, capitals, small);
                    self.end_dense();
                }
                Part::Gap => {
                    self.end_word(&mut word, text, capitals, small);
                    self.end_dense();
                    self.note_bracket(c);
                }
            }
        }
        self.end_word(&mut word, text, capitals, small);
        self.end_dense();
        self.end_words_before_dense();
        true
    }

    fn begin(&mut self) {
        self.buffer.clear();
        self.words.clear();
        self.dense.clear();
        self.tokens.clear();
        self.han.clear();
        self.brackets = 0;
    }

    /// What the word with this reading means and how it sounds.
    fn know(&mut self, at: u16, end: u16) -> Known {
        let reading = &self.buffer[at as usize..end as usize];
        let hash = hash(reading);
        let slot = hash as usize & (REMEMBERED - 1);
        if let Some(known) = self.known.get(slot).filter(|k| k.hash == hash) {
            return *known;
        }
        let lexicon = &self.tables.lexicon;
        let known = Known {
            hash,
            spelling: Spelling::of(reading),
            meaning: lexicon.word(reading),
            begins_phrase: lexicon.begins_phrase(reading),
        };
        if let Some(place) = self.known.get_mut(slot) {
            *place = known;
        }
        known
    }

    fn begin_word(&self, at: usize, letter: Letter) -> Word {
        let start = self.buffer.len() as u16;
        let marks = if self.brackets > 0 { BRACKETED } else { 0 };
        Word {
            at: start,
            end: start,
            core: start,
            from: at as u16,
            to: at as u16,
            script: letter.script,
            marks,
            digits: true,
        }
    }

    /// A word of single letters parted by dots so far.
    fn is_initial(&self, word: &Option<Word>) -> bool {
        word.is_some_and(|w| {
            let letters = self.buffer.len() - w.at as usize;
            letters == 1 || letters > 1 && (w.to - w.from) as usize >= 2 * letters - 1
        })
    }

    fn note_bracket(&mut self, c: char) {
        match c {
            '(' | '[' | '（' | '【' => self.brackets += 1,
            ')' | ']' | '）' | '】' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }

    fn end_word(&mut self, word: &mut Option<Word>, text: &str, capitals: u16, small: u16) {
        let Some(mut done) = word.take() else { return };
        done.end = self.buffer.len() as u16;
        if done.end == done.at {
            return;
        }
        if small == 0 && capitals > 1 {
            done.marks |= CAPITALS;
        }
        done.core = done.at + article(&text[done.from as usize..done.to as usize], done.script);
        if done.core >= done.end {
            done.core = done.at;
        }
        self.words.push(done);
    }

    /// Turns the words gathered so far into tokens: phrases first, then single words.
    fn end_words_before_dense(&mut self) {
        let words = std::mem::take(&mut self.words);
        let mut at = 0;
        while at < words.len() {
            at += self.take_words(&words[at..]);
        }
        self.words = words;
        self.words.clear();
    }

    fn take_words(&mut self, words: &[Word]) -> usize {
        let first = words[0];
        let known = self.know(first.core, first.end);
        if known.begins_phrase {
            let text = |i: usize| words.get(i).map(|w| &self.buffer[w.core as usize..w.end as usize]);
            if let Some((meaning, taken)) = self.tables.lexicon.phrase(text) {
                let whole = Word { end: words[taken - 1].end, to: words[taken - 1].to, ..first };
                let phrase = self.know(whole.core, whole.end);
                self.push_meaning(meaning, whole, phrase);
                return taken;
            }
        }
        if first.digits {
            self.push_plain(first, Class::Number, known);
            return 1;
        }
        let whole = if first.core == first.at { None } else { self.know(first.at, first.end).meaning };
        match whole.or(known.meaning) {
            Some(meaning) => self.push_meaning(meaning, first, known),
            None => self.push_plain(first, Class::Distinctive, known),
        }
        1
    }

    fn push_plain(&mut self, word: Word, class: Class, known: Known) {
        let token = Token {
            spelling: known.spelling,
            hash: known.hash,
            from: word.from,
            to: word.to,
            class,
            script: word.script,
            marks: word.marks,
            initial: self.buffer[word.core as usize],
            ..Token::default()
        };
        self.push(token);
    }

    fn push_meaning(&mut self, meaning: Meaning, word: Word, known: Known) {
        let first = self.buffer[word.core as usize];
        let single = meaning.concepts[1] == 0;
        for (i, concept) in meaning.concepts.iter().filter(|c| **c != 0).enumerate() {
            let shared = self.tables.lexicon.concept(*concept);
            self.push(Token {
                spelling: if single { known.spelling } else { Spelling::default() },
                hash: if single { known.hash } else { u64::from(*concept) },
                concept: *concept,
                from: word.from,
                to: word.to,
                class: shared.class,
                script: word.script,
                families: shared.families,
                marks: word.marks | if i > 0 { EXPANDED } else { 0 } | if meaning.weak { WEAK } else { 0 },
                initial: if word.script == Script::Latin && single { first } else { shared.id.as_bytes()[0] },
                ..Token::default()
            });
        }
    }

    fn push(&mut self, mut token: Token) {
        if self.tokens.len() < MOST_TOKENS {
            token.weight = token.prior();
            self.tokens.push(token);
        }
    }

    /// Cuts a text without spaces into shared words and what is between them.
    fn end_dense(&mut self) {
        if self.dense.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.dense);
        let tables = self.tables;
        let lexicon = &tables.lexicon;
        let text: Vec<u16> = run.iter().map(|(plain, ..)| *plain).collect();
        let (mut at, mut kept, mut after_place) = (0, 0, false);
        while at < run.len() {
            let found = lexicon.dense(&text[at..]).filter(|(_, taken)| {
                *taken > 1 || at + 1 == run.len() && at > 0 || after_place && self.stands_alone(&text, kept, at, 1)
            });
            let Some((meaning, taken)) = found else {
                at += 1;
                continue;
            };
            if self.is_brand(meaning) && !self.stands_alone(&text, kept, at, taken) {
                at += 1;
                continue;
            }
            self.push_between(&run[kept..at]);
            let word = self.dense_word(&run[at..at + taken]);
            let before = self.tokens.len();
            let known = self.know(word.core, word.end);
            self.push_meaning(meaning, word, known);
            if self.is_brand(meaning) {
                self.note_han(before, &run[at..at + taken]);
            }
            after_place = self.tokens.last().is_some_and(|t| matches!(t.class, Class::Place | Class::Country));
            at += taken;
            kept = at;
        }
        self.push_between(&run[kept..]);
        self.dense = run;
        self.dense.clear();
    }

    fn is_brand(&self, meaning: Meaning) -> bool {
        self.tables.lexicon.concept(meaning.concepts[0]).class == Class::Brand
    }

    /// A brand inside a longer unknown word is another name: 海康 is not meant in 海康威现.
    fn stands_alone(&self, text: &[u16], kept: usize, at: usize, taken: usize) -> bool {
        kept == at
            && (at + taken == text.len()
                || self
                    .tables
                    .lexicon
                    .dense(&text[at + taken..])
                    .is_some_and(|(_, next)| next > 1 || at + taken + 1 == text.len()))
    }

    /// What no shared word covers, a token for each script in it.
    fn push_between(&mut self, run: &[(u16, Letter, u16, u16)]) {
        for piece in run.chunk_by(|a, b| a.1.script == b.1.script) {
            let word = self.dense_word(piece);
            if word.at == word.end {
                continue;
            }
            let known = self.know(word.core, word.end);
            if piece[0].1.script == Script::Han {
                self.push_han(piece, word, known);
            } else if let Some(meaning) = known.meaning {
                self.push_meaning(meaning, word, known);
            } else {
                self.push_plain(word, Class::Distinctive, known);
            }
        }
    }

    fn push_han(&mut self, piece: &[(u16, Letter, u16, u16)], word: Word, known: Known) {
        let before = self.tokens.len();
        self.push_plain(word, Class::Distinctive, known);
        self.note_han(before, piece);
        if let Some(token) = self.tokens.get_mut(before) {
            token.hash =
                piece.iter().fold(7, |state, (plain, ..)| hash(&plain.to_le_bytes()) ^ u64::rotate_left(state, 9));
            token.weight = if piece.len() == 1 { 0.4 } else { 1.0 + 0.1 * piece.len().min(5) as f32 };
        }
    }

    /// Keeps the characters of a token that was just pushed.
    fn note_han(&mut self, token: usize, piece: &[(u16, Letter, u16, u16)]) {
        let at = self.han.len().min(200);
        self.han.truncate(at);
        self.han.extend(piece.iter().map(|(plain, ..)| *plain).take(40));
        if let Some(token) = self.tokens.get_mut(token) {
            token.han = (at as u8, (self.han.len() - at) as u8);
        }
    }

    /// The reading of a piece of dense text, put into the buffer.
    fn dense_word(&mut self, piece: &[(u16, Letter, u16, u16)]) -> Word {
        let at = self.buffer.len() as u16;
        for (plain, letter, ..) in piece {
            let reading = self.tables.letters.reading(*letter);
            if letter.script == Script::Kana {
                push_kana(&mut self.buffer, *plain, reading);
            } else {
                self.buffer.extend_from_slice(reading.as_bytes());
            }
        }
        let marks = if self.brackets > 0 { BRACKETED } else { 0 };
        Word {
            at,
            end: self.buffer.len() as u16,
            core: at,
            from: piece[0].2,
            to: piece[piece.len() - 1].3,
            script: piece[0].1.script,
            marks,
            digits: false,
        }
    }

    fn finish(&mut self, text: Box<str>) -> Name {
        settle(&mut self.tokens);
        Name { text, tokens: self.tokens.as_slice().into(), han: self.han.as_slice().into() }
    }
}
