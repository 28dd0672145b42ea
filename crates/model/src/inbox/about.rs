//! What a suggestion is about, as one word of an address.

use std::fmt;

use crate::{Id, OperationNumber};

/// The longest path of a page that is taken, in bytes.
const LONGEST_PATH: usize = 1_000;

/// What a suggestion is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum About {
    /// Something that the atlas does not have.
    #[default]
    New,
    /// A page on which something is wrong: its path, with its query.
    Page(Box<str>),
    /// A record.
    Record(Record),
    /// A value, by its claim.
    Value(OperationNumber),
    /// A property of a record of which nothing is known.
    Gap(Record, Id),
}

/// A record by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// An item.
    Item(Id),
    /// A link.
    Link(Id),
    /// A source.
    Source(Id),
}

impl About {
    /// Reads what [`fmt::Display`] writes: `new`, `page/links?country=KE`, `item/zte`, `item/zte/city` for a property of
    /// which nothing is known, `e12-345` for a value.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "new" {
            return Some(Self::New);
        }
        if let Some(path) = text.strip_prefix("page").filter(|path| path.starts_with('/')) {
            let fits = path.len() <= LONGEST_PATH && !path.chars().any(char::is_control);
            return fits.then(|| Self::Page(path.into()));
        }
        if let Some(number) = OperationNumber::parse(text) {
            return Some(Self::Value(number));
        }
        let mut parts = text.split('/');
        let record = Record::of(parts.next()?, Id::parse(parts.next()?)?)?;
        match (parts.next(), parts.next()) {
            (None, _) => Some(Self::Record(record)),
            (Some(property), None) => Some(Self::Gap(record, Id::parse(property)?)),
            _ => None,
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("new"),
            Self::Page(path) => write!(f, "page{path}"),
            Self::Record(record) => record.fmt(f),
            Self::Value(number) => number.fmt(f),
            Self::Gap(record, property) => write!(f, "{record}/{property}"),
        }
    }
}

impl Record {
    /// The record of this sort (`item`, `link` or `source`) and id.
    pub fn of(sort: &str, id: Id) -> Option<Self> {
        match sort {
            "item" => Some(Self::Item(id)),
            "link" => Some(Self::Link(id)),
            "source" => Some(Self::Source(id)),
            _ => None,
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(id) => write!(f, "item/{id}"),
            Self::Link(id) => write!(f, "link/{id}"),
            Self::Source(id) => write!(f, "source/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_it_is_about_is_one_word_of_an_address() {
        for text in ["new", "page/", "page/links?country=KE", "e12-345", "item/zte", "link/a-b", "source/s/title"] {
            assert_eq!(About::parse(text).map(|about| about.to_string()).as_deref(), Some(text));
        }
        for wrong in ["", "page", "page/\n", "person/jane", "item", "item/ZTE", "item/zte/city/x", "e12", "new/"] {
            assert_eq!(About::parse(wrong), None, "{wrong}");
        }
        assert_eq!(About::parse(&format!("page/{}", "x".repeat(LONGEST_PATH))), None);
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>()) {
            if let Some(about) = About::parse(&text) {
                prop_assert_eq!(About::parse(&about.to_string()), Some(about));
            }
        }
    }
}
