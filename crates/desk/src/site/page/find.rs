//! Finds records by their names, for whoever needs their ids.

use maud::html;
use model::{Statement, Subject};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use crate::live;

/// So many items are shown.
const MOST: usize = 20;

/// The items whose names are like what was typed; for one that is named, its claims with their numbers.
pub(crate) fn find(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let title = ask.t("desk-find");
    let subject = subject(ask.asked("about"));
    let body = html! {
        h1 { (title) }
        form.desk-form method="get" action=(ask.to("/find")) {
            p {
                label for="q" { (ask.t("desk-find-name")) }
                input #q name="q" type="search" value=(ask.asked("q")) maxlength="200";
            }
            button type="submit" { (ask.t("desk-find-do")) }
        }
        (items(ask, &edition))
        @if let Some(subject) = subject { (claims(ask, edition.state(), &subject)) }
    };
    Ok(frame::page(ask, &title, body))
}

fn subject(text: &str) -> Option<Subject> {
    let (what, id) = text.split_once('/')?;
    let id = model::Id::parse(id)?;
    match what {
        "item" => Some(Subject::Item(id)),
        "link" => Some(Subject::Link(id)),
        _ => None,
    }
}

fn items(ask: &Ask<'_>, edition: &edition::Edition) -> maud::Markup {
    let asked = ask.asked("q");
    if asked.trim().is_empty() {
        return html! {};
    }
    let (known, state) = (edition.known(), edition.state());
    let mut asker = known.asker();
    let name = asker.read(asked);
    let mut found: Vec<(u32, String)> = Vec::new();
    for likely in asker.likely(&name, MOST) {
        if found.iter().all(|(item, _)| *item != likely.item) {
            found.push((likely.item, known.name(likely.name).text().to_owned()));
        }
    }
    for item in known.beginning(asked, MOST) {
        if found.iter().all(|(known, _)| *known != item) {
            found.push((item, String::new()));
        }
    }
    html! {
        @if found.is_empty() { p { (ask.t("desk-find-none")) } }
        ul {
            @for (item, name) in found {
                @let id = &state.items().at(item).id;
                li {
                    @if !name.is_empty() { bdi { (name) } " " }
                    a href=(ask.to(format!("/find?about=item/{id}"))) { code { (id) } }
                }
            }
        }
    }
}

/// A record's claims with their numbers, and its links.
pub(super) fn claims(ask: &Ask<'_>, state: &edition::State, subject: &Subject) -> maud::Markup {
    let all = live::claims(state, subject);
    let value = |statement: &Statement| crate::diff::value(statement);
    let links: Vec<_> = match subject {
        Subject::Item(id) => state
            .links()
            .iter()
            .filter_map(|(_, record)| record.link.as_ref().filter(|_| record.gone.is_none()))
            .filter(|link| link.subject == *id || link.object == *id)
            .collect(),
        Subject::Link(_) => Vec::new(),
    };
    html! {
        h2 { code { (subject.id()) } }
        p { a href=(ask.to(format!("/record/{}", crate::drafts::intake::address(subject)))) { (ask.t("desk-find-record")) } }
        @if all.is_empty() { p { (ask.t("desk-find-none")) } }
        dl.desk-cells {
            @for (claim, _) in &all {
                div {
                    dt { (label(ask, state.property(claim.property).as_str())) }
                    dd { bdi { (value(&claim.statement)) } " " code { (claim.number) } }
                }
            }
        }
        @if !links.is_empty() {
            h2 { (ask.t("desk-find-links")) }
            ul {
                @for link in links.into_iter().take(200) {
                    li { a href=(ask.to(format!("/find?about=link/{}", link.id))) { code { (link.id) } } " " code { (link.subject) } " " (link.link_type) " " code { (link.object) } }
                }
            }
        }
    }
}

/// A property's name.
pub(crate) fn label(ask: &Ask<'_>, property: &str) -> String {
    let known = ask.desk.vocabulary.properties.get(property);
    known.map_or_else(|| property.to_owned(), |known| known.label.get(ask.lang.tag()).to_owned())
}
