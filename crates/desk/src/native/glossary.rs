//! Reads `glossary.csv`: words explained.

use model::{GlossaryTerm, Id, LangText};

use super::Reading;
use super::cell::{self, Unsound};
use crate::facts::{TermFacts, english};
use crate::table::{Row, Table};

const COLUMNS: [&str; 5] = ["term", "term_zh", "definition", "definition_zh", "category"];

/// Reads the table.
pub(super) fn read(reading: &mut Reading<'_>, table: &Table<'_>) {
    if !table.requires(&["term", "definition", "category"], reading.problems) {
        return;
    }
    table.knows(&COLUMNS, reading.problems);
    super::each(reading, table, |reading, row| {
        let Some(term) = term(reading, row) else { return };
        if let Some(first) = reading.facts.terms.iter().find(|t| t.term.id == term.id) {
            let line = first.at.line;
            return reading.twice(row, &term.id, line);
        }
        reading.facts.terms.push(TermFacts { term, at: row.spot("term") });
    });
}

fn term(reading: &mut Reading<'_>, row: &Row<'_, '_>) -> Option<GlossaryTerm> {
    let word = row.get("term");
    let id = Id::slug(word).ok_or_else(|| {
        Unsound::new(format!("`{}` gives no id", cell::short(word))).hint("the term needs a Latin letter or digit")
    });
    let id = reading.sound(row, "term", id)?;
    let category = cell::word(reading.vocabulary, "glossary-category", &row.get("category").replace(' ', "-"));
    let category = reading.sound(row, "category", category)?.id;
    let both = |en: &str, zh: &str| -> Vec<LangText> {
        let simplified = |text| LangText::new(text, "zh-Hans").expect("invariant: `zh-Hans` is a language tag");
        std::iter::once(english(en)).chain((!zh.is_empty()).then(|| simplified(zh))).collect()
    };
    Some(GlossaryTerm {
        id,
        names: both(word, row.get("term_zh")),
        definitions: both(row.get("definition"), row.get("definition_zh")),
        category,
    })
}
