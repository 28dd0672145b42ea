//! The OpenAPI 3.1 document: every address that programs can read, made from the table of routes.

use model::FilterKey;
use serde_json::{Map, Value, json};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::reply::{Failure, Reply};
use crate::routes::{Kind, Route, routes};

/// A parameter of a query that some routes take besides the filter.
type Parameter = (&'static str, &'static str, fn() -> Value);

fn text() -> Value {
    json!({ "type": "string" })
}

fn number() -> Value {
    json!({ "type": "integer", "minimum": 1 })
}

fn flag() -> Value {
    json!({ "type": "string", "enum": ["1"] })
}

fn group() -> Value {
    json!({ "type": "string", "enum": edition::search::Group::ALL.map(edition::search::Group::word) })
}

fn language() -> Value {
    json!({ "type": "string", "enum": ui::Lang::ALL.map(ui::Lang::tag) })
}

const PAGE: Parameter = ("page", "the page, from 1", number);
const Q: Parameter = ("q", "what is looked for", text);
const PREFIX: Parameter = ("prefix", "what was typed so far", text);
const CURSOR: Parameter = ("cursor", "how many to pass over", number);

const TYPE: Parameter = ("link", "a type of link", text);
const SURE: Parameter = ("confidence", "a confidence", text);
const SINCE: Parameter = ("since", "the first year", number);
const UNTIL: Parameter = ("until", "the last year", number);
const DATED: Parameter = ("dated", "only links with a date", flag);
const OFFERED: Parameter = ("offered", "offers without a proven sale too", flag);

/// What routes take besides what stands in their path: the filter or not, and more.
const QUERIES: [(&str, bool, &[Parameter]); 24] = [
    ("/", true, &[]),
    ("/links", true, &[PAGE]),
    ("/items", false, &[("kind", "a kind of item", text), PAGE]),
    (
        "/search",
        true,
        &[("group", "one kind of result alone", group), PAGE, ("explain", "with the reasons of every score", flag)],
    ),
    ("/item/{id}/connections", false, &[TYPE, SURE, SINCE, UNTIL, DATED, OFFERED]),
    (
        "/path",
        false,
        &[
            ("from", "an item's id", text),
            ("to", "an item's id", text),
            ("paths", "how many are shown, 25 at most; 1 is the shortest alone", number),
            TYPE,
            SURE,
            SINCE,
            UNTIL,
            DATED,
            OFFERED,
        ],
    ),
    ("/compare", false, &[("item", "an item's id, up to three", text)]),
    ("/suggestion", false, &[("about", "`new`, a record, a property of it, a claim or a page", text)]),
    ("/suggest", false, &[Q, ("lang", "the language of names", language)]),
    ("/columns/{name}/matches", false, &[Q, ("source", "a source's id", text)]),
    ("/tiles/{z}/{x}/{y}.mvt", true, &[]),
    (
        "/reconcile",
        false,
        &[("queries", "a batch of queries as JSON", text), ("extend", "items and properties as JSON", text)],
    ),
    ("/reconcile/suggest/entity", false, &[PREFIX, CURSOR]),
    ("/reconcile/suggest/property", false, &[PREFIX, CURSOR]),
    ("/reconcile/suggest/type", false, &[PREFIX, CURSOR]),
    ("/reconcile/draft/suggest/entity", false, &[PREFIX, CURSOR]),
    ("/reconcile/draft/suggest/property", false, &[PREFIX, CURSOR]),
    ("/reconcile/draft/suggest/type", false, &[PREFIX, CURSOR]),
    ("/reconcile/flyout/entity", false, &[("id", "an item's id", text)]),
    ("/reconcile/flyout/property", false, &[("id", "a property's id", text)]),
    ("/reconcile/flyout/type", false, &[("id", "a kind of item", text)]),
    ("/reconcile/extend/propose", false, &[("type", "a kind of item", text), ("limit", "how many at most", number)]),
    ("/reconcile/preview", false, &[("id", "an item's id", text)]),
    (
        "/match/{dataset}",
        false,
        &[("limit", "how many results at most", number), ("threshold", "the score of a match", text)],
    ),
];

/// The routes that are only posted to, with the schema of the JSON they take; others take a form with the fields of their query.
const BODIES: [(&str, &str); 3] = [
    ("/reconcile/draft/match", "DraftBatch"),
    ("/reconcile/draft/extend", "DraftExtend"),
    ("/match/{dataset}", "MatchRequest"),
];

/// What routes answer that is no JSON, by the end of their path.
const TYPES: [(&str, &str); 5] = [
    (".bin", "application/octet-stream"),
    (".mvt", "application/vnd.mapbox-vector-tile"),
    (".txt", "text/plain"),
    ("/preview", "text/html"),
    (".png", "image/png"),
];

pub(crate) fn openapi(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    Ok(Reply::json(&document(ask)))
}

/// The whole document.
fn document(ask: &Ask<'_>) -> Value {
    let mut paths = Map::new();
    for route in routes().iter().filter(|route| route.kind != Kind::Asset) {
        for face in route.faces.iter().filter(|face| face.is_data()) {
            paths.insert(path(route, *face), item(ask, route, *face));
        }
    }
    let edition = ask.edition().head();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("{} ({})", ask.site.imprint.name_in(ask.lang), edition.origin),
            "version": env!("CARGO_PKG_VERSION"),
            "summary": ask.lang.t("site-tagline"),
            "description": ask.lang.t("notice"),
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": components(),
    })
}

fn path(route: &Route, face: Face) -> String {
    match (route.kind, route.path) {
        (Kind::Page, "/") => format!("/index{}", face.ending()),
        (Kind::Page, path) => format!("{path}{}", face.ending()),
        (_, path) => path.replace("{*", "{"),
    }
}

fn item(ask: &Ask<'_>, route: &Route, face: Face) -> Value {
    let mut item = Map::new();
    if route.kind == Kind::Page {
        // The same in Chinese stands under `/zh`.
        item.insert("servers".into(), json!([{ "url": "/" }, { "url": "/zh" }]));
    }
    if BODIES.iter().all(|(path, _)| *path != route.path) {
        item.insert("get".into(), operation(ask, route, face, "get"));
    }
    // What is sent there a person has to have looked at first.
    if route.takes > 0 && route.path != "/suggestion" {
        item.insert("post".into(), operation(ask, route, face, "post"));
    }
    Value::Object(item)
}

fn operation(ask: &Ask<'_>, route: &Route, face: Face, method: &str) -> Value {
    let path = path(route, face);
    let name: String = path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let mut operation = json!({
        "operationId": format!("{method}{name}"),
        "summary": route.what,
        "parameters": parameters(ask, route),
        "responses": {
            "200": { "description": route.what, "content": content(route, face, &path) },
            "default": {
                "description": "why there is no answer",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            },
        },
    });
    if method == "post" {
        operation["requestBody"] = json!({ "content": body(route) });
    }
    operation
}

fn body(route: &Route) -> Value {
    match BODIES.iter().find(|(path, _)| *path == route.path) {
        Some((_, schema)) => {
            json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } })
        }
        None => json!({ "application/x-www-form-urlencoded": { "schema": { "type": "object" } } }),
    }
}

fn content(route: &Route, face: Face, path: &str) -> Value {
    let other = TYPES.iter().find(|(end, _)| path.ends_with(end)).map(|(_, mime)| *mime);
    match (other, face) {
        (Some(mime), _) => json!({ mime: {} }),
        (None, Face::Csv) => json!({ "text/csv": { "schema": { "type": "string" } } }),
        (None, Face::GeoJson) => json!({ "application/geo+json": { "schema": { "type": "object" } } }),
        (None, Face::JsonFeed) => json!({ "application/feed+json": { "schema": { "type": "object" } } }),
        (None, Face::Bib) => json!({ "application/x-bibtex": {} }),
        (None, Face::Ris) => json!({ "application/x-research-info-systems": {} }),
        (None, Face::Csl) => json!({ "application/vnd.citationstyles.csl+json": {} }),
        (None, Face::Atom) => json!({ "application/atom+xml": {} }),
        (None, Face::Jsonl) => json!({ "application/jsonl": {} }),
        (None, Face::Svg) => json!({ "image/svg+xml": {} }),
        (None, Face::Png) => json!({ "image/png": {} }),
        (None, Face::Xlsx) => json!({ "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {} }),
        (None, _) => {
            let schema = match route.kind {
                // The components are no view of an edition.
                Kind::Page if route.path == "/patterns" => json!({ "type": "object" }),
                Kind::Page => json!({ "$ref": "#/components/schemas/Citable" }),
                _ => json!({ "type": ["object", "array"] }),
            };
            json!({ "application/json": { "schema": schema } })
        }
    }
}

fn parameters(ask: &Ask<'_>, route: &Route) -> Vec<Value> {
    let names = route.path.split('{').skip(1).filter_map(|part| part.split('}').next());
    let mut all: Vec<Value> = names
        .map(|name| json!({ "name": name.trim_start_matches('*'), "in": "path", "required": true, "schema": text() }))
        .collect();
    if let Some((_, filter, more)) = QUERIES.iter().find(|(path, ..)| *path == route.path) {
        if *filter {
            all.extend(FilterKey::ALL.map(|key| filter_parameter(ask, key)));
        }
        all.extend(more.iter().map(
            |(name, what, schema)| json!({ "name": name, "in": "query", "description": what, "schema": schema() }),
        ));
    }
    all
}

/// A key of the filter: repeated values mean *or*, different keys *and*.
fn filter_parameter(ask: &Ask<'_>, key: FilterKey) -> Value {
    let choices = ask.edition().choices(key);
    let value = match key {
        FilterKey::From | FilterKey::To => json!({ "type": "integer", "minimum": 1, "maximum": 9999 }),
        FilterKey::Poi => flag(),
        _ if choices.is_empty() || choices.len() > 64 => text(),
        _ => json!({ "type": "string", "enum": choices }),
    };
    json!({
        "name": key.name(), "in": "query", "description": crate::filtering::key_label(ask.lang, key),
        "schema": { "type": "array", "items": value }, "style": "form", "explode": true,
    })
}

fn components() -> Value {
    let object = |properties: Value, required: &[&str]| json!({ "type": "object", "properties": properties, "required": required });
    let strings = json!({ "type": "array", "items": text() });
    let edition =
        object(json!({ "number": { "type": "integer" }, "date": text(), "root": text() }), &["number", "date", "root"]);
    json!({ "schemas": {
        "Problem": object(
            json!({ "type": text(), "title": text(), "status": { "type": "integer" }, "detail": text(),
                "problems": { "type": "array", "items": { "$ref": "#/components/schemas/Refused" } } }),
            &["type", "title", "status", "detail"],
        ),
        "Refused": object(json!({ "key": text(), "value": text(), "allowed": strings }), &["key", "allowed"]),
        "Edition": edition,
        "Citable": object(
            json!({ "language": text(), "url": text(), "edition": { "$ref": "#/components/schemas/Edition" },
                "notice": text() }),
            &["language", "url", "edition", "notice"],
        ),
        "DraftBatch": object(
            json!({ "queries": { "type": "array", "items": object(
                json!({ "type": text(), "limit": { "type": "number" },
                    "conditions": { "type": "array", "items": object(
                        json!({ "matchType": { "type": "string", "enum": ["name", "id", "property"] },
                            "propertyId": text(), "propertyValue": {} }),
                        &["matchType", "propertyValue"],
                    ) } }),
                &["conditions"],
            ) } }),
            &["queries"],
        ),
        "DraftExtend": object(
            json!({ "ids": strings, "properties": { "type": "array", "items": object(
                json!({ "id": text(), "settings": { "type": "object" } }), &["id"]) } }),
            &["ids", "properties"],
        ),
        "MatchRequest": object(
            json!({ "queries": { "type": "object", "additionalProperties": object(
                json!({ "schema": text(),
                    "properties": { "type": "object", "additionalProperties": { "type": "array", "items": text() } } }),
                &["schema", "properties"],
            ) } }),
            &["queries"],
        ),
    } })
}
