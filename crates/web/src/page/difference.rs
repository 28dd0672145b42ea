//! Two captures of a source beside each other: what it no longer says, and what it says now.

use maud::{Markup, html};
use ui::{Arg, Layout, Section};

use crate::ask::{Ask, Face};
use crate::page::captured::one;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Failure, Reply, Stone};
use crate::url::question;
use crate::view::difference::{Difference, Part};
use crate::view::{Maker, citable};

/// Runs of paragraphs that are the same are shown up to this length.
const RUN: usize = 4;

pub(crate) fn difference(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let number = number(ask.id()).ok_or(Failure::Missing)?;
    let record = found(ask, number)?;
    let other = match ask.query.iter().find(|(key, _)| key == "with") {
        Some((_, text)) => found(ask, self::number(text).ok_or_else(|| Failure::Parameter("with", "e12-3".into()))?)?,
        None => beside(ask, record),
    };
    let query = format!("with={}", other.number);
    let view = Maker::of(ask).difference(record, other, ask.texts);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, format!("{}{}", here(ask), question(&query)), view)));
    }
    let title = ask.lang.t_with("difference-of", &[("title", Arg::Text(&view.after.address))]);
    let body = body(ask, &view, &title);
    Ok(framed(ask, Frame { query, ..Frame::new(&title, Section::Other, Layout::Text, body) }))
}

fn number(text: &str) -> Option<model::OperationNumber> {
    model::OperationNumber::parse(text).filter(|number| number.to_string() == text)
}

fn found<'a>(ask: &'a Ask<'_>, number: model::OperationNumber) -> Result<&'a edition::CaptureRecord, Failure> {
    let state = ask.edition().state();
    let destroyed =
        || state.capture_grave(number).map_or(Failure::Missing, |grave| Failure::Gone(Stone::capture(grave)));
    state.capture(number).ok_or_else(destroyed)
}

/// The capture of the same source before this one, else the one behind it, else itself.
fn beside<'a>(ask: &'a Ask<'_>, record: &'a edition::CaptureRecord) -> &'a edition::CaptureRecord {
    let source = record.capture.source.as_ref().map_or("", model::Id::as_str);
    let all = || ask.edition().state().captures_of(source);
    let before = all().rev().find(|other| other.number < record.number);
    before.or_else(|| all().find(|other| other.number > record.number)).unwrap_or(record)
}

fn body(ask: &Ask<'_>, view: &Difference, title: &str) -> Markup {
    let lang = ask.lang;
    html! {
        header.record-head {
            p.kicker { (ui::icon("source")) (lang.t("archive-kicker")) }
            h1 { (title) }
        }
        section { h2 { (lang.t("difference-before")) } (one(ask, &view.before)) }
        section { h2 { (lang.t("difference-after")) } (one(ask, &view.after)) }
        section {
            h2 { (lang.t("difference-words")) }
            @match &view.parts {
                Some(parts) => {
                    p { (lang.t_with("difference-count", &[("gone", Arg::Count(count(parts, "gone"))), ("new", Arg::Count(count(parts, "new")))])) }
                    div.captured-words dir="auto" { @for run in parts.chunk_by(|a, b| a.change == b.change) { (shown(ask, run)) } }
                }
                None => p { (lang.t("archive-no-words")) },
            }
        }
        (cite(ask, title, ""))
    }
}

fn count(parts: &[Part], change: &str) -> u64 {
    parts.iter().filter(|part| part.change == change).count() as u64
}

fn shown(ask: &Ask<'_>, run: &[Part]) -> Markup {
    let hidden = run.len().saturating_sub(RUN);
    html! {
        @match run[0].change {
            "gone" => @for part in run { p.part-gone { del { (part.text) } } },
            "new" => @for part in run { p.part-new { ins { (part.text) } } },
            _ => {
                @for part in run.iter().take(RUN / 2) { p { (part.text) } }
                @if hidden > 0 { p.soft { (ask.lang.t_with("difference-same", &[("n", Arg::Count(hidden as u64))])) } }
                @for part in run.iter().skip(RUN / 2).skip(hidden) { p { (part.text) } }
            }
        }
    }
}
