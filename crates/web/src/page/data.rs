//! The whole edition to take home: which files there are, how large, with which digest, and how to check them.

use maud::{Markup, html};
use serde::Serialize;
use ui::{Column, Layout, Section};

use crate::ask::{Ask, Face};
use crate::bundle::{Contents, DataFile, NoBundle, name};
use crate::filtering::no_query;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Body, Failure, Keep, Reply};
use crate::view::citable;

#[derive(Serialize)]
struct Data {
    licence: String,
    log: String,
    files: Vec<File>,
}

#[derive(Serialize)]
struct File {
    name: &'static str,
    what: String,
    #[serde(rename = "type")]
    mime: &'static str,
    bytes: u64,
    sha256: String,
    url: String,
}

pub(crate) fn data(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let folder = folder(ask)?;
    let file = |file: &DataFile| File {
        name: file.name,
        what: ask.lang.t(file.what),
        mime: file.mime,
        bytes: file.size,
        sha256: file.digest.clone(),
        url: format!("/data/{folder}/{}", file.name),
    };
    let files = files(ask)?.iter().map(file).collect();
    let view = Data { licence: ask.site.imprint.licence.clone(), log: ask.edition().head().origin.clone(), files };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let title = ask.lang.t("data-title");
    let body = body(ask, &title, &view);
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Wide, body)))
}

/// One of the files, whole or in part. Its address names the edition, so it may be kept for ever.
pub(crate) fn file(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let [asked, file] = ask.params else { return Err(Failure::Missing) };
    if *asked != folder(ask)? {
        return Err(Failure::Missing);
    }
    let files = files(ask)?;
    let file = files.iter().find(|one| one.name == *file).ok_or(Failure::Missing)?;
    Ok(Reply {
        body: Body::File(file.clone()),
        keep: Keep::Forever,
        download: file.name,
        ..Reply::data(file.mime, Vec::new())
    })
}

fn folder(ask: &Ask<'_>) -> Result<String, Failure> {
    ask.site.edition.as_ref().map(name).ok_or(Failure::Missing)
}

fn files(ask: &Ask<'_>) -> Result<std::sync::Arc<Vec<DataFile>>, Failure> {
    let stamp = ask.site.edition.clone().ok_or(Failure::Missing)?;
    let contents = Contents { edition: ask.live.edition.clone(), imprint: ask.site.imprint.clone(), stamp };
    ask.live.bundle.files(&contents).map_err(|why| match why {
        NoBundle::Making => Failure::Busy,
        NoBundle::Broken => Failure::Broken,
    })
}

fn body(ask: &Ask<'_>, title: &str, view: &Data) -> Markup {
    let lang = ask.lang;
    let columns = [
        Column::text(lang.t("data-file")),
        Column::text(lang.t("data-what")),
        Column::number(lang.t("data-size")),
        Column::text("SHA-256"),
    ];
    let cells = |file: &File| {
        vec![
            html! { a href=(file.url) { (file.name) } },
            html! { (file.what) },
            html! { (ui::grouped(file.bytes)) },
            html! { code.digest { (file.sha256) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = view.files.iter().map(cells).collect();
    let stamp = ask.site.edition.as_ref();
    html! {
        h1 { (title) }
        p.lead { (lang.t("data-intro")) }
        p { (lang.t_with("data-licence", &[("licence", ui::Arg::Text(&view.licence))])) }
        (ui::table(&lang.t("data-caption"), &columns, &rows))
        section {
            h2 #check { (lang.t("data-check")) }
            p { (lang.t("data-check-digest")) }
            pre tabindex="0" { "sha256sum -c SHA256SUMS" }
            p { (lang.t("data-check-root")) }
            dl.facts {
                div.fact { dt { (lang.t("about-origin")) } dd { code { (view.log) } } }
                @if let Some(stamp) = stamp {
                    div.fact { dt { (lang.t("about-root")) } dd { code { (stamp.root) } } }
                }
                div.fact { dt { (lang.t("data-signed")) } dd { code { "/log/checkpoint" } } }
            }
        }
        section {
            h2 #formulas { (lang.t("data-formulas")) }
            p { (lang.t("data-formulas-1")) }
            p { (lang.t("data-formulas-2")) }
        }
        section {
            h2 #part { (lang.t("data-part")) }
            p { (lang.t("data-part-1")) }
            p { a href=(ask.urls().links(&model::Filter::default(), 1)) { (lang.t("data-part-list")) } }
        }
        (cite(ask, title, ""))
    }
}
