//! What a reader or a program is told when there is no answer: what happened, and what to do.

use axum::http::StatusCode;
use maud::{Markup, html};
use model::{FilterKey, FilterProblem};
use serde::Serialize;
use ui::{Arg, Lang, Layout, Page, Section, Site};

use crate::reply::{Failure, Keep, Reply, Stone};
use crate::url::Urls;

/// The page for readers.
pub(crate) fn page(site: &Site, lang: Lang, failure: &Failure) -> Reply {
    let (status, title) = (failure.status(), title(lang, failure));
    let body = html! {
        p.error-number aria-hidden="true" { (status.as_u16()) }
        h1 { (title) }
        p.lead { (detail(lang, failure)) }
        (allowed(lang, failure))
        (stone(lang, failure))
        @if matches!(failure, Failure::Missing) { (search(lang)) }
        p { a href=(Urls { lang }.home(&model::Filter::default())) { (lang.t("error-home")) } }
    };
    // The address may be anything: it is not repeated, and the other language starts at its first page.
    let frame = Page {
        preview: String::new(),
        lang,
        title: title.clone(),
        description: title,
        path: "/",
        query: "",
        faces: Vec::new(),
        section: Section::Other,
        layout: Layout::Text,
        scripts: &[],
        noindex: true,
        body,
    };
    Reply { status, keep: Keep::Never, ..Reply::html(ui::document(site, &frame)) }
}

/// Who decided that it is gone, why, and how to check that nothing else went with it; or where it is now.
fn stone(lang: Lang, failure: &Failure) -> Markup {
    html! {
        @match failure {
            Failure::Gone(stone) => {
                dl.facts {
                    div.fact { dt { (lang.t("gone-reason")) } dd { (reason(lang, stone)) } }
                    @if !stone.notice.is_empty() {
                        div.fact { dt { (lang.t("gone-notice")) } dd { bdi { (stone.notice) } } }
                    }
                    div.fact {
                        dt { (lang.t("gone-decided-by")) }
                        dd {
                            code { (stone.decided_by) } " " a href=(stone.proof) download { (lang.t("verify-proof")) }
                        }
                    }
                }
                p { a href=(format!("{}/verify", lang.prefix())) { (lang.t("verify-how")) } }
            }
            Failure::Moved(to) => p { a href=(to) { (lang.t("error-moved-to")) } },
            _ => {}
        }
    }
}

/// The words of whoever withdrew it, or the name of the class of reasons for which it was destroyed.
pub(crate) fn reason(lang: Lang, stone: &Stone) -> String {
    match (stone.fate, stone.reason.as_str()) {
        ("redacted", "court-order") => lang.t("gone-court-order"),
        ("redacted", "legal-claim") => lang.t("gone-legal-claim"),
        ("redacted", "personal-data") => lang.t("gone-personal-data"),
        ("redacted", "safety") => lang.t("gone-safety"),
        ("redacted", "copyright") => lang.t("gone-copyright"),
        (_, words) => words.to_owned(),
    }
}

/// A search over all links, for whoever mistyped an address.
fn search(lang: Lang) -> Markup {
    html! {
        form.search-again method="get" action=(Urls { lang }.links(&model::Filter::default(), 1)) role="search" {
            input type="search" name="q" aria-label=(lang.t("filter-q")) maxlength="200";
            button type="submit" { (lang.t("filter-apply")) }
        }
    }
}

/// RFC 9457 for programs.
pub(crate) fn problem(lang: Lang, failure: &Failure) -> Reply {
    let problem = Problem {
        kind: "about:blank",
        title: title(lang, failure),
        status: failure.status().as_u16(),
        detail: detail(lang, failure),
        problems: problems(failure),
        tombstone: match failure {
            Failure::Gone(stone) => Some(stone.clone()),
            _ => None,
        },
    };
    let reply = Reply::json(&problem);
    Reply { status: failure.status(), keep: Keep::Never, mime: "application/problem+json", ..reply }
}

#[derive(Serialize)]
struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Refused>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tombstone: Option<Stone>,
}

/// One part of a query that was refused.
#[derive(Serialize)]
struct Refused {
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    allowed: Vec<String>,
}

fn problems(failure: &Failure) -> Vec<Refused> {
    match failure {
        Failure::Filter(problems) => problems.iter().map(refused).collect(),
        Failure::Parameter(key, allowed) => {
            vec![Refused { key: (*key).into(), value: None, allowed: vec![allowed.clone()] }]
        }
        _ => Vec::new(),
    }
}

fn refused(problem: &FilterProblem) -> Refused {
    match problem {
        FilterProblem::UnknownKey { key } => {
            Refused { key: key.clone(), value: None, allowed: FilterKey::ALL.map(|key| key.name().to_owned()).into() }
        }
        FilterProblem::UnknownValue { key, value, allowed } => {
            Refused { key: key.name().into(), value: Some(value.clone()), allowed: allowed.clone() }
        }
    }
}

fn allowed(lang: Lang, failure: &Failure) -> Markup {
    html! {
        @for refused in problems(failure) {
            div.warning-box {
                p { (refusal(lang, &refused)) }
                p.soft { (lang.t("error-allowed")) " " @for value in &refused.allowed { code { (value) } " " } }
            }
        }
    }
}

/// What is wrong with one part of the query.
fn refusal(lang: Lang, refused: &Refused) -> Markup {
    let key = html! { code { bdi { (refused.key) } } };
    match &refused.value {
        Some(value) => lang.t_markup("error-value", &[("key", key), ("value", html! { code { bdi { (value) } } })]),
        None => lang.t_markup("error-parameter", &[("key", key)]),
    }
}

fn title(lang: Lang, failure: &Failure) -> String {
    if matches!(failure, Failure::Gone(Stone { fate: "redacted", .. })) {
        return lang.t("error-redacted");
    }
    lang.t(match failure.status() {
        StatusCode::PERMANENT_REDIRECT => "error-moved",
        StatusCode::NOT_FOUND => "error-missing",
        StatusCode::GONE => "error-gone",
        StatusCode::METHOD_NOT_ALLOWED => "error-method",
        StatusCode::BAD_REQUEST => "error-query",
        StatusCode::CONFLICT => "error-stale",
        StatusCode::SERVICE_UNAVAILABLE if matches!(failure, Failure::Busy) => "error-busy",
        StatusCode::SERVICE_UNAVAILABLE => "error-not-built",
        StatusCode::PAYLOAD_TOO_LARGE => "error-too-large",
        _ => "error-broken",
    })
}

fn detail(lang: Lang, failure: &Failure) -> String {
    match failure {
        Failure::Gone(Stone { fate: "redacted", .. }) => lang.t("error-redacted-detail"),
        Failure::Gone(stone) => lang.t_with("error-gone-detail", &[("reason", Arg::Text(&stone.reason))]),
        Failure::Moved(_) => lang.t("error-moved-detail"),
        Failure::Missing => lang.t("error-missing-detail"),
        Failure::Method => lang.t("error-method-detail"),
        Failure::Filter(_) => lang.t("error-filter-detail"),
        Failure::Parameter(..) => lang.t("error-parameter-detail"),
        Failure::Query => lang.t("error-query-detail"),
        Failure::Stale => lang.t("error-stale-detail"),
        Failure::NotBuilt => lang.t("error-not-built-detail"),
        Failure::TooLarge => lang.t("error-too-large-detail"),
        Failure::Busy => lang.t("error-busy-detail"),
        Failure::Broken => lang.t("error-broken-detail"),
    }
}
