//! The whole edition as a SQLite database: items, links, claims, evidence, sources, and a table that says what it is.

use std::fs::File;
use std::io;

use rusqlite::{Connection, Transaction, params};

use super::Contents;
use super::tables::{each_claim, value};
use crate::face::export::{COLUMNS, Export};

const TABLES: &str = "
    PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE items (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name_en TEXT NOT NULL, name_zh TEXT NOT NULL,
        collective INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE sources (id TEXT PRIMARY KEY, title TEXT NOT NULL, title_language TEXT NOT NULL, publisher TEXT NOT NULL,
        published TEXT, language TEXT NOT NULL, kind TEXT NOT NULL, address TEXT NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE relays (source TEXT NOT NULL, original TEXT NOT NULL, PRIMARY KEY (source, original)) WITHOUT ROWID;
    CREATE TABLE claims (id TEXT PRIMARY KEY, record TEXT NOT NULL, subject TEXT NOT NULL, property TEXT NOT NULL,
        type TEXT NOT NULL, value TEXT NOT NULL, confidence TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE evidence (id TEXT NOT NULL, claim TEXT NOT NULL, source TEXT NOT NULL, stance TEXT NOT NULL, anchor TEXT,
        PRIMARY KEY (claim, id)) WITHOUT ROWID;
";

const INDICES: &str = "
    CREATE INDEX links_subject ON links (subject); CREATE INDEX links_object ON links (object);
    CREATE INDEX links_country ON links (country); CREATE INDEX claims_subject ON claims (subject, property);
    CREATE INDEX evidence_source ON evidence (source);
";

/// Writes the database; the file has no name when it is given back.
pub(super) fn write(contents: &Contents) -> io::Result<File> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("atlas.sqlite");
    let mut connection = Connection::open(&path).map_err(io::Error::other)?;
    connection.execute_batch(TABLES).map_err(io::Error::other)?;
    fill(&mut connection, contents).map_err(io::Error::other)?;
    connection.close().map_err(|(_, error)| io::Error::other(error))?;
    File::open(path)
}

fn fill(connection: &mut Connection, contents: &Contents) -> rusqlite::Result<()> {
    let columns = COLUMNS[..23].iter().map(|name| match *name {
        "id" => "id TEXT PRIMARY KEY".to_owned(),
        "lat" | "lon" => format!("{name} REAL"),
        other => format!("{other} TEXT NOT NULL"),
    });
    let columns: Vec<String> = columns.collect();
    connection.execute_batch(&format!("CREATE TABLE links ({}) WITHOUT ROWID", columns.join(", ")))?;
    let transaction = connection.transaction()?;
    meta(&transaction, contents)?;
    records(&transaction, contents)?;
    links(&transaction, contents)?;
    claims(&transaction, contents)?;
    transaction.commit()?;
    connection.execute_batch(INDICES)
}

fn meta(to: &Transaction<'_>, contents: &Contents) -> rusqlite::Result<()> {
    let Contents { edition, imprint, stamp } = contents;
    let notice = ui::Lang::En.t("notice");
    let entries = stamp.number.to_string();
    for (key, value) in [
        ("name", imprint.name.as_str()),
        ("licence", &imprint.licence),
        ("address", &imprint.address),
        ("log", &edition.head().origin),
        ("edition", &entries),
        ("day", &stamp.date),
        ("root", &stamp.root),
        ("notice", &notice),
    ] {
        to.execute("INSERT INTO meta VALUES (?1, ?2)", params![key, value])?;
    }
    Ok(())
}

fn records(to: &Transaction<'_>, contents: &Contents) -> rusqlite::Result<()> {
    let mut insert = to.prepare("INSERT INTO items VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for item in contents.edition.items() {
        insert.execute(params![item.id(), item.kind(), item.name("en"), item.name("zh-Hans"), item.collective()])?;
    }
    let mut insert = to.prepare("INSERT INTO sources VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    let mut relay = to.prepare("INSERT OR IGNORE INTO relays VALUES (?1, ?2)")?;
    for view in contents.edition.sources() {
        let source = view.source();
        let published = source.published.as_ref().map(|date| date.as_str());
        let (title, kind) = (&source.title, source.kind.as_str());
        insert.execute(params![
            view.id(),
            title.text(),
            title.lang(),
            &*source.publisher,
            published,
            &*source.language,
            kind,
            &*source.url,
            &*source.note
        ])?;
        source.relays.iter().try_for_each(|id| relay.execute(params![view.id(), id.as_str()]).map(drop))?;
    }
    Ok(())
}

fn links(to: &Transaction<'_>, contents: &Contents) -> rusqlite::Result<()> {
    let marks: Vec<String> = (1..=23).map(|n| format!("?{n}")).collect();
    let mut insert = to.prepare(&format!("INSERT INTO links VALUES ({})", marks.join(", ")))?;
    Export::whole(contents).each_row(|cells| {
        for (at, cell) in cells[..23].iter().enumerate() {
            let place = matches!(COLUMNS[at], "lat" | "lon");
            match (place, cell.parse::<f64>()) {
                (true, Ok(degrees)) => insert.raw_bind_parameter(at + 1, degrees)?,
                (true, Err(_)) => insert.raw_bind_parameter(at + 1, rusqlite::types::Null)?,
                _ => insert.raw_bind_parameter(at + 1, cell)?,
            }
        }
        insert.raw_execute().map(drop)
    })
}

fn claims(to: &Transaction<'_>, contents: &Contents) -> rusqlite::Result<()> {
    let mut insert = to.prepare("INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    let mut evidence = to.prepare("INSERT OR IGNORE INTO evidence VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut one = |record: &str, subject: &str, claim: &crate::view::claim::Claim| -> rusqlite::Result<()> {
        let (kind, value) = value(claim);
        insert.execute(params![claim.id, record, subject, claim.property.id, kind, value, claim.confidence])?;
        for cited in &claim.evidence {
            evidence.execute(params![cited.id, claim.id, cited.source.source, cited.stance, cited.anchor])?;
        }
        Ok(())
    };
    each_claim(contents, |record, subject, claim| one(record, subject, claim).map_err(io::Error::other))
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
