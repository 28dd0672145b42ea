//! What a draft cites, as the desk has captured it: how whole it is, and its words beside the form.

use maud::{Markup, html};
use model::Grade;
use ui::Arg;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::draft::Shown;
use crate::drafts::captures::{self, Held};

/// So many characters of a capture are shown.
const SHOWN: usize = 20_000;

/// The section of a draft's page; nothing where no source has an address.
pub(crate) fn section(ask: &Ask<'_>, shown: &Shown) -> Result<Markup, Failure> {
    let cited = captures::cited(&shown.content);
    if cited.is_empty() || shown.draft.state.is_over() {
        return Ok(html! {});
    }
    let found = |url: &str| ask.desk.store.read(|db| captures::held(db, shown.draft.id, url));
    let all = cited.iter().map(|(id, url)| Ok((id, url, found(url)?))).collect::<Result<Vec<_>, Failure>>()?;
    Ok(html! {
        section {
            h2 { (ask.t("desk-captures")) }
            p.help { (ask.t("desk-captures-help")) }
            @for (id, url, held) in all {
                h3 { code { (id) } }
                p { bdi { (url) } }
                @if ask.desk.asking.is(shown.draft.id, url) { p role="status" { (ask.t("desk-captures-asking")) } }
                @else if let Some(held) = &held { (one(ask, held)) }
                @if shown.draft.state.is_open() && !ask.desk.asking.is(shown.draft.id, url) {
                    (frame::button(ask, &format!("/draft/{}/capture", shown.draft.id), &ask.t("desk-captures-do"), &[("url", url)]))
                }
            }
        }
    })
}

fn one(ask: &Ask<'_>, held: &Held) -> Markup {
    let Some(capture) = held.capture() else {
        return html! { p.warning-box { (ask.t("desk-captures-nothing")) " " bdi lang="en" { (held.note) } } };
    };
    let words = held.words();
    let kib = capture.kept.length.div_ceil(1024);
    html! {
        p {
            span.badge { (ask.t(grade(capture.grade))) } " " (ui::date(ask.lang, &held.day)) " "
            (ask.t_with("desk-captures-size", &[("n", Arg::Count(kib))]))
            " " code { (crate::hash::hex(&capture.kept.digest)) }
        }
        @if !held.note.is_empty() { p.help { bdi lang="en" { (held.note) } } }
        @if words.is_empty() { p.help { (ask.t("desk-captures-wordless")) } }
        @if !words.is_empty() {
            details {
                summary { (ask.t("desk-captures-words")) }
                pre.desk-words tabindex="0" { bdi { (words.chars().take(SHOWN).collect::<String>()) } }
            }
        }
    }
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Complete => "desk-captures-complete",
        Grade::Partial => "desk-captures-partial",
        Grade::Wall => "desk-captures-wall",
        Grade::Error => "desk-captures-error",
    }
}

/// Begins to capture what a source of the draft has for its address, and no other address.
pub(crate) fn begin(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, url, desk) = (ask.draft()?, ask.field("url"), ask.desk);
    if !draft.state.is_open() {
        return Err(Failure::Refused("desk-refused-state"));
    }
    if captures::cited(&draft.content()).iter().all(|(_, cited)| cited != url) {
        return Err(Failure::Query);
    }
    let with = (&desk.store, &desk.writer, &desk.asking);
    match captures::begin(with, draft.id, url, desk.world.today()) {
        true => Ok(ask.done(&format!("/draft/{}", draft.id), "capturing")),
        false => Err(Failure::Busy),
    }
}
