//! Two readings of one draft: what stands and what somebody else made of the same version, until one is chosen.

use maud::{Markup, html};
use ui::{Arg, Column};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use crate::drafts::content::Content;
use crate::drafts::sheet::{SHEETS, Sheet};
use crate::drafts::{self, Draft, Version};

/// Both readings, row by row where they differ.
pub(crate) fn beside(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, version) = both(ask)?;
    let (stands, other) = (draft.content(), Content::parse(&version.text).unwrap_or_default());
    let title = ask.t("desk-beside");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t_with("desk-beside-help", &[("name", Arg::Text(&version.author))])) }
        p { a href=(ask.to(format!("/draft/{}", draft.id))) { (ask.t("desk-back-draft")) } }
        @for sheet in &SHEETS { (differing(ask, sheet, &stands, &other)) }
        @if draft.state.is_open() {
            p.desk-buttons {
                (choice(ask, &draft, &version, ("desk-beside-keep", "no")))
                (choice(ask, &draft, &version, ("desk-beside-take", "yes")))
            }
        } @else { p.warning-box { (ask.t("desk-beside-later")) } }
    };
    Ok(frame::page(ask, &title, body))
}

fn both(ask: &Ask<'_>) -> Result<(Draft, Version), Failure> {
    let (draft, number) = (ask.draft()?, ask.number(1)?);
    let waiting = ask.desk.store.read(|db| drafts::beside(db, draft.id))?;
    let version = waiting.into_iter().find(|version| version.number == number).ok_or(Failure::Missing)?;
    Ok((draft, version))
}

fn choice(ask: &Ask<'_>, draft: &Draft, version: &Version, (label, take): (&str, &str)) -> Markup {
    let stands = draft.version.to_string();
    let hidden = [("stands", stands.as_str()), ("take", take)];
    frame::button(ask, &format!("/draft/{}/beside/{}", draft.id, version.number), &ask.t(label), &hidden)
}

/// The rows of a sheet that are not in both, side by side.
fn differing(ask: &Ask<'_>, sheet: &Sheet, stands: &Content, other: &Content) -> Markup {
    let (left, right) = (stands.rows(sheet), other.rows(sheet));
    let columns = [
        Column::text(ask.t("desk-beside-row")),
        Column::text(ask.t("desk-beside-stands")),
        Column::text(ask.t("desk-beside-other")),
    ];
    let row = |place: usize| {
        (left.get(place) != right.get(place)).then(|| {
        let cell = |cells: Option<&Vec<String>>, twin: Option<&Vec<String>>| html! { div { (reading(ask, sheet, cells, twin)) } };
        vec![html! { (place + 1) }, cell(left.get(place), right.get(place)), cell(right.get(place), left.get(place))]
    })
    };
    let rows: Vec<Vec<Markup>> = (0..left.len().max(right.len())).filter_map(row).collect();
    html! { @if !rows.is_empty() { h2 { (sheet.file()) } (ui::table(&sheet.file(), &columns, &rows)) } }
}

/// What a row says where its twin says something else.
fn reading(ask: &Ask<'_>, sheet: &Sheet, cells: Option<&Vec<String>>, twin: Option<&Vec<String>>) -> Markup {
    let Some(cells) = cells else { return html! { (ask.t("desk-beside-nothing")) } };
    let differs = |place: &usize| twin.is_none_or(|twin| twin[*place] != cells[*place]);
    html! {
        dl.desk-cells {
            @for place in (0..cells.len()).filter(differs) {
                div { dt { (ask.t(sheet.fields[place].label)) } dd { bdi { (cells[place]) } } }
            }
        }
    }
}

/// Decides between them.
pub(crate) fn settle(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, version) = both(ask)?;
    let stands: i64 = ask.field("stands").parse().map_err(|_| Failure::Query)?;
    let taken = match ask.field("take") {
        "yes" => true,
        "no" => false,
        _ => return Err(Failure::Query),
    };
    let settled = drafts::settle(&ask.desk.store, &*ask.desk.world, (draft.id, stands), version.number, taken)?;
    match settled {
        true => Ok(ask.done(&format!("/draft/{}", draft.id), "settled")),
        false => Err(Failure::Refused("desk-refused-changed")),
    }
}
