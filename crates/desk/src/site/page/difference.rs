//! What readers would see change: before and after, property by property, each value with who says so.

use edition::{Edition, State};
use maud::{Markup, html};
use model::{Decision, GlossaryTerm, Id, Operation, Reference, Subject, Target, Verdict};
use ui::Column;

use super::super::ask::Ask;
use super::find;
use crate::drafts::propose::{self, Change, Proposal, Stated};

/// The difference as a table, new records first.
pub(crate) fn section(ask: &Ask<'_>, proposal: &Proposal, edition: &Edition) -> Markup {
    if !proposal.is_sound() {
        return html! {};
    }
    let changes = propose::changes(&proposal.operations, edition.state());
    // What is only destroyed has a section of its own.
    if proposal.operations.iter().all(|operation| matches!(operation, Operation::Begin(_))) {
        return html! {};
    }
    let columns = [
        Column::text(ask.t("desk-difference-what")),
        Column::text(ask.t("desk-difference-before")),
        Column::text(ask.t("desk-difference-after")),
    ];
    let row = |change: &Change| {
        vec![
            html! { (named(edition.state(), &proposal.operations, &change.subject)) ": " (find::label(ask, change.property.as_str())) },
            html! { div { (values(ask, &change.before)) } },
            html! { div { (values(ask, &change.after)) } },
        ]
    };
    html! {
        section {
            h2 { (ask.t("desk-difference")) }
            (records(ask, proposal, edition.state()))
            @if !changes.is_empty() {
                (ui::table(&ask.t("desk-difference-caption"), &columns, &changes.iter().map(row).collect::<Vec<_>>()))
            }
        }
    }
}

/// The records that are new.
fn records(ask: &Ask<'_>, proposal: &Proposal, state: &State) -> Markup {
    let tag = ask.lang.tag();
    let vocabulary = &ask.desk.vocabulary;
    let kind = |id: &Id| {
        vocabulary.kinds.get(id.as_str()).map_or_else(|| id.to_string(), |kind| kind.label.get(tag).to_owned())
    };
    let verb = |id: &Id| {
        vocabulary.link_types.get(id.as_str()).map_or_else(|| id.to_string(), |link| link.label.get(tag).to_owned())
    };
    let line = |operation: &Operation| match operation {
        Operation::Source(source) => Some(
            html! { (ask.t("desk-one-source")) ": " cite { bdi { (source.title.text()) } } " " code { (source.id) } },
        ),
        Operation::Item { id, kind: of } => Some(html! { (ask.t("desk-one-item")) ": " (kind(of)) " " code { (id) } }),
        Operation::Link(link) => Some(html! {
            (ask.t("desk-one-link")) ": " code { (link.subject) } " " (verb(&link.link_type)) " " code { (link.object) } " (" code { (link.id) } ")"
        }),
        Operation::Term(new) => Some(term(ask, state, new)),
        Operation::Withdraw { target, reason } => Some(
            html! { (ask.t("desk-difference-withdrawn")) ": " code { (target_of(target)) } " (" bdi { (reason) } ")" },
        ),
        Operation::Decision(decision) => Some(verdict(ask, decision)),
        _ => None,
    };
    let lines: Vec<Markup> = proposal.operations.iter().filter_map(line).collect();
    html! { @if !lines.is_empty() { p { (ask.t("desk-difference-new")) } ul { @for line in lines { li { (line) } } } } }
}

/// A word of the glossary, as it is explained now and as it would be.
fn term(ask: &Ask<'_>, state: &State, new: &GlossaryTerm) -> Markup {
    let before = state.terms().get(&new.id).filter(|known| known.gone.is_none()).map(|known| &known.term);
    let says = |term: &GlossaryTerm| {
        let texts = term.names.iter().chain(&term.definitions).map(|text| text.text().to_owned());
        texts.collect::<Vec<_>>().join(" · ")
    };
    html! {
        (ask.t("desk-one-term")) ": "
        @if let Some(before) = before { del { bdi { (says(before)) } } " " }
        ins { bdi { (says(new)) } }
    }
}

/// What is taken back, as it is written in drafts.
fn target_of(target: &Target) -> String {
    match target {
        Target::Item(id) => format!("item/{id}"),
        Target::Link(id) => format!("link/{id}"),
        Target::Source(id) => format!("source/{id}"),
        Target::Term(id) | Target::Story(id) => id.to_string(),
        Target::Claim(reference) | Target::Evidence(reference) => match reference {
            Reference::There(number) => number.to_string(),
            Reference::Here(number) => format!("#{number}"),
        },
    }
}

fn verdict(ask: &Ask<'_>, decision: &Decision) -> Markup {
    let word = match decision.verdict {
        Verdict::Same => "desk-decision-same",
        Verdict::Different => "desk-decision-different",
        Verdict::Unsure => "desk-decision-unsure",
    };
    html! { (ask.t(word)) ": " code { (decision.from) } ", " code { (decision.into) } " (" bdi { (decision.reason) } ")" }
}

/// A record by its first name, else by its id.
pub(crate) fn named(state: &State, operations: &[Operation], subject: &Subject) -> Markup {
    let known = state.property_number("name").and_then(|number| {
        let body = state.body(subject)?;
        body.live(number).next().map(|claim| crate::diff::value(&claim.statement))
    });
    let new = || {
        operations.iter().find_map(|operation| match operation {
            Operation::Claim(claim) if claim.subject == *subject && claim.property.as_str() == "name" => {
                Some(crate::diff::value(&claim.statement))
            }
            _ => None,
        })
    };
    match known.or_else(new) {
        Some(name) => html! { bdi { (name) } },
        None => html! { code { (subject.id()) } },
    }
}

fn values(ask: &Ask<'_>, all: &[Stated]) -> Markup {
    html! {
        @if all.is_empty() { span.help { (ask.t("desk-difference-nothing")) } }
        @if !all.is_empty() {
            ul.desk-values { @for stated in all { li { bdi { (stated.value) } (sources(ask, stated)) } } }
        }
    }
}

fn sources(ask: &Ask<'_>, stated: &Stated) -> Markup {
    html! {
        ul {
            @for (id, title, stance, quote) in &stated.sources {
                li.help {
                    (ui::stance_label(ask.lang, *stance)) ": " cite { bdi { @if title.is_empty() { (id) } @else { (title) } } }
                    @if !quote.is_empty() { q { bdi { (quote) } } }
                }
            }
        }
    }
}
