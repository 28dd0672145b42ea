//! Pages that tell a stranger how to verify, and that stand where a record was.

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::Site;
use crate::stranger::{key, verifier};

fn json(site: &Site, path: &str) -> serde_json::Value {
    serde_json::from_str(&site.get(path).text()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The first id of a kind in the export.
fn first(atlas: &Atlas, record: &str) -> String {
    let export = atlas.run(["export"]).code(0).out();
    let lines = export.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines.filter(|line| line["record"] == record).map(|line| line["id"].as_str().unwrap().to_owned()).next().unwrap()
}

#[test]
fn every_operation_that_a_record_s_page_names_has_a_proof_that_a_stranger_can_check() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    let site = Site::of(&atlas);
    for what in ["item", "link", "source"] {
        let id = first(&atlas, what);
        let page = site.get(&format!("/{what}/{id}")).text();
        let address = format!("/verify/{what}/{id}");
        assert!(page.contains(&format!("href=\"{address}\"")), "{page}");
        let view = json(&site, &format!("{address}.json"));
        let operations = view["operations"].as_array().unwrap();
        assert_eq!(operations[0]["kind"], "record", "{view}");
        assert!(what == "source" || operations.len() > 2, "{view}");
        let ids: std::collections::BTreeSet<&str> = operations.iter().map(|o| o["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), operations.len(), "each proof once: {view}");
        for operation in operations.iter().take(4) {
            let proof = site.get(operation["proof"].as_str().unwrap());
            atlas.put("proof", &proof.body);
            let told = verifier(&atlas, &["proof", "proof", "--key", &key(&atlas)]);
            assert!(told.contains(operation["id"].as_str().unwrap()), "{told}");
        }
        let html = site.get(&address).text();
        assert!(html.contains(operations[0]["proof"].as_str().unwrap()), "{html}");
        assert!(site.get(&format!("/zh{address}")).text().contains("核验此记录"));
    }
}

#[test]
fn every_claim_of_a_page_leads_to_its_own_proof() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    let site = Site::of(&atlas);
    let link = json(&site, &format!("/link/{}.json", first(&atlas, "link")));
    let claims = link["claims"].as_array().unwrap();
    for claim in claims {
        let id = claim["id"].as_str().unwrap();
        let view = json(&site, &format!("/verify/{id}.json"));
        assert_eq!((&view["operations"][0]["id"], &view["operations"][0]["kind"]), (&claim["id"], &"claim".into()));
        let evidence = claim["evidence"][0]["id"].as_str().unwrap();
        assert_eq!(json(&site, &format!("/verify/{evidence}.json"))["operations"][0]["kind"], "evidence");
    }
    assert_eq!(json(&site, "/verify/e0-0.json")["operations"][0]["kind"], "act");
    for missing in ["e0-99999", "e7-0", "x", "e0-00"] {
        assert_eq!(site.get(&format!("/verify/{missing}")).status, 404, "{missing}");
    }
    assert_eq!(site.get("/verify/other/x").status, 404);
}

#[test]
fn the_verifier_that_is_served_is_the_one_in_the_project() {
    let served = Site::sample().get("/log/verify.py");
    assert_eq!(served.body, std::fs::read(crate::tidy::root().join("tools/verify/verify.py")).unwrap());
}

#[test]
fn a_claim_that_a_court_had_destroyed_answers_451_with_its_tombstone_and_is_in_the_register() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    let site = Site::of(&atlas);
    let link = json(&site, &format!("/link/{}.json", first(&atlas, "link")));
    let claims = link["claims"].as_array().unwrap();
    let id = claims.iter().find(|claim| claim["property"]["id"] != "asserts").unwrap()["id"].as_str().unwrap();
    atlas.run(["redact", id, "--reason", "court-order", "--notice", "notice-7"]).code(0);
    let page = site.until(&format!("/verify/{id}"), "notice-7");
    assert_eq!(page.status, 451, "RFC 7725");
    assert!(page.text().contains("a court or an authority ordered it"), "{}", page.text());
    let answer = site.get(&format!("/verify/{id}.json"));
    assert_eq!((answer.status, answer.header("content-type")), (451, "application/problem+json"));
    let tombstone = &json(&site, &format!("/verify/{id}.json"))["tombstone"];
    assert_eq!((&tombstone["fate"], &tombstone["reason"]), (&"redacted".into(), &"court-order".into()));
    assert_eq!(tombstone["notice"], "notice-7");
    assert_eq!(site.get(tombstone["proof"].as_str().unwrap()).status, 200);
    assert!(site.get(&format!("/zh/verify/{id}")).text().contains("此内容已销毁"));
    let register = &json(&site, "/notices.json")["notices"];
    assert_eq!((&register[0]["reference"], &register[0]["values"]), (&"notice-7".into(), &1.into()), "{register}");
    assert_eq!(json(&site, "/transparency.json")["destroyed"]["court-order"], 1);
    assert_eq!(json(&site, "/corrections.json")["corrections"][0]["act"], "redacted");
    let lawful = json(&site, &format!("/link/{}.json", first(&atlas, "link")))["claims"].clone();
    let other =
        lawful.as_array().unwrap().iter().find(|claim| claim["property"]["id"] != "asserts").unwrap()["id"].clone();
    let other = other.as_str().unwrap().to_owned();
    atlas.run(["redact", &other, "--reason", "personal-data", "--notice", "notice-8"]).code(0);
    assert_eq!(site.until(&format!("/verify/{other}"), "notice-8").status, 410, "only an order is 451");
}
