//! The second page of a suggestion: what was understood, what to look at again, and a plain question.

use maud::{Markup, html};
use model::{Concern, ConcernKind, Suggestion};
use ui::{Arg, Lang};

use crate::ask::Ask;
use crate::page::suggestion::draft::Draft;
use crate::page::suggestion::subject::{Subject, shown};
use crate::page::suggestion::{form, noted, step};
use crate::suggesting::Question;

/// The page. Every word of the draft is in it, so that the next form brings all of them back.
pub(super) fn check(ask: &Ask<'_>, draft: &Draft, subject: &Subject, notes: &[String]) -> Markup {
    let lang = ask.lang;
    let files = ask.suggesting.files(&draft.held).unwrap_or_default();
    let suggestion =
        Suggestion { about: draft.about.clone(), fields: draft.fields.clone(), lang: lang.tag().into(), files };
    let concerns = ask.suggesting.inbox().map(|inbox| inbox.look(&suggestion)).unwrap_or_default();
    html! {
        h1 { (lang.t("suggestion-check")) }
        (step(lang, 2))
        (noted(notes))
        (shown(ask, subject))
        h2 { (lang.t("suggestion-understood")) }
        dl.facts {
            @for (field, text) in draft.fields.iter().filter(|(_, text)| !text.trim().is_empty()) {
                div.fact {
                    dt { (form::label(lang, &draft.about, field)) }
                    dd.typed dir="auto" { (text) }
                }
            }
        }
        @if !suggestion.files.is_empty() {
            h3 { (lang.t("suggestion-files")) }
            (form::list(lang, &suggestion.files))
        }
        (look_again(lang, draft, &concerns))
        form.suggestion-form method="post" action=(ask.urls().suggestions()) {
            @for (name, value) in draft.hidden() { input type="hidden" name=(name) value=(value); }
            @for (field, text) in draft.fields.iter() {
                input type="hidden" name=(field.name()) value=(text);
            }
            (question(lang, &ask.suggesting.ask()))
            p.buttons {
                button type="submit" name="step" value="send" { (lang.t("suggestion-send")) }
                button type="submit" name="step" value="edit" { (lang.t("suggestion-edit")) }
            }
        }
    }
}

fn look_again(lang: Lang, draft: &Draft, concerns: &[Concern]) -> Markup {
    html! {
        @if !concerns.is_empty() {
            section.warning-box aria-labelledby="look-again" {
                h2 #look-again { (lang.t("suggestion-look-again")) }
                p { (lang.t("suggestion-look-again-why")) }
                ul {
                    @for concern in concerns {
                        li {
                            strong { (form::label(lang, &draft.about, concern.field)) } (lang.t("list-colon"))
                            (concerned(lang, concern))
                        }
                    }
                }
            }
        }
    }
}

fn concerned(lang: Lang, concern: &Concern) -> Markup {
    let key = match concern.kind {
        ConcernKind::Email => "suggestion-concern-email",
        ConcernKind::Phone => "suggestion-concern-phone",
        ConcernKind::PersonalNumber => "suggestion-concern-number",
        ConcernKind::PersonName => "suggestion-concern-name",
        ConcernKind::NoSource => "suggestion-concern-no-source",
        ConcernKind::BadAddress => "suggestion-concern-address",
        ConcernKind::BadDate if concern.words.is_empty() => "suggestion-concern-date",
        ConcernKind::BadDate => "suggestion-concern-date-as",
    };
    lang.t_markup(key, &[("words", html! { bdi.typed { (concern.words) } })])
}

fn question(lang: Lang, question: &Question) -> Markup {
    let place = question.place.to_string();
    html! {
        fieldset {
            legend { (lang.t("suggestion-question")) }
            input type="hidden" name="question" value=(question.token);
            ol lang="en" translate="no" { @for word in question.words { li { (word) } } }
            p {
                label for="answer" { (lang.t_with("suggestion-question-which", &[("n", Arg::Text(&place))])) }
                input #answer type="text" name="answer" autocomplete="off" autocapitalize="none" spellcheck="false"
                    aria-describedby="answer-why";
                span.soft #answer-why { (lang.t("suggestion-question-why")) }
            }
        }
    }
}
