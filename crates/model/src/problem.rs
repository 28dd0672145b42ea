//! What is wrong with something we were given: a value shown to people, never a panic.

use std::fmt;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something was left out or doubted.
    Warning,
    /// The input can't be taken as it is.
    Error,
}

impl Severity {
    /// The word shown to people and written in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a problem is: a file or record, and where known the line and column, both counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Where {
    /// The file's name as the user gave it, or a record such as `item hikvision`.
    pub file: String,
    /// Line, from 1; 0 when the problem is not in one line.
    pub line: u64,
    /// Column in characters, from 1; 0 when unknown.
    pub column: u64,
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.line > 0 && self.column > 0 {
            write!(f, ":{}", self.column)?;
        }
        Ok(())
    }
}

/// One finding: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub at: Where,
    /// What is wrong: lower case, values in backticks, no full stop.
    pub what: String,
    /// What to do; empty when there is nothing to add.
    pub hint: String,
}

impl Problem {
    /// An error without a hint.
    pub fn error(at: Where, what: impl Into<String>) -> Self {
        Self { severity: Severity::Error, at, what: what.into(), hint: String::new() }
    }

    /// A warning without a hint.
    pub fn warning(at: Where, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(at, what) }
    }

    /// A note without a hint.
    pub fn note(at: Where, what: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(at, what) }
    }

    /// The same problem with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.at, self.severity.word(), self.what)?;
        if !self.hint.is_empty() {
            write!(f, "; hint: {}", self.hint)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_as_file_line_column_what_and_hint() {
        let at = Where { file: "a.csv".into(), line: 3, column: 9 };
        let problem = Problem::error(at, "unknown kind `spy`").hint("did you mean `company`?");
        assert_eq!(problem.to_string(), "a.csv:3:9: error: unknown kind `spy`; hint: did you mean `company`?");
        assert_eq!(Where { file: "x".into(), line: 0, column: 4 }.to_string(), "x");
    }
}
