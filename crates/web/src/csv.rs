//! CSV by RFC 4180, with formulas made harmless: a cell that a spreadsheet program might run is
//! preceded by one apostrophe, and so is a cell that begins with an apostrophe, so that taking one
//! leading apostrophe away always gives the original back.

/// What makes spreadsheet programs take a text for a formula, in plain and full-width form.
const DANGEROUS: [char; 13] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '|', '＝', '＋', '－', '＠'];

/// One row, with CR LF at its end.
pub(crate) fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    let mut row = cells.join(",");
    row.push_str("\r\n");
    row
}

fn cell(text: &str) -> String {
    let safe = harmless(text);
    let quoted = safe.contains([',', '"', '\r', '\n', '\'']) || safe.trim() != safe;
    if quoted { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// A number stays a number; every other text that begins dangerously gets an apostrophe.
fn harmless(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\u{feff}']).chars().next();
    let dangerous = first.is_some_and(|first| DANGEROUS.contains(&first)) && !is_number(text);
    if dangerous || text.starts_with('\'') { format!("'{text}") } else { text.to_owned() }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_get_an_apostrophe_and_numbers_stay_numbers() {
        let cases = [
            ("=1+1", "\"'=1+1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            (" =1", "\"' =1\""),
            ("＝cmd", "\"'＝cmd\""),
            ("'quoted", "\"''quoted\""),
            ("-1.286", "-1.286"),
            ("-cmd", "\"'-cmd\""),
            ("plain", "plain"),
            ("a,b \"c\"", "\"a,b \"\"c\"\"\""),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(cell(text), expected, "{text}");
        }
    }

    #[test]
    fn a_row_ends_as_the_rfc_says() {
        assert_eq!(row(["a", "b c"]), "a,b c\r\n");
    }

    proptest! {
        #[test]
        fn taking_one_apostrophe_away_gives_the_original_back(text in "[-=+@'|\\t\\r\\n ,\"a1＝]{0,8}") {
            let safe = harmless(&text);
            prop_assert_eq!(safe.strip_prefix('\'').unwrap_or(&safe), text);
        }
    }
}
