//! The index of countries: how much is known of each, since when, and of what most.

use maud::{Markup, html};
use model::FilterProblem;
use serde::Serialize;
use ui::{Column, Layout, Section};

use crate::ask::{Ask, Face};
use crate::csv;
use crate::page::{Frame, cite, framed};
use crate::reply::{Failure, Reply};
use crate::view::indices::{CountryEntry, Sum};
use crate::view::{Maker, citable};

/// What the index can be sorted by; the first is not named in the address.
const SORTS: [&str; 2] = ["name", "links"];

#[derive(Serialize)]
struct Countries {
    countries: Vec<CountryEntry>,
}

pub(crate) fn countries(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let sort = sort(ask)?;
    let mut countries = Maker::of(ask).countries();
    crate::order::Names::of(ask.lang, crate::order::By::Sound).sort(&mut countries, |entry| &entry.country.name);
    if sort == SORTS[1] {
        countries.sort_by_key(|entry| std::cmp::Reverse(entry.sum.links));
    }
    let view = Countries { countries };
    let url = ask.urls().countries("", if sort == SORTS[0] { "" } else { sort });
    match ask.face {
        Face::Json => return Ok(Reply::json(&citable(ask, url, view))),
        Face::Csv => return Ok(table(&view)),
        _ => {}
    }
    let title = ask.lang.t("countries");
    let query = url.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let csv = ask.urls().countries(".csv", "");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.lang.t("countries-intro")) }
        (sorts(ask, sort))
        p.downloads { (ui::icon("download")) a href=(csv) { "CSV" } }
        div.index { (index(ask, &view)) }
        (cite(ask, &title, &query))
    };
    Ok(framed(
        ask,
        Frame { query, faces: vec![("text/csv", csv)], ..Frame::new(&title, Section::Other, Layout::Wide, body) },
    ))
}

fn sort<'a>(ask: &'a Ask<'_>) -> Result<&'a str, Failure> {
    let mut sort = SORTS[0];
    for (key, value) in ask.query.iter().filter(|(_, value)| !value.is_empty()) {
        match key.as_str() {
            "sort" if SORTS.contains(&value.as_str()) => sort = value,
            "sort" => return Err(Failure::Parameter("sort", SORTS.join(" "))),
            _ if ask.face.is_data() => {
                return Err(Failure::Filter(vec![FilterProblem::UnknownKey { key: key.clone() }]));
            }
            _ => {}
        }
    }
    Ok(sort)
}

fn sorts(ask: &Ask<'_>, chosen: &str) -> Markup {
    let choices = [("name", "sort-name", ""), ("links", "sort-links", "links")];
    html! {
        p.soft #sort { (ask.lang.t("sort-by")) }
        ul.jump aria-labelledby="sort" {
            @for (id, key, value) in choices {
                li { a href=(ask.urls().countries("", value)) aria-current=[(id == chosen).then_some("true")] { (ask.lang.t(key)) } }
            }
        }
    }
}

fn index(ask: &Ask<'_>, view: &Countries) -> Markup {
    let lang = ask.lang;
    let columns = [
        Column::text(crate::filtering::key_label(lang, model::FilterKey::Country)),
        Column::number(lang.t("links")),
        Column::number(lang.t("index-located")),
        Column::text(lang.t("index-years")),
        Column::text(lang.t("index-most")),
        Column::number(lang.t("index-items")),
    ];
    let all: Vec<Vec<Markup>> = view.countries.iter().map(|entry| cells(ask, entry)).collect();
    ui::table(&lang.t_with("countries-caption", &[("n", ui::Arg::Count(all.len() as u64))]), &columns, &all)
}

fn cells(ask: &Ask<'_>, entry: &CountryEntry) -> Vec<Markup> {
    let items = ask.urls().items(&format!("country={}", entry.country.code), 1);
    vec![
        html! { a href=(entry.country.url) { (entry.country.name) } },
        html! { (ui::grouped(entry.sum.links)) },
        html! { (ui::grouped(entry.sum.located)) },
        years(ask, entry.sum),
        html! { @if let Some(category) = &entry.category { (ui::tag(&category.tag(String::new()))) } },
        html! { @if entry.items > 0 { a href=(items) { (ui::grouped(entry.items as u64)) } } @else { "0" } },
    ]
}

/// "2008 to 2024".
pub(crate) fn years(ask: &Ask<'_>, sum: Sum) -> Markup {
    html! {
        @match (sum.first, sum.last) {
            (Some(first), Some(last)) if first != last => span.nowrap {
                (ask.lang.t_with("when-between", &[("from", ui::Arg::Text(&first.to_string())), ("to", ui::Arg::Text(&last.to_string()))]))
            }
            (Some(year), _) => (year),
            _ => @if sum.links > 0 { (ask.lang.t("undated")) },
        }
    }
}

fn table(view: &Countries) -> Reply {
    let mut text = csv::row(["code", "name", "links", "located", "first", "last", "category", "items", "url"]);
    let year = |year: Option<i16>| year.map(|year| year.to_string()).unwrap_or_default();
    for entry in &view.countries {
        let (links, located, items) =
            (entry.sum.links.to_string(), entry.sum.located.to_string(), entry.items.to_string());
        let category = entry.category.as_ref().map(|category| category.id.clone()).unwrap_or_default();
        let country = &entry.country;
        let (first, last) = (year(entry.sum.first), year(entry.sum.last));
        let cells: [&str; 9] =
            [&country.code, &country.name, &links, &located, &first, &last, &category, &items, &country.url];
        text.push_str(&csv::row(cells));
    }
    Reply { download: "countries.csv", ..Reply::data("text/csv; charset=utf-8", text.into_bytes()) }
}
