//! The cables as lines: each through its landing points in the order of its route, cut at the antimeridian.

use edition::Item;
use model::Landing;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::filtering::no_query;
use crate::reply::{Failure, Reply};

pub(crate) fn lines(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let features: Vec<Value> = cables(ask).iter().flat_map(features).collect();
    let collection = json!({ "type": "FeatureCollection", "features": features });
    let bytes = serde_json::to_vec(&collection).expect("invariant: texts and numbers are always JSON");
    Ok(Reply::data("application/geo+json", bytes))
}

/// The items that are cables, by id.
pub(crate) fn cables<'a>(ask: &Ask<'a>) -> Vec<Item<'a>> {
    ask.live.cables.iter().map(|number| ask.edition().item_at(*number)).collect()
}

/// Longitudes and latitudes of a cable's landing points in the order of its route.
pub(crate) fn route(cable: &Item<'_>) -> Vec<(f64, f64)> {
    cable.landings().iter().map(|landing| (landing.point.longitude(), landing.point.latitude())).collect()
}

fn features(cable: &Item<'_>) -> Vec<Value> {
    let (landings, route) = (cable.landings(), route(cable));
    let line = (route.len() > 1).then(|| line(cable, &route));
    line.into_iter().chain(landings.iter().map(|landing| point(cable, landing))).collect()
}

fn line(cable: &Item<'_>, route: &[(f64, f64)]) -> Value {
    json!({
        "type": "Feature",
        "id": cable.id(),
        "geometry": { "type": "MultiLineString", "coordinates": cut(route) },
        "properties": {
            "id": cable.id(),
            "name": cable.name("en"),
            "name_zh": cable.name("zh-Hans"),
            "accuracy": cable.term("route-accuracy").unwrap_or("schematic"),
            "status": cable.term("status").unwrap_or("unknown"),
        },
    })
}

fn point(cable: &Item<'_>, landing: &Landing) -> Value {
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [landing.point.longitude(), landing.point.latitude()] },
        "properties": {
            "cable": cable.id(),
            "name": &*landing.name,
            "country": landing.country.as_str(),
            "order": landing.order,
        },
    })
}

/// The route in pieces that do not cross the antimeridian (RFC 7946, section 3.1.9).
fn cut(route: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
    let mut pieces = vec![vec![route[0]]];
    for pair in route.windows(2) {
        let ((from, south), (to, north)) = (pair[0], pair[1]);
        if (to - from).abs() > 180.0 {
            let side = 180.0_f64.copysign(from);
            let unrolled = to + 360.0_f64.copysign(from);
            let crossing = south + (north - south) * (side - from) / (unrolled - from);
            pieces.last_mut().expect("invariant: never empty").push((side, crossing));
            pieces.push(vec![(-side, crossing)]);
        }
        pieces.last_mut().expect("invariant: never empty").push((to, north));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_over_the_antimeridian_is_cut_where_it_crosses() {
        let pieces = cut(&[(170.0, 0.0), (-170.0, 10.0)]);
        assert_eq!(pieces, [vec![(170.0, 0.0), (180.0, 5.0)], vec![(-180.0, 5.0), (-170.0, 10.0)]]);
        let back = cut(&[(-160.0, 0.0), (160.0, 40.0)]);
        assert_eq!(back, [vec![(-160.0, 0.0), (-180.0, 20.0)], vec![(180.0, 20.0), (160.0, 40.0)]]);
        assert_eq!(cut(&[(0.0, 0.0), (100.0, 1.0)]).len(), 1);
    }
}
