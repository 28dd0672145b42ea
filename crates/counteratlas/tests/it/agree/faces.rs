//! Figures, feeds, frames, lines and a static copy show under every filter what the list shows.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{filters, located, random, same};
use crate::atlas::Atlas;
use crate::facts::{Asked, Facts};
use crate::site::Site;

/// A feed tells of no more than 200 changes.
const FEED: usize = 200;

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

#[test]
fn every_figure_of_a_filter_counts_the_links_of_the_list() {
    let (facts, site) = (Facts::read(), Site::sample());
    let mut compared = 0;
    for asked in filters(&facts) {
        let wanted = asked.passing(&facts);
        let figures = site.json(&format!("/figures.json?{}", asked.query()));
        assert_eq!(figures["total"], wanted.len(), "{}", asked.query());
        assert_eq!(figures["located"], located(&wanted, &facts).len(), "{}", asked.query());
        for table in figures["tables"].as_array().expect("tables") {
            compared += check_table(table, &asked, &wanted, &facts);
        }
    }
    println!("{compared} figures agree");
    assert!(compared > 5000);
}

/// Compares each count of a table with the links that pass and have its value; gives how many there are.
fn check_table(table: &Value, asked: &Asked, wanted: &BTreeSet<&str>, facts: &Facts) -> usize {
    let id = text(&table["id"]);
    let keys =
        if id == "year" { vec!["from", "to"] } else { random::KEYS.into_iter().filter(|key| *key == id).collect() };
    // Kinds of sources have no key in the grammar.
    if keys.is_empty() {
        return 0;
    }
    let rows = table["rows"].as_array().expect("rows");
    for row in rows {
        let value = text(&row["id"]);
        let choice = Asked(keys.iter().map(|key| (*key, value.to_owned())).collect());
        let counted = wanted.iter().filter(|id| choice.passes(&facts.links[**id], facts)).count();
        assert_eq!(row["links"], counted, "{id} {value} of `{}`", asked.query());
    }
    rows.len()
}

#[test]
fn a_figure_by_itself_and_its_picture_hold_the_same_counts() {
    let site = Site::sample();
    for query in ["", "country=KE", "category=5g&from=2015", "country=KE&category=satellite-calibration"] {
        let figures = site.json(&format!("/figures.json?{query}"));
        for table in figures["tables"].as_array().expect("tables") {
            let address = |ending: &str| format!("/figures/{}{ending}?{query}", text(&table["id"]));
            assert_eq!(site.json(&address(".json"))["table"], *table, "{query}");
            let svg = site.get(&address(".svg")).text();
            let drawn: u64 =
                svg.split("data-count=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<u64>().ok()).sum();
            let rows = table["rows"].as_array().expect("rows").iter();
            let told: u64 =
                rows.take(if table["id"] == "year" { 999 } else { 30 }).filter_map(|row| row["links"].as_u64()).sum();
            assert_eq!(drawn, told, "{}", address(".svg"));
            let png = site.get(&address(".png"));
            assert_eq!((png.status, &png.body[..8]), (200, &b"\x89PNG\r\n\x1a\n"[..]), "{}", address(".png"));
        }
    }
    assert_eq!(site.get("/figures/height.json").status, 404);
}

#[test]
fn the_frame_for_other_sites_shows_the_filter_and_counts_of_the_list() {
    let (facts, site) = (Facts::read(), Site::sample());
    for asked in filters(&facts) {
        let wanted = asked.passing(&facts);
        let embed = site.json(&format!("/embed.json?{}", asked.query()));
        assert_eq!(
            (&embed["total"], &embed["located"]),
            (&wanted.len().into(), &located(&wanted, &facts).len().into())
        );
        let page = site.get(&format!("/embed?{}", asked.query())).text();
        let own = page.split("data-filter=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a filter");
        let list = site.json(&format!("/links.json?{}", own.replace("&amp;", "&")));
        assert_eq!(list["total"], wanted.len(), "the map in the frame of `{}`", asked.query());
    }
}

#[test]
fn a_feed_tells_of_exactly_the_links_of_its_filter() {
    let (facts, site) = (Facts::read(), Site::sample());
    let mut whole = 0;
    for asked in filters(&facts) {
        let wanted = asked.passing(&facts);
        let changes = site.json(&format!("/changes.json?{}", asked.query()));
        let all = changes["changes"].as_array().expect("changes");
        let got: BTreeSet<String> = all
            .iter()
            .filter(|change| change["record"] == "link")
            .map(|change| text(&change["id"]).to_owned())
            .collect();
        if all.len() < FEED {
            whole += 1;
            same("feed", &asked, &got, &wanted);
        } else {
            assert!(got.iter().all(|id| wanted.contains(id.as_str())), "{}", asked.query());
        }
        let atom = site.get(&format!("/changes.atom?{}", asked.query())).text();
        assert_eq!(atom.matches("<entry>").count(), all.len(), "{}", asked.query());
        let feed = site.json(&format!("/changes.feed.json?{}", asked.query()));
        assert_eq!(feed["items"].as_array().map(Vec::len), Some(all.len()), "{}", asked.query());
    }
    println!("{whole} feeds were whole");
    assert!(whole > 50);
}

#[test]
fn the_file_of_lines_holds_exactly_the_links_of_the_list() {
    let (facts, site) = (Facts::read(), Site::sample());
    for asked in filters(&facts) {
        let lines = site.get(&format!("/links.jsonl?{}", asked.query())).text();
        let records = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let ids = records.filter_map(|record| record["id"].as_str().map(str::to_owned)).collect();
        same("lines", &asked, &ids, &asked.passing(&facts));
    }
}

#[test]
fn a_static_copy_filters_over_the_very_columns_of_the_site() {
    let atlas = Atlas::new();
    let foundation = crate::tidy::root().join("sample/foundation").display().to_string();
    atlas.run(["import", &foundation]).code(0);
    let site = Site::of(&atlas);
    let page = site.get("/").text();
    let columns = page.split("data-columns=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address");
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy").display().to_string();
    atlas.run(["build", &copy]).code(0);
    let kept = std::fs::read(format!("{copy}{columns}")).expect("the columns of the copy");
    assert!(kept == site.get(columns).body, "the copy's columns are others");
}
