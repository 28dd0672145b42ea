//! Plates beside countries' names: how many links are known only to the country. A plate is no place of any fact.

use edition::columns::Country;

use super::ground::fractions;
use super::window::Window;

/// Pixels between the middles of two plates, across and down.
const APART: (f64, f64) = (30.0, 20.0);

/// Where a plate may stand, in pixels from its country's name: under it if it can.
const STEPS: [(f64, f64); 15] = [
    (0.0, 15.0),
    (0.0, -17.0),
    (30.0, 8.0),
    (-30.0, 8.0),
    (0.0, 30.0),
    (28.0, 20.0),
    (-28.0, 20.0),
    (28.0, -18.0),
    (-28.0, -18.0),
    (0.0, -36.0),
    (44.0, 0.0),
    (-44.0, 0.0),
    (0.0, 46.0),
    (44.0, 30.0),
    (-44.0, 30.0),
];

/// Links that are known only to a country, or to one of a few neighbours where there is no room for each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plate {
    /// Indices of the countries with their counts, the largest first.
    pub countries: Vec<(usize, u32)>,
    /// Fractions of the world's square.
    pub at: (f64, f64),
    /// Pixels; set when the plate is placed.
    pub spot: (f64, f64),
}

impl Plate {
    /// How many links it counts.
    pub fn count(&self) -> u32 {
        self.countries.iter().map(|(_, count)| count).sum()
    }
}

/// One plate for each country that has such links, the largest first.
pub(crate) fn of(counts: &[u32], countries: &[Country]) -> Vec<Plate> {
    let counted = counts.iter().zip(countries).enumerate().filter(|(_, (count, _))| **count > 0);
    let plate = |(index, (count, country)): (usize, (&u32, &Country))| Plate {
        countries: vec![(index, *count)],
        at: fractions((country.lon, country.lat)),
        spot: (0.0, 0.0),
    };
    let mut plates: Vec<Plate> = counted.map(plate).collect();
    plates.sort_by_key(|plate| std::cmp::Reverse(plate.count()));
    plates
}

/// Joins plates that would cover each other, and lets those step aside that would cover a mark.
pub(crate) fn plates(single: Vec<Plate>, marks: &[(f64, f64)], window: &Window) -> Vec<Plate> {
    let mut plates: Vec<Plate> = Vec::new();
    for mut plate in single {
        plate.spot = window.place(plate.at.0, plate.at.1);
        match plates.iter_mut().find(|other| close(other.spot, plate.spot)) {
            Some(other) => other.countries.extend(plate.countries),
            None => plates.push(plate),
        }
    }
    let mut taken = marks.to_vec();
    for plate in &mut plates {
        let spots = STEPS.map(|(x, y)| inside((plate.spot.0 + x, plate.spot.1 + y), window));
        let free = spots.into_iter().find(|spot| !taken.iter().any(|other| close(*other, *spot)));
        plate.spot = free.unwrap_or_else(|| inside(plate.spot, window));
        taken.push(plate.spot);
    }
    plates
}

fn inside((x, y): (f64, f64), window: &Window) -> (f64, f64) {
    (x.clamp(16.0, window.width - 16.0), y.clamp(10.0, window.height - 10.0))
}

fn close(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() < APART.0 && (a.1 - b.1).abs() < APART.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(lon: f64, lat: f64) -> Country {
        Country { lon, lat, ..Country::default() }
    }

    #[test]
    fn plates_count_every_link_once_and_stand_apart() {
        let countries = [country(10.0, 50.0), country(12.0, 50.5), country(100.0, 0.0), country(20.0, 20.0)];
        let window = Window::around(&[(0.03, 0.2), (0.97, 0.7)], 900.0, 500.0);
        let single = of(&[3, 9, 2, 0], &countries);
        assert_eq!(single.iter().map(Plate::count).collect::<Vec<_>>(), [9, 3, 2]);
        let mark = window.place(single[2].at.0, single[2].at.1);
        let placed = plates(single, &[mark], &window);
        assert_eq!(placed.iter().map(Plate::count).collect::<Vec<_>>(), [12, 2]);
        assert!(!close(placed[1].spot, mark));
    }
}
