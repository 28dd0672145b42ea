//! A source's page: what it is, what it relays, and everything that rests on it, for and against.

use maud::{Markup, html};
use model::{Filter, FilterKey};
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::captured::captured;
use crate::page::item::count;
use crate::page::{Frame, cite, framed, here, live, rows, said, verify};
use crate::reply::{Failure, Reply};
use crate::view::claim::SourceRef;
use crate::view::record::{MOST, SourceWhole, Uses};
use crate::view::{Maker, citable};

pub(crate) fn source(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let whole = Maker::of(ask).source_whole(live(ask, ask.edition().source(ask.id()))?);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), whole)));
    }
    let title = whole.source.title.clone();
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Wide, body(ask, &whole))))
}

fn body(ask: &Ask<'_>, whole: &SourceWhole) -> Markup {
    let (lang, source) = (ask.lang, &whole.source);
    html! {
        header.record-head {
            p.kicker { (ui::icon("source")) (lang.t("a-source")) " · " (whole.kind.label) }
            h1 { (ui::inline(&source.title, &source.title_lang)) }
            p.result-meta {
                @if source.publisher.is_empty() {
                    span { (lang.t("publisher-unknown")) }
                } @else { bdi { (source.publisher) } }
                @if source.date.is_empty() { span { (lang.t("undated")) } } @else { (ui::date(lang, &source.date)) }
                @if let Some(language) = ui::language_name(lang, &whole.language) { span { (language) } }
            }
            @if !whole.address.is_empty() {
                p { (lang.t("published-at")) " " (said::outside(&whole.address, &whole.address)) }
            }
            @else { p.soft { (lang.t("address-unknown")) } }
            @if !whole.note.is_empty() {
                p { span.soft { (lang.t("note")) " " } span lang="en" dir="auto" { (whole.note) } }
            }
        }
        @if !whole.relays.is_empty() {
            section { h2 { (lang.t("relays")) } p.soft { (lang.t("relays-why")) } (sources(ask, &whole.relays)) }
        }
        @if !whole.relayed_by.is_empty() {
            section { h2 { (lang.t("relayed-by")) } (sources(ask, &whole.relayed_by)) }
        }
        (captured(ask, &whole.captures, &whole.destroyed))
        @for uses in &whole.uses { (uses_of(ask, uses, &source.source)) }
        @if whole.uses.is_empty() { p { (lang.t("source-unused")) } }
        (verify(ask, "source", &source.source))
        (cite(ask, &source.title, ""))
    }
}

fn sources(ask: &Ask<'_>, all: &[SourceRef]) -> Markup {
    html! {
        ul {
            @for source in all {
                li {
                    a href=(source.url) { (ui::inline(&source.title, &source.title_lang)) } " "
                    span.soft {
                        bdi { (source.publisher) }
                        " " @if !source.date.is_empty() { (ui::date(ask.lang, &source.date)) }
                    }
                }
            }
        }
    }
}

fn uses_of(ask: &Ask<'_>, uses: &Uses, id: &str) -> Markup {
    let lang = ask.lang;
    let filter = Filter::default().with(FilterKey::Source, id);
    html! {
        section {
            h2 { (heading(ask, uses)) }
            @if !uses.links.is_empty() {
                h3 { (lang.t("links")) (count(lang, uses.total_links)) }
                (rows::list(lang, &uses.links))
                @if uses.total_links > MOST {
                    p { a href=(ask.urls().links(&filter, 1)) { (lang.t("results-all")) } }
                }
            }
            @if !uses.items.is_empty() {
                h3 { (lang.t("nav-items")) (count(lang, uses.total_items)) }
                ul.columns-list { @for item in &uses.items { li { (rows::end(item)) } } }
                @if uses.total_items > uses.items.len() { p.soft { "…" } }
            }
        }
    }
}

fn heading(ask: &Ask<'_>, uses: &Uses) -> String {
    ask.lang.t(match uses.points {
        model::Stance::Supports => "source-supports",
        model::Stance::Contradicts => "source-contradicts",
        model::Stance::Context => "source-context",
    })
}
