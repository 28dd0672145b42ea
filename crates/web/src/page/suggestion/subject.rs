//! What a suggestion is about, as a reader knows it: a name, a page, and what the atlas says by now.

use edition::{Found, Traced};
use maud::{Markup, html};
use model::{About, Id, OperationNumber, Record};

use crate::ask::Ask;
use crate::page::{rows, said};
use crate::reply::Failure;
use crate::view::Maker;

/// What a suggestion is about.
#[derive(Default)]
pub(super) struct Subject {
    /// In words.
    pub name: String,
    /// Its page; empty for none.
    pub url: String,
    /// Which property.
    pub property: Option<String>,
    /// What the atlas says.
    pub now: Option<Markup>,
}

impl Subject {
    /// Of something that is or was in the atlas.
    pub fn of(ask: &Ask<'_>, about: &About) -> Result<Self, Failure> {
        match about {
            About::New => Ok(Self { name: ask.lang.t("suggestion-about-new"), ..Self::default() }),
            About::Page(path) => Ok(Self { name: path.to_string(), url: inside(path), ..Self::default() }),
            About::Record(record) => of_record(ask, record),
            About::Gap(record, property) => of_gap(ask, record, property),
            About::Value(number) => of_value(ask, *number),
        }
    }
}

/// A path of ours; one that could lead elsewhere leads nowhere.
fn inside(path: &str) -> String {
    if path.starts_with("//") || path.contains('\\') { String::new() } else { path.to_owned() }
}

fn of_record(ask: &Ask<'_>, record: &Record) -> Result<Subject, Failure> {
    let (maker, edition) = (Maker::of(ask), ask.edition());
    let (id, url, name) = match record {
        Record::Item(id) => {
            let name = known(edition.item(id.as_str()), |item| item.name(ask.lang.tag()).to_owned())?;
            (id, ask.urls().item(id.as_str()), name)
        }
        Record::Link(id) => {
            let name = known(edition.link(id.as_str()), |link| rows::sentence_text(ask.lang, &maker.row(link)))?;
            (id, ask.urls().link(id.as_str()), name)
        }
        Record::Source(id) => {
            let name = known(edition.source(id.as_str()), |_| maker.source_ref(id.as_str()).title)?;
            (id, ask.urls().source(id.as_str()), name)
        }
    };
    Ok(Subject { name: name.unwrap_or_else(|| id.to_string()), url, ..Subject::default() })
}

/// The name of what is shown; none of what was taken back or is part of another by now.
fn known<T>(found: Found<'_, T>, name: impl FnOnce(T) -> String) -> Result<Option<String>, Failure> {
    match found {
        Found::Live(record) => Ok(Some(name(record))),
        Found::Gone(_) | Found::Merged(_) => Ok(None),
        Found::Missing => Err(Failure::Missing),
    }
}

fn of_gap(ask: &Ask<'_>, record: &Record, property: &Id) -> Result<Subject, Failure> {
    if ask.edition().vocabulary().properties.get(property.as_str()).is_none() {
        return Err(Failure::Missing);
    }
    let subject = of_record(ask, record)?;
    let label = Maker::of(ask).property(property.as_str()).label;
    let now = Some(html! { (ask.lang.t("suggestion-now-nothing")) });
    Ok(Subject { property: Some(label), now, ..subject })
}

fn of_value(ask: &Ask<'_>, number: OperationNumber) -> Result<Subject, Failure> {
    let maker = Maker::of(ask);
    match ask.edition().trace(number) {
        Traced::Missing => Err(Failure::Missing),
        Traced::Claim(holder, claim) => {
            let (name, url) = maker.holder(holder);
            let claim = maker.claim(&claim);
            let now = Some(html! { (said::said(ask.lang, &claim.value)) });
            Ok(Subject { name, url, property: Some(claim.property.label), now })
        }
        Traced::Evidence(holder, _) | Traced::Made(holder) => {
            let (name, url) = maker.holder(holder);
            Ok(Subject { name, url, ..Subject::default() })
        }
        Traced::Withdrawn(_) | Traced::Redacted(_) | Traced::Destroyed(_) | Traced::Act => {
            Ok(Subject { name: number.to_string(), ..Subject::default() })
        }
    }
}

/// The box that says what it is about.
pub(super) fn shown(ask: &Ask<'_>, subject: &Subject) -> Markup {
    let lang = ask.lang;
    html! {
        dl.facts {
            div.fact {
                dt { (lang.t("suggestion-about")) }
                dd {
                    @if subject.url.is_empty() { bdi { (subject.name) } }
                    @else { a href=(subject.url) { bdi { (subject.name) } } }
                }
            }
            @if let Some(property) = &subject.property {
                div.fact { dt { (lang.t("suggestion-property")) } dd { (property) } }
            }
            @if let Some(now) = &subject.now { div.fact { dt { (lang.t("suggestion-now")) } dd { (now) } } }
        }
    }
}
