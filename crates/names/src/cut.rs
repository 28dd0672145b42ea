//! Cutting a text without spaces: the words of the lexicon that together cover it best, and what lies between.

use crate::class::Class;
use crate::lexicon::{Lexicon, Meaning};
use crate::script::Script;

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Piece {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) what: What,
}

/// What a stretch is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum What {
    /// No shared word.
    Unknown,
    /// A shared word.
    Word(Meaning),
    /// Unknown characters before a word such as 市: the name of a place.
    Place,
}

/// Longer texts are cut in stretches of this length.
pub(crate) const LONGEST: usize = 48;

const WORD: f32 = 0.5;
const SINGLE: f32 = 1.3;
const CHARACTER: f32 = 1.0;
const RUN: f32 = 0.6;
/// Dearer than a known place with 市 after it, cheaper than cutting a place's name in two.
const UNKNOWN_PLACE: f32 = 1.9;

/// What came before; it decides what may follow.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// The start, or a shared word.
    Word,
    /// A place, after which one character can be a word: 北京|市.
    Place,
    /// A word that has to be followed by another.
    Bound,
    /// An unknown character.
    Unknown,
}

const STATES: [State; 4] = [State::Word, State::Place, State::Bound, State::Unknown];

/// The cheapest way to a place in the text.
#[derive(Clone, Copy)]
struct Path {
    cost: f32,
    from: u8,
    before: State,
    what: What,
}

const NO_PATH: Path = Path { cost: f32::INFINITY, from: 0, before: State::Word, what: What::Unknown };

/// Room to cut one text after the other.
#[derive(Clone, Default)]
pub(crate) struct Board {
    paths: Vec<[Path; 4]>,
    pub(crate) pieces: Vec<Piece>,
}

impl Board {
    /// Cuts a text of at most [`LONGEST`] characters; the pieces come in order and cover it.
    pub(crate) fn cut(&mut self, lexicon: &Lexicon, text: &[u16], scripts: &[Script]) {
        self.paths.clear();
        self.paths.resize(text.len() + 1, [NO_PATH; 4]);
        self.paths[0][0].cost = 0.0;
        let mut cutter = Cutter { lexicon, text, scripts, paths: &mut self.paths };
        for at in 0..text.len() {
            cutter.leave(at);
        }
        self.pieces.clear();
        cutter.trace(&mut self.pieces);
    }
}

struct Cutter<'a> {
    lexicon: &'a Lexicon,
    text: &'a [u16],
    scripts: &'a [Script],
    paths: &'a mut [[Path; 4]],
}

impl Cutter<'_> {
    /// Every step from one place on.
    fn leave(&mut self, at: usize) {
        for (state, path) in STATES.into_iter().zip(self.paths[at]) {
            if path.cost < f32::INFINITY && state != State::Bound {
                let start = if state == State::Unknown { 0.0 } else { RUN };
                let cost = path.cost + CHARACTER + start;
                self.reach(at + 1, State::Unknown, Path { cost, from: at as u8, before: state, what: What::Unknown });
            }
        }
        if at > 0 && is_bound_kana(self.text[at]) {
            return;
        }
        for (meaning, class, len) in self.lexicon.dense(&self.text[at..]) {
            self.take_word(at, meaning, class, len);
        }
        if let Some(path) = self.before_place(at) {
            self.take_unknown_place(at, path);
        }
    }

    fn take_word(&mut self, at: usize, meaning: Meaning, class: Class, len: usize) {
        let end = at + len;
        let is_last = end == self.text.len();
        if !is_last && is_bound_kana(self.text[end]) {
            return;
        }
        let is_single = len == 1;
        let is_short_kana = len == 2 && self.scripts[at] == Script::Kana;
        let next = match class {
            _ if is_last => State::Word,
            Class::Brand => State::Bound,
            _ if is_single || is_short_kana && self.continues(end) => State::Bound,
            Class::Place | Class::Country => State::Place,
            _ => State::Word,
        };
        for (state, path) in STATES.into_iter().zip(self.paths[at]) {
            let follows = match state {
                _ if is_single => self.may_stand_alone(at) && (is_last && at > 0 || state == State::Place),
                State::Unknown => class != Class::Brand && !(is_short_kana && self.continues(at)),
                _ => true,
            };
            if follows && path.cost < f32::INFINITY {
                let cost = path.cost + if is_single { SINGLE } else { WORD };
                self.reach(end, next, Path { cost, from: at as u8, before: state, what: What::Word(meaning) });
            }
        }
    }

    /// Kana syllables spell, Han characters and Hangul blocks may mean.
    fn may_stand_alone(&self, at: usize) -> bool {
        matches!(self.scripts[at], Script::Han | Script::Hangul)
    }

    /// Whether kana goes on across this place.
    fn continues(&self, at: usize) -> bool {
        at > 0 && self.scripts[at - 1] == Script::Kana && self.scripts[at] == Script::Kana
    }

    /// The place of an organisation stands first, or after its legal form or a larger place.
    fn before_place(&self, at: usize) -> Option<(f32, State)> {
        let [word, place, ..] = self.paths[at];
        let after_form = match word.what {
            _ if at == 0 => true,
            What::Word(meaning) => self.lexicon.concept(meaning.concepts[0]).class == Class::Legal,
            _ => false,
        };
        if after_form && word.cost <= place.cost {
            Some((word.cost, State::Word))
        } else {
            (place.cost < f32::INFINITY).then_some((place.cost, State::Place))
        }
    }

    /// 聊城市, where the place is in no table.
    fn take_unknown_place(&mut self, at: usize, before: (f32, State)) {
        for end in at + 2..=at + 3 {
            let all_han = self.scripts.get(at..=end).is_some_and(|s| s.iter().all(|s| *s == Script::Han));
            if all_han && end + 1 < self.text.len() && is_seat(self.text[end]) {
                let cost = before.0 + UNKNOWN_PLACE;
                self.reach(end + 1, State::Place, Path { cost, from: at as u8, before: before.1, what: What::Place });
            }
        }
    }

    fn reach(&mut self, at: usize, state: State, path: Path) {
        let known = &mut self.paths[at][state as usize];
        if path.cost < known.cost {
            *known = path;
        }
    }

    /// Follows the cheapest path back.
    fn trace(&self, pieces: &mut Vec<Piece>) {
        let end = &self.paths[self.text.len()];
        let mut state = STATES.into_iter().fold(State::Word, |best, state| {
            if end[state as usize].cost < end[best as usize].cost { state } else { best }
        });
        let mut at = self.text.len();
        while at > 0 {
            let path = self.paths[at][state as usize];
            let from = path.from as usize;
            match pieces.last_mut() {
                Some(next) if next.what == What::Unknown && path.what == What::Unknown => next.from = from,
                _ => pieces.push(Piece { from, to: at, what: path.what }),
            }
            (at, state) = (from, path.before);
        }
        pieces.reverse();
    }
}

/// Small kana, the long mark and ン belong to the syllable before them.
fn is_bound_kana(c: u16) -> bool {
    matches!(
        char::from_u32(u32::from(c)),
        Some('ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ー' | 'ン')
    )
}

/// What follows the name of a place that has a government of its own.
pub(crate) fn is_seat(c: u16) -> bool {
    matches!(char::from_u32(u32::from(c)), Some('市' | '县' | '省' | '区' | '郡' | '町' | '村' | '镇'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::tables;

    fn check(text: &str, expected: &[&str]) {
        let letters: Vec<_> = text.chars().map(|c| tables().letters.get(c)).collect();
        let plain: Vec<u16> = letters.iter().map(|l| l.plain).collect();
        let scripts: Vec<Script> = letters.iter().map(|l| l.script).collect();
        let mut board = Board::default();
        board.cut(&tables().lexicon, &plain, &scripts);
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> = board.pieces.iter().map(|p| chars[p.from..p.to].iter().collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_cut_that_leaves_least_unknown_wins() {
        check("怀化学院", &["怀化", "学院"]);
        check("晓晨科技有限公司", &["晓晨", "科技", "有限公司"]);
        check("聊城市眼科医院", &["聊城市", "眼科", "医院"]);
        check("一般社団法人茨木市医師会", &["一般社団法人", "茨木市", "医師会"]);
    }

    #[test]
    fn a_brand_inside_an_unknown_word_is_not_meant() {
        check("海康威现科技", &["海康威现", "科技"]);
        check("海康威视科技", &["海康威视", "科技"]);
    }

    #[test]
    fn syllables_are_not_cut() {
        check("フッコウチョウ", &["フッコウチョウ"]);
        check("グラント", &["グラント"]);
    }
}
