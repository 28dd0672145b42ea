//! The first page: map, filter and results, three views of one selection.

use maud::{Markup, html};
use model::FilterKey;
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::{Asked, asked, ignored_note};
use crate::page::filter::{chips, form, map};
use crate::page::links::downloads;
use crate::page::{Frame, framed, map_script, rows};
use crate::reply::{Failure, Reply};
use crate::view::link::Row;
use crate::view::list::{PAGE, Selected};
use crate::view::{Maker, citable};

#[derive(Serialize)]
struct Home {
    filter: String,
    total: u32,
    located: u32,
    /// The first links; the whole list is at `more`.
    links: Vec<Row>,
    more: String,
}

pub(crate) fn home(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask, false)?;
    let maker = Maker::of(ask);
    let selected = maker.select(asked.filter.clone());
    let rows = maker.page(&selected, 1);
    if ask.face == Face::Json {
        let (total, located) = (selected.counts.total, selected.counts.located);
        let more = ask.urls().links_as("json", &asked.filter);
        let view = Home { filter: asked.filter.query(), total, located, links: rows, more };
        return Ok(Reply::json(&citable(ask, ask.urls().home(&asked.filter), view)));
    }
    Ok(framed(ask, frame(ask, &asked, &selected, &rows)))
}

fn frame<'a>(ask: &Ask<'_>, asked: &Asked, selected: &Selected<'_>, rows: &[Row]) -> Frame<'a> {
    let lang = ask.lang;
    let title = if asked.filter.is_empty() { String::new() } else { lang.t("nav-map") };
    let body = html! {
        div.atlas {
            div.atlas-intro {
                h1 { (lang.t("site-tagline")) }
                p { (lang.t("home-intro")) " " a href=(format!("{}/about", lang.prefix())) { (lang.t("home-more")) } }
                (ignored_note(ask, &asked.ignored, &ask.urls().home(&asked.filter)))
                (crate::page::welcome::welcome(ask, !asked.filter.is_empty()))
            }
            div.atlas-map-cell { (map(ask, None, &asked.filter)) (time(ask, selected)) }
            section.atlas-filter aria-labelledby="filter-title" {
                h2 #filter-title { (lang.t("filter")) }
                (form(ask, ask.urls().home(&Default::default()), &asked.filter, &selected.counts))
            }
            section.atlas-results aria-labelledby="results-title" { (results(ask, selected, rows)) }
        }
    };
    let faces = vec![
        ("text/csv", ask.urls().links_as("csv", &asked.filter)),
        ("application/geo+json", ask.urls().links_as("geojson", &asked.filter)),
    ];
    Frame {
        description: lang.t("home-intro"),
        query: asked.filter.query(),
        scripts: map_script(ask),
        faces,
        ..Frame::new(&title, Section::Map, Layout::Full, body)
    }
}

fn results(ask: &Ask<'_>, selected: &Selected<'_>, rows: &[Row]) -> Markup {
    let lang = ask.lang;
    let counts = &selected.counts;
    html! {
        div.results-head {
            h2 #results-title { (lang.t("results")) }
            p.soft role="status" {
                (rows::count(lang, counts.total, counts.located))
            }
        }
        (chips(ask, &selected.filter, |filter| ask.urls().home(filter)))
        (rows::results(lang, rows, 1))
        p data-empty hidden[!rows.is_empty()] { (lang.t("results-empty")) }
        p data-more hidden[selected.len() <= PAGE] {
            a data-filtered href=(ask.urls().links(&selected.filter, 1)) { (lang.t("results-all")) }
        }
        (downloads(ask, &selected.filter))
    }
}

/// The years under the map: bars with their table, which the map's script makes into a range to be drawn.
fn time(ask: &Ask<'_>, selected: &Selected<'_>) -> Markup {
    let lang = ask.lang;
    let others = selected.filter.without_key(FilterKey::From).without_key(FilterKey::To);
    let some = selected.counts.years.iter().filter(|(_, count)| *count > 0);
    let bars: Vec<ui::Bar> = some
        .map(|(year, count)| {
            let label = year.to_string();
            let filter = others.with(FilterKey::From, &label).with(FilterKey::To, &label);
            ui::Bar { href: ask.urls().home(&filter), label, count: (*count).into() }
        })
        .collect();
    html! {
        section.atlas-time data-time aria-labelledby="time-title" {
            h2 #time-title { (lang.t("map-time")) }
            div.time-plain { (ui::timeline(lang, &lang.t("map-time-caption"), &bars, selected.counts.undated.into())) }
        }
    }
}
