//! One draft: what it says row by row, what stands against it, what readers would see change, what was said about it.

use maud::{Markup, html};
use ui::{Arg, Column};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::{burial, captures, difference, field, home, review, task};
use crate::drafts::content::{self, Content};
use crate::drafts::propose::{self, Proposal};
use crate::drafts::sheet::{SHEETS, Sheet};
use crate::drafts::{self, Draft, LONGEST_TITLE, Version, queue, review as history};
use crate::privacy;

/// A draft with all that its page shows.
pub(crate) struct Shown {
    pub draft: Draft,
    pub content: Content,
    pub proposal: Proposal,
    pub beside: Vec<Version>,
    pub events: Vec<history::Event>,
    pub comments: Vec<queue::Comment>,
    pub writers: Vec<i64>,
    pub personal: Vec<privacy::Finding>,
}

/// The page.
pub(crate) fn draft(ask: &Ask<'_>) -> Result<Reply, Failure> {
    page(ask, ask.draft()?, None)
}

/// The same with the reason for which something was refused.
pub(crate) fn page(ask: &Ask<'_>, draft: Draft, refused: Option<&str>) -> Result<Reply, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let shown = shown(ask, draft, edition.state())?;
    let title = home::name(ask, &shown.draft.title, shown.draft.id);
    let over = shown.draft.state.is_over();
    let doubles = if over { Vec::new() } else { propose::doubles(&shown.content, &edition) };
    let body = html! {
        h1 { bdi { (title) } }
        (frame::said(ask))
        @if let Some(key) = refused { p.warning-box role="alert" { (ask.t(key)) } }
        (standing(ask, &shown.draft))
        (conflicts(ask, &shown))
        (task::beside(ask, shown.draft.id)?)
        @if shown.draft.state.is_open() { (tools(ask, &shown.draft)) }
        @for sheet in &SHEETS { (rows(ask, &shown, sheet)) }
        @if shown.content.is_empty() { p { (ask.t("desk-draft-empty")) } }
        (captures::section(ask, &shown)?)
        (twins(ask, &doubles))
        (difference::section(ask, &shown.proposal, &edition))
        (burial::section(ask, &shown)?)
        (personal(ask, &shown))
        (review::section(ask, &shown))
        (review::talk(ask, &shown))
        (review::history(ask, &shown.events))
    };
    Ok(frame::page(ask, &title, body))
}

fn shown(ask: &Ask<'_>, draft: Draft, live: &edition::State) -> Result<Shown, Failure> {
    let (desk, id) = (ask.desk, draft.id);
    let content = draft.content();
    let digest = content::hash(id, &draft.text);
    let proposal = match draft.state.is_over() {
        true => Proposal::default(),
        false => propose::propose(&content, digest, &desk.vocabulary, live, desk.world.today()),
    };
    let personal = privacy::screen(&content);
    Ok(desk.store.read(|db| {
        let (beside, events) = (drafts::beside(db, id)?, history::events(db, id)?);
        let (comments, writers) = (queue::comments(db, id)?, history::writers(db, id)?);
        Ok(Shown { draft, content, proposal, beside, events, comments, writers, personal })
    })?)
}

fn standing(ask: &Ask<'_>, draft: &Draft) -> Markup {
    html! {
        p {
            span.badge { (ask.t(home::label(draft.state))) } " "
            (ask.t_with("desk-draft-by", &[("name", Arg::Text(&draft.author_name))])) " "
            @if let Some(name) = &draft.assigned_name { (ask.t_with("desk-draft-assigned", &[("name", Arg::Text(name))])) }
        }
        @if let Some(entry) = draft.entry {
            p.notice-box { (ask.t_with("desk-draft-entry", &[("entry", Arg::Text(&entry.to_string()))])) }
        }
    }
}

fn conflicts(ask: &Ask<'_>, shown: &Shown) -> Markup {
    html! {
        @for version in &shown.beside {
            p.warning-box {
                a href=(ask.to(format!("/draft/{}/beside/{}", shown.draft.id, version.number))) {
                    (ask.t_with("desk-beside-link", &[("name", Arg::Text(&version.author))]))
                    " (" (ui::date(ask.lang, &version.day)) ")"
                }
            }
        }
    }
}

fn tools(ask: &Ask<'_>, draft: &Draft) -> Markup {
    let id = draft.id;
    html! {
        nav.desk-tools aria-label=(ask.t("desk-tools")) {
            ul {
                @for sheet in &SHEETS {
                    li { a href=(ask.to(format!("/draft/{id}/row/{}", sheet.word))) { (ask.t("desk-add")) " " (ask.t(sheet.one)) } }
                }
                li { a href=(ask.to(format!("/draft/{id}/paste"))) { (ask.t("desk-paste")) } }
                li { a href=(ask.to(format!("/draft/{id}/table"))) { (ask.t("table-bring")) } }
                li { a href=(ask.to("/find")) { (ask.t("desk-find")) } }
            }
        }
        details {
            summary { (ask.t("desk-rename")) }
            form.desk-form method="post" action=(ask.to(format!("/draft/{id}/title"))) {
                p {
                    label for="title" { (ask.t("desk-home-title")) }
                    input #title name="title" type="text" required maxlength=(LONGEST_TITLE) value=(draft.title);
                }
                button type="submit" { (ask.t("desk-save")) }
            }
        }
    }
}

/// One sheet's rows as a table, each with what was found in it.
fn rows(ask: &Ask<'_>, shown: &Shown, sheet: &'static Sheet) -> Markup {
    let all = shown.content.rows(sheet);
    if all.is_empty() {
        return html! {};
    }
    let heading = ask.t(sheet.one);
    let columns = [
        Column::text(heading.clone()),
        Column::text(ask.t("desk-row-says")),
        Column::text(ask.t("desk-row-found")),
        Column::text(ask.t("desk-row-do")),
    ];
    let row = |(place, cells): (usize, &Vec<String>)| {
        vec![
            html! { code { (cells[0]) } },
            says(ask, sheet, cells),
            html! { div { (field::problems(ask, propose::of_row(&shown.proposal.problems, sheet, place))) } },
            changes(ask, shown, sheet, place),
        ]
    };
    let rows: Vec<Vec<Markup>> = all.iter().enumerate().map(row).collect();
    html! {
        section {
            h2 { (ui::capitalised(&heading)) }
            (ui::table(&sheet.file(), &columns, &rows))
            p { a href=(ask.to(format!("/draft/{}/csv/{}", shown.draft.id, sheet.word))) { (sheet.file()) } }
        }
    }
}

fn says(ask: &Ask<'_>, sheet: &Sheet, cells: &[String]) -> Markup {
    let filled = sheet.fields.iter().zip(cells).skip(1).filter(|(_, cell)| !cell.is_empty());
    html! {
        dl.desk-cells {
            @for (field, cell) in filled { div { dt { (ask.t(field.label)) } dd { bdi { (cell) } } } }
        }
    }
}

fn changes(ask: &Ask<'_>, shown: &Shown, sheet: &Sheet, place: usize) -> Markup {
    let (id, version) = (shown.draft.id, shown.draft.version.to_string());
    html! {
        @if shown.draft.state.is_open() {
            div {
                a href=(ask.to(format!("/draft/{id}/row/{}/{place}", sheet.word))) { (ask.t("desk-change")) } " "
                (frame::button(ask, &format!("/draft/{id}/remove/{}/{place}", sheet.word), &ask.t("desk-remove"), &[("base", &version)]))
            }
        }
    }
}

fn twins(ask: &Ask<'_>, doubles: &[propose::Double]) -> Markup {
    html! {
        @if !doubles.is_empty() {
            section.warning-box {
                h2 { (ask.t("desk-doubles")) }
                p { (ask.t("desk-doubles-help")) }
                ul {
                    @for double in doubles {
                        li {
                            bdi { (double.name) } " " code { (double.id) } " "
                            (ask.t_with("desk-doubles-like", &[("percent", Arg::Text(&format!("{:.0}", double.score * 100.0)))]))
                            " " (ask.t_with("desk-doubles-row", &[("row", Arg::Text(&(double.row + 1).to_string()))]))
                        }
                    }
                }
            }
        }
    }
}

fn personal(ask: &Ask<'_>, shown: &Shown) -> Markup {
    html! {
        @if !shown.personal.is_empty() {
            section.warning-box {
                h2 { (ask.t("desk-personal")) }
                p { (ask.t("desk-personal-help")) }
                ul {
                    @for finding in &shown.personal {
                        li { (ask.t(privacy::label(finding.kind))) ": " bdi { (finding.words) } " (" code { (finding.at) } ")" }
                    }
                }
            }
        }
    }
}

/// A sheet of the draft as a file.
pub(crate) fn csv(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let draft = ask.draft()?;
    let sheet = Sheet::find(&ask.params[1]).ok_or(Failure::Missing)?;
    let content = draft.content();
    let table = content.tables().find(|(own, _)| own.word == sheet.word).ok_or(Failure::Missing)?.1;
    Ok(Reply { download: sheet.file(), ..Reply::data("text/csv; charset=utf-8", table.into_bytes()) })
}

/// Gives it another title.
pub(crate) fn title(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let draft = ask.draft()?;
    if !draft.state.is_open() {
        return Err(Failure::Refused("desk-refused-state"));
    }
    drafts::rename(&ask.desk.store, draft.id, ask.field("title"))?;
    Ok(ask.done(&format!("/draft/{}", draft.id), "saved"))
}
