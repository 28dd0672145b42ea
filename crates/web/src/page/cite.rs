//! How to cite a record, the links of a filter, or the whole edition: on a page and in four formats.

use maud::{Markup, html};
use model::Filter;
use serde::Serialize;
use ui::{Arg, Layout, Section};

use crate::ask::{Ask, Face};
use crate::citation::Work;
use crate::filtering::{asked, ignored_note, no_query};
use crate::page::{Frame, framed, live, rows};
use crate::reply::{Failure, Reply};
use crate::url::question;
use crate::view::{Maker, citable};

#[derive(Serialize)]
struct Cite {
    title: String,
    text: String,
    bibtex: String,
    ris: String,
    csl: serde_json::Value,
}

/// The links of a filter; without one, the edition.
pub(crate) fn selection(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask, false)?;
    let filter = &asked.filter;
    let words = crate::page::filter::words(ask, filter);
    let (path, title) = match filter.is_empty() {
        true => (format!("{}/", ask.lang.prefix()), ask.lang.t("cite-edition")),
        false => (ask.urls().links(filter, 1), ask.lang.t_with("cite-links", &[("filter", Arg::Text(&words))])),
    };
    let note = ignored_note(ask, &asked.ignored, &address(ask, filter));
    Ok(answer(ask, &work(ask, "edition", &title, &path, true), filter, note))
}

/// A record: an item, a link, a source, a country or a category.
pub(crate) fn record(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let [what, id] = ask.params else { return Err(Failure::Missing) };
    let title = title(ask, what, id)?;
    let path = format!("{}/{what}/{id}", ask.lang.prefix());
    let work = work(ask, &format!("{what}-{id}"), &title, &path, false);
    Ok(answer(ask, &work, &Filter::default(), html! {}))
}

fn title(ask: &Ask<'_>, what: &str, id: &str) -> Result<String, Failure> {
    let (maker, edition) = (Maker::of(ask), ask.edition());
    match what {
        "item" => Ok(maker.item_ref(live(ask, edition.item(id))?).name),
        "link" => Ok(rows::sentence_text(ask.lang, &maker.row(live(ask, edition.link(id))?))),
        "source" => Ok(live(ask, edition.source(id))?.source().title.text().to_owned()),
        "country" => Ok(edition.vocabulary().country(id).ok_or(Failure::Missing)?.name(ask.lang.tag()).to_owned()),
        "category" => edition.vocabulary().categories.get(id).map(|_| maker.category(id).label).ok_or(Failure::Missing),
        _ => Err(Failure::Missing),
    }
}

fn work(ask: &Ask<'_>, of: &str, title: &str, path: &str, collection: bool) -> Work {
    let imprint = &ask.site.imprint;
    let stamp = ask.site.edition.clone();
    let (number, date, root) = stamp.map(|s| (s.number.to_string(), s.date, s.root)).unwrap_or_default();
    Work {
        key: format!("counteratlas-{of}-{number}"),
        title: title.into(),
        atlas: imprint.name.clone(),
        edition: number,
        date,
        root,
        licence: imprint.licence.clone(),
        url: imprint.whole(path),
        lang: ask.lang.tag(),
        collection,
    }
}

fn answer(ask: &Ask<'_>, work: &Work, filter: &Filter, note: Markup) -> Reply {
    let file = |mime, download, text: String| Reply { download, ..Reply::data(mime, text.into_bytes()) };
    match ask.face {
        Face::Bib => file("application/x-bibtex; charset=utf-8", "citation.bib", work.bibtex()),
        Face::Ris => file("application/x-research-info-systems; charset=utf-8", "citation.ris", work.ris()),
        Face::Csl => {
            let text = work.csl().to_string() + "\n";
            file("application/vnd.citationstyles.csl+json", "citation.json", text)
        }
        Face::Text => file("text/plain; charset=utf-8", "citation.txt", text(ask, work) + "\n"),
        Face::Json => {
            let title = work.title.clone();
            let view = Cite { title, text: text(ask, work), bibtex: work.bibtex(), ris: work.ris(), csl: work.csl() };
            Reply::json(&citable(ask, here(ask, filter, ""), view))
        }
        _ => page(ask, work, filter, note),
    }
}

fn page(ask: &Ask<'_>, work: &Work, filter: &Filter, note: Markup) -> Reply {
    let lang = ask.lang;
    let title = lang.t_with("cite-title", &[("title", Arg::Text(&work.title))]);
    let formats = [
        ("cite-text", lang.t("cite-plain"), ".txt", text(ask, work)),
        ("cite-bibtex", "BibTeX".into(), ".bib", work.bibtex()),
        ("cite-ris", "RIS".into(), ".ris", work.ris()),
        ("cite-csl", "CSL-JSON".into(), ".csl.json", format!("{:#}", work.csl())),
    ];
    let body = html! {
        h1 { (title) }
        (note)
        p { (lang.t("cite-why")) }
        @for (id, name, ending, text) in &formats {
            section {
                h2 { (name) }
                pre.copied id=(id) tabindex="0" aria-label=(name) { (text) }
                p { a href=(here(ask, filter, ending)) download { (lang.t("cite-file")) (lang.t_with("in-brackets", &[("what", Arg::Text(ending))])) } }
            }
        }
        p { a href=(work_path(ask, filter)) { (lang.t("cite-back")) } }
    };
    let scripts: &[&str] = if ask.site.assets.has("copy.js") { &["copy.js"] } else { &[] };
    framed(ask, Frame { query: filter.query(), scripts, ..Frame::new(&title, Section::Other, Layout::Text, body) })
}

/// One line for a footnote.
fn text(ask: &Ask<'_>, work: &Work) -> String {
    let args = [
        ("atlas", Arg::Text(&work.atlas)),
        ("title", Arg::Text(&work.title)),
        ("number", Arg::Text(&work.edition)),
        ("root", Arg::Text(&work.root)),
        ("address", Arg::Text(&work.url)),
        ("licence", Arg::Text(&work.licence)),
    ];
    let date = ui::date_text(ask.lang, &work.date);
    ask.lang.t_with("cite-line", &[&args[..], &[("date", Arg::Text(&date))]].concat())
}

/// This page at another ending.
fn here(ask: &Ask<'_>, filter: &Filter, ending: &str) -> String {
    format!("{}{}{ending}{}", ask.lang.prefix(), ask.path, question(&filter.query()))
}

/// The page that is cited.
fn work_path(ask: &Ask<'_>, filter: &Filter) -> String {
    match ask.params {
        [what, id] => format!("{}/{what}/{id}", ask.lang.prefix()),
        _ => ask.urls().links(filter, 1),
    }
}

/// The page on how to cite the links of a filter.
pub(crate) fn address(ask: &Ask<'_>, filter: &Filter) -> String {
    format!("{}/cite{}", ask.lang.prefix(), question(&filter.query()))
}

/// The page on how to cite what the page of this request shows; `query` is its own.
pub(crate) fn of_page(ask: &Ask<'_>, query: &str) -> String {
    let record =
        ["/item/", "/link/", "/source/", "/country/", "/category/"].iter().any(|start| ask.path.starts_with(start));
    let whole = record && ask.path.matches('/').count() == 2;
    let part = if whole { ask.path } else { "" };
    let query = if is_selection(ask) { question(query) } else { String::new() };
    format!("{}/cite{part}{query}", ask.lang.prefix())
}

/// Whether the query of this request is a filter of links.
pub(crate) fn is_selection(ask: &Ask<'_>) -> bool {
    matches!(ask.path, "/" | "/links" | "/map")
}
