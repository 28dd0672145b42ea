//! Digits drawn as lines, so that a number in a picture needs no font and can never be a box.

use super::ground::tenths;

/// The width of a digit with the space behind it, in units of which the height has [`HEIGHT`].
const ADVANCE: f64 = 5.6;

/// The height of a digit in units.
const HEIGHT: f64 = 8.0;

/// The strokes of 0 to 9 on a grid 4 wide and 8 high, y downward, as SVG path data in pieces of `command x y …`.
const STROKES: [&str; 10] = [
    "M2 0C-0.7 0 -0.7 8 2 8C4.7 8 4.7 0 2 0",
    "M0.7 1.6L2.4 0L2.4 8",
    "M0.1 1.7C0.5 -0.7 4 -0.5 3.8 2.1C3.7 4 1.4 5.2 0 8L4 8",
    "M0.2 1C1.4 -0.7 3.8 -0.1 3.7 1.9C3.6 3.3 2.6 3.7 1.5 3.8C2.8 3.8 4 4.5 4 5.9C4 8.4 1.2 8.6 0 7",
    "M3 8L3 0L0 5.6L4.2 5.6",
    "M3.7 0L0.6 0L0.3 3.6C1.6 2.6 4 3 4 5.4C4 8.3 1.2 8.6 0 7.1",
    "M3.6 0.6C1.4 -0.6 0 2.4 0 5C0 9 4 8.8 4 5.5C4 2.6 0.8 2.6 0.1 4.9",
    "M0 0L4 0L1.5 8",
    "M2 3.7C-0.2 3.4 -0.1 0 2 0C4.1 0 4.2 3.4 2 3.7C-0.7 4 -0.6 8 2 8C4.6 8 4.7 4 2 3.7",
    "M3.9 3.1C3.2 5.4 0 5.4 0 2.5C0 -0.8 4 -1 4 3C4 5.6 2.6 8.6 0.4 7.4",
];

/// Path data of a number's digits, `height` pixels high, with its middle at a point.
pub(crate) fn number(value: usize, (x, y): (f64, f64), height: f64) -> String {
    let unit = height / HEIGHT;
    let digits = value.to_string();
    let left = x - width(value, height) / 2.0;
    let place = |(at, digit): (usize, u8)| {
        let origin = (left + at as f64 * ADVANCE * unit, y - height / 2.0);
        moved(STROKES[usize::from(digit - b'0')], origin, unit)
    };
    digits.bytes().enumerate().map(place).collect()
}

/// How wide a number is, in pixels.
pub(crate) fn width(value: usize, height: f64) -> f64 {
    let digits = value.to_string().len() as f64;
    (digits * ADVANCE - (ADVANCE - 4.0)) * height / HEIGHT
}

/// Path data scaled and moved.
fn moved(strokes: &str, origin: (f64, f64), unit: f64) -> String {
    let mut out = String::new();
    let mut across = true;
    for (at, word) in strokes.split_inclusive(['M', 'L', 'C']).flat_map(commands).enumerate() {
        match word.parse::<f64>() {
            Err(_) => out.push_str(word),
            Ok(number) => {
                let origin = if across { origin.0 } else { origin.1 };
                let space = if at > 0 && !out.ends_with(['M', 'L', 'C']) { " " } else { "" };
                out.push_str(&format!("{space}{}", tenths(origin + number * unit)));
                across = !across;
            }
        }
    }
    out
}

/// Numbers and command letters one by one.
fn commands(piece: &str) -> impl Iterator<Item = &str> {
    let (numbers, command) = match piece.strip_suffix(['M', 'L', 'C']) {
        Some(numbers) => (numbers, &piece[numbers.len()..]),
        None => (piece, ""),
    };
    numbers.split(' ').chain(std::iter::once(command)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_around_its_middle() {
        // 1: its strokes at grid 0.7..2.4; 8 pixels high, so a unit is a pixel; a digit is 4 wide
        assert_eq!(number(1, (10.0, 20.0), 8.0), "M8.7 17.6L10.4 16L10.4 24");
        let two = number(11, (10.0, 20.0), 8.0);
        assert_eq!(two.matches('M').count(), 2, "{two}");
        assert!((width(11, 8.0) - 9.6).abs() < 1e-9);
    }

    #[test]
    fn every_digit_has_strokes_inside_its_cell() {
        for digit in 0..10 {
            let path = number(digit, (2.0, 4.0), 8.0);
            let numbers: Vec<f64> =
                path.split(['M', 'L', 'C', ' ']).filter(|word| !word.is_empty()).map(|n| n.parse().unwrap()).collect();
            assert!(numbers.len() >= 6, "{digit}: {path}");
            assert!(numbers.iter().all(|n| (-1.1..=9.1).contains(n)), "{digit}: {path}");
        }
    }
}
