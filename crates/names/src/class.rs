//! What part a word plays in a name, on which all weighing depends.

/// What part a word plays in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Class {
    /// It tells this organisation from others.
    #[default]
    Distinctive,
    /// The name of a well-known company, in one of its spellings.
    Brand,
    /// The kind of body: university, bank, works.
    Kind,
    /// The field of work: technology, medicine.
    Field,
    /// A quality or rank: national, first.
    Quality,
    /// An honour before a person's name.
    Title,
    /// It says that this is part of a larger body.
    Branch,
    /// A country.
    Country,
    /// A region or city.
    Place,
    /// The legal form.
    Legal,
    /// A number.
    Number,
    /// Without meaning of its own: of, and, the.
    Link,
}

impl Class {
    /// The class that a data file names; names of companies and legal forms have files of their own.
    pub(crate) fn of(word: &str) -> Class {
        match word {
            "kind" => Class::Kind,
            "field" => Class::Field,
            "quality" => Class::Quality,
            "number" => Class::Number,
            "title" => Class::Title,
            "branch" => Class::Branch,
            "country" => Class::Country,
            "region" | "city" => Class::Place,
            "link" => Class::Link,
            _ => Class::Distinctive,
        }
    }
}
