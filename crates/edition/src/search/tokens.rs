//! Cuts a text into what can be searched: words as they are written, and every pair of neighbouring Han characters.
//!
//! A run of characters written without spaces (Han, Kana, Hangul, Thai) gives one token for each character: the
//! character with its right neighbour, and the last one alone. So any part of a run is found as a chain of pairs,
//! without a dictionary of words, and a single character is the beginning of a token. Latin words are folded to plain
//! letters; a word of another script gives two tokens at one place, its own letters and its reading in Latin ones.

use names::{Script, Sign};

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// What is looked up.
    pub text: &'t str,
    /// Its place in the text, counted in words and characters.
    pub position: u32,
    /// Bytes of the text that it covers.
    pub from: u32,
    /// Their end.
    pub to: u32,
    /// The last character of a run of several: no part of a chain that goes on.
    pub tail: bool,
}

/// Longer words are cut off: nobody types them.
const LONGEST: usize = 64;

/// Gives every token of a text in order; returns the position after the last.
pub(crate) fn tokens(text: &str, start: u32, each: &mut dyn FnMut(Token<'_>)) -> u32 {
    let mut cutter =
        Cutter { position: start, own: String::new(), latin: String::new(), span: (0, 0), run: None, each };
    for (at, c) in text.char_indices() {
        let span = (at as u32, (at + c.len_utf8()) as u32);
        if c.is_ascii() {
            cutter.ascii(c, span);
        } else {
            names::signs(c).for_each(|sign| cutter.sign(sign, span));
        }
    }
    cutter.gap();
    cutter.position
}

/// Gives the readings of every Han character, one position for each; returns the position after the last.
pub(crate) fn syllables(text: &str, start: u32, each: &mut dyn FnMut(Token<'_>)) -> u32 {
    let (mut position, mut term) = (start, String::new());
    for (at, c) in text.char_indices() {
        if Script::of(c) != Script::Han {
            position += u32::from(position > start && !c.is_whitespace());
            continue;
        }
        for reading in names::pinyin(c) {
            term.clear();
            term.extend([SYLLABLE]);
            term.push_str(reading);
            let (from, to) = (at as u32, (at + c.len_utf8()) as u32);
            each(Token { text: &term, position, from, to, tail: false });
        }
        position += 1;
    }
    position
}

/// Stands before a reading, so that it is never taken for a word.
pub(crate) const SYLLABLE: char = '\u{1}';

struct Cutter<'e> {
    position: u32,
    own: String,
    latin: String,
    span: (u32, u32),
    /// The character of a run that waits for its right neighbour: itself, its bytes, whether it is the first.
    run: Option<(char, (u32, u32), bool)>,
    each: &'e mut dyn FnMut(Token<'_>),
}

impl Cutter<'_> {
    fn ascii(&mut self, c: char, span: (u32, u32)) {
        match c {
            'A'..='Z' | 'a'..='z' | '0'..='9' => {
                self.end_run();
                let c = c.to_ascii_lowercase();
                self.letter(c, c.encode_utf8(&mut [0; 4]), span);
            }
            '\'' | '`' => {}
            _ => self.gap(),
        }
    }

    fn sign(&mut self, sign: Sign, span: (u32, u32)) {
        match sign {
            Sign::Nothing => {}
            Sign::Gap => self.gap(),
            Sign::Letter { plain, script, .. } if script.is_dense() => {
                self.end_word();
                self.dense(plain, span);
            }
            Sign::Letter { plain, latin, script } => {
                self.end_run();
                // Accents do not count in Latin words; other scripts keep their letters and have a reading beside them.
                if script == Script::Latin && !latin.is_empty() {
                    self.letters(latin, latin, span);
                } else {
                    self.letter(plain, latin, span);
                }
            }
        }
    }

    fn letter(&mut self, plain: char, latin: &str, span: (u32, u32)) {
        self.letters(plain.encode_utf8(&mut [0; 4]), latin, span);
    }

    fn letters(&mut self, own: &str, latin: &str, span: (u32, u32)) {
        if self.own.is_empty() {
            self.span.0 = span.0;
        }
        self.span.1 = span.1;
        if self.own.len() < LONGEST {
            self.own.push_str(own);
            self.latin.push_str(latin);
        }
    }

    fn dense(&mut self, c: char, span: (u32, u32)) {
        if let Some((before, from, _)) = self.run {
            self.emit_pair(before, Some(c), (from.0, span.1), false);
        }
        self.run = Some((c, span, self.run.is_none()));
    }

    fn emit_pair(&mut self, first: char, second: Option<char>, (from, to): (u32, u32), tail: bool) {
        let mut bytes = [0; 8];
        let mut length = first.encode_utf8(&mut bytes).len();
        if let Some(second) = second {
            length += second.encode_utf8(&mut bytes[length..]).len();
        }
        let text = std::str::from_utf8(&bytes[..length]).expect("invariant: characters were encoded");
        (self.each)(Token { text, position: self.position, from, to, tail });
        self.position += 1;
    }

    fn gap(&mut self) {
        self.end_word();
        self.end_run();
    }

    fn end_run(&mut self) {
        if let Some((last, span, alone)) = self.run.take() {
            self.emit_pair(last, None, span, !alone);
        }
    }

    fn end_word(&mut self) {
        if self.own.is_empty() {
            return;
        }
        let (position, (from, to)) = (self.position, self.span);
        (self.each)(Token { text: &self.own, position, from, to, tail: false });
        if self.latin != self.own && !self.latin.is_empty() {
            (self.each)(Token { text: &self.latin, position, from, to, tail: false });
        }
        self.own.clear();
        self.latin.clear();
        self.position += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> String {
        let mut all = Vec::new();
        tokens(text, 0, &mut |t| all.push(format!("{}@{}", t.text, t.position)));
        all.join(" ")
    }

    #[test]
    fn han_runs_are_cut_into_pairs_and_words_are_folded() {
        assert_eq!(cut("海康威视"), "海康@0 康威@1 威视@2 视@3");
        assert_eq!(cut("海康威視"), "海康@0 康威@1 威视@2 视@3");
        assert_eq!(cut("Ürümqi’s 5G网"), "urumqis@0 5g@1 网@2");
        assert_eq!(cut("Звезда"), "звезда@0 zvezda@0");
        assert_eq!(cut("a, b"), "a@0 b@1");
        assert_eq!(cut("…"), "");
    }

    #[test]
    fn every_reading_of_a_character_stands_at_its_place() {
        let mut all = Vec::new();
        syllables("重庆", 0, &mut |t| all.push((t.text[1..].to_owned(), t.position)));
        assert!(all.contains(&("chong".into(), 0)) && all.contains(&("zhong".into(), 0)));
        assert!(all.contains(&("qing".into(), 1)));
    }

    proptest! {
        #[test]
        fn tokens_cover_bytes_of_the_text_in_order(text in "\\PC{0,40}|[a-z海康ァж, ]{0,30}") {
            let mut last = 0;
            tokens(&text, 3, &mut |t| {
                assert!(t.position >= last && t.position >= 3);
                assert!(text.get(t.from as usize..t.to as usize).is_some_and(|part| !part.is_empty()));
                last = t.position;
            });
        }
    }
}
