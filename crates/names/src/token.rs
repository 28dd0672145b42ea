//! One part of a name, ready to be compared.

use crate::class::Class;
use crate::script::Script;
use crate::spelling::Spelling;

/// A part of a name: a word, a shared meaning, a run of Han characters.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Token {
    pub(crate) spelling: Spelling,
    /// Hash of the exact reading.
    pub(crate) hash: u64,
    /// The shared meaning, or 0.
    pub(crate) concept: u16,
    /// Where it stands in the text, in bytes.
    pub(crate) from: u16,
    pub(crate) to: u16,
    /// Where its Han characters stand in the name's list of them.
    pub(crate) han: (u8, u8),
    pub(crate) class: Class,
    pub(crate) script: Script,
    /// Legal families, see `data/legal.tsv`.
    pub(crate) families: u8,
    /// Small facts, a bit each.
    pub(crate) marks: u8,
    /// How much it tells this name from others.
    pub(crate) weight: f32,
    /// The first letter of what it means in English, or of its reading.
    pub(crate) initial: u8,
    /// The first letters of its reading, zeros after its end.
    pub(crate) letters: [u8; 8],
}

/// The token stood in capital letters where others did not.
pub(crate) const CAPITALS: u8 = 1;
/// The token stood in brackets.
pub(crate) const BRACKETED: u8 = 2;
/// A short legal form that may also be something else.
pub(crate) const WEAK: u8 = 4;
/// The token shares its place in the text with the one before: an abbreviation of several words.
pub(crate) const EXPANDED: u8 = 8;

impl Token {
    pub(crate) fn is(&self, mark: u8) -> bool {
        self.marks & mark != 0
    }

    /// It alone can show that two names mean one organisation.
    pub(crate) fn is_distinctive(&self) -> bool {
        matches!(self.class, Class::Distinctive | Class::Brand)
    }

    /// It takes part in comparing.
    pub(crate) fn counts(&self) -> bool {
        !matches!(self.class, Class::Link | Class::Legal)
    }

    /// The weight by class and length alone.
    pub(crate) fn prior(&self) -> f32 {
        match self.class {
            Class::Distinctive => match self.spelling.len() {
                0 | 1 => 0.2,
                2 => 0.5,
                3 => 0.8,
                4 => 0.95,
                _ => 1.0,
            },
            Class::Brand => 1.2,
            Class::Number => 0.5,
            Class::Field => 0.5,
            Class::Place => 0.55,
            Class::Kind => 0.35,
            Class::Quality | Class::Country => 0.3,
            Class::Branch => 0.25,
            Class::Title => 0.15,
            Class::Legal => 0.1,
            Class::Link => 0.0,
        }
    }
}
