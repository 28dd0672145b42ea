//! Control and sanctions lists: which there are, and who stands on each, since when and under which law.

use edition::{Item, LinkView};
use maud::{Markup, html};
use model::{Filter, FilterKey};
use serde::Serialize;
use ui::{Column, Layout, Pages, Section};

use crate::ask::{Ask, Face};
use crate::csv;
use crate::filtering::{asked, no_query, refused_page};
use crate::page::{Frame, cite, framed, here, live, rows};
use crate::reply::{Failure, Reply};
use crate::view::record::Listing;
use crate::view::terms::ItemRef;
use crate::view::{Maker, citable};

/// So many entries stand on one page.
const PAGE: usize = 200;

#[derive(Serialize)]
struct Lists {
    lists: Vec<Kept>,
}

#[derive(Serialize)]
struct Kept {
    list: ItemRef,
    /// Who keeps it, and in which country.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keepers: Vec<ItemRef>,
    entries: usize,
    url: String,
}

#[derive(Serialize)]
struct Whole {
    list: ItemRef,
    total: usize,
    page: usize,
    pages: usize,
    entries: Vec<Listing>,
}

pub(crate) fn lists(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let maker = Maker::of(ask);
    let of = |item: Item<'_>| Kept {
        list: maker.item_ref(item),
        keepers: item
            .links_in()
            .iter()
            .filter(|l| l.link_type() == "operates")
            .map(|l| maker.item_ref(l.subject()))
            .collect(),
        entries: entries(item).len(),
        url: ask.urls().list(item.id(), 1),
    };
    let items = ask.live.items_by_name(ask.lang).iter().map(|number| ask.edition().item_at(*number));
    let mut lists: Vec<Kept> = items.filter(|item| item.kind() == "list").map(of).collect();
    lists.sort_by_key(|kept| std::cmp::Reverse(kept.entries));
    let view = Lists { lists };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let title = ask.lang.t("lists");
    let body = html! { h1 { (title) } (index(ask, &view)) (cite(ask, &title, "")) };
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Wide, body)))
}

fn index(ask: &Ask<'_>, view: &Lists) -> Markup {
    let lang = ask.lang;
    let columns = [
        Column::text(lang.t("key-list")),
        Column::text(lang.t("lists-keeper")),
        Column::number(lang.t("lists-entries")),
    ];
    let cells = |kept: &Kept| {
        vec![
            html! { a href=(kept.url) { bdi { (kept.list.name) } } },
            html! { @for keeper in &kept.keepers { (rows::end(keeper)) " " } },
            html! { (ui::grouped(kept.entries as u64)) },
        ]
    };
    let all: Vec<Vec<Markup>> = view.lists.iter().map(cells).collect();
    html! { p.lead { (lang.t("lists-intro")) } div.index { (ui::table(&lang.t("lists-caption"), &columns, &all)) } }
}

/// The links that put an item on a list, by the name of what is listed.
fn entries(list: Item<'_>) -> Vec<LinkView<'_>> {
    list.links_in().into_iter().filter(|link| matches!(link.link_type(), "listed-on" | "indexed-by")).collect()
}

pub(crate) fn list(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask, ask.face != Face::Csv)?;
    let item = live(ask, ask.edition().item(ask.id()))?;
    if item.kind() != "list" {
        return Err(Failure::Missing);
    }
    let mut all = entries(item);
    let order = crate::order::Names::of(ask.lang, crate::order::By::Sound);
    order.sort(&mut all, |link| link.subject().name(ask.lang.tag()));
    let maker = Maker::of(ask);
    let size = if ask.face == Face::Csv { all.len().max(1) } else { PAGE };
    let pages = Pages::of(all.len(), size, asked.page)
        .ok_or_else(|| refused_page(&format!("1–{}", all.len().div_ceil(size).max(1))))?;
    let view = Whole {
        list: maker.item_ref(item),
        total: all.len(),
        page: pages.page,
        pages: pages.last,
        entries: all.into_iter().skip((pages.page - 1) * size).take(size).map(|link| maker.listing(link)).collect(),
    };
    match ask.face {
        Face::Json => Ok(Reply::json(&citable(ask, ask.urls().list(ask.id(), view.page), view))),
        Face::Csv => Ok(table(&view)),
        _ => Ok(page(ask, &view, pages)),
    }
}

fn table(view: &Whole) -> Reply {
    let mut text =
        csv::row(["list", "item", "name", "printed_as", "effective", "status", "confidence", "citation", "url"]);
    for entry in &view.entries {
        let row = &entry.row;
        let (printed, effective, citation) =
            (entry.printed.join("|"), entry.effective.join("|"), entry.citations.join("|"));
        let (item, status) = (&row.subject, &row.status.id);
        let cells: [&str; 9] =
            [&view.list.id, &item.id, &item.name, &printed, &effective, status, row.confidence, &citation, &row.url];
        text.push_str(&csv::row(cells));
    }
    Reply { download: "list.csv", ..Reply::data("text/csv; charset=utf-8", text.into_bytes()) }
}

fn page(ask: &Ask<'_>, view: &Whole, pages: Pages) -> Reply {
    let (lang, title) = (ask.lang, view.list.name.clone());
    let filter = Filter::default().with(FilterKey::List, &view.list.id);
    let columns = ["lists-listed", "listed-from", "table-status", "legal-citation-head", "table-confidence"]
        .map(|key| Column::text(lang.t(key)));
    let all: Vec<Vec<Markup>> = view.entries.iter().map(|entry| cells(ask, entry)).collect();
    let csv = format!("{}/list/{}.csv", lang.prefix(), view.list.id);
    let body = html! {
        header.record-head {
            p.kicker { (ui::icon("list")) (lang.t("key-list")) }
            h1 { bdi { (title) } }
            p { a href=(view.list.url) { (lang.t("lists-record")) } " · " a href=(ask.urls().home(&filter)) { (lang.t("lists-elsewhere")) } }
        }
        p role="status" { (lang.t_with("lists-count", &[("n", ui::Arg::Count(view.total as u64))])) }
        p.downloads { (ui::icon("download")) a href=(csv) { "CSV" } }
        @if view.entries.is_empty() { p { (lang.t("lists-empty")) } } @else { div.index { (ui::table(&title, &columns, &all)) } }
        (ui::pager(lang, pages, |page| ask.urls().list(&view.list.id, page)))
        (cite(ask, &title, ""))
    };
    framed(ask, Frame { faces: vec![("text/csv", csv)], ..Frame::new(&title, Section::Other, Layout::Wide, body) })
}

fn cells(ask: &Ask<'_>, entry: &Listing) -> Vec<Markup> {
    let (lang, row) = (ask.lang, &entry.row);
    vec![
        html! {
            (rows::end(&row.subject))
            @if !entry.printed.is_empty() { div.soft { (lang.t("printed-as")) " " @for name in &entry.printed { bdi { (name) } " " } } }
        },
        html! {
            @if entry.effective.is_empty() { (rows::when(lang, row)) }
            @for date in &entry.effective { (ui::date(lang, date)) " " }
        },
        rows::status(lang, row),
        html! { @for citation in &entry.citations { span dir="auto" { (citation) } " " } },
        html! { a.record href=(row.url) { (ui::confidence(lang, row.rated.0, row.rated.1)) span.visually-hidden { " " (lang.t("record-and-evidence")) } } },
    ]
}
