//! Documents of office programs: the text in their XML, read as a stream, with a bound on what it unfolds to.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use zip::ZipArchive;

use super::{Document, Kind, MOST, Unread, of_pages};
use crate::capture::decode::text_of;

/// Reads a document, workbook or Open Document file. A sheet of a workbook is a page, a row a paragraph.
pub(super) fn read(bytes: &[u8], kind: Kind) -> Result<Document, Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Unread::Damaged(error.to_string()))?;
    let mut left = MOST;
    let pages = match kind {
        Kind::Xlsx => sheets(&mut zip, &mut left)?,
        Kind::Docx => vec![paragraphs(&part(&mut zip, "word/document.xml", &mut left)?, &["p"])?],
        _ => vec![paragraphs(&part(&mut zip, "content.xml", &mut left)?, &["p", "h"])?],
    };
    Ok(of_pages("", &pages))
}

type Zip<'b> = ZipArchive<Cursor<&'b [u8]>>;

fn part(zip: &mut Zip<'_>, name: &str, left: &mut u64) -> Result<Vec<u8>, Unread> {
    let file = zip.by_name(name).map_err(|error| Unread::Damaged(format!("`{name}`: {error}")))?;
    let mut bytes = Vec::new();
    let read = file.take(*left + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > *left {
        return Err(Unread::TooLarge(format!("`{name}`")));
    }
    *left -= bytes.len() as u64;
    read.map_err(|error| Unread::Damaged(format!("`{name}`: {error}")))?;
    Ok(bytes)
}

/// What readers of a document do not see: text that was struck out, fields' codes, who remarked what and when.
const UNSEEN: [&str; 4] = ["delText", "instrText", "annotation", "tracked-changes"];

/// The text within elements of these local names, each a paragraph.
fn paragraphs(xml: &[u8], names: &[&str]) -> Result<Vec<String>, Unread> {
    let (mut all, mut open, mut depth, mut unseen) = (Vec::new(), String::new(), 0usize, 0usize);
    let xml = text_of(xml, None);
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event().map_err(|error| Unread::Damaged(error.to_string()))? {
            Event::Eof => break,
            Event::Start(tag) if UNSEEN.contains(&tag.local_name().as_ref()) => unseen += 1,
            Event::End(tag) if UNSEEN.contains(&tag.local_name().as_ref()) => unseen = unseen.saturating_sub(1),
            _ if unseen > 0 => {}
            Event::Start(tag) if names.contains(&tag.local_name().as_ref()) => depth += 1,
            Event::End(tag) if names.contains(&tag.local_name().as_ref()) => {
                depth = depth.saturating_sub(1);
                all.push(std::mem::take(&mut open));
            }
            Event::Empty(tag) if matches!(tag.local_name().as_ref(), "tab" | "br" | "s" | "line-break") => {
                open.push(' ');
            }
            Event::Text(text) if depth > 0 => open.push_str(&text),
            Event::GeneralRef(name) if depth > 0 => open.push_str(&entity(&name)),
            _ => {}
        }
    }
    Ok(all)
}

fn damaged(error: impl std::fmt::Display) -> Unread {
    Unread::Damaged(error.to_string())
}

/// XML's own five entities and characters by number; what a file defines itself is not looked at.
fn entity(reference: &BytesRef<'_>) -> String {
    let number = reference.resolve_char_ref().ok().flatten().map(String::from);
    let named = || quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned);
    number.or_else(named).unwrap_or_default()
}

fn sheets(zip: &mut Zip<'_>, left: &mut u64) -> Result<Vec<Vec<String>>, Unread> {
    let shared = match zip.index_for_name("xl/sharedStrings.xml") {
        Some(_) => paragraphs(&part(zip, "xl/sharedStrings.xml", left)?, &["si"])?,
        None => Vec::new(),
    };
    let number = |name: &str| name.strip_prefix("xl/worksheets/sheet")?.strip_suffix(".xml")?.parse::<u32>().ok();
    let names = zip.file_names().flatten();
    let names: BTreeMap<u32, String> = names.filter_map(|name| Some((number(&name)?, name.into_owned()))).collect();
    let mut pages = Vec::new();
    let mut all = 0;
    for name in names.values() {
        let page = rows(&part(zip, name, left)?, &shared)?;
        // One long text that ten thousand cells point to is a bomb of a kind.
        all += page.iter().map(String::len).sum::<usize>();
        if all > super::MOST_TEXT {
            return Err(Unread::TooLarge(format!("`{name}`")));
        }
        pages.push(page);
    }
    Ok(pages)
}

/// The rows of a sheet, their cells parted by spaces. Only cells that are written are there, wherever they stand.
fn rows(xml: &[u8], shared: &[String]) -> Result<Vec<String>, Unread> {
    let (mut rows, mut row, mut cell) = (Vec::new(), String::new(), String::new());
    let (mut pointing, mut valued, mut length) = (false, false, 0);
    let xml = text_of(xml, None);
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "c" => {
                    let kind = tag.try_get_attribute("t").ok().flatten();
                    pointing = kind.is_some_and(|kind| kind.value.as_ref() == "s");
                }
                "v" | "t" => valued = true,
                _ => {}
            },
            Event::Text(text) if valued => cell.push_str(&text),
            Event::GeneralRef(name) if valued => cell.push_str(&entity(&name)),
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => valued = false,
                "c" => {
                    let text = std::mem::take(&mut cell);
                    let pointed = || text.trim().parse().ok().and_then(|number: usize| shared.get(number));
                    let told = if pointing { pointed().map_or("", String::as_str) } else { text.as_str() };
                    length += told.len();
                    row.push_str(told);
                    row.push(' ');
                }
                "row" => rows.push(std::mem::take(&mut row)),
                _ => {}
            },
            Event::Eof => return Ok(rows),
            _ => {}
        }
        if length > super::MOST_TEXT {
            return Err(Unread::TooLarge("its cells".into()));
        }
    }
}
