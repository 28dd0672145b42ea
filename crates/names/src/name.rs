//! A name taken apart: its words read, translated where they are shared, and weighed.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use crate::kana::push_kana;
use crate::letters::{Letter, Letters, Part};
use crate::lexicon::{Class, Lexicon, Meaning, hash};
use crate::script::Script;
use crate::spelling::Spelling;
use crate::token::{BRACKETED, CAPITALS, EXPANDED, Token, WEAK};

/// More parts than this are not looked at; no organisation needs them to be told from others.
pub(crate) const MOST_TOKENS: usize = 24;
/// A name is read up to here, in bytes.
const LONGEST: usize = 600;

/// An organisation's name, analysed once and compared often.
#[derive(Debug, Clone)]
pub struct Name {
    text: Box<str>,
    pub(crate) tokens: Box<[Token]>,
    /// Han characters in their simplified forms.
    pub(crate) han: Box<[u16]>,
}

impl Name {
    /// Analyses a name in any script or mixture.
    pub fn new(text: &str) -> Name {
        let tables = tables();
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let mut reading = Reading::new(tables);
        if reading.read(text) {
            return reading.finish(text.into());
        }
        let composed: String = text.nfkc().collect();
        let mut reading = Reading::new(tables);
        reading.read(&composed);
        reading.finish(composed.into())
    }

    /// The text as it was read: as given, in Unicode's NFKC form where that differs.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing in it tells it from other names.
    pub fn is_generic(&self) -> bool {
        !self.tokens.iter().any(Token::is_distinctive)
    }

    /// The parts as (text, class), in order.
    pub fn parts(&self) -> impl Iterator<Item = (&str, Class)> {
        self.tokens.iter().filter(|t| !t.is(EXPANDED)).map(|t| (self.span(t), t.class))
    }

    pub(crate) fn span(&self, token: &Token) -> &str {
        self.text.get(token.from as usize..token.to as usize).unwrap_or("")
    }

    pub(crate) fn han_of(&self, token: &Token) -> &[u16] {
        &self.han[token.han.0 as usize..][..token.han.1 as usize]
    }
}

/// The tables every analysis needs, made when first used.
pub(crate) struct Tables {
    pub(crate) letters: Letters,
    pub(crate) lexicon: Lexicon,
}

pub(crate) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let letters = Letters::new();
        let lexicon = Lexicon::new(&letters);
        Tables { letters, lexicon }
    })
}

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

/// A name while it is read.
struct Reading {
    tables: &'static Tables,
    buffer: Vec<u8>,
    words: Vec<Word>,
    dense: Vec<(u16, Letter, u16, u16)>,
    tokens: Vec<Token>,
    han: Vec<u16>,
    brackets: u8,
}

impl Reading {
    fn new(tables: &'static Tables) -> Reading {
        Reading {
            tables,
            buffer: Vec::with_capacity(96),
            words: Vec::with_capacity(12),
            dense: Vec::new(),
            tokens: Vec::with_capacity(12),
            han: Vec::new(),
            brackets: 0,
        }
    }

    /// Reads the text; false if it has to be brought to NFKC first.
    fn read(&mut self, text: &str) -> bool {
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
                    if c.is_uppercase() {
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
        let lexicon = &self.tables.lexicon;
        let first = words[0];
        let phrase = lexicon.phrase(|i| words.get(i).map(|w| &self.buffer[w.core as usize..w.end as usize]));
        if let Some((meaning, taken)) = phrase {
            let whole = Word { end: words[taken - 1].end, to: words[taken - 1].to, ..first };
            self.push_meaning(meaning, whole);
            return taken;
        }
        if first.digits {
            self.push_plain(first, Class::Number);
            return 1;
        }
        let meaning = lexicon.word(&self.buffer[first.at as usize..first.end as usize]).or_else(|| {
            (first.core != first.at)
                .then(|| lexicon.word(&self.buffer[first.core as usize..first.end as usize]))
                .flatten()
        });
        match meaning {
            Some(meaning) => self.push_meaning(meaning, first),
            None => self.push_plain(first, Class::Distinctive),
        }
        1
    }

    fn push_plain(&mut self, word: Word, class: Class) {
        let reading = &self.buffer[word.core as usize..word.end as usize];
        let token = Token {
            spelling: Spelling::of(reading),
            hash: hash(reading),
            from: word.from,
            to: word.to,
            class,
            script: word.script,
            marks: word.marks,
            initial: reading[0],
            ..Token::default()
        };
        self.push(token);
    }

    fn push_meaning(&mut self, meaning: Meaning, word: Word) {
        let reading = &self.buffer[word.core as usize..word.end as usize];
        let (spelling, exact, first) = (Spelling::of(reading), hash(reading), reading[0]);
        for (i, concept) in meaning.concepts.iter().filter(|c| **c != 0).enumerate() {
            let known = self.tables.lexicon.concept(*concept);
            let single = meaning.concepts[1] == 0;
            self.push(Token {
                spelling: if single { spelling } else { Spelling::default() },
                hash: if single { exact } else { u64::from(*concept) },
                concept: *concept,
                from: word.from,
                to: word.to,
                class: known.class,
                script: word.script,
                families: known.families,
                marks: word.marks | if i > 0 { EXPANDED } else { 0 } | if meaning.weak { WEAK } else { 0 },
                initial: if word.script == Script::Latin && single { first } else { known.id.as_bytes()[0] },
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
            let found = lexicon.dense(&text[at..])
                .filter(|(_, taken)| *taken > 1 || at + 1 == run.len() && at > 0 || after_place && at == kept);
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
            self.push_meaning(meaning, word);
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
        kept == at && (at + taken == text.len() || self.tables.lexicon.dense(&text[at + taken..]).is_some_and(|(_, next)| next > 1 || at + taken + 1 == text.len()))
    }

    /// What no shared word covers, a token for each script in it.
    fn push_between(&mut self, run: &[(u16, Letter, u16, u16)]) {
        for piece in run.chunk_by(|a, b| a.1.script == b.1.script) {
            let word = self.dense_word(piece);
            let reading = &self.buffer[word.at as usize..word.end as usize];
            if reading.is_empty() {
                continue;
            }
            if piece[0].1.script == Script::Han {
                self.push_han(piece, word);
            } else if let Some(meaning) = self.tables.lexicon.word(reading) {
                self.push_meaning(meaning, word);
            } else {
                self.push_plain(word, Class::Distinctive);
            }
        }
    }

    fn push_han(&mut self, piece: &[(u16, Letter, u16, u16)], word: Word) {
        let before = self.tokens.len();
        self.push_plain(word, Class::Distinctive);
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

    fn finish(mut self, text: Box<str>) -> Name {
        settle_legal_forms(&mut self.tokens);
        settle_links(&mut self.tokens);
        Name { text, tokens: self.tokens.into(), han: self.han.into() }
    }
}

/// Short legal forms count only at the ends of a name: `AS Roma` may be one, `such as` is not.
fn settle_legal_forms(tokens: &mut [Token]) {
    let is_edge = |t: &Token| t.class == Class::Legal || t.is(BRACKETED) || t.is(EXPANDED);
    let from_start = tokens.iter().take_while(|t| is_edge(t)).count();
    let from_end = tokens.len() - tokens.iter().rev().take_while(|t| is_edge(t)).count();
    let all = from_start >= tokens.len();
    for (i, token) in tokens.iter_mut().enumerate() {
        if token.is(WEAK) && (all || (i >= from_start && i < from_end)) {
            unname(token);
        }
    }
}

/// A name of nothing but links and legal forms keeps its links as words.
fn settle_links(tokens: &mut [Token]) {
    if tokens.iter().any(Token::counts) {
        return;
    }
    for token in tokens.iter_mut().filter(|t| t.class == Class::Link) {
        unname(token);
    }
}

fn unname(token: &mut Token) {
    token.class = Class::Distinctive;
    token.concept = 0;
    token.families = 0;
    token.weight = token.prior();
}

/// How many letters of the reading an article or preposition written onto the word takes.
fn article(word: &str, script: Script) -> u16 {
    match script {
        Script::Arabic => {
            let letters = word.chars().count();
            let starts = |prefix: &str| word.starts_with(prefix) && letters >= prefix.chars().count() + 3;
            if ["وال", "بال", "كال", "فال"].iter().any(|p| starts(p)) || starts("لل") {
                2
            } else if starts("ال") {
                1
            } else {
                0
            }
        }
        Script::Hebrew if ["ה", "ל", "ב", "ו"].iter().any(|p| word.starts_with(p)) && word.chars().count() >= 4 => {
            1
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(name: &str) -> Vec<(String, Class)> {
        Name::new(name).parts().map(|(text, class)| (text.to_string(), class)).collect()
    }

    fn check_parts(name: &str, expected: &[(&str, Class)]) {
        let expected: Vec<(String, Class)> = expected.iter().map(|(t, c)| (t.to_string(), *c)).collect();
        assert_eq!(parts(name), expected, "{name}");
    }

    #[test]
    fn a_chinese_company_name_falls_into_region_name_industry_and_form() {
        use Class::{Brand, Distinctive, Field, Legal, Place};
        check_parts(
            "杭州海康威视数字技术股份有限公司",
            &[("杭州", Place), ("海康威视", Brand), ("数字", Field), ("技术", Field), ("股份有限公司", Legal)],
        );
        check_parts(
            "上海晓晨科技有限公司",
            &[("上海", Place), ("晓晨", Distinctive), ("科技", Field), ("有限公司", Legal)],
        );
    }

    #[test]
    fn legal_forms_of_several_words_are_one_part() {
        use Class::{Distinctive, Legal};
        check_parts(
            "Общество с ограниченной ответственностью «Вектор-К»",
            &[("Общество с ограниченной ответственностью", Legal), ("Вектор", Distinctive), ("К", Distinctive)],
        );
        check_parts("Zorbax s.r.o.", &[("Zorbax", Distinctive), ("s.r.o", Legal)]);
    }

    #[test]
    fn a_short_legal_form_counts_at_the_ends_only() {
        assert!(parts("Zorbax AG").contains(&("AG".into(), Class::Legal)));
        assert!(parts("Zorbax AG Romashin").contains(&("AG".into(), Class::Distinctive)));
    }

    proptest! {
        #[test]
        fn any_text_can_be_a_name(text in any::<String>()) {
            let name = Name::new(&text);
            prop_assert!(name.tokens.len() <= MOST_TOKENS);
            for token in &name.tokens {
                prop_assert!(token.from <= token.to && token.to as usize <= name.text().len());
            }
        }

        #[test]
        fn any_mixture_of_scripts_can_be_a_name(text in "[a-zА-я海康ァ-ン가-힣ا-ي(). &-]{0,60}") {
            let name = Name::new(&text);
            prop_assert!(name.parts().all(|(part, _)| !part.is_empty()));
        }
    }
}
