//! The first page of a suggestion: what to write, and what becomes of it.

use maud::{Markup, html};
use model::{About, Cleaned, Field};
use ui::{Arg, Lang};

use crate::ask::Ask;
use crate::page::suggestion::draft::Draft;
use crate::page::suggestion::subject::{Subject, shown};
use crate::page::suggestion::{noted, step, title};

/// The form, with what was written in it before.
pub(super) fn form(ask: &Ask<'_>, draft: &Draft, subject: &Subject, notes: &[String]) -> Markup {
    let lang = ask.lang;
    html! {
        h1 { (title(lang, &draft.about)) }
        (step(lang, 1))
        (noted(notes))
        (shown(ask, subject))
        (public_sources(lang))
        form.suggestion-form method="post" action=(ask.urls().suggestions()) enctype="multipart/form-data" {
            @for (name, value) in draft.hidden() { input type="hidden" name=(name) value=(value); }
            @for field in Field::ALL {
                @if asked(&draft.about, field) || !draft.fields.get(field).is_empty() {
                    (input(lang, &draft.about, field, draft.fields.get(field)))
                }
            }
            p {
                label for="file" { (lang.t("suggestion-file")) }
                input #file type="file" name="file" multiple aria-describedby="file-hint";
                span.soft #file-hint { (lang.t("suggestion-file-hint")) }
            }
            (held(ask, draft))
            p { button type="submit" name="step" value="check" { (lang.t("suggestion-next")) } }
        }
        (kept(lang))
        p { a href=(ask.urls().suggestion_status()) { (lang.t("suggestion-have-code")) } }
    }
}

/// Whether a field is asked for.
fn asked(about: &About, field: Field) -> bool {
    match about {
        About::New => true,
        About::Page(_) => matches!(field, Field::What | Field::Source | Field::Note),
        _ => field != Field::Place,
    }
}

/// What a field is called.
pub(super) fn label(lang: Lang, about: &About, field: Field) -> String {
    lang.t(match (field, about) {
        (Field::What, About::New) => "suggestion-what-new",
        (Field::What, About::Page(_)) => "suggestion-what-error",
        (Field::What, About::Gap(..)) => "suggestion-what-gap",
        (Field::What, _) => "suggestion-what",
        (Field::Place, _) => "suggestion-where",
        (Field::When, _) => "suggestion-when",
        (Field::Source, _) => "suggestion-source",
        (Field::Passage, _) => "suggestion-passage",
        (Field::Note, _) => "suggestion-note",
    })
}

fn hint(lang: Lang, field: Field) -> Option<String> {
    let key = match field {
        Field::What => return None,
        Field::Place => "suggestion-where-hint",
        Field::When => "suggestion-when-hint",
        Field::Source => "suggestion-source-hint",
        Field::Passage => "suggestion-passage-hint",
        Field::Note => "suggestion-note-hint",
    };
    Some(lang.t(key))
}

fn input(lang: Lang, about: &About, field: Field, value: &str) -> Markup {
    let (name, hint) = (field.name(), hint(lang, field));
    let hint_id = hint.is_some().then(|| format!("{name}-hint"));
    let rows = match field {
        Field::What | Field::Passage => Some("5"),
        Field::Note => Some("3"),
        _ => None,
    };
    html! {
        p {
            label for=(name) { (label(lang, about, field)) }
            @if let Some(rows) = rows {
                // A line break right behind the tag is not part of the text; one of the writer's own would be lost.
                textarea id=(name) name=(name) rows=(rows) dir="auto" autocomplete="off" aria-describedby=[&hint_id] {
                    "\n" (value)
                }
            } @else {
                input type="text" id=(name) name=(name) value=(value) dir="auto" autocomplete="off"
                    aria-describedby=[&hint_id];
            }
            @if let (Some(hint), Some(id)) = (&hint, &hint_id) { span.soft id=(id) { (hint) } }
        }
    }
}

fn held(ask: &Ask<'_>, draft: &Draft) -> Markup {
    let lang = ask.lang;
    let files = ask.suggesting.files(&draft.held).unwrap_or_default();
    html! {
        @if !files.is_empty() {
            p { (lang.t("suggestion-files-held")) }
            (list(lang, &files))
            p { button type="submit" name="step" value="without-files" { (lang.t("suggestion-files-drop")) } }
        }
    }
}

/// What is left of the files.
pub(super) fn list(lang: Lang, files: &[Cleaned]) -> Markup {
    html! { ul { @for file in files { li { (described(lang, file)) } } } }
}

/// So much of a document's words is shown.
const SHOWN: usize = 400;

fn described(lang: Lang, file: &Cleaned) -> Markup {
    match file {
        Cleaned::Picture { size: (width, height), .. } => {
            let (width, height) = (width.to_string(), height.to_string());
            let size = [("width", Arg::Text(&width)), ("height", Arg::Text(&height))];
            html! { (lang.t_with("suggestion-file-picture", &size)) }
        }
        Cleaned::Words(words) => {
            let count = words.chars().count();
            let start: String = words.chars().take(SHOWN).collect();
            html! {
                (lang.t_with("suggestion-file-words", &[("n", Arg::Count(count as u64))]))
                blockquote.typed dir="auto" { (start) @if count > SHOWN { "…" } }
            }
        }
    }
}

/// What to do, and above all what not to do, with what is secret.
pub(super) fn public_sources(lang: Lang) -> Markup {
    html! {
        div.notice-box {
            p { (lang.t("suggestion-public")) }
            details {
                summary { (lang.t("suggestion-secret")) }
                p { (lang.t("suggestion-secret-why")) }
                ul {
                    li { (lang.t("suggestion-secret-press")) }
                    li { (lang.t("suggestion-secret-device")) }
                    li { (lang.t("suggestion-secret-tor")) }
                    li { (lang.t("suggestion-secret-law")) }
                }
            }
        }
    }
}

fn kept(lang: Lang) -> Markup {
    html! {
        h2 { (lang.t("suggestion-kept")) }
        ul {
            li { (lang.t("suggestion-kept-what")) }
            li { (lang.t("suggestion-kept-not")) }
            li { (lang.t("suggestion-kept-files")) }
            li { (lang.t("suggestion-kept-long")) }
            li { (lang.t("suggestion-kept-people")) }
        }
    }
}
