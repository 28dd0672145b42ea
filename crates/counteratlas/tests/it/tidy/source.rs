//! Rules on Rust files: how they open, how long they and their functions are, what they may not hold.

use std::collections::BTreeMap;

use super::lexer::code;
use super::{files, none};

/// Files that may be longer than the limit, each with its reason.
const LONG_FILES: [(&str, &str); 0] = [];
/// Functions that may be longer than the limit, each with its reason.
const LONG_FUNCTIONS: [(&str, &str); 0] = [];

const FILE_WISH: usize = 400;
const FILE_LIMIT: usize = 800;
const FUNCTION_LIMIT: usize = 80;

/// A file's code without its tests, and where it came from.
struct Source {
    path: String,
    text: String,
    code: String,
}

impl Source {
    fn is_test(&self) -> bool {
        let names = ["tests", "it", "examples", "benches"];
        self.path.split('/').any(|part| names.contains(&part.trim_end_matches(".rs")))
    }

    /// The files of the modules that this file declares for tests alone.
    fn test_modules(&self) -> Vec<String> {
        let folder = match self.path.rsplit_once('/') {
            Some((folder, "lib.rs" | "main.rs" | "mod.rs")) => folder,
            _ => self.path.trim_end_matches(".rs"),
        };
        let declared =
            self.code.split("#[cfg(test)]").skip(1).filter_map(|rest| rest.split_once("mod ")?.1.split_once(';'));
        declared.map(|(name, _)| format!("{folder}/{name}.rs")).collect()
    }

    /// The code in front of the file's own test module.
    fn shipped(&self) -> &str {
        let tests = self.code.find("#[cfg(test)]\nmod tests {").unwrap_or(self.code.len());
        &self.code[..tests]
    }
}

fn sources() -> Vec<Source> {
    let rust = files().into_iter().filter(|(path, _)| path.starts_with("crates/") && path.ends_with(".rs"));
    rust.map(|(path, text)| Source { code: code(&text), path, text }).collect()
}

fn shipped() -> Vec<Source> {
    let all = sources();
    let for_tests: Vec<String> = all.iter().flat_map(Source::test_modules).collect();
    all.into_iter().filter(|source| !source.is_test() && !for_tests.contains(&source.path)).collect()
}

/// Lines that hold code, after comments were blanked out.
fn lines_of_code(code: &str) -> usize {
    code.lines().filter(|line| !line.trim().is_empty()).count()
}

/// The line number and length in lines of code of every function in a piece of code.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = code[from..].find("fn ").map(|at| at + from) {
        from = at + 3;
        let starts_word = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if let Some(open) = body(code, at).filter(|_| starts_word) {
            let end = closing(code, open);
            let first = code[..at].rfind('\n').map_or(0, |line| line + 1);
            found.push((code[..at].lines().count().max(1), lines_of_code(&code[first..end])));
        }
    }
    found
}

/// Where the body of the function at `at` opens; none if it is only declared.
fn body(code: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    for (offset, byte) in code.bytes().enumerate().skip(at) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => return Some(offset),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Where the brace that opens at `open` closes.
fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

#[test]
fn every_file_opens_with_the_sentence_that_says_what_it_is_for() {
    let silent = |source: &Source| !source.text.starts_with("//! ");
    none(sources().iter().filter(|s| silent(s)).map(|s| s.path.clone()).collect());
}

#[test]
fn no_file_holds_more_than_800_lines_of_code() {
    let mut findings = Vec::new();
    for source in sources() {
        let lines = lines_of_code(source.shipped());
        let excused = LONG_FILES.iter().any(|(path, _)| *path == source.path);
        if lines > FILE_LIMIT && !excused {
            findings.push(format!("{}: {lines} lines", source.path));
        } else if lines > FILE_WISH {
            println!("note: {}: {lines} lines of code; {FILE_WISH} are enough", source.path);
        }
    }
    none(findings);
}

#[test]
fn half_of_all_functions_fit_ten_lines_and_nine_in_ten_fit_forty() {
    let mut lengths: Vec<usize> = shipped().iter().flat_map(|s| functions(s.shipped())).map(|(_, n)| n).collect();
    lengths.sort_unstable();
    let at = |share: usize| lengths[lengths.len() * share / 100];
    let (median, most, nearly_all) = (at(50), at(90), at(99));
    println!("{} functions: median {median}, p90 {most}, p99 {nearly_all} lines", lengths.len());
    assert!(median <= 10 && most <= 40, "median {median}, p90 {most}");
}

#[test]
fn a_function_of_more_than_80_lines_has_its_reason_in_the_list() {
    let mut findings = Vec::new();
    for source in shipped() {
        let excused = LONG_FUNCTIONS.iter().any(|(path, _)| *path == source.path);
        let long = functions(source.shipped()).into_iter().filter(|(_, lines)| *lines > FUNCTION_LIMIT && !excused);
        findings.extend(long.map(|(line, lines)| format!("{}:{line}: {lines} lines", source.path)));
    }
    none(findings);
}

#[test]
fn shipped_code_has_no_unsafe_no_unwrap_and_no_leftovers() {
    const BANNED: [&str; 8] =
        ["unsafe ", ".unwrap()", "todo!", "dbg!", "unimplemented!", "#[ignore", "#[should_panic", "allow(dead_code"];
    let mut findings = Vec::new();
    for source in shipped() {
        for (number, line) in source.shipped().lines().enumerate() {
            let found = BANNED.iter().find(|banned| line.contains(**banned));
            findings.extend(found.map(|banned| format!("{}:{}: `{banned}`", source.path, number + 1)));
        }
    }
    none(findings);
}

#[test]
fn no_module_is_named_for_nothing_in_particular() {
    const EMPTY: [&str; 7] = ["util", "utils", "common", "helper", "helpers", "misc", "manager"];
    let named = |path: &str| path.split('/').any(|part| EMPTY.contains(&part.split('.').next().unwrap_or(part)));
    let ours = |path: &str| path.starts_with("crates/") || path.starts_with("browser/src/");
    none(files().into_iter().map(|(path, _)| path).filter(|path| ours(path) && named(path)).collect());
}

#[test]
fn no_test_is_left_out_of_the_run() {
    let skipped = |source: &Source| source.code.contains("#[ignore") || source.code.contains("#[should_panic");
    none(sources().iter().filter(|s| skipped(s)).map(|s| s.path.clone()).collect());
}

#[test]
fn integration_tests_are_one_program() {
    let mut programs: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources() {
        if let Some((_, rest)) = source.path.split_once("/tests/").filter(|(krate, _)| krate.matches('/').count() == 1)
        {
            let program = rest.split('/').next().unwrap_or(rest);
            *programs.entry(format!("{} {program}", source.path.split('/').nth(1).unwrap_or(""))).or_default() += 1;
        }
    }
    assert_eq!(programs.into_keys().collect::<Vec<_>>(), ["counteratlas it"]);
}

#[test]
fn functions_are_measured_by_their_lines_of_code() {
    let source = "fn one() { a }\nimpl X {\n    fn two(\n        a: u8,\n    ) -> [u8; 2] {\n\n        a\n    }\n}\ntrait T { fn none(); }\n";
    assert_eq!(functions(source), [(1, 1), (3, 5)]);
}
