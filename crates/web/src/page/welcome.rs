//! The first visit: what this is, how to read it, what is new. Folded away by the reader alone; nothing is remembered.

use maud::{Markup, html};

use crate::ask::Ask;
use crate::page::changes::act;
use crate::view::Maker;

/// So many changes stand in the welcome.
const NEWEST: usize = 3;

/// A fold with three short columns. Without a filter only: whoever comes with one knows what for.
pub(crate) fn welcome(ask: &Ask<'_>, filtered: bool) -> Markup {
    let (lang, maker) = (ask.lang, Maker::of(ask));
    let page = |path: &str| format!("{}{path}", lang.prefix());
    html! {
        @if !filtered {
            details.welcome {
                summary { (lang.t("welcome-title")) }
                div.welcome-columns {
                    section {
                        h2 { (lang.t("about-what")) }
                        p { (lang.t("welcome-what")) }
                        p { a href=(page("/about")) { (lang.t("nav-about")) } " · " a href=(page("/method")) { (lang.t("nav-method")) } }
                    }
                    section {
                        h2 { (lang.t("welcome-read")) }
                        p { (lang.t("welcome-read-1")) }
                        p { a href=(page("/how-to")) { (lang.t("nav-how-to")) } " · " a href=(page("/glossary")) { (lang.t("nav-glossary")) } }
                    }
                    section {
                        h2 { (lang.t("welcome-new")) }
                        ul {
                            @for story in ask.edition().stories(lang.tag()).into_iter().take(NEWEST) {
                                @let story = maker.story_ref(story);
                                li { (lang.t("story")) (lang.t("list-colon")) a href=(story.url) lang=(story.language) { (story.title) } }
                            }
                            @for change in maker.changes_in(ask.edition().head().size, NEWEST).iter().filter(|change| change.record != "story") {
                                li { (act(ask, change)) (lang.t("list-colon")) a href=(change.url) { bdi { (change.title) } } }
                            }
                        }
                        p { a href=(page("/changes")) { (lang.t("nav-changes")) } " · " a href=(page("/stories")) { (lang.t("nav-stories")) } }
                    }
                }
            }
        }
    }
}
