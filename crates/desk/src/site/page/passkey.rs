//! Log-in by passkey: the questions and answers of the one script that the desk has.

use serde_json::{Value, json};

use super::super::ask::Ask;
use super::super::reply::{Failure, Reply};
use super::login;
use crate::world::Token;

/// What a browser is asked for when a link is opened.
pub(crate) fn ask_to_enrol(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (desk, link) = (ask.desk, Token::shown(&ask.params[0]));
    question(desk.passkeys.ask_to_enrol(&desk.store, &*desk.world, &link)?)
}

/// Enrols, and logs in.
pub(crate) fn enrol(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (desk, link) = (ask.desk, Token::shown(&ask.params[0]));
    let token = desk.passkeys.enrol(&desk.store, &*desk.world, &link, &answer(ask)?)?;
    welcome(ask, token, "/?said=enrolled")
}

/// What a browser is asked for to log in under a name.
pub(crate) fn ask_to_log_in(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let desk = ask.desk;
    question(desk.passkeys.ask_to_log_in(&desk.store, &*desk.world, ask.field("name").trim())?)
}

/// Logs in.
pub(crate) fn log_in(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let desk = ask.desk;
    let token = desk.passkeys.log_in(&desk.store, &*desk.world, &answer(ask)?)?;
    welcome(ask, token, "/")
}

fn question(question: Option<Value>) -> Result<Reply, Failure> {
    question.map(|question| Reply::json(&question)).ok_or(Failure::Missing)
}

fn answer(ask: &Ask<'_>) -> Result<Value, Failure> {
    serde_json::from_str(ask.field("answer")).map_err(|_| Failure::Query)
}

/// The session's cookie, and where to go on.
fn welcome(ask: &Ask<'_>, token: Option<Token>, path: &str) -> Result<Reply, Failure> {
    let token = token.ok_or(Failure::Forbidden)?;
    let cookie = login::cookie(ask, token.text(), crate::accounts::login::WHOLE);
    Ok(Reply { cookie, ..Reply::json(&json!({ "location": ask.to(path) })) })
}
