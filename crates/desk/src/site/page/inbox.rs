//! What strangers sent in: read it, ask back, decide, make a draft of it, delete it.

use maud::{Markup, html};
use model::{Field, Step};
use ui::{Arg, Column};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use crate::drafts::intake;
use crate::inbox::{self, Kept, Received};

/// So many are shown at once.
const PAGE: i64 = 100;

/// The most bytes of what is said to a sender.
const LONGEST: usize = 4000;

/// The suggestions of a step, or all that are not decided.
pub(crate) fn inbox(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let step = Step::ALL.into_iter().find(|step| step.word() == ask.asked("step"));
    let found = inbox::list(&ask.desk.store, step, 0, PAGE)?;
    let title = ask.t("desk-inbox");
    let columns = ["desk-inbox-what", "desk-inbox-about", "desk-column-state", "desk-inbox-day", "desk-inbox-files"];
    let columns = columns.map(|key| Column::text(ask.t(key)));
    let rows: Vec<Vec<Markup>> = found.iter().map(|received| row(ask, received)).collect();
    let body = html! {
        h1 { (title) }
        (frame::said(ask))
        p.lead { (ask.t("desk-inbox-intro")) }
        form.desk-filter method="get" action=(ask.to("/inbox")) {
            p {
                label for="step" { (ask.t("desk-column-state")) }
                select #step name="step" {
                    option value="" { (ask.t("desk-inbox-open")) }
                    @for one in Step::ALL { option value=(one.word()) selected[step == Some(one)] { (ask.t(label(one))) } }
                }
            }
            button type="submit" { (ask.t("desk-queue-show")) }
        }
        @if rows.is_empty() { p { (ask.t("desk-inbox-none")) } } @else { (ui::table(&title, &columns, &rows)) }
    };
    Ok(frame::page(ask, &title, body))
}

fn row(ask: &Ask<'_>, received: &Received) -> Vec<Markup> {
    let start = if received.start.trim().is_empty() { received.about.to_string() } else { received.start.clone() };
    vec![
        html! { a href=(ask.to(format!("/inbox/{}", received.id))) { bdi { (start) } } },
        html! { code { (received.about) } },
        html! { span { (ask.t(label(received.step))) } },
        ui::date(ask.lang, &received.day.to_string()),
        html! { span { (received.files) } },
    ]
}

/// The message that names a step.
fn label(step: Step) -> &'static str {
    match step {
        Step::Received => "desk-step-received",
        Step::InReview => "desk-step-in-review",
        Step::Asked => "desk-step-asked",
        Step::Accepted => "desk-step-accepted",
        Step::Returned => "desk-step-returned",
        Step::Rejected => "desk-step-rejected",
    }
}

fn kept(ask: &Ask<'_>) -> Result<Kept, Failure> {
    inbox::read(&ask.desk.store, ask.number(0)?)?.ok_or(Failure::Missing)
}

/// One of them, whole.
pub(crate) fn suggestion(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let kept = kept(ask)?;
    let title = ask.t("desk-inbox-one");
    let body = html! {
        h1 { (title) }
        (frame::said(ask))
        p { span.badge { (ask.t(label(kept.standing.step))) } " " code { (kept.suggestion.about) } " " (ui::date(ask.lang, &kept.standing.received.to_string())) }
        dl.desk-cells {
            @for field in Field::ALL {
                @let words = kept.suggestion.fields.get(field);
                @if !words.is_empty() { div { dt { (ask.t(name(field))) } dd { bdi { (words) } } } }
            }
        }
        (files(ask, &kept))
        (talk(ask, &kept))
        (forms(ask, &kept))
    };
    Ok(frame::page(ask, &title, body))
}

fn name(field: Field) -> &'static str {
    match field {
        Field::What => "desk-inbox-field-what",
        Field::Place => "desk-inbox-field-where",
        Field::When => "desk-inbox-field-when",
        Field::Source => "desk-inbox-field-source",
        Field::Passage => "desk-inbox-field-passage",
        Field::Note => "desk-inbox-field-note",
    }
}

fn files(ask: &Ask<'_>, kept: &Kept) -> Markup {
    html! {
        @if !kept.suggestion.files.is_empty() {
            h2 { (ask.t("desk-inbox-files")) }
            p.help { (ask.t("desk-inbox-files-help")) }
            ul {
                @for number in 1..=kept.suggestion.files.len() {
                    li {
                        a href=(ask.to(format!("/inbox/{}/file/{number}", kept.id))) {
                            (ask.t_with("desk-inbox-file", &[("number", Arg::Text(&number.to_string()))]))
                        }
                    }
                }
            }
        }
    }
}

fn talk(ask: &Ask<'_>, kept: &Kept) -> Markup {
    html! {
        @if !kept.standing.said.is_empty() {
            h2 { (ask.t("desk-inbox-said")) }
            ul.desk-comments {
                @for word in &kept.standing.said {
                    li {
                        p { strong { (ask.t(if word.by_sender { "desk-inbox-sender" } else { "desk-inbox-desk" })) } " " (ui::date(ask.lang, &word.day.to_string())) }
                        p { bdi { (word.text) } }
                    }
                }
            }
        }
    }
}

fn forms(ask: &Ask<'_>, kept: &Kept) -> Markup {
    let to = |act: &str| ask.to(format!("/inbox/{}/{act}", kept.id));
    html! {
        h2 { (ask.t("desk-row-do")) }
        (frame::button(ask, &format!("/inbox/{}/draft", kept.id), &ask.t("desk-inbox-make"), &[]))
        @for (act, label) in [("ask", "desk-inbox-ask"), ("return", "desk-inbox-return"), ("reject", "desk-inbox-reject")] {
            form.desk-form method="post" action=(to(act)) {
                h3 { (ask.t(label)) }
                p {
                    label for=(format!("text-{act}")) { (ask.t("desk-inbox-text")) }
                    textarea id=(format!("text-{act}")) name="text" rows="3" required maxlength=(LONGEST) {}
                }
                button type="submit" { (ask.t(label)) }
            }
        }
        form.desk-form method="post" action=(to("forget")) {
            h3 { (ask.t("desk-inbox-forget")) }
            p.help { (ask.t("desk-inbox-forget-help")) }
            button type="submit" { (ask.t("desk-inbox-forget")) }
        }
    }
}

/// A cleaned file, to be saved and never shown here.
pub(crate) fn file(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let number = u32::try_from(ask.number(1)?).map_err(|_| Failure::Missing)?;
    let file = inbox::file(&ask.desk.store, ask.number(0)?, number)?.ok_or(Failure::Missing)?;
    Ok(Reply { download: file.name, ..Reply::data("application/octet-stream", file.bytes) })
}

/// Asks the sender something.
pub(crate) fn question(ask: &Ask<'_>) -> Result<Reply, Failure> {
    step(ask, Step::Asked)
}

/// Gives it back with what is missing.
pub(crate) fn give_back(ask: &Ask<'_>) -> Result<Reply, Failure> {
    step(ask, Step::Returned)
}

/// Ends it with a reason.
pub(crate) fn reject(ask: &Ask<'_>) -> Result<Reply, Failure> {
    step(ask, Step::Rejected)
}

fn step(ask: &Ask<'_>, step: Step) -> Result<Reply, Failure> {
    let (id, text) = (kept(ask)?.id, ask.field("text").trim());
    if text.is_empty() || text.len() > LONGEST {
        return Err(Failure::Refused("desk-refused-reason"));
    }
    inbox::set(&ask.desk.store, id, step, text, ask.desk.world.today())?;
    Ok(ask.done(&format!("/inbox/{id}"), "moved"))
}

/// Begins a draft with what it says.
pub(crate) fn draft(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (desk, kept) = (ask.desk, kept(ask)?);
    let edition = desk.writer.edition().map_err(|_| Failure::Broken)?;
    let draft = intake::begin(&desk.store, &*desk.world, ask.who()?, &kept, edition.state())?;
    inbox::set(&desk.store, kept.id, Step::InReview, "", desk.world.today())?;
    Ok(Reply::see_other(ask.to(format!("/draft/{draft}"))))
}

/// Deletes it.
pub(crate) fn forget(ask: &Ask<'_>) -> Result<Reply, Failure> {
    inbox::forget(&ask.desk.store, kept(ask)?.id)?;
    Ok(ask.done("/inbox", "removed"))
}
