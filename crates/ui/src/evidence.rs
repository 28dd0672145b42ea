//! "How do we know?": the evidence behind one value, as sentences built from fields.

use std::collections::BTreeSet;

use maud::{Markup, html};
use model::{Confidence, Reason, Stance};

use crate::badge::{confidence, confidence_label, reason_text};
use crate::date::date;
use crate::icon::icon;
use crate::lang::{Arg, Lang};
use crate::name::inline;

/// One source behind one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it says about the claim.
    pub stance: Stance,
    /// The publisher; empty where unknown.
    pub publisher: String,
    /// The publication's title in its own language.
    pub title: String,
    /// BCP 47 tag of the title; empty where unknown.
    pub title_lang: String,
    /// EDTF date of publication; empty where unknown.
    pub date: String,
    /// The source's page.
    pub href: String,
    /// Where inside the source: a section or page; empty where not said.
    pub anchor: String,
    /// Titles and pages of the sources that it relays, as far as they matter here.
    pub relays: Vec<(String, String)>,
    /// How many others it relays; its page lists them.
    pub more_relays: u64,
    /// The exact passage and its language, where held.
    pub passage: Option<(String, String)>,
    /// The page of the capture that holds what the source said, or says why it was destroyed.
    pub capture: Option<(String, Held)>,
}

/// Whether a capture can still be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It can.
    Here,
    /// It was destroyed.
    Destroyed,
}

/// A claim's standing: confidence, reason, all evidence, and the confidence a file stated if that was another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Computed by the rule.
    pub confidence: Confidence,
    /// Why.
    pub reason: Reason,
    /// All evidence.
    pub evidence: Vec<Evidence>,
    /// The label of the confidence that the file stated, if it differs.
    pub stated: Option<String>,
    /// The page that tells how to verify the claim; empty where there is none.
    pub verify: String,
    /// The form for a suggestion about the claim; empty where there is none.
    pub suggest: String,
}

/// The badge and, folded away, every piece of evidence. Works without JavaScript.
pub fn how_we_know(lang: Lang, standing: &Standing) -> Markup {
    html! {
        details.how {
            summary {
                span.how-ask { (lang.t("how-do-we-know")) } " "
                (confidence(lang, standing.confidence, standing.reason)) " "
                span.soft { (tally(lang, &standing.evidence)) }
            }
            (body(lang, standing))
        }
    }
}

/// The same laid open, for a page that is about the claim.
pub fn how_we_know_open(lang: Lang, standing: &Standing) -> Markup {
    html! {
        div.how.how-open {
            p {
                (confidence(lang, standing.confidence, standing.reason)) " " span.soft {
                    (tally(lang, &standing.evidence))
                }
            }
            (body(lang, standing))
        }
    }
}

/// The sentence of one source: "According to PUBLISHER, TITLE (DATE)".
pub fn sentence(lang: Lang, evidence: &Evidence) -> Markup {
    let title = html! { a href=(evidence.href) { cite { (inline(&evidence.title, &evidence.title_lang)) } } };
    let when = html! { @if evidence.date.is_empty() { (lang.t("undated")) } @else { (date(lang, &evidence.date)) } };
    if evidence.publisher.is_empty() {
        return lang.t_markup("evidence-sentence-plain", &[("source", title), ("date", when)]);
    }
    let publisher = html! { bdi { (evidence.publisher) } };
    lang.t_markup("evidence-sentence", &[("publisher", publisher), ("source", title), ("date", when)])
}

fn body(lang: Lang, standing: &Standing) -> Markup {
    let mut sorted: Vec<&Evidence> = standing.evidence.iter().collect();
    sorted.sort_by_key(|evidence| evidence.stance);
    html! {
        p.reason { (confidence_label(lang, standing.confidence)) (lang.t("list-colon")) (reason_text(lang, standing.reason)) (lang.t("list-stop")) }
        @if let Some(stated) = &standing.stated {
            p.reason { (lang.t_with("confidence-stated", &[("stated", Arg::Text(stated))])) }
        }
        ul.evidence { @for evidence in sorted { (line(lang, evidence)) } }
        @if !standing.verify.is_empty() || !standing.suggest.is_empty() {
            p.soft.how-more {
                @if !standing.verify.is_empty() {
                    a href=(standing.verify) rel="nofollow" { (lang.t("verify-claim")) } " "
                }
                @if !standing.suggest.is_empty() {
                    a href=(standing.suggest) rel="nofollow" { (lang.t("suggestion-value")) }
                }
            }
        }
    }
}

fn line(lang: Lang, evidence: &Evidence) -> Markup {
    let (class, symbol) = match evidence.stance {
        Stance::Supports => ("stance-supports", "tick"),
        Stance::Contradicts => ("stance-contradicts", "contradicts"),
        Stance::Context => ("stance-context", "context"),
    };
    html! {
        li.(class) {
            span.stance { (icon(symbol)) (stance_label(lang, evidence.stance)) }
            div {
                p {
                    (sentence(lang, evidence)) @if !evidence.anchor.is_empty() {
                        (lang.t("list-comma")) (lang.t_markup("evidence-anchor", &[("anchor", html! { bdi { (evidence.anchor) } })]))
                    }
                }
                @if let Some((passage, passage_lang)) = &evidence.passage {
                    blockquote { (inline(passage, passage_lang)) }
                }
                @if let Some((href, held)) = &evidence.capture {
                    p.soft { a href=(href) { (lang.t(held_label(*held))) } }
                }
                @for (title, href) in &evidence.relays {
                    p.relay {
                        (icon("relay"))
                        (lang.t_markup("evidence-relays", &[("source", html! { a href=(href) { bdi { (title) } } })]))
                    }
                }
                @if evidence.more_relays > 0 {
                    p.relay {
                        (icon("relay")) (lang.t_with("evidence-relays-more", &[("n", Arg::Count(evidence.more_relays))]))
                    }
                }
            }
        }
    }
}

fn held_label(held: Held) -> &'static str {
    match held {
        Held::Here => "archive-evidence",
        Held::Destroyed => "archive-evidence-destroyed",
    }
}

/// The word for a stance, as a verb: "supports".
pub fn stance_label(lang: Lang, stance: Stance) -> String {
    lang.t(match stance {
        Stance::Supports => "stance-supports",
        Stance::Contradicts => "stance-contradicts",
        Stance::Context => "stance-context",
    })
}

fn tally(lang: Lang, evidence: &[Evidence]) -> String {
    // Two passages of one source are one source.
    let count = |stance| {
        let of_stance = evidence.iter().filter(|one| one.stance == stance);
        of_stance.map(|one| one.href.as_str()).collect::<BTreeSet<_>>().len() as u64
    };
    let (supports, contradicts) = (count(Stance::Supports), count(Stance::Contradicts));
    let mut text = lang.t_with("tally-supports", &[("n", Arg::Count(supports))]);
    if contradicts > 0 {
        text.push_str(&lang.t("list-comma"));
        text.push_str(&lang.t_with("tally-contradicts", &[("n", Arg::Count(contradicts))]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(stance: Stance) -> Evidence {
        Evidence {
            stance,
            publisher: "The Paper".into(),
            title: "Eyes & ears".into(),
            title_lang: "en".into(),
            date: "2021-02".into(),
            href: "/source/paper-2021".into(),
            anchor: "page 4".into(),
            relays: vec![("First report".into(), "/source/first".into())],
            more_relays: 40,
            passage: None,
            capture: Some(("/capture/e1-0#at-7".into(), Held::Here)),
        }
    }

    fn text(markup: &Markup) -> String {
        let mut inside = false;
        markup
            .0
            .chars()
            .filter(|&c| {
                if c == '<' || c == '>' {
                    inside = c == '<';
                    return false;
                }
                !inside
            })
            .collect()
    }

    #[test]
    fn the_sentence_is_built_from_fields() {
        let evidence = news(Stance::Supports);
        assert_eq!(text(&sentence(Lang::En, &evidence)), "According to The Paper, Eyes &amp; ears (February 2021)");
        assert_eq!(text(&sentence(Lang::ZhHans, &evidence)), "据The Paper《Eyes &amp; ears》（2021年2月）");
        let bare = Evidence { publisher: String::new(), date: String::new(), ..evidence };
        assert_eq!(text(&sentence(Lang::En, &bare)), "According to Eyes &amp; ears (undated)");
    }

    #[test]
    fn support_comes_first_and_contradiction_is_counted() {
        let evidence = vec![news(Stance::Contradicts), news(Stance::Supports), news(Stance::Supports)];
        let standing = Standing {
            confidence: Confidence::Disputed,
            reason: Reason::Contradicted,
            evidence,
            stated: Some("confirmed".into()),
            verify: "/verify/e1-2".into(),
            suggest: "/suggestion?about=e1-2".into(),
        };
        let html = how_we_know(Lang::En, &standing).0;
        assert!(html.find("stance-supports") < html.find("stance-contradicts"), "{html}");
        assert!(html.contains("1 source supports, 1 contradicts"), "{html}");
        assert!(html.contains("The file itself says: confirmed"), "{html}");
        assert!(html.contains("<a href=\"/verify/e1-2\""), "{html}");
        assert!(html.contains("<a href=\"/suggestion?about=e1-2\""), "{html}");
        assert!(html.contains("relays 40 other sources"), "{html}");
        assert!(html.contains("<a href=\"/capture/e1-0#at-7\">What the archive holds of it</a>"), "{html}");
        assert!(html.contains("relays <a") && html.contains("page 4"), "{html}");
    }
}
