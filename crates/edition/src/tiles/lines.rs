//! The layer of cables: their routes, cut to the tile and its margin.

use super::{BUFFER, EXTENT, TileAt, begun};
use crate::morton;
use fast_mvt::{MvtCoord, MvtGeomType, MvtLayerBuilder, MvtValueRef};

/// A cable as a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// The cable's item id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// `surveyed` or `schematic`.
    pub accuracy: &'a str,
    /// Its status.
    pub status: &'a str,
    /// Longitudes and latitudes in degrees along the route; a step of more than 180° goes the
    /// short way, over the antimeridian.
    pub route: Vec<(f64, f64)>,
}

type Point = (f64, f64);

pub(super) fn layer(lines: &[Line<'_>], at: TileAt) -> Vec<u8> {
    let mut layer = begun("lines");
    for line in lines {
        let pieces = pieces(&line.route, at);
        if !pieces.is_empty() {
            layer = add(layer, line, pieces);
        }
    }
    if layer.num_features() == 0 { Vec::new() } else { layer.encode() }
}

fn add(layer: MvtLayerBuilder, line: &Line<'_>, pieces: Vec<Vec<MvtCoord>>) -> MvtLayerBuilder {
    let mut feature = layer.feature_of(MvtGeomType::LineString);
    for piece in pieces {
        feature.line(piece).expect("invariant: a piece has two points or more");
    }
    for (key, value) in [("id", line.id), ("name", line.name), ("accuracy", line.accuracy), ("status", line.status)] {
        feature.tag_ref(key, MvtValueRef::String(value)).expect("invariant: a tile has fewer than 2^32 words");
    }
    feature.end()
}

/// What of a route lies in the tile, in its units. The world repeats to the east and west.
fn pieces(route: &[Point], at: TileAt) -> Vec<Vec<MvtCoord>> {
    let world = (EXTENT << at.z) as f64;
    let origin = (f64::from(at.x) * EXTENT as f64, f64::from(at.y) * EXTENT as f64);
    let unrolled = unrolled(route);
    let copies = [-1.0, 0.0, 1.0].into_iter().flat_map(|turn| {
        let place = |(lon, lat): &Point| {
            (((lon + 180.0) / 360.0 + turn) * world - origin.0, morton::mercator(*lat) * world - origin.1)
        };
        cut(&unrolled.iter().map(place).collect::<Vec<_>>())
    });
    copies.map(|piece| rounded(&piece)).filter(|piece| piece.len() > 1).collect()
}

/// Longitudes that go on beyond ±180° instead of leaping to the other side.
fn unrolled(route: &[Point]) -> Vec<Point> {
    let (mut before, mut turn) = (None::<f64>, 0.0);
    let mut out = Vec::with_capacity(route.len());
    for (lon, lat) in route {
        match before.map(|before| lon - before) {
            Some(step) if step > 180.0 => turn -= 360.0,
            Some(step) if step < -180.0 => turn += 360.0,
            _ => {}
        }
        before = Some(*lon);
        out.push((lon + turn, *lat));
    }
    out
}

/// The parts of a line inside the tile and its margin.
fn cut(line: &[Point]) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    for pair in line.windows(2) {
        let Some((from, to)) = clipped(pair[0], pair[1]) else { continue };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&from) => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
    }
    pieces
}

/// The part of a segment inside the tile and its margin (Liang and Barsky's algorithm).
fn clipped(from: Point, to: Point) -> Option<(Point, Point)> {
    let (low, high) = (-BUFFER as f64, (EXTENT + BUFFER) as f64);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let edges = [(-dx, from.0 - low), (dx, high - from.0), (-dy, from.1 - low), (dy, high - from.1)];
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (direction, distance) in edges {
        if direction == 0.0 && distance < 0.0 {
            return None;
        }
        if direction < 0.0 {
            enter = enter.max(distance / direction);
        } else if direction > 0.0 {
            leave = leave.min(distance / direction);
        }
    }
    let along = |t: f64| (from.0 + t * dx, from.1 + t * dy);
    let start = if enter > 0.0 { along(enter) } else { from };
    let end = if leave < 1.0 { along(leave) } else { to };
    (enter <= leave).then_some((start, end))
}

fn rounded(piece: &[Point]) -> Vec<MvtCoord> {
    let mut coords: Vec<MvtCoord> =
        piece.iter().map(|(x, y)| MvtCoord { x: x.round() as i32, y: y.round() as i32 }).collect();
    coords.dedup();
    coords
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(route: &[Point], (z, x, y): (u8, u32, u32), expected: &[&[(i32, i32)]]) {
        let pieces = pieces(route, TileAt::new(z, x, y).unwrap());
        let found: Vec<Vec<(i32, i32)>> = pieces.iter().map(|p| p.iter().map(|c| (c.x, c.y)).collect()).collect();
        assert_eq!(found, expected, "{route:?} in {z}/{x}/{y}");
    }

    #[test]
    fn a_route_inside_the_tile_is_whole() {
        check(&[(-90.0, 0.0), (0.0, 0.0), (90.0, 0.0)], (0, 0, 0), &[&[(1024, 2048), (2048, 2048), (3072, 2048)]]);
    }

    #[test]
    fn a_route_is_cut_64_units_behind_the_edge() {
        check(&[(-90.0, 0.0), (90.0, 0.0)], (1, 0, 0), &[&[(2048, 4096), (4160, 4096)]]);
        check(&[(-90.0, 0.0), (90.0, 0.0)], (1, 1, 0), &[&[(-64, 4096), (2048, 4096)]]);
        check(&[(-90.0, -60.0), (90.0, -60.0)], (1, 0, 0), &[]);
    }

    #[test]
    fn a_route_over_the_antimeridian_shows_on_both_sides_of_the_world() {
        check(&[(135.0, 0.0), (-135.0, 0.0)], (0, 0, 0), &[&[(-64, 2048), (512, 2048)], &[(3584, 2048), (4160, 2048)]]);
    }

    // 40° north is 3101.32 units down (0.5 − atanh(sin 40°)/2π of 8192); the cut is worked out from that.
    #[test]
    fn a_route_that_leaves_and_comes_back_is_two_pieces() {
        check(
            &[(-90.0, 0.0), (90.0, 0.0), (-90.0, 40.0)],
            (1, 0, 0),
            &[&[(2048, 4096), (4160, 4096)], &[(4160, 3614), (2048, 3101)]],
        );
    }

    #[test]
    fn no_route_is_no_piece() {
        check(&[], (0, 0, 0), &[]);
        check(&[(5.0, 5.0)], (0, 0, 0), &[]);
        check(&[(5.0, 5.0), (5.0, 5.0)], (0, 0, 0), &[]);
    }
}
