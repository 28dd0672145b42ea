//! Reconciliation over HTTP: OpenRefine's own flow on the sample, every message held against the published schemas, and
//! the OpenAPI document against a validator that others wrote.

use std::cell::RefCell;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::site::Site;
use crate::tidy::root;

/// What was sent and answered, each with the schema that has to take it.
struct Client {
    site: &'static Site,
    messages: RefCell<Vec<Value>>,
}

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

impl Client {
    fn new() -> Self {
        Self { site: Site::sample(), messages: RefCell::default() }
    }

    fn keep(&self, version: &str, schema: &str, message: &Value) {
        self.messages.borrow_mut().push(json!({ "version": version, "schema": schema, "message": message }));
    }

    fn get(&self, version: &str, schema: &str, path: &str) -> Value {
        let answer = self.site.json(path);
        self.keep(version, schema, &answer);
        answer
    }

    /// Posts a form with one field, as version 0.2 wants it.
    fn form(&self, field: &str, schemas: [&str; 2], message: &Value) -> Value {
        self.keep("0.2", schemas[0], message);
        let body = format!("{field}={}", escaped(&message.to_string()));
        let answer = self.posted("/reconcile", FORM, &body);
        self.keep("0.2", schemas[1], &answer);
        answer
    }

    /// Posts JSON, as the draft wants it.
    fn draft(&self, path: &str, schemas: [&str; 2], message: &Value) -> Value {
        self.keep("1.0-draft", schemas[0], message);
        let answer = self.posted(path, JSON, &message.to_string());
        self.keep("1.0-draft", schemas[1], &answer);
        answer
    }

    fn posted(&self, path: &str, mime: &str, body: &str) -> Value {
        let answer = self.site.post_as(path, mime, body);
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"), "{}", answer.text());
        serde_json::from_str(&answer.text()).expect("JSON")
    }

    /// The path of an address on this site.
    fn path(&self, url: &str, path: &str) -> String {
        let whole = format!("{url}{path}");
        let own = format!("http://{}", self.site.address());
        whole.strip_prefix(&own).unwrap_or_else(|| panic!("{whole} is not at {own}")).to_owned()
    }
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer}: {value}"))
}

/// What OpenRefine asks when somebody reconciles a column with version 0.2, matches one cell by hand, and adds columns.
fn openrefine(client: &Client) {
    let manifest = client.get("0.2", "manifest", "/reconcile");
    let batch = ["reconciliation-query-batch", "reconciliation-result-batch"];
    // It guesses the kind of a column from its first ten cells.
    let guess = json!({ "q0": { "query": "Hikvision", "limit": 3 }, "q1": { "query": "华为", "limit": 3 } });
    let guessed = client.form("queries", batch, &guess);
    assert_eq!(text(&guessed, "/q0/result/0/type/0/id"), "company");
    let types =
        client.path(text(&manifest, "/suggest/type/service_url"), text(&manifest, "/suggest/type/service_path"));
    client.get("0.2", "suggest-types-response", &format!("{types}?prefix=com&type_strict="));
    let properties = client
        .path(text(&manifest, "/suggest/property/service_url"), text(&manifest, "/suggest/property/service_path"));
    let found = client.get("0.2", "suggest-properties-response", &format!("{properties}?prefix=lei"));
    assert_eq!(text(&found, "/result/0/id"), "lei");
    let cells = [
        "杭州海康威视数字技术股份有限公司",
        "HUAWEI TECHNOLOGIES CO., LTD.",
        "Zhejiang Dahua Technology",
        "Nobody at All",
    ];
    let queries = (0..).zip(cells).map(|(n, cell)| {
        let country = json!([{ "pid": "country", "v": "CN" }, { "pid": "lei", "v": { "id": "x", "name": "x" } }]);
        let query = json!({ "query": cell, "type": "company", "type_strict": "should", "properties": country });
        (format!("q{n}"), query)
    });
    let answers = client.form("queries", batch, &Value::Object(queries.collect()));
    for (key, id) in [("q0", "hikvision"), ("q1", "huawei"), ("q2", "dahua")] {
        let best = &answers[key]["result"][0];
        assert_eq!((best["id"].as_str(), best["match"].as_bool()), (Some(id), Some(true)), "{key}: {best}");
    }
    assert!(answers["q3"]["result"].as_array().expect("a list").iter().all(|one| one["match"] == false));
    by_hand(client, &manifest);
    more_columns(client, &manifest);
}

/// One cell by hand: suggestions while typing, what stands beside them, and the preview.
fn by_hand(client: &Client, manifest: &Value) {
    let entity = &manifest["suggest"]["entity"];
    let path = client.path(text(entity, "/service_url"), text(entity, "/service_path"));
    for typed in ["Hik", "海康", "haikang"] {
        let found =
            client.get("0.2", "suggest-entities-response", &format!("{path}?prefix={}&cursor=0", escaped(typed)));
        assert_eq!(text(&found, "/result/0/id"), "hikvision", "{typed}");
    }
    for (what, id, word) in
        [("entity", "hikvision", "海康威视"), ("property", "lei", "LEI"), ("type", "company", "business")]
    {
        let part = &manifest["suggest"][what];
        let path = client.path(text(part, "/flyout_service_url"), text(part, "/flyout_service_path"));
        let flyout = client.site.json(&path.replace("${id}", id));
        assert!(text(&flyout, "/id") == id && text(&flyout, "/html").contains(word), "{flyout}");
        assert_eq!(client.site.get(&path.replace("${id}", "nobody-at-all")).status, 404);
    }
    let preview = client.path(text(manifest, "/preview/url"), "").replace("{{id}}", "hikvision");
    assert!(client.site.get(&preview).text().contains("杭州海康威视数字技术股份有限公司"));
    let view = client.path(text(manifest, "/view/url"), "").replace("{{id}}", "hikvision");
    assert_eq!(client.site.get(&view).status, 200);
}

fn more_columns(client: &Client, manifest: &Value) {
    let propose = &manifest["extend"]["propose_properties"];
    let path = client.path(text(propose, "/service_url"), text(propose, "/service_path"));
    let proposed = client.get("0.2", "data-extension-property-proposal", &format!("{path}?type=company&limit=50"));
    let all = proposed["properties"].as_array().expect("a list");
    let wanted: Vec<Value> = all.iter().map(|property| json!({ "id": property["id"] })).collect();
    let schemas = ["data-extension-query", "data-extension-response"];
    let extended =
        client.form("extend", schemas, &json!({ "ids": ["hikvision", "huawei", "nobody"], "properties": wanted }));
    assert!(!extended["rows"]["hikvision"]["name"].as_array().expect("a list").is_empty());
    let limited = json!({ "ids": ["hikvision"], "properties": [{ "id": "name", "settings": { "limit": "1" } }] });
    let limited = client.form("extend", schemas, &limited);
    assert_eq!(limited["rows"]["hikvision"]["name"].as_array().map(Vec::len), Some(1));
}

/// The same things in the draft's shapes.
fn draft(client: &Client) {
    client.get("1.0-draft", "manifest", "/reconcile/draft");
    let name = |value: &str| json!({ "matchType": "name", "propertyValue": value });
    let country = json!({ "matchType": "property", "propertyId": "country", "propertyValue": ["CN"] });
    let batch = json!({ "queries": [
        { "type": "company", "limit": 3, "conditions": [name("海康威視"), country] },
        { "conditions": [name("Hikvision"), {
            "matchType": "property", "propertyId": "country", "propertyValue": ["KE", "CN"], "required": true,
            "matchQuantifier": "none", "matchQualifier": "ExactMatch",
        }] },
        { "conditions": [{ "matchType": "id", "propertyValue": "huawei" }] },
    ] });
    let schemas = ["reconciliation-query-batch", "reconciliation-result-batch"];
    let answers = client.draft("/reconcile/draft/match", schemas, &batch);
    assert_eq!(text(&answers, "/results/0/candidates/0/id"), "hikvision");
    assert!(!answers["results"][1].to_string().contains("\"hikvision\""), "{}", answers["results"][1]);
    assert_eq!(text(&answers, "/results/2/candidates/0/id"), "huawei");
    for (what, schema) in [
        ("entity", "suggest-entities-response"),
        ("property", "suggest-properties-response"),
        ("type", "suggest-types-response"),
    ] {
        client.get("1.0-draft", schema, &format!("/reconcile/draft/suggest/{what}?prefix=na"));
    }
    let proposed =
        client.get("1.0-draft", "data-extension-property-proposal", "/reconcile/draft/extend/propose?type=company");
    let all = proposed["properties"].as_array().expect("a list");
    let wanted: Vec<Value> = all.iter().map(|property| json!({ "id": property["id"] })).collect();
    let wanted = json!({ "ids": ["hikvision", "nobody"], "properties": wanted });
    client.draft("/reconcile/draft/extend", ["data-extension-query", "data-extension-response"], &wanted);
}

/// Runs a Python program with an input; nothing if Python or what the program needs is not there.
fn judge(program: &str, argument: &str, input: &str) -> Option<String> {
    let mut python = Command::new("python3");
    python.args(["-c", program, argument]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut child) = python.spawn() else { return None };
    child.stdin.take().expect("invariant: it is piped").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stdout).expect("it is text");
    assert!(matches!(output.status.code(), Some(0 | 3)), "{}: {said}", output.status);
    (output.status.code() == Some(0)).then_some(said)
}

#[test]
fn the_published_schemas_take_every_message_of_openrefines_flow_and_of_the_draft() {
    let client = Client::new();
    openrefine(&client);
    draft(&client);
    let folder = root().join("../shared/data/reconciliation-api");
    if !folder.exists() {
        println!("skipped: the published schemas are not at ../shared/data/reconciliation-api");
        return;
    }
    let mut messages: Vec<String> = client.messages.take().iter().map(Value::to_string).collect();
    assert!(messages.len() > 20, "{}", messages.len());
    // A judge that takes anything judges nothing: one message that lacks its scores.
    let broken = json!({ "version": "0.2", "schema": "reconciliation-result-batch",
        "message": { "q0": { "result": [{ "id": "x", "name": "x" }] } } });
    messages.push(broken.to_string());
    let program = include_str!("reconcile/schemas.py");
    match judge(program, &folder.display().to_string(), &messages.join("\n")) {
        None => println!("skipped: there is no python3 with jsonschema"),
        Some(said) => assert_eq!(
            said.lines().collect::<Vec<_>>(),
            ["0.2 reconciliation-result-batch $.q0.result[0] 'score' is a required property", "1 refused"]
        ),
    }
}

#[test]
fn a_validator_that_others_wrote_takes_the_openapi_document() {
    let program = "import sys, json\n\
        try:\n    from openapi_spec_validator import OpenAPIV31SpecValidator as V\n\
        except ImportError:\n    sys.exit(3)\n\
        d = json.load(sys.stdin)\n\
        print(len(list(V(d).iter_errors())), d['openapi'])\n\
        del d['info']['title']\n\
        print(len(list(V(d).iter_errors())))\n";
    let document = Site::sample().json("/openapi.json");
    assert!(document["paths"].as_object().expect("paths").len() > 80);
    match judge(program, "", &document.to_string()) {
        None => println!("skipped: there is no python3 with openapi-spec-validator"),
        Some(said) => assert_eq!(said.lines().collect::<Vec<_>>(), ["0 3.1.0", "1"]),
    }
}
