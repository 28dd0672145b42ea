//! Reads the vocabulary's files; whatever can't be read becomes a problem with its place.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};

use super::{Alias, Choice, Country, Terms, Vocabulary};
use crate::{CheckRule, CountryCode, Id, Problem, Where};

/// Deserialises an [`Id`].
pub(super) fn id<'de, D: Deserializer<'de>>(d: D) -> Result<Id, D::Error> {
    let text = String::deserialize(d)?;
    Id::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not an id")))
}

/// Deserialises a list of [`Id`]s.
pub(super) fn ids<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Id>, D::Error> {
    let texts = Vec::<String>::deserialize(d)?;
    let parse = |text: String| Id::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not an id")));
    texts.into_iter().map(parse).collect()
}

/// Deserialises a [`CheckRule`].
pub(super) fn rule<'de, D: Deserializer<'de>>(d: D) -> Result<CheckRule, D::Error> {
    let text = String::deserialize(d)?;
    CheckRule::parse(&text).ok_or_else(|| D::Error::custom(format!("unknown check rule `{text}`")))
}

type Files<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads every file.
pub(super) fn read(file: Files<'_>) -> (Vocabulary, Vec<Problem>) {
    let mut problems = Vec::new();
    let p = &mut problems;
    let mut vocabulary = Vocabulary {
        kinds: terms(file, "kinds.toml", "kind", |t: &super::Kind| &t.id, p),
        link_types: terms(file, "link-types.toml", "link-type", |t: &super::LinkType| &t.id, p),
        categories: terms(file, "categories.toml", "category", |t: &super::Category| &t.id, p),
        topics: terms(file, "topics.toml", "topic", |t: &super::Topic| &t.id, p),
        choices: choices(file, p),
        properties: terms(file, "properties.toml", "property", |t: &super::Property| &t.id, p),
        schemes: terms(file, "schemes.toml", "scheme", |t: &super::Scheme| &t.id, p),
        sections: terms(file, "sections.toml", "section", |t: &super::ProfilePart| &t.id, p),
        countries: countries(file, p),
        boundaries: rows(file, "boundaries.csv", p),
        lists: rows(file, "lists.csv", p),
        aspi_types: rows(file, "aspi-types.csv", p),
        ..Vocabulary::default()
    };
    vocabulary.aliases = aliases(file, p);
    vocabulary.aspi_topics =
        rows(file, "aspi-topics.csv", p).into_iter().map(|r: AspiTopic| (r.label, r.topic)).collect();
    vocabulary.country_names = country_names(file, p);
    let words = rows(file, "organisation-words.csv", p);
    vocabulary.organisation_words =
        words.into_iter().map(|r: OrganisationWord| (r.word.to_lowercase(), r.kind)).collect();
    (vocabulary, problems)
}

fn at(file: &str, line: u64) -> Where {
    Where { file: format!("vocabulary/{file}"), line, column: 0 }
}

fn text(file: Files<'_>, name: &str, problems: &mut Vec<Problem>) -> String {
    file(name).unwrap_or_else(|| {
        problems.push(
            Problem::error(at(name, 0), "the file is missing").hint("restore it from the program's own vocabulary"),
        );
        String::new()
    })
}

fn toml_list<T: DeserializeOwned>(file: Files<'_>, name: &str, key: &str, problems: &mut Vec<Problem>) -> Vec<T> {
    let text = text(file, name, problems);
    let parsed = toml::from_str::<BTreeMap<String, Vec<T>>>(&text);
    match parsed {
        Ok(mut tables) => {
            let list = tables.remove(key).unwrap_or_default();
            for other in tables.keys() {
                problems.push(
                    Problem::error(at(name, 0), format!("unknown table `{other}`"))
                        .hint(format!("only `[[{key}]]` belongs here")),
                );
            }
            list
        }
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            let line = text[..start.min(text.len())].matches('\n').count() as u64 + 1;
            problems.push(Problem::error(at(name, line), error.message().to_owned()));
            Vec::new()
        }
    }
}

fn terms<T: DeserializeOwned>(
    file: Files<'_>,
    name: &str,
    key: &str,
    id: fn(&T) -> &Id,
    problems: &mut Vec<Problem>,
) -> Terms<T> {
    let (terms, twice) = Terms::new(toml_list(file, name, key, problems), id);
    problems.extend(twice.iter().map(|id| Problem::error(at(name, 0), format!("`{id}` is defined twice"))));
    terms
}

fn choices(file: Files<'_>, problems: &mut Vec<Problem>) -> BTreeMap<Id, Terms<Choice>> {
    let mut sets: BTreeMap<Id, Vec<Choice>> = BTreeMap::new();
    for choice in toml_list::<Choice>(file, "choices.toml", "choice", problems) {
        sets.entry(choice.set.clone()).or_default().push(choice);
    }
    let mut done = BTreeMap::new();
    for (set, list) in sets {
        let (terms, twice) = Terms::new(list, |c: &Choice| &c.id);
        problems.extend(
            twice.iter().map(|id| Problem::error(at("choices.toml", 0), format!("`{id}` stands twice in set `{set}`"))),
        );
        done.insert(set, terms);
    }
    done
}

fn rows<T: DeserializeOwned>(file: Files<'_>, name: &str, problems: &mut Vec<Problem>) -> Vec<T> {
    let text = text(file, name, problems);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut list = Vec::new();
    for (i, row) in reader.deserialize().enumerate() {
        match row {
            Ok(row) => list.push(row),
            Err(error) => {
                let line = error.position().map_or(i as u64 + 2, csv::Position::line);
                problems.push(Problem::error(at(name, line), error.to_string()));
            }
        }
    }
    list
}

#[derive(Deserialize)]
struct AspiTopic {
    label: String,
    #[serde(deserialize_with = "id")]
    topic: Id,
}

#[derive(Deserialize)]
struct OrganisationWord {
    word: String,
    #[serde(deserialize_with = "id")]
    kind: Id,
}

#[derive(Deserialize)]
struct AliasRow {
    table: String,
    spelling: String,
    #[serde(deserialize_with = "id")]
    id: Id,
    swap: String,
}

fn aliases(file: Files<'_>, problems: &mut Vec<Problem>) -> BTreeMap<(String, String), Alias> {
    let mut map = BTreeMap::new();
    for row in rows::<AliasRow>(file, "aliases.csv", problems) {
        let alias = Alias { id: row.id, swap: row.swap == "yes" };
        let key = (row.table, row.spelling);
        if map.contains_key(&key) {
            problems.push(Problem::error(at("aliases.csv", 0), format!("`{}` stands twice for {}", key.1, key.0)));
        }
        map.insert(key, alias);
    }
    map
}

#[derive(Deserialize)]
struct CountryRow {
    code: String,
    numeric: String,
    en: String,
    #[serde(rename = "zh-Hans")]
    simplified: String,
    #[serde(rename = "zh-Hant")]
    traditional: String,
    note: String,
    lat: Option<f64>,
    lon: Option<f64>,
    region: String,
}

fn countries(file: Files<'_>, problems: &mut Vec<Problem>) -> Vec<Country> {
    let mut list = Vec::new();
    for row in rows::<CountryRow>(file, "countries.csv", problems) {
        match CountryCode::parse(&row.code) {
            Some(code) => list.push(country(code, row)),
            None => {
                problems.push(Problem::error(at("countries.csv", 0), format!("`{}` is not a country code", row.code)))
            }
        }
    }
    list
}

fn country(code: CountryCode, row: CountryRow) -> Country {
    Country {
        code,
        numeric: row.numeric,
        english: row.en,
        simplified: row.simplified,
        traditional: row.traditional,
        note: row.note,
        badge: row.lat.zip(row.lon),
        region: row.region,
    }
}

#[derive(Deserialize)]
struct CountryName {
    spelling: String,
    code: String,
}

fn country_names(file: Files<'_>, problems: &mut Vec<Problem>) -> BTreeMap<String, Option<CountryCode>> {
    let mut map = BTreeMap::new();
    for row in rows::<CountryName>(file, "country-names.csv", problems) {
        let code = CountryCode::parse(&row.code);
        if code.is_none() && !row.code.is_empty() {
            problems.push(Problem::error(at("country-names.csv", 0), format!("`{}` is not a country code", row.code)));
        }
        map.insert(row.spelling.to_lowercase(), code);
    }
    map
}
