//! The OpenAPI document against the service: every route is in it, and whatever it lets a client send is answered.

use std::sync::OnceLock;

use proptest::prelude::*;
use serde_json::Value;

use super::{ask, post, state};
use crate::ask::Face;
use crate::routes::{Kind, routes};

fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::from_str(&ask(&state(), "GET", "/openapi.json", &[]).body).expect("JSON"))
}

#[test]
fn every_route_for_programs_is_in_the_document() {
    let paths = document()["paths"].as_object().expect("paths");
    for route in routes().iter().filter(|route| route.kind != Kind::Asset) {
        for face in route.faces.iter().filter(|face| face.is_data()) {
            let page = if route.path == "/" { "/index" } else { route.path };
            let path = if route.kind == Kind::Page {
                format!("{page}{}", face.ending())
            } else {
                route.path.replace("{*", "{")
            };
            let item = paths.get(&path).unwrap_or_else(|| panic!("`{path}` is missing"));
            // A suggestion is sent by a person, who has looked at what was understood.
            let posts = route.takes > 0 && path != "/suggestion.json";
            assert_eq!(item.get("post").is_some(), posts, "{path}");
            let params = item.get("get").or(item.get("post")).expect("a method")["parameters"]
                .as_array()
                .expect("a list")
                .clone();
            let in_path = params.iter().filter(|p| p["in"] == "path").count();
            assert_eq!(in_path, path.matches('{').count(), "{path}");
        }
    }
    assert!(routes().iter().any(|route| route.faces.contains(&Face::Csv)));
}

#[test]
fn operations_have_ids_of_their_own_and_every_reference_leads_somewhere() {
    let text = document().to_string();
    let ids: Vec<&str> = text.split("\"operationId\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!((unique.len(), ids.len() > 40), (ids.len(), true));
    for target in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document().pointer(target).is_some(), "{target}");
    }
}

/// A value that a schema allows, or sometimes one that it does not.
fn sample(schema: &Value, seed: usize, word: &str) -> String {
    let choices = schema.pointer("/enum").or(schema.pointer("/items/enum")).and_then(Value::as_array);
    match choices.filter(|all| !all.is_empty() && !seed.is_multiple_of(5)) {
        Some(all) => all[seed % all.len()].as_str().unwrap_or_default().to_owned(),
        None if schema.to_string().contains("integer") && !seed.is_multiple_of(3) => (seed % 4000).to_string(),
        None => word.to_owned(),
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The address of an operation with some of its parameters.
fn address(path: &str, operation: &Value, seeds: &[usize], words: &[String]) -> String {
    let (mut address, mut query) = (path.to_owned(), Vec::new());
    let known = ["example-vision", "vision-supplies-police", "report-2019", "ZW", "surveillance", "0", "default"];
    for (at, parameter) in operation["parameters"].as_array().into_iter().flatten().enumerate() {
        let (seed, word) = (seeds[at % seeds.len()], &words[at % words.len()]);
        let name = parameter["name"].as_str().expect("a name");
        if parameter["in"] == "path" {
            let value = if seed.is_multiple_of(4) { encode(word) } else { known[seed % known.len()].to_owned() };
            let value = if value.is_empty() { "x".to_owned() } else { value };
            address = address.replace(&format!("{{{name}}}"), &value);
        } else if seed % 3 != 1 {
            query.push(format!("{name}={}", encode(&sample(&parameter["schema"], seed, word))));
        }
    }
    if query.is_empty() { address } else { format!("{address}?{}", query.join("&")) }
}

/// JSON of any shape, with keys that mean something here and there.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(Value::from("Example Vision")),
        Just(Value::from("Company")),
    ];
    let key = prop::sample::select(vec![
        "queries",
        "query",
        "properties",
        "name",
        "schema",
        "conditions",
        "matchType",
        "propertyValue",
        "ids",
        "id",
        "limit",
        "type",
        "settings",
        "q0",
        "v",
        "pid",
    ]);
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key.clone(), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

fn check(answer: &super::Answer, operation: &Value, address: &str) {
    let status = answer.status.as_u16();
    // The browser part is not built in these tests: that alone is 503.
    assert!(status < 500, "{address}: {status} {}", answer.body);
    let response = &operation["responses"][if status == 200 { "200" } else { "default" }];
    let mime = answer.headers["content-type"].to_str().expect("text").split(';').next().expect("a type").to_owned();
    assert!(response["content"].get(&mime).is_some(), "{address}: {status} {mime}");
    if mime.ends_with("json") {
        let body: Value = serde_json::from_str(&answer.body).unwrap_or_else(|e| panic!("{address}: {e}"));
        let required = match status {
            200 if response["content"][&mime]["schema"]["$ref"].is_string() => "Citable",
            200 => return,
            _ => "Problem",
        };
        for field in document()["components"]["schemas"][required]["required"].as_array().expect("a list") {
            assert!(body.get(field.as_str().expect("a name")).is_some(), "{address}: no {field}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_a_client_sends_is_answered_as_documented(
        seeds in prop::collection::vec(0usize..10_000, 24),
        words in prop::collection::vec("\\PC{0,10}|[a-z海康*:\"-]{0,8}", 6),
        body in any_json(),
    ) {
        let state = state();
        // Readers' own lists are taken only where something reads them; `screen.rs` tests them.
        let described = document();
        let paths = described["paths"].as_object().expect("paths").iter().filter(|(path, _)| !path.starts_with("/screen"));
        for (at, (path, item)) in paths.enumerate() {
            let mut seeds = seeds.clone();
            seeds.rotate_left(at % 24);
            if let Some(operation) = item.get("get") {
                let address = address(path, operation, &seeds, &words);
                if address.len() < 4000 {
                    check(&ask(&state, "GET", &address, &[]), operation, &address);
                }
            }
            if let Some(operation) = item.get("post") {
                let address = address(path, operation, &seeds, &words);
                let plain = operation["requestBody"]["content"].get("application/json").is_none();
                let form = format!("queries={0}&extend={0}&q={1}", encode(&body.to_string()), encode(&words[0]));
                let (mime, text) = if plain { ("application/x-www-form-urlencoded", form) } else { ("application/json", body.to_string()) };
                check(&post(&state, &address, mime, &text), operation, &address);
            }
        }
    }
}
