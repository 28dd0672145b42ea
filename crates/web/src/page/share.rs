//! A slice of the atlas to pass on: its address, its citation, a frame for other sites, its picture and its files.

use maud::{Markup, html};
use model::Filter;
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::{asked, ignored_note};
use crate::page::links::downloads;
use crate::page::{Frame, cite, framed};
use crate::picture::Look;
use crate::reply::{Failure, Reply};
use crate::url::question;
use crate::view::citable;

#[derive(Serialize)]
struct Share {
    filter: String,
    address: String,
    embed: String,
    cite: String,
    picture: String,
}

pub(crate) fn share(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = asked(ask, false)?;
    let filter = &asked.filter;
    let here = address(ask, filter);
    if ask.face == Face::Json {
        let whole = |path: String| ask.site.imprint.whole(&path);
        let view = Share {
            filter: filter.query(),
            address: whole(ask.urls().home(filter)),
            embed: snippet(ask, filter),
            cite: whole(cite::address(ask, filter)),
            picture: whole(ask.urls().picture("png", filter, Look::PREVIEW)),
        };
        return Ok(Reply::json(&citable(ask, here, view)));
    }
    let note = ignored_note(ask, &asked.ignored, &here);
    Ok(page(ask, filter, note))
}

/// The page on how to pass the links of a filter on.
pub(crate) fn address(ask: &Ask<'_>, filter: &Filter) -> String {
    format!("{}/share{}", ask.lang.prefix(), question(&filter.query()))
}

fn page(ask: &Ask<'_>, filter: &Filter, note: Markup) -> Reply {
    let lang = ask.lang;
    let title = lang.t("share-title");
    let words = crate::page::filter::words(ask, filter);
    let picture = |ending| ask.urls().picture(ending, filter, Look::PREVIEW);
    let body = html! {
        h1 { (title) }
        (note)
        @if !words.is_empty() { p.lead { (words) } }
        section {
            h2 { (lang.t("share-address")) }
            pre.copied #share-address tabindex="0" aria-label=(lang.t("share-address")) { (ask.site.imprint.whole(&ask.urls().home(filter))) }
            p.soft { (lang.t("share-address-why")) }
        }
        section {
            h2 { (lang.t("share-cite")) }
            p { a href=(cite::address(ask, filter)) { (lang.t("share-cite-formats")) } }
        }
        section {
            h2 { (lang.t("share-embed")) }
            p { (lang.t("share-embed-why")) }
            pre.copied #share-embed tabindex="0" aria-label=(lang.t("share-embed")) { (snippet(ask, filter)) }
            p { a href=(ask.urls().embed(filter)) { (lang.t("share-embed-look")) } }
        }
        section {
            h2 { (lang.t("share-files")) }
            p.downloads {
                (ui::icon("download")) (lang.t("map-files")) a href=(picture("png")) { "PNG" } a href=(picture("svg")) { "SVG" }
            }
            (downloads(ask, filter))
            p { a href=(format!("{}/data", lang.prefix())) { (lang.t("share-data")) } }
        }
    };
    let scripts: &[&str] = if ask.site.assets.has("copy.js") { &["copy.js"] } else { &[] };
    framed(ask, Frame { query: filter.query(), scripts, ..Frame::new(&title, Section::Other, Layout::Text, body) })
}

/// The element that shows this slice on another site. It sends no referrer and can't reach the page around it.
fn snippet(ask: &Ask<'_>, filter: &Filter) -> String {
    let address = ask.site.imprint.whole(&ask.urls().embed(filter)).replace('&', "&amp;").replace('"', "&quot;");
    let title = ask.site.imprint.name.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"480\" loading=\"lazy\" referrerpolicy=\"no-referrer\" \
         sandbox=\"allow-scripts allow-same-origin allow-popups\"></iframe>"
    )
}
