//! Where a fact is: points, country codes.

use std::fmt;

/// A point on the earth in WGS 84, exact to 10⁻⁷ degree (about a centimetre).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Point {
    latitude: i32,
    longitude: i32,
}

const UNITS: f64 = 1e7;

impl Point {
    /// A point from degrees north and east; `None` outside ±90 and ±180 or if not finite.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let inside = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        inside.then(|| Self { latitude: units(latitude), longitude: units(longitude) })
    }

    /// A point from units of 10⁻⁷ degree.
    pub fn from_units(latitude: i32, longitude: i32) -> Option<Self> {
        Self::new(f64::from(latitude) / UNITS, f64::from(longitude) / UNITS)
    }

    /// Latitude and longitude in units of 10⁻⁷ degree.
    pub fn units(self) -> (i32, i32) {
        (self.latitude, self.longitude)
    }

    /// Degrees north.
    pub fn latitude(self) -> f64 {
        f64::from(self.latitude) / UNITS
    }

    /// Degrees east.
    pub fn longitude(self) -> f64 {
        f64::from(self.longitude) / UNITS
    }
}

fn units(degrees: f64) -> i32 {
    // ±180 × 10⁷ fits in an i32, and the caller has checked the range.
    (degrees * UNITS).round() as i32
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.latitude(), self.longitude())
    }
}

/// Two capital letters: an ISO 3166-1 alpha-2 code, or `XK`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Reads two capital letters; whether the code is in use is for the vocabulary to say.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 2] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("invariant: capital letters are ASCII")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stay_on_the_earth_and_keep_their_decimals() {
        let point = Point::new(-4.04, 39.67).unwrap();
        assert_eq!((point.latitude(), point.longitude()), (-4.04, 39.67));
        for (lat, lon) in [(90.1, 0.0), (0.0, -180.5), (f64::NAN, 0.0), (f64::INFINITY, 0.0)] {
            assert_eq!(Point::new(lat, lon), None);
        }
        assert!(Point::new(-90.0, 180.0).is_some());
    }

    #[test]
    fn country_codes_are_two_capital_letters() {
        assert_eq!(CountryCode::parse("CN").unwrap().as_str(), "CN");
        for wrong in ["cn", "CHN", "C", "", "C1", "中"] {
            assert!(CountryCode::parse(wrong).is_none(), "{wrong}");
        }
    }
}
