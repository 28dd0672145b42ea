//! Dates as EDTF text with their precision, never timestamps (ISO 8601-2:2019 Annex A, levels 0 to 2).

use std::fmt;

use edtf_core::{Bound, BoundDate, Edtf};

/// An EDTF expression, kept in its canonical spelling.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(Box<str>);

impl Date {
    /// Reads an EDTF expression of level 0 to 2 without a time of day.
    pub fn parse(text: &str) -> Result<Self, String> {
        let edtf = Edtf::parse(text.trim()).map_err(|e| e.to_string())?;
        if matches!(edtf, Edtf::DateTime(_)) {
            return Err("a time of day is not kept".into());
        }
        Ok(Self(edtf.to_string().into()))
    }

    /// The canonical EDTF text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First and last year touched; an open or unknown end takes the other end's year.
    /// `None` when neither end is known. Years are clamped to `i16`.
    pub fn years(&self) -> Option<(i16, i16)> {
        let bounds = Edtf::parse(&self.0).ok()?.bounds();
        match (year(bounds.earliest), year(bounds.latest)) {
            (Some(first), Some(last)) => Some((first, last)),
            (Some(one), None) | (None, Some(one)) => Some((one, one)),
            (None, None) => None,
        }
    }

    /// The last calendar day touched as (year, month, day); `None` if open or unknown.
    pub fn latest_day(&self) -> Option<(i64, u8, u8)> {
        day(Edtf::parse(&self.0).ok()?.bounds().latest)
    }

    /// The first calendar day touched as (year, month, day); `None` if open or unknown.
    pub fn earliest_day(&self) -> Option<(i64, u8, u8)> {
        day(Edtf::parse(&self.0).ok()?.bounds().earliest)
    }
}

fn known(bound: Bound) -> Option<BoundDate> {
    match bound {
        Bound::Date(date) => Some(date),
        _ => None,
    }
}

fn year(bound: Bound) -> Option<i16> {
    known(bound).map(|d| i16::try_from(d.year).unwrap_or(if d.year < 0 { i16::MIN + 1 } else { i16::MAX }))
}

fn day(bound: Bound) -> Option<(i64, u8, u8)> {
    known(bound).map(|d| (d.year, d.month, d.day))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(text: &str) -> Option<(i16, i16)> {
        Date::parse(text).unwrap().years()
    }

    #[test]
    fn years_follow_the_precision_of_the_text() {
        assert_eq!(years("2017"), Some((2017, 2017)));
        assert_eq!(years("2017-08~"), Some((2017, 2017)));
        assert_eq!(years("198X"), Some((1980, 1989)));
        assert_eq!(years("2017/2019"), Some((2017, 2019)));
        assert_eq!(years("2017/.."), Some((2017, 2017)));
        assert_eq!(years("../2017"), Some((2017, 2017)));
    }

    #[test]
    fn times_of_day_and_impossible_days_are_refused() {
        for wrong in ["2017-02-30", "2017-08-01T10:00:00Z", "yesterday", "", "2017-13"] {
            assert!(Date::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_latest_day_of_a_month_is_its_last() {
        assert_eq!(Date::parse("2024-02").unwrap().latest_day(), Some((2024, 2, 29)));
        assert_eq!(Date::parse("2024/..").unwrap().latest_day(), None);
    }
}
