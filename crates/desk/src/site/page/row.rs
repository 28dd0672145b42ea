//! The form for one row of a draft.

use maud::html;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::{field, hint, passage, task};
use crate::drafts::content::{self, Cells, Content};
use crate::drafts::propose;
use crate::drafts::sheet::{Input, Sheet};
use crate::drafts::{self, Draft, Saved};

/// The form for a new row. What the address says of a column stands in it already.
pub(crate) fn new(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, sheet) = (ask.draft()?, sheet(ask)?);
    let cells: Cells = sheet.fields.iter().map(|field| ask.asked(field.column).to_owned()).collect();
    show(ask, &draft, sheet, None, &cells)
}

/// The form for a row that is there, with what was found in it.
pub(crate) fn edit(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, sheet, place) = (ask.draft()?, sheet(ask)?, place(ask, 2)?);
    let content = draft.content();
    let cells = content.rows(sheet).get(place).ok_or(Failure::Missing)?;
    show(ask, &draft, sheet, Some(place), cells)
}

pub(super) fn show(
    ask: &Ask<'_>,
    draft: &Draft,
    sheet: &'static Sheet,
    place: Option<usize>,
    cells: &Cells,
) -> Result<Reply, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let digest = content::hash(draft.id, &draft.text);
    let (vocabulary, today) = (&ask.desk.vocabulary, ask.desk.world.today());
    let proposal = propose::propose(&draft.content(), digest, vocabulary, edition.state(), today);
    let title = ui::capitalised(&ask.t(sheet.one));
    let hints = ask.to(format!("/draft/{}/hints/{}", draft.id, sheet.word));
    let told = hint::of_row(ask, &draft.content(), sheet, cells)?;
    let body = html! {
        h1 { (title) }
        p { a href=(ask.to(format!("/draft/{}", draft.id))) { (ask.t("desk-back-draft")) } }
        (task::beside(ask, draft.id)?)
        @if let Some(place) = place { (field::problems(ask, propose::of_row(&proposal.problems, sheet, place))) }
        div.desk-beside {
            form.desk-form method="post" action=(ask.to(format!("/draft/{}/row/{}", draft.id, sheet.word))) data-hints=(hints) {
                input type="hidden" name="base" value=(draft.version);
                @if let Some(place) = place { input type="hidden" name="place" value=(place); }
                (field::fields(ask, sheet, cells))
                p.desk-buttons {
                    button type="submit" { (ask.t("desk-save")) }
                    button type="submit" formaction=(hints) { (ask.t("hint-check")) }
                }
            }
            div.desk-aside {
                section aria-label=(ask.t("hint")) {
                    h2 { (ask.t("hint")) }
                    div #hints aria-live="polite" { (hint::told(ask, sheet, &told)) }
                }
                @if sheet.word == "claims" { (passage::beside(ask, &edition, draft, place, cells)) }
            }
        }
        @if sheet.fields.iter().any(|field| field.input == Input::Date) { (dates(ask)) }
    };
    Ok(frame::scripted(ask, &title, &["desk.js"], body))
}

/// How dates are written (EDTF), by example.
fn dates(ask: &Ask<'_>) -> maud::Markup {
    const EXAMPLES: [(&str, &str); 7] = [
        ("2017", "desk-date-year"),
        ("2017-08", "desk-date-month"),
        ("2017-08-15", "desk-date-day"),
        ("2017~", "desk-date-about"),
        ("201X", "desk-date-decade"),
        ("2017/2019", "desk-date-span"),
        ("2017/..", "desk-date-open"),
    ];
    html! {
        details {
            summary { (ask.t("desk-dates")) }
            dl.desk-cells { @for (text, key) in EXAMPLES { div { dt { code { (text) } } dd { (ask.t(key)) } } } }
        }
    }
}

/// Stores what was sent, whatever it is worth, and shows what was found in it.
pub(crate) fn save(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, sheet) = (ask.draft()?, sheet(ask)?);
    let cells = sheet.fields.iter().map(|field| filled(ask, field.column)).collect();
    let place = ask.field("place").parse().ok();
    store(ask, &draft, "saved", |content| content.put(sheet, place, cells))
}

/// Takes a row out.
pub(crate) fn remove(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, sheet, place) = (ask.draft()?, sheet(ask)?, place(ask, 2)?);
    store(ask, &draft, "removed", |content| content.remove(sheet, place))
}

/// Makes a new version out of the one that the sender had before the eyes.
pub(crate) fn store(
    ask: &Ask<'_>,
    draft: &Draft,
    said: &str,
    change: impl FnOnce(&mut Content),
) -> Result<Reply, Failure> {
    let desk = ask.desk;
    let base: i64 = ask.field("base").parse().map_err(|_| Failure::Query)?;
    let version = desk.store.read(|db| drafts::version(db, draft.id, base))?.ok_or(Failure::Query)?;
    let mut content = Content::parse(&version.text).unwrap_or_default();
    change(&mut content);
    let home = format!("/draft/{}", draft.id);
    match drafts::save(&desk.store, &*desk.world, ask.who()?, (draft.id, base), &content)? {
        Saved::Stands(_) => Ok(ask.done(&home, said)),
        Saved::Beside(number) => Ok(Reply::see_other(ask.to(format!("{home}/beside/{number}")))),
        Saved::Nowhere => Err(Failure::TooLarge),
    }
}

pub(super) fn filled(ask: &Ask<'_>, column: &str) -> String {
    let values = ask.form.iter().filter(|(name, value)| name == column && !value.trim().is_empty());
    values.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join("|")
}

pub(super) fn sheet(ask: &Ask<'_>) -> Result<&'static Sheet, Failure> {
    Sheet::find(&ask.params[1]).ok_or(Failure::Missing)
}

fn place(ask: &Ask<'_>, param: usize) -> Result<usize, Failure> {
    usize::try_from(ask.number(param)?).map_err(|_| Failure::Missing)
}
