//! A slice of the atlas inside another site: map, numbers and the way to the rest; no form, and nothing that
//! watches its reader. The only pages that may stand in a frame.

use maud::html;
use serde::Serialize;
use ui::Embedded;

use crate::ask::{Ask, Face};
use crate::filtering::asked;
use crate::page::filter::{map, words};
use crate::page::{map_script, rows};
use crate::reply::{Failure, Reply};
use crate::view::{Maker, citable};

/// So many links stand under the map.
const NEWEST: usize = 10;

#[derive(Serialize)]
struct Embed {
    filter: String,
    total: u32,
    located: u32,
    links: String,
}

pub(crate) fn embed(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask, false)?;
    let filter = &asked.filter;
    let selected = Maker::of(ask).select(filter.clone());
    let counts = &selected.counts;
    let links = ask.urls().home(filter);
    if ask.face == Face::Json {
        let view = Embed { filter: filter.query(), total: counts.total, located: counts.located, links };
        return Ok(Reply::json(&citable(ask, ask.urls().embed(filter), view)));
    }
    let (lang, title) = (ask.lang, words(ask, filter));
    let maker = Maker::of(ask);
    let newest: Vec<_> = selected.links(0, NEWEST).into_iter().map(|n| maker.row(ask.edition().link_at(n))).collect();
    let body = html! {
        h1.visually-hidden { (ask.site.imprint.name) @if !title.is_empty() { (ask.lang.t("list-colon")) (title) } }
        (map(ask, Some(filter), filter))
        @if !newest.is_empty() {
            details.embed-list { summary { (lang.t("embed-newest")) } (rows::list(lang, &newest)) }
        }
        p.embed-line {
            @if !title.is_empty() { span { (title) } " " }
            span { (rows::count(lang, counts.total, counts.located)) } " "
            a href=(links) target="_blank" rel="noopener" { (lang.t("embed-open")) }
            span.soft { " " (ask.site.imprint.name) " · " (ask.site.imprint.licence) " · " (lang.t("notice")) }
        }
    };
    let languages = ui::Lang::ALL.map(|lang| (lang, crate::url::Urls { lang }.embed(filter))).into();
    let page = Embedded { lang, title, languages, scripts: map_script(ask), body };
    Ok(Reply::html(ui::embedded(ask.site, &page)))
}
