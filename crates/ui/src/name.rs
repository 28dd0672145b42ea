//! Names in every script: each in its own language, direction and place, isolated from the text around it.

use maud::{Markup, html};

use crate::lang::Lang;

/// One name of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name exactly as it is held.
    pub text: String,
    /// BCP 47 tag; empty where unknown.
    pub lang: String,
    /// What kind of name it is ("also known as"), already in the reader's language; empty for a main name.
    pub role: String,
}

/// A name inside a sentence, isolated so that its direction can't disturb the rest.
pub fn inline(text: &str, lang: &str) -> Markup {
    html! { bdi lang=[tag(lang)] { (text) } }
}

/// A page's heading: the name for the reader, below it the names in other scripts.
pub fn heading(main: &Name, others: &[Name]) -> Markup {
    html! {
        h1 { (inline(&main.text, &main.lang)) }
        @if !others.is_empty() {
            p.names { @for name in others { (inline(&name.text, &name.lang)) " " } }
        }
    }
}

/// All names as a list, each with its language and role.
pub fn list(lang: Lang, names: &[Name]) -> Markup {
    html! {
        ul.name-list {
            @for name in names {
                li {
                    (inline(&name.text, &name.lang))
                    @if let Some(language) = language_name(lang, &name.lang) { " " span.soft { (language) } }
                    @if !name.role.is_empty() { " " span.soft { (name.role) } }
                }
            }
        }
    }
}

/// What a language is called, for the languages that names and sources of the atlas come in; else its tag.
pub fn language_name(lang: Lang, tag: &str) -> Option<String> {
    let base = tag.split('-').next().unwrap_or_default();
    let key = match base {
        "" | "und" => return None,
        "en" => "language-en",
        "zh" if tag.contains("Hant") => "language-zh-hant",
        "zh" => "language-zh",
        "ug" => "language-ug",
        "bo" => "language-bo",
        "ru" => "language-ru",
        "ar" => "language-ar",
        "fa" => "language-fa",
        "ur" => "language-ur",
        "he" => "language-he",
        "fr" => "language-fr",
        "de" => "language-de",
        "es" => "language-es",
        "pt" => "language-pt",
        "it" => "language-it",
        "pl" => "language-pl",
        "sr" => "language-sr",
        "hu" => "language-hu",
        "el" => "language-el",
        "tr" => "language-tr",
        "ja" => "language-ja",
        "ko" => "language-ko",
        "th" => "language-th",
        "vi" => "language-vi",
        "id" => "language-id",
        "nl" => "language-nl",
        "uk" => "language-uk",
        _ => return Some(tag.to_owned()),
    };
    Some(lang.t(key))
}

fn tag(lang: &str) -> Option<&str> {
    (!lang.is_empty()).then_some(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_its_language_and_is_isolated() {
        assert_eq!(inline("海康威视", "zh-Hans").0, "<bdi lang=\"zh-Hans\">海康威视</bdi>");
        assert_eq!(inline("A&B \u{202e}evil", "").0, "<bdi>A&amp;B \u{202e}evil</bdi>");
    }

    #[test]
    fn languages_without_a_word_keep_their_tag() {
        assert_eq!(language_name(Lang::En, "zh-Hant").as_deref(), Some("Chinese (traditional)"));
        assert_eq!(language_name(Lang::ZhHans, "ug").as_deref(), Some("维吾尔语"));
        assert_eq!(language_name(Lang::En, "xx").as_deref(), Some("xx"));
        assert_eq!(language_name(Lang::En, ""), None);
    }
}
