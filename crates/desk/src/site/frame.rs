//! What every page of the desk stands in: its name, the way around, who is logged in.

use maud::{DOCTYPE, Markup, html};
use ui::Lang;

use super::ask::Ask;
use super::reply::{Failure, Reply};
use crate::accounts::{Account, Role};
use crate::drafts::state::{READERS, WRITERS};

/// A page.
pub(crate) fn page(ask: &Ask<'_>, title: &str, body: Markup) -> Reply {
    Reply::html(document(ask, title, &[], body))
}

/// A page with scripts of its own, where they were built.
pub(crate) fn scripted(ask: &Ask<'_>, title: &str, scripts: &[&str], body: Markup) -> Reply {
    Reply::html(document(ask, title, scripts, body))
}

/// The way in for who has a passkey; a script shows it where the browser can use one. It posts to `action`, after it
/// has asked `action`/begin what to ask the device.
pub(crate) fn passkey(ask: &Ask<'_>, action: &str, label: &str) -> Markup {
    let begin = ask.to(format!("{action}/begin"));
    html! {
        @if ask.desk.passkeys.are_possible() {
            section.desk-form data-passkey=(ask.to(action)) data-begin=(begin) hidden {
                p.help { (ask.t("desk-passkey-help")) }
                p.warning-box role="alert" hidden { (ask.t("desk-passkey-failed")) }
                button type="button" { (label) }
            }
        }
    }
}

/// The field for what an authenticator shows.
pub(crate) fn code(ask: &Ask<'_>) -> Markup {
    html! {
        p {
            label for="code" { (ask.t("desk-login-code")) }
            input #code name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required maxlength="10";
        }
    }
}

/// The script behind it.
pub(crate) const PASSKEY_SCRIPT: &str = "passkey.js";

/// A page that says why there is none.
pub(crate) fn failure(ask: &Ask<'_>, failure: &Failure) -> Reply {
    let (status, key) = failure.explain();
    let title = ask.t("desk-failure");
    let body = html! {
        h1 { (title) }
        p.warning-box role="alert" { (ask.t(key)) }
        p { a href=(ask.to("/")) { (ask.t("desk-back-home")) } }
    };
    page(ask, &title, body).with_status(status)
}

/// The word about what was just done, if the address holds one that we know.
pub(crate) fn said(ask: &Ask<'_>) -> Markup {
    let key = SAID.iter().find(|(word, _)| *word == ask.asked("said")).map(|(_, key)| *key);
    html! { @if let Some(key) = key { p.notice-box role="status" { (ask.t(key)) } } }
}

const SAID: [(&str, &str); 11] = [
    ("saved", "desk-said-saved"),
    ("removed", "desk-said-removed"),
    ("pasted", "desk-said-pasted"),
    ("settled", "desk-said-settled"),
    ("comment", "desk-said-comment"),
    ("resolved", "desk-said-resolved"),
    ("moved", "desk-said-moved"),
    ("capturing", "desk-captures-asking"),
    ("accepted", "desk-said-accepted"),
    ("account", "desk-said-account"),
    ("enrolled", "desk-said-enrolled"),
];

/// A button that does one thing.
pub(crate) fn button(ask: &Ask<'_>, action: &str, label: &str, hidden: &[(&str, &str)]) -> Markup {
    html! {
        form.inline-form method="post" action=(ask.to(action)) {
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            button type="submit" { (label) }
        }
    }
}

fn document(ask: &Ask<'_>, title: &str, scripts: &[&str], body: Markup) -> Markup {
    let (lang, assets) = (ask.lang, &ask.desk.setup.assets);
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) dir=(lang.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (ask.t("desk-name")) }
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                link rel="icon" type="image/svg+xml" href=(*ui::FAVICON_URL);
                link rel="stylesheet" href=(assets.url("main.css"));
                @for script in scripts.iter().filter(|script| assets.has(script)) {
                    script type="module" src=(assets.url(script)) {}
                }
            }
            body.layout-wide.desk {
                a.skip href="#main" { (ask.t("skip")) }
                (header(ask))
                main #main tabindex="-1" { (body) }
                footer.site-footer { p { (ask.t("desk-footer")) } }
            }
        }
    }
}

fn header(ask: &Ask<'_>) -> Markup {
    let other: Lang = ask.lang.other();
    html! {
        header.site-header {
            a.wordmark href=(ask.to("/")) { (ui::icon("mark")) span { (ask.t("desk-name")) } }
            @if let Some(who) = &ask.who {
                nav aria-label=(ask.t("nav")) {
                    ul {
                        @for (path, key, _) in NAVIGATION.iter().filter(|(.., roles)| may(who, roles)) {
                            li {
                                a href=(ask.to(path)) aria-current=[(ask.path == *path).then_some("page")] { (ask.t(key)) }
                            }
                        }
                    }
                }
                (button(ask, "/logout", &format!("{} ({})", ask.t("desk-log-out"), who.name), &[]))
            }
            a.language href=(format!("{}{}", other.prefix(), ask.path)) hreflang=(other.tag()) lang=(other.tag()) {
                (ui::icon("globe")) (other.own_name())
            }
        }
    }
}

fn may(who: &Account, roles: &[Role]) -> bool {
    who.roles.any(roles)
}

const NAVIGATION: [(&str, &str, &[Role]); 8] = [
    ("/", "desk-nav-home", &Role::ALL),
    ("/drafts", "desk-nav-queue", READERS),
    ("/inbox", "desk-nav-inbox", READERS),
    ("/tasks", "tasks", WRITERS),
    ("/duplicates", "desk-nav-duplicates", READERS),
    ("/accounts", "desk-nav-accounts", &[Role::Admin]),
    ("/acts", "desk-nav-acts", &[Role::Admin]),
    ("/rights", "desk-nav-rights", &Role::ALL),
];
