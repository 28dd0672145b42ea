//! Changes: what each edition added, changed and withdrew and why; under any filter, and as feeds.

use maud::{Markup, html};
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::face::feed::{self, Of};
use crate::filtering::{asked, ignored_note, no_query};
use crate::page::filter::chips;
use crate::page::{Frame, cite, framed, here, said};
use crate::reply::{Failure, Reply};
use crate::view::changes::{Change, Correction, Step, StepNotice};
use crate::view::{Maker, citable};

/// So many changes stand on a page or in a feed.
const MOST: usize = 200;

/// So many changes of one edition stand on its page.
const MOST_OF_ONE: usize = 1000;

#[derive(Serialize)]
struct Changes {
    filter: String,
    /// Every edition; only without a filter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    editions: Vec<Step>,
    changes: Vec<Change>,
}

pub(crate) fn changes(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask, false)?;
    let (maker, filter) = (Maker::of(ask), &asked.filter);
    let changes = maker.changes(filter, MOST);
    match ask.face {
        Face::Atom => return Ok(feed::atom(ask, &Of::changes(ask, filter), &changes)),
        Face::JsonFeed => return Ok(feed::json(ask, &Of::changes(ask, filter), &changes)),
        _ => {}
    }
    let editions = if filter.is_empty() { maker.steps() } else { Vec::new() };
    let view = Changes { filter: filter.query(), editions, changes };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, ask.urls().changes(filter, ""), view)));
    }
    let lang = ask.lang;
    let title = lang.t("nav-changes");
    let (atom, json) = (ask.urls().changes(filter, ".atom"), ask.urls().changes(filter, ".feed.json"));
    let body = html! {
        h1 { (title) }
        (ignored_note(ask, &asked.ignored, &ask.urls().changes(filter, "")))
        p.lead { (lang.t("changes-intro")) }
        (chips(ask, filter, |filter| ask.urls().changes(filter, "")))
        p.downloads { (ui::icon("download")) a href=(atom) { "Atom" } a href=(json) { "JSON Feed" } span.soft { (lang.t("changes-feeds")) } }
        @if !view.editions.is_empty() { (editions_list(ask, &view.editions)) }
        section aria-labelledby="latest" {
            h2 #latest { (lang.t("changes-latest")) }
            @if view.changes.is_empty() { p { (lang.t("changes-none")) } } @else { (list(ask, &view.changes)) }
        }
        (cite(ask, &title, &filter.query()))
    };
    let faces = vec![("application/atom+xml", atom), ("application/feed+json", json)];
    Ok(framed(ask, Frame { query: filter.query(), faces, ..Frame::new(&title, Section::Other, Layout::Text, body) }))
}

fn editions_list(ask: &Ask<'_>, all: &[Step]) -> Markup {
    let lang = ask.lang;
    html! {
        section aria-labelledby="editions" {
            h2 #editions { (lang.t("changes-editions")) }
            ol.years reversed {
                @for step in all {
                    li {
                        span.year { (ui::date(lang, &step.day)) }
                        span {
                            a href=(step.url) { (lang.t_with("footer-edition", &[("number", ui::Arg::Text(&step.edition.to_string()))])) } (lang.t("list-colon"))
                            (summary(ask, step))
                        }
                    }
                }
            }
        }
    }
}

/// "added 880 items, 982 links …; changed 3 records".
fn summary(ask: &Ask<'_>, step: &Step) -> String {
    let lang = ask.lang;
    let counts = [
        ("count-items", step.added.items),
        ("count-links", step.added.links),
        ("count-sources", step.added.sources),
        ("count-terms", step.added.terms),
        ("count-stories", step.added.stories),
    ];
    let said = |(key, n): &(&str, u32)| lang.t_with(key, &[("n", ui::Arg::Count((*n).into()))]);
    let added: Vec<String> = counts.iter().filter(|(_, n)| *n > 0).map(said).collect();
    let mut parts = Vec::new();
    if !added.is_empty() {
        parts.push(lang.t_with("changes-added", &[("what", ui::Arg::Text(&added.join(&lang.t("list-comma"))))]));
    }
    if step.touched > 0 {
        parts.push(lang.t_with("changes-touched", &[("n", ui::Arg::Count(step.touched as u64))]));
    }
    parts.extend(step.notices.iter().map(|notice| noticed(ask, notice)));
    if parts.is_empty() { lang.t("changes-nothing") } else { parts.join(&lang.t("list-semicolon")) }
}

/// An embargo, its end, or why an edition was published although it was held back.
fn noticed(ask: &Ask<'_>, notice: &StepNotice) -> String {
    let lang = ask.lang;
    let edition = notice.of.unwrap_or_default().to_string();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let edition = ("edition", ui::Arg::Text(&edition));
    match notice.notice {
        "embargo" => {
            let day = ui::date_text(lang, &text(&notice.until));
            lang.t_with("notice-embargo", &[("day", ui::Arg::Text(&day))])
        }
        "reveal" => lang.t_with("notice-reveal", &[edition]),
        "abandon" => {
            let (why, reference) = (class(ask, &text(&notice.reason)), text(&notice.reference));
            let said = [edition, ("why", ui::Arg::Text(&why)), ("notice", ui::Arg::Text(&reference))];
            lang.t_with("notice-abandon", &said)
        }
        _ => {
            let (missing, reason) = (notice.missing.unwrap_or_default().into(), text(&notice.reason));
            lang.t_with(
                "notice-override",
                &[edition, ("n", ui::Arg::Count(missing)), ("reason", ui::Arg::Text(&reason))],
            )
        }
    }
}

/// A reason class in words.
pub(crate) fn class(ask: &Ask<'_>, class: &str) -> String {
    ask.lang.t(match class {
        "court-order" => "gone-court-order",
        "legal-claim" => "gone-legal-claim",
        "personal-data" => "gone-personal-data",
        "safety" => "gone-safety",
        _ => "gone-copyright",
    })
}

#[derive(Serialize)]
struct OneStep {
    #[serde(flatten)]
    step: Step,
    changes: Vec<Change>,
    /// How many of its changes are not told here.
    more: usize,
}

pub(crate) fn step(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let maker = Maker::of(ask);
    let number: u64 = ask.id().parse().map_err(|_| Failure::Missing)?;
    let step = maker.step_at(number).ok_or(Failure::Missing)?;
    let changes = maker.changes_in(number, MOST_OF_ONE);
    let all = (step.added.items + step.added.links + step.added.stories) as usize + step.touched;
    let view = OneStep { more: all.saturating_sub(changes.len()), step, changes };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let lang = ask.lang;
    let title = lang.t_with("footer-edition", &[("number", ui::Arg::Text(&view.step.edition.to_string()))]);
    let body = html! {
        header.record-head {
            p.kicker { a href=(ask.urls().changes(&Default::default(), "")) { (lang.t("nav-changes")) } }
            h1 { (title) }
            p { (ui::date(lang, &view.step.day)) " · " (lang.t_with("changes-author", &[("author", ui::Arg::Text(&view.step.author))])) }
            p { (summary(ask, &view.step)) }
            @if !view.step.datasets.is_empty() { p.soft { (lang.t("changes-datasets")) " " @for dataset in &view.step.datasets { code { (dataset) } " " } } }
        }
        @if view.changes.is_empty() { p { (lang.t("changes-none")) } } @else { (list(ask, &view.changes)) }
        @if view.more > 0 { p { (lang.t_with("changes-more", &[("n", ui::Arg::Count(view.more as u64))])) } }
        (cite(ask, &title, ""))
    };
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Text, body)))
}

/// Changes one below the other.
pub(crate) fn list(ask: &Ask<'_>, all: &[Change]) -> Markup {
    html! { ul.changes { @for change in all { (line(ask, change)) } } }
}

fn line(ask: &Ask<'_>, change: &Change) -> Markup {
    let lang = ask.lang;
    html! {
        li.(format!("change-{}", change.act)) {
            p {
                span.badge { (act(ask, change)) } " "
                a href=(change.url) { bdi { (change.title) } } " "
                span.soft { (record(ask, change)) " · " (ui::date(lang, &change.day)) }
            }
            @if let Some(reason) = &change.reason { p.soft { (lang.t("changes-reason")) " " span dir="auto" { (reason) } } }
            @if !change.values.is_empty() { ul { @for value in &change.values { li { (correction(ask, value)) } } } }
            @if change.evidence > 0 { p.soft { (lang.t_with("changes-evidence", &[("n", ui::Arg::Count(change.evidence as u64))])) } }
        }
    }
}

/// What was done, in a word.
pub(crate) fn act(ask: &Ask<'_>, change: &Change) -> String {
    ask.lang.t(match change.act {
        "added" => "act-added",
        "corrected" => "act-corrected",
        "withdrawn" => "act-withdrawn",
        "redacted" => "act-redacted",
        "captured" => "act-captured",
        "rechecked" => "act-rechecked",
        _ => "act-changed",
    })
}

fn record(ask: &Ask<'_>, change: &Change) -> String {
    ask.lang.t(match change.record {
        "item" => "record-item",
        "link" => "record-link",
        "source" => "a-source",
        "term" => "record-term",
        _ => "story",
    })
}

fn correction(ask: &Ask<'_>, value: &Correction) -> Markup {
    let lang = ask.lang;
    html! {
        (value.property.label) (ask.lang.t("list-colon"))
        @if let Some(before) = &value.before { del { span.visually-hidden { (lang.t("changes-before")) " " } (said::said(lang, before)) } }
        @if value.before.is_some() && value.after.is_some() { " → " }
        @if let Some(after) = &value.after { ins { span.visually-hidden { (lang.t("changes-after")) " " } (said::said(lang, after)) } }
        @if let Some(reason) = &value.reason { " " span.soft dir="auto" { (reason) } }
    }
}
