//! One filter, one meaning: map columns, list, counts, tiles, exports and the browser's own code agree
//! with a naive filter over the CSV files, for 200 random filters.

mod browser;
mod faces;
mod mvt;
mod random;

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::Atlas;
use crate::facts::{Asked, Facts};
use crate::site::Site;

/// How many filters are tried; the seed is fixed, so that a failure comes back.
const FILTERS: usize = 200;
const SEED: u64 = 2019;

fn filters(facts: &Facts) -> Vec<Asked> {
    random::filters(facts, SEED, FILTERS)
}

/// Ids as sets that print well when they differ.
#[track_caller]
fn same(face: &str, asked: &Asked, got: &BTreeSet<String>, wanted: &BTreeSet<&str>) {
    let got: BTreeSet<&str> = got.iter().map(String::as_str).collect();
    let lacking: Vec<_> = wanted.difference(&got).take(5).collect();
    let extra: Vec<_> = got.difference(wanted).take(5).collect();
    let told = format!("{face} of `{}`: lacks {lacking:?}, has too much {extra:?}", asked.query());
    assert!(lacking.is_empty() && extra.is_empty(), "{told}");
}

#[test]
fn the_random_filters_are_worth_trying() {
    let facts = Facts::read();
    let sizes: Vec<usize> = filters(&facts).iter().map(|asked| asked.passing(&facts).len()).collect();
    let some = sizes.iter().filter(|size| **size > 0 && **size < facts.links.len()).count();
    println!("{some} of {FILTERS} filters let some links through and not all");
    assert!(some > FILTERS / 2);
    let keys: BTreeSet<&str> = filters(&facts).iter().flat_map(|asked| asked.0.iter().map(|(key, _)| *key)).collect();
    assert_eq!(keys.len(), 16, "{keys:?}");
}

#[test]
fn the_list_and_its_totals_are_those_of_the_naive_filter() {
    let (facts, site) = (Facts::read(), Site::sample());
    for asked in filters(&facts) {
        let wanted = asked.passing(&facts);
        let (mut got, mut page, mut pages) = (BTreeSet::new(), 1, 1);
        while page <= pages {
            let list = site.json(&format!("/links.json?{}&page={page}", asked.query()));
            pages = list["pages"].as_u64().expect("a number");
            let located = wanted.iter().filter(|id| facts.links[**id].point.is_some()).count();
            assert_eq!(
                (&list["total"], &list["located"]),
                (&wanted.len().into(), &located.into()),
                "{}",
                asked.query()
            );
            for link in list["links"].as_array().expect("links") {
                let id = link["id"].as_str().expect("an id").to_owned();
                assert!(got.insert(id), "{} stands twice in the list of `{}`", link["id"], asked.query());
            }
            page += 1;
        }
        same("list", &asked, &got, &wanted);
    }
}

#[test]
fn the_count_beside_every_choice_is_what_the_other_keys_leave_of_it() {
    let (facts, site) = (Facts::read(), Site::sample());
    let mut compared = 0;
    for asked in filters(&facts).iter().take(60) {
        let page = site.get(&format!("/?{}", asked.query()));
        assert_eq!(page.status, 200, "{}", asked.query());
        compared += check_counts(&facts, asked, &counts(&page.text()));
    }
    println!("{compared} counts agree");
    assert!(compared > 1000);
}

/// Compares the number beside every choice with what the other keys leave of it; gives how many there are.
#[track_caller]
fn check_counts(facts: &Facts, asked: &Asked, counts: &BTreeMap<(String, String), usize>) -> usize {
    let mut left: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for ((key, value), count) in counts {
        let rest = left.entry(key).or_insert_with(|| asked.passing_but(key, facts));
        let known = random::KEYS.into_iter().find(|known| known == key).expect("a key of the grammar");
        let choice = Asked(vec![(known, value.clone())]);
        let wanted = rest.iter().filter(|id| choice.passes(&facts.links[**id], facts)).count();
        assert_eq!(*count, wanted, "{key}={value} beside `{}`", asked.query());
    }
    counts.len()
}

/// The numbers of the filter form: what stands in `<output data-count="key=value">`.
fn counts(html: &str) -> BTreeMap<(String, String), usize> {
    let outputs = html.split("data-count=\"").skip(1);
    let one = |rest: &str| {
        let (name, rest) = rest.split_once('"')?;
        let (_, rest) = rest.split_once('>')?;
        let digits: String = rest.split('<').next()?.chars().filter(char::is_ascii_digit).collect();
        let (key, value) = name.split_once('=')?;
        Some(((key.to_owned(), value.to_owned()), digits.parse().ok()?))
    };
    outputs.filter_map(one).collect()
}

#[test]
fn the_csv_and_geojson_files_hold_exactly_the_links_of_the_list() {
    let (facts, site) = (Facts::read(), Site::sample());
    for asked in filters(&facts) {
        let wanted = asked.passing(&facts);
        let csv = site.get(&format!("/links.csv?{}", asked.query())).body;
        let ids =
            csv::Reader::from_reader(&csv[..]).into_records().map(|row| row.expect("a row")[0].to_owned()).collect();
        same("csv", &asked, &ids, &wanted);
        let geojson = site.json(&format!("/links.geojson?{}", asked.query()));
        let features = geojson["features"].as_array().expect("features");
        let id = |feature: &serde_json::Value| feature["id"].as_str().expect("an id").to_owned();
        same("geojson", &asked, &features.iter().map(id).collect(), &wanted);
        let pointed = features.iter().filter(|feature| !feature["geometry"].is_null()).map(id).collect();
        same("geojson points", &asked, &pointed, &located(&wanted, &facts));
    }
}

#[test]
fn the_exports_of_the_command_line_are_those_of_the_site() {
    let (facts, atlas) = (Facts::read(), Atlas::sample());
    for asked in filters(&facts).iter().take(6) {
        let out = atlas.run(["export", "--format", "csv", "--filter", &asked.query()]).code(0).out();
        let ids =
            csv::Reader::from_reader(out.as_bytes()).into_records().map(|r| r.expect("a row")[0].to_owned()).collect();
        same("export", asked, &ids, &asked.passing(&facts));
    }
}

#[test]
fn the_tiles_of_every_zoom_together_hold_exactly_the_located_links() {
    let (facts, site) = (Facts::read(), Site::sample());
    for (n, asked) in filters(&facts).iter().enumerate() {
        let wanted = asked.passing(&facts);
        let wanted = located(&wanted, &facts);
        // Every zoom up to 3 for the first filters, and two of them for all.
        for zoom in if n < 10 { vec![0, 1, 2, 3] } else { vec![0, 2] } {
            let mut got = BTreeSet::new();
            for (x, y) in (0..1 << zoom).flat_map(|x| (0..1 << zoom).map(move |y| (x, y))) {
                let tile = site.get(&format!("/tiles/{zoom}/{x}/{y}.mvt?{}", asked.query()));
                assert!([200, 204].contains(&tile.status), "{zoom}/{x}/{y} of `{}`", asked.query());
                got.extend(mvt::texts(&tile.body, "links", "id"));
            }
            same(&format!("tiles at zoom {zoom}"), asked, &got, &wanted);
        }
    }
}

#[test]
fn the_code_that_runs_in_the_browser_agrees() {
    let (facts, site) = (Facts::read(), Site::sample());
    let filters = filters(&facts);
    let Some(answers) = browser::answers(site, &filters) else { return };
    for (asked, answer) in filters.iter().zip(answers) {
        let wanted = asked.passing(&facts);
        same("browser", asked, &answer.ids, &wanted);
        check_counts(&facts, asked, &answer.counts);
        assert_eq!((answer.total, answer.located), (wanted.len(), located(&wanted, &facts).len()), "{}", asked.query());
    }
}

fn located<'f>(ids: &BTreeSet<&'f str>, facts: &Facts) -> BTreeSet<&'f str> {
    ids.iter().copied().filter(|id| facts.links[*id].point.is_some()).collect()
}
