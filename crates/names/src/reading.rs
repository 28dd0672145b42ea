//! Reading a name: from characters to words, from words to parts.

mod dense;

use unicode_normalization::UnicodeNormalization;

use crate::class::Class;
use crate::cut::Board;
use crate::hash::quick;
use crate::letters::{Letter, Part};
use crate::lexicon::Meaning;
use crate::name::{MOST_TOKENS, Name, Tables, tables};
use crate::script::Script;
use crate::settle::{article, settle};
use crate::spelling::Spelling;
use crate::token::{BRACKETED, CAPITALS, EXPANDED, Token, WEAK};

/// A name is read up to here, in bytes.
const LONGEST: usize = 600;
/// How many words a reader remembers: the words of 20,000 names mostly fit, and what is known of them still fits near the processor.
const REMEMBERED: usize = 16384;

/// What an ASCII byte is in a word: nothing, a capital, a small letter, a digit.
const PLAIN: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'A'..=b'Z' => CAPITAL,
            b'a'..=b'z' => 2,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};
const CAPITAL: u8 = 1;
const DIGIT: u8 = 3;

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
    /// How many capital letters, and how many others.
    capitals: u16,
    small: u16,
}

/// What is known of a word that was read before.
#[derive(Clone, Copy, Default)]
struct Known {
    hash: u64,
    spelling: Spelling,
    /// The first letters of the reading.
    letters: [u8; 8],
    meaning: Option<Meaning>,
    /// What the lexicon has of the first meaning: its class, its legal families, the first letter of it in English.
    class: Class,
    families: u8,
    meant: u8,
    begins_phrase: bool,
}

/// Reads names, and remembers the words it has met; one for each thread.
///
/// ```
/// let mut reader = names::Reader::new();
/// let names: Vec<names::Name> = ["Zorbax GmbH", "ООО «Зорбакс»"].map(|text| reader.name(text)).into();
/// assert_eq!(names::compare(&names[0], &names[1]).verdict(), names::Verdict::Same);
/// ```
#[derive(Clone)]
pub struct Reader {
    tables: &'static Tables,
    known: Vec<Known>,
    buffer: Vec<u8>,
    open: Option<Word>,
    words: Vec<Word>,
    dense: dense::Run,
    board: Board,
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
            open: None,
            words: Vec::with_capacity(12),
            dense: dense::Run::default(),
            board: Board::default(),
            tokens: Vec::with_capacity(12),
            han: Vec::new(),
            brackets: 0,
        }
    }

    /// Analyses a name in any script or mixture. What comes after the first 600 bytes is not read.
    pub fn name(&mut self, text: &str) -> Name {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        if self.read(text) {
            return self.finish(text.into());
        }
        let composed: String = text.nfkc().collect();
        let composed = &composed[..composed.floor_char_boundary(2 * LONGEST)];
        self.read(composed);
        self.finish(composed.into())
    }

    /// Reads the text; false if it has to be brought to NFKC first.
    fn read(&mut self, text: &str) -> bool {
        self.begin();
        let mut at = 0;
        while let Some(byte) = text.as_bytes().get(at) {
            if byte.is_ascii_alphanumeric() {
                at += self.take_plain(text, at);
                continue;
            }
            if *byte == b' ' {
                self.end_word(text);
                self.end_dense();
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let letter = self.tables.letters.get(c);
            match letter.part {
                Part::Compatible => return false,
                Part::Nothing => {}
                Part::Letter if letter.script.is_dense() => self.take_dense(text, at, c, letter),
                Part::Letter | Part::Digit => self.take_letter(at, c, letter),
                Part::Gap => self.take_gap(text, at, c),
            }
            at += c.len_utf8();
        }
        self.end_word(text);
        self.end_dense();
        self.end_words();
        true
    }

    fn begin(&mut self) {
        self.buffer.clear();
        self.open = None;
        self.words.clear();
        self.dense.clear();
        self.tokens.clear();
        self.han.clear();
        self.brackets = 0;
    }

    /// A run of ASCII letters and digits, which most names consist of; gives its length.
    fn take_plain(&mut self, text: &str, at: usize) -> usize {
        self.end_dense();
        let rest = &text.as_bytes()[at..];
        let (mut len, mut capitals, mut digits) = (0, 0, 0);
        for kind in rest.iter().map(|byte| PLAIN[usize::from(*byte)]).take_while(|kind| *kind != 0) {
            len += 1;
            capitals += u16::from(kind == CAPITAL);
            digits += u16::from(kind == DIGIT);
        }
        let mut word = self.open.unwrap_or_else(|| self.begin_word(at, Script::Latin));
        word.capitals += capitals;
        word.small += len as u16 - capitals;
        word.digits &= usize::from(digits) == len;
        word.to = (at + len) as u16;
        self.open = Some(word);
        // Small letters and digits have this bit already.
        self.buffer.extend(rest[..len].iter().map(|byte| byte | 0x20));
        len
    }

    fn take_letter(&mut self, at: usize, c: char, letter: Letter) {
        self.end_dense();
        let mut word = self.open.unwrap_or_else(|| self.begin_word(at, letter.script));
        word.to = (at + c.len_utf8()) as u16;
        word.digits &= letter.part == Part::Digit;
        word.script = word.script.max(letter.script);
        if letter.capital {
            word.capitals += 1;
        } else {
            word.small += 1;
        }
        self.open = Some(word);
        let tables = self.tables;
        self.buffer.extend_from_slice(tables.letters.reading(letter).as_bytes());
    }

    fn take_dense(&mut self, text: &str, at: usize, c: char, letter: Letter) {
        if self.open.is_some() || !self.words.is_empty() {
            self.end_word(text);
            self.end_words();
        }
        self.dense.push(letter, at as u16, (at + c.len_utf8()) as u16);
    }

    fn take_gap(&mut self, text: &str, at: usize, c: char) {
        let joins = c == '.' && self.is_initial() && text[at + 1..].chars().next().is_some_and(char::is_alphabetic);
        if joins {
            return;
        }
        self.end_word(text);
        self.end_dense();
        match c {
            '(' | '[' | '（' | '【' => self.brackets = self.brackets.saturating_add(1),
            ')' | ']' | '）' | '】' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }

    /// What the word with this reading means and how it sounds.
    fn know(&mut self, at: u16, end: u16) -> Known {
        let reading = &self.buffer[at as usize..end as usize];
        let hash = quick(reading);
        let slot = hash as usize & (REMEMBERED - 1);
        if let Some(known) = self.known.get(slot).filter(|k| k.hash == hash) {
            return *known;
        }
        let lexicon = &self.tables.lexicon;
        let spelling = Spelling::of(reading);
        let (meaning, begins_phrase) = lexicon.word(reading);
        let first = lexicon.concept(meaning.map_or(0, |meaning| meaning.concepts[0]));
        let meant = first.id.as_bytes().first().copied().unwrap_or(0);
        let (class, families, letters) = (first.class, first.families, first_letters(reading));
        let known = Known { hash, spelling, letters, meaning, class, families, meant, begins_phrase };
        if let Some(place) = self.known.get_mut(slot) {
            *place = known;
        }
        known
    }

    fn begin_word(&self, at: usize, script: Script) -> Word {
        let start = self.buffer.len() as u16;
        Word {
            at: start,
            end: start,
            core: start,
            from: at as u16,
            to: at as u16,
            script,
            marks: self.bracket_mark(),
            digits: true,
            capitals: 0,
            small: 0,
        }
    }

    fn bracket_mark(&self) -> u8 {
        if self.brackets > 0 { BRACKETED } else { 0 }
    }

    /// The open word consists of single letters parted by dots.
    fn is_initial(&self) -> bool {
        self.open.is_some_and(|w| {
            let letters = self.buffer.len() - w.at as usize;
            letters == 1 || letters > 1 && (w.to - w.from) as usize >= 2 * letters - 1
        })
    }

    fn end_word(&mut self, text: &str) {
        let Some(mut done) = self.open.take() else { return };
        done.end = self.buffer.len() as u16;
        if done.end == done.at {
            return;
        }
        if done.small == 0 && done.capitals > 1 {
            done.marks |= CAPITALS;
        }
        if done.script.is_consonantal() {
            done.core = done.at + article(&text[done.from as usize..done.to as usize], done.script);
            if done.core >= done.end {
                done.core = done.at;
            }
        }
        self.words.push(done);
    }

    /// Turns the words gathered so far into tokens: phrases first, then single words.
    fn end_words(&mut self) {
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
                self.push_meaning(meaning, whole, &phrase);
                return taken;
            }
        }
        if first.digits {
            self.push_plain(first, Class::Number, &known);
            return 1;
        }
        let whole = if first.core == first.at { None } else { self.know(first.at, first.end).meaning };
        match whole.or(known.meaning) {
            Some(meaning) => self.push_meaning(meaning, first, &known),
            None => self.push_plain(first, Class::Distinctive, &known),
        }
        1
    }

    fn push_plain(&mut self, word: Word, class: Class, known: &Known) {
        let token = Token {
            spelling: known.spelling,
            hash: known.hash,
            letters: known.letters,
            from: word.from,
            to: word.to,
            class,
            script: word.script,
            marks: word.marks,
            initial: known.letters[0],
            ..Token::default()
        };
        self.push(token);
    }

    fn push_meaning(&mut self, meaning: Meaning, word: Word, known: &Known) {
        if meaning.concepts[1] == 0 && known.meaning == Some(meaning) {
            return self.push_single(meaning, word, known);
        }
        let single = meaning.concepts[1] == 0;
        for (i, concept) in meaning.concepts.iter().take_while(|c| **c != 0).enumerate() {
            let shared = self.tables.lexicon.concept(*concept);
            let meant = shared.id.as_bytes()[0];
            self.push(Token {
                spelling: if single { known.spelling } else { Spelling::default() },
                hash: if single { known.hash } else { u64::from(*concept) },
                letters: if single { known.letters } else { [meant, 0, 0, 0, 0, 0, 0, 0] },
                concept: *concept,
                from: word.from,
                to: word.to,
                class: shared.class,
                script: word.script,
                families: shared.families,
                marks: word.marks | if i > 0 { EXPANDED } else { 0 } | if meaning.weak { WEAK } else { 0 },
                initial: if word.script == Script::Latin && single { known.letters[0] } else { meant },
                ..Token::default()
            });
        }
    }

    /// The same of a word with one meaning, the one it is remembered with.
    fn push_single(&mut self, meaning: Meaning, word: Word, known: &Known) {
        self.push(Token {
            spelling: known.spelling,
            hash: known.hash,
            letters: known.letters,
            concept: meaning.concepts[0],
            from: word.from,
            to: word.to,
            class: known.class,
            script: word.script,
            families: known.families,
            marks: word.marks | if meaning.weak { WEAK } else { 0 },
            initial: if word.script == Script::Latin { known.letters[0] } else { known.meant },
            ..Token::default()
        });
    }

    fn push(&mut self, mut token: Token) {
        if self.tokens.len() < MOST_TOKENS {
            token.weight = token.prior();
            self.tokens.push(token);
        }
    }

    fn finish(&mut self, text: Box<str>) -> Name {
        settle(&mut self.tokens);
        let counting = (0..).zip(&self.tokens).fold(0, |bits, (i, token)| bits | u32::from(token.counts()) << i);
        Name { text, tokens: self.tokens.as_slice().into(), counting, han: self.han.as_slice().into() }
    }
}

/// The first letters of a reading, zeros after its end.
fn first_letters(reading: &[u8]) -> [u8; 8] {
    let mut letters = [0; 8];
    let len = reading.len().min(8);
    letters[..len].copy_from_slice(&reading[..len]);
    letters
}
