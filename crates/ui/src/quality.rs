//! The words for what an edition lacks, as the page of quality and the editors' desk both say them.

/// The message that asks a question of quality, by the question's id.
pub fn quality_label(check: &str) -> &'static str {
    LABELS.iter().find(|(id, _)| *id == check).map_or("quality-question", |(_, label)| label)
}

const LABELS: [(&str, &str); 17] = [
    ("single-source", "quality-single-source"),
    ("disputed", "quality-disputed"),
    ("offered-only", "quality-offered"),
    ("undated", "quality-undated"),
    ("unplaced", "quality-unplaced"),
    ("country-only", "quality-country-only"),
    ("stale", "quality-stale"),
    ("undated-evidence", "quality-undated-evidence"),
    ("untranslated", "quality-untranslated"),
    ("evidence-gone", "quality-evidence-gone"),
    ("no-name", "quality-no-name"),
    ("no-country", "quality-no-country"),
    ("unlinked", "quality-unlinked"),
    ("no-address", "quality-no-address"),
    ("undated-source", "quality-undated-source"),
    ("unused", "quality-unused"),
    ("untranslated-term", "quality-untranslated-term"),
];
