//! Exactly the links of a filter, to take home: CSV and GeoJSON, with edition and licence in the file.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ask::Ask;
use crate::csv;
use crate::reply::Reply;
use crate::view::Maker;
use crate::view::link::Row;
use crate::view::list::Selected;

/// The columns of the CSV, in order.
pub(crate) const COLUMNS: [&str; 24] = [
    "id",
    "type",
    "subject",
    "subject_name",
    "object",
    "object_name",
    "categories",
    "topics",
    "place",
    "country",
    "country_role",
    "precision",
    "lat",
    "lon",
    "start",
    "end",
    "status",
    "as_of",
    "confidence",
    "offered_only",
    "highlight",
    "sources",
    "url",
    "edition",
];

/// The links as CSV: one row each, lists separated by `|`.
pub(crate) fn csv(ask: &Ask<'_>, selected: &Selected<'_>) -> Reply {
    let mut text = csv::row(COLUMNS);
    let edition = edition(ask);
    for (row, sources) in rows(ask, selected) {
        let cells = cells(&row, &sources, &edition);
        text.push_str(&csv::row(cells.iter().map(String::as_str)));
    }
    Reply { download: "links.csv", ..Reply::data("text/csv; charset=utf-8", text.into_bytes()) }
}

/// The links as GeoJSON (RFC 7946). A link without a position has a null geometry: it is not left out.
pub(crate) fn geojson(ask: &Ask<'_>, selected: &Selected<'_>) -> Reply {
    let edition = edition(ask);
    let features = rows(ask, selected).map(|(row, sources)| feature(&row, &sources, &edition)).collect();
    let collection = Collection {
        kind: "FeatureCollection",
        edition,
        licence: "CC BY 4.0",
        notice: ask.lang.t("notice"),
        filter: selected.filter.query(),
        features,
    };
    let bytes = serde_json::to_vec(&collection).expect("invariant: texts and numbers are always JSON");
    Reply { download: "links.geojson", ..Reply::data("application/geo+json", bytes) }
}

#[derive(Serialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: &'static str,
    edition: String,
    licence: &'static str,
    notice: String,
    filter: String,
    features: Vec<Feature>,
}

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

fn rows<'a>(ask: &'a Ask<'_>, selected: &'a Selected<'_>) -> impl Iterator<Item = (Row, String)> + 'a {
    let maker = Maker::of(ask);
    selected.links(0, usize::MAX).into_iter().map(move |number| {
        let link = maker.edition.link_at(number);
        let cited = link.asserted().map(|claim| {
            let ids = claim.evidence().iter().map(|cited| format!("{}:{}", cited.source_id, cited.stance.word()));
            ids.collect::<Vec<_>>().join("|")
        });
        (maker.row(link), cited.unwrap_or_default())
    })
}

fn cells(row: &Row, sources: &str, edition: &str) -> [String; 24] {
    let joined =
        |terms: &[crate::view::terms::Term]| terms.iter().map(|term| term.id.as_str()).collect::<Vec<_>>().join("|");
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let yes = |flag: bool| if flag { "yes".to_owned() } else { String::new() };
    let country = row.place.country.as_ref();
    let [lat, lon] = row.place.point.clone().unwrap_or_default();
    [
        row.id.clone(),
        row.link_type.id.clone(),
        row.subject.id.clone(),
        row.subject.name.clone(),
        row.object.id.clone(),
        row.object.name.clone(),
        joined(&row.categories),
        joined(&row.topics),
        text(&row.place.place),
        country.map(|country| country.code.clone()).unwrap_or_default(),
        country.map(|country| country.role.to_owned()).unwrap_or_default(),
        row.place.precision.id.clone(),
        lat,
        lon,
        text(&row.start),
        text(&row.end),
        row.status.id.clone(),
        text(&row.as_of),
        row.confidence.to_owned(),
        yes(row.offered_only),
        yes(row.highlight),
        sources.to_owned(),
        row.url.clone(),
        edition.to_owned(),
    ]
}

/// A feature with the columns of the CSV as its properties: flat, as GIS programs want them.
fn feature(row: &Row, sources: &str, edition: &str) -> Feature {
    let number = |text: &String| text.parse::<f64>().ok();
    let position = row.place.point.as_ref().and_then(|[lat, lon]| Some([number(lon)?, number(lat)?]));
    let properties = COLUMNS.into_iter().zip(cells(row, sources, edition)).collect();
    Feature {
        kind: "Feature",
        id: row.id.clone(),
        geometry: position.map(|coordinates| Geometry { kind: "Point", coordinates }),
        properties,
    }
}

/// The edition as one word: number, day and the start of the root.
fn edition(ask: &Ask<'_>) -> String {
    let stamp = ask.site.edition.as_ref();
    stamp.map(|stamp| format!("{} {} {}", stamp.number, stamp.date, stamp.short_root())).unwrap_or_default()
}
