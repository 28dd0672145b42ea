//! EDTF dates in words, in both languages, with the exact EDTF text kept beside them.
//!
//! Levels 0 and 1 of the Extended Date/Time Format (Library of Congress, 2019) as far as the atlas uses them:
//! `2017`, `2017-08`, `2017-08-03`, `201X`, `20XX`, `2017-XX`, seasons `2017-21` to `2017-24`, the marks `~`, `?`
//! and `%`, and intervals with open or unknown ends. Anything else is shown as it stands.

use maud::{Markup, html};

use crate::lang::{Arg, Lang};

/// The date in words, as a `<time>` whose title is the EDTF text.
pub fn date(lang: Lang, edtf: &str) -> Markup {
    let words = date_text(lang, edtf);
    html! {
        @if is_machine_readable(edtf) { time datetime=(edtf) title=(edtf) { (words) } }
        @else { time title=(edtf) { (words) } }
    }
}

/// The date in words as plain text: `2017-08~` becomes `about August 2017` or `约2017年8月`.
pub fn date_text(lang: Lang, edtf: &str) -> String {
    interval(lang, edtf).or_else(|| single(lang, edtf)).unwrap_or_else(|| edtf.to_owned())
}

fn interval(lang: Lang, edtf: &str) -> Option<String> {
    let (from, to) = edtf.split_once('/')?;
    let known = |end: &str| single(lang, end);
    let message = |key, args: &[(&str, Arg<'_>)]| Some(lang.t_with(key, args));
    match (from, to) {
        (".." | "", ".." | "") => None,
        (from, "..") => message("date-since", &[("from", Arg::Text(&known(from)?))]),
        (from, "") => message("date-since-end-unknown", &[("from", Arg::Text(&known(from)?))]),
        ("..", to) => message("date-until", &[("to", Arg::Text(&known(to)?))]),
        ("", to) => message("date-until-start-unknown", &[("to", Arg::Text(&known(to)?))]),
        (from, to) => message("date-range", &[("from", Arg::Text(&known(from)?)), ("to", Arg::Text(&known(to)?))]),
    }
}

fn single(lang: Lang, edtf: &str) -> Option<String> {
    let (plain, key) = match edtf.char_indices().next_back()? {
        (at, '~') => (&edtf[..at], Some("date-about")),
        (at, '?') => (&edtf[..at], Some("date-uncertain")),
        (at, '%') => (&edtf[..at], Some("date-about-uncertain")),
        _ => (edtf, None),
    };
    let words = unqualified(lang, plain)?;
    Some(match key {
        Some(key) => lang.t_with(key, &[("date", Arg::Text(&words))]),
        None => words,
    })
}

fn unqualified(lang: Lang, text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let year = year(lang, parts.next()?)?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    match (month, day) {
        (None, _) => Some(year),
        (Some("XX"), _) => Some(lang.t_with("date-month-unknown", &[("year", Arg::Text(&year))])),
        (Some(month), None) => month_words(lang, &year, number(month)?),
        (Some(month), Some(day)) => day_words(lang, &year, number(month)?, day),
    }
}

fn year(lang: Lang, text: &str) -> Option<String> {
    let known = text.trim_end_matches('X');
    let unknown = text.len() - known.len();
    if text.len() != 4 || known.is_empty() || !known.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let zeros = "0".repeat(unknown);
    let arg = |key, name, value: &str| lang.t_with(key, &[(name, Arg::Text(value))]);
    Some(match unknown {
        0 => arg("date-year", "year", text),
        1 => arg("date-decade", "decade", &format!("{known}{zeros}")),
        _ => {
            let (first, last) = (format!("{known}{zeros}"), format!("{known}{}", "9".repeat(unknown)));
            lang.t_with("date-between-years", &[("from", Arg::Text(&first)), ("to", Arg::Text(&last))])
        }
    })
}

fn month_words(lang: Lang, year: &str, month: usize) -> Option<String> {
    match month {
        1..=12 => {
            let name = lang.t(MONTHS[month - 1]);
            Some(lang.t_with("date-month", &[("year", Arg::Text(year)), ("month", Arg::Text(&name))]))
        }
        21..=24 => {
            let name = lang.t(SEASONS[month - 21]);
            Some(lang.t_with("date-season", &[("year", Arg::Text(year)), ("season", Arg::Text(&name))]))
        }
        _ => None,
    }
}

fn day_words(lang: Lang, year: &str, month: usize, day: &str) -> Option<String> {
    if !(1..=12).contains(&month) {
        return None;
    }
    let whole_month = month_words(lang, year, month)?;
    if day == "XX" {
        return Some(lang.t_with("date-day-unknown", &[("date", Arg::Text(&whole_month))]));
    }
    let day = number(day).filter(|day| (1..=31).contains(day))?.to_string();
    Some(lang.t_with("date-day", &[("date", Arg::Text(&whole_month)), ("day", Arg::Text(&day))]))
}

fn number(two_digits: &str) -> Option<usize> {
    let shaped = two_digits.len() == 2 && two_digits.bytes().all(|b| b.is_ascii_digit());
    if shaped { two_digits.parse().ok() } else { None }
}

/// What HTML's `datetime` attribute takes: a year, a month or a day, all known.
fn is_machine_readable(edtf: &str) -> bool {
    matches!(edtf.len(), 4 | 7 | 10)
        && edtf.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
        && edtf.get(5..7).is_none_or(|month| ("01"..="12").contains(&month))
}

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
    "month-11", "month-12",
];
const SEASONS: [&str; 4] = ["season-spring", "season-summer", "season-autumn", "season-winter"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_words_in_both_languages() {
        let cases = [
            ("2017", "2017", "2017年"),
            ("2017-08", "August 2017", "2017年8月"),
            ("2017-08-03", "3 August 2017", "2017年8月3日"),
            ("2017-08~", "about August 2017", "约2017年8月"),
            ("2017?", "2017 (uncertain)", "2017年（不确定）"),
            ("2017-08%", "about August 2017 (uncertain)", "约2017年8月（不确定）"),
            ("201X", "2010s", "2010年代"),
            ("20XX", "between 2000 and 2099", "2000年至2099年之间"),
            ("2017-XX", "2017, month unknown", "2017年，月份不详"),
            ("2017-08-XX", "August 2017, day unknown", "2017年8月，日期不详"),
            ("2021-21", "spring 2021", "2021年春季"),
            ("2017/2019", "2017 to 2019", "2017年至2019年"),
            ("2017-01~/..", "since about January 2017", "自约2017年1月起"),
            ("2017/", "from 2017, end unknown", "自2017年起，终止时间不详"),
            ("../2019", "until 2019", "至2019年"),
            ("/2019", "until 2019, start unknown", "至2019年，起始时间不详"),
        ];
        for (edtf, en, zh) in cases {
            assert_eq!(date_text(Lang::En, edtf), en, "{edtf}");
            assert_eq!(date_text(Lang::ZhHans, edtf), zh, "{edtf}");
        }
    }

    #[test]
    fn what_is_not_understood_is_shown_as_it_stands() {
        for odd in ["", "soon", "2017-13", "2017-21-03", "2017-08-32", "[2017,2018]", "../..", "2017-8", "20X7", "年"]
        {
            assert_eq!(date_text(Lang::En, odd), odd);
        }
    }

    #[test]
    fn the_exact_text_stays_beside_the_words() {
        let html = date(Lang::En, "2017-08~").0;
        assert_eq!(html, "<time title=\"2017-08~\">about August 2017</time>");
        assert!(date(Lang::En, "2017-08").0.contains("datetime=\"2017-08\""));
        assert!(!date(Lang::En, "2021-21").0.contains("datetime"));
    }
}
