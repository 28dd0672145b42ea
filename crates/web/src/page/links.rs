//! The list of links under a filter, page by page, and as CSV, GeoJSON and JSON.

use maud::{Markup, html};
use model::Filter;
use ui::{Layout, Pages, Section};

use crate::ask::{Ask, Face};
use crate::filtering::{Asked, asked, ignored_note, refused_page};
use crate::page::filter::{chips, form};
use crate::page::{Frame, cite, framed, rows};
use crate::reply::{Failure, Reply};
use crate::view::list::{List, PAGE, Selected};
use crate::view::{Maker, citable};

pub(crate) fn links(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask, matches!(ask.face, Face::Html | Face::Json))?;
    let selected = Maker::of(ask).select(asked.filter.clone());
    match ask.face {
        Face::Html => Ok(page(ask, &asked, &selected, pages(selected.len(), asked.page)?)),
        Face::Json => Ok(json(ask, &selected, pages(selected.len(), asked.page)?)),
        _ => crate::face::export::links(ask, &selected),
    }
}

/// Page `page` of so many links, or the refusal that names the pages there are.
pub(crate) fn pages(total: usize, page: usize) -> Result<Pages, Failure> {
    Pages::of(total, PAGE, page).ok_or_else(|| refused_page(&format!("1–{}", total.div_ceil(PAGE).max(1))))
}

/// The ways to take exactly these links home.
pub(crate) fn downloads(ask: &Ask<'_>, filter: &Filter) -> Markup {
    html! {
        p.downloads {
            (ui::icon("download")) (ask.lang.t("download"))
            @for (ending, name) in [("csv", "CSV"), ("xlsx", "XLSX"), ("geojson", "GeoJSON"), ("jsonl", "JSON Lines")] {
                a data-filtered href=(ask.urls().links_as(ending, filter)) { (name) }
            }
        }
    }
}

fn json(ask: &Ask<'_>, selected: &Selected<'_>, pages: Pages) -> Reply {
    let list = List {
        filter: selected.filter.query(),
        total: selected.counts.total,
        located: selected.counts.located,
        page: pages.page,
        pages: pages.last,
        links: Maker::of(ask).page(selected, pages.page),
    };
    Reply::json(&citable(ask, ask.urls().links(&selected.filter, pages.page), list))
}

fn page(ask: &Ask<'_>, asked: &Asked, selected: &Selected<'_>, pages: Pages) -> Reply {
    let (lang, filter, counts) = (ask.lang, &selected.filter, &selected.counts);
    let query =
        ask.urls().links(filter, pages.page).split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let body = html! {
        h1 { (lang.t("links")) }
        (ignored_note(ask, &asked.ignored, &ask.urls().links(filter, pages.page)))
        div.two {
            div {
                p role="status" {
                    (rows::count(lang, counts.total, counts.located))
                }
                p.to-filter { a href="#filter" { (lang.t("to-filter")) } }
                (chips(ask, filter, |filter| ask.urls().links(filter, 1)))
                (downloads(ask, filter))
                (rows::results(lang, &Maker::of(ask).page(selected, pages.page), (pages.page - 1) * PAGE + 1))
                @if selected.len() == 0 { p { (lang.t("results-empty")) } }
                (ui::pager(lang, pages, |page| ask.urls().links(filter, page)))
                p { a href=(ask.urls().home(filter)) { (lang.t("results-map")) } }
            }
            aside { h2 { (lang.t("filter")) } (form(ask, ask.urls().links(&Filter::default(), 1), filter, counts)) }
        }
        (cite(ask, &lang.t("links"), &query))
    };
    let faces = vec![
        ("text/csv", ask.urls().links_as("csv", filter)),
        ("application/geo+json", ask.urls().links_as("geojson", filter)),
    ];
    framed(ask, Frame { query, faces, ..Frame::new(&lang.t("links"), Section::Links, Layout::Wide, body) })
}
