//! The standing texts: how to use the atlas, how it is made, how borders are drawn; headings with paragraphs from the messages.

use maud::{Markup, html};
use serde::Serialize;
use ui::{Column, Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Failure, Reply};
use crate::view::citable;

/// A heading with its paragraphs, by message keys.
type Chapters = &'static [(&'static str, &'static str, &'static [&'static str])];

const HOW_TO: Chapters = &[
    ("map", "how-map", &["how-map-1", "how-map-2", "how-map-3"]),
    ("filter", "how-filter", &["how-filter-1", "how-filter-2", "how-filter-3"]),
    ("record", "how-record", &["how-record-1", "how-record-2", "how-record-3"]),
    ("confidence", "how-confidence", &["how-confidence-1", "how-confidence-2"]),
    ("take", "how-take", &["how-take-1", "how-take-2"]),
    ("without", "how-without", &["how-without-1", "how-without-2"]),
];

const METHOD: Chapters = &[
    ("evidence", "method-evidence", &["method-evidence-1", "method-evidence-2", "method-evidence-3"]),
    ("confidence", "about-confidence", &["about-confidence-1", "about-confidence-2", "method-confidence-3"]),
    ("inclusion", "method-inclusion", &["method-inclusion-1", "method-inclusion-2", "method-inclusion-3"]),
    ("removal", "method-removal", &["method-removal-1", "method-removal-2", "method-removal-3"]),
    ("dates", "method-dates", &["method-dates-1", "method-dates-2"]),
    ("places", "about-places", &["about-places-1", "about-places-2"]),
    ("not-mapped", "method-not-mapped", &["method-not-mapped-1", "method-not-mapped-2"]),
    ("languages", "method-languages", &["method-languages-1", "method-languages-2"]),
];

const BOUNDARIES: Chapters = &[
    ("drawing", "boundaries-drawing", &["boundaries-drawing-1", "boundaries-drawing-2"]),
    ("names", "boundaries-names", &["boundaries-names-1", "boundaries-names-2"]),
    ("counting", "boundaries-counting", &["boundaries-counting-1", "boundaries-counting-2"]),
];

#[derive(Serialize)]
struct Guide {
    title: String,
    chapters: Vec<Chapter>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    borders: Vec<Border>,
}

#[derive(Serialize)]
struct Chapter {
    id: &'static str,
    title: String,
    paragraphs: Vec<String>,
}

/// A border that is drawn dashed.
#[derive(Serialize)]
struct Border {
    between: [String; 2],
    status: String,
    note: String,
}

pub(crate) fn how_to(ask: &Ask<'_>) -> Result<Reply, Failure> {
    answer(ask, "nav-how-to", "how-intro", HOW_TO, Vec::new())
}

pub(crate) fn method(ask: &Ask<'_>) -> Result<Reply, Failure> {
    answer(ask, "nav-method", "method-intro", METHOD, Vec::new())
}

pub(crate) fn boundaries(ask: &Ask<'_>) -> Result<Reply, Failure> {
    answer(ask, "nav-boundaries", "boundaries-intro", BOUNDARIES, borders(ask))
}

fn borders(ask: &Ask<'_>) -> Vec<Border> {
    let vocabulary = ask.edition().vocabulary();
    let name = |code: &str| {
        vocabulary.country(code).map_or_else(|| code.to_owned(), |country| country.name(ask.lang.tag()).to_owned())
    };
    let border = |b: &model::Boundary| Border {
        between: [name(&b.a), name(&b.b)],
        status: b.status.clone(),
        note: if ask.lang == ui::Lang::ZhHans { b.note_zh.clone() } else { b.note_en.clone() },
    };
    vocabulary.boundaries.iter().map(border).collect()
}

fn answer(ask: &Ask<'_>, title: &str, intro: &str, chapters: Chapters, borders: Vec<Border>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let lang = ask.lang;
    let chapter = |(id, title, keys): &(&'static str, &str, &[&str])| Chapter {
        id,
        title: lang.t(title),
        paragraphs: keys.iter().map(|key| lang.t(key)).collect(),
    };
    let view = Guide { title: lang.t(title), chapters: chapters.iter().map(chapter).collect(), borders };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let body = html! {
        h1 { (view.title) }
        p.lead { (lang.t(intro)) }
        nav aria-label=(lang.t("on-this-page")) {
            ul.jump { @for chapter in &view.chapters { li { a href=(format!("#{}", chapter.id)) { (chapter.title) } } } }
        }
        @for chapter in &view.chapters {
            section { h2 id=(chapter.id) { (chapter.title) } @for paragraph in &chapter.paragraphs { p { (paragraph) } } }
        }
        @if !view.borders.is_empty() { (table(ask, &view.borders)) }
        p.soft { (lang.t("guide-see-also")) " " (others(ask)) }
        (cite(ask, &view.title, ""))
    };
    Ok(framed(ask, Frame { description: lang.t(intro), ..Frame::new(&view.title, Section::About, Layout::Text, body) }))
}

/// The standing texts, one after the other.
pub(crate) fn others(ask: &Ask<'_>) -> Markup {
    let pages = [
        ("/how-to", "nav-how-to"),
        ("/method", "nav-method"),
        ("/boundaries", "nav-boundaries"),
        ("/glossary", "nav-glossary"),
        ("/quality", "nav-quality"),
        ("/about", "nav-about"),
    ];
    html! {
        @for (number, (path, key)) in pages.iter().filter(|(path, _)| *path != ask.path).enumerate() {
            @if number > 0 { " · " }
            a href=(format!("{}{path}", ask.lang.prefix())) { (ask.lang.t(key)) }
        }
    }
}

fn table(ask: &Ask<'_>, borders: &[Border]) -> Markup {
    let lang = ask.lang;
    let columns = [Column::text(lang.t("boundaries-between")), Column::text(lang.t("boundaries-note"))];
    let cells =
        |border: &Border| vec![html! { (border.between[0]) " – " (border.between[1]) }, html! { (border.note) }];
    let rows: Vec<Vec<Markup>> = borders.iter().map(cells).collect();
    html! {
        section aria-labelledby="dashed" {
            h2 #dashed { (lang.t("boundaries-dashed")) }
            (ui::table(&lang.t("boundaries-caption"), &columns, &rows))
        }
    }
}
