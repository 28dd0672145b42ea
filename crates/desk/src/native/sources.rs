//! Reads `sources.csv`: publications and what they relay.

use model::{Date, LangText, Problem, Source};

use super::Reading;
use super::cell::{self, Unsound};
use crate::table::{Row, Table};

const COLUMNS: [&str; 9] =
    ["id", "title", "publisher", "published_on", "language", "kind", "reports_on", "url", "note"];

/// Reads the table.
pub(super) fn read(reading: &mut Reading<'_>, table: &Table<'_>) {
    if !table.requires(&["id", "title", "kind"], reading.problems) {
        return;
    }
    table.knows(&COLUMNS, reading.problems);
    super::each(reading, table, |reading, row| {
        if let Some(source) = source(reading, row) {
            let id = source.id.clone();
            if let Err(first) = reading.facts.add_source(source, row.spot("id")) {
                reading.twice(row, &id, first.line);
            }
        }
    });
}

fn source(reading: &mut Reading<'_>, row: &Row<'_, '_>) -> Option<Source> {
    let id = reading.id(row, "id")?;
    let kind = reading.sound(row, "kind", cell::word(reading.vocabulary, "source-kind", row.get("kind")))?.id;
    let language = row.get("language");
    let title = reading.sound(row, "language", title(row.get("title"), language))?;
    if title.text().is_empty() {
        reading
            .problems
            .push(Problem::error(row.at("title"), "the title is missing").hint("a plain description will do"));
    }
    let published = match row.get("published_on") {
        "" => None,
        text => {
            let date = Date::parse(text)
                .map_err(|e| Unsound::new(format!("`{}` is not an EDTF date: {e}", cell::short(text))));
            Some(reading.sound(row, "published_on", date)?)
        }
    };
    let url = row.get("url");
    if !url.is_empty() {
        reading.sound(row, "url", cell::url(url))?;
    }
    let relays: Vec<_> = row.list("reports_on").map(cell::id).collect();
    let relays = relays.into_iter().filter_map(|relayed| reading.sound(row, "reports_on", relayed)).collect();
    let text = |column: &str| row.get(column).into();
    Some(Source {
        id,
        title,
        publisher: text("publisher"),
        published,
        language: language.into(),
        kind,
        relays,
        url: url.into(),
        note: text("note"),
    })
}

/// The title in its language; in none if the source has several.
fn title(title: &str, language: &str) -> Result<LangText, Unsound> {
    match language.contains('|') {
        true => Ok(LangText::plain(title)),
        false => cell::tagged(title, language),
    }
}
