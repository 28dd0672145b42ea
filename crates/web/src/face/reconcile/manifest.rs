//! What this reconciliation service is and where its parts are.

use serde_json::{Value, json};

use crate::ask::Ask;
use crate::reply::{Failure, Reply};
use crate::view::Maker;

use super::unkept;

/// Where the parts of version 0.2 are.
const BASE: &str = "/reconcile";

/// The manifest of version 0.2.
pub(super) fn manifest(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let part = |path: &str| json!({ "service_url": ask.origin, "service_path": format!("{BASE}{path}") });
    let suggest = |what: &str| {
        json!({ "service_url": ask.origin, "service_path": format!("{BASE}/suggest/{what}"),
            "flyout_service_url": ask.origin, "flyout_service_path": format!("{BASE}/flyout/{what}?id=${{id}}") })
    };
    let limit = json!({ "name": "limit", "label": "Most values", "type": "number", "default": 0,
        "help_text": "The most values for each item; 0 for all." });
    let mut manifest = shared(ask);
    for (key, value) in [
        ("versions", json!(["0.2"])),
        ("identifierSpace", json!(format!("{}/item/", ask.origin))),
        ("schemaSpace", json!(format!("{}/glossary", ask.origin))),
        ("view", json!({ "url": format!("{}/item/{{{{id}}}}", ask.origin) })),
        (
            "preview",
            json!({ "url": format!("{}{BASE}/preview?id={{{{id}}}}", ask.origin), "width": 430, "height": 300 }),
        ),
        ("suggest", json!({ "entity": suggest("entity"), "property": suggest("property"), "type": suggest("type") })),
        ("extend", json!({ "propose_properties": part("/extend/propose"), "property_settings": [limit] })),
    ] {
        manifest[key] = value;
    }
    Ok(unkept(&manifest))
}

/// The manifest of the 1.0 draft, whose parts have fixed places behind the service's own.
pub(crate) fn draft_manifest(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let limit = json!({ "id": "limit", "name": "Most values", "type": "number", "default": 0,
        "helpText": "The most values for each item; 0 for all." });
    let mut manifest = shared(ask);
    for (key, value) in [
        ("versions", json!(["1.0-draft"])),
        ("lang", json!("en")),
        ("view", json!({ "url": format!("{}/item/{{id}}", ask.origin) })),
        ("preview", json!({ "width": 430, "height": 300 })),
        ("suggest", json!({ "entity": true, "property": true, "type": true })),
        ("extend", json!({ "proposeProperties": true, "propertySettings": [limit] })),
        ("standardizedScore", json!(true)),
    ] {
        manifest[key] = value;
    }
    Ok(unkept(&manifest))
}

fn shared(ask: &Ask<'_>) -> Value {
    let maker = Maker::of(ask);
    let kinds = ask.edition().vocabulary().kinds.ids().map(|id| maker.kind(id));
    let kinds: Vec<Value> = kinds.map(|kind| json!({ "id": kind.id, "name": kind.label })).collect();
    let edition = ask.edition().head();
    json!({
        "name": format!("{} ({})", ask.site.imprint.name_in(ask.lang), edition.origin),
        "documentation": format!("{}/about", ask.origin),
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "defaultTypes": kinds,
        "batchSize": 50,
    })
}
