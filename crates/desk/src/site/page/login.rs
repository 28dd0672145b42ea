//! Log-in and log-out.

use maud::html;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use crate::accounts::login;
use crate::world::Token;

/// The form.
pub(crate) fn form(ask: &Ask<'_>) -> Result<Reply, Failure> {
    Ok(show(ask, false))
}

fn show(ask: &Ask<'_>, failed: bool) -> Reply {
    let title = ask.t("desk-login");
    let body = html! {
        h1 { (title) }
        @if failed { p.warning-box role="alert" { (ask.t("desk-login-failed")) } }
        form.desk-form method="post" action=(ask.to("/login")) {
            p {
                label for="name" { (ask.t("desk-login-name")) }
                input #name name="name" type="text" autocomplete="username" required maxlength="60";
            }
            p {
                label for="password" { (ask.t("desk-login-password")) }
                input #password name="password" type="password" autocomplete="current-password" required maxlength="200";
            }
            (frame::code(ask))
            button type="submit" { (ask.t("desk-login-do")) }
        }
        (frame::passkey(ask, "/login/passkey", &ask.t("desk-passkey-login")))
        p.help { (ask.t("desk-login-help")) }
    };
    frame::scripted(ask, &title, &[frame::PASSKEY_SCRIPT], body)
}

/// Begins a session under a new token, whatever cookie came along.
pub(crate) fn log_in(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (store, world) = (&ask.desk.store, &*ask.desk.world);
    let token = login::by_code(store, world, ask.field("name").trim(), ask.field("password"), ask.field("code"))?;
    Ok(match token {
        Some(token) => welcome(ask, &token, "/"),
        None => show(ask, true).with_status(axum::http::StatusCode::FORBIDDEN),
    })
}

/// On to a page with the session's cookie.
pub(crate) fn welcome(ask: &Ask<'_>, token: &Token, path: &str) -> Reply {
    Reply { cookie: cookie(ask, token.text(), login::WHOLE), ..Reply::see_other(ask.to(path)) }
}

/// Ends the session, in the store and in the browser.
pub(crate) fn log_out(ask: &Ask<'_>) -> Result<Reply, Failure> {
    ask.token.as_ref().map(|token| login::end(&ask.desk.store, token)).transpose()?;
    Ok(Reply { cookie: cookie(ask, "", 0), ..Reply::see_other(ask.to("/login")) })
}

/// A `Set-Cookie` header for the session.
pub(crate) fn cookie(ask: &Ask<'_>, value: &str, seconds: i64) -> String {
    let secure = if ask.desk.is_secure() { "; Secure" } else { "" };
    format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}", ask.desk.cookie())
}
