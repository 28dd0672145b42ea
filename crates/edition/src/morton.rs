//! Where a position falls on the map's grid: Web-Mercator cells of 20 bits a side, in Morton order.
//!
//! The grid decides which rows a `bbox` holds, and the server and the browser must decide alike on
//! every machine. So the projection uses only +, −, × and ÷, which IEEE 754 rounds one way
//! everywhere; the platform's `sin` and `ln` differ in the last bit from machine to machine.
//! `browser/src/grid.ts` is the same arithmetic in the same order.

use std::f64::consts::{FRAC_1_SQRT_2, LN_2, PI, SQRT_2};

/// Bits of a grid coordinate: a cell is 38 m wide at the equator.
pub const BITS: u32 = 20;

/// Cells a side.
pub const SIDE: u32 = 1 << BITS;

/// The latitude in degrees at which the Web-Mercator square ends.
const EDGE: f64 = 85.051_128_779_806_6;

/// The cell of a position in degrees: `x` eastward from the antimeridian, `y` southward from the
/// northern edge. A position beyond the square falls into its outermost cells.
pub fn cell(lon: f64, lat: f64) -> (u32, u32) {
    (along((lon + 180.0) / 360.0), along(mercator(lat)))
}

/// The cell's place on the Morton curve, below 2^40; `y` has the higher bit of each pair.
pub fn code(x: u32, y: u32) -> u64 {
    spread(x) | spread(y) << 1
}

/// The cell at a place on the Morton curve.
pub fn cell_of(code: u64) -> (u32, u32) {
    (gather(code), gather(code >> 1))
}

/// The fraction of the square's height north of a latitude in degrees, 0 to 1.
pub fn mercator(lat: f64) -> f64 {
    let sine = sin(lat.clamp(-EDGE, EDGE) * PI / 180.0);
    0.5 - ln((1.0 + sine) / (1.0 - sine)) / (4.0 * PI)
}

/// Sine of −π/2 to π/2, by its series.
pub(crate) fn sin(x: f64) -> f64 {
    let square = x * x;
    let mut sum = 0.0;
    for k in (0..13).rev() {
        let n = f64::from(2 * k);
        sum = 1.0 - square / ((n + 2.0) * (n + 3.0)) * sum;
    }
    x * sum
}

/// Logarithm of a positive number, by halving into the range where the series is short.
fn ln(x: f64) -> f64 {
    let (mut rest, mut halvings) = (x, 0.0);
    while rest > SQRT_2 {
        rest *= 0.5;
        halvings += 1.0;
    }
    while rest < FRAC_1_SQRT_2 {
        rest *= 2.0;
        halvings -= 1.0;
    }
    let t = (rest - 1.0) / (rest + 1.0);
    let square = t * t;
    let mut sum = 0.0;
    for k in (0..14).rev() {
        sum = sum * square + 1.0 / f64::from(2 * k + 1);
    }
    halvings * LN_2 + 2.0 * t * sum
}

fn along(fraction: f64) -> u32 {
    let cell = (fraction * f64::from(SIDE)).floor();
    cell.clamp(0.0, f64::from(SIDE - 1)) as u32
}

fn spread(v: u32) -> u64 {
    let mut v = u64::from(v);
    for (shift, mask) in [
        (16, 0x0000_ffff_0000_ffff),
        (8, 0x00ff_00ff_00ff_00ff),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        v = (v | v << shift) & mask;
    }
    v
}

fn gather(code: u64) -> u32 {
    let mut v = code & 0x5555_5555_5555_5555;
    for (shift, mask) in [
        (1, 0x3333_3333_3333_3333),
        (2, 0x0f0f_0f0f_0f0f_0f0f),
        (4, 0x00ff_00ff_00ff_00ff),
        (8, 0x0000_ffff_0000_ffff),
        (16, 0x0000_0000_ffff_ffff),
    ] {
        v = (v | v >> shift) & mask;
    }
    v as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_square_has_its_corners_and_centre_where_web_mercator_has_them() {
        assert_eq!(cell(-180.0, 90.0), (0, 0));
        assert_eq!(cell(180.0, -90.0), (SIDE - 1, SIDE - 1));
        assert_eq!(cell(0.0, 0.0), (SIDE / 2, SIDE / 2));
    }

    #[test]
    fn a_city_falls_into_the_tile_that_the_openstreetmap_formula_gives() {
        // Nairobi at zoom 20, from x = (lon+180)/360·2^z, y = (1 − asinh(tan lat)/π)/2·2^z
        // computed in Python.
        assert_eq!(cell(36.8219, -1.2921), (631_539, 528_051));
    }

    #[test]
    fn a_code_interleaves_with_y_above_x() {
        assert_eq!(code(0b11, 0b01), 0b0111);
        assert_eq!(code(SIDE - 1, SIDE - 1), (1 << 40) - 1);
    }

    proptest! {
        #[test]
        fn a_code_gives_its_cell_back(x in 0..SIDE, y in 0..SIDE) {
            prop_assert_eq!(cell_of(code(x, y)), (x, y));
        }

        #[test]
        fn the_portable_projection_is_the_libraries_one_to_fifteen_digits(lat in -EDGE..EDGE) {
            let expected = 0.5 - lat.to_radians().sin().atanh() / (2.0 * PI);
            prop_assert!((mercator(lat) - expected).abs() < 1e-14);
        }
    }
}
