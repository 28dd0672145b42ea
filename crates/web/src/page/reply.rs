//! What an organisation answered when it was asked about a record, or that it has not.

use maud::{Markup, html};
use ui::Arg;

use crate::ask::Ask;
use crate::page::rows;
use crate::view::reply::Asked;

/// The replies that were asked for on a record; nothing where none was.
pub(crate) fn replies(ask: &Ask<'_>, all: &[Asked]) -> Markup {
    let lang = ask.lang;
    html! {
        @if !all.is_empty() {
            section aria-labelledby="replies" {
                h2 #replies { (lang.t("reply-title")) }
                p.soft { (lang.t("reply-why")) }
                @for asked in all { (one(ask, asked)) }
            }
        }
    }
}

fn one(ask: &Ask<'_>, asked: &Asked) -> Markup {
    let lang = ask.lang;
    html! {
        div.editors-text {
            p {
                strong { (rows::end(&asked.organisation)) } (lang.t("list-colon")) (standing(ask, asked)) " "
                a href=(asked.url) { (lang.t("record-and-evidence")) }
            }
            @if let Some(reply) = &asked.reply {
                blockquote.typed lang=[(!reply.lang.is_empty()).then_some(&reply.lang)] dir="auto" { (reply.text) }
            }
        }
    }
}

/// "asked on 1 March 2026 by letter; no reply came by 15 March 2026".
fn standing(ask: &Ask<'_>, asked: &Asked) -> String {
    let lang = ask.lang;
    let date = |date: &Option<String>| date.as_deref().map(|date| ui::date_text(lang, date));
    let mut parts = Vec::new();
    if let Some(date) = date(&asked.asked) {
        parts.push(lang.t_with("reply-asked", &[("date", Arg::Text(&date))]));
    }
    if let Some(channel) = &asked.channel {
        parts.push(lang.t_with("reply-channel", &[("channel", Arg::Text(channel))]));
    }
    let deadline = date(&asked.deadline).unwrap_or_default();
    parts.push(match date(&asked.received) {
        Some(date) => lang.t_with("reply-received", &[("date", Arg::Text(&date))]),
        None if asked.none_received && deadline.is_empty() => lang.t("reply-none"),
        None if asked.none_received => lang.t_with("reply-none-by", &[("date", Arg::Text(&deadline))]),
        None if deadline.is_empty() => lang.t("reply-open"),
        None => lang.t_with("reply-open-until", &[("date", Arg::Text(&deadline))]),
    });
    parts.join(&lang.t("list-semicolon"))
}
