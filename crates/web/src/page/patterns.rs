//! The page of every component, for whoever changes the look.

use maud::html;
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::{Frame, framed};
use crate::reply::{Failure, Reply};

#[derive(Serialize)]
struct Patterns {
    icons: Vec<&'static str>,
}

pub(crate) fn patterns(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    if ask.face == Face::Json {
        return Ok(Reply::json(&Patterns { icons: ui::icon_names().collect() }));
    }
    let title = ask.lang.t("patterns-title");
    let body = html! { h1 { (title) } (ui::patterns(ask.lang)) };
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Wide, body)))
}
