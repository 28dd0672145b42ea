//! Reads `claims.csv`: single claims with their passage, about records that are there or that come with them, and what
//! they replace.
//!
//! A row with a value makes a claim, or brings more evidence for one that says the same already. A row that names a
//! claim in `replaces` takes that one back, with the reason that readers see.

use model::{
    Id, LangText, OperationNumber, Passage, Problem, Property, Reference, Stance, Statement, Subject, Value, ValueType,
    Vocabulary,
};

use super::Reading;
use super::cell::{self, Unsound};
use crate::facts::{Body, EvidenceFacts, WithdrawalFacts, named};
use crate::outcome::Refusal;
use crate::table::{Row, Table};

/// The columns.
pub(crate) const COLUMNS: [&str; 12] = [
    "about",
    "property",
    "value",
    "language",
    "source",
    "stance",
    "anchor",
    "quote",
    "quote_language",
    "translation",
    "replaces",
    "reason",
];

/// The most bytes of a reason.
const LONGEST_REASON: usize = 2000;

/// Reads the table.
pub(super) fn read(reading: &mut Reading<'_>, table: &Table<'_>) {
    if !table.requires(&["about", "property"], reading.problems) {
        return;
    }
    table.knows(&COLUMNS, reading.problems);
    super::each(reading, table, claim);
}

fn claim(reading: &mut Reading<'_>, row: &Row<'_, '_>) {
    let Some(subject) = reading.sound(row, "about", about(row.get("about"))) else { return };
    if reading.is_refused(subject.id()) {
        return reading.refuse(row, Refusal::NamesRefused);
    }
    let Some(property) = property(reading, row, &subject) else { return };
    let value = value(reading.vocabulary, property, row.get("value"), row.get("language"));
    let Some(statement) = reading.sound(row, "value", value) else { return };
    if statement.is_none() && row.get("replaces").is_empty() {
        let hint = "write `unknown` or `none` to state that, or name in `replaces` the claim that is taken back";
        return reading.problems.push(Problem::error(row.at("value"), "the value is missing").hint(hint));
    }
    let taken_back = row.get("replaces").is_empty() || withdraw(reading, row, &subject, property);
    if let Some(statement) = statement.filter(|_| taken_back) {
        make(reading, row, &subject, (&property.id.clone(), statement));
    }
}

/// `item/ID` or `link/ID`.
fn about(text: &str) -> Result<Subject, Unsound> {
    match text.split_once('/') {
        Some(("item", id)) => cell::id(id).map(Subject::Item),
        Some(("link", id)) => cell::id(id).map(Subject::Link),
        _ => Err(Unsound::new(format!("`{}` names no record", cell::short(text)))
            .hint("write `item/ID` or `link/ID`, as in the record's address")),
    }
}

fn property<'v>(reading: &mut Reading<'v>, row: &Row<'_, '_>, subject: &Subject) -> Option<&'v Property> {
    let word = row.get("property");
    let properties = &reading.vocabulary.properties;
    let Some(property) = properties.get(word) else {
        let what = format!("unknown property `{}`", cell::short(word));
        let hint = crate::nearest::hint(word, properties.ids());
        reading.problems.push(Problem::error(row.at("property"), what).hint(hint));
        return None;
    };
    let (on, what) = match subject {
        Subject::Item(_) => ("item", "an item"),
        Subject::Link(_) => ("link", "a link"),
    };
    if !property.on.iter().any(|o| o == on) {
        let what = format!("{what} has no `{word}`");
        reading.problems.push(Problem::error(row.at("property"), what));
        return None;
    }
    Some(property)
}

/// What a cell states of a property; `None` if it is empty.
fn value(
    vocabulary: &Vocabulary,
    property: &Property,
    text: &str,
    language: &str,
) -> Result<Option<Statement>, Unsound> {
    let term = |table: &str, text: &str| cell::word(vocabulary, table, text).map(|word| Value::Term(word.id));
    let read = |text: &str| match property.value {
        ValueType::Name | ValueType::Place => match language {
            "" => Ok(Value::Text(named(text))),
            tag => cell::tagged(text, tag).map(Value::Text),
        },
        ValueType::Text => cell::tagged(text, if language.is_empty() { "en" } else { language }).map(Value::Text),
        ValueType::Date => cell::date(text),
        ValueType::Point => point(text),
        ValueType::Country => cell::country(vocabulary, text).map(Value::Country),
        ValueType::Number => cell::decimal(text).map(Value::Number),
        ValueType::Money => {
            let (amount, currency) = text.split_once(' ').unwrap_or((text, ""));
            cell::money(amount, currency.trim())
        }
        ValueType::Share => cell::share(text),
        ValueType::Identifier => cell::identifier(vocabulary, text).map(Value::Identifier),
        ValueType::Item => cell::id(text).map(Value::Item),
        ValueType::Choice => term(property.set.as_deref().unwrap_or_default(), text),
        ValueType::Category => term("category", text),
        ValueType::Topic => term("topic", text),
        ValueType::Url => cell::url(text).map(|()| Value::Url(text.into())),
        ValueType::Flag => cell::flag(text).map(Value::Flag),
        ValueType::Figure | ValueType::Landing => {
            Err(Unsound::new(format!("`{}` has a table of its own", property.id)).hint("see the native tables"))
        }
    };
    cell::stated(text, read)
}

fn point(text: &str) -> Result<Value, Unsound> {
    let (lat, lon) = text.split_once(',').unwrap_or((text, ""));
    let point = cell::point(lat.trim(), lon.trim())?;
    point.map(Value::Point).ok_or_else(|| Unsound::new("a point needs both latitude and longitude"))
}

/// Takes a claim back; true if there is nothing against it.
fn withdraw(reading: &mut Reading<'_>, row: &Row<'_, '_>, subject: &Subject, property: &Property) -> bool {
    let number = OperationNumber::parse(row.get("replaces"));
    let body = reading.state.body(subject);
    let known = number.and_then(|number| body?.claims.iter().find(|claim| claim.number == number));
    let known = known.filter(|claim| *reading.state.property(claim.property) == property.id);
    let Some(claim) = known else {
        let what = format!("{subject} has no claim `{}` of `{}`", cell::short(row.get("replaces")), property.id);
        reading
            .problems
            .push(Problem::error(row.at("replaces"), what).hint("a claim's number stands beside its value"));
        return false;
    };
    if claim.gone.is_some() {
        let what = format!("claim `{}` was taken back already", claim.number);
        reading.problems.push(Problem::note(row.at("replaces"), what));
        return true;
    }
    let reason = row.get("reason");
    if reason.is_empty() || reason.len() > LONGEST_REASON || reason.chars().any(char::is_control) {
        let what = format!("a reason has 1 to {LONGEST_REASON} bytes and no line breaks");
        reading.problems.push(Problem::error(row.at("reason"), what).hint("readers see why a value was taken back"));
        return false;
    }
    let (claim, reason) = (Reference::There(claim.number), reason.into());
    reading.facts.withdrawals.push(WithdrawalFacts { subject: subject.clone(), claim, reason });
    true
}

fn make(reading: &mut Reading<'_>, row: &Row<'_, '_>, subject: &Subject, (property, statement): (&Id, Statement)) {
    let Some(evidence) = evidence(reading, row) else { return };
    let Some(body) = body(reading, row, subject) else { return };
    body.evidence_at = row.spot("source");
    let rests_on = body.evidence(evidence);
    body.claim(property.as_str(), statement, &[rests_on], row.spot("value"));
}

/// The record's place among the facts; a live link is named anew, which changes nothing of it.
fn body<'r>(reading: &'r mut Reading<'_>, row: &Row<'_, '_>, subject: &Subject) -> Option<&'r mut Body> {
    let id = match subject {
        Subject::Item(id) => return Some(&mut reading.facts.item(id, row.spot("about")).body),
        Subject::Link(id) => id,
    };
    if reading.facts.find_link(id.as_str()).is_none() {
        let live = reading.state.links().get(id.as_str()).filter(|l| l.gone.is_none()).and_then(|l| l.link.clone());
        let Some(link) = live else {
            reading.problems.push(Problem::error(row.at("about"), format!("unknown link `{id}`")));
            return None;
        };
        let added = reading.facts.add_link(link, row.spot("about"));
        added.expect("invariant: no link of this id was there");
    }
    reading.facts.link_body(id)
}

/// The one source of a row with its passage.
fn evidence(reading: &mut Reading<'_>, row: &Row<'_, '_>) -> Option<EvidenceFacts> {
    if row.get("source").is_empty() {
        let hint = "every claim needs a source; what no publication states may cite `editors-general-knowledge`";
        reading.problems.push(Problem::error(row.at("source"), "the source is missing").hint(hint));
        return None;
    }
    let source = reading.sound(row, "source", cell::id(row.get("source")));
    let stance = match row.get("stance") {
        "" => Some(Stance::Supports),
        word => reading.sound(row, "stance", super::evidence::stance(word)),
    };
    let quote = text(reading, row, "quote", row.get("quote_language"));
    let translation = text(reading, row, "translation", "en");
    let anchor = Some(row.get("anchor")).filter(|anchor| !anchor.is_empty()).map(Into::into);
    let passage = Passage { anchor, quote: quote?, translation: translation? };
    Some(EvidenceFacts { stance: stance?, passage, ..EvidenceFacts::support(source?) })
}

/// A text in a cell; `Some(None)` if it is empty, `None` if its language is none.
fn text(reading: &mut Reading<'_>, row: &Row<'_, '_>, column: &str, language: &str) -> Option<Option<LangText>> {
    match row.get(column) {
        "" => Some(None),
        words => reading.sound(row, column, cell::tagged(words, language)).map(Some),
    }
}
