//! The index of items: by kind, country and letter, in the order of names, links, kind or country.

use std::collections::BTreeMap;

use edition::Item;
use maud::{Markup, html};
use model::{FilterKey, FilterProblem};
use serde::Serialize;
use ui::{Column, Lang, Layout, Pages, Section};

use crate::ask::{Ask, Face};
use crate::csv;
use crate::filtering::refused_page;
use crate::order::{By, Names};
use crate::page::{Frame, cite, framed, rows};
use crate::reply::{Failure, Reply};
use crate::view::terms::{CountryRef, ItemRef, Term};
use crate::view::{Maker, citable};

/// So many items stand on one page.
const PAGE: usize = 200;

/// What the index can be sorted by; the first is not named in the address. Strokes are for Chinese names.
const SORTS: [&str; 5] = ["name", "strokes", "links", "kind", "country"];

#[derive(Serialize)]
struct Items {
    total: usize,
    page: usize,
    pages: usize,
    kinds: Vec<KindCount>,
    letters: Vec<char>,
    items: Vec<Entry>,
    #[serde(skip)]
    asked: Asked,
}

/// One line of the index.
#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    item: ItemRef,
    /// Its name in the other script, where it has one.
    #[serde(skip_serializing_if = "String::is_empty")]
    other_name: String,
    /// The country of its seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<CountryRef>,
    /// How many links it has.
    links: usize,
}

#[derive(Serialize)]
struct KindCount {
    #[serde(flatten)]
    kind: Term,
    count: usize,
}

/// What the query asks for.
#[derive(Default, Clone)]
struct Asked {
    kind: String,
    country: String,
    letter: String,
    sort: String,
    page: usize,
}

impl Asked {
    /// The canonical query with one value changed; an empty value takes the key away.
    fn with(&self, key: &str, value: &str) -> String {
        let pairs = [("kind", &self.kind), ("country", &self.country), ("letter", &self.letter), ("sort", &self.sort)];
        let pairs = pairs.map(|(name, own)| (name, if name == key { value } else { own.as_str() }));
        let told = pairs.iter().filter(|(name, value)| !value.is_empty() && (*name != "sort" || *value != SORTS[0]));
        told.map(|(name, value)| format!("{name}={}", if *value == "#" { "%23" } else { value }))
            .collect::<Vec<_>>()
            .join("&")
    }

    fn query(&self) -> String {
        self.with("", "")
    }
}

pub(crate) fn items(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let view = view(ask)?;
    let url = ask.urls().items(&view.asked.query(), view.page);
    match ask.face {
        Face::Json => return Ok(Reply::json(&citable(ask, url, view))),
        Face::Csv => return Ok(table(&view)),
        _ => {}
    }
    let query = url.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let title = ask.lang.t("nav-items");
    let csv = format!("{}/items.csv{}", ask.lang.prefix(), crate::url::question(&view.asked.query()));
    let frame = Frame::new(&title, Section::Items, Layout::Wide, body(ask, &view));
    Ok(framed(ask, Frame { query, faces: vec![("text/csv", csv)], ..frame }))
}

fn asked(ask: &Ask<'_>) -> Result<Asked, Failure> {
    let mut asked = Asked { page: 1, ..Asked::default() };
    for (key, value) in ask.query.iter().filter(|(_, value)| !value.is_empty()) {
        match key.as_str() {
            "kind" => asked.kind.clone_from(value),
            "country" => asked.country.clone_from(value),
            "letter" => asked.letter.clone_from(value),
            "sort" => asked.sort.clone_from(value),
            "page" => asked.page = value.parse().ok().filter(|page| *page > 0).ok_or_else(|| refused_page("1"))?,
            _ if ask.face.is_data() => {
                return Err(Failure::Filter(vec![FilterProblem::UnknownKey { key: key.clone() }]));
            }
            _ => {}
        }
    }
    let vocabulary = ask.edition().vocabulary();
    let refuse = |key, known: String| Err(Failure::Parameter(key, known));
    if !asked.kind.is_empty() && vocabulary.kinds.get(&asked.kind).is_none() {
        return refuse("kind", vocabulary.kinds.ids().collect::<Vec<_>>().join(" "));
    }
    if !asked.country.is_empty() && vocabulary.country(&asked.country).is_none() {
        return refuse("country", "ISO 3166-1".into());
    }
    if !asked.sort.is_empty() && !SORTS.contains(&asked.sort.as_str()) {
        return refuse("sort", SORTS.join(" "));
    }
    if asked.letter.chars().count() > 1 {
        return refuse("letter", "A–Z #".into());
    }
    Ok(asked)
}

fn view(ask: &Ask<'_>) -> Result<Items, Failure> {
    let asked = asked(ask)?;
    let kinds = kinds(ask);
    let order = Names::of(ask.lang, By::Sound);
    let within = |item: &Item<'_>| {
        (asked.kind.is_empty() || item.kind() == asked.kind)
            && (asked.country.is_empty() || item.country() == Some(asked.country.as_str()))
    };
    let mut wanted: Vec<Item<'_>> = all(ask).filter(within).collect();
    let mut letters: Vec<char> = wanted.iter().map(|item| order.letter(item.name(ask.lang.tag()))).collect();
    if let Some(letter) = asked.letter.chars().next() {
        let lettered = wanted.iter().zip(&letters).filter(|(_, own)| **own == letter).map(|(item, _)| *item);
        wanted = lettered.collect();
    }
    letters.sort_unstable();
    letters.dedup();
    sort(ask, &asked, &mut wanted);
    let total = wanted.len();
    let page = if ask.face == Face::Csv { total.max(1) } else { PAGE };
    let pages = Pages::of(total, page, asked.page)
        .ok_or_else(|| refused_page(&format!("1–{}", total.div_ceil(page).max(1))))?;
    let shown = wanted.into_iter().skip((asked.page - 1) * page).take(page);
    let items = shown.map(|item| entry(ask, item)).collect();
    Ok(Items { total, page: asked.page, pages: pages.last, kinds, letters, items, asked })
}

/// The items come in the order of their names; whatever else they are sorted by keeps it among equals.
fn sort(ask: &Ask<'_>, asked: &Asked, items: &mut Vec<Item<'_>>) {
    let maker = Maker::of(ask);
    let kinds = &ask.edition().vocabulary().kinds;
    match asked.sort.as_str() {
        "strokes" => Names::of(ask.lang, By::Strokes).sort(items, |item| item.name(ask.lang.tag())),
        "links" => items.sort_by_cached_key(|item| std::cmp::Reverse(links(*item))),
        "kind" => items.sort_by_key(|item| kinds.position(item.kind())),
        "country" => items.sort_by_cached_key(|item| {
            item.country().map_or((true, String::new()), |code| (false, maker.country_name(code)))
        }),
        _ => {}
    }
}

fn links(item: Item<'_>) -> usize {
    item.links_out().len() + item.links_in().len()
}

fn entry(ask: &Ask<'_>, item: Item<'_>) -> Entry {
    let maker = Maker::of(ask);
    let (own, other) = (item.name(ask.lang.tag()), item.name(ask.lang.other().tag()));
    Entry {
        item: maker.item_ref(item),
        other_name: if other == own { String::new() } else { other.to_owned() },
        country: item.country().map(|code| maker.country_ref(code, true)),
        links: links(item),
    }
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

fn table(view: &Items) -> Reply {
    let mut text = csv::row(["id", "name", "other_name", "kind", "country", "links", "collective", "url"]);
    for entry in &view.items {
        let country = entry.country.as_ref().map(|country| country.code.as_str()).unwrap_or_default();
        let collective = if entry.item.collective { "yes" } else { "" };
        let (item, links) = (&entry.item, entry.links.to_string());
        let cells = [&item.id, &item.name, &entry.other_name, &item.kind, country, &links, collective, &item.url];
        text.push_str(&csv::row(cells));
    }
    Reply { download: "items.csv", ..Reply::data("text/csv; charset=utf-8", text.into_bytes()) }
}

fn body(ask: &Ask<'_>, view: &Items) -> Markup {
    let (lang, asked) = (ask.lang, &view.asked);
    html! {
        h1 { (lang.t("nav-items")) }
        ul.jump {
            li { a href=(ask.urls().path()) { (lang.t("path-ask")) } }
            li { a href=(ask.urls().compare()) { (lang.t("compare-ask")) } }
            li { a href=(ask.urls().screen()) { (lang.t("screen-title")) } }
        }
        (kinds_row(ask, view))
        @if !asked.country.is_empty() {
            p.chips {
                a.chip href=(ask.urls().items(&asked.with("country", ""), 1)) {
                    span.chip-key { (lang.t("key-country")) } " " (Maker::of(ask).country_name(&asked.country)) (ui::icon("remove"))
                }
            }
        }
        (letters_row(ask, view))
        (sorts_row(ask, view))
        p role="status" { (lang.t_with("count-items", &[("n", ui::Arg::Count(view.total as u64))])) }
        (index(ask, view))
        (ui::pager(lang, Pages { page: view.page, last: view.pages }, |page| ask.urls().items(&asked.query(), page)))
        (cite(ask, &lang.t("nav-items"), &asked.query()))
    }
}

fn kinds_row(ask: &Ask<'_>, view: &Items) -> Markup {
    let (lang, asked) = (ask.lang, &view.asked);
    html! {
        nav aria-label=(lang.t("key-item-kind")) {
            ul.tags {
                li {
                    a href=(ask.urls().items(&asked.with("kind", ""), 1)) aria-current=[asked.kind.is_empty().then_some("page")] {
                        (lang.t("all-kinds"))
                    }
                }
                @for one in view.kinds.iter().filter(|one| one.count > 0) {
                    li {
                        (ui::tag(&one.kind.tag(ask.urls().items(&asked.with("kind", &one.kind.id), 1)))) " " span.soft {
                            (ui::grouped(one.count as u64))
                        }
                    }
                }
            }
        }
    }
}

fn letters_row(ask: &Ask<'_>, view: &Items) -> Markup {
    let (lang, asked) = (ask.lang, &view.asked);
    html! {
        nav aria-label=(lang.t("items-letters")) {
            ul.letters {
                li { a href=(ask.urls().items(&asked.with("letter", ""), 1)) aria-current=[asked.letter.is_empty().then_some("page")] { (lang.t("items-all-letters")) } }
                @for letter in &view.letters {
                    @let text = letter.to_string();
                    li { a href=(ask.urls().items(&asked.with("letter", &text), 1)) aria-current=[(asked.letter == text).then_some("page")] { (text) } }
                }
            }
        }
    }
}

fn sorts_row(ask: &Ask<'_>, view: &Items) -> Markup {
    let (lang, asked) = (ask.lang, &view.asked);
    let own = if asked.sort.is_empty() { SORTS[0] } else { &asked.sort };
    let label = |sort: &str| {
        lang.t(match (sort, lang) {
            ("name", Lang::ZhHans) => "sort-pinyin",
            ("name", Lang::En) => "sort-name",
            ("strokes", _) => "sort-strokes",
            ("links", _) => "sort-links",
            ("kind", _) => "sort-kind",
            _ => "sort-country",
        })
    };
    html! {
        nav aria-label=(lang.t("sort-by")) {
            ul.jump {
                li.soft { (lang.t("sort-by")) }
                @for sort in SORTS.iter().filter(|sort| **sort != "strokes" || lang == Lang::ZhHans) {
                    li { a href=(ask.urls().items(&asked.with("sort", sort), 1)) aria-current=[(*sort == own).then_some("page")] { (label(sort)) } }
                }
            }
        }
    }
}

fn index(ask: &Ask<'_>, view: &Items) -> Markup {
    let lang = ask.lang;
    let maker = Maker::of(ask);
    let columns = [
        Column::text(lang.t("items-name")),
        Column::text(lang.t("key-item-kind")),
        Column::text(lang.t("key-country")),
        Column::number(lang.t("links")),
    ];
    let cells = |entry: &Entry| {
        let filter = model::Filter::default().with(FilterKey::Item, &entry.item.id);
        let kind = maker.kind(&entry.item.kind);
        vec![
            html! { (rows::end(&entry.item)) @if !entry.other_name.is_empty() { " " span.soft { bdi { (entry.other_name) } } } },
            ui::tag(&kind.tag(String::new())),
            html! { @if let Some(country) = &entry.country { a href=(country.url) { (country.name) } } },
            html! { @if entry.links > 0 { a href=(ask.urls().links(&filter, 1)) { (ui::grouped(entry.links as u64)) } } @else { "0" } },
        ]
    };
    let all: Vec<Vec<Markup>> = view.items.iter().map(cells).collect();
    html! { div.index { (ui::table(&lang.t("items-caption"), &columns, &all)) } }
}
