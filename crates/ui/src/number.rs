//! Numbers, money and shares as a reader of a table wants them: grouped, with their unit, never rounded in secret.

use maud::{Markup, html};

use crate::lang::{Arg, Lang};

/// Digits in groups of three: `12,345`.
pub fn grouped(n: u64) -> String {
    group_digits(&n.to_string())
}

/// An amount of money; `amount` is a plain decimal such as `1900000000` or `12.50`, `currency` an ISO 4217 code.
/// Round millions and more are shown in words, the exact figure stands in the title.
pub fn money(lang: Lang, amount: &str, currency: &str) -> Markup {
    let exact = format!("{currency} {}", grouped_decimal(amount));
    html! { span.money title=(exact) { (money_text(lang, amount, currency)) } }
}

/// The same as plain text.
pub fn money_text(lang: Lang, amount: &str, currency: &str) -> String {
    let shown = short_scale(lang, amount).unwrap_or_else(|| grouped_decimal(amount));
    match lang {
        Lang::En => format!("{currency} {shown}"),
        Lang::ZhHans => format!("{shown} {currency}"),
    }
}

/// A number with its unit: a currency code makes it money, `percent` a share, anything else follows the number.
pub fn quantity(lang: Lang, number: &str, unit: &str) -> String {
    let is_currency = unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
    match unit {
        "" => grouped_decimal(number),
        "percent" | "per cent" => format!("{}%", grouped_decimal(number)),
        _ if is_currency => money_text(lang, number, unit),
        _ => format!("{} {unit}", grouped_decimal(number)),
    }
}

/// A share between two bounds in per cent, either of which may be open: `51%`, `25–50%`, `at least 51%`.
pub fn share_text(lang: Lang, min: Option<&str>, max: Option<&str>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("{min}%"),
        (Some(min), Some(max)) => format!("{min}–{max}%"),
        (Some(min), None) => lang.t_with("share-at-least", &[("n", Arg::Text(min))]),
        (None, Some(max)) => lang.t_with("share-at-most", &[("n", Arg::Text(max))]),
        (None, None) => lang.t("unknown"),
    }
}

fn group_digits(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Groups the whole part of a decimal; what is not a plain decimal comes back unchanged.
fn grouped_decimal(amount: &str) -> String {
    let (sign, number) = amount.strip_prefix('-').map_or(("", amount), |rest| ("-", rest));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return amount.to_owned();
    }
    let dot = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{dot}{fraction}", group_digits(whole))
}

/// Millions and billions (万 and 亿 in Chinese), only where at most three decimals say the amount exactly.
fn short_scale(lang: Lang, amount: &str) -> Option<String> {
    let units: u128 = amount.parse().ok()?;
    let scales: &[(u128, &str)] = match lang {
        Lang::En => &[(1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million")],
        Lang::ZhHans => &[(1_000_000_000_000, "万亿"), (100_000_000, "亿"), (10_000, "万")],
    };
    let &(scale, word) = scales.iter().find(|(scale, _)| units >= *scale)?;
    let thousandths = units * 1000 / scale;
    if thousandths * scale != units * 1000 {
        return None;
    }
    let fraction = format!("{:03}", thousandths % 1000);
    let fraction = fraction.trim_end_matches('0');
    let dot = if fraction.is_empty() { "" } else { "." };
    let gap = if lang == Lang::En { " " } else { "" };
    Some(format!("{}{dot}{fraction}{gap}{word}", group_digits(&(thousandths / 1000).to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (26_000, "26,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(n), text);
        }
    }

    #[test]
    fn round_amounts_are_shown_in_words_and_others_in_full() {
        let cases = [
            ("1900000000", "USD 1.9 billion", "19亿 USD"),
            ("301000000", "USD 301 million", "3.01亿 USD"),
            ("1234567", "USD 1,234,567", "1,234,567 USD"),
            ("12.50", "USD 12.50", "12.50 USD"),
            ("950000", "USD 950,000", "95万 USD"),
            ("about 5", "USD about 5", "about 5 USD"),
        ];
        for (amount, en, zh) in cases {
            assert_eq!(money_text(Lang::En, amount, "USD"), en);
            assert_eq!(money_text(Lang::ZhHans, amount, "USD"), zh);
        }
    }

    #[test]
    fn a_quantity_is_written_as_its_unit_asks() {
        let cases = [
            ("1000000000", "USD", "USD 1 billion"),
            ("38.88", "percent", "38.88%"),
            ("26000", "data points", "26,000 data points"),
            ("7", "", "7"),
        ];
        for (number, unit, text) in cases {
            assert_eq!(quantity(Lang::En, number, unit), text);
        }
    }

    #[test]
    fn the_exact_amount_stands_in_the_title() {
        assert!(money(Lang::En, "1900000000", "USD").0.contains("title=\"USD 1,900,000,000\""));
    }

    #[test]
    fn shares_are_ranges() {
        let share = |min, max| share_text(Lang::En, min, max);
        assert_eq!(share(Some("51"), Some("51")), "51%");
        assert_eq!(share(Some("25"), Some("50")), "25–50%");
        assert_eq!(share(Some("51"), None), "at least 51%");
        assert_eq!(share(None, Some("49.9")), "at most 49.9%");
        assert_eq!(share(None, None), "unknown");
    }
}
