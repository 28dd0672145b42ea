//! Finds in a draft what may be about a private person, before it goes any further. A person looks then; nothing is
//! decided here.

use crate::drafts::content::Content;
use crate::drafts::sheet::SHEETS;
use crate::inbox::{SignKind, signs};

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What it may be.
    pub kind: SignKind,
    /// The words themselves.
    pub words: String,
    /// Where they stand.
    pub at: String,
}

/// So many findings are shown; more would not be read.
const MOST: usize = 100;

/// Cells whose numbers and names are no persons': they have a form of their own.
const FORMAL: [&str; 11] =
    ["id", "identifiers", "lat", "lon", "amount", "url", "published_on", "replaces", "sources", "concerns", "decision"];

/// What stands in a draft.
pub(crate) fn screen(content: &Content) -> Vec<Finding> {
    let mut found = Vec::new();
    for sheet in &SHEETS {
        for (row, cells) in content.rows(sheet).iter().enumerate() {
            for (field, cell) in sheet.fields.iter().zip(cells).filter(|(field, _)| !FORMAL.contains(&field.column)) {
                let at = format!("{} {}: {}", sheet.word, row + 1, field.column);
                let found_here = signs(cell).into_iter();
                found.extend(found_here.map(|sign| Finding { kind: sign.kind, words: sign.words, at: at.clone() }));
            }
        }
    }
    found.truncate(MOST);
    found
}

/// The message that names a kind.
pub(crate) fn label(kind: SignKind) -> &'static str {
    match kind {
        SignKind::Email => "desk-personal-mail",
        SignKind::Phone => "desk-personal-phone",
        SignKind::Number => "desk-personal-number",
        SignKind::Name => "desk-personal-person",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_free_text_is_found_with_its_place_and_formal_cells_are_not_searched() {
        let mut content = Content::default();
        let table = b"id,title,kind,url,note\n\
            s-1,Report,news,https://paper.example/13912345678,\"ask jane.roe@example.org, +254 20 222 2222\"\n";
        content.paste(table).unwrap();
        let found: Vec<_> = screen(&content).into_iter().map(|f| (f.kind, f.words, f.at)).collect();
        let at = || "sources 1: note".to_owned();
        assert_eq!(
            found,
            [
                (SignKind::Email, "jane.roe@example.org".to_owned(), at()),
                (SignKind::Phone, "+254 20 222 2222".to_owned(), at()),
            ]
        );
    }
}
