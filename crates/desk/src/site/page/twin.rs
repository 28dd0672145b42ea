//! The desk's reading pages for programs: the queue and a draft as JSON, with the rights of their pages.

use serde_json::{Map, Value, json};

use super::super::ask::Ask;
use super::super::reply::{Failure, Reply};
use super::queue;
use crate::drafts::propose::{self, Proposal};
use crate::drafts::queue::{self as list, Entry, PAGE};
use crate::drafts::sheet::SHEETS;
use crate::drafts::{content, review};

/// The queue.
pub(crate) fn queue(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let asked = queue::asked(ask)?;
    let (drafts, count) = ask.desk.store.read(|db| list::list(db, asked))?;
    let one = |draft: &Entry| {
        json!({
            "id": draft.id,
            "title": draft.title,
            "author": draft.author,
            "state": draft.state.word(),
            "assigned": draft.assigned,
            "changed": draft.changed,
            "open_comments": draft.open,
        })
    };
    let drafts: Vec<Value> = drafts.iter().map(one).collect();
    Ok(Reply::json(&json!({ "total": count, "page": asked.page, "page_size": PAGE, "drafts": drafts })))
}

/// A draft: where it stands, its rows, and what was found in them.
pub(crate) fn draft(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (draft, desk) = (ask.draft()?, ask.desk);
    let edition = desk.writer.edition().map_err(|_| Failure::Broken)?;
    let rows = draft.content();
    let digest = content::hash(draft.id, &draft.text);
    let proposal = match draft.state.is_over() {
        true => Proposal::default(),
        false => propose::propose(&rows, digest, &desk.vocabulary, edition.state(), desk.world.today()),
    };
    let events = desk.store.read(|db| review::events(db, draft.id))?;
    let events: Vec<Value> = events
        .iter()
        .map(|event| json!({ "day": event.day, "role": event.role, "act": event.act, "sha256": crate::hash::hex(&event.hash) }))
        .collect();
    Ok(Reply::json(&json!({
        "id": draft.id,
        "title": draft.title,
        "author": draft.author_name,
        "assigned": draft.assigned_name,
        "state": draft.state.word(),
        "version": draft.version,
        "sha256": crate::hash::hex(&draft.hash),
        "entry": draft.entry,
        "rows": tables(&rows),
        "findings": findings(&rows, &proposal),
        "history": events,
    })))
}

/// The rows by sheet, each with the columns that are filled.
fn tables(rows: &content::Content) -> Value {
    let row = |sheet: &crate::drafts::sheet::Sheet, cells: &[String]| {
        let filled = sheet.fields.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        Value::Object(filled.map(|(field, cell)| (field.column.to_owned(), cell.as_str().into())).collect())
    };
    let filled = SHEETS.iter().filter(|sheet| !rows.rows(sheet).is_empty());
    let table = |sheet: &'static crate::drafts::sheet::Sheet| {
        (sheet.word.to_owned(), rows.rows(sheet).iter().map(|cells| row(sheet, cells)).collect::<Vec<_>>().into())
    };
    Value::Object(filled.map(table).collect::<Map<_, _>>())
}

fn findings(rows: &content::Content, proposal: &Proposal) -> Vec<Value> {
    let mut all = Vec::new();
    for sheet in &SHEETS {
        for place in 0..rows.rows(sheet).len() {
            for problem in propose::of_row(&proposal.problems, sheet, place) {
                all.push(json!({
                    "sheet": sheet.word,
                    "row": place + 1,
                    "column": rows.column_at(sheet, place, problem.at.column),
                    "severity": format!("{:?}", problem.severity).to_lowercase(),
                    "what": problem.what,
                    "hint": problem.hint,
                }));
            }
        }
    }
    all
}
