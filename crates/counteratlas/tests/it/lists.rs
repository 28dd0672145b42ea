//! The nine control lists: all of them import, and one company named three ways is one item on five lists.

use std::path::PathBuf;

use crate::atlas::{Atlas, SAMPLE};
use crate::site::Site;
use crate::tidy::root;

const LISTS: [&str; 9] = [
    "bis_entity_list.organisations.csv.gz",
    "bis_meu.csv",
    "cbp_wro.csv",
    "dhs_uflpa.csv",
    "dow_1260h.csv",
    "dow_1286.csv",
    "fcc_covered.csv",
    "ofac_eo14032_annex.csv",
    "ofac_nscmic.csv",
];

/// The folder of the list files, where this machine has it.
fn lists() -> Option<PathBuf> {
    let folder = root().join("../shared/data/us-restricted-lists");
    let there = LISTS.iter().all(|file| folder.join(file).exists());
    if !there {
        println!("SKIPPED: no list files beside the project; this test needs ../shared/data/us-restricted-lists");
    }
    there.then_some(folder)
}

#[test]
fn all_nine_lists_import_and_hikvision_is_on_five_of_them_with_date_and_citation() {
    let Some(folder) = lists() else { return };
    let atlas = Atlas::new();
    let sample = SAMPLE.map(|folder| root().join("sample").join(folder).display().to_string());
    atlas.run(["import"].into_iter().chain(sample.iter().map(String::as_str))).code(0);
    for file in LISTS {
        let path = folder.join(file).display().to_string();
        let ran = atlas.run(["import", &path, "--format", "lists"]).code(0).stderr_has("appended entry");
        let refused: Vec<String> =
            ran.err().lines().filter(|line| line.starts_with("refused")).map(str::to_owned).collect();
        println!("{file}: {}", if refused.is_empty() { "nothing refused".to_owned() } else { refused.join("; ") });
    }
    let site = Site::of(&atlas);
    let page = site.json("/item/hikvision.json");
    let listings = page["listings"].as_array().expect("listings");
    let listings: Vec<_> = listings.iter().filter(|listing| listing["object"]["kind"] == "list").collect();
    let mut on: Vec<&str> = listings.iter().filter_map(|listing| listing["object"]["id"].as_str()).collect();
    on.sort_unstable();
    on.dedup();
    let wanted = ["eo-14032-annex", "fcc-covered-list", "ns-cmic-list", "us-1260h-list", "us-entity-list"];
    assert_eq!(on, wanted, "{listings:#?}");
    for listing in listings {
        let some = |key: &str| listing[key].as_array().is_some_and(|values| !values.is_empty());
        assert!(some("effective") && some("citations"), "{listing:#}");
    }
    for file in LISTS {
        let path = folder.join(file).display().to_string();
        atlas.run(["import", &path, "--format", "lists"]).code(0).stderr_has("added 0, changed 0, withdrew 0");
    }
}
