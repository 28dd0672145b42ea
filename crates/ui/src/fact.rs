//! Facts: a property, its values, and behind each value how we know it.

use maud::{Markup, html};

use crate::evidence::{Standing, how_we_know};
use crate::lang::Lang;

/// One value with its standing.
pub struct Value {
    /// The value as it is shown.
    pub shown: Markup,
    /// Qualifiers such as "from 2017", each already a text.
    pub qualifiers: Vec<String>,
    /// How we know.
    pub standing: Standing,
}

/// A property with all its values.
pub struct Fact {
    /// The property's label.
    pub label: String,
    /// What the property means, shown as a title; may be empty.
    pub definition: String,
    /// Its values; more than one where sources differ or the property takes many.
    pub values: Vec<Value>,
}

/// What is shown where a source says that nobody knows.
pub fn unknown(lang: Lang) -> Markup {
    html! { span.unknown { (lang.t("unknown")) } }
}

/// What is shown where a source says that there is none.
pub fn none(lang: Lang) -> Markup {
    html! { span.none { (lang.t("none")) } }
}

/// The facts of one record.
pub fn facts(lang: Lang, all: &[Fact]) -> Markup {
    html! {
        dl.facts {
            @for fact in all {
                div.fact {
                    dt title=[(!fact.definition.is_empty()).then_some(&fact.definition)] { (fact.label) }
                    @for value in &fact.values { (value_row(lang, value)) }
                }
            }
        }
    }
}

/// Values one below the other, for a list of facts that has other headings.
pub fn values(lang: Lang, all: &[Value]) -> Markup {
    html! { @for value in all { (value_row(lang, value)) } }
}

/// A text written by the atlas' editors, marked as such, with its sources.
pub fn editors_text(lang: Lang, text: &Markup, text_lang: &str, standing: &Standing) -> Markup {
    html! {
        div.editors-text {
            p.editors-mark {
                (lang.t("editors-text")) @if !same_language(lang, text_lang) {
                    " " (crate::badge::untranslated(lang))
                }
            }
            p lang=[(!text_lang.is_empty()).then_some(text_lang)] dir="auto" { (text) }
            (how_we_know(lang, standing))
        }
    }
}

fn same_language(lang: Lang, tag: &str) -> bool {
    tag.is_empty() || tag.split('-').next() == lang.tag().split('-').next()
}

fn value_row(lang: Lang, value: &Value) -> Markup {
    html! {
        dd {
            div.value {
                (value.shown)
                @for qualifier in &value.qualifiers { " " span.qualifier { (qualifier) } }
            }
            (how_we_know(lang, &value.standing))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Confidence, Reason};

    fn standing() -> Standing {
        Standing {
            confidence: Confidence::Reported,
            reason: Reason::OneGroup,
            evidence: vec![],
            stated: None,
            verify: String::new(),
            suggest: String::new(),
        }
    }

    #[test]
    fn every_value_carries_how_we_know() {
        let value = |shown| Value { shown, qualifiers: vec!["from 2017".into()], standing: standing() };
        let fact = Fact {
            label: "City".into(),
            definition: String::new(),
            values: vec![value(html! { "Hangzhou" }), value(unknown(Lang::En))],
        };
        let html = facts(Lang::En, &[fact]).0;
        assert_eq!(html.matches("<details").count(), 2);
        assert!(html.contains("<span class=\"unknown\">unknown</span>"));
    }

    #[test]
    fn an_editors_text_is_marked_and_says_when_it_is_not_translated() {
        let zh = editors_text(Lang::ZhHans, &html! { "A text" }, "en", &standing()).0;
        assert!(zh.contains("编者说明") && zh.contains("untranslated") && zh.contains("lang=\"en\""), "{zh}");
        assert!(!editors_text(Lang::En, &html! { "A text" }, "en", &standing()).0.contains("untranslated"));
    }
}
