//! The index of sources: by kind and language, in the order of date, title or use.

use std::collections::BTreeMap;

use edition::SourceView;
use maud::{Markup, html};
use model::FilterProblem;
use serde::Serialize;
use ui::{Column, Layout, Pages, Section};

use crate::ask::{Ask, Face};
use crate::filtering::refused_page;
use crate::page::{Frame, cite, framed};
use crate::reply::{Failure, Reply};
use crate::view::claim::SourceRef;
use crate::view::terms::Term;
use crate::view::{Maker, citable};

/// So many sources stand on one page.
const PAGE: usize = 200;

/// What the index can be sorted by; the first is not named in the address.
const SORTS: [&str; 3] = ["date", "title", "uses"];

#[derive(Serialize)]
struct Sources {
    total: usize,
    page: usize,
    pages: usize,
    kinds: Vec<Counted>,
    languages: Vec<Counted>,
    sources: Vec<Entry>,
    #[serde(skip)]
    asked: Asked,
}

#[derive(Serialize)]
struct Counted {
    #[serde(flatten)]
    term: Term,
    count: usize,
}

#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    source: SourceRef,
    kind: Term,
    language: String,
    /// How many records cite it.
    uses: usize,
}

#[derive(Default)]
struct Asked {
    kind: String,
    lang: String,
    sort: String,
    page: usize,
}

impl Asked {
    fn with(&self, key: &str, value: &str) -> String {
        let pairs = [("kind", &self.kind), ("lang", &self.lang), ("sort", &self.sort)];
        let pairs = pairs.map(|(name, own)| (name, if name == key { value } else { own.as_str() }));
        let told = pairs.iter().filter(|(name, value)| !value.is_empty() && (*name != "sort" || *value != SORTS[0]));
        told.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }
}

pub(crate) fn sources(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let view = view(ask)?;
    let query = view.asked.with("", "");
    let url = ask.urls().sources(&query, view.page);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, url, view)));
    }
    let title = ask.lang.t("sources");
    let own = url.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let body = html! { h1 { (title) } (body(ask, &view)) (cite(ask, &title, &query)) };
    Ok(framed(ask, Frame { query: own, ..Frame::new(&title, Section::Other, Layout::Wide, body) }))
}

fn asked(ask: &Ask<'_>) -> Result<Asked, Failure> {
    let mut asked = Asked { page: 1, ..Asked::default() };
    for (key, value) in ask.query.iter().filter(|(_, value)| !value.is_empty()) {
        match key.as_str() {
            "kind" => asked.kind.clone_from(value),
            "lang" => asked.lang.clone_from(value),
            "sort" => asked.sort.clone_from(value),
            "page" => asked.page = value.parse().ok().filter(|page| *page > 0).ok_or_else(|| refused_page("1"))?,
            _ if ask.face.is_data() => {
                return Err(Failure::Filter(vec![FilterProblem::UnknownKey { key: key.clone() }]));
            }
            _ => {}
        }
    }
    if !asked.sort.is_empty() && !SORTS.contains(&asked.sort.as_str()) {
        return Err(Failure::Parameter("sort", SORTS.join(" ")));
    }
    Ok(asked)
}

fn view(ask: &Ask<'_>) -> Result<Sources, Failure> {
    let (asked, maker) = (asked(ask)?, Maker::of(ask));
    let all = ask.edition().sources();
    let kinds = tally(all.iter().map(|view| view.source().kind.as_str()));
    let languages = tally(all.iter().map(|view| &*view.source().language).filter(|language| !language.is_empty()));
    for (key, value, known) in [("kind", &asked.kind, &kinds), ("lang", &asked.lang, &languages)] {
        if !value.is_empty() && !known.iter().any(|(id, _)| id == value) {
            return Err(Failure::Parameter(key, known.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(" ")));
        }
    }
    let within = |view: &SourceView<'_>| {
        let source = view.source();
        (asked.kind.is_empty() || source.kind.as_str() == asked.kind)
            && (asked.lang.is_empty() || *source.language == *asked.lang)
    };
    let mut wanted: Vec<SourceView<'_>> = all.iter().copied().filter(within).collect();
    sort(&asked.sort, &mut wanted);
    let total = wanted.len();
    let pages = Pages::of(total, PAGE, asked.page)
        .ok_or_else(|| refused_page(&format!("1–{}", total.div_ceil(PAGE).max(1))))?;
    let shown = wanted.into_iter().skip((asked.page - 1) * PAGE).take(PAGE);
    let entry = |view: SourceView<'_>| Entry {
        source: maker.source_ref(view.id()),
        kind: maker.choice("source-kind", view.source().kind.as_str()),
        language: view.source().language.to_string(),
        uses: view.uses().len(),
    };
    let kind = |(id, count): (&str, usize)| Counted { term: maker.choice("source-kind", id), count };
    let language = |(id, count): (&str, usize)| {
        let label = ui::language_name(ask.lang, id).unwrap_or_else(|| id.to_owned());
        Counted { term: Term { id: id.into(), label, ..Term::default() }, count }
    };
    Ok(Sources {
        total,
        page: asked.page,
        pages: pages.last,
        sources: shown.map(entry).collect(),
        kinds: kinds.into_iter().map(kind).collect(),
        languages: languages.into_iter().map(language).collect(),
        asked,
    })
}

/// How often each value stands, the most frequent first.
fn tally<'v>(values: impl Iterator<Item = &'v str>) -> Vec<(&'v str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}

/// The latest first, undated ones last; or by title; or the most cited first.
fn sort(by: &str, sources: &mut [SourceView<'_>]) {
    match by {
        "title" => sources.sort_by_cached_key(|view| view.source().title.text().to_lowercase()),
        "uses" => sources.sort_by_key(|view| std::cmp::Reverse(view.uses().len())),
        _ => sources.sort_by_cached_key(|view| {
            std::cmp::Reverse(
                view.source().published.as_ref().and_then(|date| date.latest_day().or(date.earliest_day())),
            )
        }),
    }
}

fn body(ask: &Ask<'_>, view: &Sources) -> Markup {
    let (lang, asked) = (ask.lang, &view.asked);
    let row = |key: &'static str, own: &str, label: String, all: &[Counted]| {
        html! {
            nav aria-label=(label) {
                ul.tags {
                    li { a href=(ask.urls().sources(&asked.with(key, ""), 1)) aria-current=[own.is_empty().then_some("page")] { (lang.t("all-of-them")) } }
                    @for one in all {
                        li {
                            a href=(ask.urls().sources(&asked.with(key, &one.term.id), 1)) aria-current=[(one.term.id == own).then_some("page")] { (one.term.label) }
                            " " span.soft { (ui::grouped(one.count as u64)) }
                        }
                    }
                }
            }
        }
    };
    let sort = if asked.sort.is_empty() { SORTS[0] } else { &asked.sort };
    let label = |sort: &str| {
        lang.t(match sort {
            "date" => "sort-date",
            "title" => "sort-title",
            _ => "sort-uses",
        })
    };
    html! {
        p.lead { (lang.t("sources-intro")) }
        (row("kind", &asked.kind, lang.t("glossary-source-kinds"), &view.kinds))
        (row("lang", &asked.lang, lang.t("sources-language"), &view.languages))
        nav aria-label=(lang.t("sort-by")) {
            ul.jump {
                li.soft { (lang.t("sort-by")) }
                @for one in SORTS {
                    li { a href=(ask.urls().sources(&asked.with("sort", one), 1)) aria-current=[(one == sort).then_some("page")] { (label(one)) } }
                }
            }
        }
        p role="status" { (lang.t_with("count-sources", &[("n", ui::Arg::Count(view.total as u64))])) }
        (index(ask, view))
        (ui::pager(lang, Pages { page: view.page, last: view.pages }, |page| ask.urls().sources(&asked.with("", ""), page)))
    }
}

fn index(ask: &Ask<'_>, view: &Sources) -> Markup {
    let lang = ask.lang;
    let columns = [
        Column::text(lang.t("a-source")),
        Column::text(lang.t("sources-publisher")),
        Column::text(lang.t("table-when")),
        Column::text(lang.t("glossary-source-kinds")),
        Column::number(lang.t("sources-uses")),
    ];
    let cells = |entry: &Entry| {
        let source = &entry.source;
        vec![
            html! { a href=(source.url) { (ui::inline(&source.title, &source.title_lang)) } },
            html! { bdi { (source.publisher) } },
            html! { @if source.date.is_empty() { span.unknown { (lang.t("undated")) } } @else { (ui::date(lang, &source.date)) } },
            html! { (entry.kind.label) @if let Some(language) = ui::language_name(lang, &entry.language) { " · " span.soft { (language) } } },
            html! { (ui::grouped(entry.uses as u64)) },
        ]
    };
    let all: Vec<Vec<Markup>> = view.sources.iter().map(cells).collect();
    html! { div.index { (ui::table(&lang.t("sources-caption"), &columns, &all)) } }
}
