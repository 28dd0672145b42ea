//! Claims and evidence: the smallest sourced statement, and why it is believed or doubted.

use std::fmt;

use crate::{Date, Id, LangText, Statement};

/// The number of an operation in the ledger: the id of a claim or of a piece of evidence.
///
/// Never a digest of the value, so that a redacted short value can't be found by trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationNumber {
    /// The entry, from 0.
    pub entry: u32,
    /// The operation within the entry, from 0.
    pub operation: u32,
}

impl OperationNumber {
    /// Reads `e12-345`.
    pub fn parse(text: &str) -> Option<Self> {
        let (entry, operation) = text.strip_prefix('e')?.split_once('-')?;
        let number = |t: &str| t.bytes().all(|b| b.is_ascii_digit()).then(|| t.parse().ok()).flatten();
        Some(Self { entry: number(entry)?, operation: number(operation)? })
    }
}

impl fmt::Display for OperationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}-{}", self.entry, self.operation)
    }
}

/// An operation as another operation names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reference {
    /// Operation number of the same entry.
    Here(u32),
    /// An operation of an earlier entry.
    There(OperationNumber),
}

impl Reference {
    /// The number it stands for when it is found in `entry`.
    pub fn within(self, entry: u32) -> OperationNumber {
        match self {
            Self::Here(operation) => OperationNumber { entry, operation },
            Self::There(number) => number,
        }
    }
}

/// What a claim is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// An item.
    Item(Id),
    /// A link.
    Link(Id),
}

impl Subject {
    /// The id, whichever it is.
    pub fn id(&self) -> &Id {
        match self {
            Self::Item(id) | Self::Link(id) => id,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(id) => write!(f, "item `{id}`"),
            Self::Link(id) => write!(f, "link `{id}`"),
        }
    }
}

/// When and how a claim holds. *First cited* is not *started*.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Qualifiers {
    /// It holds from this date.
    pub valid_from: Option<Date>,
    /// It holds to this date.
    pub valid_to: Option<Date>,
    /// The first date at which a source says so.
    pub first_cited: Option<Date>,
    /// The last date at which a source says so.
    pub last_cited: Option<Date>,
    /// The value as the source wrote it, where the claim's value was brought to a normal form.
    pub original: Option<Box<str>>,
}

/// One statement about one property of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Claim {
    /// The item or link it is about.
    pub subject: Subject,
    /// A property of the vocabulary.
    pub property: Id,
    /// What is stated.
    pub statement: Statement,
    /// When and how it holds.
    pub qualifiers: Qualifiers,
}

/// Which way a piece of evidence points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// It says the same.
    Supports,
    /// It says otherwise.
    Contradicts,
    /// It helps to understand.
    Context,
}

impl Stance {
    /// All stances, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Supports, Self::Contradicts, Self::Context];

    /// The word used in files and URLs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Contradicts => "contradicts",
            Self::Context => "context",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// Where in its source a piece of evidence stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Passage {
    /// Paragraph, page or other anchor, as the source or our notes name it.
    pub anchor: Option<Box<str>>,
    /// The exact words.
    pub quote: Option<LangText>,
    /// The words in another language.
    pub translation: Option<LangText>,
}

/// A source's bearing on one or more claims about one subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Evidence {
    /// The claims it bears on, all about one subject.
    pub claims: Vec<Reference>,
    /// The source.
    pub source: Id,
    /// Which way it points.
    pub stance: Stance,
    /// Where in the source.
    pub passage: Passage,
    /// A name shared by evidence that is not independent for a reason the sources do not show.
    pub group: Option<Box<str>>,
    /// A party's own statement against its own interest.
    pub against_interest: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operation_numbers_read_back() {
        let number = OperationNumber { entry: 12, operation: 345 };
        assert_eq!(OperationNumber::parse(&number.to_string()), Some(number));
        for wrong in ["", "e", "e1", "e1-", "e-1", "12-345", "e1-2-3", "e+1-2", "e99999999999-1"] {
            assert_eq!(OperationNumber::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Reference::Here(3).within(7), OperationNumber { entry: 7, operation: 3 });
    }
}
