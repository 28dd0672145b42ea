//! What a copy of the site as plain files can do and what needs a server; also how to make one.

use maud::html;
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Failure, Reply};
use crate::view::citable;

#[derive(Serialize)]
struct StaticCopy {
    can: Vec<String>,
    cannot: Vec<String>,
    address: String,
}

const CAN: [&str; 4] = ["static-can-1", "static-can-2", "static-can-3", "static-can-4"];
const CANNOT: [&str; 4] = ["static-cannot-1", "static-cannot-2", "static-cannot-3", "static-cannot-4"];

pub(crate) fn static_copy(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let words = |keys: &[&str]| keys.iter().map(|key| ask.lang.t(key)).collect();
    let view = StaticCopy { can: words(&CAN), cannot: words(&CANNOT), address: ask.site.imprint.address.clone() };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let lang = ask.lang;
    let title = lang.t("static-title");
    let body = html! {
        h1 { (title) }
        p.lead { (lang.t("static-intro")) }
        h2 { (lang.t("static-can")) }
        ul { @for line in &view.can { li { (line) } } }
        h2 { (lang.t("static-cannot")) }
        ul { @for line in &view.cannot { li { (line) } } }
        @if !view.address.is_empty() {
            p { (lang.t("static-served")) " " a href=(view.address) rel="noopener" { (view.address) } }
        }
        h2 { (lang.t("static-make")) }
        p { (lang.t("static-make-1")) }
        pre tabindex="0" { "counteratlas build ATLAS FOLDER\npython3 -m http.server --directory FOLDER" }
        (cite(ask, &title, ""))
    };
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Text, body)))
}
