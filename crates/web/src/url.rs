//! The only place that makes addresses, so that a change of one is a change here.

use model::Filter;
use ui::Lang;

use crate::picture::{Look, Numbers};

/// Addresses in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Urls {
    /// The language whose prefix they carry.
    pub lang: Lang,
}

impl Urls {
    /// The first page with a filter.
    pub fn home(self, filter: &Filter) -> String {
        format!("{}/{}", self.lang.prefix(), question(&filter.query()))
    }

    /// A page of the list of links. Page 1 has no number.
    pub fn links(self, filter: &Filter, page: usize) -> String {
        format!("{}/links{}", self.lang.prefix(), self.paged(&filter.query(), page))
    }

    /// The list of links as a file of this ending (`json`, `csv`, `geojson`).
    pub fn links_as(self, ending: &str, filter: &Filter) -> String {
        format!("{}/links.{ending}{}", self.lang.prefix(), question(&filter.query()))
    }

    /// A page of the list of items; `query` is canonical and without its `?`.
    pub fn items(self, query: &str, page: usize) -> String {
        format!("{}/items{}", self.lang.prefix(), self.paged(query, page))
    }

    /// The map as a picture with its legend.
    pub fn map(self, filter: &Filter) -> String {
        format!("{}/map{}", self.lang.prefix(), question(&filter.query()))
    }

    /// The picture alone, as a file of this ending (`png`, `svg`).
    pub fn picture(self, ending: &str, filter: &Filter, look: Look) -> String {
        let mut query = filter.query();
        let mut add = |part: String| query.push_str(&format!("{}{part}", if query.is_empty() { "" } else { "&" }));
        if (look.width, look.height) != (Look::PAGE.width, Look::PAGE.height) {
            add(format!("w={}&h={}", look.width, look.height));
        }
        if look.theme != Look::PAGE.theme {
            add(format!("theme={}", look.theme.name()));
        }
        if look.numbers == Numbers::Keys {
            add("marks=keys".into());
        }
        format!("{}/map.{ending}{}", self.lang.prefix(), question(&query))
    }

    /// The map of a filter to stand in a frame.
    pub fn embed(self, filter: &Filter) -> String {
        format!("{}/embed{}", self.lang.prefix(), question(&filter.query()))
    }

    /// An item's page.
    pub fn item(self, id: &str) -> String {
        self.record("item", id)
    }

    /// A link's page.
    pub fn link(self, id: &str) -> String {
        self.record("link", id)
    }

    /// A source's page.
    pub fn source(self, id: &str) -> String {
        self.record("source", id)
    }

    /// A country's page.
    pub fn country(self, code: &str) -> String {
        self.record("country", code)
    }

    /// A category's page.
    pub fn category(self, id: &str) -> String {
        self.record("category", id)
    }

    fn record(self, what: &str, id: &str) -> String {
        format!("{}/{what}/{id}", self.lang.prefix())
    }

    fn paged(self, query: &str, page: usize) -> String {
        match (query.is_empty(), page) {
            (_, 0 | 1) => question(query),
            (true, page) => format!("?page={page}"),
            (false, page) => format!("?{query}&page={page}"),
        }
    }
}

/// A query with its `?`, or nothing.
pub(crate) fn question(query: &str) -> String {
    if query.is_empty() { String::new() } else { format!("?{query}") }
}

/// The columns file of this content name.
pub(crate) fn columns(name: &str) -> String {
    format!("/columns/{name}.bin")
}

/// What belongs to the columns file of this content name: `names.json`, `ids/`, `matches`.
pub(crate) fn columns_part(name: &str, part: &str) -> String {
    format!("/columns/{name}/{part}")
}

/// The cables.
pub(crate) const LINES: &str = "/lines.geojson";

#[cfg(test)]
mod tests {
    use super::*;
    use model::FilterKey;

    #[test]
    fn addresses_carry_language_filter_and_page() {
        let filter = Filter::default().with(FilterKey::Country, "KE");
        let (en, zh) = (Urls { lang: Lang::En }, Urls { lang: Lang::ZhHans });
        assert_eq!(en.home(&Filter::default()), "/");
        assert_eq!(zh.home(&filter), "/zh/?country=KE");
        assert_eq!(en.links(&filter, 1), "/links?country=KE");
        assert_eq!(zh.links(&filter, 3), "/zh/links?country=KE&page=3");
        assert_eq!(en.links(&Filter::default(), 2), "/links?page=2");
        assert_eq!(en.links_as("csv", &filter), "/links.csv?country=KE");
        assert_eq!(zh.item("zte"), "/zh/item/zte");
    }
}
