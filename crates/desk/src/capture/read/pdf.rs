//! PDF files: the words of each page, in the order in which the file draws them.

use lopdf::{DecompressError, Error, LoadOptions};

use super::{Document, MOST, MOST_TEXT, Unread, of_pages};

/// No more pages of a file are read.
const PAGES: usize = 5000;

/// Reads a PDF. What it says of itself (author, program, dates) is left alone; pictures of words give none.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Unread> {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let options = LoadOptions { max_decompressed_size: Some(most), ..LoadOptions::default() };
    let pdf = lopdf::Document::load_mem_with_options(bytes, options).map_err(|error| refused(&error))?;
    let (mut pages, mut length) = (Vec::new(), 0);
    for number in pdf.get_pages().into_keys().take(PAGES) {
        let text = pdf.extract_text_with_limit(&[number], most).map_err(|error| refused(&error))?;
        length += text.len();
        if length > MOST_TEXT {
            return Err(Unread::TooLarge("its text".into()));
        }
        pages.push(text.split("\n\n").map(str::to_owned).collect());
    }
    if pages.is_empty() {
        return Err(Unread::Damaged("it has no page".into()));
    }
    Ok(of_pages("", &pages))
}

fn refused(error: &Error) -> Unread {
    match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Unread::TooLarge("a part of it".into()),
        other => Unread::Damaged(other.to_string()),
    }
}
