//! Corrections: what was put right, taken back or destroyed, before and after and why; made from the ledger, so that none
//! can be left out.

use maud::html;
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::face::feed::{self, Of};
use crate::filtering::no_query;
use crate::page::changes::list;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Failure, Reply};
use crate::view::changes::Change;
use crate::view::{Maker, citable};

/// So many corrections stand on the page and in a feed; the changes of each edition have all of them.
const MOST: usize = 500;

#[derive(Serialize)]
struct Corrections {
    corrections: Vec<Change>,
}

pub(crate) fn corrections(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let corrections = Maker::of(ask).put_right(MOST);
    match ask.face {
        Face::Atom => return Ok(feed::atom(ask, &Of::corrections(ask), &corrections)),
        Face::JsonFeed => return Ok(feed::json(ask, &Of::corrections(ask), &corrections)),
        Face::Json => return Ok(Reply::json(&citable(ask, here(ask), Corrections { corrections }))),
        _ => {}
    }
    let (lang, of) = (ask.lang, Of::corrections(ask));
    let title = lang.t("nav-corrections");
    let body = html! {
        h1 { (title) }
        p.lead { (lang.t("corrections-intro")) }
        p.downloads {
            (ui::icon("download")) a href=(of.atom) { "Atom" } a href=(of.json) { "JSON Feed" }
            span.soft { (lang.t("changes-feeds")) }
        }
        @if corrections.is_empty() { p { (lang.t("corrections-none")) } } @else { (list(ask, &corrections)) }
        p {
            a href=(ask.urls().changes(&Default::default(), "")) { (lang.t("nav-changes")) } " · "
            a href=(format!("{}/notices", lang.prefix())) { (lang.t("nav-notices")) }
        }
        (cite(ask, &title, ""))
    };
    let faces = vec![("application/atom+xml", of.atom), ("application/feed+json", of.json)];
    Ok(framed(ask, Frame { faces, ..Frame::new(&title, Section::Other, Layout::Text, body) }))
}
