//! A ZIP file of documents: the words of each, one after the other. Nothing is unpacked to a disk, and no name in it is used.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Document, Hint, Kind, MOST, Unread, kind, of_pages, read_as};

/// No more files of a bundle are looked at.
const FILES: usize = 1000;

/// Reads what can be read of the files in it. Archives inside are left closed.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Unread::Damaged(error.to_string()))?;
    if zip.len() > FILES {
        return Err(Unread::TooLarge("the number of its files".into()));
    }
    let (mut pages, mut left) = (Vec::new(), MOST);
    for at in 0..zip.len() {
        let Ok(file) = zip.by_index(at) else { continue };
        if !file.is_file() {
            continue;
        }
        let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
        let mut inner = Vec::new();
        let read = file.take(left + 1).read_to_end(&mut inner);
        left = left.checked_sub(inner.len() as u64).ok_or_else(|| Unread::TooLarge("its files".into()))?;
        let hint = Hint { name, ..Hint::default() };
        if read.is_ok() && is_document(kind(&inner, &hint)) {
            pages.extend(
                read_as(kind(&inner, &hint), &inner, &hint).map(|document| paged(&document)).unwrap_or_default(),
            );
        }
    }
    if pages.is_empty() { Err(Unread::Kind("application/zip".into())) } else { Ok(of_pages("", &pages)) }
}

fn is_document(kind: Kind) -> bool {
    matches!(kind, Kind::Html | Kind::Text | Kind::Mhtml | Kind::Docx | Kind::Xlsx | Kind::Odf | Kind::Pdf)
}

/// Its paragraphs by page.
fn paged(document: &Document) -> Vec<Vec<String>> {
    let mut pages: Vec<Vec<String>> = Vec::new();
    for paragraph in document.text.paragraphs() {
        let number = paragraph.page as usize;
        pages.resize_with(pages.len().max(number), Vec::new);
        pages[number - 1].push(paragraph.words.to_owned());
    }
    pages
}
