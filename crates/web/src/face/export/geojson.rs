//! Links as GeoJSON (RFC 7946). A link without a position has a null geometry: it is not left out.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use super::{COLUMNS, Export};

#[derive(Serialize)]
struct Feature {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    geometry: Option<Geometry>,
    properties: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: [f64; 2],
}

/// Columns that stand once in the head of the file instead of in every feature.
const IN_HEAD: [&str; 3] = ["licence", "attribution", "filter"];

pub(super) fn write(export: &Export, out: &mut dyn Write) -> io::Result<()> {
    let head = json!({
        "type": "FeatureCollection",
        "edition": export.edition_word(),
        "root": export.stamp.root,
        "licence": export.imprint.licence,
        "attribution": export.imprint.name,
        "notice": export.lang.t("notice"),
        "filter": export.filter,
    });
    let head = head.to_string();
    let open = head.strip_suffix('}').unwrap_or(&head);
    write!(out, "{open},\"features\":[")?;
    for (at, link) in export.links().enumerate() {
        if at > 0 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut *out, &feature(export.cells(link)))?;
    }
    out.write_all(b"]}\n")
}

/// A feature with the columns of the table as its properties: flat, as GIS programs want them.
fn feature(cells: [String; 27]) -> Feature {
    let mut properties: BTreeMap<&'static str, String> = COLUMNS.into_iter().zip(cells).collect();
    IN_HEAD.iter().for_each(|name| drop(properties.remove(name)));
    let number = |name: &str| properties.get(name).and_then(|text| text.parse::<f64>().ok());
    let position = number("lon").zip(number("lat"));
    Feature {
        kind: "Feature",
        id: properties.get("id").cloned().unwrap_or_default(),
        geometry: position.map(|(lon, lat)| Geometry { kind: "Point", coordinates: [lon, lat] }),
        properties,
    }
}
