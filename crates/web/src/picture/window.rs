//! Which part of the world a picture shows, and where a place falls in it: Web Mercator, as on the map itself.

/// Pixels kept free around what is shown.
const MARGIN: f64 = 26.0;

/// So large may the world be drawn, in pixels: a town stands in its region, not alone on a plain.
const LARGEST: f64 = 16_384.0;

/// The part of the world in a picture. Positions are fractions of the world's square: x eastward from the
/// antimeridian, y southward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Window {
    /// The western edge; may be below 0.
    pub west: f64,
    /// The northern edge; may be below 0.
    pub north: f64,
    /// Pixels for the world's width.
    pub scale: f64,
    /// Pixels across.
    pub width: f64,
    /// Pixels down.
    pub height: f64,
}

impl Window {
    /// The smallest window of this size in pixels that shows all the places: where they leave the widest gap
    /// round the globe, it is cut. Without places it is the whole world.
    pub fn around(places: &[(f64, f64)], width: f64, height: f64) -> Self {
        let Some((west, across)) = span(places.iter().map(|place| place.0).collect()) else {
            return Self::around(&[(0.03, 0.13), (0.97, 0.66)], width, height);
        };
        let (north, south) = places.iter().fold((1.0f64, 0.0f64), |(n, s), (_, y)| (n.min(*y), s.max(*y)));
        let fit = |pixels: f64, part: f64| if part > 0.0 { (pixels - 2.0 * MARGIN) / part } else { f64::INFINITY };
        let scale = fit(width, across).min(fit(height, south - north)).min(LARGEST);
        let middle = (west + across / 2.0, f64::midpoint(north, south));
        Self { west: middle.0 - width / scale / 2.0, north: middle.1 - height / scale / 2.0, scale, width, height }
    }

    /// Where a place falls, in pixels from the upper left corner. A place that can be seen is inside.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let from_middle = x - (self.west + self.width / self.scale / 2.0);
        let nearest = from_middle - from_middle.round();
        (self.width / 2.0 + nearest * self.scale, (y - self.north) * self.scale)
    }

    /// How often the world stands beside itself, and how far each copy is moved, in fractions.
    pub fn copies(&self) -> impl Iterator<Item = f64> + use<> {
        let first = self.west.floor() as i32 - 1;
        let last = (self.west + self.width / self.scale).floor() as i32 + 1;
        (first..=last).map(f64::from)
    }

    /// A position of a line, which may run beyond the window, in pixels.
    pub fn line(&self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.west) * self.scale, (y - self.north) * self.scale)
    }
}

/// Where to begin, and how far to go eastward, to have seen all these longitudes (fractions) on the shortest way.
fn span(mut xs: Vec<f64>) -> Option<(f64, f64)> {
    xs.sort_by(f64::total_cmp);
    let (first, last) = (*xs.first()?, *xs.last()?);
    let inner = xs.windows(2).map(|pair| (pair[1] - pair[0], pair[1]));
    let (gap, start) = inner.fold((first + 1.0 - last, first), |best, next| if next.0 > best.0 { next } else { best });
    Some((start, 1.0 - gap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_on_both_sides_of_the_antimeridian_stand_together() {
        let window = Window::around(&[(0.99, 0.4), (0.01, 0.4)], 600.0, 400.0);
        let (left, right) = (window.place(0.99, 0.4), window.place(0.01, 0.4));
        assert!(left.0 < right.0, "{left:?} {right:?}");
        assert!((window.scale - LARGEST).abs() < 1e-9 || window.scale > 10_000.0, "{}", window.scale);
    }

    #[test]
    fn one_place_stands_in_the_middle() {
        let window = Window::around(&[(0.5, 0.4)], 600.0, 400.0);
        let (x, y) = window.place(0.5, 0.4);
        assert!((x - 300.0).abs() < 1e-6 && (y - 200.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn every_place_is_inside_with_a_margin(
            places in proptest::collection::vec((0.0..1.0f64, 0.05..0.95f64), 1..20),
            (width, height) in (200.0..1600.0f64, 150.0..1200.0f64)
        ) {
            let window = Window::around(&places, width, height);
            for (x, y) in places {
                let (px, py) = window.place(x, y);
                prop_assert!(px >= MARGIN - 1e-6 && px <= width - MARGIN + 1e-6, "{} of {}", px, width);
                prop_assert!(py >= MARGIN - 1e-6 && py <= height - MARGIN + 1e-6, "{} of {}", py, height);
            }
        }
    }
}
