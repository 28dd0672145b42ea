//! A table of any shape: brought as a file or pasted, its columns laid into ours, looked at, and added to the draft.

use axum::http::StatusCode;
use maud::{Markup, html};
use model::{Problem, ReadsLists, Where};
use ui::{Arg, Column};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::{field, row};
use crate::drafts::content::{self, Cells, Content};
use crate::drafts::mapping::{self, From, Mapping};
use crate::drafts::recast::{self, Recast};
use crate::drafts::sheet::{Field, Input, SHEETS, Sheet};
use crate::drafts::upload::{self, MOST_ROWS, Rows};
use crate::drafts::{Draft, propose};
use crate::screening::ListReader;

/// So many rows are shown of what was brought, and of what it becomes.
const SHOWN: usize = 8;

/// So many findings are shown.
const FINDINGS: usize = 200;

/// The form that takes a table.
pub(crate) fn form(ask: &Ask<'_>) -> Result<Reply, Failure> {
    Ok(bring(ask, &ask.draft()?, "", None))
}

fn bring(ask: &Ask<'_>, draft: &Draft, text: &str, problem: Option<&Problem>) -> Reply {
    let title = ask.t("table-bring");
    let action = ask.to(format!("/draft/{}/table", draft.id));
    let body = html! {
        h1 { (title) }
        p { a href=(ask.to(format!("/draft/{}", draft.id))) { (ask.t("desk-back-draft")) } }
        p.lead { (ask.t_with("table-bring-help", &[("rows", Arg::Count(MOST_ROWS as u64))])) }
        @if let Some(problem) = problem { div.warning-box role="alert" { (field::problems(ask, std::iter::once(problem))) } }
        form.desk-form method="post" action=(action) enctype="multipart/form-data" {
            p {
                label for="file" { (ask.t("table-file")) }
                input #file name="file" type="file" accept=".csv,.tsv,.txt,.xlsx";
            }
            p {
                label for="table" { (ask.t("table-or-paste")) }
                textarea #table name="table" rows="10" { (text) }
            }
            button type="submit" { (ask.t("table-next")) }
        }
    };
    frame::page(ask, &title, body)
}

/// Takes a table, and goes on to its columns; or gives the text back with what is wrong.
pub(crate) fn take(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, desk) = (ask.draft()?, ask.desk);
    let text = ask.field("table");
    let bytes = ask.file("file").unwrap_or(text.as_bytes());
    match read(bytes) {
        Ok(rows) => {
            let id = upload::keep(&desk.store, &*desk.world, ask.who()?, draft.id, &rows)?;
            Ok(Reply::see_other(ask.to(format!("/draft/{}/table/{id}", draft.id))))
        }
        Err(problem) => Ok(bring(ask, &draft, text, Some(&problem)).with_status(StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

fn read(bytes: &[u8]) -> Result<Rows, Problem> {
    let at = || Where { file: "table".into(), line: 0, column: 0 };
    if bytes.len() > upload::LARGEST {
        return Err(Problem::error(at(), "the file is larger than 8 MiB").hint("split it"));
    }
    let sheet = ListReader.sheet("table", bytes)?;
    let rows = sheet.rows.len().saturating_sub(1);
    match rows {
        0 => Err(Problem::error(at(), "there is no row below the heading").hint("the first row names the columns")),
        rows if rows > MOST_ROWS => {
            Err(Problem::error(at(), format!("{rows} rows; at most {MOST_ROWS} fit one change"))
                .hint("split the table"))
        }
        _ => Ok(sheet.rows),
    }
}

/// What is laid into what.
struct Plan {
    draft: Draft,
    upload: i64,
    rows: Rows,
    sheet: &'static Sheet,
    mapping: Mapping,
}

impl Plan {
    fn cells(&self, ask: &Ask<'_>) -> Vec<Cells> {
        let content = self.draft.content();
        let into = (self.sheet, content.rows(self.sheet));
        mapping::lay(&self.rows[1..], into, &self.mapping, &ask.desk.vocabulary)
    }
}

fn plan(ask: &Ask<'_>, chosen: &str) -> Result<Plan, Failure> {
    let (draft, upload) = (ask.draft()?, ask.number(1)?);
    let who = ask.who()?;
    let rows = ask.desk.store.read(|db| upload::read(db, who, draft.id, upload))?;
    let rows = rows.filter(|rows| !rows.is_empty()).ok_or(Failure::Missing)?;
    let likest = || SHEETS.iter().rev().max_by_key(|sheet| mapping::likeness(&rows[0], sheet));
    let sheet = Sheet::find(chosen).or_else(likest).ok_or(Failure::Missing)?;
    let mapping = mapping::guess(&rows[0], sheet);
    Ok(Plan { draft, upload, rows, sheet, mapping })
}

/// What the form says of each column; what it does not name stays as it was guessed.
fn chosen(ask: &Ask<'_>, plan: &mut Plan) -> Result<(), Failure> {
    for (field, from) in plan.sheet.fields.iter().zip(&mut plan.mapping) {
        let asked = ask.form.iter().find(|(name, _)| name.strip_prefix("m-") == Some(field.column));
        if let Some((_, word)) = asked {
            let constant = ask.field(&format!("k-{}", field.column));
            *from = From::parse(word, constant).ok_or(Failure::Query)?;
        }
    }
    Ok(())
}

/// The columns as they were guessed. An export of ASPI's map has its own reading, and nothing to guess.
pub(crate) fn columns(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let plan = plan(ask, ask.asked("sheet"))?;
    if ask.asked("sheet").is_empty() && recast::is_aspi(&plan.rows) {
        return show_export(ask, &plan);
    }
    show(ask, &plan, false)
}

/// Looks at what becomes of the rows, or adds them.
pub(crate) fn lay(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let mut plan = plan(ask, ask.field("sheet"))?;
    chosen(ask, &mut plan)?;
    match ask.field("do") {
        "export" => {
            let recast = recast(ask, &plan)?;
            let reply = row::store(ask, &plan.draft, "pasted", |content| content.join(&recast.content))?;
            upload::forget(&ask.desk.store, plan.upload)?;
            Ok(reply)
        }
        "add" => {
            let (cells, sheet) = (plan.cells(ask), plan.sheet);
            let reply = row::store(ask, &plan.draft, "pasted", |content| content.lay(sheet, cells))?;
            upload::forget(&ask.desk.store, plan.upload)?;
            Ok(reply)
        }
        _ => show(ask, &plan, true),
    }
}

fn show(ask: &Ask<'_>, plan: &Plan, looked: bool) -> Result<Reply, Failure> {
    let at = ask.to(format!("/draft/{}/table/{}", plan.draft.id, plan.upload));
    let title = ask.t("table-columns");
    let count = plan.rows.len() as u64 - 1;
    let body = html! {
        h1 { (title) }
        p { a href=(ask.to(format!("/draft/{}", plan.draft.id))) { (ask.t("desk-back-draft")) } }
        p { (ask.t_with("table-rows", &[("n", Arg::Count(count))])) }
        (brought(ask, plan))
        form.desk-filter method="get" action=(at) {
            p {
                label for="sheet" { (ask.t("table-target")) }
                select #sheet name="sheet" {
                    @for sheet in &SHEETS { option value=(sheet.word) selected[sheet.word == plan.sheet.word] { (ask.t(sheet.one)) } }
                }
            }
            button type="submit" { (ask.t("desk-queue-show")) }
        }
        form.desk-form.desk-mapping method="post" action=(at) {
            input type="hidden" name="base" value=(plan.draft.version);
            input type="hidden" name="sheet" value=(plan.sheet.word);
            p.help { (ask.t("table-columns-help")) }
            @for (field, from) in plan.sheet.fields.iter().zip(&plan.mapping) { (choice(ask, plan, field, from)) }
            p.desk-buttons {
                button type="submit" name="do" value="look" { (ask.t("table-look")) }
                button type="submit" name="do" value="add" { (ask.t("table-add")) }
            }
        }
        @if looked { (becomes(ask, plan)?) }
    };
    Ok(frame::page(ask, &title, body))
}

fn recast(ask: &Ask<'_>, plan: &Plan) -> Result<Recast, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    Ok(recast::recast(&plan.rows, &ask.desk.vocabulary, edition.state(), ask.desk.world.today()))
}

/// What becomes of an export of ASPI's map, and the way to add it.
fn show_export(ask: &Ask<'_>, plan: &Plan) -> Result<Reply, Failure> {
    let recast = recast(ask, plan)?;
    let at = ask.to(format!("/draft/{}/table/{}", plan.draft.id, plan.upload));
    let title = ask.t("table-aspi");
    let line = |problem: &Problem| problem.at.line.to_string();
    let count = |n: usize| Arg::Count(n as u64);
    let body = html! {
        h1 { (title) }
        p { a href=(ask.to(format!("/draft/{}", plan.draft.id))) { (ask.t("desk-back-draft")) } }
        p.lead { (ask.t_with("table-aspi-help", &[("n", count(plan.rows.len() - 1)), ("rows", count(recast.content.len()))])) }
        @if recast.refused > 0 { p.warning-box { (ask.t_with("table-aspi-refused", &[("n", Arg::Count(recast.refused))])) } }
        @if recast.left > 0 { p.warning-box { (ask.t_with("table-aspi-left", &[("n", count(recast.left))])) } }
        @if !recast.problems.is_empty() {
            h2 { (ask.t_with("table-found", &[("n", count(recast.problems.len()))])) }
            ul.desk-problems {
                @for problem in recast.problems.iter().take(FINDINGS) {
                    li {
                        (ask.t_with("table-at-row", &[("row", Arg::Text(&line(problem)))])) " "
                        (field::problems(ask, std::iter::once(problem)))
                    }
                }
            }
        }
        form.desk-form method="post" action=(at) {
            input type="hidden" name="base" value=(plan.draft.version);
            button type="submit" name="do" value="export" { (ask.t("table-add")) }
        }
        (brought(ask, plan))
        p { a href=(format!("{at}?sheet={}", plan.sheet.word)) { (ask.t("table-aspi-otherwise")) } }
    };
    Ok(frame::page(ask, &title, body))
}

/// What one of our columns is filled with.
fn choice(ask: &Ask<'_>, plan: &Plan, field: &Field, from: &From) -> Markup {
    let (id, constant) = (format!("m-{}", field.column), format!("k-{}", field.column));
    let chosen = from.word();
    let words = if let From::Constant(words) = from { words.as_str() } else { "" };
    html! {
        fieldset {
            legend { (ask.t(field.label)) @if field.needed { " " span.needed { (ask.t("desk-needed")) } } }
            p {
                label for=(id) { (ask.t("table-from")) }
                select id=(id) name=(id) {
                    option value="" { (ask.t("table-nothing")) }
                    @if field.column == "id" { option value="made" selected[chosen == "made"] { (ask.t("table-made")) } }
                    option value="same" selected[chosen == "same"] { (ask.t("table-same")) }
                    @for (at, heading) in plan.rows[0].iter().enumerate() {
                        option value=(format!("c{at}")) selected[chosen == format!("c{at}")] { (heading) }
                    }
                }
            }
            p {
                label for=(constant) { (ask.t("table-constant")) }
                (constant_input(ask, field, &constant, words))
            }
        }
    }
}

/// The words for every row; one of ours where there is a closed set of them.
fn constant_input(ask: &Ask<'_>, field: &Field, name: &str, words: &str) -> Markup {
    match field.input {
        Input::Word(_) | Input::Country | Input::OneOf(_) | Input::Choice(_) | Input::Property => {
            field::select(ask, field, words, name)
        }
        _ => html! { input id=(name) name=(name) type="text" value=(words) autocomplete="off"; },
    }
}

/// The first rows as they came.
fn brought(ask: &Ask<'_>, plan: &Plan) -> Markup {
    let columns: Vec<Column> = plan.rows[0].iter().map(Column::text).collect();
    let row = |row: &Vec<String>| {
        (0..columns.len()).map(|at| html! { bdi { (row.get(at).map_or("", String::as_str)) } }).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Markup>> = plan.rows.iter().skip(1).take(SHOWN).map(row).collect();
    html! { div.desk-wide { (ui::table(&ask.t("table-brought"), &columns, &rows)) } }
}

/// The first rows as they would stand in the draft, and what is found in all of them.
fn becomes(ask: &Ask<'_>, plan: &Plan) -> Result<Markup, Failure> {
    let desk = ask.desk;
    let edition = desk.writer.edition().map_err(|_| Failure::Broken)?;
    let cells = plan.cells(ask);
    let mut content = plan.draft.content();
    let before = content.rows(plan.sheet).len();
    content.lay(plan.sheet, cells.clone());
    let digest = content::hash(plan.draft.id, &content.text());
    let proposal = propose::propose(&content, digest, &desk.vocabulary, edition.state(), desk.world.today());
    let used: Vec<usize> =
        (0..plan.sheet.fields.len()).filter(|at| cells.iter().any(|row| !row[*at].is_empty())).collect();
    let columns: Vec<Column> = used.iter().map(|at| Column::text(ask.t(plan.sheet.fields[*at].label))).collect();
    let row = |cells: &Cells| used.iter().map(|at| html! { bdi { (cells[*at]) } }).collect::<Vec<_>>();
    let rows: Vec<Vec<Markup>> = cells.iter().take(SHOWN).map(row).collect();
    let found = findings(plan, &content, before, &proposal);
    Ok(html! {
        section {
            h2 { (ask.t("table-becomes")) }
            @if !columns.is_empty() { div.desk-wide { (ui::table(&ask.t("table-becomes"), &columns, &rows)) } }
            @if found.is_empty() { p.notice-box { (ask.t("table-sound")) } }
            @if !found.is_empty() {
                h3 { (ask.t_with("table-found", &[("n", Arg::Count(found.len() as u64))])) }
                ul.desk-problems {
                    @for (place, problem) in found.iter().take(FINDINGS) {
                        li {
                            (ask.t_with("table-at", &[("row", Arg::Text(&place.0)), ("cell", Arg::Text(&place.1))])) " "
                            (field::problems(ask, std::iter::once(*problem)))
                        }
                    }
                }
            }
        }
    })
}

/// What is found in the rows that were brought: the row in the table as it came, and the column.
fn findings<'p>(
    plan: &Plan,
    content: &Content,
    before: usize,
    proposal: &'p propose::Proposal,
) -> Vec<((String, String), &'p Problem)> {
    let mut found = Vec::new();
    for place in 0..content.rows(plan.sheet).len() {
        for problem in propose::of_row(&proposal.problems, plan.sheet, place) {
            let column = content.column_at(plan.sheet, place, problem.at.column);
            let row = if place >= before { (place - before + 2).to_string() } else { "–".to_owned() };
            found.push(((row, column.to_owned()), problem));
        }
    }
    found
}
