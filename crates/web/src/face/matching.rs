//! `/match/{dataset}`: names matched in the request and response shape of yente, so that its clients can switch.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::ask::Ask;
use crate::face::reconcile::{Candidate, Feature, Likely, Property, countries, json_body, likely};
use crate::reply::{Failure, Reply};

/// The most queries in one request.
const MOST: usize = 100;

/// From this score on a result is a match, unless the request says otherwise.
const THRESHOLD: f64 = 0.7;

/// The schemata of FollowTheMoney and the kinds that stand for each; what is more general comes with all below it.
/// There is none for a person: nobody is looked up here.
const SCHEMATA: [(&str, &[&str]); 9] = [
    ("Company", &["company", "investor"]),
    ("PublicBody", &["public-body"]),
    ("Organization", &["organisation", "university", "public-body", "company", "investor"]),
    ("LegalEntity", &["company", "investor", "organisation", "university", "public-body"]),
    ("Asset", &["cable", "facility", "product"]),
    ("Project", &["programme"]),
    ("Address", &["place"]),
    ("Documentation", &["law", "list"]),
    ("Thing", &[]),
];

/// Properties of FollowTheMoney that are names.
const NAMES: [&str; 4] = ["name", "alias", "weakAlias", "previousName"];

/// Properties of FollowTheMoney with ours beside them.
const PROPERTIES: [(&str, &str); 9] = [
    ("country", "country"),
    ("jurisdiction", "country"),
    ("mainCountry", "country"),
    ("leiCode", "lei"),
    ("uscCode", "uscc"),
    ("isinCode", "isin"),
    ("innCode", "inn"),
    ("registrationNumber", "identifier"),
    ("wikidataId", "qid"),
];

#[derive(Deserialize)]
struct Request {
    queries: BTreeMap<String, Example>,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    threshold: Option<f64>,
}

/// What is looked for: a schema, and properties with lists of values.
#[derive(Deserialize)]
struct Example {
    #[serde(default)]
    schema: String,
    #[serde(default)]
    properties: BTreeMap<String, OneOrMany>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn list(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

pub(crate) fn matching(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let dataset = ask.id();
    if dataset != "default" && dataset != "atlas" {
        return Err(Failure::Missing);
    }
    let request: Request =
        serde_json::from_slice(json_body(ask)?).map_err(|error| Failure::Parameter("body", error.to_string()))?;
    if request.queries.len() > MOST {
        return Err(Failure::Parameter("queries", format!("1–{MOST}")));
    }
    let limit = number(ask, "limit")?.or(request.limit).unwrap_or(5).clamp(1, 50);
    let threshold = number(ask, "threshold")?.or(request.threshold).unwrap_or(THRESHOLD);
    let answer = |(key, example): (&String, &Example)| Ok((key.clone(), response(ask, example, limit, threshold)?));
    let responses: Map<String, Value> = request.queries.iter().map(answer).collect::<Result<_, Failure>>()?;
    Ok(Reply::json(&json!({ "responses": responses, "matcher": matcher(), "limit": limit })))
}

fn number<T: std::str::FromStr>(ask: &Ask<'_>, key: &'static str) -> Result<Option<T>, Failure> {
    let given = ask.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.parse());
    given.transpose().map_err(|_| Failure::Parameter(key, "1".into()))
}

/// The answer to one query. A schema that is none of ours, such as one for persons, is refused for this query alone.
fn response(ask: &Ask<'_>, example: &Example, limit: usize, threshold: f64) -> Result<Value, Failure> {
    let schema = if example.schema.is_empty() { "LegalEntity" } else { &example.schema };
    let Some((_, kinds)) = SCHEMATA.iter().find(|(known, _)| *known == schema) else {
        return Ok(answer(400, schema, example, &[]));
    };
    let mut best: Vec<(Candidate, String)> = Vec::new();
    let names: Vec<&String> =
        NAMES.iter().filter_map(|n| example.properties.get(*n)).flat_map(OneOrMany::list).collect();
    let nothing = String::new();
    for name in if names.is_empty() { vec![&nothing] } else { names } {
        let wanted = Likely {
            text: name.clone(),
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            properties: properties(example),
            limit: limit * 2,
            ..Likely::default()
        };
        for candidate in likely(ask, &wanted)? {
            match best.iter_mut().find(|(known, _)| known.item == candidate.item) {
                Some(known) if known.0.score < candidate.score => *known = (candidate, name.clone()),
                Some(_) => {}
                None => best.push((candidate, name.clone())),
            }
        }
    }
    best.sort_by(|a, b| b.0.score.total_cmp(&a.0.score).then_with(|| a.0.id.cmp(&b.0.id)));
    best.truncate(limit);
    let results: Vec<Value> = best.iter().map(|(candidate, name)| result(ask, candidate, name, threshold)).collect();
    Ok(answer(200, schema, example, &results))
}

fn answer(status: u16, schema: &str, example: &Example, results: &[Value]) -> Value {
    let properties: Map<String, Value> = example.properties.iter().map(|(k, v)| (k.clone(), json!(v.list()))).collect();
    json!({
        "status": status,
        "total": { "value": results.len(), "relation": "eq" },
        "query": { "schema": schema, "properties": properties },
        "results": results,
    })
}

fn properties(example: &Example) -> Vec<Property> {
    let known = PROPERTIES.iter().filter_map(|(theirs, ours)| Some((*ours, example.properties.get(*theirs)?)));
    known.map(|(id, values)| Property { id: id.to_owned(), values: values.list().to_vec() }).collect()
}

fn result(ask: &Ask<'_>, candidate: &Candidate, name: &str, threshold: f64) -> Value {
    let item = ask.edition().item_at(candidate.item);
    let schema = SCHEMATA.iter().find(|(_, kinds)| kinds.contains(&item.kind())).map_or("Thing", |(schema, _)| *schema);
    let score = (candidate.score * 100.0).round() / 10_000.0;
    let explanations: Map<String, Value> =
        candidate.features.iter().map(|feature| (feature.id.clone(), explanation(feature, candidate, name))).collect();
    let mut properties = Map::new();
    properties.insert("name".into(), json!(item.names()));
    let countries: Vec<String> = countries(item).into_iter().map(|code| code.to_lowercase()).collect();
    if !countries.is_empty() {
        properties.insert("country".into(), json!(countries));
    }
    let day = &ask.edition().head().day;
    json!({
        "id": candidate.id,
        "caption": candidate.name,
        "schema": schema,
        "properties": properties,
        "datasets": ["default"],
        "referents": [],
        "target": false,
        "first_seen": null,
        "last_seen": day,
        "last_change": null,
        "score": score,
        "match": score >= threshold,
        "explanations": explanations,
    })
}

fn explanation(feature: &Feature, candidate: &Candidate, name: &str) -> Value {
    let score = match &feature.value {
        Value::Bool(flag) => json!(f64::from(u8::from(*flag))),
        number => number.clone(),
    };
    let detail = if feature.id == "name" { candidate.reasons.join("; ") } else { String::new() };
    json!({ "detail": detail, "score": score, "query": name, "candidate": candidate.name_met })
}

/// What the features mean that explain every score.
fn matcher() -> Value {
    let feature = |what: &str, weight: f64| json!({ "description": what, "coefficient": weight, "url": "/about" });
    json!({
        "name": feature("how likely both names are one organisation's, from 0 to 1", 1.0),
        "name_identical": feature("the same name but for case, accents and Han variants", 0.0),
        "identifier": feature("the same identifier", 1.0),
        "country": feature("in the country asked for", -0.25),
    })
}
