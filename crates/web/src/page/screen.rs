//! Comparing a reader's own list with the atlas: the form, the preview of what was understood, the wait, the results.

mod preview;
mod result;

use maud::{Markup, html};
use model::Problem;
use model::multipart::parts;
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::{Frame, framed, here};
use crate::reply::{Failure, Keep, Reply};
use crate::screening::{LARGEST_UPLOAD, Refused, Stage};
use crate::view::citable;

pub(crate) use result::report;

/// The formats that are understood; what programs learn at this address.
#[derive(Serialize)]
struct About {
    /// Whether this site takes lists.
    available: bool,
    /// What a list may be.
    formats: [&'static str; 5],
    /// The most bytes of an upload.
    largest: usize,
    /// For how long a list is kept in memory.
    minutes: u32,
}

const ABOUT: About = About {
    available: false,
    formats: ["one name a line", "CSV", "XLSX", "SEC form 13F (XML)", "SEC form N-PORT (XML)"],
    largest: LARGEST_UPLOAD,
    minutes: 30,
};

/// The form; by POST a list.
pub(crate) fn screen(ask: &Ask<'_>) -> Result<Reply, Failure> {
    if ask.posts {
        return begin(ask);
    }
    no_query(ask)?;
    if ask.face == Face::Json {
        let about = About { available: ask.screening.can_read(), ..ABOUT };
        return Ok(Reply::json(&citable(ask, here(ask), about)));
    }
    let forgotten = ask.query.iter().any(|(key, _)| key == "forgotten");
    Ok(form(ask, None, forgotten))
}

fn begin(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let field = |name: &str| ask.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_bytes());
    let (mut list, mut label) = (field("list").unwrap_or_default(), String::new());
    let form = ask.posted.map(|posted| parts(&posted.mime, &posted.bytes).ok_or(Failure::Query)).transpose()?;
    for part in form.iter().flatten().filter(|part| matches!(part.name.as_str(), "list" | "file")) {
        if !part.bytes.is_empty() && (part.file.is_some() || list.is_empty()) {
            (list, label) = (part.bytes, part.file.clone().unwrap_or_default());
        }
    }
    match ask.screening.begin(ask.live.edition.clone(), &label, list) {
        Ok(token) => Ok(Reply::see_other(ask.urls().screening(&token))),
        Err(Refused::Full) => Err(Failure::Busy),
        Err(Refused::Unreadable(problem)) => {
            Ok(Reply { status: axum::http::StatusCode::UNPROCESSABLE_ENTITY, ..form_with(ask, &problem) })
        }
    }
}

/// One list: by POST what to do with it, by GET how far it is.
pub(crate) fn run(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let token = ask.id();
    let run = ask.screening.find(token).ok_or(Failure::Missing)?;
    let field = |name: &str| ask.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    if ask.posts {
        match field("action") {
            Some("forget") => {
                ask.screening.forget(token);
                return Ok(Reply::see_other(format!("{}?forgotten=1", ask.urls().screen())));
            }
            Some("start") => preview::start(ask, &run)?,
            _ => return Err(Failure::Parameter("action", "start forget".into())),
        }
        return Ok(Reply::see_other(ask.urls().screening(token)));
    }
    let reply = match run.stage() {
        Stage::Preview(sheet, columns) => preview::page(ask, &run.edition, &sheet, &columns),
        Stage::Running(rows) => wait(ask, run.checked(), rows),
        Stage::Done(done) => result::faces(ask, &done)?,
        Stage::Broken => return Err(Failure::Broken),
    };
    // The address is the key to it: nothing may keep it, and no other origin may read it.
    Ok(Reply { keep: Keep::Never, open: false, ..reply })
}

fn form_with(ask: &Ask<'_>, problem: &Problem) -> Reply {
    form(ask, Some(problem), false)
}

fn form(ask: &Ask<'_>, problem: Option<&Problem>, forgotten: bool) -> Reply {
    let lang = ask.lang;
    let title = lang.t("screen-title");
    let body = html! {
        h1 { (title) }
        p.lead { (lang.t("screen-intro")) }
        @if forgotten { p.notice-box role="status" { (lang.t("screen-forgotten")) } }
        @if let Some(problem) = problem {
            div.warning-box role="alert" {
                p { (lang.t("screen-unreadable")) }
                p { bdi lang="en" { (problem.what) @if !problem.hint.is_empty() { " (" (problem.hint) ")" } } }
            }
        }
        @if ask.screening.can_read() { (fields(ask)) } @else { p.warning-box { (lang.t("screen-closed")) } }
        h2 { (lang.t("screen-privacy")) }
        ul {
            li { (lang.t("screen-privacy-memory")) }
            li { (lang.t("screen-privacy-address")) }
            li { (lang.t("screen-privacy-people")) }
        }
        p { (lang.t("screen-command")) " " code { "counteratlas screen ATLAS LIST.csv --out RESULT.xlsx" } }
    };
    framed(ask, Frame::new(&title, Section::Items, Layout::Text, body))
}

fn fields(ask: &Ask<'_>) -> Markup {
    let lang = ask.lang;
    html! {
        form.walk-form method="post" action=(ask.urls().screen()) enctype="multipart/form-data" {
            p {
                label for="list" { (lang.t("screen-paste")) }
                textarea #list name="list" rows="8" spellcheck="false" autocomplete="off" {}
            }
            p {
                label for="file" { (lang.t("screen-file")) } " "
                input #file type="file" name="file" accept=".csv,.tsv,.txt,.xlsx,.xml,.gz";
            }
            p.soft { (lang.t("screen-formats")) }
            button type="submit" { (lang.t("screen-next")) }
        }
    }
}

/// The page that comes back by itself until the list is done.
fn wait(ask: &Ask<'_>, checked: usize, rows: usize) -> Reply {
    let lang = ask.lang;
    let title = lang.t("screen-running");
    let count = |n: usize| ui::Arg::Count(n as u64);
    let body = html! {
        h1 { (title) }
        p role="status" { (lang.t_with("screen-progress", &[("done", count(checked.min(rows))), ("rows", count(rows))])) }
        progress max=(rows.max(1)) value=(checked.min(rows)) aria-label=(title) {}
        p.soft { (lang.t("screen-refresh")) }
        p { a href=(ask.urls().screening(ask.id())) { (lang.t("screen-look")) } }
        (forget(ask))
    };
    if ask.face.is_data() {
        #[derive(Serialize)]
        struct Progress {
            done: bool,
            checked: usize,
            rows: usize,
        }
        return Reply { refresh: 2, ..Reply::json(&Progress { done: false, checked, rows }) };
    }
    let frame = Frame { query: "-".into(), ..Frame::new(&title, Section::Items, Layout::Text, body) };
    Reply { refresh: 2, ..private(ask, frame) }
}

/// A page that names neither itself nor its twins to anybody but the reader.
fn private(ask: &Ask<'_>, frame: Frame<'_>) -> Reply {
    let page = ui::Page {
        lang: ask.lang,
        title: frame.title,
        description: String::new(),
        path: "/screen",
        query: "",
        faces: Vec::new(),
        section: frame.section,
        layout: frame.layout,
        scripts: frame.scripts,
        noindex: true,
        preview: String::new(),
        body: frame.body,
    };
    Reply::html(ui::document(ask.site, &page))
}

/// The button that takes a list out of memory.
fn forget(ask: &Ask<'_>) -> Markup {
    html! {
        form.forget method="post" action=(ask.urls().screening(ask.id())) {
            input type="hidden" name="action" value="forget";
            button type="submit" { (ask.lang.t("screen-forget")) }
            " " span.soft { (ask.lang.t("screen-kept")) }
        }
    }
}
