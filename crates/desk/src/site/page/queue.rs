//! The queue: all drafts, by state and by whose hands they are in.

use maud::{Markup, html};
use ui::Arg;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::home;
use crate::drafts::queue::{self, Asked, PAGE};
use crate::drafts::state::State;

/// The drafts that the address asks for.
pub(crate) fn queue(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask)?;
    let (drafts, count) = ask.desk.store.read(|db| queue::list(db, asked))?;
    let title = ask.t("desk-queue");
    let body = html! {
        h1 { (title) }
        (form(ask, asked))
        p { (ask.t_with("desk-queue-count", &[("n", Arg::Count(count.unsigned_abs()))])) }
        @if !drafts.is_empty() { (home::list(ask, &title, &drafts)) }
        (pages(ask, asked, count))
    };
    Ok(frame::page(ask, &title, body))
}

/// What the address asks for.
pub(super) fn asked(ask: &Ask<'_>) -> Result<Asked, Failure> {
    let who = ask.who()?;
    let mine = |name: &str| (ask.asked(name) == "me").then_some(who.id);
    Ok(Asked {
        state: State::parse(ask.asked("state")),
        author: mine("author"),
        assigned: mine("assigned"),
        free: ask.asked("assigned") == "nobody",
        page: ask.asked("page").parse().unwrap_or(0).clamp(0, 1_000_000),
    })
}

fn form(ask: &Ask<'_>, asked: Asked) -> Markup {
    let held = ["", "me", "nobody"];
    let label = |word: &str| match word {
        "me" => "desk-queue-me",
        "nobody" => "desk-queue-nobody",
        _ => "desk-queue-all",
    };
    html! {
        form.desk-filter method="get" action=(ask.to("/drafts")) {
            p {
                label for="state" { (ask.t("desk-column-state")) }
                select #state name="state" {
                    option value="" { (ask.t("desk-queue-all")) }
                    @for state in State::ALL {
                        option value=(state.word()) selected[asked.state == Some(state)] { (ask.t(home::label(state))) }
                    }
                }
            }
            p {
                label for="author" { (ask.t("desk-column-author")) }
                select #author name="author" {
                    @for word in &held[..2] { option value=(word) selected[ask.asked("author") == *word] { (ask.t(label(word))) } }
                }
            }
            p {
                label for="assigned" { (ask.t("desk-column-assigned")) }
                select #assigned name="assigned" {
                    @for word in held { option value=(word) selected[ask.asked("assigned") == word] { (ask.t(label(word))) } }
                }
            }
            button type="submit" { (ask.t("desk-queue-show")) }
        }
    }
}

fn pages(ask: &Ask<'_>, asked: Asked, count: i64) -> Markup {
    let words = ["state", "author", "assigned"].map(|name| format!("{name}={}", encoded(ask.asked(name)))).join("&");
    let to = |page: i64| ask.to(format!("/drafts?{words}&page={page}"));
    let more = (asked.page + 1) * PAGE < count;
    html! {
        @if asked.page > 0 || more {
            nav.pager aria-label=(ask.t("desk-queue-pages")) {
                @if asked.page > 0 { a href=(to(asked.page - 1)) { (ask.t("desk-queue-newer")) } " " }
                @if more { a href=(to(asked.page + 1)) { (ask.t("desk-queue-older")) } }
            }
        }
    }
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
