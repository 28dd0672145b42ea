//! The first page: one's own drafts, and how many wait for whom.

use maud::{Markup, html};
use ui::{Arg, Column};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use crate::drafts::queue::{self, Asked, Entry};
use crate::drafts::state::{READERS, State, WRITERS};
use crate::drafts::{self, LONGEST_TITLE};

/// One's own drafts, and the way to begin one.
pub(crate) fn home(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let who = ask.who()?;
    let title = ask.t("desk-home");
    let (own, waiting) = ask.desk.store.read(|db| {
        let own = queue::list(db, Asked { author: Some(who.id), ..Asked::default() })?;
        let waiting = queue::list(db, Asked { state: Some(State::Submitted), ..Asked::default() })?.1;
        Ok((own, waiting))
    })?;
    let body = html! {
        h1 { (title) }
        (frame::said(ask))
        @if who.roles.any(READERS) {
            p { a href=(ask.to("/drafts?state=submitted")) { (ask.t_with("desk-home-waiting", &[("n", Arg::Count(waiting.unsigned_abs()))])) } }
        }
        @if who.roles.any(WRITERS) {
            (begin_form(ask))
            h2 { (ask.t("desk-home-own")) }
            p { a href=(ask.to("/drafts/import")) { (ask.t("parcel")) } }
            @if own.0.is_empty() { p { (ask.t("desk-home-none")) } } @else { (list(ask, &ask.t("desk-home-own"), &own.0)) }
        }
    };
    Ok(frame::page(ask, &title, body))
}

fn begin_form(ask: &Ask<'_>) -> Markup {
    html! {
        form.desk-form method="post" action=(ask.to("/drafts")) {
            p {
                label for="title" { (ask.t("desk-home-title")) }
                input #title name="title" type="text" required maxlength=(LONGEST_TITLE);
            }
            button type="submit" { (ask.t("desk-home-begin")) }
        }
    }
}

/// Begins a draft.
pub(crate) fn begin(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let id = drafts::begin(&ask.desk.store, &*ask.desk.world, ask.who()?, ask.field("title"), None)?;
    Ok(Reply::see_other(ask.to(format!("/draft/{id}"))))
}

/// Drafts as a table.
pub(crate) fn list(ask: &Ask<'_>, caption: &str, drafts: &[Entry]) -> Markup {
    let columns = [
        Column::text(ask.t("desk-column-draft")),
        Column::text(ask.t("desk-column-state")),
        Column::text(ask.t("desk-column-author")),
        Column::text(ask.t("desk-column-assigned")),
        Column::text(ask.t("desk-column-changed")),
        Column::number(ask.t("desk-column-comments")),
    ];
    let row = |draft: &Entry| {
        vec![
            html! { a href=(ask.to(format!("/draft/{}", draft.id))) { bdi { (name(ask, &draft.title, draft.id)) } } },
            html! { span { (ask.t(label(draft.state))) } },
            html! { bdi { (draft.author) } },
            html! { @if let Some(assigned) = &draft.assigned { bdi { (assigned) } } },
            html! { (ui::date(ask.lang, &draft.changed)) },
            html! { span { (draft.open) } },
        ]
    };
    ui::table(caption, &columns, &drafts.iter().map(row).collect::<Vec<_>>())
}

/// A draft's title, or its number where it has none.
pub(crate) fn name(ask: &Ask<'_>, title: &str, id: i64) -> String {
    match title {
        "" => ask.t_with("desk-draft-number", &[("number", Arg::Text(&id.to_string()))]),
        title => title.to_owned(),
    }
}

/// The message that names a state.
pub(crate) fn label(state: State) -> &'static str {
    match state {
        State::Draft => "desk-state-draft",
        State::Submitted => "desk-state-submitted",
        State::InReview => "desk-state-in-review",
        State::Accepting => "desk-state-accepting",
        State::Accepted => "desk-state-accepted",
        State::Returned => "desk-state-returned",
        State::Rejected => "desk-state-rejected",
    }
}
