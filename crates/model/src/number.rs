//! Exact decimal numbers: figures, sums of money, shares.

use std::fmt;

use iso_currency::Currency;

/// An exact decimal: `mantissa / 10^scale`, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// Makes a decimal in lowest terms; `None` if the scale is over 18.
    pub fn new(mut mantissa: i64, mut scale: u8) -> Option<Self> {
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        (scale <= 18).then_some(Self { mantissa, scale })
    }

    /// Reads `-12`, `12.5`; no sign `+`, no exponent, no separators, at most 18 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let joined = format!("{whole}{}", fraction.trim_end_matches('0'));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(fraction) || joined.len() > 18 {
            return None;
        }
        let mantissa: i64 = joined.parse().ok()?;
        let scale = u8::try_from(joined.len() - whole.len()).ok()?;
        Self::new(if negative { -mantissa } else { mantissa }, scale)
    }

    /// The integer that is divided by `10^scale`.
    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// The number of decimal places.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10f64.powi(i32::from(self.scale))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let sign = if self.mantissa < 0 { "-" } else { "" };
        match fraction {
            "" => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}

/// A sum of money in its own currency (ISO 4217).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money {
    /// The amount in whole units of the currency, exact.
    pub amount: Decimal,
    currency: [u8; 3],
}

impl Money {
    /// A sum; refuses unknown currencies and more decimal places than the currency has.
    pub fn new(amount: Decimal, currency: &str) -> Result<Self, String> {
        let known = Currency::from_code(currency).ok_or_else(|| format!("unknown currency `{currency}`"))?;
        let places = known.exponent().unwrap_or(0);
        if u16::from(amount.scale()) > places {
            return Err(format!("`{amount}` has more than the {places} decimal places of {currency}"));
        }
        let mut code = [0; 3];
        code.copy_from_slice(currency.as_bytes());
        Ok(Self { amount, currency: code })
    }

    /// The ISO 4217 code.
    pub fn currency(&self) -> &str {
        std::str::from_utf8(&self.currency).expect("invariant: a known code is ASCII")
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency(), self.amount)
    }
}

/// A share as a range of per cent, 0 to 100, both ends included (as in BODS 0.4 `share`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Share {
    /// The least per cent it can be.
    pub least: Decimal,
    /// The most per cent it can be; equal to `least` when exact.
    pub most: Decimal,
}

impl Share {
    /// Reads `25`, `10.42` or a range `25..50`, in per cent.
    pub fn parse(text: &str) -> Option<Self> {
        let (least, most) = text.split_once("..").unwrap_or((text, text));
        let share = Self { least: Decimal::parse(least)?, most: Decimal::parse(most)? };
        let (low, high) = (share.least.to_f64(), share.most.to_f64());
        (0.0 <= low && low <= high && high <= 100.0).then_some(share)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.least == self.most {
            true => write!(f, "{}", self.least),
            false => write!(f, "{}..{}", self.least, self.most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_and_in_lowest_terms() {
        for (text, shown) in
            [("0", "0"), ("-0.50", "-0.5"), ("1900000000", "1900000000"), ("10.420", "10.42"), ("0.05", "0.05")]
        {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), shown);
        }
        for wrong in ["", ".5", "5.", "+1", "1e9", "1,000", "1234567890123456789", "--1", "1.2.3"] {
            assert_eq!(Decimal::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn money_keeps_the_places_of_its_currency() {
        let sum = |text, code| Money::new(Decimal::parse(text).unwrap(), code);
        assert_eq!(sum("12.50", "EUR").unwrap().to_string(), "EUR 12.5");
        assert!(sum("12.5", "JPY").is_err());
        assert!(sum("12", "ZZZ").is_err());
        assert!(sum("12", "eur").is_err());
    }

    #[test]
    fn shares_are_ranges_between_nothing_and_everything() {
        assert_eq!(Share::parse("25..50").unwrap().to_string(), "25..50");
        assert_eq!(Share::parse("10.42").unwrap().to_string(), "10.42");
        for wrong in ["50..25", "101", "-1", "a", "1..", ""] {
            assert_eq!(Share::parse(wrong), None, "{wrong}");
        }
    }
}
