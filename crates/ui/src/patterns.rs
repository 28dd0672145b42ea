//! The living page of every component, so that a change of style is seen everywhere at once.

use maud::{Markup, html};
use model::{Confidence, Reason, Stance};

use crate::badge::{Chip, Tag, chips, collective, confidence, highlight, offered_only, status, tags};
use crate::chart::{Bar, bars, timeline};
use crate::date::date;
use crate::evidence::{Evidence, Held, Standing, how_we_know_open};
use crate::fact::{Fact, Value, editors_text, facts, none, unknown};
use crate::filter_form::{Choice, Facet, FilterForm, filter_form};
use crate::icon::{icon, names};
use crate::lang::Lang;
use crate::name::{Name, heading, list};
use crate::number::money;
use crate::page::{Site, Witnesses, citation, witness_line};
use crate::pager::{Pages, pager};
use crate::place::{Place, place};
use crate::table::{Column, table};

/// The body of the patterns page. Its contents are invented and say so.
pub fn patterns(lang: Lang) -> Markup {
    html! {
        div.patterns {
            p.soft { (lang.t("patterns-intro")) }
            section { (names_and_badges(lang)) }
            section {
                (facts(lang, &example_facts(lang))) (editors_text(lang, &html! { "An invented text of the editors." }, "en", &standing()))
            }
            section { (filter_form(lang, &example_form())) }
            section { (example_table(lang)) (pager(lang, Pages { page: 3, last: 12 }, |_| "#".into())) }
            section {
                (timeline(lang, &lang.t("patterns-example"), &years(), 4)) (bars(lang, &lang.t("patterns-example"), &lang.t("year"), &years()))
            }
            section { (boxes(lang)) }
            section { (forms(lang)) }
            section { (icons()) }
        }
    }
}

fn names_and_badges(lang: Lang) -> Markup {
    let name = |text: &str, lang: &str| Name { text: text.into(), lang: lang.into(), role: String::new() };
    let main = name("Example Vision Ltd", "en");
    let others = [name("示例视觉有限公司", "zh-Hans"), name("شركة المثال", "ar"), name("ئۈلگە شىركىتى", "ug")];
    let all = [
        (Confidence::Confirmed, Reason::Independent(2)),
        (Confidence::Probable, Reason::LeakAlone),
        (Confidence::Reported, Reason::OneGroup),
        (Confidence::Disputed, Reason::Contradicted),
    ];
    let chip = Chip { key: lang.t("year"), label: "2017".into(), remove: "#".into() };
    html! {
        (heading(&main, &others))
        (list(lang, &others))
        p.badges { @for (level, reason) in all { (confidence(lang, level, reason)) " " } }
        p.badges {
            (offered_only(lang)) " " (collective(lang)) " " (highlight(lang)) " " (status(lang, &lang.t("unknown"), Some("2019-03")))
        }
        (tags(&[tag("camera", "#b3391f"), tag("tower", "#2273b8"), tag("flask", "#00917a"), tag("key", "#43474f")]))
        p {
            @for edtf in ["2017-08-03", "2017-08~", "201X", "2017/2019", "2018/.."] { (date(lang, edtf)) " · " } (money(lang, "1900000000", "USD"))
        }
        (chips(lang, &[chip], "#"))
    }
}

fn tag(icon: &str, colour: &str) -> Tag {
    Tag { label: icon.into(), icon: icon.into(), colour: colour.into(), href: "#".into() }
}

fn standing() -> Standing {
    let evidence = |stance, publisher: &str, title: &str| Evidence {
        stance,
        publisher: publisher.into(),
        title: title.into(),
        title_lang: "en".into(),
        date: "2019-03-12".into(),
        href: "#".into(),
        anchor: String::new(),
        relays: Vec::new(),
        more_relays: 0,
        passage: None,
        capture: None,
    };
    let relaying = Evidence {
        capture: Some(("#".into(), Held::Here)),
        relays: vec![("An Earlier Report".into(), "#".into())],
        ..evidence(Stance::Supports, "Example News", "A Report")
    };
    let evidence = vec![relaying, evidence(Stance::Contradicts, "Example Vision Ltd", "Our Statement")];
    Standing {
        confidence: Confidence::Disputed,
        reason: Reason::Contradicted,
        evidence,
        stated: None,
        verify: String::new(),
        suggest: String::new(),
    }
}

fn example_facts(lang: Lang) -> Vec<Fact> {
    let value = |shown| Value { shown, qualifiers: Vec::new(), standing: standing() };
    let harare = Place { name: "Harare".into(), country: "Zimbabwe".into(), ..Place::default() };
    let fact = |label: &str, values| Fact { label: label.into(), definition: String::new(), values };
    vec![
        fact("A", vec![value(place(lang, &harare)), value(place(lang, &Place::default()))]),
        fact("B", vec![value(unknown(lang)), value(none(lang))]),
    ]
}

fn example_form() -> FilterForm {
    let choice = |value: &str, icon: &str, colour: &str, count, checked| Choice {
        value: value.into(),
        label: value.into(),
        icon: icon.into(),
        colour: colour.into(),
        count,
        checked,
    };
    let choices = vec![
        choice("camera", "camera", "#b3391f", 1204, true),
        choice("tower", "tower", "#2273b8", 311, false),
        choice("flask", "flask", "#00917a", 0, false),
    ];
    FilterForm {
        action: "#".into(),
        facets: vec![Facet { key: "category", legend: "A".into(), choices }],
        ..FilterForm::default()
    }
}

fn example_table(lang: Lang) -> Markup {
    let columns = [Column::text("A"), Column::text("B"), Column::number(lang.t("links"))];
    let row = |name: &str, when: &str, n: &str| vec![html! { a href="#" { (name) } }, date(lang, when), html! { (n) }];
    table(
        &lang.t("patterns-example"),
        &columns,
        &[row("Example Vision Ltd", "2017-08~", "1,204"), row("Example Telecom", "201X", "31")],
    )
}

/// Notes, ways on, and a record inside a story.
fn boxes(lang: Lang) -> Markup {
    let example = lang.t("patterns-example");
    let site = Site::default();
    let witnesses = Witnesses { have: 2, of: 3, met: true, stale: false, day: "2026-11-22".into() };
    html! {
        p.warning-box { (example) }
        p.notice-box { (example) }
        ul.jump { @for n in 1..=3 { li { a href="#" { (example) " " (n) } } } }
        p.downloads { (icon("download")) @for name in ["CSV", "XLSX", "PNG"] { a href="#" { (name) } } }
        aside.record-card aria-label=(example) { p { strong { a href="#" { bdi { "Example Vision Ltd" } } } " " span.soft { (example) } } }
        p { bdi { mark { "Example" } " Vision Ltd" } }
        p.badges {
            span.badge.verdict-match { (example) } " " span.badge.verdict-possible { (example) } " " span.badge.weakest { (example) }
        }
        p.soft { (witness_line(lang, &witnesses)) }
        (how_we_know_open(lang, &standing()))
        (citation(&site, &example, lang, "#"))
    }
}

/// Fields of forms that ask for more than a filter.
fn forms(lang: Lang) -> Markup {
    let example = lang.t("patterns-example");
    html! {
        form.walk-form {
            div.ends {
                div.end { label for="pattern-a" { (example) } input #pattern-a type="search"; }
                div.end { label for="pattern-b" { (example) } select #pattern-b { option { (example) } } }
            }
            label.choice { input type="checkbox"; span.choice-label { (example) } }
            button type="button" { (icon("search")) (example) }
        }
        progress max="3" value="1" aria-label=(example) {}
    }
}

fn years() -> Vec<Bar> {
    [(2012, 3), (2014, 9), (2015, 17), (2016, 12), (2019, 21), (2021, 5)]
        .map(|(year, count): (u32, u64)| Bar { label: year.to_string(), count, href: "#".into() })
        .into()
}

fn icons() -> Markup {
    html! { ul.icon-sheet { @for name in names() { li { (icon(name)) span { (name) } } } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_on_the_page() {
        let html = patterns(Lang::En).0;
        for name in names() {
            assert!(html.contains(&format!("<span>{name}</span>")), "{name}");
        }
    }
}
