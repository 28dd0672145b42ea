//! The layer of points. A tile is one range of rows, so what lies in it is found by bisection.

use super::{BUFFER, EXTENT, TileAt, TileSource, begun};
use crate::morton;
use crate::rows::Rows;
use fast_mvt::{MvtCoord, MvtFeatureBuilder, MvtGeomType, MvtLayerBuilder, MvtValueRef};
use std::ops::Range;

pub(super) fn layer(source: &TileSource<'_>, at: TileAt) -> Vec<u8> {
    let mut layer = begun("links");
    for part in around(at) {
        let range = rows_of(source.rows, part.tile);
        for row in range.filter(|row| (source.selected)(*row)) {
            if let Some(point) = part.place(source.rows, row) {
                layer = add(layer, source, row, point);
            }
        }
    }
    if layer.num_features() == 0 { Vec::new() } else { layer.encode() }
}

/// A tile or one of its neighbours, and how far its points are moved to lie where they belong.
struct Part {
    tile: TileAt,
    origin: (i64, i64),
}

/// The tile itself and its eight neighbours; east and west go round the world.
fn around(at: TileAt) -> Vec<Part> {
    let side = 1i64 << at.z;
    let columns = (-1..=1).map(|step| i64::from(at.x) + step);
    let neighbours = columns.flat_map(|x| (-1..=1).map(move |step| (x, i64::from(at.y) + step)));
    let inside = neighbours.filter(|(_, y)| (0..side).contains(y));
    let part = |(x, y): (i64, i64)| {
        let wrapped = x.rem_euclid(side);
        let tile = TileAt { z: at.z, x: wrapped as u32, y: y as u32 };
        Part { tile, origin: ((i64::from(at.x) - x + wrapped) * EXTENT, i64::from(at.y) * EXTENT) }
    };
    inside.map(part).collect()
}

impl Part {
    /// The middle of a row's cell in units of the tile asked for, if it lies there or in the margin.
    fn place(&self, rows: &Rows, row: usize) -> Option<MvtCoord> {
        let (x, y) = rows.cell(row)?;
        let along = |cell: u32| ((2 * i64::from(cell) + 1) * (EXTENT << self.tile.z)) >> (morton::BITS + 1);
        let (x, y) = (along(x) - self.origin.0, along(y) - self.origin.1);
        let near = |v: i64| (-BUFFER..EXTENT + BUFFER).contains(&v);
        (near(x) && near(y)).then_some(MvtCoord { x: x as i32, y: y as i32 })
    }
}

/// The rows whose cells lie in a tile.
fn rows_of(rows: &Rows, tile: TileAt) -> Range<usize> {
    let depth = 2 * (morton::BITS - u32::from(tile.z));
    let first = morton::code(tile.x, tile.y) << depth;
    first_at(rows, first)..first_at(rows, first + (1 << depth))
}

/// The first located row at or behind a place on the curve.
fn first_at(rows: &Rows, code: u64) -> usize {
    let (mut low, mut high) = (0, rows.located);
    while low < high {
        let middle = low.midpoint(high);
        if morton::code(rows.x[middle], rows.y[middle]) < code { low = middle + 1 } else { high = middle }
    }
    low
}

fn add(layer: MvtLayerBuilder, source: &TileSource<'_>, row: usize, point: MvtCoord) -> MvtLayerBuilder {
    let mut feature = layer.feature_of(MvtGeomType::Point);
    feature.id(Some(row as u64));
    feature.points([point]).expect("invariant: a point feature takes a point");
    words(&mut feature, source, row);
    feature.end()
}

fn words(feature: &mut MvtFeatureBuilder, source: &TileSource<'_>, row: usize) {
    let (rows, names) = (source.rows, source.dictionaries);
    let mut text = |key, value: Option<&str>| {
        if let Some(value) = value {
            feature.tag_ref(key, MvtValueRef::String(value)).expect("invariant: a tile has fewer than 2^32 words");
        }
    };
    text("id", Some((source.id)(rows.link[row])));
    text("link", names.link.get(rows.link_type[row] as usize).map(|c| c.id.as_str()));
    text("category", names.category.get(rows.categories[row].trailing_zeros() as usize).map(|c| c.id.as_str()));
    text("country", rows.country[row].and_then(|c| names.country.get(c as usize)).map(|c| c.id.as_str()));
    text("status", names.status.get(rows.status[row] as usize).map(|c| c.id.as_str()));
    text("confidence", names.confidence.get(rows.confidence[row] as usize).map(|c| c.id.as_str()));
    text("precision", names.precision.get(rows.precision[row] as usize).map(|c| c.id.as_str()));
    feature.tag_bool("poi", rows.poi[row]).expect("invariant: a tile has fewer than 2^32 words");
}
