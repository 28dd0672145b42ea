//! One research task: what is missing, how to find it, what a result looks like, and the way to a draft.

use edition::Edition;
use maud::{Markup, html};
use model::{Id, Subject};
use serde_json::json;
use ui::Arg;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::{find, tasks as list};
use crate::accounts::Account;
use crate::drafts::LONGEST_TITLE;
use crate::drafts::state::REVIEWERS;
use crate::tasks::kind::Kind;
use crate::tasks::{self, DAYS, Refused, State, Task, begin};

/// The page.
pub(crate) fn task(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    tasks::lapse(&ask.desk.store, &*ask.desk.world)?;
    let task = read(ask)?;
    let title = ask.t(task.kind.title);
    let finds = task.kind.still_finds(&edition, &task.record);
    let body = html! {
        h1 { (title) }
        (list::said(ask))
        p {
            span.badge { (ask.t(state_label(task.state))) } " "
            bdi { (record_name(ask, &edition, &task.record)) } " " code { (task.record) }
        }
        @if let Some(until) = &task.until { p { (ask.t("tasks-until")) ": " (ui::date(ask.lang, until)) } }
        @if !finds && matches!(task.state, State::Open | State::Taken) { p.warning-box { (ask.t("task-solved")) } }
        div.desk-buttons { (buttons(ask, &task)) }
        (guidance(ask, task.kind))
        (known(ask, &edition, &task.record))
        p { a href=(ask.to("/tasks")) { (ask.t("tasks-back")) } }
    };
    Ok(frame::page(ask, &title, body))
}

/// The same for programs.
pub(crate) fn task_json(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let task = read(ask)?;
    Ok(Reply::json(&json(ask.who()?, &task)))
}

/// A task as data; who holds it is for those who may see that.
pub(super) fn json(who: &Account, task: &Task) -> serde_json::Value {
    let sees = tasks::may_see_holder(who, task);
    json!({
        "id": task.id,
        "kind": task.kind.id,
        "record": task.record,
        "filter": task.filter,
        "state": task.state.word(),
        "made": task.made,
        "until": task.until,
        "holder": task.holder_name.as_ref().filter(|_| sees),
        "draft": task.draft.filter(|_| sees),
    })
}

fn read(ask: &Ask<'_>) -> Result<Task, Failure> {
    let id = ask.number(0)?;
    ask.desk.store.read(|db| tasks::read(db, id))?.ok_or(Failure::Missing)
}

fn buttons(ask: &Ask<'_>, task: &Task) -> Markup {
    let who = ask.who.as_ref();
    let holds = who.is_some_and(|who| task.holder == Some(who.id));
    let sees = who.is_some_and(|who| tasks::may_see_holder(who, task));
    let may_drop = who.is_some_and(|who| who.roles.any(REVIEWERS));
    let at = |act: &str| format!("/task/{}/{act}", task.id);
    let days = DAYS.unsigned_abs();
    html! {
        @match task.state {
            State::Open => (frame::button(ask, &at("take"), &ask.t_with("task-take", &[("n", Arg::Count(days))]), &[])),
            State::Taken if holds && task.draft.is_none() => (frame::button(ask, &at("draft"), &ask.t("task-begin"), &[])),
            _ => {},
        }
        @if let Some(draft) = task.draft.filter(|_| sees) { a href=(ask.to(format!("/draft/{draft}"))) { (ask.t("task-draft")) } }
        @if task.state == State::Taken && holds { (frame::button(ask, &at("back"), &ask.t("task-give-back"), &[])) }
        @if may_drop && matches!(task.state, State::Open | State::Taken) {
            (frame::button(ask, &at("drop"), &ask.t("task-drop"), &[]))
        }
    }
}

/// What helps with tasks of a kind.
pub(super) fn guidance(ask: &Ask<'_>, kind: &Kind) -> Markup {
    html! {
        section.desk-guidance {
            h2 { (ask.t("task-how")) }
            p { (ask.t(kind.how)) }
            h3 { (ask.t("task-result")) }
            p { (ask.t(kind.result)) }
            p.help { (ask.t("task-time")) }
        }
    }
}

/// What is known of a record already.
fn known(ask: &Ask<'_>, edition: &Edition, record: &str) -> Markup {
    let subject = match record.split_once('/') {
        Some(("link", id)) => Id::parse(id).map(Subject::Link),
        Some(("item", id)) => Id::parse(id).map(Subject::Item),
        _ => None,
    };
    let term = record.strip_prefix("term/").and_then(|id| edition.terms().find(|term| term.id.as_str() == id));
    html! {
        @if let Some(subject) = subject {
            section { p.help { (ask.t("task-known")) } (find::claims(ask, edition.state(), &subject)) }
        }
        @if let Some(term) = term {
            section {
                p.help { (ask.t("task-known")) }
                @for text in term.names.iter().chain(&term.definitions) { p lang=(text.lang()) { (text.text()) } }
            }
        }
    }
}

/// What a record is called: a link by its ends and its type.
pub(super) fn record_name(ask: &Ask<'_>, edition: &Edition, record: &str) -> String {
    let tag = ask.lang.tag();
    let name = match record.split_once('/') {
        Some(("link", id)) => edition.link(id).live().map(|link| {
            let known = ask.desk.vocabulary.link_types.get(link.link_type());
            let verb = known.map_or_else(|| link.link_type().to_owned(), |known| known.label.get(tag).to_owned());
            format!("{} – {verb} – {}", link.subject().name(tag), link.object().name(tag))
        }),
        Some(("item", id)) => edition.item(id).live().map(|item| item.name(tag).to_owned()),
        Some(("term", id)) => {
            let term = edition.terms().find(|term| term.id.as_str() == id);
            term.and_then(|term| term.names.first()).map(|name| name.text().to_owned())
        }
        _ => None,
    };
    name.unwrap_or_else(|| record.to_owned())
}

/// The message that names a state.
pub(super) fn state_label(state: State) -> &'static str {
    match state {
        State::Open => "task-state-open",
        State::Taken => "task-state-taken",
        State::Submitted => "task-state-submitted",
        State::Done => "task-state-done",
        State::Dropped => "task-state-dropped",
    }
}

/// Takes it.
pub(crate) fn take(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (id, desk) = (read(ask)?.id, ask.desk);
    done(ask, id, tasks::take(&desk.store, &*desk.world, ask.who()?, id)?, "taken")
}

/// Gives it back.
pub(crate) fn give_back(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (id, desk) = (read(ask)?.id, ask.desk);
    done(ask, id, tasks::give_back(&desk.store, &*desk.world, ask.who()?, id)?, "back")
}

/// Ends it.
pub(crate) fn end(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (id, desk) = (read(ask)?.id, ask.desk);
    done(ask, id, tasks::end(&desk.store, &*desk.world, id)?, "dropped")
}

fn done(ask: &Ask<'_>, id: i64, outcome: Result<(), Refused>, said: &str) -> Result<Reply, Failure> {
    match outcome {
        Ok(()) => Ok(ask.done(&format!("/task/{id}"), said)),
        Err(refused) => Err(Failure::Refused(refused.message())),
    }
}

/// Begins its draft.
pub(crate) fn draft(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (task, desk) = (read(ask)?, ask.desk);
    let edition = desk.writer.edition().map_err(|_| Failure::Broken)?;
    let title = format!("{}: {}", ask.t(task.kind.title), record_name(ask, &edition, &task.record));
    let title: String = title.chars().take(LONGEST_TITLE).collect();
    match begin::begin(&desk.store, &*desk.world, ask.who()?, &task, (&title, &edition))? {
        Some(draft) => Ok(Reply::see_other(ask.to(format!("/draft/{draft}")))),
        None => Err(Failure::Refused("task-refused-state")),
    }
}

/// The guidance beside a draft that was begun from a task.
pub(super) fn beside(ask: &Ask<'_>, draft: i64) -> Result<Markup, Failure> {
    let task = ask.desk.store.read(|db| tasks::of_draft(db, draft))?;
    Ok(html! {
        @if let Some(task) = task {
            details.desk-guidance open {
                summary { (ask.t("task-of-draft")) }
                p { a href=(ask.to(format!("/task/{}", task.id))) { (ask.t(task.kind.title)) } }
                p { (ask.t(task.kind.how)) }
                p { strong { (ask.t("task-result")) } " " (ask.t(task.kind.result)) }
            }
        }
    })
}
