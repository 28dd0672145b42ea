//! Reading what is written without spaces: Han characters, Kana, Hangul, Thai.

use super::{Known, Reader, Word};
use crate::class::Class;
use crate::cut::{LONGEST, Piece, What, is_seat};
use crate::hash::step;
use crate::kana::push_kana;
use crate::letters::Letter;
use crate::script::Script;

/// Characters one after the other, with what they stand for.
#[derive(Clone, Default)]
pub(super) struct Run {
    plain: Vec<u16>,
    scripts: Vec<Script>,
    letters: Vec<Letter>,
    places: Vec<(u16, u16)>,
}

impl Run {
    pub(super) fn clear(&mut self) {
        self.plain.clear();
        self.scripts.clear();
        self.letters.clear();
        self.places.clear();
    }

    pub(super) fn push(&mut self, letter: Letter, from: u16, to: u16) {
        self.plain.push(letter.plain);
        self.scripts.push(letter.script);
        self.letters.push(letter);
        self.places.push((from, to));
    }
}

impl Reader {
    /// Cuts the text gathered so far into shared words and what is between them.
    pub(super) fn end_dense(&mut self) {
        if self.dense.plain.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.dense);
        let mut board = std::mem::take(&mut self.board);
        for start in (0..run.plain.len()).step_by(LONGEST) {
            let end = run.plain.len().min(start + LONGEST);
            board.cut(&self.tables.lexicon, &run.plain[start..end], &run.scripts[start..end]);
            for piece in &board.pieces {
                self.push_piece(&run, Piece { from: start + piece.from, to: start + piece.to, what: piece.what });
            }
        }
        self.board = board;
        self.dense = run;
        self.dense.clear();
    }

    fn push_piece(&mut self, run: &Run, piece: Piece) {
        match piece.what {
            What::Word(meaning) => {
                let word = self.dense_word(run, piece.from, piece.to);
                let before = self.tokens.len();
                let known = self.know(word.core, word.end);
                self.push_meaning(meaning, word, &known);
                if self.tables.lexicon.concept(meaning.concepts[0]).class == Class::Brand {
                    self.note_han(before, run, piece.from, piece.to);
                }
            }
            What::Place => {
                let end = if is_seat(run.plain[piece.to - 1]) { piece.to - 1 } else { piece.to };
                let word = self.dense_word(run, piece.from, end);
                let known = self.know(word.core, word.end);
                self.push_han(
                    run,
                    piece.from,
                    end,
                    Word { to: run.places[piece.to - 1].1, ..word },
                    &known,
                    Class::Place,
                );
            }
            What::Unknown => self.push_between(run, piece.from, piece.to),
        }
    }

    /// What no shared word covers, a token for each script in it.
    fn push_between(&mut self, run: &Run, from: usize, to: usize) {
        let mut start = from;
        while start < to {
            let script = run.scripts[start];
            let end = (start..to).find(|i| run.scripts[*i] != script).unwrap_or(to);
            let word = self.dense_word(run, start, end);
            if word.at != word.end {
                let known = self.know(word.core, word.end);
                match known.meaning.filter(|_| script != Script::Han) {
                    Some(meaning) => self.push_meaning(meaning, word, &known),
                    None if script == Script::Han => self.push_han(run, start, end, word, &known, Class::Distinctive),
                    None => self.push_plain(word, Class::Distinctive, &known),
                }
            }
            start = end;
        }
    }

    fn push_han(&mut self, run: &Run, from: usize, to: usize, word: Word, known: &Known, class: Class) {
        let before = self.tokens.len();
        self.push_plain(word, class, known);
        self.note_han(before, run, from, to);
        let Some(token) = self.tokens.get_mut(before) else { return };
        token.hash = run.plain[from..to].iter().flat_map(|c| c.to_le_bytes()).fold(7, |s, b| step(s, b).rotate_left(9));
        if class == Class::Distinctive {
            token.weight = han_weight(to - from);
        }
    }

    /// Keeps the characters of a token that was just pushed.
    fn note_han(&mut self, token: usize, run: &Run, from: usize, to: usize) {
        let at = self.han.len();
        let len = (to - from).min(40);
        if let Some(token) = self.tokens.get_mut(token).filter(|_| at + len <= usize::from(u8::MAX)) {
            self.han.extend_from_slice(&run.plain[from..from + len]);
            token.han = (at as u8, len as u8);
        }
    }

    /// The reading of a piece of dense text, put into the buffer.
    fn dense_word(&mut self, run: &Run, from: usize, to: usize) -> Word {
        // Kana look at the letter before; that of another word is none of theirs.
        self.buffer.push(b' ');
        let at = self.buffer.len() as u16;
        let tables = self.tables;
        for (plain, letter) in run.plain[from..to].iter().zip(&run.letters[from..to]) {
            let reading = tables.letters.reading(*letter);
            if letter.script == Script::Kana {
                push_kana(&mut self.buffer, *plain, reading);
            } else {
                self.buffer.extend_from_slice(reading.as_bytes());
            }
        }
        Word {
            at,
            end: self.buffer.len() as u16,
            core: at,
            from: run.places[from].0,
            to: run.places[to - 1].1,
            script: run.scripts[from],
            marks: self.bracket_mark(),
            digits: false,
            capitals: 0,
            small: 0,
        }
    }
}

/// A single character says little, a long name much.
pub(crate) fn han_weight(characters: usize) -> f32 {
    if characters == 1 { 0.4 } else { 1.0 + 0.1 * characters.min(5) as f32 }
}
