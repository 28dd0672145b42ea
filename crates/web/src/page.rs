//! How pages look: one module per page, and here what they share.

pub(crate) mod about;
pub(crate) mod capture;
pub(crate) mod captured;
pub(crate) mod categories;
pub(crate) mod category;
pub(crate) mod changes;
pub(crate) mod chart;
pub(crate) mod cite;
pub(crate) mod compare;
pub(crate) mod connections;
pub(crate) mod corrections;
pub(crate) mod countries;
pub(crate) mod country;
pub(crate) mod data;
pub(crate) mod difference;
pub(crate) mod embed;
pub(crate) mod figures;
pub(crate) mod filter;
pub(crate) mod gloss;
pub(crate) mod glossary;
pub(crate) mod guide;
pub(crate) mod home;
pub(crate) mod item;
pub(crate) mod items;
pub(crate) mod link;
pub(crate) mod links;
pub(crate) mod lists;
pub(crate) mod notices;
pub(crate) mod overview;
pub(crate) mod path;
pub(crate) mod patterns;
pub(crate) mod picture;
pub(crate) mod quality;
pub(crate) mod reply;
pub(crate) mod rows;
pub(crate) mod said;
pub(crate) mod screen;
pub(crate) mod search;
pub(crate) mod share;
pub(crate) mod source;
pub(crate) mod sources;
pub(crate) mod static_copy;
pub(crate) mod stories;
pub(crate) mod suggestion;
pub(crate) mod transparency;
pub(crate) mod verify;
pub(crate) mod welcome;

use maud::{Markup, html};
use model::{Filter, FilterKey};
use ui::{Layout, Page, Section};

use crate::ask::Ask;
use crate::reply::{Failure, Reply, Stone};
use crate::url;

/// What one page sets in the frame.
pub(crate) struct Frame<'a> {
    /// The title without the site's name.
    pub title: String,
    /// One sentence for previews.
    pub description: String,
    /// The canonical query without `?`.
    pub query: String,
    /// Which part of the site.
    pub section: Section,
    /// How wide.
    pub layout: Layout,
    /// Logical names of scripts.
    pub scripts: &'a [&'a str],
    /// Faces besides the JSON twin.
    pub faces: Vec<(&'static str, String)>,
    /// The page.
    pub body: Markup,
}

impl Frame<'_> {
    /// A page of text or a record.
    pub fn new(title: &str, section: Section, layout: Layout, body: Markup) -> Self {
        Self {
            title: title.to_owned(),
            description: title.to_owned(),
            query: String::new(),
            section,
            layout,
            scripts: &[],
            faces: Vec::new(),
            body,
        }
    }
}

/// The whole document in the site's frame, with its JSON twin named.
pub(crate) fn framed(ask: &Ask<'_>, frame: Frame<'_>) -> Reply {
    let query = url::question(&frame.query);
    let mut faces = vec![("application/json", format!("{}{query}", ask.twin()))];
    faces.extend(frame.faces);
    let page = Page {
        preview: preview(ask, &frame.query),
        lang: ask.lang,
        title: frame.title,
        description: frame.description,
        path: ask.path,
        query: &query,
        faces,
        section: frame.section,
        layout: frame.layout,
        scripts: frame.scripts,
        noindex: !frame.query.is_empty(),
        body: frame.body,
    };
    Reply::html(ui::document(ask.site, &page))
}

/// The whole address of a picture for previews elsewhere; nothing where the atlas has no address of its own, because a
/// preview is fetched from outside.
fn preview(ask: &Ask<'_>, query: &str) -> String {
    if ask.site.imprint.address.is_empty() {
        return String::new();
    }
    let starts = [("/item/", FilterKey::Item), ("/country/", FilterKey::Country), ("/category/", FilterKey::Category)];
    let of = |(start, key): (&str, FilterKey)| ask.path.strip_prefix(start).map(|id| Filter::default().with(key, id));
    let own = starts.into_iter().find_map(of);
    let asked = || crate::filtering::asked(ask, true).map(|asked| asked.filter).unwrap_or_default();
    let filter =
        own.unwrap_or_else(|| if cite::is_selection(ask) && !query.is_empty() { asked() } else { Default::default() });
    ask.site.imprint.whole(&ask.urls().picture("png", &filter, crate::picture::Look::PREVIEW))
}

/// The address of this page without its query, for citations and for JSON.
pub(crate) fn here(ask: &Ask<'_>) -> String {
    format!("{}{}", ask.lang.prefix(), ask.path)
}

/// "Cite as".
pub(crate) fn cite(ask: &Ask<'_>, title: &str, query: &str) -> Markup {
    let shown = if cite::is_selection(ask) { url::question(query) } else { String::new() };
    html! {
        (ui::citation(ask.site, title, ask.lang, &format!("{}{}", here(ask), url::question(query))))
        p.citation-more {
            a href=(cite::of_page(ask, query)) { (ask.lang.t("cite-more")) }
            @if cite::is_selection(ask) { " " a data-filtered href=(format!("{}/share{shown}", ask.lang.prefix())) { (ask.lang.t("share-title")) } }
        }
    }
}

/// "Verify this record", and how to change it.
pub(crate) fn verify(ask: &Ask<'_>, what: &str, id: &str) -> Markup {
    html! {
        p.verify {
            a href=(ask.urls().verify_record(what, id)) { (ask.lang.t("verify-record")) } " "
            a href=(ask.urls().suggestion_about(&format!("{what}/{id}"))) rel="nofollow" {
                (ask.lang.t("suggestion-record"))
            }
        }
    }
}

/// What nobody has told the atlas of a record yet, each with the form for it.
pub(crate) fn gaps(ask: &Ask<'_>, what: &str, id: &str, gaps: &[crate::view::terms::Term]) -> Markup {
    let lang = ask.lang;
    html! {
        @if !gaps.is_empty() {
            details.gaps {
                summary { (lang.t("suggestion-gaps")) }
                p.soft { (lang.t("suggestion-gaps-why")) }
                ul.columns-list {
                    @for gap in gaps {
                        li {
                            a href=(ask.urls().suggestion_about(&format!("{what}/{id}/{}", gap.id))) rel="nofollow" {
                                (ui::capitalised(&gap.label))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A small map of the links of a filter; nothing without the browser part.
pub(crate) fn small_map(ask: &Ask<'_>, filter: &Filter) -> Markup {
    filter::map(ask, Some(filter), filter)
}

/// The map's script, where there is one.
pub(crate) fn map_script(ask: &Ask<'_>) -> &'static [&'static str] {
    if ask.site.assets.has(filter::MAP_SCRIPT) { &[filter::MAP_SCRIPT] } else { &[] }
}

/// The published record, or why there is none.
pub(crate) fn live<T>(ask: &Ask<'_>, found: edition::Found<'_, T>) -> Result<T, Failure> {
    match found {
        edition::Found::Live(record) => Ok(record),
        edition::Found::Gone(gone) => Err(Failure::Gone(Stone::withdrawn(gone))),
        edition::Found::Merged(into) => {
            Err(Failure::Moved(format!("{}{}", ask.urls().item(into.as_str()), ask.face.ending())))
        }
        edition::Found::Missing => Err(Failure::Missing),
    }
}
