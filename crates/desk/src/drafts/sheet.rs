//! What can be filled in: our own tables with the sort of each cell, from which forms, rows and files are made alike.

/// How a cell is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// One line.
    Line,
    /// Some sentences.
    Prose,
    /// One word of a table of the vocabulary.
    Word(&'static str),
    /// Several of them.
    Words(&'static str),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One of these words, each with the message that names it.
    Choice(&'static [(&'static str, &'static str)]),
    /// A country.
    Country,
    /// A property of the vocabulary.
    Property,
    /// Yes or nothing.
    Flag,
    /// A date in EDTF.
    Date,
    /// A web address.
    Url,
}

/// A column as a form shows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub column: &'static str,
    pub input: Input,
    /// The message that names it.
    pub label: &'static str,
    /// The message that helps; empty for none.
    pub help: &'static str,
    /// Whether a row can't do without it.
    pub needed: bool,
}

/// One of our own tables.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Its word in addresses; with `.csv` its file.
    pub word: &'static str,
    /// The message that names one row of it.
    pub one: &'static str,
    pub fields: &'static [Field],
}

impl Sheet {
    /// The sheet of this word.
    pub fn find(word: &str) -> Option<&'static Self> {
        SHEETS.iter().find(|sheet| sheet.word == word)
    }

    /// Its place among [`SHEETS`].
    pub fn place(&self) -> usize {
        SHEETS.iter().position(|sheet| sheet.word == self.word).expect("invariant: every sheet is in the list")
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.column == name)
    }

    /// Its file's name, as messages show it.
    pub fn file(&self) -> String {
        format!("{}.csv", self.word)
    }
}

const fn needed(column: &'static str, input: Input, label: &'static str, help: &'static str) -> Field {
    Field { column, input, label, help, needed: true }
}

const fn field(column: &'static str, input: Input, label: &'static str, help: &'static str) -> Field {
    Field { column, input, label, help, needed: false }
}

const STANCES: &[&str] = &["supports", "contradicts", "context"];

/// What can be decided about what is there.
pub(crate) const DECISIONS: &[(&str, &str)] = &[
    ("dispute", "desk-decision-dispute"),
    ("withdraw", "desk-decision-withdraw"),
    ("restore", "desk-decision-restore"),
    ("redact", "desk-decision-redact"),
    ("same", "desk-decision-same"),
    ("different", "desk-decision-different"),
    ("unsure", "desk-decision-unsure"),
];

/// Why something is destroyed: the classes that tombstones know.
pub(crate) const DESTROYING: &[&str] = &["court-order", "legal-claim", "personal-data", "safety", "copyright"];

/// Why something is taken back or destroyed.
pub(crate) const CLASSES: &[(&str, &str)] = &[
    ("mistake", "desk-class-mistake"),
    ("outdated", "desk-class-outdated"),
    ("unsupported", "desk-class-unsupported"),
    ("source-withdrawn", "desk-class-source-withdrawn"),
    ("court-order", "desk-class-court-order"),
    ("legal-claim", "desk-class-legal-claim"),
    ("personal-data", "desk-class-personal-data"),
    ("safety", "desk-class-safety"),
    ("copyright", "desk-class-copyright"),
];

/// Sources come first, for the others name them; then what names them; words stand alone; decisions are about all others.
pub(crate) static SHEETS: [Sheet; 6] = [
    Sheet {
        word: "sources",
        one: "desk-one-source",
        fields: &[
            needed("id", Input::Line, "desk-field-id", "desk-help-id"),
            needed("title", Input::Line, "desk-field-title", ""),
            field("publisher", Input::Line, "desk-field-publisher", ""),
            field("published_on", Input::Date, "desk-field-published", "desk-help-date"),
            field("language", Input::Line, "desk-field-language", "desk-help-language"),
            needed("kind", Input::Word("source-kind"), "desk-field-kind", ""),
            field("reports_on", Input::Line, "desk-field-relays", "desk-help-relays"),
            field("url", Input::Url, "desk-field-url", ""),
            field("note", Input::Prose, "desk-field-note", ""),
        ],
    },
    Sheet {
        word: "entities",
        one: "desk-one-item",
        fields: &[
            needed("id", Input::Line, "desk-field-id", "desk-help-id"),
            needed("kind", Input::Word("item-kind"), "desk-field-kind", ""),
            needed("name", Input::Line, "desk-field-name", "desk-help-name"),
            field("name_zh", Input::Line, "desk-field-name-zh", ""),
            field("aliases", Input::Line, "desk-field-aliases", "desk-help-list"),
            field("country", Input::Country, "desk-field-country", ""),
            field("city", Input::Line, "desk-field-city", ""),
            field("parent", Input::Line, "desk-field-parent", "desk-help-item"),
            field("description", Input::Prose, "desk-field-description", "desk-help-description"),
            needed("sources", Input::Line, "desk-field-sources", "desk-help-sources"),
            field("collective", Input::Flag, "desk-field-collective", ""),
            field("identifiers", Input::Line, "desk-field-identifiers", "desk-help-identifiers"),
        ],
    },
    Sheet {
        word: "relations",
        one: "desk-one-link",
        fields: &[
            needed("id", Input::Line, "desk-field-id", "desk-help-id"),
            needed("kind", Input::Word("link-type"), "desk-field-link-type", ""),
            needed("subject", Input::Line, "desk-field-subject", "desk-help-item"),
            needed("object", Input::Line, "desk-field-object", "desk-help-item"),
            field("category", Input::Words("category"), "desk-field-category", ""),
            field("place", Input::Line, "desk-field-place", ""),
            field("country", Input::Country, "desk-field-country", ""),
            field("country_role", Input::Word("country-role"), "desk-field-country-role", ""),
            field("lat", Input::Line, "desk-field-lat", "desk-help-point"),
            field("lon", Input::Line, "desk-field-lon", ""),
            field("location_precision", Input::Word("precision"), "desk-field-precision", ""),
            field("start", Input::Date, "desk-field-start", "desk-help-date"),
            field("end", Input::Date, "desk-field-end", ""),
            field("amount", Input::Line, "desk-field-amount", ""),
            field("currency", Input::Line, "desk-field-currency", "desk-help-currency"),
            field("share", Input::Line, "desk-field-share", "desk-help-share"),
            field("status", Input::Word("status"), "desk-field-status", ""),
            field("confidence", Input::Word("confidence"), "desk-field-confidence", "desk-help-confidence"),
            field("description", Input::Prose, "desk-field-description", "desk-help-description"),
            needed("sources", Input::Line, "desk-field-sources", "desk-help-sources"),
            field("offered_only", Input::Flag, "desk-field-offered", ""),
            field("highlight", Input::Flag, "desk-field-highlight", ""),
            field("topics", Input::Words("topic"), "desk-field-topics", ""),
            field("concerns", Input::Line, "desk-field-concerns", "desk-help-concerns"),
            field("reply_channel", Input::Line, "desk-field-reply-channel", ""),
            field("reply_deadline", Input::Date, "desk-field-reply-deadline", "desk-help-reply-deadline"),
            field("reply_received", Input::Date, "desk-field-reply-received", "desk-help-reply-received"),
            field("reply", Input::Prose, "desk-field-reply", "desk-help-reply"),
        ],
    },
    Sheet {
        word: "claims",
        one: "desk-one-claim",
        fields: &[
            needed("about", Input::Line, "desk-field-about", "desk-help-about"),
            needed("property", Input::Property, "desk-field-property", ""),
            field("value", Input::Prose, "desk-field-value", "desk-help-value"),
            field("language", Input::Line, "desk-field-language", "desk-help-language"),
            field("source", Input::Line, "desk-field-source", "desk-help-source"),
            field("stance", Input::OneOf(STANCES), "desk-field-stance", ""),
            field("anchor", Input::Line, "desk-field-anchor", "desk-help-anchor"),
            field("quote", Input::Prose, "desk-field-quote", "desk-help-quote"),
            field("quote_language", Input::Line, "desk-field-quote-language", ""),
            field("translation", Input::Prose, "desk-field-translation", ""),
            field("replaces", Input::Line, "desk-field-replaces", "desk-help-replaces"),
            field("reason", Input::Line, "desk-field-reason", "desk-help-reason"),
        ],
    },
    Sheet {
        word: "glossary",
        one: "desk-one-term",
        fields: &[
            needed("term", Input::Line, "desk-field-term", "desk-help-term"),
            field("term_zh", Input::Line, "desk-field-term-zh", ""),
            needed("definition", Input::Prose, "desk-field-definition", ""),
            field("definition_zh", Input::Prose, "desk-field-definition-zh", ""),
            needed("category", Input::Word("glossary-category"), "desk-field-category", ""),
        ],
    },
    Sheet {
        word: "decisions",
        one: "desk-one-decision",
        fields: &[
            needed("decision", Input::Choice(DECISIONS), "desk-field-decision", "desk-help-decision"),
            needed("about", Input::Line, "desk-field-decides", "desk-help-decides"),
            field("other", Input::Line, "desk-field-other", "desk-help-other"),
            field("class", Input::Choice(CLASSES), "desk-field-class", "desk-help-class"),
            field("notice", Input::Line, "desk-field-notice", "desk-help-notice"),
            field("reason", Input::Line, "desk-field-reason", "desk-help-reason"),
            field("source", Input::Line, "desk-field-source", "desk-help-decision-source"),
            field("anchor", Input::Line, "desk-field-anchor", "desk-help-anchor"),
            field("quote", Input::Prose, "desk-field-quote", "desk-help-quote"),
            field("quote_language", Input::Line, "desk-field-quote-language", ""),
            field("with_evidence", Input::Flag, "desk-field-with-evidence", "desk-help-with-evidence"),
            field("with_captures", Input::Flag, "desk-field-with-captures", "desk-help-with-captures"),
            field("all_sources", Input::Flag, "desk-field-all-sources", "desk-help-all-sources"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::claims;

    #[test]
    fn the_sheet_of_claims_has_the_columns_of_the_table() {
        let sheet = Sheet::find("claims").unwrap();
        let columns: Vec<&str> = sheet.fields.iter().map(|field| field.column).collect();
        assert_eq!(columns, claims::COLUMNS);
        assert_eq!((sheet.place(), sheet.column("value"), sheet.column("nothing")), (3, Some(2), None));
    }
}
