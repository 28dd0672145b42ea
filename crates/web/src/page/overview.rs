//! The page of everything under one value of the filter: who acts, for whom, with what, where, when, and by which sources.

use maud::{Markup, html};
use model::{Filter, FilterKey};
use ui::{Column, Layout, Section};

use crate::ask::{Ask, Face};
use crate::page::links::downloads;
use crate::page::{Frame, cite, figures, framed, here, map_script, rows, said, small_map};
use crate::reply::Reply;
use crate::view::overview::{Overview, Parties, Party, Used};
use crate::view::{Maker, citable};

/// What a page of its kind sets: its name, its filter, what it is counted by, and what stands under its name.
pub(crate) struct Subject<'s> {
    /// The name, as a heading.
    pub name: &'s str,
    /// The one value.
    pub filter: Filter,
    /// The keys of its tables.
    pub by: &'s [FilterKey],
    /// What stands under the name.
    pub note: Markup,
    /// What stands at the end of the list of parts.
    pub also: Markup,
}

/// A part of the page that has something in it: its id, its heading, itself.
type Part = (&'static str, String, Markup);

pub(crate) fn overview(ask: &Ask<'_>, subject: Subject<'_>) -> Reply {
    let maker = Maker::of(ask);
    let selected = maker.select(subject.filter.clone());
    let view = maker.overview(ask.id(), subject.name, &selected, subject.by);
    if ask.face == Face::Json {
        return Reply::json(&citable(ask, here(ask), view));
    }
    let body = body(ask, &subject, &view);
    framed(ask, Frame { scripts: map_script(ask), ..Frame::new(subject.name, Section::Other, Layout::Wide, body) })
}

fn body(ask: &Ask<'_>, subject: &Subject<'_>, view: &Overview) -> Markup {
    let lang = ask.lang;
    let parts = parts(ask, subject, view);
    html! {
        header.record-head {
            h1 { (view.name) }
            p { (rows::count(lang, view.total, view.located)) }
            (subject.note)
        }
        nav aria-label=(lang.t("on-this-page")) {
            ul.jump {
                @for (id, title, _) in &parts { li { a href=(format!("#{id}")) { (title) } } }
                @for table in &view.tables { li { a href=(format!("#by-{}", table.id)) { (table.title) } } }
            }
        }
        div.two {
            div {
                @for (id, title, part) in &parts { section aria-labelledby=(id) { h2 id=(id) { (title) } (part) } }
                @if parts.is_empty() { p { (lang.t("overview-empty")) } }
                (subject.also)
            }
            aside {
                h2 { (lang.t("map")) }
                (small_map(ask, &subject.filter))
                p { a href=(ask.urls().home(&subject.filter)) { (lang.t("show-on-map")) } }
                @for table in &view.tables { (figures::brief(ask, table, &subject.filter, view.undated)) }
                @if !view.tables.is_empty() {
                    p { a href=(ask.urls().figures(&subject.filter)) { (lang.t("overview-figures")) } }
                }
            }
        }
        (cite(ask, &view.name, ""))
    }
}

/// The parts that have something in them, in the order of the page.
fn parts(ask: &Ask<'_>, subject: &Subject<'_>, view: &Overview) -> Vec<Part> {
    let lang = ask.lang;
    let all = [
        ("doers", "overview-doers", parties(ask, &view.doers, &view.more)),
        ("receivers", "overview-receivers", parties(ask, &view.receivers, &view.more)),
        ("systems", "overview-systems", parties(ask, &view.systems, &view.more)),
        ("latest", "overview-latest", latest(ask, subject, view)),
        ("sources", "overview-sources", sources(ask, &view.sources)),
    ];
    all.into_iter().filter_map(|(id, key, part)| Some((id, lang.t(key), part?))).collect()
}

fn parties(ask: &Ask<'_>, parties: &Parties, more: &str) -> Option<Markup> {
    let lang = ask.lang;
    let listed = parties.first.iter().any(|party| !party.lists.is_empty());
    let mut columns = vec![
        Column::text(lang.t("items-name")),
        Column::text(lang.t("overview-acts")),
        Column::number(lang.t("links")),
    ];
    if listed {
        columns.push(Column::text(lang.t("lists")));
    }
    let all: Vec<Vec<Markup>> = parties.first.iter().map(|party| cells(ask, party, listed)).collect();
    let n = ui::Arg::Count(parties.total as u64);
    (!all.is_empty()).then(|| {
        html! {
            (ui::table(&lang.t_with("overview-parties", &[("n", n)]), &columns, &all))
            @if parties.total > parties.first.len() { p { a href=(more) { (lang.t("overview-more")) } } }
        }
    })
}

fn cells(ask: &Ask<'_>, party: &Party, listed: bool) -> Vec<Markup> {
    let comma = ask.lang.t("list-comma");
    let mut cells = vec![
        html! { (rows::end(&party.item)) },
        html! {
            @for (at, act) in party.acts.iter().enumerate() {
                @if at > 0 { (comma) }
                (act.link_type.label)
                @if act.links > 1 { " " span.soft { "×" (act.links) } }
            }
        },
        html! { a href=(party.url) { (ui::grouped(party.links)) } },
    ];
    if listed {
        cells.push(
            html! { @for (at, list) in party.lists.iter().enumerate() { @if at > 0 { (comma) } (rows::end(list)) } },
        );
    }
    cells
}

fn latest(ask: &Ask<'_>, subject: &Subject<'_>, view: &Overview) -> Option<Markup> {
    (!view.links.is_empty()).then(|| {
        html! {
            (downloads(ask, &subject.filter))
            (rows::list(ask.lang, &view.links))
            @if view.total as usize > view.links.len() { p { a href=(view.more) { (ask.lang.t("results-all")) } } }
        }
    })
}

fn sources(ask: &Ask<'_>, sources: &[Used]) -> Option<Markup> {
    let lang = ask.lang;
    (!sources.is_empty()).then(|| {
        html! {
            ul.source-list {
                @for used in sources {
                    li { (said::source_sentence(lang, &used.source)) " " span.soft { (lang.t_with("count-links", &[("n", ui::Arg::Count(used.links))])) } }
                }
            }
        }
    })
}
