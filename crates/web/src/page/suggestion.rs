//! Sending a suggestion in three pages and without an account: the form, what was understood, the code to come back with.

mod check;
mod draft;
mod form;
pub(crate) mod status;
mod subject;

use axum::http::StatusCode;
use maud::{Markup, html};
use model::{About, Field, Refused, Suggestion};
use serde::Serialize;
use ui::{Arg, Lang, Layout, Section};

use crate::ask::{Ask, Face};
use crate::page::{Frame, framed, here};
use crate::reply::{Failure, Keep, Reply};
use crate::suggesting::{Answered, LARGEST_FILE, MOST_FILES, Stopped};
use crate::url;
use crate::view::citable;
use draft::Draft;
use subject::Subject;

/// The form; by POST what was written in it.
pub(crate) fn suggestion(ask: &Ask<'_>) -> Result<Reply, Failure> {
    if ask.posts {
        return posted(ask);
    }
    let about = ask.query.iter().find(|(key, _)| key == "about").map(|(_, value)| value.as_str());
    let about = match about.map(About::parse) {
        None => About::New,
        Some(Some(about)) => about,
        Some(None) => return Err(Failure::Parameter("about", "new item/ID link/ID source/ID e0-1 page/PATH".into())),
    };
    let subject = Subject::of(ask, &about)?;
    if ask.face == Face::Json {
        let view = citable(ask, here(ask), Told::of(ask, &about, &subject));
        return Ok(Reply { keep: Keep::Never, ..Reply::json(&view) });
    }
    let draft = Draft { about, ..Draft::default() };
    let (title, body) = match ask.suggesting.inbox() {
        Some(_) => (title(ask.lang, &draft.about), form::form(ask, &draft, &subject, &[])),
        None => (ask.lang.t("suggestion-title"), closed(ask)),
    };
    let query = if draft.about == About::New { String::new() } else { about_query(&draft.about) };
    let frame = Frame { query, ..Frame::new(&title, Section::Other, Layout::Text, body) };
    // Whether suggestions are taken does not follow from the edition.
    Ok(Reply { keep: Keep::Never, ..framed(ask, frame) })
}

/// What programs learn at this address. They can't send: a person has to have looked at what was understood.
#[derive(Serialize)]
struct Told {
    /// Whether suggestions are taken here.
    available: bool,
    /// Where they are taken, if not here and if that is known.
    #[serde(skip_serializing_if = "String::is_empty")]
    at: String,
    /// What a suggestion from this address is about.
    about: String,
    /// The same in words.
    about_in_words: String,
    /// The fields with the most characters each takes.
    fields: Vec<(&'static str, usize)>,
    most_files: usize,
    largest_file: usize,
}

impl Told {
    fn of(ask: &Ask<'_>, about: &About, subject: &Subject) -> Self {
        let available = ask.suggesting.inbox().is_some();
        let address = &ask.site.imprint.address;
        Self {
            available,
            at: if available || address.is_empty() { String::new() } else { format!("{address}{}", here(ask)) },
            about: about.to_string(),
            about_in_words: subject.name.clone(),
            fields: Field::ALL.map(|field| (field.name(), field.longest())).into(),
            most_files: MOST_FILES,
            largest_file: LARGEST_FILE,
        }
    }
}

fn posted(ask: &Ask<'_>) -> Result<Reply, Failure> {
    if ask.face != Face::Html {
        return Err(Failure::Method);
    }
    let (draft, files) = draft::read(ask)?;
    let subject = Subject::of(ask, &draft.about)?;
    if ask.suggesting.inbox().is_none() {
        let reply = private(ask, &ask.lang.t("suggestion-title"), closed(ask));
        return Ok(Reply { status: StatusCode::SERVICE_UNAVAILABLE, ..reply });
    }
    Ok(match draft.step.as_str() {
        "edit" => write_again(ask, &draft, &subject, &[]),
        "without-files" => {
            ask.suggesting.drop_files(&draft.held);
            write_again(ask, &Draft { held: String::new(), ..draft }, &subject, &[])
        }
        "send" => send(ask, draft, &subject),
        _ => look(ask, draft, &subject, &files),
    })
}

/// The second page: what was understood, and the question.
fn look(ask: &Ask<'_>, mut draft: Draft, subject: &Subject, files: &[&[u8]]) -> Reply {
    let notes = keep_files(ask, &mut draft, files);
    let mut wrong = wrong(ask.lang, &draft, ask.suggesting.files(&draft.held).is_some_and(|files| !files.is_empty()));
    if !wrong.is_empty() {
        wrong.extend(notes);
        return Reply { status: StatusCode::UNPROCESSABLE_ENTITY, ..write_again(ask, &draft, subject, &wrong) };
    }
    check_again(ask, &draft, subject, &notes)
}

/// Hands the files that came over to be cleaned. Says what was not taken.
fn keep_files(ask: &Ask<'_>, draft: &mut Draft, files: &[&[u8]]) -> Vec<String> {
    if files.is_empty() {
        return Vec::new();
    }
    match ask.suggesting.keep(ask.peer, &draft.held, files) {
        Ok(kept) => {
            draft.held = kept.token;
            kept.refused.iter().map(|(number, why)| file_refused(ask.lang, number + 1, why)).collect()
        }
        Err(Stopped::TooOften) => vec![ask.lang.t("suggestion-files-too-often")],
        Err(Stopped::Refused(_)) => vec![ask.lang.t("suggestion-files-full")],
    }
}

fn file_refused(lang: Lang, number: usize, why: &Refused) -> String {
    let number = number.to_string();
    let number = ("number", Arg::Text(&number));
    match why {
        Refused::Kind(_) => lang.t_with("suggestion-file-kind", &[number]),
        Refused::Damaged => lang.t_with("suggestion-file-damaged", &[number]),
        Refused::Full => lang.t_with("suggestion-file-many", &[number]),
        Refused::Size => lang.t_with("suggestion-file-size", &[number]),
        _ => lang.t_with("suggestion-file-broken", &[number]),
    }
}

/// What keeps a draft from being looked at.
fn wrong(lang: Lang, draft: &Draft, has_files: bool) -> Vec<String> {
    let long = |field: Field| {
        let (label, most) = (form::label(lang, &draft.about, field), field.longest().to_string());
        lang.t_with("suggestion-too-long", &[("field", Arg::Text(&label)), ("most", Arg::Text(&most))])
    };
    let nothing = draft.fields.is_empty() && !has_files;
    draft.fields.too_long().map(long).chain(nothing.then(|| lang.t("suggestion-nothing"))).collect()
}

/// The third page, if the question was answered and there is room.
fn send(ask: &Ask<'_>, draft: Draft, subject: &Subject) -> Reply {
    let lang = ask.lang;
    let files = if draft.held.is_empty() { Some(Vec::new()) } else { ask.suggesting.files(&draft.held) };
    let Some(files) = files else {
        let draft = Draft { held: String::new(), ..draft };
        let reply = write_again(ask, &draft, subject, &[lang.t("suggestion-files-forgotten")]);
        return Reply { status: StatusCode::CONFLICT, ..reply };
    };
    let wrong = wrong(lang, &draft, !files.is_empty());
    if !wrong.is_empty() {
        let reply = write_again(ask, &draft, subject, &wrong);
        return Reply { status: StatusCode::UNPROCESSABLE_ENTITY, ..reply };
    }
    let again = |key: &str, status| Reply { status, ..check_again(ask, &draft, subject, &[lang.t(key)]) };
    match ask.suggesting.answered(&draft.question, &draft.answer) {
        Answered::Wrong => return again("suggestion-question-wrong", StatusCode::UNPROCESSABLE_ENTITY),
        Answered::Late => return again("suggestion-question-late", StatusCode::UNPROCESSABLE_ENTITY),
        Answered::Again => return again("suggestion-question-again", StatusCode::CONFLICT),
        Answered::Right => {}
    }
    let suggestion =
        Suggestion { about: draft.about.clone(), fields: draft.fields.clone(), lang: lang.tag().into(), files };
    match ask.suggesting.submit(ask.peer, &suggestion) {
        Ok(receipt) => {
            ask.suggesting.drop_files(&draft.held);
            private(ask, &lang.t("suggestion-done"), done(ask, &receipt))
        }
        Err(Stopped::TooOften) => again("suggestion-too-often", StatusCode::TOO_MANY_REQUESTS),
        Err(Stopped::Refused(Refused::Full)) => again("suggestion-full", StatusCode::SERVICE_UNAVAILABLE),
        Err(Stopped::Refused(_)) => again("suggestion-broken", StatusCode::SERVICE_UNAVAILABLE),
    }
}

fn write_again(ask: &Ask<'_>, draft: &Draft, subject: &Subject, notes: &[String]) -> Reply {
    private(ask, &title(ask.lang, &draft.about), form::form(ask, draft, subject, notes))
}

fn check_again(ask: &Ask<'_>, draft: &Draft, subject: &Subject, notes: &[String]) -> Reply {
    private(ask, &ask.lang.t("suggestion-check"), check::check(ask, draft, subject, notes))
}

fn done(ask: &Ask<'_>, receipt: &model::Receipt) -> Markup {
    let lang = ask.lang;
    html! {
        h1 { (lang.t("suggestion-done")) }
        (step(lang, 3))
        p role="status" { (lang.t("suggestion-done-why")) }
        p.reference-code { code lang="en" translate="no" { (receipt.code) } }
        ul {
            li { (lang.t("suggestion-done-only")) }
            li { (lang.t_markup("suggestion-done-back", &[("page", html! {
                a href=(ask.urls().suggestion_status()) { (lang.t("suggestion-status-title")) }
            })])) }
            li { (lang.t("suggestion-done-remove")) }
        }
        p { a href=(ask.urls().home(&model::Filter::default())) { (lang.t("error-home")) } }
    }
}

/// Where a copy of an atlas sends people.
fn closed(ask: &Ask<'_>) -> Markup {
    let lang = ask.lang;
    let address = &ask.site.imprint.address;
    html! {
        h1 { (lang.t("suggestion-title")) }
        @if address.is_empty() {
            p.warning-box { (lang.t("suggestion-closed")) }
        } @else {
            p.warning-box {
                (lang.t_markup("suggestion-closed-here", &[("address", html! {
                    a href=(format!("{address}{}", ask.urls().suggestions())) { (address) }
                })]))
            }
        }
        (form::public_sources(lang))
    }
}

fn step(lang: Lang, number: u8) -> Markup {
    html! { p.soft { (lang.t_with("suggestion-step", &[("n", Arg::Text(&number.to_string()))])) } }
}

fn title(lang: Lang, about: &About) -> String {
    lang.t(match about {
        About::New => "suggestion-title-new",
        About::Page(_) => "suggestion-title-error",
        _ => "suggestion-title",
    })
}

fn about_query(about: &About) -> String {
    url::query([("about", about.to_string())])
}

/// What needs to be looked at, in a box that is read out.
fn noted(notes: &[String]) -> Markup {
    html! {
        @if !notes.is_empty() {
            div.warning-box role="alert" { @for note in notes { p { (note) } } }
        }
    }
}

/// A page that names neither itself nor its twins: it holds somebody's own words.
fn private(ask: &Ask<'_>, title: &str, body: Markup) -> Reply {
    let page = ui::Page {
        lang: ask.lang,
        title: title.to_owned(),
        description: String::new(),
        path: ask.path,
        query: "",
        faces: Vec::new(),
        section: Section::Other,
        layout: Layout::Text,
        scripts: &[],
        noindex: true,
        preview: String::new(),
        body,
    };
    Reply { keep: Keep::Never, ..Reply::html(ui::document(ask.site, &page)) }
}
