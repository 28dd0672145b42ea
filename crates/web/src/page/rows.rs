//! Links as sentences, list entries and tables.

use maud::{Markup, html};
use ui::{Column, Lang, Place};

use crate::page::said;
use crate::view::link::{Row, Where};
use crate::view::terms::ItemRef;

/// "SUBJECT supplies OBJECT", each end a link to its page.
pub(crate) fn sentence(lang: Lang, row: &Row) -> Markup {
    let verb = html! { span.verb { (row.link_type.label) } };
    lang.t_markup("link-sentence", &[("subject", end(&row.subject)), ("verb", verb), ("object", end(&row.object))])
}

/// The same as plain text, for titles.
pub(crate) fn sentence_text(lang: Lang, row: &Row) -> String {
    let args = [
        ("subject", ui::Arg::Text(&row.subject.name)),
        ("verb", ui::Arg::Text(&row.link_type.label)),
        ("object", ui::Arg::Text(&row.object.name)),
    ];
    lang.t_with("link-sentence", &args)
}

/// The same without links of its own, to stand in one.
pub(crate) fn sentence_plain(lang: Lang, row: &Row) -> Markup {
    lang.t_markup("link-sentence", &names(row))
}

/// "53 links, 7 of them on the map"; the map's script keeps both numbers.
pub(crate) fn count(lang: Lang, total: u32, located: u32) -> Markup {
    let total = html! { strong data-total { (ui::grouped(total.into())) } };
    let located = html! { span data-located { (ui::grouped(located.into())) } };
    lang.t_markup("results-count", &[("total", total), ("located", located)])
}

/// Links as an ordered list; the map's script replaces what is inside.
pub(crate) fn results(lang: Lang, rows: &[Row], start: usize) -> Markup {
    html! {
        ol.results #results data-results start=(start) { @for row in rows { (result(lang, row)) } }
    }
}

/// Links as a plain list.
pub(crate) fn list(lang: Lang, rows: &[Row]) -> Markup {
    html! { ul.results { @for row in rows { (result(lang, row)) } } }
}

/// Links of one item as a table: the other end, where, when, what, how sure.
pub(crate) fn table(lang: Lang, caption: &str, rows: &[Row], of: &str) -> Markup {
    let columns = ["table-other", "table-where", "table-when", "table-category", "table-status", "table-confidence"];
    let columns = columns.map(|key| Column::text(lang.t(key)));
    let cells: Vec<Vec<Markup>> = rows.iter().map(|row| cells(lang, row, of)).collect();
    ui::table(caption, &columns, &cells)
}

/// When: start and end.
pub(crate) fn when(lang: Lang, row: &Row) -> Markup {
    match (&row.start, &row.end) {
        (Some(start), Some(end)) if start != end => {
            lang.t_markup("when-between", &[("from", ui::date(lang, start)), ("to", ui::date(lang, end))])
        }
        (Some(date), _) => ui::date(lang, date),
        (None, Some(end)) => lang.t_markup("when-until", &[("to", ui::date(lang, end))]),
        (None, None) => html! { span.unknown { (lang.t("undated")) } },
    }
}

/// When, as plain text; empty where nothing is known.
pub(crate) fn when_text(lang: Lang, row: &Row) -> String {
    let text = |date: &String| ui::date_text(lang, date);
    match (&row.start, &row.end) {
        (Some(start), Some(end)) if start != end => {
            lang.t_with("when-between", &[("from", ui::Arg::Text(&text(start))), ("to", ui::Arg::Text(&text(end)))])
        }
        (Some(date), _) => text(date),
        (None, Some(end)) => lang.t_with("when-until", &[("to", ui::Arg::Text(&text(end)))]),
        (None, None) => String::new(),
    }
}

/// Where, as a component.
pub(crate) fn place(lang: Lang, at: &Where, precise: bool) -> Markup {
    let (country, country_href, of_party) = said::country(at.country.as_ref());
    let point = at.point.clone().map(|[lat, lon]| (lat, lon));
    let precision = if precise { at.precision.label.clone() } else { String::new() };
    let name = at.place.clone().unwrap_or_default();
    ui::place(lang, &Place { name, country, country_href, precision, point, of_party })
}

/// The status as of its latest source; an unknown one has no date to be as of.
pub(crate) fn status(lang: Lang, row: &Row) -> Markup {
    if row.status.id == "unknown" {
        return html! { span.status { (lang.t("status-unknown")) } };
    }
    ui::status(lang, &row.status.label, row.as_of.as_deref())
}

/// The marks of a link: offered only, point of particular interest.
pub(crate) fn flags(lang: Lang, row: &Row) -> Markup {
    html! {
        @if row.offered_only { (ui::offered_only(lang)) " " }
        @if row.highlight { (ui::highlight(lang)) " " }
    }
}

/// An item by name, marked if it is collective.
pub(crate) fn end(item: &ItemRef) -> Markup {
    html! { a href=(item.url) { bdi { (item.name) } } @if item.collective { "*" } }
}

/// The parts of a link's sentence without links of their own.
fn names(row: &Row) -> [(&'static str, Markup); 3] {
    let name = |item: &ItemRef| html! { bdi { (item.name) } @if item.collective { "*" } };
    [("subject", name(&row.subject)), ("verb", html! { (row.link_type.label) }), ("object", name(&row.object))]
}

fn result(lang: Lang, row: &Row) -> Markup {
    html! {
        li.result {
            p.result-title { a href=(row.url) { (sentence_plain(lang, row)) } }
            div.result-meta {
                (place(lang, &row.place, false))
                span { (when(lang, row)) }
                (ui::confidence(lang, row.rated.0, row.rated.1))
                (flags(lang, row))
                @if !row.categories.is_empty() {
                    ul.tags { @for category in &row.categories { li { (ui::tag(&category.tag(String::new()))) } } }
                }
            }
        }
    }
}

fn cells(lang: Lang, row: &Row, of: &str) -> Vec<Markup> {
    let other = if row.subject.id == of { &row.object } else { &row.subject };
    let how = html! {
        a.record href=(row.url) {
            (ui::confidence(lang, row.rated.0, row.rated.1))
            span.visually-hidden { " " (lang.t("record-and-evidence")) }
        }
    };
    vec![
        html! { (end(other)) " " (flags(lang, row)) },
        place(lang, &row.place, false),
        when(lang, row),
        html! { ul.tags { @for category in &row.categories { li { (ui::tag(&category.tag(String::new()))) } } } },
        status(lang, row),
        how,
    ]
}
