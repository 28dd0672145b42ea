//! A record as editors see it: everything that was ever claimed of it, and what can be done about each claim. Nothing
//! is done here: each button begins a draft, which goes the way of all drafts.

use edition::{Body, ClaimRecord, EvidenceRecord, State};
use maud::{Markup, html};
use model::{OperationNumber, Statement, Subject, Value};
use ui::Column;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::{difference, find};
use crate::drafts::content::{Cells, Content};
use crate::drafts::decision;
use crate::drafts::intake::{address, row, sheet};
use crate::drafts::{self};

/// What can be done about a claim that stands.
const ON_CLAIM: [&str; 4] = ["dispute", "correct", "withdraw", "redact"];
/// About evidence that stands.
const ON_EVIDENCE: [&str; 2] = ["withdraw", "redact"];
/// About what was taken back.
const ON_GONE: [&str; 2] = ["restore", "redact"];

/// The page.
pub(crate) fn record(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (edition, subject) = (ask.desk.writer.edition().map_err(|_| Failure::Broken)?, subject(ask)?);
    let state = edition.state();
    let body = state.body(&subject).ok_or(Failure::Missing)?;
    let name = difference::named(state, &[], &subject);
    let body = html! {
        h1 { (name) }
        p { code { (address(&subject)) } }
        p.lead { (ask.t("desk-record-intro")) }
        @if let Some(reason) = gone(state, &subject) { p.warning-box { (ask.t("desk-record-gone")) " " bdi { (reason) } } }
        (whole(ask, state, &subject))
        @if body.claims.is_empty() { p { (ask.t("desk-find-none")) } } @else { (claims(ask, state, &subject, body)) }
    };
    Ok(frame::page(ask, &ask.t("desk-record"), body))
}

fn subject(ask: &Ask<'_>) -> Result<Subject, Failure> {
    decision::subject(&format!("{}/{}", ask.params[0], ask.params[1])).ok_or(Failure::Missing)
}

fn gone<'s>(state: &'s State, subject: &Subject) -> Option<&'s str> {
    let gone = match subject {
        Subject::Item(id) => state.items().get(id.as_str())?.gone.as_ref(),
        Subject::Link(id) => state.links().get(id.as_str())?.gone.as_ref(),
    };
    gone.map(|gone| &*gone.reason)
}

/// What can be done about the record as a whole.
fn whole(ask: &Ask<'_>, state: &State, subject: &Subject) -> Markup {
    let acts: &[&str] = if gone(state, subject).is_some() { &["restore"] } else { &["reply", "say", "withdraw"] };
    buttons(ask, subject, &address(subject), acts)
}

fn claims(ask: &Ask<'_>, state: &State, subject: &Subject, body: &Body) -> Markup {
    let columns = ["desk-field-property", "desk-field-value", "desk-record-rests", "desk-row-do"];
    let columns = columns.map(|key| Column::text(ask.t(key)));
    let row = |claim: &ClaimRecord| {
        let acts: &[&str] = if claim.gone.is_some() { &ON_GONE } else { &ON_CLAIM };
        vec![
            html! { (find::label(ask, state.property(claim.property).as_str())) },
            html! { div { (value(ask, claim)) } },
            html! { div { (evidence(ask, state, subject, body, claim)) } },
            html! { div { (buttons(ask, subject, &claim.number.to_string(), acts)) } },
        ]
    };
    ui::table(&ask.t("desk-record-claims"), &columns, &body.claims.iter().map(row).collect::<Vec<_>>())
}

fn value(ask: &Ask<'_>, claim: &ClaimRecord) -> Markup {
    html! {
        bdi { (crate::diff::value(&claim.statement)) } " " code { (claim.number) }
        @if let Some(gone) = &claim.gone { p.help { (ask.t("desk-record-gone")) " " bdi { (gone.reason) } } }
    }
}

fn evidence(ask: &Ask<'_>, state: &State, subject: &Subject, body: &Body, claim: &ClaimRecord) -> Markup {
    let pieces = claim.evidence.iter().map(|at| &body.evidence[*at as usize]);
    html! { ul.desk-values { @for piece in pieces { li { (one_piece(ask, state, subject, piece)) } } } }
}

fn one_piece(ask: &Ask<'_>, state: &State, subject: &Subject, piece: &EvidenceRecord) -> Markup {
    let source = state.sources().at(piece.source);
    let title = source.source.as_ref().map_or(source.id.as_str(), |source| source.title.text());
    let quote = piece.passage.as_ref().and_then(|passage| passage.quote.as_ref());
    html! {
        (ui::stance_label(ask.lang, piece.stance)) ": " cite { bdi { (title) } } " " code { (piece.number) }
        @if let Some(quote) = quote { " " q { bdi { (quote.text()) } } }
        @match &piece.gone {
            Some(gone) => p.help { (ask.t("desk-record-gone")) " " bdi { (gone.reason) } (buttons(ask, subject, &piece.number.to_string(), &ON_GONE)) },
            None => details { summary { (ask.t("desk-row-do")) } (buttons(ask, subject, &piece.number.to_string(), &ON_EVIDENCE)) },
        }
    }
}

/// A button for each act.
fn buttons(ask: &Ask<'_>, subject: &Subject, about: &str, acts: &[&'static str]) -> Markup {
    let action = format!("/record/{}/begin", address(subject));
    html! {
        div.desk-acts {
            @for act in acts {
                form.inline-form method="post" action=(ask.to(&action)) {
                    input type="hidden" name="act" value=(act);
                    input type="hidden" name="about" value=(about);
                    button type="submit" aria-label=(format!("{} {about}", ask.t(label(act)))) { (ask.t(label(act))) }
                }
            }
        }
    }
}

fn label(act: &str) -> &'static str {
    match act {
        "dispute" => "desk-decision-dispute",
        "withdraw" => "desk-decision-withdraw",
        "restore" => "desk-decision-restore",
        "redact" => "desk-decision-redact",
        "correct" => "desk-record-correct",
        "reply" => "desk-record-reply",
        _ => "desk-record-say",
    }
}

/// Begins a draft with the row that the button stands for, and goes on to its form.
pub(crate) fn begin(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (edition, subject) = (ask.desk.writer.edition().map_err(|_| Failure::Broken)?, subject(ask)?);
    let state = edition.state();
    state.body(&subject).ok_or(Failure::Missing)?;
    let (word, cells) = first_row(ask, state, &subject)?;
    let title = format!("{}: {}", ask.t(label(ask.field("act"))), address(&subject));
    start(ask, &title, word, cells)
}

/// A draft with one row to be filled in.
pub(crate) fn start(ask: &Ask<'_>, title: &str, word: &str, cells: Cells) -> Result<Reply, Failure> {
    let (desk, who) = (ask.desk, ask.who()?);
    let id = drafts::begin(&desk.store, &*desk.world, who, title, None)?;
    let mut content = Content::default();
    content.put(sheet(word), None, cells);
    drafts::save(&desk.store, &*desk.world, who, (id, 1), &content)?;
    Ok(Reply::see_other(ask.to(format!("/draft/{id}/row/{word}/0"))))
}

fn first_row(ask: &Ask<'_>, state: &State, subject: &Subject) -> Result<(&'static str, Cells), Failure> {
    let (act, about) = (ask.field("act"), ask.field("about").to_owned());
    let whole = about == address(subject);
    let number =
        OperationNumber::parse(&about).filter(|number| state.body_at(*number).is_some_and(|(of, _)| of == *subject));
    match act {
        "dispute" | "redact" if number.is_some() => Ok(decides(act, about)),
        "withdraw" | "restore" if whole || number.is_some() => Ok(decides(act, about)),
        "correct" => correction(state, subject, number.ok_or(Failure::Query)?),
        "say" if whole => Ok(("claims", row(sheet("claims"), &[("about", about)]))),
        "reply" if whole => Ok(("relations", request(ask, state, subject))),
        _ => Err(Failure::Query),
    }
}

fn decides(act: &str, about: String) -> (&'static str, Cells) {
    ("decisions", row(sheet("decisions"), &[("decision", act.to_owned()), ("about", about)]))
}

/// The claim as it stands, to be written anew.
fn correction(state: &State, subject: &Subject, number: OperationNumber) -> Result<(&'static str, Cells), Failure> {
    let body = state.body(subject).ok_or(Failure::Missing)?;
    let claim =
        body.claims.iter().find(|claim| claim.number == number && claim.gone.is_none()).ok_or(Failure::Query)?;
    let language = match &claim.statement {
        Statement::Is(Value::Text(text)) => text.lang().to_owned(),
        _ => String::new(),
    };
    let cells = [
        ("about", address(subject)),
        ("property", state.property(claim.property).to_string()),
        ("value", crate::diff::value(&claim.statement).trim_end_matches(" %").to_owned()),
        ("language", language),
        ("replaces", number.to_string()),
    ];
    Ok(("claims", row(sheet("claims"), &cells)))
}

/// A reply that is asked for today, of the item itself or of who a link goes out from.
fn request(ask: &Ask<'_>, state: &State, subject: &Subject) -> Cells {
    let today = ask.desk.world.today().to_string();
    let link = match subject {
        Subject::Link(id) => state.links().get(id.as_str()).and_then(|link| link.link.as_ref()),
        Subject::Item(_) => None,
    };
    let (asked, other) = link.map_or_else(
        || (subject.id().to_string(), String::new()),
        |link| (link.subject.to_string(), link.object.to_string()),
    );
    let id = format!("reply-{}-{today}", subject.id());
    let cells = [
        ("id", id),
        ("kind", "asked-for-reply".to_owned()),
        ("subject", asked),
        ("object", other),
        ("start", today),
        ("concerns", subject.id().to_string()),
        ("sources", model::EDITORS.to_owned()),
    ];
    row(sheet("relations"), &cells)
}
