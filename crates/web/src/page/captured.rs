//! The part of a source's page that says what we hold of it, since when, and whether it still says so.

use maud::{Markup, html};
use model::{Form, Found, Stamp};
use ui::{Arg, Lang};

use crate::ask::Ask;
use crate::error_page::reason;
use crate::view::capture::{Bytes, Capture, Destroyed, Painted, Recheck, Stamped};

/// All captures, the latest first, and those that were destroyed; nothing where there are neither.
pub(crate) fn captured(ask: &Ask<'_>, captures: &[Capture], destroyed: &[Destroyed]) -> Markup {
    let lang = ask.lang;
    html! {
        @if !captures.is_empty() || !destroyed.is_empty() {
            section {
                h2 { (lang.t("archive-heading")) }
                p.soft { (lang.t("archive-why")) }
                @if let Some(latest) = latest_finding(captures) { p { (still(lang, latest)) } }
                ol.captures {
                    @for capture in captures {
                        li {
                            (one(ask, capture))
                            @if capture.text.is_some() {
                                p { a href=(ask.urls().capture(&capture.id)) { (lang.t("archive-read")) } }
                            }
                        }
                    }
                    @for gone in destroyed { li { (grave(ask, gone)) } }
                }
            }
        }
    }
}

/// What remains of a capture.
fn grave(ask: &Ask<'_>, gone: &Destroyed) -> Markup {
    let lang = ask.lang;
    let parts = [
        ("date", moment(lang, &gone.at)),
        ("reason", html! { (reason(lang, &gone.stone)) }),
        ("notice", html! { bdi { (gone.stone.notice) } }),
    ];
    html! {
        p {
            span.badge { (lang.t("archive-destroyed")) } " " (lang.t_markup("archive-destroyed-why", &parts)) " "
            a href=(ask.urls().capture(&gone.id)) { (lang.t("archive-destroyed-more")) }
        }
    }
}

/// What was found last, over all captures.
fn latest_finding(captures: &[Capture]) -> Option<&Recheck> {
    captures.iter().flat_map(|capture| &capture.rechecks).max_by(|a, b| a.at.cmp(&b.at))
}

/// One capture: how good, when, and how it came.
pub(crate) fn one(ask: &Ask<'_>, capture: &Capture) -> Markup {
    let lang = ask.lang;
    html! {
        p {
            span.badge { (lang.t(grade(capture.grade))) } " "
            (lang.t(came(capture.came))) " " (moment(lang, &capture.at))
            @if let Some(why) = why(&capture.reason) { " · " (lang.t(why)) }
        }
        @if let Some(key) = fate(capture.came) { p.soft { (lang.t(key)) } }
        @if let Some(picture) = &capture.picture { (painted(lang, picture)) }
        @for stamp in &capture.stamps { p.soft { (stamped(lang, stamp)) } }
        @for finding in &capture.rechecks { p.soft { (still(lang, finding)) } }
        details.captured-more {
            summary { (lang.t("archive-more")) }
            dl.facts { @for (label, value) in particulars(lang, capture) { div.fact { dt { (label) } dd { (value) } } } }
            p.soft { a href=(ask.urls().verify(&capture.id)) rel="nofollow" { (lang.t("archive-verify")) } }
        }
    }
}

/// A picture as it was painted anew. What it shows nobody has written down, so that the words beside it stand for it.
fn painted(lang: Lang, picture: &Painted) -> Markup {
    html! {
        figure.captured-picture {
            img src=(picture.address) width=(picture.width) height=(picture.height) loading="lazy"
                alt=(lang.t("archive-picture-alt"));
            figcaption.soft { (lang.t("archive-picture")) }
        }
    }
}

pub(crate) fn stamped(lang: Lang, stamp: &Stamped) -> Markup {
    let parts = [("who", html! { bdi { (stamp.authority) } }), ("date", moment(lang, &stamp.at))];
    let key = match stamp.scheme {
        "rfc3161" => "archive-stamp",
        _ if stamp.authority.starts_with(Stamp::BLOCK) => "archive-stamp-chain",
        _ => "archive-stamp-pending",
    };
    lang.t_markup(key, &parts)
}

/// What became of the bytes, where that is not what a reader expects.
fn fate(form: Form) -> Option<&'static str> {
    match form {
        Form::Withheld => Some("archive-withheld"),
        Form::File | Form::Archive => Some("archive-private"),
        Form::Open => Some("archive-open"),
        Form::Sealed => Some("archive-sealed"),
        Form::Spent => Some("archive-spent"),
        Form::Fetched => None,
    }
}

/// What is known of it beside its grade: label and value.
pub(crate) fn particulars(lang: Lang, capture: &Capture) -> Vec<(String, Markup)> {
    let plain = |key: &str, text: &str| (lang.t(key), html! { bdi { (text) } });
    let mut all = Vec::new();
    for (key, text) in [
        ("archive-answered", &capture.answered),
        ("archive-ip", &capture.ip),
        ("archive-type", &capture.media_type),
        ("archive-vantage", &capture.vantage),
    ] {
        if !text.is_empty() {
            all.push(plain(key, text));
        }
    }
    if capture.status != 0 {
        all.push(plain("archive-status", &capture.status.to_string()));
    }
    if capture.requisites > 0 {
        let counts = [("n", Arg::Count(capture.requisites.into())), ("missing", Arg::Count(capture.missing.into()))];
        all.push((lang.t("archive-requisites"), html! { (lang.t_with("archive-requisites-of", &counts)) }));
    }
    if let Some(key) = robots(capture.robots) {
        all.push((lang.t("archive-robots"), html! { (lang.t(key)) }));
    }
    all.push((lang.t("archive-kept"), digest(lang, &capture.kept)));
    all.extend(capture.text.as_ref().map(|text| (lang.t("archive-text"), digest(lang, text))));
    all.extend(
        capture.picture.as_ref().map(|picture| (lang.t("archive-picture-digest"), digest(lang, &picture.bytes))),
    );
    all.extend(capture.stamps.iter().map(|stamp| (lang.t("archive-stamp-digest"), digest(lang, &stamp.bytes))));
    let certificates = capture.certificates_sha256.as_ref();
    all.extend(certificates.map(|hex| (lang.t("archive-certificates"), html! { code { (hex) } })));
    all
}

fn digest(lang: Lang, bytes: &Bytes) -> Markup {
    html! { code { (bytes.sha256) } " " span.soft { (lang.t_with("archive-bytes", &[("n", Arg::Count(bytes.length))])) } }
}

pub(crate) fn still(lang: Lang, finding: &Recheck) -> Markup {
    let key = match finding.what {
        Found::Unchanged => "archive-unchanged",
        Found::Changed => "archive-changed",
        Found::Gone => "archive-gone",
        Found::Walled => "archive-walled",
        Found::Unanswered => "archive-unanswered",
    };
    lang.t_markup(key, &[("date", moment(lang, &finding.at))])
}

/// A day in words, with the second where there is one.
pub(crate) fn moment(lang: Lang, at: &str) -> Markup {
    let (day, time) = at.split_once('T').map_or((at, ""), |(day, time)| (day, time.trim_end_matches('Z')));
    html! {
        time datetime=(at) { (ui::date_text(lang, day)) @if !time.is_empty() { " " (time) " UTC" } }
    }
}

fn grade(word: &str) -> &'static str {
    match word {
        "complete" => "archive-complete",
        "partial" => "archive-partial",
        "wall" => "archive-wall",
        _ => "archive-error",
    }
}

fn came(form: Form) -> &'static str {
    match form {
        Form::Fetched | Form::Withheld => "archive-fetched",
        Form::File | Form::Open | Form::Sealed | Form::Spent => "archive-file",
        Form::Archive => "archive-archive",
    }
}

/// Why a capture is no better; nothing where there is nothing to say.
fn why(reason: &str) -> Option<&'static str> {
    const REASONS: [(&str, &str); 15] = [
        ("cut", "archive-why-cut"),
        ("requisites", "archive-why-requisites"),
        ("shell", "archive-why-shell"),
        ("bot", "archive-why-bot"),
        ("login", "archive-why-login"),
        ("consent", "archive-why-consent"),
        ("forbidden", "archive-why-forbidden"),
        ("gone", "archive-why-gone"),
        ("soft-404", "archive-why-gone"),
        ("legal", "archive-why-legal"),
        ("status", "archive-why-status"),
        ("redirects", "archive-why-redirects"),
        ("empty", "archive-why-empty"),
        ("refused", "archive-why-silent"),
        ("silent", "archive-why-silent"),
    ];
    REASONS.iter().find(|(word, _)| *word == reason).map(|(_, key)| *key)
}

fn robots(word: &str) -> Option<&'static str> {
    match word {
        "none" => Some("archive-robots-none"),
        "allowed" => Some("archive-robots-allowed"),
        "disallowed" => Some("archive-robots-disallowed"),
        _ => None,
    }
}
