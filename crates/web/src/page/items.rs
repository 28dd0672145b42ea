//! The list of items, by kind and by a part of the name.

use std::collections::BTreeMap;

use edition::Item;
use maud::{Markup, html};
use model::FilterProblem;
use serde::Serialize;
use ui::{Layout, Pages, Section};

use crate::ask::{Ask, Face};
use crate::filtering::refused_page;
use crate::page::{Frame, cite, framed, rows};
use crate::reply::{Failure, Reply};
use crate::view::terms::{ItemRef, Term};
use crate::view::{Maker, citable};

/// So many items stand on one page.
const PAGE: usize = 200;

#[derive(Serialize)]
struct Items {
    total: usize,
    page: usize,
    pages: usize,
    kinds: Vec<KindCount>,
    items: Vec<ItemRef>,
    #[serde(skip)]
    query: String,
    #[serde(skip)]
    kind: String,
}

#[derive(Serialize)]
struct KindCount {
    #[serde(flatten)]
    kind: Term,
    count: usize,
}

pub(crate) fn items(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let view = view(ask)?;
    let url = ask.urls().items(&view.query, view.page);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, url, view)));
    }
    let query = url.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let title = ask.lang.t("nav-items");
    Ok(framed(ask, Frame { query, ..Frame::new(&title, Section::Items, Layout::Wide, body(ask, &view)) }))
}

fn view(ask: &Ask<'_>) -> Result<Items, Failure> {
    let (mut kind, mut page) = (String::new(), 1);
    for (key, value) in ask.query.iter().filter(|(_, value)| !value.is_empty()) {
        match key.as_str() {
            "kind" => kind.clone_from(value),
            "page" => page = value.parse().ok().filter(|page| *page > 0).ok_or_else(|| refused_page("1"))?,
            _ if ask.face.is_data() => {
                return Err(Failure::Filter(vec![FilterProblem::UnknownKey { key: key.clone() }]));
            }
            _ => {}
        }
    }
    let kinds = kinds(ask);
    if !kind.is_empty() && !kinds.iter().any(|one| one.kind.id == kind) {
        let known = kinds.iter().map(|one| one.kind.id.as_str()).collect::<Vec<_>>().join(" ");
        return Err(Failure::Parameter("kind", known));
    }
    let wanted: Vec<Item<'_>> = all(ask).filter(|item| kind.is_empty() || item.kind() == kind).collect();
    let total = wanted.len();
    let pages =
        Pages::of(total, PAGE, page).ok_or_else(|| refused_page(&format!("1–{}", total.div_ceil(PAGE).max(1))))?;
    let shown = wanted.into_iter().skip((page - 1) * PAGE).take(PAGE);
    let items = shown.map(|item| Maker::of(ask).item_ref(item)).collect();
    let query = if kind.is_empty() { String::new() } else { format!("kind={kind}") };
    Ok(Items { total, page, pages: pages.last, kinds, items, query, kind })
}

fn all<'a>(ask: &Ask<'a>) -> impl Iterator<Item = Item<'a>> + use<'a> {
    let live = ask.live;
    live.items_by_name(ask.lang).iter().map(|number| live.edition.item_at(*number))
}

fn kinds(ask: &Ask<'_>) -> Vec<KindCount> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    all(ask).for_each(|item| *counts.entry(item.kind()).or_default() += 1);
    let count =
        |id: &str| KindCount { kind: Maker::of(ask).kind(id), count: counts.get(id).copied().unwrap_or_default() };
    ask.edition().vocabulary().kinds.ids().map(count).collect()
}

fn body(ask: &Ask<'_>, view: &Items) -> Markup {
    let lang = ask.lang;
    let maker = Maker::of(ask);
    html! {
        h1 { (lang.t("nav-items")) }
        ul.jump {
            li { a href=(ask.urls().path()) { (lang.t("path-ask")) } }
            li { a href=(ask.urls().compare()) { (lang.t("compare-ask")) } }
            li { a href=(ask.urls().screen()) { (lang.t("screen-title")) } }
        }
        nav aria-label=(lang.t("key-item-kind")) {
            ul.tags {
                li {
                    a href=(ask.urls().items("", 1)) aria-current=[view.kind.is_empty().then_some("page")] {
                        (lang.t("all-kinds"))
                    }
                }
                @for one in view.kinds.iter().filter(|one| one.count > 0) {
                    li {
                        (ui::tag(&one.kind.tag(ask.urls().items(&format!("kind={}", one.kind.id), 1)))) " " span.soft {
                            (ui::grouped(one.count as u64))
                        }
                    }
                }
            }
        }
        p role="status" { (lang.t_with("count-items", &[("n", ui::Arg::Count(view.total as u64))])) }
        ul.columns-list {
            @for item in &view.items {
                @let kind = maker.kind(&item.kind);
                li {
                    (ui::icon(&kind.icon)) " " (rows::end(item)) span.visually-hidden {
                        (lang.t("list-comma")) (kind.label)
                    }
                }
            }
        }
        (ui::pager(lang, Pages { page: view.page, last: view.pages }, |page| ask.urls().items(&view.query, page)))
        (cite(ask, &lang.t("nav-items"), &view.query))
    }
}
