//! The filter: one grammar that drives map, list, counts, figures, URL, export, feed and embed.
//!
//! Repeated values of a key mean *or*, different keys mean *and*. What a filter says is written
//! once, as its canonical query text; `browser/src/filter.ts` is the same grammar in the browser,
//! and a test holds the two together.

mod shape;

pub use shape::Bbox;

use shape::{canonical_bbox, canonical_poi, canonical_text, canonical_year};
use std::collections::{BTreeMap, BTreeSet};

/// What a filter may ask for, in the order of the canonical query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilterKey {
    /// The subject or the object is this item (an item id).
    Item,
    /// The subject or the object is of this kind.
    ItemKind,
    /// The link is of this type.
    Link,
    /// The link has this category.
    Category,
    /// The link has this topic.
    Topic,
    /// The subject or the object is on this list (the list's item id).
    List,
    /// The link cites this source (a source id).
    Source,
    /// The fact is in this country (a country code); a party's country does not count.
    Country,
    /// The link has this status.
    Status,
    /// The link has this confidence.
    Confidence,
    /// The place of the fact is known this precisely.
    Precision,
    /// The link's years end in or after this one (1 to 9999); an undated link does not match.
    From,
    /// The link's years begin in or before this one (1 to 9999); an undated link does not match.
    To,
    /// `1`: points of particular interest only.
    Poi,
    /// The quantised position is in `W,S,E,N` (degrees); W east of E crosses the antimeridian.
    Bbox,
    /// A name or a text contains this.
    Q,
}

impl FilterKey {
    /// Every key, in canonical order.
    pub const ALL: [Self; 16] = [
        Self::Item,
        Self::ItemKind,
        Self::Link,
        Self::Category,
        Self::Topic,
        Self::List,
        Self::Source,
        Self::Country,
        Self::Status,
        Self::Confidence,
        Self::Precision,
        Self::From,
        Self::To,
        Self::Poi,
        Self::Bbox,
        Self::Q,
    ];

    /// The key as it stands in a URL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::ItemKind => "item-kind",
            Self::Link => "link",
            Self::Category => "category",
            Self::Topic => "topic",
            Self::List => "list",
            Self::Source => "source",
            Self::Country => "country",
            Self::Status => "status",
            Self::Confidence => "confidence",
            Self::Precision => "precision",
            Self::From => "from",
            Self::To => "to",
            Self::Poi => "poi",
            Self::Bbox => "bbox",
            Self::Q => "q",
        }
    }

    /// The key of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The one spelling of a value whose meaning is its shape, `None` if it has not that shape.
    fn canonical(self, value: &str) -> Option<String> {
        match self {
            Self::From | Self::To => canonical_year(value),
            Self::Poi => canonical_poi(value),
            Self::Bbox => canonical_bbox(value),
            Self::Q => canonical_text(value),
            _ => Some(value.to_owned()),
        }
    }

    fn example(self) -> Option<&'static str> {
        match self {
            Self::From | Self::To => Some("2017"),
            Self::Poi => Some("1"),
            Self::Bbox => Some("73.5,18.2,135,53.6"),
            Self::Q => Some("a text of at most 200 characters"),
            _ => None,
        }
    }
}

/// Which values an edition knows; asked for every key but `from`, `to`, `poi`, `bbox` and `q`.
pub trait Allowed {
    /// Whether the value exists.
    fn allowed(&self, key: FilterKey, value: &str) -> bool;
    /// All values of the key if they are few, else those most like `value`.
    fn suggestions(&self, key: FilterKey, value: &str) -> Vec<String>;
}

/// What a filter query said that has no meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterProblem {
    /// No such key: a data face refuses it, a page ignores it with a note.
    UnknownKey {
        /// The key as it was given.
        key: String,
    },
    /// No such value of a known key.
    UnknownValue {
        /// The key.
        key: FilterKey,
        /// The value as it was given.
        value: String,
        /// What may stand there: all values if few, else the nearest, or an example.
        allowed: Vec<String>,
    },
}

/// A conjunction of keys, each a disjunction of values in their one canonical spelling.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Filter {
    values: BTreeMap<FilterKey, BTreeSet<String>>,
}

impl Filter {
    /// Reads decoded query pairs. Empty values (an untouched form field) say nothing and are
    /// passed over; whatever has no meaning is left out of the filter and told as a problem.
    pub fn parse(pairs: impl Iterator<Item = (String, String)>, allowed: &dyn Allowed) -> (Self, Vec<FilterProblem>) {
        let (mut filter, mut problems) = (Self::default(), Vec::new());
        for (key, value) in pairs {
            let value = shape::trimmed(&value);
            match FilterKey::parse(&key) {
                None => problems.push(FilterProblem::UnknownKey { key }),
                Some(_) if value.is_empty() => {}
                Some(key) => match accepted(key, value, allowed) {
                    Ok(value) => filter.insert(key, value),
                    Err(problem) => problems.push(problem),
                },
            }
        }
        (filter, problems)
    }

    /// True if the filter lets everything through.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values of a key in canonical order; none if the key is not in the filter.
    pub fn values(&self, key: FilterKey) -> impl Iterator<Item = &str> {
        self.values.get(&key).into_iter().flatten().map(String::as_str)
    }

    /// Whether the filter asks for this value.
    pub fn has(&self, key: FilterKey, value: &str) -> bool {
        self.values.get(&key).is_some_and(|values| values.contains(value))
    }

    /// Whether the filter says anything about this key.
    pub fn has_key(&self, key: FilterKey) -> bool {
        self.values.contains_key(&key)
    }

    /// Every key and value, in canonical order.
    pub fn pairs(&self) -> impl Iterator<Item = (FilterKey, &str)> {
        self.values.iter().flat_map(|(key, values)| values.iter().map(|v| (*key, v.as_str())))
    }

    /// This filter and one value more; a value without the shape of its key changes nothing.
    pub fn with(&self, key: FilterKey, value: &str) -> Self {
        let mut filter = self.clone();
        if let Some(value) = key.canonical(shape::trimmed(value)).filter(|v| !v.is_empty()) {
            filter.insert(key, value);
        }
        filter
    }

    /// This filter with one value less.
    pub fn without(&self, key: FilterKey, value: &str) -> Self {
        let mut filter = self.clone();
        if let Some(values) = filter.values.get_mut(&key) {
            values.remove(value);
            if values.is_empty() {
                filter.values.remove(&key);
            }
        }
        filter
    }

    /// This filter with nothing said about a key.
    pub fn without_key(&self, key: FilterKey) -> Self {
        let mut filter = self.clone();
        filter.values.remove(&key);
        filter
    }

    /// The earliest `from` and the latest `to`: repeated years widen, as every *or* does.
    pub fn years(&self) -> (Option<i16>, Option<i16>) {
        let years = |key| self.values(key).filter_map(|year| year.parse().ok());
        (years(FilterKey::From).min(), years(FilterKey::To).max())
    }

    /// The boxes of `bbox`; a position in any of them matches.
    pub fn boxes(&self) -> Vec<Bbox> {
        self.values(FilterKey::Bbox).filter_map(Bbox::parse).collect()
    }

    /// Whether only points of particular interest are asked for.
    pub fn poi(&self) -> bool {
        self.has_key(FilterKey::Poi)
    }

    /// The canonical query without its `?`: keys in order, values sorted, no value twice, as
    /// little percent-encoding as a URL needs. Equal filters have equal queries.
    pub fn query(&self) -> String {
        let pairs = self.pairs().map(|(key, value)| format!("{}={}", key.name(), encode(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    fn insert(&mut self, key: FilterKey, value: String) {
        self.values.entry(key).or_default().insert(value);
    }
}

fn accepted(key: FilterKey, value: &str, allowed: &dyn Allowed) -> Result<String, FilterProblem> {
    let by_shape = key.example();
    let canonical = key.canonical(value);
    match (by_shape, canonical) {
        (Some(_), Some(value)) => Ok(value),
        (None, Some(value)) if allowed.allowed(key, &value) => Ok(value),
        _ => Err(FilterProblem::UnknownValue {
            key,
            value: value.to_owned(),
            allowed: match by_shape {
                Some(example) => vec![example.to_owned()],
                None => allowed.suggestions(key, value),
            },
        }),
    }
}

fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            b',' | b':' | b'/' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Words;

    impl Allowed for Words {
        fn allowed(&self, _: FilterKey, value: &str) -> bool {
            !value.contains("wrong")
        }
        fn suggestions(&self, _: FilterKey, _: &str) -> Vec<String> {
            vec!["right".to_owned()]
        }
    }

    fn parse(query: &str) -> (Filter, Vec<FilterProblem>) {
        let pairs = query.split('&').filter(|part| !part.is_empty()).map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            (key.to_owned(), value.to_owned())
        });
        Filter::parse(pairs, &Words)
    }

    fn check_canonical(query: &str, canonical: &str) {
        let (filter, problems) = parse(query);
        assert_eq!((filter.query().as_str(), problems.len()), (canonical, 0), "{query}");
    }

    #[test]
    fn the_canonical_query_is_ordered_deduplicated_and_sparsely_encoded() {
        check_canonical("", "");
        check_canonical("q=&from=&category=", "");
        check_canonical("country=KE&category=b&category=a&category=b", "category=a&category=b&country=KE");
        check_canonical("q=杭州 a+b&item=hikvision", "item=hikvision&q=%E6%9D%AD%E5%B7%9E%20a%2Bb");
        check_canonical("to=02020&from=7", "from=7&to=2020");
        check_canonical("bbox= 170.50, -10,-170,010.0000009 ", "bbox=170.5,-10,-170,10");
        check_canonical("q= Huawei ", "q=Huawei");
    }

    #[test]
    fn unknown_keys_and_values_are_told_and_left_out() {
        let (filter, problems) = parse("utm=1&category=wrong&from=0&bbox=1,2,3&poi=yes&link=ok");
        assert_eq!(filter.query(), "link=ok");
        let unknown = |key, value: &str, allowed: &str| FilterProblem::UnknownValue {
            key,
            value: value.to_owned(),
            allowed: vec![allowed.to_owned()],
        };
        assert_eq!(
            problems,
            [
                FilterProblem::UnknownKey { key: "utm".to_owned() },
                unknown(FilterKey::Category, "wrong", "right"),
                unknown(FilterKey::From, "0", "2017"),
                unknown(FilterKey::Bbox, "1,2,3", "73.5,18.2,135,53.6"),
                unknown(FilterKey::Poi, "yes", "1"),
            ]
        );
    }

    #[test]
    fn repeated_years_widen_the_span() {
        let (filter, _) = parse("from=2015&from=2010&to=2018&to=2020");
        assert_eq!(filter.years(), (Some(2010), Some(2020)));
        assert_eq!(Filter::default().years(), (None, None));
    }

    #[test]
    fn without_undoes_with() {
        let (filter, _) = parse("category=a&poi=1");
        let more = filter.with(FilterKey::Category, "b").with(FilterKey::From, "later");
        assert_eq!(more.query(), "category=a&category=b&poi=1");
        assert_eq!(more.without(FilterKey::Category, "b"), filter);
        assert_eq!(filter.without(FilterKey::Poi, "1").query(), "category=a");
        assert!(filter.without_key(FilterKey::Category).without_key(FilterKey::Poi).is_empty());
    }

    #[test]
    fn every_key_is_found_by_its_name_and_the_order_is_that_of_the_list() {
        for key in FilterKey::ALL {
            assert_eq!(FilterKey::parse(key.name()), Some(key));
        }
        assert!(FilterKey::ALL.is_sorted());
        assert_eq!(FilterKey::parse("lang"), None);
    }

    fn decode(query: &str) -> Vec<(String, String)> {
        let hex = |text: &str| u8::from_str_radix(text, 16).unwrap();
        let plain = |value: &str| {
            let mut parts = value.split('%');
            let mut bytes = parts.next().unwrap().as_bytes().to_vec();
            for part in parts {
                bytes.push(hex(&part[..2]));
                bytes.extend_from_slice(&part.as_bytes()[2..]);
            }
            String::from_utf8(bytes).unwrap()
        };
        let pairs = query.split('&').filter(|part| !part.is_empty());
        pairs.map(|part| part.split_once('=').unwrap()).map(|(k, v)| (k.to_owned(), plain(v))).collect()
    }

    proptest! {
        #[test]
        fn any_pairs_give_a_query_that_reads_back_as_the_same_filter(
            pairs in proptest::collection::vec((0..16usize, "\\PC{0,12}|[0-9.,-]{1,24}"), 0..12)
        ) {
            let named = pairs.into_iter().map(|(k, v)| (FilterKey::ALL[k].name().to_owned(), v));
            let (filter, _) = Filter::parse(named, &Words);
            let query = filter.query();
            prop_assert!(query.bytes().all(|b| b.is_ascii_graphic()));
            let (again, problems) = Filter::parse(decode(&query).into_iter(), &Words);
            prop_assert_eq!(&again, &filter);
            prop_assert_eq!(problems, vec![]);
            prop_assert_eq!(again.query(), query);
        }
    }
}
