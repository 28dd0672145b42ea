//! Who may do what: the table of routes as people read it.

use axum::http::Method;
use maud::{Markup, html};
use ui::Column;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::super::route::{ROUTES, Who};
use crate::accounts::Role;

/// One row for each route, one column for each role.
pub(crate) fn rights(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let title = ask.t("desk-rights");
    let mut columns = vec![Column::text(ask.t("desk-rights-what"))];
    columns.extend(Role::ALL.map(|role| Column::text(ask.t(label(role)))));
    let rows: Vec<Vec<Markup>> = ROUTES
        .iter()
        .filter(|route| matches!(route.who, Who::Roles(_)))
        .map(|route| {
            let what = html! { (ask.t(route.what)) " " code { (verb(&route.method)) " " (route.path) } };
            let cell = |role| html! { (ask.t(if route.lets(role) { "desk-yes" } else { "desk-no" })) };
            std::iter::once(what).chain(Role::ALL.map(cell)).collect()
        })
        .collect();
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("desk-rights-intro")) }
        ul {
            li { (ask.t("desk-rights-two")) }
            li { (ask.t("desk-rights-own")) }
            li { (ask.t("desk-rights-day")) }
        }
        (ui::table(&title, &columns, &rows))
    };
    Ok(frame::page(ask, &title, body))
}

/// The message that names a role.
pub(crate) fn label(role: Role) -> &'static str {
    match role {
        Role::Contributor => "desk-role-contributor",
        Role::Researcher => "desk-role-researcher",
        Role::Editor => "desk-role-editor",
        Role::Approver => "desk-role-approver",
        Role::Admin => "desk-role-admin",
    }
}

fn verb(method: &Method) -> &str {
    method.as_str()
}
