//! Small references: a term of the vocabulary, an item, a country, each with its label in the reader's language.

use edition::Item;
use serde::Serialize;

use crate::url::Urls;
use crate::view::Maker;

/// A term of the vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Term {
    /// Its id.
    pub id: String,
    /// Its label in the language of the view.
    pub label: String,
    #[serde(skip)]
    pub icon: String,
    #[serde(skip)]
    pub colour: String,
}

/// An item, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ItemRef {
    /// Its id.
    pub id: String,
    /// Its name in the language of the view, or the name it has.
    pub name: String,
    /// Its kind's id.
    pub kind: String,
    /// A group that the sources do not break down, not an organisation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub collective: bool,
    /// Its page.
    pub url: String,
}

/// A country, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct CountryRef {
    /// ISO 3166-1 alpha-2, or `XK`.
    pub code: String,
    /// Its name in the language of the view.
    pub name: String,
    /// `fact` where the fact is there; `party` where it is only a party's country.
    pub role: &'static str,
    /// Its page.
    pub url: String,
}

impl Maker<'_> {
    /// Addresses in the language of the view.
    pub fn urls(&self) -> Urls {
        Urls { lang: self.lang }
    }

    /// The item as a reference.
    pub fn item_ref(&self, item: Item<'_>) -> ItemRef {
        ItemRef {
            id: item.id().into(),
            name: item.name(self.lang.tag()).into(),
            kind: item.kind().into(),
            collective: item.collective(),
            url: self.urls().item(item.id()),
        }
    }

    /// The item of an id, where it is published.
    pub fn item_ref_by_id(&self, id: &str) -> Option<ItemRef> {
        self.edition.item_or_merged(id).map(|item: Item<'_>| self.item_ref(item))
    }

    /// A country with its name.
    pub fn country_ref(&self, code: &str, of_fact: bool) -> CountryRef {
        CountryRef {
            code: code.into(),
            name: self.country_name(code),
            role: if of_fact { "fact" } else { "party" },
            url: self.urls().country(code),
        }
    }

    /// A country's name; its code where the vocabulary has none.
    pub fn country_name(&self, code: &str) -> String {
        self.edition.vocabulary().country(code).map_or(code, |country| country.name(self.lang.tag())).to_owned()
    }

    /// A kind of item.
    pub fn kind(&self, id: &str) -> Term {
        let kind = self.edition.vocabulary().kinds.get(id);
        kind.map_or_else(|| bare(id), |kind| term(id, kind.label.get(self.lang.tag()), &kind.icon, &kind.colour))
    }

    /// A link type; its label is the verb from subject to object.
    pub fn link_type(&self, id: &str) -> Term {
        let link_type = self.edition.vocabulary().link_types.get(id);
        link_type
            .map_or_else(|| bare(id), |link_type| term(id, link_type.label.get(self.lang.tag()), &link_type.icon, ""))
    }

    /// A category.
    pub fn category(&self, id: &str) -> Term {
        let category = self.edition.vocabulary().categories.get(id);
        category.map_or_else(|| bare(id), |c| term(id, c.label.get(self.lang.tag()), &c.icon, &c.colour))
    }

    /// A topic.
    pub fn topic(&self, id: &str) -> Term {
        let topic = self.edition.vocabulary().topics.get(id);
        topic.map_or_else(|| bare(id), |topic| term(id, topic.label.get(self.lang.tag()), "", ""))
    }

    /// A word of a closed set.
    pub fn choice(&self, set: &str, id: &str) -> Term {
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        self.edition.vocabulary().choice(set, id).map_or_else(
            || bare(id),
            |choice| term(id, choice.label.get(self.lang.tag()), &optional(&choice.icon), &optional(&choice.colour)),
        )
    }
}

impl Term {
    /// The term as a mark with its symbol.
    pub fn tag(&self, href: String) -> ui::Tag {
        ui::Tag { label: self.label.clone(), icon: self.icon.clone(), colour: self.colour.clone(), href }
    }
}

fn term(id: &str, label: &str, icon: &str, colour: &str) -> Term {
    Term { id: id.into(), label: label.into(), icon: icon.into(), colour: colour.into() }
}

fn bare(id: &str) -> Term {
    term(id, id, "other", "")
}
