//! The readable cases of `bench/names/cases.csv`, at the shipped thresholds.

use crate::{Name, Verdict, compare};

struct Case {
    left: String,
    right: String,
    same: bool,
    category: String,
}

/// Everybody can read and extend the file; a case that is decided wrongly is named.
#[test]
fn every_readable_case_is_decided_right() {
    let wrong: Vec<String> = cases()
        .filter_map(|case| {
            let (left, right) = (Name::new(&case.left), Name::new(&case.right));
            let comparison = compare(&left, &right);
            let decided = comparison.verdict() == Verdict::Same;
            (decided != case.same).then(|| format!("{} | {}: {:.3}", case.left, case.right, comparison.score))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn there_are_thirty_cases_of_each_kind_that_other_matchers_fail() {
    let count = |starts: &str, same: bool| cases().filter(|c| c.category.starts_with(starts) && c.same == same).count();
    assert!(count("han", true) >= 30 && count("one-character impostor", false) >= 30);
}

fn cases() -> impl Iterator<Item = Case> {
    let file = csv::Reader::from_reader(include_str!("../../../bench/names/cases.csv").as_bytes());
    file.into_records().map(|row| {
        let row = row.expect("the file is valid CSV");
        let cell = |i: usize| row.get(i).unwrap_or_default().to_string();
        let same = match cell(2).as_str() {
            "same" => true,
            "different" => false,
            other => panic!("`{other}` is no verdict"),
        };
        Case { left: cell(0), right: cell(1), same, category: cell(3) }
    })
}
