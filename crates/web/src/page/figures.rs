//! Figures: this edition counted in every way, each number with the filter that makes it, and the numbers that sources state.

use maud::{Markup, html};
use model::Filter;
use serde::Serialize;
use ui::{Bar, Layout, Section};

use crate::ask::{Ask, Face};
use crate::csv;
use crate::filtering::{asked, ignored_note};
use crate::page::filter::chips;
use crate::page::{Frame, cite, framed, rows, said};
use crate::reply::{Failure, Reply};
use crate::view::claim::Claim;
use crate::view::figures::{Counted, Table};
use crate::view::terms::ItemRef;
use crate::view::{Maker, citable};

#[derive(Serialize)]
struct Figures {
    /// The canonical filter, as a query string.
    filter: String,
    total: u32,
    located: u32,
    undated: u32,
    tables: Vec<Table>,
    /// Numbers that sources state, by the item they are about; only without a filter.
    quoted: Vec<Quoted>,
}

#[derive(Serialize)]
struct Quoted {
    item: ItemRef,
    figures: Vec<Claim>,
}

pub(crate) fn figures(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask, false)?;
    let (maker, filter) = (Maker::of(ask), &asked.filter);
    let selected = maker.select(filter.clone());
    let counts = &selected.counts;
    let view = Figures {
        filter: filter.query(),
        total: counts.total,
        located: counts.located,
        undated: counts.undated,
        tables: maker.tables(&selected),
        quoted: if filter.is_empty() { quoted(ask) } else { Vec::new() },
    };
    match ask.face {
        Face::Json => return Ok(Reply::json(&citable(ask, ask.urls().figures(filter), view))),
        Face::Csv => return Ok(as_csv(ask, &view.tables, &view.filter)),
        _ => {}
    }
    let title = ask.lang.t("nav-figures");
    let csv = format!("{}/figures.csv{}", ask.lang.prefix(), crate::url::question(&filter.query()));
    let body = html! {
        h1 { (title) }
        (ignored_note(ask, &asked.ignored, &ask.urls().figures(filter)))
        (body(ask, &view, filter, &csv))
        (cite(ask, &title, &filter.query()))
    };
    let frame = Frame::new(&title, Section::Figures, Layout::Wide, body);
    Ok(framed(ask, Frame { query: filter.query(), faces: vec![("text/csv", csv)], ..frame }))
}

fn quoted(ask: &Ask<'_>) -> Vec<Quoted> {
    let maker = Maker::of(ask);
    let items = ask.live.items_by_name(ask.lang).iter().map(|number| ask.edition().item_at(*number));
    let of = |item: edition::Item<'_>| {
        let claims = item.claims();
        let figures: Vec<Claim> = claims.iter().filter(|c| c.property() == "figure").map(|c| maker.claim(c)).collect();
        (!figures.is_empty()).then(|| Quoted { item: maker.item_ref(item), figures })
    };
    items.filter_map(of).collect()
}

/// Tables as one: what was counted by, the value, the count, and the list of what was counted.
pub(crate) fn as_csv(ask: &Ask<'_>, tables: &[Table], filter: &str) -> Reply {
    let mut text = csv::row(["by", "id", "label", "links", "url", "filter", "edition"]);
    let edition = ask.site.edition.as_ref().map(|stamp| stamp.number.to_string()).unwrap_or_default();
    for table in tables {
        for row in &table.rows {
            let links = row.links.to_string();
            text.push_str(&csv::row([table.id, &row.id, &row.label, &links, &row.url, filter, &edition]));
        }
    }
    Reply { download: "figures.csv", ..Reply::data("text/csv; charset=utf-8", text.into_bytes()) }
}

fn body(ask: &Ask<'_>, view: &Figures, filter: &Filter, csv: &str) -> Markup {
    let lang = ask.lang;
    html! {
        p.lead { (lang.t("figures-intro")) }
        (chips(ask, filter, |filter| ask.urls().figures(filter)))
        p role="status" { (rows::count(lang, view.total, view.located)) }
        p.downloads { (ui::icon("download")) a href=(csv) { (lang.t("figures-csv")) } a href=(ask.urls().home(filter)) { (lang.t("show-on-map")) } }
        nav aria-label=(lang.t("on-this-page")) {
            ul.jump {
                @for table in &view.tables { li { a href=(format!("#by-{}", table.id)) { (table.title) } } }
                @if !view.quoted.is_empty() { li { a href="#quoted" { (lang.t("figures-quoted")) } } }
            }
        }
        div.figure-grid { @for table in &view.tables { (figure(ask, table, filter, view.undated)) } }
        @if !view.quoted.is_empty() { (quotations(ask, &view.quoted)) }
    }
}

/// A count in all its forms: bars, the table, and where to take them.
pub(crate) fn figure(ask: &Ask<'_>, table: &Table, filter: &Filter, undated: u32) -> Markup {
    let id = format!("by-{}", table.id);
    let file = |ending: &str| ask.urls().figure(table.id, ending, filter);
    html! {
        section.figure aria-labelledby=(id) {
            h2 id=(id) { (table.title) }
            (drawn(ask, table, undated))
            p.downloads {
                @for (ending, name) in [(".csv", "CSV"), (".png", "PNG"), (".svg", "SVG")] {
                    a href=(file(ending)) { (name) span.visually-hidden { " " (table.title) } }
                }
                a href=(file("")) { (ask.lang.t("figure-alone")) span.visually-hidden { " " (table.title) } }
            }
        }
    }
}

/// The same in a column beside other things: its other forms are on its own page.
pub(crate) fn brief(ask: &Ask<'_>, table: &Table, filter: &Filter, undated: u32) -> Markup {
    let id = format!("by-{}", table.id);
    html! {
        section.figure aria-labelledby=(id) {
            h2 id=(id) { (table.title) }
            (drawn(ask, table, undated))
            p.soft {
                a href=(ask.urls().figure(table.id, "", filter)) {
                    (ask.lang.t("figure-more")) span.visually-hidden { (ask.lang.t("list-colon")) (table.title) }
                }
            }
        }
    }
}

/// The bars with their table.
pub(crate) fn drawn(ask: &Ask<'_>, table: &Table, undated: u32) -> Markup {
    let bar = |row: &Counted| Bar { label: row.label.clone(), count: row.links, href: row.url.clone() };
    let bars: Vec<Bar> = table.rows.iter().map(bar).collect();
    html! {
        @if table.id == "year" { (ui::timeline(ask.lang, &ask.lang.t("by-year-caption"), &bars, undated.into())) }
        @else { (ui::bars(ask.lang, &table.title, &table.title, &bars)) }
    }
}

/// The numbers of others, each with its source.
fn quotations(ask: &Ask<'_>, quoted: &[Quoted]) -> Markup {
    let lang = ask.lang;
    html! {
        section aria-labelledby="quoted" {
            h2 #quoted { (lang.t("figures-quoted")) }
            p.soft { (lang.t("figures-quoted-why")) }
            dl.facts {
                @for one in quoted {
                    div.fact {
                        dt { (rows::end(&one.item)) }
                        (ui::values(lang, &one.figures.iter().map(|claim| said::value(lang, claim)).collect::<Vec<_>>()))
                    }
                }
            }
        }
    }
}
