//! A country's page: the facts that are there, by category, type and year.

use maud::{Markup, html};
use model::{Filter, FilterKey};
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::links::downloads;
use crate::page::{Frame, cite, framed, here, map_script, rows, small_map};
use crate::reply::{Failure, Reply};
use crate::view::link::Row;
use crate::view::list::{PAGE, Selected};
use crate::view::terms::Term;
use crate::view::{Maker, citable};

/// A place or category with what is in it.
#[derive(Serialize)]
pub(crate) struct Overview {
    /// The country's code or the category's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many links there are.
    pub total: u32,
    /// How many have a position.
    pub located: u32,
    /// How many by another key, the most first.
    pub ranking: Vec<Ranked>,
    /// The latest links.
    pub links: Vec<Row>,
    /// All of them.
    pub more: String,
}

/// How many links a choice has.
#[derive(Serialize)]
pub(crate) struct Ranked {
    #[serde(flatten)]
    pub term: Term,
    /// How many.
    pub count: u64,
}

pub(crate) fn country(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let country = ask.edition().vocabulary().country(ask.id()).ok_or(Failure::Missing)?;
    let name = country.name(ask.lang.tag()).to_owned();
    let filter = Filter::default().with(FilterKey::Country, ask.id());
    let note = html! {
        @if !country.note.is_empty() { p.soft { (country.note) } }
        p.soft { (ask.lang.t("country-facts-only")) }
    };
    Ok(overview(ask, &name, &filter, FilterKey::Category, note))
}

/// The page of everything under one filter value.
pub(crate) fn overview(ask: &Ask<'_>, name: &str, filter: &Filter, by: FilterKey, note: Markup) -> Reply {
    let maker = Maker::of(ask);
    let selected = maker.select(filter.clone());
    let ranking = maker.ranking(&selected.counts, by);
    let view = Overview {
        id: ask.id().into(),
        name: name.into(),
        total: selected.counts.total,
        located: selected.counts.located,
        ranking: ranking.into_iter().map(|(term, count)| Ranked { term, count }).collect(),
        links: maker.page(&selected, 1),
        more: ask.urls().links(filter, 1),
    };
    if ask.face == Face::Json {
        return Reply::json(&citable(ask, here(ask), view));
    }
    let body = body(ask, &selected, &view, by, note);
    framed(ask, Frame { scripts: map_script(ask), ..Frame::new(name, Section::Other, Layout::Wide, body) })
}

fn body(ask: &Ask<'_>, selected: &Selected<'_>, view: &Overview, by: FilterKey, note: Markup) -> Markup {
    let (lang, filter) = (ask.lang, &selected.filter);
    let bar = |ranked: &Ranked| ui::Bar {
        label: ranked.term.label.clone(),
        count: ranked.count,
        href: ask.urls().links(&filter.with(by, &ranked.term.id), 1),
    };
    let key = crate::filtering::key_label(lang, by);
    let caption = lang.t_with("links-by", &[("key", ui::Arg::Text(&key))]);
    html! {
        header.record-head {
            h1 { (view.name) }
            p {
                (rows::count(lang, view.total, view.located))
            }
            (note)
        }
        div.two {
            div {
                h2 { (lang.t("links")) }
                (downloads(ask, filter))
                (rows::list(lang, &view.links))
                @if view.links.is_empty() { p { (lang.t("results-empty")) } }
                @if selected.len() > PAGE { p { a href=(view.more) { (lang.t("results-all")) } } }
            }
            aside {
                h2 { (lang.t("map")) }
                (small_map(ask, filter))
                p { a href=(ask.urls().home(filter)) { (lang.t("show-on-map")) } }
                @if !view.ranking.is_empty() {
                    h2 { (key) } (ui::bars(lang, &caption, &key, &view.ranking.iter().map(bar).collect::<Vec<_>>()))
                }
                @if !selected.counts.years.is_empty() {
                    h2 { (lang.t("by-year")) }
                    (ui::timeline(lang, &lang.t("by-year-caption"), &years(ask, selected), selected.counts.undated.into()))
                }
            }
        }
        (cite(ask, &view.name, ""))
    }
}

fn years(ask: &Ask<'_>, selected: &Selected<'_>) -> Vec<ui::Bar> {
    let some = selected.counts.years.iter().filter(|(_, count)| *count > 0);
    some.map(|(year, count)| {
        let label = year.to_string();
        let filter = selected.filter.with(FilterKey::From, &label).with(FilterKey::To, &label);
        ui::Bar { href: ask.urls().links(&filter, 1), label, count: (*count).into() }
    })
    .collect()
}
