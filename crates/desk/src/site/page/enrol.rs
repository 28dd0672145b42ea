//! The first log-in, by a link that counts once.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::login;
use crate::accounts::enrol::{self, Fault, Offer, SHORTEST};
use crate::accounts::totp;
use crate::world::Token;

/// What the link offers.
pub(crate) fn form(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let offer = enrol::offer(&ask.desk.store, &*ask.desk.world, &token(ask))?;
    Ok(offer.map_or_else(|| spent(ask), |offer| show(ask, &offer, None)))
}

/// Enrols, and logs in.
pub(crate) fn enrol(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (store, world, token) = (&ask.desk.store, &*ask.desk.world, token(ask));
    let words = (ask.field("password"), ask.field("again"));
    match enrol::by_code(store, world, &token, words, ask.field("code"))? {
        Ok(session) => Ok(login::welcome(ask, &session, "/?said=enrolled")),
        Err(Fault::Link) => Ok(spent(ask)),
        Err(fault) => {
            let offer = enrol::offer(store, world, &token)?;
            let page = offer.map_or_else(|| spent(ask), |offer| show(ask, &offer, Some(fault)));
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn token(ask: &Ask<'_>) -> Token {
    Token::shown(&ask.params[0])
}

fn spent(ask: &Ask<'_>) -> Reply {
    let title = ask.t("desk-enrol");
    let body = html! { h1 { (title) } p.warning-box role="alert" { (ask.t("desk-enrol-spent")) } };
    frame::page(ask, &title, body).with_status(StatusCode::GONE)
}

fn show(ask: &Ask<'_>, offer: &Offer, fault: Option<Fault>) -> Reply {
    let title = ask.t("desk-enrol");
    let name = &offer.account.name;
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t_with("desk-enrol-intro", &[("name", ui::Arg::Text(name))])) }
        @if let Some(fault) = fault { p.warning-box role="alert" { (ask.t(message(fault))) } }
        (frame::passkey(ask, &format!("/enrol/{}/passkey", ask.params[0]), &ask.t("desk-passkey-enrol")))
        (secret(ask, offer))
        form.desk-form method="post" action=(ask.to(format!("/enrol/{}", ask.params[0]))) {
            input type="hidden" name="name" value=(name) autocomplete="username";
            p {
                label for="password" { (ask.t_with("desk-enrol-password", &[("least", ui::Arg::Count(SHORTEST as u64))])) }
                input #password name="password" type="password" autocomplete="new-password" required minlength=(SHORTEST) maxlength="200";
            }
            p {
                label for="again" { (ask.t("desk-enrol-again")) }
                input #again name="again" type="password" autocomplete="new-password" required maxlength="200";
            }
            (frame::code(ask))
            button type="submit" { (ask.t("desk-enrol-do")) }
        }
    };
    frame::scripted(ask, &title, &[frame::PASSKEY_SCRIPT], body)
}

fn secret(ask: &Ask<'_>, offer: &Offer) -> Markup {
    let issuer = ask.desk.setup.imprint.name.as_str();
    let address = totp::address(&offer.totp, issuer, &offer.account.name);
    html! {
        h2 { (ask.t("desk-enrol-secret")) }
        p { (ask.t("desk-enrol-secret-help")) }
        p { code.secret { (totp::spelt(&offer.totp)) } }
        p { a href=(address) { (ask.t("desk-enrol-open")) } }
    }
}

fn message(fault: Fault) -> &'static str {
    match fault {
        Fault::Link => "desk-enrol-spent",
        Fault::Password => "desk-enrol-fault-password",
        Fault::Unlike => "desk-enrol-fault-unlike",
        Fault::Code => "desk-enrol-fault-code",
    }
}
