//! What a claim can say: a value of one of a few types, or that it is unknown, or that there is none.

use crate::{CountryCode, Date, Decimal, Id, Identifier, LangText, Money, Point, Share};

/// A value with its type. Texts of any length; everything else is small.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// A name or a prose text.
    Text(LangText),
    /// An EDTF date.
    Date(Date),
    /// A point in WGS 84.
    Point(Point),
    /// A country.
    Country(CountryCode),
    /// A plain number; the property says the unit.
    Number(Decimal),
    /// A sum of money.
    Money(Money),
    /// A share in per cent.
    Share(Share),
    /// An identifier in a scheme.
    Identifier(Identifier),
    /// Another item.
    Item(Id),
    /// A term of the vocabulary: a choice, category or topic.
    Term(Id),
    /// A web address.
    Url(Box<str>),
    /// Yes or no.
    Flag(bool),
    /// A headline number.
    Figure(Box<Figure>),
    /// A place where a cable lands.
    Landing(Box<Landing>),
}

/// A number that a source gives about an item, with the sentence that says what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Figure {
    /// What is counted, in a sentence.
    pub statement: LangText,
    /// The number.
    pub number: Decimal,
    /// The unit, such as `cameras` or an ISO 4217 code.
    pub unit: Box<str>,
    /// When it held.
    pub as_of: Option<Date>,
}

/// A landing point of a cable, or a town on a terrestrial line, in the order of the route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Landing {
    /// The place's name.
    pub name: Box<str>,
    /// Its country.
    pub country: CountryCode,
    /// Where it is.
    pub point: Point,
    /// Position along the route, from 0.
    pub order: u16,
}

/// What a claim states about its property.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Statement {
    /// It is this.
    Is(Value),
    /// It is not known (Wikibase `somevalue`).
    Unknown,
    /// There is none (Wikibase `novalue`).
    None,
}

impl Statement {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::Is(value) => Some(value),
            Self::Unknown | Self::None => None,
        }
    }
}
