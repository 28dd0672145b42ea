//! Items that may be one: what speaks for it and against it, and the way to a decision, which two persons make.

use edition::{Decided, Duplicate, State};
use maud::{Markup, html};
use model::{Id, Verdict};
use ui::{Arg, Column};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::record;
use crate::drafts::intake::{row, sheet};

/// So many are shown.
const MOST: usize = 100;

/// The pairs that nobody has decided on, and the decisions that hold.
pub(crate) fn duplicates(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let state = edition.state();
    let all = edition.duplicates();
    let open: Vec<&Duplicate<'_>> = all.iter().filter(|pair| !is_decided(state, pair)).collect();
    let title = ask.t("desk-duplicates");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("desk-duplicates-intro")) }
        @if open.is_empty() { p { (ask.t("desk-duplicates-none")) } }
        @for pair in open.iter().take(MOST) { (one(ask, pair)) }
        (decided(ask, state))
    };
    Ok(frame::page(ask, &title, body))
}

/// Whether they were found to be one or two; who is unsure may be surer another day.
fn is_decided(state: &State, pair: &Duplicate<'_>) -> bool {
    let verdict = state.verdict(pair.left.id(), pair.right.id());
    verdict.is_some_and(|decided| decided.decision.verdict != Verdict::Unsure)
}

fn one(ask: &Ask<'_>, pair: &Duplicate<'_>) -> Markup {
    let (left, right) = (pair.left.id(), pair.right.id());
    let percent = format!("{:.0}", pair.score * 100.0);
    html! {
        section {
            h2 { (item(ask, left)) " – " (item(ask, right)) }
            p { (ask.t_with("desk-doubles-like", &[("percent", Arg::Text(&percent))])) }
            ul { @for reason in &pair.reasons { li { bdi lang="en" { (reason) } } } }
            (buttons(ask, right, left))
        }
    }
}

fn item(ask: &Ask<'_>, id: &str) -> Markup {
    html! { a href=(ask.to(format!("/record/item/{id}"))) { code { (id) } } }
}

/// One button for each verdict; with `same` the first becomes part of the second.
fn buttons(ask: &Ask<'_>, from: &str, into: &str) -> Markup {
    let acts = [
        ("same", from, into, "desk-duplicates-into"),
        ("same", into, from, "desk-duplicates-into"),
        ("different", from, into, "desk-duplicates-apart"),
        ("unsure", from, into, "desk-duplicates-unsure"),
    ];
    html! {
        div.desk-acts {
            @for (verdict, from, into, key) in acts {
                (frame::button(
                    ask,
                    "/duplicates",
                    &ask.t_with(key, &[("from", Arg::Text(from)), ("into", Arg::Text(into))]),
                    &[("verdict", verdict), ("from", from), ("into", into)],
                ))
            }
        }
    }
}

/// The decisions that hold; each is undone by a later one on the same two.
fn decided(ask: &Ask<'_>, state: &State) -> Markup {
    let latest = |one: &&Decided| {
        state
            .verdict(one.decision.from.as_str(), one.decision.into.as_str())
            .is_some_and(|last| last.number == one.number)
    };
    let standing: Vec<&Decided> = state.decisions().iter().rev().filter(latest).take(MOST).collect();
    let columns = ["desk-duplicates-pair", "desk-field-decision", "desk-field-reason", "desk-row-do"];
    let columns = columns.map(|key| Column::text(ask.t(key)));
    let line = |one: &&Decided| {
        let (from, into) = (one.decision.from.as_str(), one.decision.into.as_str());
        let (verdict, undo) = match one.decision.verdict {
            Verdict::Same => ("desk-decision-same", true),
            Verdict::Different => ("desk-decision-different", true),
            Verdict::Unsure => ("desk-decision-unsure", false),
        };
        let hidden = [("verdict", "unsure"), ("from", from), ("into", into)];
        vec![
            html! { div { (item(ask, from)) " – " (item(ask, into)) } },
            html! { (ask.t(verdict)) },
            html! { bdi { (one.decision.reason) } },
            html! { div { @if undo { (frame::button(ask, "/duplicates", &ask.t("desk-duplicates-undo"), &hidden)) } } },
        ]
    };
    let lines: Vec<Vec<Markup>> = standing.iter().map(line).collect();
    html! {
        @if !lines.is_empty() {
            section { h2 { (ask.t("desk-duplicates-decided")) } (ui::table(&ask.t("desk-duplicates-decided"), &columns, &lines)) }
        }
    }
}

/// Begins a draft with the decision, for the reason and the sources to be added.
pub(crate) fn begin(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let known = |field: &str| Id::parse(ask.field(field)).ok_or(Failure::Query);
    let (from, into) = (known("from")?, known("into")?);
    let verdict =
        Verdict::ALL.into_iter().find(|verdict| verdict.word() == ask.field("verdict")).ok_or(Failure::Query)?;
    let cells =
        [("decision", verdict.word().to_owned()), ("about", format!("item/{from}")), ("other", format!("item/{into}"))];
    let title = format!("{}: {from} – {into}", ask.t("desk-duplicates"));
    record::start(ask, &title, "decisions", row(sheet("decisions"), &cells))
}
