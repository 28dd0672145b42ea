//! The whole edition as tables: items, links, claims and sources, one CSV file each.

use std::io::{self, Write};

use edition::PublishedClaim;
use ui::Lang;

use super::Contents;
use crate::ask::Face;
use crate::csv;
use crate::face::export::Export;
use crate::view::Maker;
use crate::view::claim::{Claim, Evidence};

impl Contents {
    /// Makes the records of the tables, whose labels are English.
    pub fn maker(&self) -> Maker<'_> {
        Maker { edition: &self.edition, lang: Lang::En }
    }

    /// Edition, licence, attribution: the last columns of every table.
    fn origin(&self) -> [String; 3] {
        let edition = format!("{} {} {}", self.stamp.number, self.stamp.date, self.stamp.short_root());
        [edition, self.imprint.licence.clone(), self.imprint.name.clone()]
    }

    fn row(&self, out: &mut dyn Write, cells: &[&str]) -> io::Result<()> {
        let origin = self.origin();
        let cells = cells.iter().copied().chain(origin.iter().map(String::as_str));
        out.write_all(csv::row(cells).as_bytes())
    }
}

fn header(out: &mut dyn Write, columns: &[&str]) -> io::Result<()> {
    let all = columns.iter().copied().chain(["edition", "licence", "attribution"]);
    out.write_all(csv::row(all).as_bytes())
}

pub(super) fn links_csv(contents: &Contents, out: &mut (dyn Write + Send)) -> io::Result<()> {
    Export::whole(contents).write(Face::Csv, out)
}

pub(super) fn links_geojson(contents: &Contents, out: &mut (dyn Write + Send)) -> io::Result<()> {
    Export::whole(contents).write(Face::GeoJson, out)
}

pub(super) fn items(contents: &Contents, out: &mut (dyn Write + Send)) -> io::Result<()> {
    header(out, &["id", "kind", "name_en", "name_zh", "collective", "url"])?;
    for item in contents.edition.items() {
        let url = contents.imprint.whole(&contents.maker().urls().item(item.id()));
        let collective = if item.collective() { "yes" } else { "" };
        contents.row(out, &[item.id(), item.kind(), item.name("en"), item.name("zh-Hans"), collective, &url])?;
    }
    Ok(())
}

pub(super) fn sources(contents: &Contents, out: &mut (dyn Write + Send)) -> io::Result<()> {
    header(
        out,
        &["id", "title", "title_language", "publisher", "published", "language", "kind", "relays", "address", "note"],
    )?;
    for view in contents.edition.sources() {
        let source = view.source();
        let relays = source.relays.iter().map(|id| id.as_str()).collect::<Vec<_>>().join("|");
        let published = source.published.as_ref().map_or("", |date| date.as_str());
        let cells = [
            view.id(),
            source.title.text(),
            source.title.lang(),
            &source.publisher,
            published,
            &source.language,
            source.kind.as_str(),
            &relays,
            &source.url,
            &source.note,
        ];
        contents.row(out, &cells)?;
    }
    Ok(())
}

pub(super) fn claims(contents: &Contents, out: &mut (dyn Write + Send)) -> io::Result<()> {
    header(out, &["id", "record", "subject", "property", "type", "value", "confidence", "evidence"])?;
    each_claim(contents, |record, subject, claim| {
        let (kind, value) = value(claim);
        let evidence = claim.evidence.iter().map(cited).collect::<Vec<_>>().join("|");
        contents.row(out, &[&claim.id, record, subject, &claim.property.id, &kind, &value, claim.confidence, &evidence])
    })
}

fn cited(evidence: &Evidence) -> String {
    format!("{}:{}", evidence.source.source, evidence.stance)
}

/// Gives every claim with its record's kind (`item`, `link`) and id.
pub(super) fn each_claim(
    contents: &Contents,
    mut give: impl FnMut(&str, &str, &Claim) -> io::Result<()>,
) -> io::Result<()> {
    let maker = contents.maker();
    let mut all = |record: &str, id: &str, claims: Vec<PublishedClaim<'_>>| {
        claims.iter().try_for_each(|claim| give(record, id, &maker.claim(claim)))
    };
    for item in contents.edition.items() {
        all("item", item.id(), item.claims())?;
    }
    contents.edition.links().into_iter().try_for_each(|link| all("link", link.id(), link.claims()))
}

/// A claim's type and value as texts: a value of one part as that part, one of several as JSON.
pub(super) fn value(claim: &Claim) -> (String, String) {
    let json = serde_json::to_value(&claim.value).unwrap_or_default();
    let mut parts = json.as_object().cloned().unwrap_or_default();
    let kind = parts.remove("type").and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
    let text = match parts.len() {
        0 => String::new(),
        1 => parts.values().next().map(plain).unwrap_or_default(),
        _ => serde_json::Value::Object(parts).to_string(),
    };
    (kind, text)
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
