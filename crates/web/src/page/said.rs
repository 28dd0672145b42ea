//! Values and claims as a reader sees them: from the data of a view to components.

use maud::{Markup, html};
use ui::{Lang, Value};

use crate::url::Urls;
use crate::view::claim::{Claim, Evidence, Held, Said, SourceRef};
use crate::view::terms::CountryRef;

/// One claim as a value with "how do we know".
pub(crate) fn value(lang: Lang, claim: &Claim) -> Value {
    Value {
        shown: html! { (said(lang, &claim.value)) (untranslated(lang, claim)) },
        qualifiers: qualifiers(lang, &claim.qualifiers),
        standing: standing(lang, claim),
    }
}

/// Properties whose values are words of the source and stay as they are in every language.
const AS_PRINTED: [&str; 6] = ["name", "alias", "list-entry-name", "address", "place", "city"];

/// The mark of a value that is prose in another language than the reader's.
fn untranslated(lang: Lang, claim: &Claim) -> Markup {
    let own = match &claim.value {
        Said::Text { lang, .. } | Said::Figure { lang, .. } if !AS_PRINTED.contains(&claim.property.id.as_str()) => {
            lang
        }
        _ => return html! {},
    };
    html! { @if !is_readers(lang, own) { " " (ui::untranslated(lang)) } }
}

/// Everything behind a claim.
pub(crate) fn standing(lang: Lang, claim: &Claim) -> ui::Standing {
    let (confidence, reason) = claim.rated;
    let (evidence, urls) = (claim.evidence.iter().map(evidence).collect(), Urls { lang });
    let (verify, suggest) = (urls.verify(&claim.id), urls.suggestion_about(&claim.id));
    ui::Standing { confidence, reason, evidence, stated: None, verify, suggest }
}

/// The facts of a record: claims with the same property under one heading, in the order given.
pub(crate) fn facts(lang: Lang, claims: &[&Claim], definition: impl Fn(&str) -> String) -> Markup {
    let mut all: Vec<ui::Fact> = Vec::new();
    let mut last = "";
    for claim in claims {
        if claim.property.id != last || all.is_empty() {
            let (label, definition) = (claim.property.label.clone(), definition(&claim.property.id));
            all.push(ui::Fact { label, definition, values: Vec::new() });
            last = &claim.property.id;
        }
        all.last_mut().expect("invariant: just pushed").values.push(value(lang, claim));
    }
    ui::facts(lang, &all)
}

/// A value by its type.
pub(crate) fn said(lang: Lang, said: &Said) -> Markup {
    match said {
        Said::Unknown => ui::unknown(lang),
        Said::None => ui::none(lang),
        Said::Text { text, lang } => html! { span lang=[tag(lang)] dir="auto" { (text) } },
        Said::Date { date } => ui::date(lang, date),
        Said::Point { lat, lon } => {
            html! { (lang.t("latitude")) " " (lat) (lang.t("list-comma")) (lang.t("longitude")) " " (lon) }
        }
        Said::Country { code, name } => html! { a href=(Urls { lang }.country(code)) { (name) } },
        Said::Number { number, unit } => html! { (ui::quantity(lang, number, unit)) },
        Said::Money { amount, currency } => ui::money(lang, amount, currency),
        Said::Share { least, most } => html! { (ui::share_text(lang, Some(least), Some(most))) },
        Said::Identifier { scheme_label, value, url, .. } => html! { (scheme_label) " " (outside(value, url)) },
        Said::Item { item: Some(item), .. } => html! { a href=(item.url) { bdi { (item.name) } } },
        Said::Item { id, item: None } => html! { code { (id) } },
        Said::Term { term } => ui::tag(&term.tag(String::new())),
        Said::Url { url } => outside(url, url),
        Said::Flag { flag } => html! { (lang.t(if *flag { "yes" } else { "no" })) },
        Said::Figure { statement, lang: own, number, unit, as_of } => html! {
            span lang=[tag(own)] dir="auto" { (statement) } " "
            span.soft {
                (ui::quantity(lang, number, unit)) @if let Some(date) = as_of {
                    (lang.t("list-comma")) (ui::date(lang, date))
                }
            }
        },
        Said::Landing { name, country_name, .. } => html! { bdi { (name) } (lang.t("list-comma")) (country_name) },
    }
}

/// The sentence of one source: "According to PUBLISHER, TITLE (DATE)".
pub(crate) fn source_sentence(lang: Lang, source: &SourceRef) -> Markup {
    let evidence = ui::Evidence {
        stance: model::Stance::Supports,
        publisher: source.publisher.clone(),
        title: source.title.clone(),
        title_lang: source.title_lang.clone(),
        date: source.date.clone(),
        href: source.url.clone(),
        anchor: String::new(),
        relays: Vec::new(),
        more_relays: 0,
        passage: None,
        capture: None,
    };
    ui::sentence(lang, &evidence)
}

/// Whether a text in this language needs no mark for a reader of the page.
pub(crate) fn is_readers(lang: Lang, tag: &str) -> bool {
    tag.is_empty() || tag.split('-').next() == lang.tag().split('-').next()
}

/// A country, with whose it is.
pub(crate) fn country(country: Option<&CountryRef>) -> (String, String, bool) {
    country
        .map_or_else(Default::default, |country| (country.name.clone(), country.url.clone(), country.role == "party"))
}

/// A link out of the atlas: nothing of ours goes with it. Anything but a web address stays plain text.
pub(crate) fn outside(text: &str, url: &str) -> Markup {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    html! {
        @if is_web { a href=(url) rel="external noopener noreferrer nofollow" { bdi { (text) } } }
        @else { bdi { (text) } }
    }
}

fn evidence(evidence: &Evidence) -> ui::Evidence {
    let source = &evidence.source;
    let passage = evidence.quote.as_ref().or(evidence.translation.as_ref());
    ui::Evidence {
        stance: evidence.points,
        publisher: source.publisher.clone(),
        title: source.title.clone(),
        title_lang: source.title_lang.clone(),
        date: source.date.clone(),
        href: source.url.clone(),
        anchor: evidence.anchor.clone().unwrap_or_default(),
        relays: evidence.relays.iter().map(relay).collect(),
        more_relays: (evidence.relays_in_all - evidence.relays.len()) as u64,
        passage: passage.map(|passage| (passage.text.clone(), passage.lang.clone())),
        capture: evidence
            .capture
            .as_ref()
            .map(|kept| (kept.url.clone(), if kept.destroyed { ui::Held::Destroyed } else { ui::Held::Here })),
    }
}

fn relay(source: &SourceRef) -> (String, String) {
    (source.title.clone(), source.url.clone())
}

fn qualifiers(lang: Lang, held: &Held) -> Vec<String> {
    let dated = |key: &str, date: &Option<String>| {
        date.as_ref().map(|date| lang.t_with(key, &[("date", ui::Arg::Text(&ui::date_text(lang, date)))]))
    };
    let original =
        held.original.as_ref().map(|text| lang.t_with("qualifier-original", &[("text", ui::Arg::Text(text))]));
    let all = [
        dated("qualifier-from", &held.valid_from),
        dated("qualifier-to", &held.valid_to),
        dated("qualifier-first-cited", &held.first_cited),
        dated("qualifier-last-cited", &held.last_cited),
        original,
    ];
    all.into_iter().flatten().collect()
}

fn tag(lang: &str) -> Option<&str> {
    (!lang.is_empty()).then_some(lang)
}
