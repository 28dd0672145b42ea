//! The query string of a list, map or export: the filter, the page, and what was passed over.

use maud::{Markup, html};
use model::{Filter, FilterKey, FilterProblem};

use crate::ask::Ask;
use crate::reply::Failure;

/// What a query asks for.
pub(crate) struct Asked {
    /// The filter.
    pub filter: Filter,
    /// The page, from 1.
    pub page: usize,
    /// Keys that have no meaning here and were ignored (pages for readers only).
    pub ignored: Vec<String>,
}

/// Reads the query. An unknown value is refused everywhere; an unknown key is refused on data
/// faces and ignored on pages, because other sites append their own keys to links.
pub(crate) fn asked(ask: &Ask<'_>, paged: bool) -> Result<Asked, Failure> {
    let (pages, rest): (Vec<_>, Vec<_>) = ask.query.iter().cloned().partition(|(key, _)| paged && key == "page");
    let page = match pages.last().map(|(_, value)| value.as_str()) {
        None | Some("") => 1,
        Some(text) => text.parse().ok().filter(|page| *page > 0).ok_or_else(|| refused_page("1"))?,
    };
    let (filter, problems) = Filter::parse(rest.into_iter(), ask.edition());
    let (keys, values): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(|problem| matches!(problem, FilterProblem::UnknownKey { .. }));
    if !values.is_empty() || (ask.face.is_data() && !keys.is_empty()) {
        return Err(Failure::Filter(values.into_iter().chain(keys).collect()));
    }
    Ok(Asked { filter, page, ignored: keys.into_iter().filter_map(key_of).collect() })
}

/// Refuses any query on the data face of a view that takes none; pages ignore what others append.
pub(crate) fn no_query(ask: &Ask<'_>) -> Result<(), Failure> {
    let keys: Vec<FilterProblem> =
        ask.query.iter().map(|(key, _)| FilterProblem::UnknownKey { key: key.clone() }).collect();
    if ask.face.is_data() && !keys.is_empty() { Err(Failure::Filter(keys)) } else { Ok(()) }
}

/// The refusal of a page outside `1-last`.
pub(crate) fn refused_page(allowed: &str) -> Failure {
    Failure::Parameter("page", allowed.to_owned())
}

/// A visible note about ignored keys.
pub(crate) fn ignored_note(ask: &Ask<'_>, ignored: &[String], canonical: &str) -> Markup {
    html! {
        @if !ignored.is_empty() {
            div.warning-box role="note" {
                p { (ask.lang.t("ignored-keys")) " " @for key in ignored { code { bdi { (key) } } " " } }
                p { a href=(canonical) { (ask.lang.t("ignored-keys-canonical")) } }
            }
        }
    }
}

/// The name of a filter key in the reader's language.
pub(crate) fn key_label(lang: ui::Lang, key: FilterKey) -> String {
    lang.t(match key {
        FilterKey::Item => "key-item",
        FilterKey::ItemKind => "key-item-kind",
        FilterKey::Link => "key-link",
        FilterKey::Category => "key-category",
        FilterKey::Topic => "key-topic",
        FilterKey::List => "key-list",
        FilterKey::Source => "key-source",
        FilterKey::Country => "key-country",
        FilterKey::Status => "key-status",
        FilterKey::Confidence => "key-confidence",
        FilterKey::Precision => "key-precision",
        FilterKey::From => "key-from",
        FilterKey::To => "key-to",
        FilterKey::Poi => "key-poi",
        FilterKey::Bbox => "key-bbox",
        FilterKey::Q => "key-q",
    })
}

fn key_of(problem: FilterProblem) -> Option<String> {
    match problem {
        FilterProblem::UnknownKey { key } => Some(key),
        FilterProblem::UnknownValue { .. } => None,
    }
}
