//! Ids: short, permanent, lower-case names that appear in URLs.

use std::fmt;

/// The longest id, in bytes.
pub const LONGEST_ID: usize = 120;

/// An id of an item, link, source, kind, property …: `[a-z0-9]` words joined by single hyphens.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

impl Id {
    /// The id, or `None` if the text is not of the form `word(-word)*` of at most [`LONGEST_ID`] bytes.
    pub fn parse(text: &str) -> Option<Self> {
        let words = text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        (words && text.len() <= LONGEST_ID).then(|| Self(text.into()))
    }

    /// Makes an id out of any text: ASCII letters and digits are kept in lower case, everything
    /// else separates words. `None` if nothing is left. Not injective: the caller settles clashes.
    pub fn slug(text: &str) -> Option<Self> {
        let mut slug = String::with_capacity(text.len());
        for c in text.chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c.to_ascii_lowercase());
            } else if !slug.ends_with('-') && !slug.is_empty() {
                slug.push('-');
            }
        }
        slug.truncate(LONGEST_ID - 20);
        Self::parse(slug.trim_end_matches('-'))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words_joined_by_single_hyphens() {
        for good in ["a", "5g", "huawei-on-us-entity-list-2019"] {
            assert!(Id::parse(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a b", "é", "a/b", &"x".repeat(121)] {
            assert!(Id::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_slug_keeps_ascii_letters_and_digits() {
        assert_eq!(Id::slug("  Hikvision (杭州) Co., Ltd. ").unwrap().as_str(), "hikvision-co-ltd");
        assert_eq!(Id::slug("杭州"), None);
    }
}
