//! Many rows at once: a table, pasted.

use axum::http::StatusCode;
use maud::html;
use model::Problem;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::{field, row};
use crate::drafts::Draft;
use crate::drafts::content::Content;
use crate::drafts::sheet::SHEETS;

/// The form.
pub(crate) fn form(ask: &Ask<'_>) -> Result<Reply, Failure> {
    Ok(show(ask, &ask.draft()?, "", &[]))
}

/// Adds the rows, or gives the text back with what is wrong with it.
pub(crate) fn paste(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, text) = (ask.draft()?, ask.field("table"));
    if let Err(problems) = Content::default().paste(text.as_bytes()) {
        return Ok(show(ask, &draft, text, &problems).with_status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    row::store(ask, &draft, "pasted", |content| drop(content.paste(text.as_bytes())))
}

fn show(ask: &Ask<'_>, draft: &Draft, text: &str, problems: &[Problem]) -> Reply {
    let title = ask.t("desk-paste");
    let body = html! {
        h1 { (title) }
        p { a href=(ask.to(format!("/draft/{}", draft.id))) { (ask.t("desk-back-draft")) } }
        p.lead { (ask.t("desk-paste-help")) }
        @if !problems.is_empty() { div.warning-box role="alert" { (field::problems(ask, problems.iter())) } }
        form.desk-form method="post" action=(ask.to(format!("/draft/{}/paste", draft.id))) {
            input type="hidden" name="base" value=(draft.version);
            p {
                label for="table" { (ask.t("desk-paste-table")) }
                textarea #table name="table" rows="16" required { (text) }
            }
            button type="submit" { (ask.t("desk-paste-do")) }
        }
        h2 { (ask.t("desk-paste-columns")) }
        dl.desk-cells {
            @for sheet in &SHEETS {
                div { dt { (sheet.file()) } dd { code { (sheet.fields.iter().map(|f| f.column).collect::<Vec<_>>().join(",")) } } }
            }
        }
    };
    frame::page(ask, &title, body)
}
