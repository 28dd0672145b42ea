//! Small marks with a word each: confidence, status, flags, categories, filter chips.

use maud::{Markup, html};
use model::{Confidence, Reason};

use crate::date::date_text;
use crate::icon::{icon, tinted};
use crate::lang::{Arg, Lang};

/// A word with a symbol and, where known, a link and a colour of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// What is written.
    pub label: String,
    /// The symbol's name; empty for none.
    pub icon: String,
    /// CSS hex; empty for the colour of the text.
    pub colour: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

/// An active filter that can be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// The name of the filter key in the reader's language.
    pub key: String,
    /// The chosen value's label.
    pub label: String,
    /// The same page without this choice.
    pub remove: String,
}

/// The word for a confidence.
pub fn confidence_label(lang: Lang, confidence: Confidence) -> String {
    lang.t(match confidence {
        Confidence::Confirmed => "confidence-confirmed",
        Confidence::Probable => "confidence-probable",
        Confidence::Reported => "confidence-reported",
        Confidence::Disputed => "confidence-disputed",
    })
}

/// Why the confidence is what it is, without a full stop.
pub fn reason_text(lang: Lang, reason: Reason) -> String {
    lang.t(match reason {
        Reason::Independent(n) => {
            return lang.t_with("reason-independent", &[("n", Arg::Count(n.into()))]);
        }
        Reason::Official => "reason-official",
        Reason::AgainstInterest => "reason-against-interest",
        Reason::Contradicted => "reason-contradicted",
        Reason::LeakAlone => "reason-leak-alone",
        Reason::OneGroup => "reason-one-group",
        Reason::EditorsOnly => "reason-editors-only",
        Reason::Unsupported => "reason-unsupported",
    })
}

/// The confidence with its symbol; the reason is its title, and stands in full under "how do we know".
pub fn confidence(lang: Lang, confidence: Confidence, reason: Reason) -> Markup {
    html! {
        span.badge.(format!("confidence-{}", confidence.word())) title=(reason_text(lang, reason)) {
            (icon(symbol(confidence))) (confidence_label(lang, confidence))
        }
    }
}

/// A status with the date of its latest source: "operational, as of March 2019".
pub fn status(lang: Lang, label: &str, as_of: Option<&str>) -> Markup {
    html! { span.status { (status_text(lang, label, as_of)) } }
}

/// The same as plain text.
pub fn status_text(lang: Lang, label: &str, as_of: Option<&str>) -> String {
    match as_of {
        Some(edtf) => {
            let when = date_text(lang, edtf);
            lang.t_with("status-as-of", &[("status", Arg::Text(label)), ("date", Arg::Text(&when))])
        }
        None => lang.t_with("status-undated", &[("status", Arg::Text(label))]),
    }
}

/// The mark of an offer that is no proven sale.
pub fn offered_only(lang: Lang) -> Markup {
    flag(&lang.t("offered-only"), &lang.t("offered-only-why"), "offered")
}

/// The mark of a collective item, which is no organisation.
pub fn collective(lang: Lang) -> Markup {
    flag(&lang.t("collective"), &lang.t("collective-why"), "collective")
}

/// The mark of a point of particular interest.
pub fn highlight(lang: Lang) -> Markup {
    flag(&lang.t("highlight"), &lang.t("highlight-why"), "poi")
}

/// The mark of a text that is not in the reader's language.
pub fn untranslated(lang: Lang) -> Markup {
    html! { span.badge.untranslated title=(lang.t("untranslated-why")) { (lang.t("untranslated")) } }
}

/// A category, kind or link type.
pub fn tag(tag: &Tag) -> Markup {
    let symbol = html! {
        @if !tag.icon.is_empty() {
            @if tag.colour.is_empty() { (icon(&tag.icon)) } @else { (tinted(&tag.icon, &tag.colour)) }
        }
    };
    html! {
        @if tag.href.is_empty() { span.tag { (symbol) span { (tag.label) } } }
        @else { a.tag href=(tag.href) { (symbol) span { (tag.label) } } }
    }
}

/// Several tags as a list.
pub fn tags(all: &[Tag]) -> Markup {
    html! { ul.tags { @for one in all { li { (tag(one)) } } } }
}

/// The active filters, each with a way to take it away, and one to take all away.
pub fn chips(lang: Lang, all: &[Chip], reset: &str) -> Markup {
    html! {
        div.chips #chips data-chips {
            @if !all.is_empty() {
                ul aria-label=(lang.t("filter-active")) {
                    @for chip in all {
                        li { (chip_link(lang, chip)) }
                    }
                }
            }
            a.reset href=(reset) data-reset hidden[all.is_empty()] { (lang.t("filter-reset")) }
        }
    }
}

fn chip_link(lang: Lang, chip: &Chip) -> Markup {
    let name = format!("{}: {}", chip.key, chip.label);
    html! {
        a.chip href=(chip.remove) aria-label=(lang.t_with("filter-remove", &[("filter", Arg::Text(&name))])) {
            span.chip-key { (chip.key) } " " bdi { (chip.label) } (icon("remove"))
        }
    }
}

fn symbol(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Confirmed => "double-tick",
        Confidence::Probable => "half-circle",
        Confidence::Reported => "circle",
        Confidence::Disputed => "split",
    }
}

fn flag(label: &str, why: &str, symbol: &str) -> Markup {
    html! { span.badge.(format!("flag-{symbol}")) title=(why) { (icon(symbol)) (label) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_as_of_its_source() {
        assert_eq!(status_text(Lang::En, "operational", Some("2019-03")), "operational, as of March 2019");
        assert_eq!(status_text(Lang::En, "operational", None), "operational, date unknown");
        assert_eq!(status_text(Lang::ZhHans, "运行中", Some("2019-03")), "运行中（截至2019年3月）");
    }

    #[test]
    fn every_badge_has_a_word_beside_its_symbol() {
        let badge = confidence(Lang::En, Confidence::Disputed, Reason::Contradicted).0;
        assert!(badge.contains("#split") && badge.contains("disputed</span>"), "{badge}");
        assert!(offered_only(Lang::En).0.contains("offered only"));
    }

    #[test]
    fn the_reset_link_is_always_there_for_the_map_and_hidden_without_filters() {
        assert!(chips(Lang::En, &[], "/").0.contains("data-reset hidden"));
        let chip = Chip { key: "Country".into(), label: "Chad".into(), remove: "/?from=2010".into() };
        let html = chips(Lang::En, &[chip], "/").0;
        assert!(html.contains("href=\"/?from=2010\"") && !html.contains("hidden>"), "{html}");
    }
}
