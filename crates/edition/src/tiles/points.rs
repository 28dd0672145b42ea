//! The layer of points. A tile is one range of rows, so what lies in it is found by bisection.

use super::wire::{Features, Place};
use super::{BUFFER, EXTENT, TileAt, TileSource};
use crate::morton;
use crate::rows::Rows;
use std::ops::Range;

/// The most points that a tile draws one by one.
pub(super) const MOST: usize = 20_000;

/// Units across a cell in which a fuller tile puts its points together: half a pixel where a tile is 256 pixels wide.
const CELL: i32 = 8;

/// Cells across a tile with its margin.
const ACROSS: usize = ((EXTENT + 2 * BUFFER) / CELL as i64) as usize;

pub(super) fn layer(source: &TileSource<'_>, at: TileAt) -> Vec<u8> {
    let mut points: Vec<(usize, Place)> = Vec::new();
    for part in around(at) {
        let range = rows_of(source.rows, part.tile).filter(|row| (source.selected)(*row));
        points.extend(range.filter_map(|row| Some((row, part.place(source.rows, row)?))));
    }
    let mut features = Features::new(source);
    if points.len() <= MOST {
        points.iter().for_each(|(row, place)| features.point(*row, *place));
    } else {
        together(&points).into_iter().for_each(|cell| features.cell(cell.first, cell.place, cell.count));
    }
    features.layer()
}

/// Points of one cell, drawn where the first of them lies.
#[derive(Clone, Copy)]
struct Cell {
    first: usize,
    place: Place,
    count: u32,
}

/// The cells that hold points, row by row from the north.
fn together(points: &[(usize, Place)]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![Cell { first: 0, place: Place { x: 0, y: 0 }, count: 0 }; ACROSS * ACROSS];
    let along = |v: i32| ((v + BUFFER as i32) / CELL) as usize;
    for (row, place) in points {
        let cell = &mut cells[along(place.y) * ACROSS + along(place.x)];
        if cell.count == 0 {
            (cell.first, cell.place) = (*row, *place);
        }
        cell.count += 1;
    }
    cells.retain(|cell| cell.count > 0);
    cells
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
    fn place(&self, rows: &Rows, row: usize) -> Option<Place> {
        let (x, y) = rows.cell(row)?;
        let along = |cell: u32| ((2 * i64::from(cell) + 1) * (EXTENT << self.tile.z)) >> (morton::BITS + 1);
        let (x, y) = (along(x) - self.origin.0, along(y) - self.origin.1);
        let near = |v: i64| (-BUFFER..EXTENT + BUFFER).contains(&v);
        (near(x) && near(y)).then_some(Place { x: x as i32, y: y as i32 })
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
