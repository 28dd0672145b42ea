//! One figure by itself: its picture to take along, its table, and how to cite it.

use maud::{Markup, html};
use model::Filter;
use serde::Serialize;
use ui::{Arg, Layout, Section};

use crate::ask::{Ask, Face};
use crate::face::picture::{credit, kept, refused};
use crate::filtering::{Asked, asked, ignored_note};
use crate::page::figures::{as_csv, drawn};
use crate::page::filter::{chips, words};
use crate::page::{Frame, cite, framed, rows};
use crate::picture::{Chart, Labels, Notes, Theme, bars_drawn, chart_svg};
use crate::reply::{Failure, Reply};
use crate::view::figures::Table;
use crate::view::list::Selected;
use crate::view::{Maker, citable};

/// So wide is a picture, in pixels, and so wide may it be asked for.
const WIDTH: u16 = 960;
const WIDTHS: std::ops::RangeInclusive<u16> = 400..=1600;

#[derive(Serialize)]
struct Figure {
    /// The canonical filter, as a query string.
    filter: String,
    total: u32,
    undated: u32,
    table: Table,
}

/// How the picture is wanted.
#[derive(Debug, Clone, Copy)]
struct Look {
    width: u16,
    theme: Theme,
}

pub(crate) fn chart(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (asked, look) = wanted(ask)?;
    let maker = Maker::of(ask);
    let selected = maker.select(asked.filter.clone());
    let table = maker.table(&selected, ask.id()).ok_or(Failure::Missing)?;
    let filter = &asked.filter;
    match ask.face {
        Face::Csv => Ok(as_csv(ask, std::slice::from_ref(&table), &filter.query())),
        Face::Svg | Face::Png => picture(ask, &selected, &table, look),
        Face::Json => {
            let (total, undated) = (selected.counts.total, selected.counts.undated);
            let url = ask.urls().figure(table.id, "", filter);
            Ok(Reply::json(&citable(ask, url, Figure { filter: filter.query(), total, undated, table })))
        }
        _ => Ok(page(ask, &asked, &selected, &table)),
    }
}

/// Reads filter and look. `w` is pixels, `theme` is `light` or `dark`.
fn wanted(ask: &Ask<'_>) -> Result<(Asked, Look), Failure> {
    let mut look = Look { width: WIDTH, theme: Theme::Light };
    let mut rest = Vec::new();
    for (key, value) in &ask.query {
        match key.as_str() {
            "w" => {
                let width = value.parse().ok().filter(|width| WIDTHS.contains(width));
                look.width = width.ok_or_else(|| refused("w", &format!("{}–{}", WIDTHS.start(), WIDTHS.end())))?;
            }
            "theme" => look.theme = Theme::parse(value).ok_or(refused("theme", "light | dark"))?,
            _ => rest.push((key.clone(), value.clone())),
        }
    }
    Ok((asked(&ask.with_query(rest), false)?, look))
}

fn picture(ask: &Ask<'_>, selected: &Selected<'_>, table: &Table, look: Look) -> Result<Reply, Failure> {
    let name = format!("chart {} {look:?}", table.id);
    kept(ask, &name, &selected.filter, || {
        let bars = bars(table);
        let years = table.id == "year";
        let mut chart = Chart { bars: &bars, years, remark: String::new() };
        chart.remark = remark(ask, selected, &chart);
        let notes = notes(ask, selected, table);
        let written = |labels| chart_svg(&chart, look.width, look.theme, labels, &notes);
        if ask.face == Face::Svg {
            return written(Labels::In(ask.lang)).into_bytes();
        }
        crate::face::picture::rastered(ask, written, &notes)
    })
}

/// The bars of a table; of years also those between without any.
fn bars(table: &Table) -> Vec<(String, u64)> {
    let all: Vec<(String, u64)> = table.rows.iter().map(|row| (row.label.clone(), row.links)).collect();
    if table.id != "year" {
        return all;
    }
    let years: Vec<i32> = all.iter().filter_map(|(year, _)| year.parse().ok()).collect();
    let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else { return Vec::new() };
    // A mistyped year must not draw ten thousand bars.
    let within = *first.max(&(last - 120))..=*last;
    let count = |year: &str| all.iter().filter(|(label, _)| label == year).map(|(_, links)| links).sum();
    within.map(|year| year.to_string()).map(|year| (year.clone(), count(&year))).collect()
}

/// What the bars leave out, in words.
fn remark(ask: &Ask<'_>, selected: &Selected<'_>, chart: &Chart<'_>) -> String {
    let left = chart.bars.len() - bars_drawn(chart);
    let undated = u64::from(selected.counts.undated);
    match chart.years {
        true if undated > 0 => ask.lang.t_with("chart-undated", &[("n", Arg::Count(undated))]),
        false if left > 0 => ask.lang.t_with("figure-left-out", &[("n", Arg::Count(left as u64))]),
        _ => String::new(),
    }
}

fn notes(ask: &Ask<'_>, selected: &Selected<'_>, table: &Table) -> Notes {
    let total = ask.lang.t_with("count-links", &[("n", Arg::Count(selected.counts.total.into()))]);
    let parts = [words(ask, &selected.filter), total];
    let said: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    Notes { title: table.title.clone(), description: said.join(" · "), credit: credit(ask) }
}

fn page(ask: &Ask<'_>, asked: &Asked, selected: &Selected<'_>, table: &Table) -> Reply {
    let (lang, filter) = (ask.lang, &asked.filter);
    let counts = &selected.counts;
    let address = |filter: &Filter| ask.urls().figure(table.id, "", filter);
    let csv = ask.urls().figure(table.id, ".csv", filter);
    let body = html! {
        h1 { (table.title) }
        (ignored_note(ask, &asked.ignored, &address(filter)))
        p role="status" { (rows::count(lang, counts.total, counts.located)) }
        (chips(ask, filter, address))
        @if table.rows.is_empty() { p { (lang.t("results-empty")) } } @else { (shown(ask, selected, table)) }
        p { a href=(ask.urls().figures(filter)) { (lang.t("figure-all")) } " · " a href=(ask.urls().home(filter)) { (lang.t("show-on-map")) } }
        (cite(ask, &table.title, &filter.query()))
    };
    let frame = Frame::new(&table.title, Section::Figures, Layout::Wide, body);
    framed(ask, Frame { query: filter.query(), faces: vec![("text/csv", csv)], ..frame })
}

/// The picture, where to take it, and the table.
fn shown(ask: &Ask<'_>, selected: &Selected<'_>, table: &Table) -> Markup {
    let (lang, filter) = (ask.lang, &selected.filter);
    let file = |ending| ask.urls().figure(table.id, ending, filter);
    let dark = format!("{}{}theme=dark", file(".png"), if filter.is_empty() { "?" } else { "&" });
    let all = bars(table);
    let chart = Chart { bars: &all, years: table.id == "year", remark: String::new() };
    html! {
        figure.chart-picture {
            picture {
                source media="(prefers-color-scheme: dark)" srcset=(dark);
                img src=(file(".png")) alt=(notes(ask, selected, table).description) width=(WIDTH) height=(crate::picture::chart_height(&chart)) decoding="async";
            }
            figcaption.soft { (lang.t("figure-caption")) }
        }
        p.downloads {
            (ui::icon("download"))
            @for (ending, name) in [(".png", "PNG"), (".svg", "SVG"), (".csv", "CSV"), (".json", "JSON")] { a href=(file(ending)) { (name) } }
        }
        h2 { (lang.t("figure-table")) }
        (drawn(ask, table, selected.counts.undated))
    }
}
