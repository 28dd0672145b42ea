//! A request as handlers see it: which page, in which language, as which face, with which query.

use std::net::IpAddr;

use axum::body::Bytes;
use edition::Edition;
use ui::Lang;

use crate::screening::Screening;
use crate::state::Live;
use crate::suggesting::Suggesting;
use crate::url::Urls;

/// How a view is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// A page for readers.
    Html,
    /// The same view as JSON.
    Json,
    /// A table.
    Csv,
    /// RFC 7946.
    GeoJson,
    /// A workbook.
    Xlsx,
    /// One JSON object a line.
    Jsonl,
    /// BibTeX.
    Bib,
    /// RIS.
    Ris,
    /// CSL-JSON.
    Csl,
    /// Plain text.
    Text,
    /// A drawing.
    Svg,
    /// A picture.
    Png,
    /// A feed (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    JsonFeed,
}

impl Face {
    /// What stands behind the path: `""` for pages.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Json => ".json",
            Self::Csv => ".csv",
            Self::GeoJson => ".geojson",
            Self::Xlsx => ".xlsx",
            Self::Jsonl => ".jsonl",
            Self::Bib => ".bib",
            Self::Ris => ".ris",
            Self::Csl => ".csl.json",
            Self::Text => ".txt",
            Self::Svg => ".svg",
            Self::Png => ".png",
            Self::Atom => ".atom",
            Self::JsonFeed => ".feed.json",
        }
    }

    /// Whether programs read it rather than people: problems are then JSON, and unknown keys errors.
    pub const fn is_data(self) -> bool {
        !matches!(self, Self::Html)
    }
}

/// The body of a POST.
#[derive(Debug, Clone, Default)]
pub(crate) struct Posted {
    /// Its MIME type with parameters, as the client gave it.
    pub mime: String,
    /// Its bytes, never more than the route takes.
    pub bytes: Bytes,
}

impl Posted {
    /// Whether it is a plain HTML form, whose fields are then part of the query.
    pub fn is_form(&self) -> bool {
        self.is("application/x-www-form-urlencoded")
    }

    /// Whether its MIME type, without parameters, is this one.
    pub fn is(&self, mime: &str) -> bool {
        self.mime.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(mime)
    }
}

/// One request for one view of one edition.
pub(crate) struct Ask<'a> {
    /// The language of labels.
    pub lang: Lang,
    /// The face asked for.
    pub face: Face,
    /// The path without language prefix and ending.
    pub path: &'a str,
    /// What stood in the pattern's braces, in order.
    pub params: &'a [&'a str],
    /// The decoded query; behind it the fields of a form that came by POST.
    pub query: Vec<(String, String)>,
    /// What came by POST and is no plain form.
    pub posted: Option<&'a Posted>,
    /// Scheme and host that the client says it asked, such as `http://127.0.0.1:8080`: for answers that have to hold
    /// whole addresses. Never for a page, which would then differ by who asks.
    pub origin: &'a str,
    /// Whether it came by POST.
    pub posts: bool,
    /// Where a suggestion comes from, to count and forget; none for everything else.
    pub peer: Option<IpAddr>,
    /// The way to the inbox.
    pub suggesting: &'a Suggesting,
    /// Readers' own lists.
    pub screening: &'a Screening,
    /// Where the words of captures are, if they are shown.
    pub texts: Option<&'a dyn model::Texts>,
    /// The edition and what was prepared from it.
    pub live: &'a Live,
    /// The site's frame.
    pub site: &'a ui::Site,
}

impl<'a> Ask<'a> {
    /// The edition.
    pub fn edition(&self) -> &'a Edition {
        &self.live.edition
    }

    /// The first parameter of the path.
    pub fn id(&self) -> &'a str {
        self.params.first().copied().unwrap_or_default()
    }

    /// Addresses in the language asked for.
    pub fn urls(&self) -> Urls {
        Urls { lang: self.lang }
    }

    /// The same request with another query.
    pub fn with_query(&self, query: Vec<(String, String)>) -> Self {
        Self { query, ..*self }
    }

    /// The JSON twin of this view.
    pub fn twin(&self) -> String {
        let path = if self.path == "/" { "/index" } else { self.path };
        format!("{}{path}.json", self.lang.prefix())
    }
}

/// Decodes a query string: `+` and `%20` are spaces, a key without `=` has an empty value.
/// `None` if an escape is broken or the bytes are not UTF-8.
pub(crate) fn decode_query(query: &str) -> Option<Vec<(String, String)>> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            Some((decode(key)?, decode(value)?))
        })
        .collect()
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) = (rest.next().and_then(hex)?, rest.next().and_then(hex)?);
                high << 4 | low
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn queries_are_decoded_as_forms_write_them() {
        let pairs = |query| {
            decode_query(query).map(|pairs| pairs.into_iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>())
        };
        assert_eq!(pairs("q=a+b%20c&&poi&x=%E6%9D%AD"), Some(vec!["q=a b c".into(), "poi=".into(), "x=杭".into()]));
        assert_eq!(pairs(""), Some(vec![]));
        for broken in ["q=%", "q=%4", "q=%zz", "q=%ff", "%e6=1"] {
            assert_eq!(pairs(broken), None, "{broken}");
        }
    }

    proptest! {
        #[test]
        fn every_text_survives_percent_encoding(text in any::<String>()) {
            let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
            prop_assert_eq!(decode(&encoded), Some(text));
        }
    }
}
