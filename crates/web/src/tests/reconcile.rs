//! Reconciliation as OpenRefine asks for it, step by step, and `/match` as clients of yente do.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Answer, ask, post, post_form, state};
use crate::{Assets, Setup, WebState};

fn value(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

fn get(address: &str) -> Value {
    value(&ask(&state(), "GET", address, &[("host", "atlas.example:8080")]))
}

#[test]
fn the_manifest_names_whole_addresses_of_the_host_that_was_asked() {
    let manifest = get("/reconcile");
    assert_eq!(manifest["versions"], json!(["0.2"]));
    assert_eq!(manifest["view"]["url"], "http://atlas.example:8080/item/{{id}}");
    let secure = [("host", "atlas.example"), ("x-forwarded-proto", "https")];
    let behind = value(&ask(&state(), "GET", "/reconcile", &secure));
    assert_eq!(behind["identifierSpace"], "https://atlas.example/item/");
    let hostile = value(&ask(&state(), "GET", "/reconcile", &[("host", "evil.example/<script>")]));
    assert_eq!(hostile["identifierSpace"], "/item/");
}

#[test]
fn where_the_settings_name_an_address_the_manifest_names_it_whoever_asks() {
    let imprint = ui::Imprint { address: "https://atlas.example".into(), ..ui::Imprint::default() };
    let setup = Setup { imprint, ..Setup::default() };
    let state = Arc::new(WebState::published_by(setup, Arc::new(super::edition()), Assets::new(std::iter::empty())));
    let manifest = value(&ask(&state, "GET", "/reconcile", &[("host", "127.0.0.1:9000")]));
    assert_eq!(manifest["view"]["url"], "https://atlas.example/item/{{id}}");
}

/// What OpenRefine does with a column: manifest, guess of types, batches, a choice by hand, a preview, new columns.
#[test]
fn openrefines_flow_is_answered_step_by_step() {
    let manifest = get("/reconcile");
    let at = |part: &Value| {
        let (base, path) =
            (part["service_url"].as_str().expect("a base"), part["service_path"].as_str().expect("a path"));
        format!("{base}{path}").replace("http://atlas.example:8080", "")
    };
    let guess = r#"{"q0":{"query":"Example Vision","limit":3},"q1":{"query":"城市警察","limit":3}}"#;
    let guessed = value(&post_form(&state(), "/reconcile", &[("queries", guess)]));
    assert_eq!(guessed["q0"]["result"][0]["type"][0]["id"], "company");
    let types = get(&format!("{}?prefix=comp", at(&manifest["suggest"]["type"])));
    assert_eq!(types["result"][0]["id"], "company");
    let batch = json!({
        "q0": { "query": "EXAMPLE VISION CO., LTD.", "type": "company", "type_strict": "should" },
        "q1": { "query": "示例視覺", "type": "company" },
        "q2": { "query": "Example Vision", "type": "public-body" },
        "q3": { "query": "example-vision" },
    });
    let answers = value(&post_form(&state(), "/reconcile", &[("queries", &batch.to_string())]));
    for key in ["q0", "q1", "q3"] {
        let best = &answers[key]["result"][0];
        assert_eq!(
            (best["id"].as_str(), best["match"].as_bool()),
            (Some("example-vision"), Some(true)),
            "{key}: {best}"
        );
        assert!(!best["features"].as_array().expect("features").is_empty(), "{key}");
    }
    assert!(answers["q2"]["result"].as_array().expect("a list").iter().all(|c| c["type"][0]["id"] == "public-body"));
    let entities = get(&format!("{}?prefix=exam", at(&manifest["suggest"]["entity"])));
    assert!(entities["result"].as_array().expect("a list").iter().any(|e| e["id"] == "example-vision"));
    let preview = manifest["preview"]["url"].as_str().expect("an address").replace("{{id}}", "example-vision");
    let preview = ask(&state(), "GET", &preview.replace("http://atlas.example:8080", ""), &[]);
    assert!(preview.body.contains("示例视觉"));
    assert!(preview.headers["content-security-policy"].to_str().expect("text").contains("frame-ancestors *"));
    let proposed = get(&format!("{}?type=company", at(&manifest["extend"]["propose_properties"])));
    assert!(proposed["properties"].as_array().expect("a list").iter().any(|p| p["id"] == "website"));
    let wanted = json!({ "ids": ["example-vision", "nobody"], "properties": [{ "id": "name" }, { "id": "lei", "settings": { "limit": "1" } }] });
    let extended = value(&post_form(&state(), "/reconcile", &[("extend", &wanted.to_string())]));
    assert_eq!(extended["rows"]["example-vision"]["name"][0]["str"], "Example Vision");
    assert_eq!(extended["rows"]["nobody"]["name"], json!([]));
    assert_eq!(extended["meta"][0]["id"], "name");
}

#[test]
fn queries_come_by_get_too_and_other_origins_may_read() {
    let answer =
        ask(&state(), "GET", "/reconcile?queries=%7B%22a%22%3A%7B%22query%22%3A%22Example%20Vision%22%7D%7D", &[]);
    assert_eq!(value(&answer)["a"]["result"][0]["id"], "example-vision");
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    let preflight = ask(&state(), "OPTIONS", "/reconcile/draft/match", &[("origin", "https://other.example")]);
    assert_eq!(preflight.status, 204);
    assert_eq!(preflight.headers["access-control-allow-headers"], "content-type");
}

#[test]
fn the_draft_is_answered_in_its_own_shape() {
    let manifest = get("/reconcile/draft");
    assert_eq!(manifest["versions"], json!(["1.0-draft"]));
    let batch = json!({ "queries": [
        { "type": "company", "conditions": [{ "matchType": "name", "propertyValue": "Example Vision" }] },
        { "conditions": [{ "matchType": "id", "propertyValue": "example-vision" }] },
    ] });
    let answers = value(&post(&state(), "/reconcile/draft/match", "application/json", &batch.to_string()));
    assert_eq!(answers["results"][0]["candidates"][0]["id"], "example-vision");
    assert_eq!(answers["results"][1]["candidates"][0]["features"][0]["name"], "id");
    let wanted = json!({ "ids": ["example-vision"], "properties": [{ "id": "name" }] });
    let extended = value(&post(&state(), "/reconcile/draft/extend", "application/json", &wanted.to_string()));
    assert_eq!(extended["rows"][0]["properties"][0]["values"][0]["str"], "Example Vision");
}

/// The ids that a query of the draft gives for these conditions.
fn drafted(conditions: &Value) -> Vec<String> {
    let batch = json!({ "queries": [{ "limit": 50, "conditions": conditions }] });
    let answers = value(&post(&state(), "/reconcile/draft/match", "application/json", &batch.to_string()));
    let found = answers["results"][0]["candidates"].as_array().expect("a list").clone();
    for candidate in &found {
        let features = candidate["features"].as_array().expect("a list");
        let ids: std::collections::BTreeSet<_> = features.iter().map(|feature| feature["id"].to_string()).collect();
        assert_eq!(ids.len(), features.len(), "a feature is named twice: {candidate}");
        assert!((0.0..=100.0).contains(&candidate["score"].as_f64().expect("a score")));
    }
    found.iter().map(|candidate| candidate["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn a_required_condition_keeps_items_out_and_another_does_not() {
    let name = json!({ "matchType": "name", "propertyValue": "Example Vision" });
    let described = |text: &str, required: bool| json!({ "matchType": "property", "propertyId": "description", "propertyValue": text, "required": required });
    assert_eq!(drafted(&json!([name, described("makes cameras.", true)]))[0], "example-vision");
    assert_eq!(drafted(&json!([name, described("Makes pumps.", false)]))[0], "example-vision");
    assert!(!drafted(&json!([name, described("Makes pumps.", true)])).contains(&"example-vision".to_owned()));
}

#[test]
fn quantifiers_say_how_many_of_the_values_have_to_be_met() {
    let own = |values: Value, quantifier: &str| {
        let named = json!({ "matchType": "id", "propertyValue": "example-vision" });
        let names = json!({ "matchType": "property", "propertyId": "name", "propertyValue": values,
            "required": true, "matchQuantifier": quantifier });
        drafted(&json!([named, names])).len()
    };
    for (values, any, all, none) in [
        (json!(["示例视觉", "Other"]), 1, 0, 0),
        (json!(["示例视觉", "Example Vision"]), 1, 1, 0),
        (json!("Other"), 0, 0, 1),
    ] {
        let found = (own(values.clone(), "any"), own(values.clone(), "all"), own(values.clone(), "none"));
        assert_eq!(found, (any, all, none), "{values}");
    }
    let not = json!([
        { "matchType": "property", "propertyId": "name", "propertyValue": ["City Police", "Example Vision"],
            "required": true },
        { "matchType": "id", "propertyValue": "example-vision", "matchQuantifier": "none", "required": true },
    ]);
    assert_eq!(drafted(&not), ["city-police"]);
}

#[test]
fn conditions_that_name_no_item_list_all_that_keep_them() {
    let named = json!([{ "matchType": "property", "propertyId": "name", "required": true,
        "propertyValue": ["control list", "CITY POLICE", "nobody"] }]);
    assert_eq!(drafted(&named), ["city-police", "control-list"]);
    let nameless = json!({ "queries": [{ "conditions": [{ "matchType": "property", "propertyValue": "CN" }] }] });
    let answer = post(&state(), "/reconcile/draft/match", "application/json", &nameless.to_string());
    assert_eq!(answer.status, 400, "{}", answer.body);
}

#[test]
fn a_batch_without_sense_is_refused_and_not_answered_in_part() {
    for body in ["", "[]", "{\"q\":1}", "{\"q\":{\"properties\":[{}]}}"] {
        let answer = post_form(&state(), "/reconcile", &[("queries", body)]);
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    }
    assert_eq!(post(&state(), "/reconcile/draft/match", "text/plain", "{}").status, 400);
    assert_eq!(ask(&state(), "GET", "/reconcile/draft/match", &[]).status, 405);
}

#[test]
fn names_are_matched_in_yentes_shape_and_nobody_is_looked_up() {
    let body = json!({ "queries": {
        "a": { "schema": "Company", "properties": { "name": ["示例視覺", "Vision Example"], "jurisdiction": ["cn"] } },
        "b": { "schema": "Person", "properties": { "name": ["Example Vision"] } },
    } });
    let answers = value(&post(&state(), "/match/default?limit=3", "application/json", &body.to_string()));
    let best = &answers["responses"]["a"]["results"][0];
    assert_eq!(
        (best["id"].as_str(), best["match"].as_bool(), best["schema"].as_str()),
        (Some("example-vision"), Some(true), Some("Company"))
    );
    assert!(best["explanations"]["name"]["score"].as_f64().expect("a score") > 0.7);
    assert_eq!(answers["responses"]["a"]["query"]["properties"]["jurisdiction"], json!(["cn"]));
    assert_eq!(
        (answers["responses"]["b"]["status"].as_u64(), answers["responses"]["b"]["results"].as_array().map(Vec::len)),
        (Some(400), Some(0))
    );
    assert_eq!(answers["limit"], 3);
    assert_eq!(post(&state(), "/match/elsewhere", "application/json", "{}").status, 404);
}
