//! Dates as people write them, for a hint how the atlas would write them. Nothing is changed by it.

use model::Date;

/// English months by their first three letters.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The seasons of EDTF (ISO 8601-2, 4.8).
const SEASONS: [(&str, u8); 5] = [("spring", 21), ("summer", 22), ("autumn", 23), ("fall", 23), ("winter", 24)];

/// Whether a text is a date, and if not, how it might be written; an empty hint where that can't be told.
pub(super) fn hint(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || Date::parse(text).is_ok() {
        return None;
    }
    let guessed = guess(text).filter(|guess| Date::parse(guess).is_ok());
    Some(guessed.unwrap_or_default())
}

fn guess(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let about = ["about ", "around ", "circa ", "c. ", "ca. ", "approximately ", "约", "大约"];
    if let Some(rest) = about.iter().find_map(|word| lower.strip_prefix(word)) {
        let rest = rest.trim();
        let date = if Date::parse(rest).is_ok() { rest.to_owned() } else { guess(rest)? };
        return Some(format!("{date}~"));
    }
    numbers(&lower).or_else(|| worded(&lower))
}

/// `2017/08/21`, `21.8.2017`, `2017年8月21日`: year first or last; which of day and month stands first must be certain.
fn numbers(text: &str) -> Option<String> {
    let separators = |c: char| "/.-年月日 ".contains(c);
    let parts: Vec<&str> = text.split(separators).filter(|part| !part.is_empty()).collect();
    let all: Vec<u32> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let is_year = |at: usize| parts.get(at).is_some_and(|part| part.len() == 4);
    match all.as_slice() {
        [year, month] if is_year(0) => Some(format!("{year}-{month:02}")),
        [month, year] if is_year(1) => Some(format!("{year}-{month:02}")),
        [year, month, day] if is_year(0) => Some(format!("{year}-{month:02}-{day:02}")),
        [first, second, year] if is_year(2) => match (first, second) {
            (day, month) if *day > 12 || text.contains('.') => Some(format!("{year}-{month:02}-{day:02}")),
            (month, day) if *day > 12 || day == month => Some(format!("{year}-{month:02}-{day:02}")),
            _ => Some(format!("{year}")),
        },
        _ => None,
    }
}

/// `21 August 2017`, `Aug. 2017`, `spring of 2017`.
fn worded(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = words.iter().find(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    if let Some((_, season)) = SEASONS.iter().find(|(name, _)| words.contains(name)) {
        return Some(format!("{year}-{season}"));
    }
    let month = words.iter().find_map(|word| {
        let start = word.get(..3)?;
        MONTHS.iter().position(|month| *month == start).filter(|_| word.bytes().all(|byte| byte.is_ascii_alphabetic()))
    })? + 1;
    let ends = ["st", "nd", "rd", "th"];
    let plain = |word: &&str| ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word).parse::<u8>().ok();
    let day = words.iter().filter(|word| *word != year).find_map(plain);
    Some(day.map_or_else(|| format!("{year}-{month:02}"), |day| format!("{year}-{month:02}-{day:02}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them_get_a_hint() {
        for (text, expected) in [
            ("2017/08/21", "2017-08-21"),
            ("21.8.2017", "2017-08-21"),
            ("8/21/2017", "2017-08-21"),
            ("8/9/2017", "2017"),
            ("08/2017", "2017-08"),
            ("2017年8月21日", "2017-08-21"),
            ("2017年8月", "2017-08"),
            ("21st August 2017", "2017-08-21"),
            ("Aug. 2017", "2017-08"),
            ("spring of 2017", "2017-21"),
            ("about 2017", "2017~"),
            ("约2017年8月", "2017-08~"),
            ("some years ago", ""),
            ("31 February 2017", ""),
        ] {
            assert_eq!(hint(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn dates_of_the_atlas_need_none() {
        for text in ["", " ", "2017", "2017-08", "2017-08-21", "2017~", "2017/2019"] {
            assert_eq!(hint(text), None, "{text}");
        }
    }
}
