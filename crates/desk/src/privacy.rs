//! Finds what may be about a private person in what somebody wrote, before it goes any further. A person looks then;
//! nothing is decided here.

use std::collections::BTreeSet;

use crate::drafts::content::Content;
use crate::drafts::sheet::SHEETS;
use crate::person;

/// What a finding may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// An address of electronic mail.
    Mail,
    /// A telephone number.
    Phone,
    /// A number that states give to persons.
    Number,
    /// A name with a title before it, or a note such as a date of birth.
    Person,
}

impl Sort {
    /// The message that names it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Mail => "desk-personal-mail",
            Self::Phone => "desk-personal-phone",
            Self::Number => "desk-personal-number",
            Self::Person => "desk-personal-person",
        }
    }
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What it may be.
    pub sort: Sort,
    /// The words themselves.
    pub text: String,
    /// Where they stand.
    pub at: String,
}

/// So many findings are shown; more would not be read.
const MOST: usize = 100;

/// What stands in a draft.
pub(crate) fn screen(content: &Content) -> Vec<Finding> {
    let mut found = BTreeSet::new();
    for sheet in &SHEETS {
        for (row, cells) in content.rows(sheet).iter().enumerate() {
            for (field, cell) in sheet.fields.iter().zip(cells).filter(|(field, _)| !FORMAL.contains(&field.column)) {
                let at = format!("{} {}: {}", sheet.word, row + 1, field.column);
                found.extend(findings(cell).into_iter().map(|(sort, text)| Finding { sort, text, at: at.clone() }));
            }
        }
    }
    found.into_iter().take(MOST).collect()
}

/// Cells whose numbers are no persons': they have a form of their own.
const FORMAL: [&str; 9] = ["id", "identifiers", "lat", "lon", "amount", "url", "published_on", "replaces", "sources"];

/// What stands in a text, with the words themselves.
pub fn findings(text: &str) -> Vec<(Sort, String)> {
    let mut found: Vec<(Sort, String)> = mails(text).map(|mail| (Sort::Mail, mail.to_owned())).collect();
    for number in numbers(text) {
        let digits: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
        if is_resident_number(&digits) {
            found.push((Sort::Number, number.to_owned()));
        } else if is_phone(number) {
            found.push((Sort::Phone, number.to_owned()));
        }
    }
    found.extend(person::signs(text).into_iter().map(|sign| (Sort::Person, sign)));
    found
}

/// Words with one `@` between a name and a host.
fn mails(text: &str) -> impl Iterator<Item = &str> {
    let edge = |c: char| !c.is_alphanumeric();
    let words = text
        .split(|c: char| c.is_whitespace() || "<>()[],;\"'：，；（）".contains(c))
        .map(move |w| w.trim_matches(edge));
    words.filter(|word| {
        word.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && !host.contains("..")
        })
    })
}

/// Runs of digits with what people put between them; a last `X` is a check character.
fn numbers(text: &str) -> Vec<&str> {
    let (mut found, mut begun) = (Vec::new(), None);
    let inner = |c: char| c.is_ascii_digit() || " -.()/".contains(c);
    for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
        match begun {
            None if c.is_ascii_digit() || c == '+' => begun = Some(at),
            Some(_) if inner(c) => {}
            Some(start) => {
                let end = if matches!(c, 'x' | 'X') { at + 1 } else { at };
                found.push(text[start..end].trim_end_matches([' ', '-', '.', '(', '/']));
                begun = None;
            }
            None => {}
        }
    }
    found
}

/// Eight to fifteen digits (ITU-T E.164) that begin with `+` or `00`, or eleven as mobile phones have them in China.
fn is_phone(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let abroad = number.starts_with('+') || digits.starts_with("00");
    let mobile = digits.len() == 11 && digits.starts_with('1') && digits.as_bytes()[1] >= b'3';
    (abroad && (8..=17).contains(&digits.len())) || mobile
}

/// The number of a Chinese identity card (GB 11643): eighteen characters with a day of birth and a check character.
fn is_resident_number(digits: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes = digits.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = WEIGHTS.iter().zip(bytes).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    let month: u32 = digits[10..12].parse().unwrap_or(0);
    (1..=12).contains(&month) && bytes[17].to_ascii_uppercase() == CHECKS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Sort, String)> {
        findings(text)
    }

    #[test]
    fn addresses_of_mail_are_found_in_any_surroundings() {
        for text in ["write to jane.roe@example.org.", "<jane.roe@example.org>", "（jane.roe@example.org）"] {
            assert_eq!(found(text), [(Sort::Mail, "jane.roe@example.org".into())], "{text}");
        }
        for text in ["@handle", "a@b", "x@@y.z", "5 @ 3.5 volts", "pay@..com"] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_found_and_other_numbers_are_not() {
        for text in ["+254 20 222 2222", "+86-10-6666-8888", "0044 20 7946 0018", "13912345678"] {
            assert_eq!(found(&format!("call {text} now")), [(Sort::Phone, text.into())], "{text}");
        }
        for text in [
            "1,800 cameras",
            "2015-06-30",
            "2015/2019",
            "195 police stations",
            "USD 12 000 000",
            "-1.286, 36.817",
            "23912345678",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn numbers_of_identity_cards_are_told_by_their_check_character() {
        // The example of GB 11643-1999 itself, and one digit changed.
        assert_eq!(found("ID 11010519491231002X"), [(Sort::Number, "11010519491231002X".into())]);
        assert!(found("ID 110105194912310021").iter().all(|(sort, _)| *sort != Sort::Number));
    }

    #[test]
    fn people_with_titles_and_notes_on_persons_are_found() {
        let people = |text: &str| found(text).into_iter().filter(|(sort, _)| *sort == Sort::Person).count();
        assert_eq!(people("signed by Mr Jan Roe in 2014"), 1);
        assert_eq!(people("date of birth: 1970"), 1);
        assert_eq!(people("Huawei supplied cameras to the National Police Service of Kenya"), 0);
    }
}
