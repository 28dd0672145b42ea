//! Takes remarks off the names that lists print, and tells what kind of thing a name names.

use model::{Id, Vocabulary};

use crate::facts::fixed_id;

/// A printed name without what is no part of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name<'r> {
    /// The name.
    pub plain: &'r str,
    /// The same without an abbreviation in brackets at its end.
    pub without_abbreviation: Option<&'r str>,
    /// Another name that a remark gives.
    pub other: Option<&'r str>,
}

/// Beginnings of remarks in brackets; those of the second list give another name.
const REMARKS: [&str; 8] = [
    "(see ",
    "(parent organization",
    "(affiliated with",
    "(a subordinate",
    "(alternate",
    "(for ",
    "(located",
    "(address",
];
const OTHER_NAMES: [&str; 7] = ["(a.k.a", "(aka", "(f.k.a", "(fka", "(formerly", "(also known as", "(also"];
const GROUPS: [&str; 7] = [
    " and its subsidiaries",
    " and subsidiaries",
    " and its subordinates",
    " and affiliates",
    " and its affiliates",
    " and its subsidiaries and affiliates",
    " subordinate institution:",
];

/// The name in a printed one.
pub(super) fn name(printed: &str) -> Name<'_> {
    let lower = printed.to_ascii_lowercase();
    let remark = REMARKS.iter().filter_map(|r| lower.find(r)).min();
    let other = OTHER_NAMES.iter().filter_map(|r| lower.find(r).map(|at| (at, r.len()))).min();
    let end =
        [remark, other.map(|(at, _)| at)].into_iter().flatten().min().filter(|at| *at > 0).unwrap_or(printed.len());
    let plain = tidy(without_group(tidy(&printed[..end])));
    let inside = other.filter(|(at, _)| *at > 0).map(|(at, length)| inner(&printed[at + length..]));
    Name {
        plain,
        without_abbreviation: without_abbreviation(plain),
        other: inside.filter(|o| !o.is_empty() && *o != plain),
    }
}

fn without_group(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    GROUPS.iter().find(|g| lower.ends_with(*g)).map_or(name, |g| &name[..name.len() - g.len()])
}

/// What a remark's brackets hold behind its first word.
fn inner(rest: &str) -> &str {
    let rest = rest.split(';').next().unwrap_or_default();
    let closed = rest.rfind(')').map_or(rest, |end| &rest[..end]);
    let trimmed = closed.trim_start_matches(['.', ',', ':', ' ']);
    tidy(trimmed.trim_matches(['“', '”', '"', ' ']))
}

fn tidy(name: &str) -> &str {
    name.trim().trim_end_matches([',', ';', ':', ' ', '(']).trim()
}

fn without_abbreviation(name: &str) -> Option<&str> {
    let (before, inside) = name.strip_suffix(')')?.rsplit_once('(')?;
    let capitals = inside.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | ' ' | '&'));
    (capitals && inside.chars().any(char::is_alphabetic)).then(|| tidy(before)).filter(|b| !b.is_empty())
}

/// The names in an alias cell, some of which hold two.
pub(super) fn aliases(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';')
        .map(|part| tidy(part.trim().trim_start_matches("and ").trim_end_matches(" and")))
        .filter(|a| !a.is_empty() && *a != "and")
}

/// Whether an alias is a street address that slipped into its column.
pub(super) fn is_address(alias: &str) -> bool {
    let signs = [" road", " street", " district", " bldg", " building", " avenue", "p.o. box", " floor", " room "];
    let lower = alias.to_lowercase();
    alias.contains(|c: char| c.is_ascii_digit()) && signs.iter().any(|s| lower.contains(s))
}

/// A text with every run of white space as one blank.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a listed name names: ships and goods are on some lists too.
pub(super) fn kind(vocabulary: &Vocabulary, name: &str) -> Id {
    let lower = name.to_lowercase();
    if lower.starts_with("fishing vessel") {
        fixed_id("facility")
    } else if lower.contains("produced in") {
        fixed_id("product")
    } else {
        vocabulary.organisation_kind(name).cloned().unwrap_or_else(|| fixed_id("organisation"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(printed: &str) -> (&str, Option<&str>, Option<&str>) {
        let Name { plain, without_abbreviation, other } = name(printed);
        (plain, without_abbreviation, other)
    }

    #[test]
    fn remarks_are_taken_off_and_other_names_kept() {
        assert_eq!(check("Lapcom Stores (See alternate address under Pakistan)."), ("Lapcom Stores", None, None));
        assert_eq!(check("Mesbah Energy Company (a.k.a. “MEC”)"), ("Mesbah Energy Company", None, Some("MEC")));
        assert_eq!(check("Gaz-Oil, OOO (f.k.a., Zakrytoe Gaz Oil)"), ("Gaz-Oil, OOO", None, Some("Zakrytoe Gaz Oil")));
        assert_eq!(check("Rosneft (a.k.a. Rosneft Oil Company"), ("Rosneft", None, Some("Rosneft Oil Company")));
        assert_eq!(check("Sabanican Company (a.k.a."), ("Sabanican Company", None, None));
        assert_eq!(
            check("Hoshine Silicon Industry Co. Ltd. and Subsidiaries"),
            ("Hoshine Silicon Industry Co. Ltd.", None, None)
        );
    }

    #[test]
    fn brackets_that_belong_to_the_name_stay() {
        assert_eq!(check("Huawei Cloud (Berlin)"), ("Huawei Cloud (Berlin)", None, None));
        assert_eq!(check("Emal Bilal Company (EBCC)"), ("Emal Bilal Company (EBCC)", Some("Emal Bilal Company"), None));
        assert_eq!(check("(see above)"), ("(see above)", None, None));
    }

    #[test]
    fn an_address_among_the_aliases_is_told() {
        assert!(is_address("Power Workshops, P.O. Box 1114, Islamabad"));
        assert!(!is_address("No. 55 Research Institute"));
    }

    #[test]
    fn alias_cells_may_hold_two_names() {
        let names: Vec<&str> = aliases("Asialink; Xi'an Int'l Logistics Co., Ltd.; and").collect();
        assert_eq!(names, ["Asialink", "Xi'an Int'l Logistics Co., Ltd."]);
    }
}
