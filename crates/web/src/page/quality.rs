//! The quality of an edition: what rests on one source, what has no date or place, what is old or not translated.

use edition::quality::Check;
use maud::{Markup, html};
use serde::Serialize;
use ui::{Column, Layout, Pages, Section};

use crate::ask::{Ask, Face};
use crate::csv;
use crate::filtering::{asked, no_query, refused_page};
use crate::page::{Frame, cite, framed, here, rows, said};
use crate::reply::{Failure, Reply};
use crate::view::figures::Table;
use crate::view::quality::{Finding, Found};
use crate::view::{Maker, citable};

/// So many records stand on one page.
const PAGE: usize = 100;

/// The sorts of records, with the messages that name them.
const SORTS: [(&str, &str); 4] =
    [("links", "links"), ("items", "nav-items"), ("sources", "sources"), ("terms", "glossary-terms")];

#[derive(Serialize)]
struct Quality {
    findings: Vec<Finding>,
    /// The sources by kind, and by language.
    mix: Vec<Table>,
}

pub(crate) fn quality(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let maker = Maker::of(ask);
    let view = Quality { findings: maker.findings(), mix: maker.source_mix() };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let lang = ask.lang;
    let title = lang.t("nav-quality");
    let columns = [
        Column::text(lang.t("quality-question")),
        Column::number(lang.t("quality-count")),
        Column::number(lang.t("quality-of")),
        Column::number(lang.t("quality-share")),
    ];
    let body = html! {
        h1 { (title) }
        p.lead { (lang.t("quality-intro")) }
        @for (of, heading) in SORTS {
            section.captioned {
                h2 { (lang.t(heading)) }
                (ui::table(&lang.t(heading), &columns, &view.findings.iter().filter(|f| f.of == of).map(cells).collect::<Vec<_>>()))
            }
        }
        div.figure-grid {
            @for table in &view.mix {
                section.figure {
                    h2 { (table.title) }
                    (ui::bars(lang, &table.title, &table.title, &table.rows.iter().map(|row| ui::Bar { label: row.label.clone(), count: row.links, href: row.url.clone() }).collect::<Vec<_>>()))
                }
            }
        }
        (cite(ask, &title, ""))
    };
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Wide, body)))
}

fn cells(finding: &Finding) -> Vec<Markup> {
    vec![
        html! { a href=(finding.url) { (finding.label) } },
        html! { (ui::grouped(finding.count as u64)) },
        html! { (ui::grouped(finding.total as u64)) },
        html! { (finding.per_mille / 10) "." (finding.per_mille % 10) " %" },
    ]
}

#[derive(Serialize)]
struct Checked {
    id: &'static str,
    question: String,
    total: usize,
    page: usize,
    pages: usize,
    #[serde(flatten)]
    found: Found,
}

pub(crate) fn check(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask, ask.face != Face::Csv)?;
    let check = Check::find(ask.id()).ok_or(Failure::Missing)?;
    let size = if ask.face == Face::Csv { usize::MAX } else { PAGE };
    let (total, found) = Maker::of(ask).doubtful(check, (asked.page - 1).saturating_mul(size), size);
    let pages = Pages::of(total, size, asked.page)
        .ok_or_else(|| refused_page(&format!("1–{}", total.div_ceil(size).max(1))))?;
    let view = Checked {
        id: check.id,
        question: ask.lang.t(ui::quality_label(check.id)),
        total,
        page: pages.page,
        pages: pages.last,
        found,
    };
    match ask.face {
        Face::Json => Ok(Reply::json(&citable(ask, ask.urls().quality(view.id, view.page), view))),
        Face::Csv => Ok(table(&view)),
        _ => Ok(page(ask, &view, pages)),
    }
}

fn table(view: &Checked) -> Reply {
    let mut text = csv::row(["record", "id", "title", "url"]);
    let mut line = |record: &str, id: &str, title: &str, url: &str| text.push_str(&csv::row([record, id, title, url]));
    match &view.found {
        Found::Links(all) => all.iter().for_each(|row| {
            let title = format!("{} {} {}", row.subject.name, row.link_type.label, row.object.name);
            line("link", &row.id, &title, &row.url);
        }),
        Found::Items(all) => all.iter().for_each(|item| line("item", &item.id, &item.name, &item.url)),
        Found::Sources(all) => all.iter().for_each(|source| line("source", &source.source, &source.title, &source.url)),
        Found::Terms(all) => all.iter().for_each(|term| line("term", &term.id, &term.name, &term.url)),
    }
    Reply { download: "quality.csv", ..Reply::data("text/csv; charset=utf-8", text.into_bytes()) }
}

fn page(ask: &Ask<'_>, view: &Checked, pages: Pages) -> Reply {
    let lang = ask.lang;
    let csv = format!("{}/quality/{}.csv", lang.prefix(), view.id);
    let body = html! {
        header.record-head {
            p.kicker { a href=(format!("{}/quality", lang.prefix())) { (lang.t("nav-quality")) } }
            h1 { (view.question) }
        }
        p role="status" { (lang.t_with("quality-found", &[("n", ui::Arg::Count(view.total as u64))])) }
        p.downloads { (ui::icon("download")) a href=(csv) { "CSV" } }
        @match &view.found {
            Found::Links(all) => (rows::list(lang, all)),
            Found::Items(all) => ul.columns-list { @for item in all { li { (rows::end(item)) } } },
            Found::Terms(all) => ul { @for term in all { li { a href=(term.url) { bdi { (term.name) } } } } },
            Found::Sources(all) => ul { @for source in all { li { (said::source_sentence(lang, source)) } } },
        }
        @if view.total == 0 { p { (lang.t("quality-none")) } }
        (ui::pager(lang, pages, |page| ask.urls().quality(view.id, page)))
        (cite(ask, &view.question, ""))
    };
    framed(
        ask,
        Frame { faces: vec![("text/csv", csv)], ..Frame::new(&view.question, Section::Other, Layout::Text, body) },
    )
}
