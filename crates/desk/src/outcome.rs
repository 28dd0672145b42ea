//! What comes out of an import: operations, problems, changes, and how many rows were refused.

use std::collections::BTreeMap;

use model::{Day, Operation, Problem, Severity, Where};

use crate::detect::Format;

/// A file to import.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Its folder's name and its own, the same on every machine: the last two folders name the
    /// dataset of our own tables.
    pub label: String,
    /// Its path as messages show it.
    pub shown: String,
    /// Its bytes, packed with gzip or not.
    pub bytes: Vec<u8>,
}

/// How to import.
#[derive(Debug, Clone)]
pub struct Options {
    /// The format of every file; guessed from each header where absent.
    pub format: Option<Format>,
    /// Take back records that a dataset brought earlier and that are no longer in its files.
    pub withdraw_missing: bool,
    /// The day of the export or snapshot, for formats that do not carry one.
    pub as_of: Option<Day>,
    /// The day of the import, for an export of which no other day is known.
    pub today: Day,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: &'static str,
    /// Rows or records done.
    pub done: u64,
    /// Rows or records in all, as far as known.
    pub of: u64,
}

/// Everything an import comes to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The operations of one entry; empty if nothing is new or if there is an error.
    pub operations: Vec<Operation>,
    /// What was found, by file and line.
    pub problems: Vec<Problem>,
    /// What the operations change.
    pub changes: Changes,
    /// How many rows were refused, by reason.
    pub refused: BTreeMap<String, u64>,
}

impl Outcome {
    /// Whether an error keeps the whole import out.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|p| p.severity == Severity::Error)
    }
}

/// Why a row is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Refusal {
    /// The row's kind or type says that it is a natural person.
    PersonKind,
    /// The name is that of an addressed person, such as `Mr …`.
    Honorific,
    /// The row gives a birth date, passport or the like.
    PersonalData,
    /// The name has the shape of a person's name; someone must look.
    LooksLikePerson,
    /// The row names a refused one.
    NamesRefused,
}

impl Refusal {
    /// The reason as reports count it.
    pub fn reason(self) -> &'static str {
        match self {
            Self::PersonKind => "typed as a natural person",
            Self::Honorific => "named as a natural person",
            Self::PersonalData => "personal data such as a birth date or passport",
            Self::LooksLikePerson => "may be a natural person, held for review",
            Self::NamesRefused => "names a refused record",
        }
    }

    /// The message for a row, without a word of the row itself.
    pub fn problem(self, at: Where) -> Problem {
        let what = match self {
            Self::PersonKind => "refused: the row is typed as a natural person",
            Self::Honorific => "refused: the name is that of a natural person",
            Self::PersonalData => "refused: the row holds personal data such as a birth date or passport",
            Self::LooksLikePerson => "refused for review: the name may be that of a natural person",
            Self::NamesRefused => "refused: the row names a record that was refused",
        };
        let hint = match self {
            Self::LooksLikePerson => {
                "if it is an organisation, import a CSV file with its name, as printed, in a column `reviewed_organisation` along with this one"
            }
            Self::NamesRefused => "",
            _ => "the atlas documents organisations, products, programmes, facilities, laws and deals",
        };
        Problem::warning(at, what).hint(hint)
    }
}

/// What an import changes, counted over records, claims and evidence, and in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New ones.
    pub added: u64,
    /// Records said anew.
    pub changed: u64,
    /// Ones taken back.
    pub withdrawn: u64,
    /// The difference for people: `+` new, `~` changed, `-` taken back. A new record is one line;
    /// claims have lines of their own only where the record was there before.
    pub lines: Vec<String>,
}
