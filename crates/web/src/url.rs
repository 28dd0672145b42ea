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

    /// A search; `query` is canonical and without its `?`.
    pub fn search(self, query: &str) -> String {
        format!("{}/search{}", self.lang.prefix(), question(query))
    }

    /// The glossary.
    pub fn glossary(self) -> String {
        format!("{}/glossary", self.lang.prefix())
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

    /// The changes under a filter.
    pub fn changes(self, filter: &Filter, ending: &str) -> String {
        format!("{}/changes{ending}{}", self.lang.prefix(), question(&filter.query()))
    }

    /// What one edition brought.
    pub fn changes_of(self, edition: u64) -> String {
        format!("{}/changes/{edition}", self.lang.prefix())
    }

    /// The records behind one number of the page on quality.
    pub fn quality(self, check: &str, page: usize) -> String {
        format!("{}/quality/{check}{}", self.lang.prefix(), self.paged("", page))
    }

    /// The figures of a filter.
    pub fn figures(self, filter: &Filter) -> String {
        format!("{}/figures{}", self.lang.prefix(), question(&filter.query()))
    }

    /// One table of the figures of a filter, as a page (`ending` empty) or a file of this ending (`.png`).
    pub fn figure(self, table: &str, ending: &str, filter: &Filter) -> String {
        format!("{}/figures/{table}{ending}{}", self.lang.prefix(), question(&filter.query()))
    }

    /// The index of countries with this ending (`.csv`); `sort` is empty for the order of names.
    pub fn countries(self, ending: &str, sort: &str) -> String {
        let query = if sort.is_empty() { String::new() } else { format!("sort={sort}") };
        format!("{}/countries{ending}{}", self.lang.prefix(), question(&query))
    }

    /// The list of sources; `query` is canonical and without its `?`.
    pub fn sources(self, query: &str, page: usize) -> String {
        format!("{}/sources{}", self.lang.prefix(), self.paged(query, page))
    }

    /// A list's page, with its entries.
    pub fn list(self, id: &str, page: usize) -> String {
        format!("{}/list/{id}{}", self.lang.prefix(), self.paged("", page))
    }

    /// A story's page.
    pub fn story(self, id: &str) -> String {
        self.record("story", id)
    }

    /// Whom an item is connected with.
    pub fn connections(self, id: &str) -> String {
        format!("{}/connections", self.item(id))
    }

    /// The form for paths.
    pub fn path(self) -> String {
        format!("{}/path", self.lang.prefix())
    }

    /// The form for comparisons.
    pub fn compare(self) -> String {
        format!("{}/compare", self.lang.prefix())
    }

    /// The form for paths, beginning at an item.
    pub fn path_from(self, id: &str) -> String {
        format!("{}/path?from={id}", self.lang.prefix())
    }

    /// The form for comparisons, with an item in it.
    pub fn compare_with(self, id: &str) -> String {
        format!("{}/compare?item={id}", self.lang.prefix())
    }

    /// The form for a list of one's own.
    pub fn screen(self) -> String {
        format!("{}/screen", self.lang.prefix())
    }

    /// What became of a list.
    pub fn screening(self, token: &str) -> String {
        format!("{}/screen/{token}", self.lang.prefix())
    }

    /// The form for a suggestion about something.
    pub fn suggestion_about(self, about: &str) -> String {
        format!("{}/suggestion?about={}", self.lang.prefix(), encoded(about))
    }

    /// Where forms of suggestions are sent.
    pub fn suggestions(self) -> String {
        format!("{}/suggestion", self.lang.prefix())
    }

    /// How a suggestion stands.
    pub fn suggestion_status(self) -> String {
        format!("{}/suggestion/status", self.lang.prefix())
    }

    /// What changed between a capture and the one beside it.
    pub fn difference(self, number: &str) -> String {
        format!("{}/difference", self.capture(number))
    }

    /// The words of a capture, by its number.
    pub fn capture(self, number: &str) -> String {
        self.record("capture", number)
    }

    /// How to verify an operation, by its number.
    pub fn verify(self, number: &str) -> String {
        self.record("verify", number)
    }

    /// How to verify a record whole: `item`, `link` or `source` and its id.
    pub fn verify_record(self, what: &str, id: &str) -> String {
        self.record("verify", &format!("{what}/{id}"))
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

/// Pairs as a query without its `?`, percent-encoded.
pub(crate) fn query<K: AsRef<str>>(pairs: impl IntoIterator<Item = (K, String)>) -> String {
    let pairs = pairs.into_iter().map(|(key, value)| format!("{}={}", key.as_ref(), encoded(&value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,:/".contains(&byte);
    let piece = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    value.bytes().map(piece).collect()
}

/// The picture of a capture.
pub(crate) fn picture(capture: model::OperationNumber, paint: model::Paint) -> String {
    format!("/picture/{capture}.{}", paint.word())
}

/// The columns file of this content name.
pub(crate) fn columns(name: &str) -> String {
    format!("/columns/{name}.bin")
}

/// What belongs to the columns file of this content name: `names.json`, `ids/`, `matches`.
pub(crate) fn columns_part(name: &str, part: &str) -> String {
    format!("/columns/{name}/{part}")
}

/// The proof of an operation, as a file that stands alone.
pub(crate) fn proof(number: &str) -> String {
    format!("/log/proof/{number}.tlog-proof")
}

/// The cables.
pub(crate) const LINES: &str = "/lines.geojson";

#[cfg(test)]
mod tests {
    use super::*;
    use model::FilterKey;

    #[test]
    fn a_query_of_any_text_is_read_back_as_it_was() {
        let pairs = vec![("from".to_owned(), "a b&c=d+%é海".to_owned()), ("to".to_owned(), "x".to_owned())];
        let text = query(pairs.clone());
        assert_eq!(text, "from=a%20b%26c%3Dd%2B%25%C3%A9%E6%B5%B7&to=x");
        assert_eq!(crate::ask::decode_query(&text), Some(pairs));
    }

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
