//! Case studies: texts of the editors that are pinned to records.

use crate::{Date, Id, LangText};

/// A case study in one language. The same id in another language is the same story, translated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Story {
    /// Its id.
    pub id: Id,
    /// Its title; the title's language is that of the whole text.
    pub title: LangText,
    /// One or two sentences for lists and previews.
    pub summary: Box<str>,
    /// When it was written. EDTF.
    pub written: Date,
    /// Markdown without raw HTML, with the references and directives of `docs/stories.md`.
    pub body: Box<str>,
}
