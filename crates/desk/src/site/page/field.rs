//! The fields of a form, made from the sheet and the vocabulary.

use maud::{Markup, html};
use model::Problem;
use ui::Lang;

use super::super::ask::Ask;
use crate::drafts::sheet::{Field, Input, Sheet};

/// A choice: what is written in the file, and what people read.
struct Choice {
    value: String,
    label: String,
}

/// Every field of a row, filled in with `cells`.
pub(crate) fn fields(ask: &Ask<'_>, sheet: &Sheet, cells: &[String]) -> Markup {
    html! {
        @for (field, cell) in sheet.fields.iter().zip(cells) {
            div.desk-field { (one(ask, field, cell)) }
        }
    }
}

fn one(ask: &Ask<'_>, field: &Field, cell: &str) -> Markup {
    let (id, help) = (format!("field-{}", field.column), format!("help-{}", field.column));
    let described = (!field.help.is_empty()).then_some(help.as_str());
    if let Input::Words(table) = field.input {
        return several(ask, field, &options(ask, table), cell);
    }
    html! {
        label for=(id) {
            (ask.t(field.label)) @if field.needed { " " span.needed { (ask.t("desk-needed")) } }
        }
        (input(ask, field, cell, (&id, described)))
        @if let Some(help) = described { p.help id=(help) { (ask.t(field.help)) } }
    }
}

fn input(ask: &Ask<'_>, field: &Field, cell: &str, (id, described): (&str, Option<&str>)) -> Markup {
    match field.input {
        Input::Prose => {
            html! { textarea id=(id) name=(field.column) rows="3" aria-describedby=[described] { (cell) } }
        }
        Input::Line | Input::Date | Input::Url | Input::Words(_) => {
            html! { input id=(id) name=(field.column) type="text" value=(cell) aria-describedby=[described] autocomplete="off"; }
        }
        _ => choose(ask, field, cell, (id, field.column, described)),
    }
}

/// The choices of a column alone, under another name.
pub(super) fn select(ask: &Ask<'_>, field: &Field, cell: &str, name: &str) -> Markup {
    choose(ask, field, cell, (name, name, None))
}

fn choose(ask: &Ask<'_>, field: &Field, cell: &str, (id, name, described): (&str, &str, Option<&str>)) -> Markup {
    let choices = match field.input {
        Input::Word(table) => options(ask, table),
        Input::OneOf(words) => {
            words.iter().map(|word| Choice { value: (*word).into(), label: stance(ask, word) }).collect()
        }
        Input::Choice(words) => {
            words.iter().map(|(word, key)| Choice { value: (*word).into(), label: ask.t(key) }).collect()
        }
        Input::Country => countries(ask),
        Input::Property => properties(ask),
        _ => vec![Choice { value: "yes".into(), label: ask.t("desk-yes") }],
    };
    // What stands there already is kept, whether or not it is one of the choices.
    let strange = !cell.is_empty() && choices.iter().all(|choice| choice.value != cell);
    html! {
        select id=(id) name=(name) aria-describedby=[described] {
            option value="" { (ask.t("desk-choose")) }
            @if strange { option value=(cell) selected { (cell) } }
            @for choice in &choices { option value=(choice.value) selected[choice.value == cell] { (choice.label) } }
        }
    }
}

fn several(ask: &Ask<'_>, field: &Field, choices: &[Choice], cell: &str) -> Markup {
    let chosen: Vec<&str> = cell.split('|').map(str::trim).filter(|word| !word.is_empty()).collect();
    let strange = chosen.iter().filter(|word| choices.iter().all(|choice| choice.value != **word));
    html! {
        fieldset {
            legend { (ask.t(field.label)) }
            div.desk-choices {
                @for choice in choices {
                    label.choice {
                        input type="checkbox" name=(field.column) value=(choice.value) checked[chosen.contains(&choice.value.as_str())];
                        span.choice-label { (choice.label) }
                    }
                }
                @for word in strange {
                    label.choice { input type="checkbox" name=(field.column) value=(word) checked; span.choice-label { (word) } }
                }
            }
        }
    }
}

fn options(ask: &Ask<'_>, table: &str) -> Vec<Choice> {
    let (v, tag) = (&ask.desk.vocabulary, ask.lang.tag());
    let option =
        |id: &model::Id, label: &model::Words| Choice { value: id.to_string(), label: label.get(tag).to_owned() };
    match table {
        "item-kind" => v.kinds.all().iter().map(|kind| option(&kind.id, &kind.label)).collect(),
        "link-type" => v.link_types.all().iter().map(|link| option(&link.id, &link.label)).collect(),
        "category" => v.categories.all().iter().map(|category| option(&category.id, &category.label)).collect(),
        "topic" => v.topics.all().iter().map(|topic| option(&topic.id, &topic.label)).collect(),
        set => v.set(set).iter().map(|choice| option(&choice.id, &choice.label)).collect(),
    }
}

fn countries(ask: &Ask<'_>) -> Vec<Choice> {
    let name = |country: &model::Country| country_name(country, ask.lang);
    let countries = ask.desk.vocabulary.countries.iter();
    let own = countries.map(|country| Choice { value: country.code.to_string(), label: name(country) });
    let stated = [("unknown", "desk-unknown"), ("none", "desk-none")];
    own.chain(stated.map(|(word, key)| Choice { value: word.into(), label: ask.t(key) })).collect()
}

fn country_name(country: &model::Country, lang: Lang) -> String {
    country.name(lang.tag()).to_owned()
}

fn properties(ask: &Ask<'_>) -> Vec<Choice> {
    let all = ask.desk.vocabulary.properties.all().iter();
    let open = all.filter(|property| !matches!(property.value, model::ValueType::Figure | model::ValueType::Landing));
    open.map(|property| Choice { value: property.id.to_string(), label: property.label.get(ask.lang.tag()).to_owned() })
        .collect()
}

fn stance(ask: &Ask<'_>, word: &str) -> String {
    model::Stance::parse(word).map_or_else(|| word.to_owned(), |stance| ui::stance_label(ask.lang, stance))
}

/// Findings, worst first.
pub(crate) fn problems<'p>(ask: &Ask<'_>, found: impl Iterator<Item = &'p Problem>) -> Markup {
    let mut found: Vec<&Problem> = found.collect();
    found.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    html! {
        @if !found.is_empty() {
            ul.desk-problems {
                @for problem in found {
                    li {
                        strong { (ask.t(severity(problem.severity))) } " "
                        bdi lang="en" { (problem.what) @if !problem.hint.is_empty() { " (" (problem.hint) ")" } }
                    }
                }
            }
        }
    }
}

fn severity(severity: model::Severity) -> &'static str {
    match severity {
        model::Severity::Error => "desk-error",
        model::Severity::Warning => "desk-warning",
        model::Severity::Note => "desk-note",
    }
}
