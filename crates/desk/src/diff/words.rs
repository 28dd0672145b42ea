//! Statements in words, for the difference shown to people.

use model::{Statement, Value};

use crate::facts::EvidenceFacts;

/// A statement on one line, in backticks, long texts cut.
pub(crate) fn statement(statement: &Statement) -> String {
    match statement {
        Statement::Unknown => "unknown".into(),
        Statement::None => "none".into(),
        Statement::Is(value) => format!("`{}`", crate::native::short(&words(value))),
    }
}

/// A statement whole.
pub(crate) fn value(statement: &Statement) -> String {
    match statement {
        Statement::Unknown => "unknown".into(),
        Statement::None => "none".into(),
        Statement::Is(value) => words(value),
    }
}

/// A piece of evidence on one line.
pub(super) fn evidence(piece: &EvidenceFacts) -> String {
    let anchor = piece.passage.anchor.as_ref().map_or(String::new(), |a| format!("#{a}"));
    format!("`{}{anchor}` ({})", piece.source, piece.stance.word())
}

fn words(value: &Value) -> String {
    match value {
        Value::Text(text) => text.text().to_owned(),
        Value::Date(date) => date.to_string(),
        Value::Point(point) => point.to_string(),
        Value::Country(code) => code.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Share(share) => format!("{share} %"),
        Value::Identifier(identifier) => format!("{}:{}", identifier.scheme, identifier.value),
        Value::Item(id) | Value::Term(id) => id.to_string(),
        Value::Url(url) => url.to_string(),
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Figure(figure) => format!("{} {}: {}", figure.number, figure.unit, figure.statement.text()),
        Value::Landing(landing) => format!("{}, {} ({})", landing.name, landing.country, landing.point),
    }
}
