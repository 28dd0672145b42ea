//! What can be done with a draft, what was said about it, and what happened to it.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::draft::{self, Shown};
use super::rights;
use crate::accounts::Role;
use crate::drafts::review::{self, Event, LONGEST, Refused, Wish};
use crate::drafts::state::{Act, REVIEWERS};
use crate::drafts::{content, propose, queue};
use crate::{accounts, privacy};

/// The forms for what whoever looks may do now.
pub(crate) fn section(ask: &Ask<'_>, shown: &Shown) -> Markup {
    let (draft, who) = (&shown.draft, ask.who.as_ref());
    let may = |act: &Act| {
        let fits = act.path().0.contains(&draft.state) && who.is_some_and(|who| who.roles.any(act.roles()));
        let own = who.is_some_and(|who| who.id == draft.author);
        let wrote = who.is_some_and(|who| shown.writers.contains(&who.id));
        fits && if act.is_authors() { own } else { !wrote }
    };
    let acts: Vec<Act> = Act::ALL.into_iter().filter(may).collect();
    html! {
        section {
            h2 { (ask.t("desk-review")) }
            p { (ask.t("desk-review-hash")) " " code { (crate::hash::hex(&draft.hash)) } }
            @if !shown.proposal.is_sound() && !draft.state.is_over() {
                p.warning-box { (ask.t(if propose::errors(&shown.proposal.problems) > 0 { "desk-review-errors" } else { "desk-review-nothing" })) }
            }
            @if acts.is_empty() { p { (ask.t("desk-review-none")) } }
            @for act in acts { (form(ask, shown, act)) }
            @if who.is_some_and(|who| who.roles.any(REVIEWERS)) { (assign_form(ask, shown)) }
        }
    }
}

fn form(ask: &Ask<'_>, shown: &Shown, act: Act) -> Markup {
    let (reason, interest) = (format!("reason-{}", act.word()), format!("interest-{}", act.word()));
    html! {
        form.desk-form method="post" action=(ask.to(format!("/draft/{}/{}", shown.draft.id, act.word()))) {
            h3 { (ask.t(label(act))) }
            input type="hidden" name="hash" value=(crate::hash::hex(&shown.draft.hash));
            @if act.needs_reason() {
                p { label for=(reason) { (ask.t("desk-reason")) } textarea id=(reason) name="reason" rows="3" required maxlength=(LONGEST) {} }
            }
            @if act.needs_interest() {
                p {
                    label for=(interest) { (ask.t("desk-interest")) }
                    textarea id=(interest) name="interest" rows="2" required maxlength=(LONGEST) aria-describedby=(format!("{interest}-help")) {}
                }
                p.help id=(format!("{interest}-help")) { (ask.t("desk-interest-help")) }
            }
            @if act == Act::Submit && !shown.personal.is_empty() {
                label.choice { input type="checkbox" name="personal" value="seen" required; span.choice-label { (ask.t("desk-personal-seen")) } }
            }
            button type="submit" { (ask.t(label(act))) }
        }
    }
}

fn assign_form(ask: &Ask<'_>, shown: &Shown) -> Markup {
    let open = accounts::all(&ask.desk.store).unwrap_or_default();
    let reviewers = open.iter().filter(|listed| listed.closed.is_none() && listed.account.roles.any(REVIEWERS));
    html! {
        form.desk-form method="post" action=(ask.to(format!("/draft/{}/assign", shown.draft.id))) {
            h3 { (ask.t("desk-assign")) }
            p {
                label for="to" { (ask.t("desk-column-assigned")) }
                select #to name="to" {
                    option value="" { (ask.t("desk-queue-nobody")) }
                    @for listed in reviewers {
                        option value=(listed.account.id) selected[shown.draft.assigned == Some(listed.account.id)] { (listed.account.name) }
                    }
                }
            }
            button type="submit" { (ask.t("desk-assign")) }
        }
    }
}

/// The message that names an act.
pub(crate) fn label(act: Act) -> &'static str {
    match act {
        Act::Submit => "desk-act-submit",
        Act::Recall => "desk-act-recall",
        Act::Take => "desk-act-take",
        Act::Return => "desk-act-return",
        Act::Reject => "desk-act-reject",
        Act::Accept => "desk-act-accept",
    }
}

/// What was said.
pub(crate) fn talk(ask: &Ask<'_>, shown: &Shown) -> Markup {
    let id = shown.draft.id;
    html! {
        section {
            h2 { (ask.t("desk-comments")) }
            @if !shown.comments.is_empty() {
                ul.desk-comments {
                    @for comment in &shown.comments {
                        li {
                            p { strong { bdi { (comment.who) } } " " (ui::date(ask.lang, &comment.day)) }
                            p { bdi { (comment.text) } }
                            @match &comment.resolved {
                                Some(name) => p.help { (ask.t("desk-resolved-by")) " " bdi { (name) } },
                                None => (frame::button(ask, &format!("/draft/{id}/resolve"), &ask.t("desk-resolve"), &[("comment", &comment.id.to_string())])),
                            }
                        }
                    }
                }
            }
            form.desk-form method="post" action=(ask.to(format!("/draft/{id}/comment"))) {
                p { label for="comment" { (ask.t("desk-comment")) } textarea #comment name="text" rows="3" required maxlength=(queue::LONGEST) {} }
                button type="submit" { (ask.t("desk-comment-do")) }
            }
        }
    }
}

/// What happened, step by step.
pub(crate) fn history(ask: &Ask<'_>, events: &[Event]) -> Markup {
    let act = |word: &str| Act::parse(word).map_or_else(|| word.to_owned(), |act| ask.t(label(act)));
    let role = |word: &str| Role::parse(word).map_or_else(String::new, |role| ask.t(rights::label(role)));
    html! {
        @if !events.is_empty() {
            section {
                h2 { (ask.t("desk-history")) }
                ol {
                    @for event in events {
                        li {
                            (ui::date(ask.lang, &event.day)) " " (act(&event.act)) " – " bdi { (event.who) } " (" (role(&event.role)) ") "
                            code { (&crate::hash::hex(&event.hash)[..12]) }
                            @if !event.reason.is_empty() { p { (ask.t("desk-reason")) ": " bdi { (event.reason) } } }
                            @if !event.interest.is_empty() { p { (ask.t("desk-interest")) ": " bdi { (event.interest) } } }
                        }
                    }
                }
            }
        }
    }
}

/// Asks for a review of what was before the sender's eyes.
pub(crate) fn submit(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, desk) = (ask.draft()?, ask.desk);
    let edition = desk.writer.edition().map_err(|_| Failure::Broken)?;
    let digest = content::hash(draft.id, &draft.text);
    let proposal = propose::propose(&draft.content(), digest, &desk.vocabulary, edition.state(), desk.world.today());
    if !proposal.is_sound() {
        return refuse(ask, Refused::Unsound);
    }
    if ask.field("personal") != "seen" && !privacy::screen(&draft.content()).is_empty() {
        let page = draft::page(ask, draft, Some("desk-refused-personal"))?;
        return Ok(page.with_status(StatusCode::CONFLICT));
    }
    act(ask, Act::Submit)
}

/// Takes it back to write on.
pub(crate) fn recall(ask: &Ask<'_>) -> Result<Reply, Failure> {
    act(ask, Act::Recall)
}

/// Begins to review it.
pub(crate) fn take(ask: &Ask<'_>) -> Result<Reply, Failure> {
    act(ask, Act::Take)
}

/// Gives it back with a reason.
pub(crate) fn give_back(ask: &Ask<'_>) -> Result<Reply, Failure> {
    act(ask, Act::Return)
}

/// Ends it with a reason.
pub(crate) fn reject(ask: &Ask<'_>) -> Result<Reply, Failure> {
    act(ask, Act::Reject)
}

fn act(ask: &Ask<'_>, act: Act) -> Result<Reply, Failure> {
    let (desk, id) = (ask.desk, ask.draft()?.id);
    match review::act(&desk.store, &*desk.world, ask.who()?, id, wish(ask, act))? {
        Ok(_) => Ok(ask.done(&format!("/draft/{id}"), "moved")),
        Err(refused) => refuse(ask, refused),
    }
}

/// Approves it, and writes it to the ledger.
pub(crate) fn accept(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (desk, id) = (ask.desk, ask.draft()?.id);
    let with = (&*desk.store, &*desk.world, &*desk.writer);
    match review::accept(with, &desk.vocabulary, ask.who()?, id, wish(ask, Act::Accept))? {
        Ok(_) => Ok(ask.done(&format!("/draft/{id}"), "accepted")),
        Err(refused) => refuse(ask, refused),
    }
}

fn wish<'w>(ask: &'w Ask<'_>, act: Act) -> Wish<'w> {
    Wish { act, hash: ask.field("hash"), reason: ask.field("reason"), interest: ask.field("interest") }
}

/// The draft's page with the reason; nothing that was written is lost by going back.
fn refuse(ask: &Ask<'_>, refused: Refused) -> Result<Reply, Failure> {
    if refused == Refused::Missing {
        return Err(Failure::Missing);
    }
    let page = draft::page(ask, ask.draft()?, Some(refused.message()))?;
    Ok(page.with_status(StatusCode::CONFLICT))
}

/// Gives it into somebody's hands.
pub(crate) fn assign(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, to) = (ask.draft()?, ask.field("to").parse::<i64>().ok());
    let fits = |id: i64| ask.desk.store.read(|db| accounts::open(db, id));
    let account = to.map(fits).transpose()?.flatten();
    if to.is_some() && !account.is_some_and(|account| account.roles.any(REVIEWERS)) {
        return Err(Failure::Query);
    }
    queue::assign(&ask.desk.store, draft.id, to)?;
    Ok(ask.done(&format!("/draft/{}", draft.id), "saved"))
}

/// Says something about it.
pub(crate) fn comment(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let draft = ask.draft()?;
    let said = queue::comment(&ask.desk.store, &*ask.desk.world, ask.who()?, draft.id, ask.field("text"))?;
    if said { Ok(ask.done(&format!("/draft/{}", draft.id), "comment")) } else { Err(Failure::Query) }
}

/// Resolves a comment.
pub(crate) fn resolve(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let draft = ask.draft()?;
    let comment = ask.field("comment").parse().map_err(|_| Failure::Query)?;
    let done = queue::resolve(&ask.desk.store, &*ask.desk.world, ask.who()?, draft.id, comment)?;
    if done { Ok(ask.done(&format!("/draft/{}", draft.id), "resolved")) } else { Err(Failure::Missing) }
}
