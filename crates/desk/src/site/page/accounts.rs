//! Accounts, for administrators: who works here, links for the first log-in, roles, and what administrators did.

use axum::http::StatusCode;
use maud::{Markup, html};
use ui::{Arg, Column};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::rights;
use crate::accounts::enrol;
use crate::accounts::{self, Listed, Refused, Role, Roles};

/// The list, and the form for a new one.
pub(crate) fn accounts(ask: &Ask<'_>) -> Result<Reply, Failure> {
    show(ask, &html! {})
}

fn show(ask: &Ask<'_>, news: &Markup) -> Result<Reply, Failure> {
    let (title, all) = (ask.t("desk-accounts"), accounts::all(&ask.desk.store)?);
    let columns = [
        Column::text(ask.t("desk-login-name")),
        Column::text(ask.t("desk-accounts-roles")),
        Column::text(ask.t("desk-accounts-since")),
        Column::text(ask.t("desk-row-do")),
    ];
    let rows: Vec<Vec<Markup>> = all.iter().map(|listed| row(ask, listed)).collect();
    let body = html! {
        h1 { (title) }
        (frame::said(ask))
        (news)
        form.desk-form method="post" action=(ask.to("/accounts")) {
            h2 { (ask.t("desk-accounts-invite")) }
            p.help { (ask.t("desk-accounts-invite-help")) }
            p {
                label for="name" { (ask.t("desk-login-name")) }
                input #name name="name" type="text" required maxlength="60" autocomplete="off";
            }
            (boxes(ask, Roles::of([Role::Contributor])))
            button type="submit" { (ask.t("desk-accounts-link")) }
        }
        (ui::table(&title, &columns, &rows))
    };
    Ok(frame::page(ask, &title, body))
}

fn boxes(ask: &Ask<'_>, roles: Roles) -> Markup {
    html! {
        fieldset {
            legend { (ask.t("desk-accounts-roles")) }
            @for role in Role::ALL {
                label.choice {
                    input type="checkbox" name="role" value=(role.word()) checked[roles.has(role)];
                    span.choice-label { (ask.t(rights::label(role))) }
                }
            }
        }
    }
}

fn row(ask: &Ask<'_>, listed: &Listed) -> Vec<Markup> {
    let account = &listed.account;
    let roles =
        account.roles.all().map(|role| ask.t(rights::label(role))).collect::<Vec<_>>().join(&ask.t("list-comma"));
    vec![
        html! { bdi { (account.name) } },
        html! { span { (roles) } },
        html! {
            div {
                (ui::date(ask.lang, &listed.made)) " "
                @if let Some(closed) = &listed.closed { (ask.t("desk-accounts-closed")) " " (ui::date(ask.lang, closed)) }
                @else if !listed.enrolled { (ask.t("desk-accounts-waiting")) }
            }
        },
        html! { @if listed.closed.is_none() { (forms(ask, listed)) } },
    ]
}

fn forms(ask: &Ask<'_>, listed: &Listed) -> Markup {
    let account = &listed.account;
    html! {
        div {
            details {
                summary { (ask.t("desk-accounts-change")) }
                form.desk-form method="post" action=(ask.to(format!("/account/{}/roles", account.id))) {
                    (boxes(ask, account.roles))
                    button type="submit" { (ask.t("desk-save")) }
                }
                (frame::button(ask, "/accounts", &ask.t("desk-accounts-link"), &[("name", &account.name)]))
                (frame::button(ask, &format!("/account/{}/close", account.id), &ask.t("desk-accounts-close"), &[]))
            }
        }
    }
}

/// Makes an account, or a new link for one. The link is shown this once.
pub(crate) fn invite(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (desk, who) = (ask.desk, ask.who()?);
    match enrol::invite(&desk.store, &*desk.world, Some(who.id), (ask.field("name"), chosen(ask)))? {
        Err(refused) => refuse(ask, refused),
        Ok(token) => {
            let link = format!("{}{}", desk.setup.address, ask.to(format!("/enrol/{}", token.text())));
            let name = [("name", Arg::Text(ask.field("name").trim()))];
            show(
                ask,
                &html! { div.notice-box role="status" { p { (ask.t_with("desk-accounts-made", &name)) } p { code { (link) } } } },
            )
        }
    }
}

fn chosen(ask: &Ask<'_>) -> Roles {
    Roles::of(ask.form.iter().filter(|(name, _)| name == "role").filter_map(|(_, word)| Role::parse(word)))
}

fn refuse(ask: &Ask<'_>, refused: Refused) -> Result<Reply, Failure> {
    let key = match refused {
        Refused::Name => "desk-accounts-refused-name",
        Refused::NoRole => "desk-accounts-refused-role",
        Refused::Unknown => "desk-accounts-refused-unknown",
        Refused::LastAdmin => "desk-accounts-refused-last",
    };
    let page = show(ask, &html! { p.warning-box role="alert" { (ask.t(key)) } })?;
    Ok(page.with_status(StatusCode::CONFLICT))
}

/// Gives an account other roles.
pub(crate) fn roles(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (desk, by) = (ask.desk, ask.who()?.id);
    done(ask, accounts::change(&desk.store, &*desk.world, by, ask.number(0)?, chosen(ask))?)
}

/// Closes an account.
pub(crate) fn close(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (desk, by) = (ask.desk, ask.who()?.id);
    done(ask, accounts::close(&desk.store, &*desk.world, by, ask.number(0)?)?)
}

fn done(ask: &Ask<'_>, done: Result<(), Refused>) -> Result<Reply, Failure> {
    match done {
        Ok(()) => Ok(ask.done("/accounts", "account")),
        Err(refused) => refuse(ask, refused),
    }
}

/// The administrative acts, newest first.
pub(crate) fn acts(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (title, acts) = (ask.t("desk-acts"), accounts::acts(&ask.desk.store, 500)?);
    let columns =
        ["desk-acts-day", "desk-acts-who", "desk-acts-what", "desk-acts-about"].map(|key| Column::text(ask.t(key)));
    let what = |word: &str| match word {
        "link" => ask.t("desk-act-link"),
        "enrol" => ask.t("desk-act-enrol"),
        "roles" => ask.t("desk-act-roles"),
        "close" => ask.t("desk-act-close"),
        other => other.to_owned(),
    };
    let row = |act: &accounts::Act| {
        vec![
            ui::date(ask.lang, &act.day),
            html! { bdi { (act.by.clone().unwrap_or_else(|| ask.t("desk-acts-console"))) } },
            html! { span { (what(&act.what)) } },
            html! { bdi { (act.about) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = acts.iter().map(row).collect();
    Ok(frame::page(ask, &title, html! { h1 { (title) } (ui::table(&title, &columns, &rows)) }))
}
