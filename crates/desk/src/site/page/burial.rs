//! What a draft would destroy, for the second person to see before they approve; and how far it has come since.

use axum::http::StatusCode;
use maud::{Markup, html};
use ui::Arg;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::draft::{self, Shown};
use crate::accounts::Role;
use crate::drafts::masking;
use crate::drafts::review;
use crate::drafts::sheet::Sheet;
use crate::drafts::state::State;

/// The section of a draft's page; nothing where nothing is destroyed.
pub(crate) fn section(ask: &Ask<'_>, shown: &Shown) -> Result<Markup, Failure> {
    let sheet = Sheet::find("decisions").expect("invariant: the sheets have this word");
    let destroys = shown.content.rows(sheet).iter().any(|cells| cells[0] == "redact");
    if !destroys {
        return Ok(html! {});
    }
    let told = if shown.draft.state == State::Accepted { done(ask, shown) } else { foreseen(ask, shown)? };
    Ok(html! { section { h2 { (ask.t("desk-burial")) } (told) } })
}

/// What would go, and where the words would stay.
fn foreseen(ask: &Ask<'_>, shown: &Shown) -> Result<Markup, Failure> {
    if shown.proposal.graves.is_empty() {
        return Ok(html! { p { (ask.t("desk-burial-unsound")) } });
    }
    let plan = match ask.desk.writer.plan(&shown.proposal.graves) {
        Ok(plan) => plan,
        Err(why) => return Ok(html! { p.warning-box { bdi lang="en" { (why) } } }),
    };
    let here = ask.desk.store.read(|db| masking::count(db, &plan.words))?;
    let here = u64::try_from(here).unwrap_or_default();
    Ok(html! {
        p { (ask.t("desk-burial-help")) }
        p { (ask.t_with("desk-burial-doomed", &[("n", Arg::Count(plan.doomed.len() as u64))])) }
        ul { @for number in &plan.doomed { li { code { (number) } } } }
        @if here > 0 { p { (ask.t_with("desk-burial-here", &[("n", Arg::Count(here))])) } }
        @if !plan.elsewhere.is_empty() {
            div.warning-box {
                p { (ask.t("desk-burial-elsewhere")) }
                ul { @for told in &plan.elsewhere { li { bdi lang="en" { (told) } } } }
            }
        }
    })
}

/// Whether all of it is carried out.
fn done(ask: &Ask<'_>, shown: &Shown) -> Markup {
    let left = ask.desk.writer.unfinished().unwrap_or(1);
    let may = ask.who.as_ref().is_some_and(|who| who.roles.any(&[Role::Approver]));
    html! {
        @if left == 0 { p.notice-box { (ask.t("desk-burial-done")) } }
        @if left > 0 {
            p.warning-box { (ask.t("desk-burial-left")) }
            @if may { (frame::button(ask, &format!("/draft/{}/destroy", shown.draft.id), &ask.t("desk-burial-again"), &[])) }
        }
    }
}

/// Carries out what was decided and not finished. What is to go was approved before: nothing is chosen here.
pub(crate) fn destroy(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let draft = ask.draft()?;
    if draft.state != State::Accepted {
        return Err(Failure::Refused("desk-refused-state"));
    }
    match review::destroy(&ask.desk.store, &*ask.desk.writer) {
        Ok(_) => Ok(ask.done(&format!("/draft/{}", draft.id), "saved")),
        Err(_) => {
            let page = draft::page(ask, draft, Some("desk-burial-left"))?;
            Ok(page.with_status(StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}
