//! Two or three items side by side: what they do, where, when, and which lists they are on.

use std::collections::BTreeMap;

use edition::select::Counts;
use maud::{Markup, html};
use model::{Filter, FilterKey};
use serde::Serialize;
use ui::{Arg, Column, Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::key_label;
use crate::page::{Frame, cite, framed, here, rows};
use crate::picked::{Picked, understood};
use crate::reply::{Failure, Reply};
use crate::url::question;
use crate::view::link::Row;
use crate::view::terms::{ItemRef, Term};
use crate::view::{Maker, citable};

/// So many items are compared at most.
const MOST: usize = 3;

/// By which keys they are compared, in order.
const KEYS: [FilterKey; 4] = [FilterKey::Link, FilterKey::Category, FilterKey::Country, FilterKey::Confidence];

/// Items side by side.
#[derive(Serialize)]
struct Comparison {
    items: Vec<Head>,
    /// Counts of links by one key after the other.
    counts: Vec<Facet>,
    /// Counts of links by year.
    years: Vec<Line>,
    /// Links without any date, by item.
    undated: Vec<u64>,
    /// Lists that at least one is or was on.
    lists: Vec<Listed>,
}

/// One item's head.
#[derive(Serialize)]
struct Head {
    item: ItemRef,
    /// What it is.
    kind: Term,
    /// Its links in all.
    links: u64,
    /// Countries with facts.
    countries: usize,
}

/// A key with its choices.
#[derive(Serialize)]
struct Facet {
    key: &'static str,
    lines: Vec<Line>,
}

/// A choice with a count for each item.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    term: Term,
    counts: Vec<u64>,
}

/// A list with each item's entry on it.
#[derive(Serialize)]
struct Listed {
    list: ItemRef,
    entries: Vec<Option<Row>>,
}

pub(crate) fn compare(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let picked = all_picked(ask)?;
    let view = comparison(ask, &picked);
    let pairs = picked.iter().filter_map(|one| one.id(ask)).map(|id| ("item", id));
    let query = crate::url::query(pairs);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, format!("{}{}", here(ask), question(&query)), view)));
    }
    let names: Vec<&str> = view.items.iter().map(|column| column.item.name.as_str()).collect();
    let title = match names.is_empty() {
        true => ask.lang.t("compare-ask"),
        false => ask.lang.t_with("compare-title", &[("items", Arg::Text(&names.join(&ask.lang.t("list-comma"))))]),
    };
    let body = body(ask, &view, &picked, &title, &query);
    Ok(framed(ask, Frame { query, ..Frame::new(&title, Section::Items, Layout::Wide, body) }))
}

fn all_picked(ask: &Ask<'_>) -> Result<Vec<Picked>, Failure> {
    let mut all: Vec<Picked> = Vec::new();
    for (key, value) in ask.query.iter().filter(|(_, value)| !value.trim().is_empty()) {
        match key.as_str() {
            "item" => all.push(understood(ask, value)),
            _ if ask.face.is_data() => {
                return Err(Failure::Filter(vec![model::FilterProblem::UnknownKey { key: key.clone() }]));
            }
            _ => {}
        }
    }
    if all.len() > MOST || ask.face.is_data() && all.iter().any(|one| one.item.is_none()) {
        return Err(Failure::Parameter("item", format!("1–{MOST}")));
    }
    Ok(all)
}

fn comparison(ask: &Ask<'_>, picked: &[Picked]) -> Comparison {
    let (maker, edition) = (Maker::of(ask), ask.edition());
    let items: Vec<_> = picked.iter().filter_map(|one| one.item).map(|item| edition.item_at(item)).collect();
    let of = |item: &edition::Item<'_>| edition.select(&Filter::default().with(FilterKey::Item, item.id())).1;
    let counts: Vec<Counts> = items.iter().map(of).collect();
    let head = |(item, counts): (&edition::Item<'_>, &Counts)| Head {
        item: maker.item_ref(*item),
        kind: maker.kind(item.kind()),
        links: counts.total.into(),
        countries: counts.facet(FilterKey::Country).iter().filter(|count| **count > 0).count(),
    };
    Comparison {
        items: items.iter().zip(&counts).map(head).collect(),
        counts: KEYS.iter().map(|key| facet(&maker, *key, &counts)).collect(),
        years: years(&counts),
        undated: counts.iter().map(|counts| counts.undated.into()).collect(),
        lists: lists(&maker, &items),
    }
}

fn facet(maker: &Maker<'_>, key: FilterKey, counts: &[Counts]) -> Facet {
    let ids = maker.edition.choices(key);
    let line = |(index, id): (usize, &&str)| {
        let counts: Vec<u64> = counts.iter().map(|counts| counts.of(key, index).into()).collect();
        counts.iter().any(|count| *count > 0).then(|| Line { term: maker.value_term(key, id), counts })
    };
    let mut lines: Vec<Line> = ids.iter().enumerate().filter_map(line).collect();
    if key != FilterKey::Confidence {
        lines.sort_by_key(|line| std::cmp::Reverse(line.counts.iter().sum::<u64>()));
    }
    Facet { key: key.name(), lines }
}

fn years(counts: &[Counts]) -> Vec<Line> {
    let mut years: BTreeMap<i16, Vec<u64>> = BTreeMap::new();
    for (n, counts) in counts.iter().enumerate() {
        // The counts are those of the item's filter, so a year with a count is one of its links' years.
        for (year, count) in counts.years.iter().filter(|(_, count)| *count > 0) {
            years.entry(*year).or_insert_with(|| vec![0; 3])[n] = (*count).into();
        }
    }
    let line = |(year, mut all): (i16, Vec<u64>)| {
        all.truncate(counts.len());
        Line { term: Term { id: year.to_string(), label: year.to_string(), ..Term::default() }, counts: all }
    };
    years.into_iter().map(line).collect()
}

fn lists(maker: &Maker<'_>, items: &[edition::Item<'_>]) -> Vec<Listed> {
    let mut lists: BTreeMap<&str, Vec<Option<Row>>> = BTreeMap::new();
    for (n, item) in items.iter().enumerate() {
        for link in item.listings() {
            lists.entry(link.object().id()).or_insert_with(|| vec![None; items.len()])[n] = Some(maker.row(link));
        }
    }
    let listed = |(id, entries): (&str, Vec<Option<Row>>)| Some(Listed { list: maker.item_ref_by_id(id)?, entries });
    lists.into_iter().filter_map(listed).collect()
}

fn body(ask: &Ask<'_>, view: &Comparison, picked: &[Picked], title: &str, query: &str) -> Markup {
    let lang = ask.lang;
    let empty = Picked::default();
    html! {
        h1 { (title) }
        p.lead { (lang.t("compare-intro")) }
        form.walk-form method="get" action=(here(ask)) {
            div.ends {
                @for n in 0..MOST {
                    (picked.get(n).unwrap_or(&empty).nth_field(ask, "item", n, &lang.t_with("compare-item", &[("n", Arg::Count(n as u64 + 1))])))
                }
            }
            button type="submit" { (lang.t("compare-show")) }
        }
        @if !view.items.is_empty() {
            (heads(ask, view))
            (lists_table(ask, view))
            @for facet in view.counts.iter().filter(|facet| !facet.lines.is_empty()) { (facet_table(ask, view, facet)) }
            (years_table(ask, view))
        }
        (cite(ask, title, query))
    }
}

fn heads(ask: &Ask<'_>, view: &Comparison) -> Markup {
    let lang = ask.lang;
    let columns = [
        Column::text(lang.t("nav-items")),
        Column::text(lang.t("compare-kind")),
        Column::number(lang.t("links")),
        Column::number(lang.t("compare-countries")),
    ];
    let cells = |one: &Head| {
        vec![
            rows::end(&one.item),
            html! { (one.kind.label) },
            html! { (ui::grouped(one.links)) },
            html! { (ui::grouped(one.countries as u64)) },
        ]
    };
    let cells: Vec<Vec<Markup>> = view.items.iter().map(cells).collect();
    html! { section { (ui::table(&lang.t("compare-caption"), &columns, &cells)) } }
}

fn columns(first: String, view: &Comparison, number: bool) -> Vec<Column> {
    let one = |column: &Head| {
        if number { Column::number(column.item.name.clone()) } else { Column::text(column.item.name.clone()) }
    };
    std::iter::once(Column::text(first)).chain(view.items.iter().map(one)).collect()
}

fn facet_table(ask: &Ask<'_>, view: &Comparison, facet: &Facet) -> Markup {
    let key = KEYS.into_iter().find(|key| key.name() == facet.key).unwrap_or(FilterKey::Category);
    let label = key_label(ask.lang, key);
    let count = |line: &Line, n: usize| {
        let filter = Filter::default().with(FilterKey::Item, &view.items[n].item.id).with(key, &line.term.id);
        number(ask, line.counts[n], &filter)
    };
    let cells = |line: &Line| {
        let numbers = (0..view.items.len()).map(|n| count(line, n));
        std::iter::once(html! { (ui::tag(&line.term.tag(String::new()))) }).chain(numbers).collect()
    };
    let cells: Vec<Vec<Markup>> = facet.lines.iter().map(cells).collect();
    let caption = ask.lang.t(crate::view::figures::title_of(key));
    html! { section { h2 { (label) } (ui::table(&caption, &columns(label.clone(), view, true), &cells)) } }
}

fn years_table(ask: &Ask<'_>, view: &Comparison) -> Markup {
    let lang = ask.lang;
    let cells = |line: &Line| {
        let number = |n: usize| {
            let year = &line.term.id;
            let filter = Filter::default().with(FilterKey::Item, &view.items[n].item.id);
            number(ask, line.counts[n], &filter.with(FilterKey::From, year).with(FilterKey::To, year))
        };
        std::iter::once(html! { (line.term.label) }).chain((0..view.items.len()).map(number)).collect()
    };
    let mut all: Vec<Vec<Markup>> = view.years.iter().map(cells).collect();
    if view.undated.iter().any(|count| *count > 0) {
        let numbers = view.undated.iter().map(|count| html! { (ui::grouped(*count)) });
        all.push(std::iter::once(html! { (lang.t("undated")) }).chain(numbers).collect());
    }
    html! {
        @if !all.is_empty() {
            section { h2 { (lang.t("by-year")) } (ui::table(&lang.t("by-year-caption"), &columns(lang.t("year"), view, true), &all)) }
        }
    }
}

/// A count that leads to what was counted.
fn number(ask: &Ask<'_>, count: u64, filter: &Filter) -> Markup {
    html! {
        @if count == 0 { "0" } @else { a href=(ask.urls().links(filter, 1)) { (ui::grouped(count)) } }
    }
}

fn lists_table(ask: &Ask<'_>, view: &Comparison) -> Markup {
    let lang = ask.lang;
    let entry = |row: &Option<Row>| match row {
        None => html! { span.soft { (lang.t("compare-not-listed")) } },
        Some(row) => html! {
            span { a href=(row.url) { (rows::when(lang, row)) } " " (ui::confidence(lang, row.rated.0, row.rated.1)) }
        },
    };
    let cells = |listed: &Listed| {
        std::iter::once(rows::end(&listed.list)).chain(listed.entries.iter().map(entry)).collect::<Vec<_>>()
    };
    let cells: Vec<Vec<Markup>> = view.lists.iter().map(cells).collect();
    html! {
        section {
            h2 { (lang.t("lists-it-is-on")) }
            @if cells.is_empty() { p { (lang.t("compare-no-lists")) } }
            @else { (ui::table(&lang.t("compare-lists-caption"), &columns(lang.t("compare-list"), view, false), &cells)) }
        }
    }
}
