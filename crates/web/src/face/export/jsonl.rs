//! Links as JSON Lines, each whole: with all its claims and their evidence. The first line says what the file is.

use std::io::{self, Write};

use serde_json::json;

use super::Export;
use crate::view::Maker;

pub(super) fn write(export: &Export, out: &mut dyn Write) -> io::Result<()> {
    let maker = Maker { edition: &export.edition, lang: export.lang };
    let head = json!({
        "record": "edition",
        "attribution": export.imprint.name,
        "origin": export.edition.head().origin,
        "entries": export.stamp.number,
        "day": export.stamp.date,
        "root": export.stamp.root,
        "licence": export.imprint.licence,
        "notice": export.lang.t("notice"),
        "filter": export.filter,
    });
    writeln!(out, "{head}")?;
    for link in export.links() {
        serde_json::to_writer(&mut *out, &maker.whole(link))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
