//! What this atlas is, what it never does, how sure it is and of what, and which edition is on show.

use maud::{Markup, html};
use serde::Serialize;
use ui::{Arg, Lang, Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Failure, Reply};
use crate::view::citable;

#[derive(Serialize)]
struct About {
    sections: Vec<Chapter>,
    items: usize,
    links: usize,
    sources: usize,
    origin: String,
    root: String,
}

/// A heading with its paragraphs.
#[derive(Serialize)]
struct Chapter {
    id: &'static str,
    title: String,
    paragraphs: Vec<String>,
}

/// Heading and paragraphs of each section, by message key.
const SECTIONS: [(&str, &str, &[&str]); 8] = [
    ("what", "about-what", &["about-what-1", "about-what-2"]),
    ("never", "about-never", &["about-never-1", "about-never-2"]),
    ("confidence", "about-confidence", &["about-confidence-1", "about-confidence-2", "about-confidence-3"]),
    ("places", "about-places", &["about-places-1", "about-places-2"]),
    ("boundaries", "about-boundaries", &["about-boundaries-1", "about-boundaries-2"]),
    ("history", "about-history", &["about-history-1", "about-history-2"]),
    ("readers", "about-readers", &["about-readers-1", "about-readers-2"]),
    ("licence", "about-licence", &["about-licence-1", "about-licence-2"]),
];

pub(crate) fn about(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let view = view(ask);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let title = ask.lang.t("nav-about");
    Ok(framed(ask, Frame::new(&title, Section::About, Layout::Text, body(ask, &title, &view))))
}

fn view(ask: &Ask<'_>) -> About {
    let edition = ask.edition();
    let licence = [("licence", Arg::Text(&ask.site.imprint.licence))];
    let section = |(id, title, paragraphs): (&'static str, &str, &[&str])| Chapter {
        id,
        title: ask.lang.t(title),
        paragraphs: paragraphs.iter().map(|key| ask.lang.t_with(key, &licence)).collect(),
    };
    About {
        sections: SECTIONS.map(section).into(),
        items: ask.live.items_by_name(ask.lang).len(),
        links: edition.rows().len(),
        sources: ask.live.sources,
        origin: edition.head().origin.clone(),
        root: ask.site.edition.as_ref().map(|stamp| stamp.root.clone()).unwrap_or_default(),
    }
}

fn body(ask: &Ask<'_>, title: &str, view: &About) -> Markup {
    let lang = ask.lang;
    html! {
        h1 { (title) }
        p.lead { (lang.t("site-tagline")) }
        div.warning-box { p { (lang.t("notice")) } }
        @for section in &view.sections {
            section {
                h2 id=(section.id) { (section.title) } @for paragraph in &section.paragraphs { p { (paragraph) } }
            }
        }
        section {
            h2 #edition { (lang.t("about-edition")) }
            p {
                (holdings(lang, view))
            }
            @if let Some(stamp) = &ask.site.edition {
                dl.facts {
                    div.fact { dt { (lang.t("about-origin")) } dd { code { (view.origin) } } }
                    div.fact { dt { (lang.t("about-number")) } dd { (stamp.number) } }
                    div.fact { dt { (lang.t("about-day")) } dd { (ui::date(lang, &stamp.date)) } }
                    div.fact { dt { (lang.t("about-root")) } dd { code { (stamp.root) } } }
                }
            }
        }
        (cite(ask, title, ""))
    }
}

fn holdings(lang: Lang, view: &About) -> String {
    let count = |n: usize| Arg::Count(n as u64);
    let counts = [("items", count(view.items)), ("links", count(view.links)), ("sources", count(view.sources))];
    lang.t_with("about-edition-counts", &counts)
}
