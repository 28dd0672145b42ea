//! The filter as a form: it works by GET without JavaScript, and the map's script counts beside every choice.

use maud::{Markup, html};

use crate::icon::{icon, tinted};
use crate::lang::Lang;
use crate::number::grouped;

/// One choice of a facet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The value in the query string.
    pub value: String,
    /// The label in the reader's language.
    pub label: String,
    /// The symbol's name; empty for none.
    pub icon: String,
    /// CSS hex; empty for the colour of the text.
    pub colour: String,
    /// How many links this choice would give under all other filters.
    pub count: u64,
    /// Whether it is chosen.
    pub checked: bool,
}

/// The choices for one filter key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The key in the query string.
    pub key: &'static str,
    /// The key's name in the reader's language.
    pub legend: String,
    /// The choices.
    pub choices: Vec<Choice>,
}

/// Everything in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterForm {
    /// The page that answers.
    pub action: String,
    /// The text looked for.
    pub q: String,
    /// First year, or empty.
    pub from: String,
    /// Last year, or empty.
    pub to: String,
    /// Points of particular interest only.
    pub poi: bool,
    /// How many links are points of particular interest under all other filters.
    pub poi_count: u64,
    /// How many links have no date under all other filters.
    pub undated: u64,
    /// Filters that have no field here (`item`, `source`, `bbox`) and are kept.
    pub kept: Vec<(String, String)>,
    /// The facets, in order.
    pub facets: Vec<Facet>,
}

/// The form. Every input is named by its filter key; every count is an `output` with `data-count="key=value"`.
pub fn filter_form(lang: Lang, form: &FilterForm) -> Markup {
    html! {
        form #filter.filter method="get" action=(form.action) aria-label=(lang.t("filter")) {
            div.filter-text {
                label for="filter-q" { (lang.t("filter-q")) }
                div.with-button {
                    input #filter-q type="search" name="q" value=(form.q) autocomplete="off" maxlength="200";
                    button type="submit" { (icon("search")) (lang.t("filter-apply")) }
                }
            }
            div.facets {
                @for facet in &form.facets { (facet_group(facet)) }
                (years(lang, form))
            }
            @for (key, value) in &form.kept { input type="hidden" name=(key) value=(value); }
            p.filter-submit { button type="submit" { (lang.t("filter-apply")) } }
        }
    }
}

fn facet_group(facet: &Facet) -> Markup {
    let chosen = facet.choices.iter().filter(|choice| choice.checked).count();
    html! {
        details.facet data-facet=(facet.key) open[chosen > 0] {
            summary { (facet.legend) @if chosen > 0 { " " span.facet-chosen { (chosen) } } }
            fieldset {
                legend.visually-hidden { (facet.legend) }
                @for choice in &facet.choices { (choice_row(facet.key, choice)) }
            }
        }
    }
}

fn choice_row(key: &str, choice: &Choice) -> Markup {
    html! {
        label.choice.empty[choice.count == 0] {
            input type="checkbox" name=(key) value=(choice.value) checked[choice.checked];
            @if !choice.icon.is_empty() {
                @if choice.colour.is_empty() { (icon(&choice.icon)) } @else { (tinted(&choice.icon, &choice.colour)) }
            }
            span.choice-label { bdi { (choice.label) } }
            output data-count=(format!("{key}={}", choice.value)) { (grouped(choice.count)) }
        }
    }
}

fn years(lang: Lang, form: &FilterForm) -> Markup {
    let poi = Choice {
        value: "1".into(),
        label: lang.t("filter-poi"),
        icon: "poi".into(),
        colour: String::new(),
        count: form.poi_count,
        checked: form.poi,
    };
    let open = !form.from.is_empty() || !form.to.is_empty() || form.poi;
    html! {
        details.facet data-facet="years" open[open] {
            summary { (lang.t("filter-years")) }
            fieldset {
                legend.visually-hidden { (lang.t("filter-years")) }
                div.year-range {
                    (year(&lang.t("filter-from"), "from", &form.from))
                    (year(&lang.t("filter-to"), "to", &form.to))
                }
                p.soft {
                    (lang.t_markup("filter-years-undated", &[("n", html! { output data-count="undated" { (grouped(form.undated)) } })]))
                }
                (choice_row("poi", &poi))
            }
        }
    }
}

fn year(label: &str, key: &str, value: &str) -> Markup {
    html! {
        label { (label) " " input type="number" name=(key) value=(value) min="1" max="9999" step="1"; }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_named_by_filter_key_and_counts_say_what_they_count() {
        let choice = Choice {
            value: "5g".into(),
            label: "5G".into(),
            icon: "antenna".into(),
            colour: "#2273b8".into(),
            count: 1234,
            checked: true,
        };
        let facet = Facet {
            key: "category",
            legend: "Category".into(),
            choices: vec![choice, Choice { value: "health".into(), ..Choice::default() }],
        };
        let form = FilterForm {
            action: "/links".into(),
            facets: vec![facet],
            kept: vec![("item".into(), "zte".into())],
            ..FilterForm::default()
        };
        let html = filter_form(Lang::En, &form).0;
        for part in [
            "<form class=\"filter\" id=\"filter\" method=\"get\" action=\"/links\"",
            "name=\"category\" value=\"5g\" checked",
            "<output data-count=\"category=5g\">1,234</output>",
            "<input type=\"hidden\" name=\"item\" value=\"zte\">",
            "data-facet=\"category\" open",
            "<label class=\"choice empty\"><input type=\"checkbox\" name=\"category\" value=\"health\">",
            "name=\"poi\" value=\"1\"",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
    }
}
