//! What can be told of a row beside its form: while it is filled in where a script runs, else by a button.

use maud::{Markup, html};
use ui::{Arg, Lang};

use super::super::ask::Ask;
use super::super::reply::{Failure, Reply};
use super::{field, row};
use crate::drafts::content::Cells;
use crate::drafts::sheet::Sheet;
use crate::hints::{self, Hint, Looking, Place};

/// Looks at a row as it is filled in and stores nothing: a part of a page for the script, the whole form for a button.
pub(crate) fn check(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, sheet) = (ask.draft()?, row::sheet(ask)?);
    let cells: Cells = sheet.fields.iter().map(|field| row::filled(ask, field.column)).collect();
    if ask.field("part") == "1" {
        return Ok(Reply::html(told(ask, sheet, &of_row(ask, &draft.content(), sheet, &cells)?)));
    }
    let place = ask.field("place").parse().ok();
    row::show(ask, &draft, sheet, place, &cells)
}

/// What can be told of a row.
pub(super) fn of_row(
    ask: &Ask<'_>,
    content: &crate::drafts::content::Content,
    sheet: &'static Sheet,
    cells: &[String],
) -> Result<Vec<(&'static str, Hint)>, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let vocabulary = &ask.desk.vocabulary;
    Ok(hints::of_row(&Looking { edition: &edition, vocabulary, content, sheet, cells }))
}

/// The hints, column by column.
pub(super) fn told(ask: &Ask<'_>, sheet: &Sheet, all: &[(&'static str, Hint)]) -> Markup {
    html! {
        @if all.is_empty() { p.help { (ask.t("hint-none")) } }
        @for field in sheet.fields {
            @let own: Vec<&Hint> = all.iter().filter(|(column, _)| *column == field.column).map(|(_, hint)| hint).collect();
            @if !own.is_empty() {
                p { strong { (ask.t(field.label)) } }
                ul { @for hint in own { li { (one(ask, hint)) } } }
            }
        }
    }
}

fn one(ask: &Ask<'_>, hint: &Hint) -> Markup {
    match hint {
        Hint::Wrong(problem) => field::problems(ask, std::iter::once(problem)),
        Hint::Date(edtf) => html! { (ask.t("hint-understood")) " " (ui::date_text(ask.lang, edtf)) },
        Hint::Money(amount, currency) => {
            html! { (ask.t("hint-understood")) " " (ui::money_text(ask.lang, amount, currency)) }
        }
        Hint::Holds(identifier) => html! { code { (identifier) } " " (ask.t("hint-holds")) },
        Hint::Like(id, name, score) => html! {
            (ask.t("hint-like")) " " bdi { (name) } " "
            a href=(ask.to(format!("/find?about=item/{id}"))) { code { (id) } } " "
            (ask.t_with("desk-doubles-like", &[("percent", Arg::Text(&format!("{:.0}", score * 100.0)))]))
        },
        Hint::Means(id, name) => html! { code { (id) } " " (ask.t("hint-means")) " " bdi { (name) } },
        Hint::Taken(id) => html! { code { (id) } " " (ask.t("hint-taken")) },
        Hint::Nothing(id) => html! { code { (id) } " " (ask.t("hint-nothing")) },
        Hint::Place(place) => one_place(ask, place),
    }
}

/// A place with its point, and a button that a script makes useful.
fn one_place(ask: &Ask<'_>, place: &Place) -> Markup {
    let country = place.country.map(|code| code.to_string()).unwrap_or_default();
    let degrees = place.point.map(|point| (degrees(point.latitude()), degrees(point.longitude())));
    let mut fill = url::form_urlencoded::Serializer::new(String::new());
    fill.append_pair("place", &place.name).append_pair("country", &country);
    if let Some((lat, lon)) = &degrees {
        fill.append_pair("lat", lat).append_pair("lon", lon).append_pair("location_precision", &place.precision);
    }
    html! {
        bdi { (place.name) } @if !country.is_empty() { " (" (country) ")" }
        @if let Some((lat, lon)) = &degrees { " " (lat) ", " (lon) }
        @if !place.precision.is_empty() { " – " (precision(ask, &place.precision)) }
        " " (ask.t_with("hint-uses", &[("n", Arg::Count(place.uses as u64))])) " "
        button type="button" data-fill=(fill.finish()) hidden { (ask.t("hint-fill")) }
    }
}

fn degrees(value: f64) -> String {
    let text = format!("{value:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn precision(ask: &Ask<'_>, word: &str) -> String {
    let known = ask.desk.vocabulary.set("precision").iter().find(|choice| choice.id.as_str() == word);
    known.map_or_else(|| word.to_owned(), |choice| choice.label.get(Lang::tag(ask.lang)).to_owned())
}
