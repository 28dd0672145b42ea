//! From a task to a draft: a row that needs but its value and its source.

use edition::Edition;
use model::GlossaryTerm;
use rusqlite::params;

use super::Task;
use crate::accounts::Account;
use crate::drafts;
use crate::drafts::content::{Cells, Content};
use crate::drafts::sheet::Sheet;
use crate::store::{Store, StoreError};
use crate::world::World;

/// Begins the draft of a task that one holds; gives its number. `None` if they do not hold it, or have one already.
pub(crate) fn begin(
    store: &Store,
    world: &dyn World,
    who: &Account,
    task: &Task,
    (title, edition): (&str, &Edition),
) -> Result<Option<i64>, StoreError> {
    if task.holder != Some(who.id) || task.state != super::State::Taken || task.draft.is_some() {
        return Ok(None);
    }
    let draft = drafts::begin(store, world, who, title, None)?;
    drafts::save(store, world, who, (draft, 1), &content(task, edition))?;
    let sql = "UPDATE task SET draft = ?3 WHERE id = ?1 AND holder = ?2 AND state = 'taken' AND draft IS NULL";
    let joined = store.write(|tx| Ok(tx.execute(sql, params![task.id, who.id, draft])?))?;
    Ok((joined == 1).then_some(draft))
}

/// The row that follows from what a task is about.
fn content(task: &Task, edition: &Edition) -> Content {
    let (kind, mut content) = (task.kind, Content::default());
    let (sheet, cells): (&str, Vec<(&str, String)>) = match task.record.split_once('/') {
        Some(("term", id)) => match edition.terms().find(|term| term.id.as_str() == id) {
            Some(term) => ("glossary", explained(term)),
            None => return content,
        },
        Some(("item", id)) if kind.property.is_empty() => ("relations", vec![("subject", id.to_owned())]),
        _ => {
            let text = matches!(kind.property, "name" | "description");
            let language = if text { kind.lang } else { "" };
            let about = [("about", task.record.as_str()), ("property", kind.property), ("value", kind.value)];
            let cells = about.into_iter().chain([("language", language)]);
            ("claims", cells.map(|(column, cell)| (column, cell.to_owned())).collect())
        }
    };
    let sheet = Sheet::find(sheet).expect("invariant: the sheets have these words");
    content.put(sheet, None, row(sheet, &cells));
    content
}

/// What is said of a word already, so that nothing of it is lost.
fn explained(term: &GlossaryTerm) -> Vec<(&'static str, String)> {
    let of = |texts: &[model::LangText], chinese: bool| {
        let own = texts.iter().find(|text| text.lang().starts_with("zh") == chinese);
        own.map_or(String::new(), |text| text.text().to_owned())
    };
    vec![
        ("term", of(&term.names, false)),
        ("term_zh", of(&term.names, true)),
        ("definition", of(&term.definitions, false)),
        ("definition_zh", of(&term.definitions, true)),
        ("category", term.category.to_string()),
    ]
}

fn row(sheet: &Sheet, cells: &[(&str, String)]) -> Cells {
    let cell = |column: &str| cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| cell.clone());
    sheet.fields.iter().map(|field| cell(field.column).unwrap_or_default()).collect()
}
