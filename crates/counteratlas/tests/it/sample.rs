//! The sample atlas: what is published is what its tables say, counted independently of the program.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::atlas::{Atlas, SAMPLE};
use crate::facts::{Facts, rows};
use crate::site::Site;
use crate::tidy::root;

#[test]
fn the_sample_imports_without_a_single_problem_and_again_adds_nothing() {
    let atlas = Atlas::new();
    let folders = SAMPLE.map(|folder| root().join("sample").join(folder).display().to_string());
    let import = || atlas.run(["import"].into_iter().chain(folders.iter().map(String::as_str)));
    import().code(0).stderr_lacks("error").stderr_has("appended entry 0");
    let before = atlas.bytes();
    import().code(0).stderr_has("added 0, changed 0, withdrew 0");
    assert!(atlas.bytes() == before, "a second import of the same files wrote something");
}

#[test]
fn one_folder_after_the_other_publishes_the_same_as_all_at_once() {
    let atlas = Atlas::new();
    for folder in SAMPLE {
        let path = root().join("sample").join(folder).display().to_string();
        atlas.run(["import", &path]).code(0);
    }
    let (apart, together) = (Site::of(&atlas), Site::sample());
    for path in ["/links.json", "/links.json?country=KE", "/item/huawei.json"] {
        let total = |site: &Site| {
            let json = site.json(path);
            ["total", "located"].map(|key| json[key].clone())
        };
        assert_eq!(total(&apart), total(together), "{path}");
    }
}

#[test]
fn the_ledger_of_the_sample_is_whole() {
    Atlas::sample().run(["verify"]).code(0).stderr_has("the ledger is whole: 1 entries");
}

#[test]
fn the_check_has_no_more_than_notes_on_the_sample() {
    let report = Atlas::sample().run(["check", "--report", "json"]).code(0).json();
    let worse = |finding: &&Value| finding["severity"] != "note";
    let findings = report.as_array().or(report["problems"].as_array()).expect("a list of findings");
    assert_eq!(findings.iter().find(worse), None);
}

#[test]
fn the_atlas_holds_as_many_links_and_located_links_as_the_tables() {
    let facts = Facts::read();
    let list = Site::sample().json("/links.json");
    assert_eq!(list["total"], facts.links.len());
    assert_eq!(list["located"], facts.located().count());
    println!("{} links, {} of them located, {} items", facts.links.len(), facts.located().count(), facts.items.len());
}

#[test]
fn counts_per_country_category_and_link_type_are_those_of_the_tables() {
    let facts = Facts::read();
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for link in facts.links.values() {
        let categories = link.categories.iter().map(|id| format!("category={id}"));
        let country = (!link.country.is_empty()).then(|| format!("country={}", link.country));
        for filter in categories.chain(country).chain([format!("link={}", link.link_type)]) {
            *wanted.entry(filter).or_default() += 1;
        }
    }
    let total = |filter: &str| Site::sample().json(&format!("/links.json?{filter}"))["total"].clone();
    for (filter, count) in &wanted {
        assert_eq!(total(filter), *count, "{filter}");
    }
    println!("{} filters of one value agree", wanted.len());
}

/// A line takes two landing points; a cable of which the sources name one is a point.
#[test]
fn every_cable_is_a_line_exactly_once() {
    let (cables, short): (Vec<_>, Vec<_>) =
        rows("cables").into_iter().partition(|row| row["landing_points"].contains(';'));
    for row in &short {
        println!("note: `{}` has one landing point only and is no line: {}", row["id"], row["landing_points"]);
    }
    assert!(short.len() <= 1 && cables.len() + short.len() == 15);
    let lines = Site::sample().json("/lines.geojson");
    let features = lines["features"].as_array().expect("features");
    let landed = |id: &str| features.iter().any(|f| f["geometry"]["type"] == "Point" && f["properties"]["cable"] == id);
    assert!(cables.iter().chain(&short).all(|row| landed(&row["id"])), "a cable without a landing point");
    let is_line = |feature: &&Value| feature["geometry"]["type"].as_str().is_some_and(|t| t.ends_with("LineString"));
    let mut drawn: Vec<&str> = features.iter().filter(is_line).filter_map(|f| f["properties"]["id"].as_str()).collect();
    let mut wanted: Vec<&str> = cables.iter().map(|row| row["id"].as_str()).collect();
    drawn.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(drawn, wanted);
}

#[test]
fn every_item_link_and_source_has_its_page() {
    let facts = Facts::read();
    let site = Site::sample();
    let items = facts.items.keys().map(|id| format!("/item/{id}"));
    let links = facts.links.keys().map(|id| format!("/link/{id}"));
    let sources = facts.sources.keys().map(|id| format!("/source/{id}"));
    let paths: Vec<String> = items.chain(links).chain(sources).collect();
    let missing: Vec<&String> = paths.iter().filter(|path| site.get(path).status != 200).collect();
    assert!(missing.is_empty(), "{} of {} pages are missing: {missing:?}", missing.len(), paths.len());
}

#[test]
fn confidence_is_that_of_the_rule_for_every_link() {
    let site = Site::sample();
    for link in Facts::read().links.values() {
        let page = site.json(&format!("/link/{}.json", link.id));
        assert_eq!(page["confidence"], link.confidence, "{}", link.id);
    }
}

#[test]
fn no_party_country_is_counted_as_the_country_of_a_fact() {
    let parties: Vec<_> = rows("relations").into_iter().filter(|row| row["country_role"] == "party").collect();
    assert!(parties.len() > 10, "the sample has such rows");
    for row in parties.iter().take(40) {
        let list = Site::sample().json(&format!("/links.json?country={}&item={}", row["country"], row["subject"]));
        let found = list["links"].as_array().expect("links").iter().any(|link| link["id"] == row["id"].as_str());
        assert!(!found, "{}", row["id"]);
    }
}

#[test]
fn every_value_of_an_item_and_a_link_says_how_it_is_known() {
    let site = Site::sample();
    for path in ["/item/huawei.json", "/item/peace-cable.json", "/link/huawei-supplies-kenya-police-nairobi.json"] {
        let page = site.json(path);
        let claims = page["claims"].as_array().expect("claims");
        assert!(!claims.is_empty(), "{path}");
        for claim in claims {
            let evidence = claim["evidence"].as_array().expect("evidence");
            assert!(!evidence.is_empty() && evidence.iter().all(|e| e["source"].is_string()), "{path}: {claim}");
        }
    }
}
