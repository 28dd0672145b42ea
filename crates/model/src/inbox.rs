//! What strangers send to those who decide, and what they are told: suggestions, the code to come back with, and how
//! they stand.
//!
//! Deciding is the desk's business and showing the site's, and the two do not know each other; they meet in these plain
//! types. Nothing here can hold who sent something, from where or at which hour.

mod about;
mod code;

use crate::Day;

pub use about::{About, Record};
pub use code::Code;

/// What a stranger wants to be different.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggestion {
    /// What it is about.
    pub about: About,
    /// The words, field by field.
    pub fields: Fields,
    /// The language in which to answer: a BCP 47 tag of the interface.
    pub lang: String,
    /// Files, cleaned.
    pub files: Vec<Cleaned>,
}

/// The words of a suggestion, each as it was typed; any of them may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields([String; Field::ALL.len()]);

/// One field of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What happened, or what should be said.
    What,
    /// Where.
    Place,
    /// When: EDTF, or in words.
    When,
    /// Where it can be read: an address, or which publication.
    Source,
    /// The very words of the source.
    Passage,
    /// Anything else for the editors. Never published.
    Note,
}

impl Field {
    /// All fields in the order of the form.
    pub const ALL: [Self; 6] = [Self::What, Self::Place, Self::When, Self::Source, Self::Passage, Self::Note];

    /// Its name in forms and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Place => "where",
            Self::When => "when",
            Self::Source => "source",
            Self::Passage => "passage",
            Self::Note => "note",
        }
    }

    /// The most characters that are taken.
    pub const fn longest(self) -> usize {
        match self {
            Self::Place | Self::When => 300,
            Self::Source => 2_000,
            Self::What | Self::Passage | Self::Note => 8_000,
        }
    }
}

impl Fields {
    /// What stands in a field.
    pub fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    /// Sets a field.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        self.0[field as usize] = text.into();
    }

    /// All fields with what stands in them.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        Field::ALL.into_iter().map(|field| (field, self.get(field)))
    }

    /// Whether nobody has written anything.
    pub fn is_empty(&self) -> bool {
        self.iter().all(|(_, text)| text.trim().is_empty())
    }

    /// The fields that hold more than is taken.
    pub fn too_long(&self) -> impl Iterator<Item = Field> {
        self.iter().filter(|(field, text)| text.chars().count() > field.longest()).map(|(field, _)| field)
    }
}

/// What is kept of a file: nothing of it but what can be seen or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cleaned {
    /// A picture's dots, written anew.
    Picture {
        /// Its media type.
        media_type: String,
        /// Width and height in pixels.
        size: (u32, u32),
        /// A file of dots and nothing else.
        bytes: Vec<u8>,
    },
    /// A document's words.
    Words(String),
}

impl Cleaned {
    /// How many bytes it takes.
    pub fn len(&self) -> usize {
        match self {
            Self::Picture { bytes, .. } => bytes.len(),
            Self::Words(words) => words.len(),
        }
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Something that a contributor should look at before sending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Concern {
    /// In which field.
    pub field: Field,
    /// What it is.
    pub kind: ConcernKind,
    /// The words that it is about; empty for the whole field.
    pub words: String,
}

/// A reason to look again. None of them keeps anybody from sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConcernKind {
    /// An address for mail.
    Email,
    /// A number to call.
    Phone,
    /// A number that identifies a person.
    PersonalNumber,
    /// A name that has the shape of a person's.
    PersonName,
    /// No source is given.
    NoSource,
    /// An address that leads nowhere on the public web.
    BadAddress,
    /// No date that can be read; `words` says how it could be written, if that can be told.
    BadDate,
}

/// What the sender of a suggestion gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The only way back to it.
    pub code: Code,
}

/// How far a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// It waits for somebody to read it.
    Received,
    /// Somebody works on it.
    InReview,
    /// A reviewer has asked something and waits for the answer.
    Asked,
    /// It went into the atlas.
    Accepted,
    /// It can't go on as it is; the reason says what is missing.
    Returned,
    /// It will not be used.
    Rejected,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 6] =
        [Self::Received, Self::InReview, Self::Asked, Self::Accepted, Self::Returned, Self::Rejected];

    /// Its word in stores and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InReview => "in-review",
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Rejected => "rejected",
        }
    }

    /// The step of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }

    /// Whether the sender may write.
    pub const fn takes_answers(self) -> bool {
        matches!(self, Self::Asked | Self::Returned)
    }
}

/// How a suggestion stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The day it came.
    pub received: Day,
    /// How far it is.
    pub step: Step,
    /// Since which day.
    pub since: Day,
    /// What was said, in order: the reviewer's questions and reasons, and the sender's answers.
    pub said: Vec<Word>,
}

/// Something that was said about a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Whether the sender said it; else a reviewer.
    pub by_sender: bool,
    /// On which day.
    pub day: Day,
    /// The words.
    pub text: String,
}

/// Why something was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// As many wait as can wait.
    Full,
    /// No suggestion has this code.
    NoSuchCode,
    /// Nothing was asked.
    NotAsked,
    /// There is nothing in it, or more than is taken.
    Size,
    /// A file of a kind that is not taken; its kind, where that can be told.
    Kind(String),
    /// A file that can't be read.
    Damaged,
    /// Something of ours broke.
    Broken,
}

/// Where suggestions go. Implemented by the desk, given to the site by the program.
pub trait Inbox: Send + Sync {
    /// What would be kept of a file. Nobody and nothing else has opened it before.
    ///
    /// # Errors
    /// If the file is of a kind that is not taken, or can't be read.
    fn clean(&self, bytes: &[u8]) -> Result<Cleaned, Refused>;

    /// What its writer should look at before sending.
    fn look(&self, suggestion: &Suggestion) -> Vec<Concern>;

    /// Keeps a suggestion.
    ///
    /// # Errors
    /// If there is no room, or nothing in it.
    fn submit(&self, suggestion: &Suggestion) -> Result<Receipt, Refused>;

    /// How the suggestion of a code stands.
    ///
    /// # Errors
    /// If there is none.
    fn status(&self, code: &Code) -> Result<Standing, Refused>;

    /// Answers a reviewer.
    ///
    /// # Errors
    /// If there is no such suggestion, or nothing was asked.
    fn answer(&self, code: &Code, text: &str) -> Result<Standing, Refused>;

    /// Destroys a suggestion and all that came with it.
    ///
    /// # Errors
    /// If there is none.
    fn withdraw(&self, code: &Code) -> Result<(), Refused>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_what_was_typed_and_say_which_are_too_long() {
        let mut fields = Fields::default();
        assert!(fields.is_empty());
        fields.set(Field::When, "x".repeat(301));
        fields.set(Field::What, " \n");
        assert_eq!(fields.too_long().collect::<Vec<_>>(), [Field::When]);
        assert_eq!(fields.get(Field::What), " \n");
        assert!(!fields.is_empty());
    }

    #[test]
    fn every_step_is_found_by_its_word() {
        assert!(Step::ALL.into_iter().all(|step| Step::parse(step.word()) == Some(step)));
        assert_eq!(Step::parse("lost"), None);
    }
}
