//! The parts of a profile, and the rules by which a link stands in one of them.

use serde::Deserialize;

use super::Words;
use crate::Id;

/// A part of the profile of an item.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfilePart {
    /// Its id.
    #[serde(deserialize_with = "super::read::id")]
    pub id: Id,
    /// Its place on the page.
    pub shown: u8,
    /// The kinds of items whose profile has it.
    #[serde(deserialize_with = "super::read::ids")]
    pub kinds: Vec<Id>,
    /// A link that fits any of them stands here.
    pub rules: Vec<Rule>,
    /// Its heading.
    pub label: Words,
    /// What stands under it.
    pub definition: Words,
}

/// What a link must be, seen from the item whose profile it is. What a rule does not name may be anything.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Rule {
    /// One of these types.
    #[serde(deserialize_with = "super::read::ids")]
    pub link_types: Vec<Id>,
    /// From the item or to it.
    pub way: Option<Way>,
    /// At least one of these categories.
    #[serde(deserialize_with = "super::read::ids")]
    pub categories: Vec<Id>,
    /// The item at the other end is of one of these kinds.
    #[serde(deserialize_with = "super::read::ids")]
    pub other_kinds: Vec<Id>,
    /// In the item's own country or in another.
    pub place: Option<Site>,
}

/// The direction of a link seen from an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The item is the subject.
    Out,
    /// The item is the object.
    In,
}

/// Where a link is seen from an item: in the country of the fact, else in that of the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Site {
    /// In its own country.
    Home,
    /// In another country.
    Abroad,
}

/// A link as a rule sees it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Its type's id.
    pub link_type: &'a str,
    /// Its direction.
    pub way: Way,
    /// Its categories' ids.
    pub categories: &'a [&'a str],
    /// The kind of the item at the other end.
    pub other_kind: &'a str,
    /// Where it is; `None` if no country is known on one side.
    pub place: Option<Site>,
}

impl Rule {
    /// Whether a link fits.
    pub fn fits(&self, link: &Seen<'_>) -> bool {
        let named = |ids: &[Id], id: &str| ids.is_empty() || ids.iter().any(|one| one.as_str() == id);
        let category = self.categories.is_empty()
            || link.categories.iter().any(|id| self.categories.iter().any(|one| one.as_str() == *id));
        named(&self.link_types, link.link_type)
            && named(&self.other_kinds, link.other_kind)
            && category
            && self.way.is_none_or(|way| way == link.way)
            && self.place.is_none_or(|place| Some(place) == link.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_wants_everything_it_names_and_nothing_else() {
        let id = |text: &str| Id::parse(text).unwrap();
        let rule = Rule { other_kinds: vec![id("public-body")], place: Some(Site::Home), ..Rule::default() };
        let link = Seen {
            link_type: "supplies",
            way: Way::Out,
            categories: &["5g"],
            other_kind: "public-body",
            place: Some(Site::Home),
        };
        assert!(rule.fits(&link));
        assert!(!rule.fits(&Seen { place: None, ..link }) && !rule.fits(&Seen { other_kind: "company", ..link }));
        let either = Rule { categories: vec![id("health"), id("5g")], ..Rule::default() };
        assert!(either.fits(&link) && !either.fits(&Seen { categories: &[], ..link }));
        assert!(Rule::default().fits(&link));
    }
}
