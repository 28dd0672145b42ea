//! The Reconciliation Service API (W3C Community Group): version 0.2 at `/reconcile`, the 1.0 draft at
//! `/reconcile/draft`. OpenRefine can use it as it is; names in any script find the items of this atlas.

mod candidates;
mod condition;
mod extend;
pub(crate) mod flyout;
mod manifest;
mod preview;
mod suggest;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::reply::{Failure, Keep, Reply};

pub(crate) use candidates::{Candidate, Feature, Property, Wanted as Likely, candidates as likely, countries};
use candidates::{Wanted, candidates};
use condition::Condition;
pub(crate) use extend::{draft_extend, propose};
pub(crate) use manifest::draft_manifest;
pub(crate) use preview::preview;
pub(crate) use suggest::{entities, properties, types};

/// The most bytes that a batch of queries may have.
pub(crate) const BODY: usize = 1024 * 1024;

/// The most queries in one batch.
const BATCH: usize = 100;

/// A query of version 0.2.
#[derive(Deserialize)]
#[serde(default)]
struct Query {
    query: String,
    #[serde(rename = "type")]
    kinds: OneOrMany,
    limit: Option<f64>,
    properties: Vec<PropertyValue>,
    type_strict: String,
}

impl Default for Query {
    fn default() -> Self {
        let kinds = OneOrMany::default();
        Self { query: String::new(), kinds, limit: None, properties: Vec::new(), type_strict: "any".into() }
    }
}

#[derive(Deserialize)]
struct PropertyValue {
    pid: String,
    v: Value,
}

/// A word or a list of words.
#[derive(Deserialize, Clone)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl OneOrMany {
    fn list(self) -> Vec<String> {
        match self {
            Self::One(one) if one.is_empty() => Vec::new(),
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

/// A query of the 1.0 draft.
#[derive(Deserialize)]
struct DraftQuery {
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    limit: Option<f64>,
    conditions: Vec<Condition>,
}

#[derive(Deserialize)]
struct DraftBatch {
    queries: Vec<DraftQuery>,
}

#[derive(Serialize)]
struct Answers {
    result: Vec<Candidate>,
}

/// Version 0.2: the manifest, a batch of queries, or values of properties, by GET or POST.
pub(crate) fn reconcile(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let given = |key: &str| ask.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    match (given("queries"), given("extend")) {
        (Some(queries), _) => Ok(Reply::json(&answer(ask, queries)?)),
        (None, Some(wanted)) => extend::extend(ask, wanted),
        (None, None) => manifest::manifest(ask),
    }
}

fn answer(ask: &Ask<'_>, text: &str) -> Result<BTreeMap<String, Answers>, Failure> {
    let queries: BTreeMap<String, Query> = read("queries", text)?;
    bounded(queries.len())?;
    queries.into_iter().map(|(key, query)| Ok((key, Answers { result: candidates(ask, &query.into())? }))).collect()
}

/// The draft: a batch of queries as JSON.
pub(crate) fn draft_match(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let text = posted(ask)?;
    let batch: DraftBatch = read("queries", text)?;
    bounded(batch.queries.len())?;
    let answers = batch.queries.into_iter().map(|query| Ok(json!({ "candidates": draft_candidates(ask, query)? })));
    let results: Vec<Value> = answers.collect::<Result<_, Failure>>()?;
    Ok(Reply::json(&json!({ "results": results })))
}

/// The same candidates; a feature has a name here.
fn draft_candidates(ask: &Ask<'_>, query: DraftQuery) -> Result<Vec<Value>, Failure> {
    query.conditions.iter().try_for_each(Condition::check)?;
    let found = candidates(ask, &query.into())?;
    let draft = |candidate: Candidate| {
        let mut value = serde_json::to_value(candidate).expect("invariant: texts and numbers are always JSON");
        for feature in value["features"].as_array_mut().into_iter().flatten() {
            feature["name"] = feature["id"].clone();
        }
        value
    };
    Ok(found.into_iter().map(draft).collect())
}

/// The body of a POST as text.
fn posted<'a>(ask: &Ask<'a>) -> Result<&'a str, Failure> {
    let body = json_body(ask)?;
    std::str::from_utf8(body).map_err(|_| Failure::Query)
}

/// The JSON that came by POST; nothing else does where this is asked for.
pub(crate) fn json_body<'a>(ask: &Ask<'a>) -> Result<&'a [u8], Failure> {
    let body = ask.posted.ok_or(Failure::Method)?;
    let fits = body.is("application/json");
    if fits { Ok(&body.bytes) } else { Err(Failure::Parameter("body", "application/json".into())) }
}

fn read<T: for<'d> Deserialize<'d>>(key: &'static str, text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::Parameter(key, error.to_string()))
}

fn bounded(queries: usize) -> Result<(), Failure> {
    if queries <= BATCH { Ok(()) } else { Err(Failure::Parameter("queries", format!("0–{BATCH}"))) }
}

/// Answers that hold whole addresses differ by who asks, so nobody may keep them.
fn unkept(value: &Value) -> Reply {
    Reply { keep: Keep::Never, ..Reply::json(value) }
}

impl From<Query> for Wanted {
    fn from(query: Query) -> Self {
        let properties = query.properties.into_iter().map(|p| Property { id: p.pid, values: texts(&p.v) }).collect();
        // An item has one kind: to be of all of several kinds is to be of none of them.
        let kinds = query.kinds.list();
        let impossible = query.type_strict == "all" && kinds.len() > 1;
        let limit = most(query.limit);
        Self { text: query.query, kinds, properties, limit, impossible, ..Self::default() }
    }
}

impl From<DraftQuery> for Wanted {
    fn from(query: DraftQuery) -> Self {
        let kinds = query.kind.into_iter().collect();
        Self { kinds, conditions: query.conditions, limit: most(query.limit), ..Self::default() }
    }
}

/// The values of a property: a text, a number, an entity by its id, or several of them.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(flag) => vec![flag.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(entity) => entity.get("id").and_then(Value::as_str).map(str::to_owned).into_iter().collect(),
        Value::Null => Vec::new(),
    }
}

fn most(limit: Option<f64>) -> usize {
    limit.filter(|n| *n >= 1.0).map_or(10, |n| n.min(50.0) as usize)
}
