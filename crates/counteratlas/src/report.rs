//! Tells people and programs what was found.

use std::io::{IsTerminal, Write};

use model::{Problem, Severity};
use serde::Serialize;

use crate::args::Report;

/// A problem as `--report json` writes it.
#[derive(Serialize)]
pub struct Row<'a> {
    severity: &'a str,
    file: &'a str,
    line: u64,
    column: u64,
    what: &'a str,
    hint: &'a str,
}

impl<'a> From<&'a Problem> for Row<'a> {
    fn from(p: &'a Problem) -> Self {
        Self {
            severity: p.severity.word(),
            file: &p.at.file,
            line: p.at.line,
            column: p.at.column,
            what: &p.what,
            hint: &p.hint,
        }
    }
}

/// Reports problems; true if none of them is worse than a note.
pub fn problems(problems: &[Problem], report: Report) -> bool {
    match report {
        Report::Json => json(&problems.iter().map(Row::from).collect::<Vec<_>>()),
        Report::Text => problems.iter().for_each(|p| say(&colour(p))),
    }
    problems.iter().all(|p| p.severity == Severity::Note)
}

/// Writes one JSON document to standard output.
pub fn json(value: &impl Serialize) {
    let text = serde_json::to_string_pretty(value).expect("invariant: reports are plain data");
    out(&text);
}

/// A line on standard output. A reader that went away is no error.
pub fn out(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A line on standard error.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Why a command could not run.
pub fn failure(error: &anyhow::Error) {
    say(&format!("counteratlas: {error:#}"));
}

fn colour(problem: &Problem) -> String {
    let plain = problem.to_string();
    if !std::io::stderr().is_terminal() {
        return plain;
    }
    let word = problem.severity.word();
    let code = match problem.severity {
        Severity::Note => "36",
        Severity::Warning => "33",
        Severity::Error => "31",
    };
    plain.replacen(&format!(": {word}: "), &format!(": \u{1b}[{code}m{word}\u{1b}[0m: "), 1)
}
