//! What was understood of a list, to be put right before it is compared.

use std::sync::Arc;

use edition::Edition;
use maud::{Markup, html};
use model::{Columns, Date, Sheet, SheetKind};
use serde::Serialize;
use ui::{Arg, Layout, Section};

use crate::ask::{Ask, Face};
use crate::page::Frame;
use crate::page::screen::{forget, private};
use crate::reply::{Failure, Reply};
use crate::screening::{Run, Stage};
use crate::view::screening::day_text;

/// So many rows are shown.
const SHOWN: usize = 8;

#[derive(Serialize)]
struct Preview<'s> {
    done: bool,
    rows: usize,
    heading: bool,
    name: usize,
    country: Option<usize>,
    first_rows: &'s [Vec<String>],
}

pub(super) fn page(ask: &Ask<'_>, edition: &Edition, sheet: &Sheet, columns: &Columns) -> Reply {
    let first_rows = &sheet.rows[..sheet.rows.len().min(SHOWN)];
    if ask.face != Face::Html {
        let (rows, heading, name, country) = (sheet.rows.len(), columns.heading, columns.name, columns.country);
        return Reply::json(&Preview { done: false, rows, heading, name, country, first_rows });
    }
    let lang = ask.lang;
    let title = lang.t("screen-preview");
    let body = html! {
        h1 { (title) }
        p role="status" { (lang.t_with("screen-understood", &[("n", Arg::Count(sheet.rows.len() as u64)), ("kind", Arg::Text(&kind(ask, sheet.kind)))])) }
        @if columns.earlier.is_some() { p.notice-box { (lang.t("screen-earlier")) } }
        form.walk-form method="post" action=(ask.urls().screening(ask.id())) {
            input type="hidden" name="action" value="start";
            div.ends {
                (select(ask, sheet, columns, "name", &lang.t("screen-column-name"), Some(columns.name)))
                (select(ask, sheet, columns, "country", &lang.t("screen-column-country"), columns.country))
                div.end {
                    label for="as_of" { (lang.t("screen-as-of")) }
                    input #as_of type="date" name="as_of" value=(day_text(edition.day()));
                }
            }
            label.choice {
                input type="checkbox" name="heading" value="1" checked[columns.heading];
                span.choice-label { (lang.t("screen-heading")) }
            }
            @if !columns.identifiers.is_empty() {
                p.soft {
                    (lang.t("screen-identifiers")) " "
                    (columns.identifiers.iter().map(|(_, id)| id.to_uppercase()).collect::<Vec<_>>().join(&lang.t("list-comma")))
                }
            }
            button type="submit" { (lang.t("screen-start")) }
        }
        (rows(ask, first_rows))
        (forget(ask))
    };
    private(ask, Frame::new(&title, Section::Items, Layout::Wide, body))
}

fn kind(ask: &Ask<'_>, kind: SheetKind) -> String {
    ask.lang.t(match kind {
        SheetKind::Lines => "screen-kind-lines",
        SheetKind::Table => "screen-kind-table",
        SheetKind::Workbook => "screen-kind-workbook",
        SheetKind::Form13F => "screen-kind-13f",
        SheetKind::FormNPort => "screen-kind-nport",
    })
}

fn width(sheet: &Sheet) -> usize {
    sheet.rows.iter().take(SHOWN).map(Vec::len).max().unwrap_or(1)
}

fn select(ask: &Ask<'_>, sheet: &Sheet, columns: &Columns, name: &str, label: &str, chosen: Option<usize>) -> Markup {
    let heading = |at: usize| {
        let text = sheet.rows.first().filter(|_| columns.heading).and_then(|row| row.get(at));
        let number = ask.lang.t_with("screen-column", &[("n", Arg::Count(at as u64 + 1))]);
        text.filter(|text| !text.trim().is_empty()).cloned().unwrap_or(number)
    };
    html! {
        div.end {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @if name != "name" { option value="" selected[chosen.is_none()] { (ask.lang.t("screen-no-column")) } }
                @for at in 0..width(sheet) { option value=(at) selected[chosen == Some(at)] { (heading(at)) } }
            }
        }
    }
}

fn rows(ask: &Ask<'_>, rows: &[Vec<String>]) -> Markup {
    html! {
        div.scroll-x role="region" aria-label=(ask.lang.t("screen-first-rows")) tabindex="0" {
            table.preview {
                caption { (ask.lang.t("screen-first-rows")) }
                tbody { @for row in rows { tr { @for cell in row.iter().take(12) { td { bdi { (cell) } } } } } }
            }
        }
    }
}

/// Begins to compare with the columns that the form names.
pub(super) fn start(ask: &Ask<'_>, run: &Arc<Run>) -> Result<(), Failure> {
    let Stage::Preview(sheet, guessed) = run.stage() else { return Ok(()) };
    let field = |name: &str| ask.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    let column = |name: &'static str| match field(name) {
        None | Some("") => Ok(None),
        Some(text) => {
            let known = text.parse().ok().filter(|at: &usize| *at < width(&sheet).max(1));
            known.map(Some).ok_or_else(|| Failure::Parameter(name, format!("0–{}", width(&sheet).saturating_sub(1))))
        }
    };
    let heading = field("heading") == Some("1");
    // Without a heading no column has a meaning of its own.
    let guessed = if heading { guessed } else { Columns::default() };
    let columns =
        Columns { heading, name: column("name")?.unwrap_or(guessed.name), country: column("country")?, ..guessed };
    ask.screening.start(run, &columns, as_of(field("as_of"), &run.edition)?);
    Ok(())
}

/// The last day that a date may mean; the edition's own where none is given.
pub(crate) fn as_of(text: Option<&str>, edition: &Edition) -> Result<i32, Failure> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(edition.day()) };
    let day = Date::parse(text).ok().and_then(|date| date.latest_day());
    let number = |(year, month, day): (i64, u8, u8)| {
        Some(
            i32::try_from(year).ok().filter(|year| (0..=9999).contains(year))? * 10_000
                + i32::from(month) * 100
                + i32::from(day),
        )
    };
    day.and_then(number).ok_or_else(|| Failure::Parameter("as_of", "2026-11-22".into()))
}
