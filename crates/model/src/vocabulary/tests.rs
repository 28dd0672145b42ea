//! The committed vocabulary holds, and a broken one says where.

use super::*;
use crate::Severity;

fn committed(name: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vocabulary/");
    std::fs::read_to_string(format!("{folder}{name}")).ok()
}

#[test]
fn the_committed_vocabulary_has_no_problem() {
    let (_, problems) = Vocabulary::parse(committed);
    let errors: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn there_is_no_kind_for_a_natural_person() {
    let (vocabulary, _) = Vocabulary::parse(committed);
    let ids: Vec<&str> = vocabulary.kinds.ids().collect();
    let expected = [
        "company",
        "public-body",
        "university",
        "investor",
        "organisation",
        "product",
        "programme",
        "facility",
        "cable",
        "law",
        "list",
        "place",
    ];
    assert_eq!(ids, expected);
    let with_person = |name: &str| match name {
        "kinds.toml" => committed(name).map(|t| t.replace("id = \"company\"", "id = \"private-person\"")),
        _ => committed(name),
    };
    let (_, problems) = Vocabulary::parse(with_person);
    assert!(problems.iter().any(|p| p.what.contains("natural persons")));
}

#[test]
fn all_types_and_topics_of_the_aspi_export_are_there() {
    let (vocabulary, _) = Vocabulary::parse(committed);
    assert_eq!(vocabulary.aspi_types.len(), 23);
    assert_eq!(vocabulary.aspi_topics.len(), 11);
}

#[test]
fn a_missing_or_misspelt_file_is_named_with_its_line() {
    let (_, problems) = Vocabulary::parse(|name| (name != "kinds.toml").then(|| committed(name)).flatten());
    assert!(problems.iter().any(|p| p.at.file == "vocabulary/kinds.toml" && p.severity == Severity::Error));
    let broken = |name: &str| match name {
        "topics.toml" => Some("[[topic]]\nid = \"a\"\nlabel = 3\n".to_owned()),
        _ => committed(name),
    };
    let (_, problems) = Vocabulary::parse(broken);
    assert!(problems.iter().any(|p| p.at.file == "vocabulary/topics.toml" && p.at.line == 3), "{problems:?}");
}

#[test]
fn spellings_of_files_become_terms() {
    let (vocabulary, _) = Vocabulary::parse(committed);
    let subsidiary = vocabulary.resolve("link-type", "subsidiary").unwrap();
    assert_eq!((subsidiary.id.as_str(), subsidiary.swap), ("owns", true));
    assert_eq!(vocabulary.resolve("item-kind", "government-body").unwrap().id.as_str(), "public-body");
    assert!(vocabulary.resolve("item-kind", "person").is_none());
    assert_eq!(vocabulary.country_named("Russia").unwrap().unwrap().as_str(), "RU");
    assert_eq!(vocabulary.country_named("Fishing Vessels"), Some(None));
    assert_eq!(vocabulary.country_named("Ruritania"), None);
    assert_eq!(vocabulary.organisation_kind("Beihang University").unwrap().as_str(), "university");
}
