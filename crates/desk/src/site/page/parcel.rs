//! One's own drafts as a file to take home, and the way back.

use axum::http::StatusCode;
use maud::html;
use model::Problem;
use ui::Arg;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::field;
use crate::drafts::parcel::{self, Returned};
use crate::drafts::queue::{self, Asked};
use crate::drafts::{self, Draft};

/// All of one's drafts.
pub(crate) fn take(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let who = ask.who()?;
    let own: Vec<Draft> = ask.desk.store.read(|db| {
        let (mut all, mut page) = (Vec::new(), 0);
        loop {
            let (entries, count) = queue::list(db, Asked { author: Some(who.id), page, ..Asked::default() })?;
            for entry in &entries {
                all.extend(drafts::read(db, entry.id)?);
            }
            page += 1;
            if entries.is_empty() || all.len() as i64 >= count || all.len() >= parcel::MOST {
                return Ok(all);
            }
        }
    })?;
    let download = "drafts.zip".to_owned();
    Ok(Reply { download, ..Reply::data("application/zip", parcel::pack(&own)) })
}

/// The page with both ways.
pub(crate) fn form(ask: &Ask<'_>) -> Result<Reply, Failure> {
    Ok(show(ask, None, &[]))
}

fn show(ask: &Ask<'_>, problem: Option<&Problem>, returned: &[(i64, Returned)]) -> Reply {
    let title = ask.t("parcel");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("parcel-help")) }
        @if let Some(problem) = problem { div.warning-box role="alert" { (field::problems(ask, std::iter::once(problem))) } }
        @if !returned.is_empty() {
            section.notice-box role="status" {
                p { (ask.t_with("parcel-back", &[("n", Arg::Count(returned.len() as u64))])) }
                ul {
                    @for (id, one) in returned {
                        li {
                            a href=(ask.to(format!("/draft/{id}"))) { bdi { (super::home::name(ask, &one.title, *id)) } }
                            @if one.changed { " " (ask.t("parcel-changed")) }
                        }
                    }
                }
            }
        }
        p { a href="/drafts.zip" download { (ui::icon("download")) " " (ask.t("parcel-take")) } }
        form.desk-form method="post" action=(ask.to("/drafts/import")) enctype="multipart/form-data" {
            p {
                label for="file" { (ask.t("parcel-file")) }
                input #file name="file" type="file" accept=".zip" required;
            }
            button type="submit" { (ask.t("parcel-do")) }
        }
    };
    frame::page(ask, &title, body)
}

/// Begins a draft for each of those in the file.
pub(crate) fn bring(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (desk, who) = (ask.desk, ask.who()?);
    let returned = match parcel::unpack(ask.file("file").unwrap_or_default()) {
        Ok(returned) => returned,
        Err(problem) => return Ok(show(ask, Some(&problem), &[]).with_status(StatusCode::UNPROCESSABLE_ENTITY)),
    };
    let mut begun = Vec::new();
    for one in returned {
        let id = drafts::begin(&desk.store, &*desk.world, who, &one.title, None)?;
        drafts::save(&desk.store, &*desk.world, who, (id, 1), &one.content)?;
        begun.push((id, one));
    }
    Ok(show(ask, None, &begun))
}
