//! A capture's page: the words that it holds, with the passages that evidence quotes, and nothing of it executed.

use edition::CaptureRecord;
use maud::{Markup, html};
use ui::{Arg, Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::captured::one;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Failure, Reply, Stone};
use crate::view::capture::{CaptureWhole, Words};
use crate::view::{Maker, citable};

pub(crate) fn capture(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let whole = Maker::of(ask).capture_whole(record(ask)?, ask.texts);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), whole)));
    }
    let named = whole.source.as_ref().map_or(whole.capture.address.clone(), |source| source.title.clone());
    let title = ask.lang.t_with("archive-of", &[("title", Arg::Text(&named))]);
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Text, body(ask, &whole, &title))))
}

/// The picture of a capture: what our own program painted, never what was captured. It may be destroyed any day.
pub(crate) fn picture(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let record = record(ask)?;
    let picture = record.capture.picture.ok_or(Failure::Missing)?;
    if ask.path != crate::url::picture(record.number, picture.paint) {
        return Err(Failure::Missing);
    }
    let bytes = ask.texts.and_then(|texts| texts.picture(&picture.piece.digest)).ok_or(Failure::Missing)?;
    Ok(Reply::data(picture.paint.media_type(), bytes))
}

fn record<'a>(ask: &Ask<'a>) -> Result<&'a CaptureRecord, Failure> {
    let number = model::OperationNumber::parse(ask.id()).ok_or(Failure::Missing)?;
    let state = ask.edition().state();
    let destroyed =
        || state.capture_grave(number).map_or(Failure::Missing, |grave| Failure::Gone(Stone::capture(grave)));
    state.capture(number).ok_or_else(destroyed)
}

fn body(ask: &Ask<'_>, whole: &CaptureWhole, title: &str) -> Markup {
    let lang = ask.lang;
    html! {
        header.record-head {
            p.kicker { (ui::icon("source")) (lang.t("archive-kicker")) }
            h1 { (title) }
            @if let Some(source) = &whole.source {
                p { a href=(source.url) { (lang.t("archive-to-source")) } }
                @if ask.edition().state().captures_of(&source.source).nth(1).is_some() {
                    p { a href=(ask.urls().difference(&whole.capture.id)) { (lang.t("difference-link")) } }
                }
            }
        }
        (one(ask, &whole.capture))
        @if whole.words.is_some() { p.soft { (lang.t("archive-words-why")) } }
        @if !whole.quotes.is_empty() {
            section {
                h2 { (lang.t("archive-quotes")) }
                ul { @for quote in &whole.quotes { li { (quoted(ask, quote)) } } }
            }
        }
        section {
            h2 { (lang.t("archive-words")) }
            @match &whole.words {
                Some(words) => (shown(ask, words)),
                None => p { (lang.t("archive-no-words")) },
            }
        }
        (cite(ask, title, ""))
    }
}

fn quoted(ask: &Ask<'_>, quote: &crate::view::capture::Quote) -> Markup {
    let lang = ask.lang;
    html! {
        q lang=[Some(&quote.lang).filter(|lang| !lang.is_empty())] dir="auto" { (quote.exact) } " "
        @match &quote.place {
            Some(place) => a href={ "#at-" (place.start) } { (lang.t("archive-quote-found")) },
            None => span.badge { (lang.t("archive-quote-gone")) },
        }
        " " a.soft href=(ask.urls().verify(&quote.evidence)) rel="nofollow" { (quote.evidence) }
    }
}

fn shown(ask: &Ask<'_>, words: &Words) -> Markup {
    html! {
        div.captured-words lang=[Some(&words.language).filter(|lang| !lang.is_empty())] dir="auto" {
            @for paragraph in &words.shown {
                p { @for (start, marked, text) in &paragraph.pieces {
                    @if *marked { mark id={ "at-" (start) } { (text) } } @else { (text) }
                } }
            }
        }
        @if words.more > 0 { p.soft { (ask.lang.t_with("archive-more-words", &[("n", Arg::Count(words.more as u64))])) } }
    }
}
