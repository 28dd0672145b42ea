//! Marks that do not cover each other: the selected points of a picture, grouped by nearness.
//!
//! Rows stand in Morton order, so the rows of a square cell follow each other. Cells whose middles are near are then
//! joined, the fullest first: the same selection gives the same groups in every picture of the same size.

use std::collections::BTreeMap;

use edition::rows::Rows;

/// Bits of a grid coordinate of the rows.
const BITS: u32 = 20;

/// Points that are drawn as one mark.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    /// The mean position, in fractions of the world's square.
    pub x: f64,
    /// Southward.
    pub y: f64,
    /// The selected rows in it, cell by cell.
    pub cells: Vec<Vec<usize>>,
}

impl Group {
    /// How many links it holds.
    pub fn count(&self) -> usize {
        self.cells.iter().map(Vec::len).sum()
    }

    /// The rows, in no promised order.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.cells.iter().flatten().copied()
    }

    fn absorb(&mut self, other: Self) {
        let (one, two) = (self.count() as f64, other.count() as f64);
        self.x = (self.x * one + other.x * two) / (one + two);
        self.y = (self.y * one + other.y * two) / (one + two);
        self.cells.extend(other.cells);
    }

    fn distance(&self, other: &Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// Groups the located rows among `selected` (ascending) at a scale of so many pixels for the world's width;
/// marks stand about `apart` pixels from each other. The largest come first.
pub(crate) fn groups(rows: &Rows, selected: impl Iterator<Item = usize>, scale: f64, apart: f64) -> Vec<Group> {
    let level = (scale / apart).log2().round().clamp(0.0, f64::from(BITS)) as u32;
    let mut groups = joined(cells(rows, selected, level), apart / scale);
    groups.sort_by_key(|group| (std::cmp::Reverse(group.count()), group.rows().min()));
    groups
}

type Cells = BTreeMap<(u32, u32), Group>;

fn cells(rows: &Rows, selected: impl Iterator<Item = usize>, level: u32) -> Cells {
    let mut cells = Cells::new();
    for row in selected {
        let Some((x, y)) = rows.cell(row) else { break };
        let at = (x >> (BITS - level), y >> (BITS - level));
        let empty = || Group { x: 0.0, y: 0.0, cells: vec![Vec::new()] };
        let cell = cells.entry(at).or_insert_with(empty);
        cell.x += middle(x);
        cell.y += middle(y);
        cell.cells[0].push(row);
    }
    for cell in cells.values_mut() {
        let count = cell.count() as f64;
        cell.x /= count;
        cell.y /= count;
    }
    cells
}

/// The middle of a grid cell as a fraction of the world's square.
pub(crate) fn middle(cell: u32) -> f64 {
    (f64::from(cell) + 0.5) / f64::from(1 << BITS)
}

/// Joins each cell with those neighbours whose middles are nearer than `near`, the fullest cells first.
fn joined(mut cells: Cells, near: f64) -> Vec<Group> {
    let mut order: Vec<_> = cells.iter().map(|(at, cell)| (std::cmp::Reverse(cell.count()), *at)).collect();
    order.sort_unstable();
    let mut groups = Vec::new();
    for (_, at) in order {
        let Some(mut group) = cells.remove(&at) else { continue };
        let start = group.clone();
        for other in neighbours(at) {
            if cells.get(&other).is_some_and(|cell| start.distance(cell) < near)
                && let Some(cell) = cells.remove(&other)
            {
                group.absorb(cell);
            }
        }
        groups.push(group);
    }
    groups
}

fn neighbours((x, y): (u32, u32)) -> impl Iterator<Item = (u32, u32)> {
    let around = |at: u32| at.saturating_sub(2)..=at.saturating_add(2);
    around(y).flat_map(move |y| around(x).map(move |x| (x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows at these grid cells, in any order, all selected.
    fn rows(mut cells: Vec<(u32, u32)>) -> Rows {
        let code = |(x, y): &(u32, u32)| {
            (0..BITS).fold(0u64, |code, bit| {
                code | u64::from(x >> bit & 1) << (2 * bit) | u64::from(y >> bit & 1) << (2 * bit + 1)
            })
        };
        cells.sort_by_key(code);
        let mut rows = Rows::default();
        (rows.x, rows.y) = cells.iter().copied().unzip();
        (rows.located, rows.link) = (cells.len(), (0..cells.len() as u32).collect());
        rows
    }

    #[test]
    fn near_points_are_one_mark_and_far_ones_two() {
        let rows = rows(vec![(1000, 1000), (1001, 1003), (900_000, 500_000)]);
        let found = groups(&rows, 0..3, 1000.0, 30.0);
        assert_eq!(found.iter().map(Group::count).collect::<Vec<_>>(), [2, 1]);
        assert!((found[0].x - 1001.0 / f64::from(1 << BITS)).abs() < 1e-9, "{}", found[0].x);
        assert_eq!(groups(&rows, 0..3, 2e9, 30.0).len(), 3);
    }

    proptest! {
        #[test]
        fn every_selected_row_is_in_exactly_one_mark(
            cells in proptest::collection::vec((0..1u32 << 20, 0..1u32 << 20), 0..60), scale in 100.0..1e6f64
        ) {
            let rows = rows(cells);
            let all = groups(&rows, 0..rows.located, scale, 30.0);
            let mut seen: Vec<usize> = all.iter().flat_map(Group::rows).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..rows.located).collect::<Vec<_>>());
            prop_assert!(all.windows(2).all(|pair| pair[0].count() >= pair[1].count()));
        }
    }
}
