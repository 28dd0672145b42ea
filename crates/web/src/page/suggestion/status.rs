//! Coming back with a code: how a suggestion stands, what was asked, an answer, and taking it back.

use axum::http::StatusCode;
use maud::{Markup, html};
use model::{Code, Refused, Standing, Step, Word};
use serde::Serialize;
use ui::{Lang, Layout, Section};

use super::{noted, private};
use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::{Frame, framed, here};
use crate::reply::{Failure, Keep, Reply};
use crate::suggesting::Stopped;
use crate::view::citable;

/// The longest answer, in characters.
const LONGEST: usize = 8_000;

/// The form for a code; by POST what it leads to.
pub(crate) fn status(ask: &Ask<'_>) -> Result<Reply, Failure> {
    if ask.posts {
        return Ok(posted(ask));
    }
    no_query(ask)?;
    let available = ask.suggesting.inbox().is_some();
    if ask.face == Face::Json {
        let told = Told { available, post: "code" };
        return Ok(Reply { keep: Keep::Never, ..Reply::json(&citable(ask, here(ask), told)) });
    }
    let title = ask.lang.t("suggestion-status-title");
    let body = if available { entry(ask, &[], "") } else { super::closed(ask) };
    let frame = Frame::new(&title, Section::Other, Layout::Text, body);
    Ok(Reply { keep: Keep::Never, ..framed(ask, frame) })
}

/// What programs learn here.
#[derive(Serialize)]
struct Told {
    /// Whether suggestions are taken here.
    available: bool,
    /// The field to post to this address, to learn how a suggestion stands.
    post: &'static str,
}

/// How a suggestion stands, for programs.
#[derive(Serialize)]
struct Stands {
    received: String,
    standing: &'static str,
    since: String,
    said: Vec<Said>,
    may_answer: bool,
}

#[derive(Serialize)]
struct Said {
    by: &'static str,
    day: String,
    text: String,
}

fn posted(ask: &Ask<'_>) -> Reply {
    let field = |name: &str| ask.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let (typed, answer) = (field("code"), field("answer").replace("\r\n", "\n"));
    let Some(code) = Code::parse(typed) else {
        return refused(ask, StatusCode::NOT_FOUND, "suggestion-no-such-code", typed);
    };
    let (peer, suggesting) = (ask.peer, ask.suggesting);
    let done = match field("step") {
        "answer" if answer.trim().is_empty() || answer.chars().count() > LONGEST => {
            let standing = suggesting.status(peer, &code);
            standing.map(|standing| (standing, Some(ask.lang.t("suggestion-answer-size"))))
        }
        "answer" => suggesting.answer(peer, &code, &answer).map(|standing| (standing, None)),
        "withdraw" if field("sure") == "1" => return withdrawn(ask, &code, typed),
        "withdraw" => {
            suggesting.status(peer, &code).map(|standing| (standing, Some(ask.lang.t("suggestion-withdraw-tick"))))
        }
        _ => suggesting.status(peer, &code).map(|standing| (standing, None)),
    };
    match done {
        Ok((standing, note)) => {
            let answer = if note.is_some() { answer } else { String::new() };
            told(ask, &code, &standing, note.as_slice(), &answer)
        }
        Err(stopped) => stopped_at(ask, &stopped, &code, typed, &answer),
    }
}

/// What is said where it stopped; an answer that was written is not lost.
fn stopped_at(ask: &Ask<'_>, stopped: &Stopped, code: &Code, typed: &str, answer: &str) -> Reply {
    match stopped {
        Stopped::Refused(Refused::NoSuchCode) => refused(ask, StatusCode::NOT_FOUND, "suggestion-no-such-code", typed),
        Stopped::Refused(Refused::NotAsked) => match ask.suggesting.status(ask.peer, code) {
            Ok(standing) => told(ask, code, &standing, &[ask.lang.t("suggestion-not-asked")], answer),
            Err(_) => refused(ask, StatusCode::NOT_FOUND, "suggestion-no-such-code", typed),
        },
        Stopped::TooOften => refused(ask, StatusCode::TOO_MANY_REQUESTS, "suggestion-too-often", typed),
        Stopped::Refused(_) => refused(ask, StatusCode::SERVICE_UNAVAILABLE, "suggestion-broken", typed),
    }
}

fn withdrawn(ask: &Ask<'_>, code: &Code, typed: &str) -> Reply {
    match ask.suggesting.withdraw(ask.peer, code) {
        Ok(()) => answered(ask, StatusCode::OK, "suggestion-withdrawn", ""),
        Err(stopped) => stopped_at(ask, &stopped, code, typed, ""),
    }
}

/// The form for a code once more, with what is wrong.
fn refused(ask: &Ask<'_>, status: StatusCode, key: &str, typed: &str) -> Reply {
    answered(ask, status, key, typed)
}

fn answered(ask: &Ask<'_>, status: StatusCode, key: &str, typed: &str) -> Reply {
    let words = ask.lang.t(key);
    if ask.face == Face::Json {
        let title = ask.lang.t("suggestion-status-title");
        let told = serde_json::json!({
            "type": "about:blank", "title": title, "status": status.as_u16(), "detail": words,
        });
        let mime = if status == StatusCode::OK { "application/json" } else { "application/problem+json" };
        return Reply { status, mime, keep: Keep::Never, open: false, ..Reply::json(&told) };
    }
    let title = ask.lang.t("suggestion-status-title");
    Reply { status, ..private(ask, &title, entry(ask, &[words], typed)) }
}

fn told(ask: &Ask<'_>, code: &Code, standing: &Standing, notes: &[String], answer: &str) -> Reply {
    if ask.face == Face::Json {
        // The code is a key: what it opens is for nobody but whoever has it.
        let view = citable(ask, here(ask), Stands::of(standing));
        return Reply { keep: Keep::Never, open: false, ..Reply::json(&view) };
    }
    let title = ask.lang.t("suggestion-status-title");
    private(ask, &title, shown(ask, code, standing, notes, answer))
}

impl Stands {
    fn of(standing: &Standing) -> Self {
        let said = |word: &Word| Said {
            by: if word.by_sender { "sender" } else { "reviewer" },
            day: word.day.to_string(),
            text: word.text.clone(),
        };
        Self {
            received: standing.received.to_string(),
            standing: standing.step.word(),
            since: standing.since.to_string(),
            said: standing.said.iter().map(said).collect(),
            may_answer: standing.step.takes_answers(),
        }
    }
}

fn entry(ask: &Ask<'_>, notes: &[String], typed: &str) -> Markup {
    let lang = ask.lang;
    html! {
        h1 { (lang.t("suggestion-status-title")) }
        (noted(notes))
        p { (lang.t("suggestion-status-why")) }
        form.suggestion-form method="post" action=(ask.urls().suggestion_status()) {
            p {
                label for="code" { (lang.t("suggestion-code")) }
                input #code type="text" name="code" value=(typed) autocomplete="off" autocapitalize="none"
                    spellcheck="false" aria-describedby="code-hint";
                span.soft #code-hint { (lang.t("suggestion-code-hint")) }
            }
            p { button type="submit" { (lang.t("suggestion-status-look")) } }
        }
        ul {
            li { (lang.t("suggestion-done-only")) }
            li { (lang.t("suggestion-done-remove")) }
            li { (lang.t("suggestion-kept-long")) }
        }
        p { a href=(ask.urls().suggestions()) { (lang.t("suggestion-title-new")) } }
    }
}

fn shown(ask: &Ask<'_>, code: &Code, standing: &Standing, notes: &[String], answer: &str) -> Markup {
    let lang = ask.lang;
    let code = code.to_string();
    html! {
        h1 { (lang.t("suggestion-status-title")) }
        (noted(notes))
        dl.facts {
            div.fact {
                dt { (lang.t("suggestion-standing")) }
                dd { strong { (step_label(lang, standing.step)) } p.soft { (step_why(lang, standing.step)) } }
            }
            div.fact { dt { (lang.t("suggestion-received")) } dd { (ui::date(lang, &standing.received.to_string())) } }
            div.fact { dt { (lang.t("suggestion-since")) } dd { (ui::date(lang, &standing.since.to_string())) } }
        }
        (said(lang, &standing.said))
        @if standing.step.takes_answers() { (answer_form(ask, &code, answer)) }
        (withdraw_form(ask, &code))
    }
}

fn said(lang: Lang, words: &[Word]) -> Markup {
    html! {
        @if !words.is_empty() {
            h2 { (lang.t("suggestion-said")) }
            @for word in words {
                p.soft {
                    (lang.t(if word.by_sender { "suggestion-said-you" } else { "suggestion-said-reviewer" }))
                    (lang.t("list-comma")) (ui::date(lang, &word.day.to_string()))
                }
                blockquote.typed dir="auto" { (word.text) }
            }
        }
    }
}

fn answer_form(ask: &Ask<'_>, code: &str, answer: &str) -> Markup {
    let lang = ask.lang;
    html! {
        form.suggestion-form method="post" action=(ask.urls().suggestion_status()) {
            input type="hidden" name="code" value=(code);
            p {
                label for="answer" { (lang.t("suggestion-answer")) }
                textarea #answer name="answer" rows="5" dir="auto" autocomplete="off" { "\n" (answer) }
            }
            p { button type="submit" name="step" value="answer" { (lang.t("suggestion-answer-send")) } }
        }
    }
}

fn withdraw_form(ask: &Ask<'_>, code: &str) -> Markup {
    let lang = ask.lang;
    html! {
        details {
            summary { (lang.t("suggestion-withdraw")) }
            form.suggestion-form method="post" action=(ask.urls().suggestion_status()) {
                input type="hidden" name="code" value=(code);
                p { (lang.t("suggestion-withdraw-why")) }
                p {
                    label.choice {
                        input type="checkbox" name="sure" value="1"; span.choice-label { (lang.t("suggestion-withdraw-sure")) }
                    }
                }
                p { button type="submit" name="step" value="withdraw" { (lang.t("suggestion-withdraw")) } }
            }
        }
    }
}

fn step_label(lang: Lang, step: Step) -> String {
    lang.t(match step {
        Step::Received => "suggestion-received-label",
        Step::InReview => "suggestion-in-review",
        Step::Asked => "suggestion-asked",
        Step::Accepted => "suggestion-accepted",
        Step::Returned => "suggestion-returned",
        Step::Rejected => "suggestion-rejected",
    })
}

fn step_why(lang: Lang, step: Step) -> String {
    lang.t(match step {
        Step::Received => "suggestion-received-why",
        Step::InReview => "suggestion-in-review-why",
        Step::Asked => "suggestion-asked-why",
        Step::Accepted => "suggestion-accepted-why",
        Step::Returned => "suggestion-returned-why",
        Step::Rejected => "suggestion-rejected-why",
    })
}
