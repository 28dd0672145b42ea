//! Words that may stand nowhere in the project: leftovers, and traces of where and how it was written.

use super::{files, none, tracked};

/// Spelt in two halves, so that this file does not find itself.
const FORBIDDEN: [(&str, &str); 14] = [
    ("FIX", "ME"),
    ("TO", "DO:"),
    ("XX", "X:"),
    ("/wo", "rk/"),
    ("/tm", "p/brief"),
    ("/ho", "me/"),
    ("/ro", "ot/"),
    ("registry.", "npmjs"),
    ("index.", "crates.io"),
    ("files.", "pythonhosted"),
    ("chat", "gpt"),
    ("open", "ai.com"),
    ("co-authored", "-by"),
    ("large language", " model"),
];

#[test]
fn no_file_holds_a_leftover_or_a_trace_of_the_machine_it_was_written_on() {
    let mut findings = Vec::new();
    for (path, text) in files().into_iter().filter(|(path, _)| !path.starts_with("LICENSE")) {
        for (number, line) in text.lines().enumerate() {
            let lower = line.to_lowercase();
            let found =
                FORBIDDEN.iter().map(|(a, b)| format!("{a}{b}").to_lowercase()).find(|word| lower.contains(word));
            findings.extend(found.map(|word| format!("{path}:{}: `{word}`", number + 1)));
        }
    }
    none(findings);
}

#[test]
fn text_files_end_with_a_line_break_and_have_no_trailing_space_or_tab() {
    let code = |path: &str| [".rs", ".ts", ".mjs", ".css", ".toml", ".md", ".py"].iter().any(|e| path.ends_with(e));
    let mut findings = Vec::new();
    for (path, text) in files().into_iter().filter(|(path, _)| code(path)) {
        if !text.ends_with('\n') {
            findings.push(format!("{path}: no line break at the end"));
        }
        let trailing = text.lines().enumerate().filter(|(_, line)| line.ends_with([' ', '\t', '\r']));
        findings.extend(trailing.map(|(number, _)| format!("{path}:{}: white space at the end", number + 1)));
    }
    none(findings);
}

#[test]
fn no_lock_file_names_where_packages_were_fetched() {
    let lock = |path: &str| path.ends_with("package-lock.json");
    let resolved = |text: &str| text.contains("\"resolved\"");
    none(files().into_iter().filter(|(path, text)| lock(path) && resolved(text)).map(|(path, _)| path).collect());
}

/// Pictures of pages, and the ledger whose bytes no version may ever read differently.
const NOT_TEXT: [&str; 2] = ["docs/screenshots/", "crates/ledger/golden/"];

#[test]
fn everything_but_pictures_and_golden_bytes_is_text_that_we_wrote() {
    let gone = |path: &String| !super::root().join(path).exists();
    let text = |path: &String| std::fs::read_to_string(super::root().join(path)).is_ok() || gone(path);
    let allowed = |path: &String| NOT_TEXT.iter().any(|folder| path.starts_with(folder));
    none(tracked().into_iter().filter(|path| !allowed(path) && !text(path)).collect());
}
