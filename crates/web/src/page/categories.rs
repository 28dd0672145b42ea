//! The index of categories, by group: what each means, and how much there is of it.

use maud::{Markup, html};
use serde::Serialize;
use ui::{Column, Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::countries::years;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Failure, Reply};
use crate::view::indices::CategoryEntry;
use crate::view::{Maker, citable};

#[derive(Serialize)]
struct Categories {
    categories: Vec<CategoryEntry>,
}

pub(crate) fn categories(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let view = Categories { categories: Maker::of(ask).categories() };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let title = ask.lang.t("categories");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.lang.t("categories-intro")) }
        @for group in view.categories.chunk_by(|a, b| a.group.id == b.group.id) { (section(ask, group)) }
        (cite(ask, &title, ""))
    };
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Wide, body)))
}

fn section(ask: &Ask<'_>, group: &[CategoryEntry]) -> Markup {
    let lang = ask.lang;
    let (id, title) = (format!("group-{}", group[0].group.id), ui::capitalised(&group[0].group.label));
    let columns = [
        Column::text(lang.t("table-category")),
        Column::text(lang.t("categories-meaning")),
        Column::number(lang.t("links")),
        Column::number(lang.t("countries")),
        Column::text(lang.t("index-years")),
    ];
    let all: Vec<Vec<Markup>> = group.iter().map(|entry| cells(ask, entry)).collect();
    html! { section.captioned aria-labelledby=(id) { h2 id=(id) { (title) } div.index { (ui::table(&title, &columns, &all)) } } }
}

fn cells(ask: &Ask<'_>, entry: &CategoryEntry) -> Vec<Markup> {
    let mut tag = entry.category.tag(entry.url.clone());
    tag.label = ui::capitalised(&tag.label);
    vec![
        html! { (ui::tag(&tag)) },
        html! { span.soft { (entry.definition) } },
        html! { (ui::grouped(entry.sum.links)) },
        html! { (ui::grouped(entry.countries as u64)) },
        years(ask, entry.sum),
    ]
}
