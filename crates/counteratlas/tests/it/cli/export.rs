//! `export`: published records as data, whole or under a filter.

use super::tables::facts;
use crate::atlas::Atlas;

#[test]
fn every_line_of_the_whole_export_is_a_json_object_with_claims_and_evidence() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    let out = atlas.run(["export"]).code(0).out();
    let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let has = |id: &str| rows.iter().any(|row| row["id"] == id);
    assert!(["maker", "police", "maker-supplies-police", "paper"].into_iter().all(has), "{out}");
    for claim in rows.iter().flat_map(|row| row["claims"].as_array().into_iter().flatten()) {
        assert!(claim["evidence"].as_array().is_some_and(|list| !list.is_empty()), "{claim}");
    }
}

#[test]
fn the_same_atlas_exports_the_same_bytes() {
    let atlas = Atlas::sample();
    for format in ["jsonl", "csv", "geojson"] {
        let export = || atlas.run(["export", "--format", format]).code(0).out();
        assert!(export() == export(), "{format}");
    }
}

#[test]
fn a_filter_leaves_only_what_it_lets_through() {
    let out = Atlas::sample().run(["export", "--format", "csv", "--filter", "country=KE&link=supplies"]).code(0).out();
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column =
        |name: &str| header.iter().position(|h| h == name).unwrap_or_else(|| panic!("no `{name}` in {header:?}"));
    let (country, rows) = (column("country"), reader.records().map(Result::unwrap).collect::<Vec<_>>());
    assert!(!rows.is_empty() && rows.iter().all(|row| row[country].contains("KE")), "{out}");
}

#[test]
fn a_filter_without_meaning_is_refused_with_what_may_stand_there() {
    let atlas = Atlas::sample();
    let export = |filter: &str| atlas.run(["export", "--format", "csv", "--filter", filter]).code(1).stdout("");
    export("categry=5g").stderr_has("categry");
    export("category=6g").stderr_has("6g").stderr_has("\"5g\"");
    atlas.run(["export", "--filter", "category=5g"]).code(2).stdout("").stderr_has("--format csv");
}
