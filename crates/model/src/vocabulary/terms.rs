//! Terms of the vocabulary as their TOML files spell them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{CheckRule, Id};

/// One text in several languages, by BCP 47 tag; English is always there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// The text in `lang`, or else in English.
    pub fn get(&self, lang: &str) -> &str {
        self.0.get(lang).or_else(|| self.0.get("en")).map_or("", String::as_str)
    }
}

/// An ordered list of terms with access by id.
#[derive(Debug, Clone)]
pub struct Terms<T> {
    terms: Vec<T>,
    index: BTreeMap<Id, usize>,
}

impl<T> Default for Terms<T> {
    fn default() -> Self {
        Self { terms: Vec::new(), index: BTreeMap::new() }
    }
}

impl<T> Terms<T> {
    /// Keeps the first of terms with the same id; gives back the others' ids.
    pub(super) fn new(terms: Vec<T>, id: impl Fn(&T) -> &Id) -> (Self, Vec<Id>) {
        let mut kept = Self::default();
        let mut twice = Vec::new();
        for term in terms {
            let id = id(&term).clone();
            match kept.index.contains_key(&id) {
                true => twice.push(id),
                false => {
                    kept.index.insert(id, kept.terms.len());
                    kept.terms.push(term);
                }
            }
        }
        (kept, twice)
    }

    /// The term with this id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.index.get(id).map(|i| &self.terms[*i])
    }

    /// The position of a term in the file, from 0.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// All terms in the file's order.
    pub fn all(&self) -> &[T] {
        &self.terms
    }

    /// The ids in the file's order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let mut ids: Vec<(&Id, &usize)> = self.index.iter().collect();
        ids.sort_by_key(|(_, position)| **position);
        ids.into_iter().map(|(id, _)| id.as_str())
    }
}

/// What kind of thing an item is. There is no kind for a natural person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its id.
    #[serde(deserialize_with = "super::read::id")]
    pub id: Id,
    /// Name of its symbol in the icon sprite.
    pub icon: String,
    /// CSS colour.
    pub colour: String,
    /// One of them.
    pub label: Words,
    /// Several of them.
    pub plural: Words,
    /// What it means here.
    pub definition: Words,
}

/// What one item does to another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkType {
    /// Its id.
    #[serde(deserialize_with = "super::read::id")]
    pub id: Id,
    /// Name of its symbol in the icon sprite.
    pub icon: String,
    /// Kinds it may go from.
    #[serde(deserialize_with = "super::read::ids")]
    pub subjects: Vec<Id>,
    /// Kinds it may go to.
    #[serde(deserialize_with = "super::read::ids")]
    pub objects: Vec<Id>,
    /// The verb from subject to object.
    pub label: Words,
    /// The verb from object to subject.
    pub inverse: Words,
    /// Heading over several of them.
    pub plural: Words,
    /// What it means here.
    pub definition: Words,
}

/// What a link is about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its id.
    #[serde(deserialize_with = "super::read::id")]
    pub id: Id,
    /// Name of its symbol in the icon sprite.
    pub icon: String,
    /// CSS colour.
    pub colour: String,
    /// Its group: a term of the set `category-group`.
    #[serde(deserialize_with = "super::read::id")]
    pub group: Id,
    /// Its name.
    pub label: Words,
    /// What it means here.
    pub definition: Words,
}

/// A theme that cuts across categories.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its id.
    #[serde(deserialize_with = "super::read::id")]
    pub id: Id,
    /// Its name.
    pub label: Words,
    /// What it means here.
    pub definition: Words,
}

/// A word of a closed set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The set it belongs to.
    #[serde(deserialize_with = "super::read::id")]
    pub set: Id,
    /// Its id within the set.
    #[serde(deserialize_with = "super::read::id")]
    pub id: Id,
    /// Its name.
    pub label: Words,
    /// What it means here.
    pub definition: Words,
    /// CSS colour, if it has one.
    pub colour: Option<String>,
    /// Name of its symbol, if it has one.
    pub icon: Option<String>,
}

/// The type of a property's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueType {
    /// A name in any script.
    Name,
    /// Prose.
    Text,
    /// A place's name.
    Place,
    /// EDTF.
    Date,
    /// WGS 84.
    Point,
    /// ISO 3166-1.
    Country,
    /// Decimal.
    Number,
    /// Amount and currency.
    Money,
    /// Per cent, as a range.
    Share,
    /// Scheme and value.
    Identifier,
    /// Another item.
    Item,
    /// A word of the property's set.
    Choice,
    /// A category.
    Category,
    /// A topic.
    Topic,
    /// Web address.
    Url,
    /// Yes or no.
    Flag,
    /// A headline number.
    Figure,
    /// A cable's landing point.
    Landing,
}

/// Something that can be claimed of an item or a link.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// Its id.
    #[serde(deserialize_with = "super::read::id")]
    pub id: Id,
    /// The type of its values.
    pub value: ValueType,
    /// Whether several values may hold at once.
    #[serde(default)]
    pub many: bool,
    /// `item`, `link` or both.
    pub on: Vec<String>,
    /// The item kinds it applies to; empty for all.
    #[serde(default, deserialize_with = "super::read::ids")]
    pub kinds: Vec<Id>,
    /// The closed set of a [`ValueType::Choice`].
    pub set: Option<String>,
    /// Its name.
    pub label: Words,
    /// What it means here.
    pub definition: Words,
}

/// A scheme of identifiers given by others.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Its id.
    #[serde(deserialize_with = "super::read::id")]
    pub id: Id,
    /// The rule for its check digits.
    #[serde(deserialize_with = "super::read::rule")]
    pub check: CheckRule,
    /// The characters a value may hold; empty for any.
    #[serde(default)]
    pub alphabet: String,
    /// The lengths a value may have, in characters; empty for any.
    #[serde(default)]
    pub lengths: Vec<usize>,
    /// Address of a record with `{value}` in it, or empty.
    #[serde(default)]
    pub url: String,
    /// Its name.
    pub label: Words,
    /// What it means here.
    pub definition: Words,
}

impl Scheme {
    /// Whether a value has the scheme's shape and check digits.
    pub fn holds(&self, value: &str) -> bool {
        let length = self.lengths.is_empty() || self.lengths.contains(&value.chars().count());
        let letters = self.alphabet.is_empty() || value.chars().all(|c| self.alphabet.contains(c));
        !value.is_empty() && length && letters && self.check.holds(value)
    }
}
