//! Identifiers given by others: (scheme, value), with the check digits of the schemes that have them.

use crate::Id;

/// An identifier in a named scheme, in its normal spelling.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier {
    /// The scheme's id in the vocabulary, such as `lei`.
    pub scheme: Id,
    /// The value without spaces, as the scheme writes it.
    pub value: Box<str>,
}

/// How a scheme's values are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckRule {
    /// LEI, ISO 17442: 20 characters, ISO 7064 MOD 97-10.
    Lei,
    /// Unified Social Credit Code, GB 32100-2015: 18 characters, weighted sum modulo 31.
    Uscc,
    /// ISIN, ISO 6166: 12 characters, Luhn over the expanded digits.
    Isin,
    /// Russian taxpayer number of an organisation: 10 digits, weighted sum modulo 11 modulo 10.
    Inn,
    /// Only alphabet and length are checked.
    Pattern,
}

impl CheckRule {
    /// The rule named in `vocabulary/schemes.toml`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "iso-17442" => Some(Self::Lei),
            "gb-32100" => Some(Self::Uscc),
            "isin" => Some(Self::Isin),
            "inn" => Some(Self::Inn),
            "pattern" => Some(Self::Pattern),
            _ => None,
        }
    }

    /// Whether the check digits hold (always true for [`CheckRule::Pattern`]).
    pub fn holds(self, value: &str) -> bool {
        match self {
            Self::Lei => value.len() == 20 && mod_97(value) == Some(1),
            Self::Uscc => uscc(value).unwrap_or(false),
            Self::Isin => isin(value),
            Self::Inn => inn(value).unwrap_or(false),
            Self::Pattern => true,
        }
    }
}

/// ISO 7064 MOD 97-10 over digits and capital letters (A = 10 … Z = 35).
fn mod_97(value: &str) -> Option<u32> {
    value.chars().try_fold(0, |rest, c| {
        let digit = capital_digit(c)?;
        let shift = if digit < 10 { 10 } else { 100 };
        Some((rest * shift + digit) % 97)
    })
}

fn capital_digit(c: char) -> Option<u32> {
    (c.is_ascii_digit() || c.is_ascii_uppercase()).then(|| c.to_digit(36)).flatten()
}

/// GB 32100-2015 section 5.3: weights 3^i mod 31 over its alphabet without I, O, S, V, Z.
fn uscc(value: &str) -> Option<bool> {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    if value.len() != 18 {
        return Some(false);
    }
    let digits: Vec<usize> = value.chars().map(|c| ALPHABET.find(c)).collect::<Option<_>>()?;
    let mut weight = 1;
    let mut sum = 0;
    for digit in &digits[..17] {
        sum += digit * weight;
        weight = weight * 3 % 31;
    }
    Some((31 - sum % 31) % 31 == digits[17])
}

/// ISO 6166: letters become two digits, then Luhn from the right.
fn isin(value: &str) -> bool {
    let shaped = value.len() == 12 && value.bytes().take(2).all(|b| b.is_ascii_uppercase());
    let expanded: Option<Vec<u32>> = value.chars().map(capital_digit).collect();
    let Some(parts) = expanded.filter(|_| shaped) else { return false };
    let digits: Vec<u32> = parts.into_iter().flat_map(|d| if d > 9 { vec![d / 10, d % 10] } else { vec![d] }).collect();
    let sum: u32 = digits.iter().rev().enumerate().map(|(i, d)| luhn(*d, i % 2 == 1)).sum();
    sum.is_multiple_of(10)
}

fn luhn(digit: u32, doubled: bool) -> u32 {
    let product = if doubled { digit * 2 } else { digit };
    product / 10 + product % 10
}

fn inn(value: &str) -> Option<bool> {
    const WEIGHTS: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
    let digits: Vec<u32> = value.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    if digits.len() != 10 {
        return Some(false);
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| d * w).sum();
    Some(sum % 11 % 10 == digits[9])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A valid value of each scheme stays invalid under every change of one digit.
    fn check(rule: CheckRule, value: &str) {
        assert!(rule.holds(value), "{value}");
        for i in 0..value.len() {
            let mut other = value.as_bytes().to_vec();
            other[i] = if other[i] == b'9' { b'8' } else { b'9' };
            let other = String::from_utf8(other).unwrap();
            assert!(!rule.holds(&other), "{other} must not pass for {value}");
        }
    }

    #[test]
    fn published_identifiers_pass_and_their_misspellings_fail() {
        // Apple's and GLEIF's own LEI and Apple's ISIN, as their registers publish them.
        check(CheckRule::Lei, "HWUPKR0MPOU8FGXBT394");
        check(CheckRule::Lei, "506700GE1G29325QX363");
        check(CheckRule::Isin, "US0378331005");
        // Hikvision's code in the NS-CMIC list.
        check(CheckRule::Uscc, "91330000733796106P");
        // Sberbank's number, as its site prints it.
        check(CheckRule::Inn, "7707083893");
    }

    #[test]
    fn wrong_shapes_fail_without_panic() {
        for rule in [CheckRule::Lei, CheckRule::Uscc, CheckRule::Isin, CheckRule::Inn] {
            for wrong in ["", "1", "华为", "9133000073379610éP", "91330000733796106p", "US03783310055"] {
                assert!(!rule.holds(wrong), "{wrong}");
            }
        }
    }
}
