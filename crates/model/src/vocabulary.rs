//! The words the atlas is described in, read from the data files under `vocabulary/` and checked.
//!
//! Labels, filters, forms, the glossary and the import of files all come from here. The order of
//! terms in a file is their order everywhere, and their index in the published columns.

mod check;
mod read;
mod sections;
mod tables;
mod terms;

use std::collections::BTreeMap;

use crate::{CountryCode, Id, Problem};

pub use sections::{ProfilePart, Rule, Seen, Site, Way};
pub use tables::{AspiType, Boundary, Country, ListEntry};
pub use terms::{Category, Choice, Kind, LinkType, Property, Scheme, Terms, Topic, ValueType, Words};

/// Names of the files a vocabulary consists of.
pub const FILES: [&str; 16] = [
    "kinds.toml",
    "link-types.toml",
    "categories.toml",
    "topics.toml",
    "choices.toml",
    "properties.toml",
    "schemes.toml",
    "sections.toml",
    "aliases.csv",
    "aspi-types.csv",
    "aspi-topics.csv",
    "lists.csv",
    "organisation-words.csv",
    "countries.csv",
    "country-names.csv",
    "boundaries.csv",
];

/// The whole vocabulary.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Kinds of items.
    pub kinds: Terms<Kind>,
    /// Types of links.
    pub link_types: Terms<LinkType>,
    /// Categories of links; at most 64.
    pub categories: Terms<Category>,
    /// Topics of links; at most 32.
    pub topics: Terms<Topic>,
    /// Closed sets of words: `status`, `confidence`, `precision` …
    pub choices: BTreeMap<Id, Terms<Choice>>,
    /// Properties of items and links.
    pub properties: Terms<Property>,
    /// Parts of a profile, in the order in which a link tries them.
    pub sections: Terms<ProfilePart>,
    /// Identifier schemes.
    pub schemes: Terms<Scheme>,
    /// Countries by code, in the file's order.
    pub countries: Vec<Country>,
    /// Pairs of countries whose common border is disputed.
    pub boundaries: Vec<Boundary>,
    /// Control lists that have an importer.
    pub lists: Vec<ListEntry>,
    /// Infrastructure types of the ASPI export.
    pub aspi_types: Vec<AspiType>,
    /// Topics of the ASPI export by label.
    pub aspi_topics: BTreeMap<String, Id>,
    aliases: BTreeMap<(String, String), Alias>,
    country_names: BTreeMap<String, Option<CountryCode>>,
    organisation_words: Vec<(String, Id)>,
}

/// What another spelling stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The term meant.
    pub id: Id,
    /// The two ends of the link change places.
    pub swap: bool,
}

impl Vocabulary {
    /// Reads and checks a vocabulary; `file` gives a file's text by its name in [`FILES`].
    ///
    /// With any error-level problem the vocabulary must not be used.
    pub fn parse(file: impl Fn(&str) -> Option<String>) -> (Self, Vec<Problem>) {
        let (vocabulary, mut problems) = read::read(&file);
        problems.extend(check::check(&vocabulary));
        (vocabulary, problems)
    }

    /// The term that `spelling` stands for in `table` (`item-kind`, `link-type`, `category`, `topic`,
    /// `status`, `source-kind`, `precision`), itself or through the alias table.
    pub fn resolve(&self, table: &str, spelling: &str) -> Option<Alias> {
        let own = match table {
            "item-kind" => self.kinds.get(spelling).map(|t| &t.id),
            "link-type" => self.link_types.get(spelling).map(|t| &t.id),
            "category" => self.categories.get(spelling).map(|t| &t.id),
            "topic" => self.topics.get(spelling).map(|t| &t.id),
            set => self.choice(set, spelling).map(|t| &t.id),
        };
        let own = own.map(|id| Alias { id: id.clone(), swap: false });
        own.or_else(|| self.aliases.get(&(table.to_owned(), spelling.to_owned())).cloned())
    }

    /// A word of a closed set.
    pub fn choice(&self, set: &str, id: &str) -> Option<&Choice> {
        self.choices.get(set)?.get(id)
    }

    /// The words of a closed set, in order; empty if there is no such set.
    pub fn set(&self, set: &str) -> &[Choice] {
        self.choices.get(set).map_or(&[], |terms| terms.all())
    }

    /// The country of a code.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries.iter().find(|c| c.code.as_str() == code)
    }

    /// The index of a country in [`Vocabulary::countries`].
    pub fn country_index(&self, code: CountryCode) -> Option<usize> {
        self.countries.iter().position(|c| c.code == code)
    }

    /// The country meant by an English name or a code, as lists and exports spell it:
    /// `None` for an unknown spelling, `Some(None)` for one that is known to name no country.
    pub fn country_named(&self, name: &str) -> Option<Option<CountryCode>> {
        let trimmed = name.trim();
        let own = |c: &&Country| c.code.as_str() == trimmed || c.english.eq_ignore_ascii_case(trimmed);
        let country = self.countries.iter().find(own).map(|c| Some(c.code));
        country.or_else(|| self.country_names.get(&trimmed.to_lowercase()).copied())
    }

    /// The kind of organisation that a name's words point to; the most telling word comes first in the file.
    pub fn organisation_kind(&self, name: &str) -> Option<&Id> {
        let padded = format!(" {} ", spaced(name));
        // Latin words must stand alone; Han is written without spaces.
        let meant = |word: &str| match word.is_ascii() {
            true => padded.contains(&format!(" {word} ")),
            false => padded.contains(word),
        };
        self.organisation_words.iter().find(|(word, _)| meant(word)).map(|(_, kind)| kind)
    }

    /// The control list with this id in list files.
    pub fn list(&self, list_id: &str) -> Option<&ListEntry> {
        self.lists.iter().find(|l| l.list_id == list_id)
    }

    /// The other spellings of a table, for messages and tests.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &str, &Alias)> {
        self.aliases.iter().map(|((table, spelling), alias)| (table.as_str(), spelling.as_str(), alias))
    }
}

/// Lower case, with everything that is no letter or digit turned into single spaces.
fn spaced(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
