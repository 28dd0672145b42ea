//! The filter values whose meaning is their shape: years, boxes, the interest flag and search text.
//!
//! Everything here is decided on decimal digits and integers, so that the browser, which has
//! other floating-point printing and other ideas of white space, decides the same.

use std::fmt;

/// The longest text that `q` takes, in characters.
const LONGEST_TEXT: usize = 200;

/// A box on the globe in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bbox {
    /// Western edge, -180,000,000 to 180,000,000; greater than `east` when the box crosses the antimeridian.
    pub west: i32,
    /// Southern edge, -90,000,000 to `north`.
    pub south: i32,
    /// Eastern edge, -180,000,000 to 180,000,000.
    pub east: i32,
    /// Northern edge, `south` to 90,000,000.
    pub north: i32,
}

impl Bbox {
    /// Reads `W,S,E,N` in decimal degrees; digits behind the sixth decimal are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(',').map(trimmed);
        let (west, south) = (microdegrees(parts.next()?, 180)?, microdegrees(parts.next()?, 90)?);
        let (east, north) = (microdegrees(parts.next()?, 180)?, microdegrees(parts.next()?, 90)?);
        (parts.next().is_none() && south <= north).then_some(Self { west, south, east, north })
    }
}

impl fmt::Display for Bbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [west, south, east, north] = [self.west, self.south, self.east, self.north].map(degrees);
        write!(f, "{west},{south},{east},{north}")
    }
}

/// The value without ASCII white space around it.
pub(super) fn trimmed(value: &str) -> &str {
    value.trim_matches([' ', '\t', '\n', '\r'])
}

pub(super) fn canonical_year(value: &str) -> Option<String> {
    let digits = (1..=6).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
    let year: u32 = value.parse().ok().filter(|_| digits)?;
    (1..=9999).contains(&year).then(|| year.to_string())
}

pub(super) fn canonical_poi(value: &str) -> Option<String> {
    (value == "1").then(|| value.to_owned())
}

pub(super) fn canonical_bbox(value: &str) -> Option<String> {
    Bbox::parse(value).map(|bbox| bbox.to_string())
}

pub(super) fn canonical_text(value: &str) -> Option<String> {
    (value.chars().count() <= LONGEST_TEXT).then(|| value.to_owned())
}

fn microdegrees(text: &str, limit: i32) -> Option<i32> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 3) || !digits(fraction, 20) {
        return None;
    }
    let millionths: i32 = format!("{fraction:0<6}")[..6].parse().ok()?;
    let value = whole.parse::<i32>().ok()? * 1_000_000 + millionths;
    (value <= limit * 1_000_000).then_some(sign * value)
}

fn degrees(microdegrees: i32) -> String {
    let sign = if microdegrees < 0 { "-" } else { "" };
    let value = microdegrees.unsigned_abs();
    let text = format!("{sign}{}.{:06}", value / 1_000_000, value % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_read_in_degrees_and_printed_shortest() {
        let bbox = Bbox::parse("170.5,-10.25,-170,10").unwrap();
        assert_eq!(bbox, Bbox { west: 170_500_000, south: -10_250_000, east: -170_000_000, north: 10_000_000 });
        assert_eq!(bbox.to_string(), "170.5,-10.25,-170,10");
        assert_eq!(Bbox::parse("-0.0000001,-0,0,0.0000019").unwrap().to_string(), "0,0,0,0.000001");
        assert_eq!(Bbox::parse("-0.5,0,0,0").unwrap().to_string(), "-0.5,0,0,0");
    }

    #[test]
    fn a_box_outside_the_globe_or_not_of_four_decimals_is_none() {
        let wrong = [
            "181,0,0,0",
            "0,-90.000001,0,0",
            "0,5,0,4",
            "NaN,0,0,0",
            "1e1,0,0,0",
            "+1,0,0,0",
            "1.,0,0,0",
            ".5,0,0,0",
            "0,0,0",
            "0,0,0,0,0",
            "",
            "1 0,0,0,0",
            "0001,0,0,0",
            "--1,0,0,0",
            "inf,0,0,0",
            "١,0,0,0",
        ];
        for text in wrong {
            assert_eq!(Bbox::parse(text), None, "{text}");
        }
        assert!(Bbox::parse("-180,-90,180,90").is_some());
    }

    #[test]
    fn years_are_one_to_9999_in_ascii_digits() {
        assert_eq!(canonical_year("0099").as_deref(), Some("99"));
        for wrong in ["0", "10000", "-5", "+5", "2017-01", "", "２０１７", "00002017x", "0002017"] {
            assert_eq!(canonical_year(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_text_is_at_most_200_characters() {
        assert!(canonical_text(&"字".repeat(200)).is_some());
        assert!(canonical_text(&"字".repeat(201)).is_none());
    }
}
