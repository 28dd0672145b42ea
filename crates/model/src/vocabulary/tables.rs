//! Rows of the vocabulary's CSV tables.

use serde::Deserialize;

use crate::{CountryCode, Id};

/// A country or territory with an ISO 3166-1 code, or Kosovo.
#[derive(Debug, Clone)]
pub struct Country {
    /// Its code.
    pub code: CountryCode,
    /// ISO 3166-1 numeric code, or empty: the key into the base map.
    pub numeric: String,
    /// Short English name.
    pub english: String,
    /// Short name in Simplified Chinese.
    pub simplified: String,
    /// Short name in Traditional Chinese.
    pub traditional: String,
    /// A note on a disputed status, or empty.
    pub note: String,
    /// Where its badge stands on the map: degrees north and east. Never the place of a fact.
    pub badge: Option<(f64, f64)>,
    /// The continent or region it is listed under.
    pub region: String,
}

impl Country {
    /// The short name in a language, else in English.
    pub fn name(&self, lang: &str) -> &str {
        match lang {
            "zh-Hans" | "zh" => &self.simplified,
            "zh-Hant" => &self.traditional,
            _ => &self.english,
        }
    }
}

/// Two neighbours whose common border is drawn dashed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boundary {
    /// ISO code, or the base map's name where there is none.
    pub a: String,
    /// ISO code, or the base map's name where there is none.
    pub b: String,
    /// In one word: disputed, line-of-control, armistice …
    pub status: String,
    /// A neutral note in English.
    pub note_en: String,
    /// The same in Simplified Chinese.
    pub note_zh: String,
}

/// A control list that list files name.
#[derive(Debug, Clone, Deserialize)]
pub struct ListEntry {
    /// The id in the list files.
    pub list_id: String,
    /// The id of the list's item.
    #[serde(deserialize_with = "super::read::id")]
    pub item: Id,
    /// Its English name.
    pub name_en: String,
    /// Its name in Simplified Chinese.
    pub name_zh: String,
    /// The body that publishes it.
    pub publisher: String,
    /// The id of the item that keeps it, or empty.
    pub keeper: String,
    /// The keeper's country: a party's country, not where anything happens.
    pub country: String,
    /// The law it rests on.
    pub authority: String,
    /// Where it is published.
    pub url: String,
}

/// How a type of the ASPI export is told in our words.
#[derive(Debug, Clone, Deserialize)]
pub struct AspiType {
    /// The type's label in the export.
    pub label: String,
    /// Our category.
    #[serde(deserialize_with = "super::read::id")]
    pub category: Id,
    /// Our link type, from the company to the thing.
    #[serde(deserialize_with = "super::read::id")]
    pub link_type: Id,
    /// The kind of the thing.
    #[serde(deserialize_with = "super::read::id")]
    pub object_kind: Id,
}
