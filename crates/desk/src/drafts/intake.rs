//! From a stranger's suggestion to a draft: its words are laid into rows for somebody to mend, and kept beside them.

use edition::State;
use model::{About, Field, Id};

use super::content::{Cells, Content};
use super::queue;
use super::sheet::Sheet;
use crate::accounts::Account;
use crate::inbox::Kept;
use crate::store::{Store, StoreError};
use crate::world::World;

/// Begins a draft of a suggestion; gives its number. What the stranger wrote stands in its first comment.
pub(crate) fn begin(
    store: &Store,
    world: &dyn World,
    who: &Account,
    kept: &Kept,
    live: &State,
) -> Result<i64, StoreError> {
    let words = |field| kept.suggestion.fields.get(field);
    let first = [Field::What, Field::Source, Field::Note].map(words).into_iter().find(|words| !words.is_empty());
    let title: String = first.unwrap_or_default().chars().take(80).collect();
    let id = super::begin(store, world, who, &title, Some(kept.id))?;
    super::save(store, world, who, (id, 1), &content(kept, live))?;
    let said = Field::ALL.map(|field| (field.name(), words(field))).into_iter().filter(|(_, words)| !words.is_empty());
    let said: String = said.map(|(name, words)| format!("{name}: {words}\n")).collect();
    queue::comment(store, world, who, id, &said.chars().take(queue::LONGEST / 4).collect::<String>())?;
    Ok(id)
}

/// The rows that follow from what a suggestion is about.
fn content(kept: &Kept, live: &State) -> Content {
    let words = |field| kept.suggestion.fields.get(field).to_owned();
    let mut content = Content::default();
    let source = source(&words(Field::Source));
    if let Some((cells, _)) = &source {
        content.put(sheet("sources"), None, cells.clone());
    }
    let (about, property, replaces) = match &kept.suggestion.about {
        About::Record(record) => (record.to_string(), String::new(), String::new()),
        About::Gap(record, property) => (record.to_string(), property.to_string(), String::new()),
        About::Value(number) => match live.claim_at(*number) {
            Some((subject, property)) => (address(&subject), property.to_string(), number.to_string()),
            None => return content,
        },
        About::New | About::Page(_) => return content,
    };
    let id = source.map(|(_, id)| id.to_string()).unwrap_or_default();
    let claim = row(
        sheet("claims"),
        &[
            ("about", about),
            ("property", property),
            ("value", words(Field::What)),
            ("source", id),
            ("quote", words(Field::Passage)),
            ("replaces", replaces),
        ],
    );
    content.put(sheet("claims"), None, claim);
    content
}

/// `item/ID` or `link/ID`.
pub(crate) fn address(subject: &model::Subject) -> String {
    match subject {
        model::Subject::Item(id) => format!("item/{id}"),
        model::Subject::Link(id) => format!("link/{id}"),
    }
}

/// A source by its address, for somebody to complete.
fn source(words: &str) -> Option<(Cells, Id)> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    let id = crate::hash::id("suggested", words);
    let url = if words.starts_with("http") && !words.contains(char::is_whitespace) { words } else { "" };
    let cells = [("id", id.to_string()), ("title", words.to_owned()), ("url", url.to_owned())];
    Some((row(sheet("sources"), &cells), id))
}

/// A row with these cells filled in.
pub(crate) fn row(sheet: &Sheet, cells: &[(&str, String)]) -> Cells {
    let cell = |column: &str| cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| cell.clone());
    sheet.fields.iter().map(|field| cell(field.column).unwrap_or_default()).collect()
}

/// The sheet of a word that the program itself spells.
pub(crate) fn sheet(word: &str) -> &'static Sheet {
    Sheet::find(word).expect("invariant: the sheets have these words")
}
