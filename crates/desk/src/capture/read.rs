//! Reading what was captured: its text by pages and paragraphs, its title and language, a picture's size.
//!
//! Everything here reads bytes from strangers with other people's parsers. It is meant to run in a process that has
//! nothing, may do nothing, and is thrown away.

mod archive;
mod bundle;
mod mail;
mod office;
mod pdf;
mod sniff;

use model::{CanonicalError, CaptureText, Reader, Writer, language_of_script};

use super::decode::text_of;
use super::page::page;
pub use sniff::is_web_archive;
use sniff::{Kind, kind};

/// What is known of some bytes before they are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hint {
    /// A file's name, or empty.
    pub name: String,
    /// The media type that its sender stated, or empty.
    pub media_type: String,
    /// The character encoding that its sender stated, or empty.
    pub charset: String,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What it is.
    pub media_type: String,
    /// Its text; empty for a picture.
    pub text: CaptureText,
    /// A picture's width and height, or zeroes.
    pub size: (u32, u32),
    /// For a web archive: the address of its first page, and when that was captured, as it says.
    pub page: Option<(String, String)>,
}

/// Why something was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// There is no reader for it; it is kept all the same.
    #[error("there is no reader for `{0}`")]
    Kind(String),
    /// It is cut or damaged.
    #[error("it can't be read: {0}")]
    Damaged(String),
    /// It unfolds to more than is taken.
    #[error("it unfolds to more than is taken: {0}")]
    TooLarge(String),
}

/// Bytes that a part of a file may unfold to, and all parts together.
pub(crate) const MOST: u64 = 48 << 20;
/// Bytes of text that are kept.
const MOST_TEXT: usize = 16 << 20;

/// Reads some bytes.
pub fn read(bytes: &[u8], hint: &Hint) -> Result<Document, Unread> {
    let kind = kind(bytes, hint);
    if kind == Kind::Bundle { bundle::read(bytes) } else { read_as(kind, bytes, hint) }
        .and_then(|document| within(document, kind))
}

/// Reads some bytes as what they are; a bundle is opened by whoever has it.
fn read_as(kind: Kind, bytes: &[u8], hint: &Hint) -> Result<Document, Unread> {
    match kind {
        Kind::Html => Ok(web(&text_of(bytes, label(hint)))),
        Kind::Text => Ok(plain(&text_of(bytes, label(hint)))),
        Kind::Mhtml => mail::read(bytes),
        Kind::Warc | Kind::Wacz => archive::read(bytes, kind),
        Kind::Docx | Kind::Xlsx | Kind::Odf => office::read(bytes, kind),
        Kind::Pdf => pdf::read(bytes),
        Kind::Image(media_type) => image(bytes, media_type),
        Kind::Bundle | Kind::Other => Err(Unread::Kind(hint.media_type.clone())),
    }
}

/// A document that is no longer than is kept, with its media type.
fn within(mut document: Document, kind: Kind) -> Result<Document, Unread> {
    if document.text.body().len() > MOST_TEXT {
        return Err(Unread::TooLarge("its text".into()));
    }
    if document.media_type.is_empty() {
        document.media_type = kind.media_type().into();
    }
    Ok(document)
}

fn label(hint: &Hint) -> Option<&str> {
    Some(hint.charset.as_str()).filter(|label| !label.is_empty())
}

fn web(html: &str) -> Document {
    let page = page(html);
    let language = spoken(&page.language, page.paragraphs.iter().map(String::as_str));
    Document { text: CaptureText::new(&language, &page.title, &[page.paragraphs]), ..Document::default() }
}

/// Paragraphs of plain text are parted by empty lines; pages by form feeds.
fn plain(text: &str) -> Document {
    let paragraphs = |page: &str| page.replace("\r\n", "\n").split("\n\n").map(str::to_owned).collect::<Vec<_>>();
    let pages: Vec<Vec<String>> = text.split('\u{c}').map(paragraphs).collect();
    of_pages("", &pages)
}

fn of_pages(title: &str, pages: &[Vec<String>]) -> Document {
    let language = spoken("", pages.iter().flatten().map(String::as_str));
    Document { text: CaptureText::new(&language, title, pages), ..Document::default() }
}

/// The language that is stated, or else the one that the writing tells; empty if it tells none.
fn spoken<'t>(stated: &str, paragraphs: impl Iterator<Item = &'t str>) -> String {
    if !stated.is_empty() {
        return stated.chars().take(35).collect();
    }
    let start: String = paragraphs.take(200).collect();
    let letters = start.chars().filter(|c| c.is_alphabetic()).count();
    let foreign = start.chars().filter(|c| *c >= '\u{3040}' && c.is_alphabetic()).count();
    // A name in Chinese characters on an English page makes it no Chinese page.
    if foreign * 4 < letters { String::new() } else { language_of_script(&start).into() }
}

fn image(bytes: &[u8], media_type: &str) -> Result<Document, Unread> {
    let size = imagesize::blob_size(bytes).map_err(|error| Unread::Damaged(error.to_string()))?;
    let side = |length: usize| u32::try_from(length).map_err(|_| Unread::TooLarge("its sides".into()));
    Ok(Document { media_type: media_type.into(), size: (side(size.width)?, side(size.height)?), ..Document::default() })
}

/// What goes to the reader's process: a hint and the bytes.
pub fn write_task(bytes: &[u8], hint: &Hint) -> Vec<u8> {
    let mut w = Writer::new();
    w.text(&hint.name).text(&hint.media_type).text(&hint.charset).bytes(bytes);
    w.into_bytes()
}

/// Does what [`write_task`] asks, and gives what [`read_answer`] reads.
pub fn answer(task: &[u8]) -> Vec<u8> {
    let mut r = Reader::new(task);
    let asked = |r: &mut Reader<'_>| -> Result<Hint, CanonicalError> {
        Ok(Hint { name: r.text()?.into(), media_type: r.text()?.into(), charset: r.text()?.into() })
    };
    let done = asked(&mut r).and_then(|hint| Ok((hint, r.bytes()?)));
    let done = done.map_err(|error| Unread::Damaged(error.to_string())).and_then(|(hint, bytes)| read(bytes, &hint));
    write_answer(&done)
}

fn write_answer(done: &Result<Document, Unread>) -> Vec<u8> {
    let mut w = Writer::new();
    match done {
        Ok(document) => {
            w.u8(0).text(&document.media_type).bytes(&document.text.to_bytes());
            w.u32(document.size.0).u32(document.size.1);
            w.option(document.page.as_ref(), |w, (url, date)| {
                w.text(url).text(date);
            });
        }
        Err(Unread::Kind(what)) => drop(w.u8(1).text(what)),
        Err(Unread::Damaged(what)) => drop(w.u8(2).text(what)),
        Err(Unread::TooLarge(what)) => drop(w.u8(3).text(what)),
    }
    w.into_bytes()
}

/// What the reader's process says. The outer error is for an answer that none of our readers gives.
pub fn read_answer(bytes: &[u8]) -> Result<Result<Document, Unread>, CanonicalError> {
    let mut r = Reader::new(bytes);
    let done = match r.u8()? {
        0 => Ok(Document {
            media_type: line(r.text()?, 100),
            text: CaptureText::from_bytes(r.bytes()?).ok_or_else(|| r.meaning("a text"))?,
            size: (r.u32()?, r.u32()?),
            page: r.option(|r| Ok((line(r.text()?, super::wire::LONGEST_URL), line(r.text()?, 40))))?,
        }),
        1 => Err(Unread::Kind(line(r.text()?, 100))),
        2 => Err(Unread::Damaged(line(r.text()?, 300))),
        3 => Err(Unread::TooLarge(line(r.text()?, 300))),
        other => return Err(r.meaning(format!("answer `{other}`"))),
    };
    r.finish()?;
    Ok(done)
}

fn line(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

#[cfg(test)]
mod tests;
