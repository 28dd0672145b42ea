//! Reads the dates of listings, in the several ways in which lists and citations write them.

use model::{Date, Day};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The effective dates of a row with the column each comes from: the row's own, or those of its citation.
pub(super) fn effective(own: &str, citation: &str) -> Vec<(Date, &'static str)> {
    let own = all(own);
    match own.is_empty() {
        false => own.into_iter().map(|d| (d, "effective_date")).collect(),
        true => all(citation).into_iter().map(|d| (d, "federal_register")).collect(),
    }
}

/// Every date in a text: `2021-03-12`, `10/9/19`, `10/09/2019` (month first), `June 21, 2022`, `03 Jun 2021`.
pub(super) fn all(text: &str) -> Vec<Date> {
    let words: Vec<&str> =
        text.split([' ', ',', ';', '(', ')', '\n', '\t', '\u{a0}']).filter(|w| !w.is_empty()).collect();
    let mut found: Vec<Date> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let word = word.trim_end_matches('.');
        let named = || words.get(i..i + 3).and_then(|three| spelled([three[0], three[1], three[2]]));
        let day = Day::parse(word).or_else(|| slashed(word)).or_else(named);
        let date = day.and_then(|d| Date::parse(&d.to_string()).ok());
        found.extend(date.filter(|d| !found.contains(d)));
    }
    found
}

/// Month, day and year with slashes; two digits of a year from 70 on are of the last century.
fn slashed(word: &str) -> Option<Day> {
    let parts: Vec<&str> = word.split('/').collect();
    let [month, day, year] = parts[..] else { return None };
    let century = match (year.len(), number(year)?) {
        (2, y) if y >= 70 => 1900,
        (2, _) => 2000,
        (4, _) => 0,
        _ => return None,
    };
    Day::new(century + number(year)?, small(month)?, small(day)?)
}

/// `June 21 2022` or `03 Jun 2021`.
fn spelled([first, second, year]: [&str; 3]) -> Option<Day> {
    let year = number(year.trim_end_matches('.')).filter(|_| year.trim_end_matches('.').len() == 4)?;
    match (month(first), month(second)) {
        (Some(month), None) => Day::new(year, month, small(second)?),
        (None, Some(month)) => Day::new(year, month, small(first)?),
        _ => None,
    }
}

fn month(word: &str) -> Option<u8> {
    let lower = word.trim_end_matches('.').to_lowercase();
    let position = MONTHS
        .iter()
        .position(|m| lower.len() >= 3 && lower.starts_with(m) && lower.bytes().all(|b| b.is_ascii_lowercase()));
    position.and_then(|p| u8::try_from(p + 1).ok())
}

fn small(word: &str) -> Option<u8> {
    number(word).filter(|_| word.len() <= 2).and_then(|n| u8::try_from(n).ok())
}

fn number(word: &str) -> Option<u16> {
    word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<String> {
        all(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn dates_are_read_in_every_form_that_the_lists_use() {
        assert_eq!(check("84 FR 54002, 10/9/19.\n85 FR 44159, 7/22/2020"), ["2019-10-09", "2020-07-22"]);
        assert_eq!(check("91 FR 35189 (June 10, 2026)"), ["2026-06-10"]);
        assert_eq!(check("2021-03-12"), ["2021-03-12"]);
        assert_eq!(check("03 Jun 2021"), ["2021-06-03"]);
        assert_eq!(check("63 FR 64322, 11/19/98."), ["1998-11-19"]);
        assert_eq!(check("78 FR 75463 12/12/13.\n87 FR 51877, 8/24/22"), ["2013-12-12", "2022-08-24"]);
        assert_eq!(check("75 FR 29884, 5/28/10. 75 FR 29884, 5/28/10"), ["2010-05-28"]);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "13/45/19", "86 FR 30145", "Feb 30, 2020", "1/2", "soon", "May", "2020"] {
            assert_eq!(check(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_citation_speaks_only_where_the_row_has_no_date() {
        let columns = |own, citation| effective(own, citation).into_iter().map(|(_, c)| c).collect::<Vec<_>>();
        assert_eq!(columns("2021-08-02", "86 FR 30145 (June 7, 2021)"), ["effective_date"]);
        assert_eq!(columns("", "86 FR 30145 (June 7, 2021)"), ["federal_register"]);
    }
}
