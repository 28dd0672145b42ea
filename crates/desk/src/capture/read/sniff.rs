//! What some bytes are: by how they begin, and only then by what they are called.

use std::io::Cursor;

use zip::ZipArchive;

use super::Hint;

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A web page.
    Html,
    /// Plain text.
    Text,
    /// A web page with what it loads, as mail.
    Mhtml,
    /// A web archive.
    Warc,
    /// A package of web archives.
    Wacz,
    /// A document of Word.
    Docx,
    /// A workbook of Excel.
    Xlsx,
    /// A text, table or presentation in the Open Document Format.
    Odf,
    /// A PDF file.
    Pdf,
    /// A ZIP file with documents in it.
    Bundle,
    /// A picture of this media type.
    Image(&'static str),
    /// Something else.
    Other,
}

impl Kind {
    /// Its media type; empty if there is none.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Text => "text/plain",
            Self::Mhtml => "multipart/related",
            Self::Warc => "application/warc",
            Self::Wacz => "application/wacz",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odf => "application/vnd.oasis.opendocument",
            Self::Pdf => "application/pdf",
            Self::Bundle => "application/zip",
            Self::Image(media_type) => media_type,
            Self::Other => "",
        }
    }
}

/// How files begin that say so.
const MAGIC: [(&[u8], Kind); 10] = [
    (b"\x89PNG\r\n\x1a\n", Kind::Image("image/png")),
    (b"\xff\xd8\xff", Kind::Image("image/jpeg")),
    (b"GIF87a", Kind::Image("image/gif")),
    (b"GIF89a", Kind::Image("image/gif")),
    (b"BM", Kind::Image("image/bmp")),
    (b"II*\0", Kind::Image("image/tiff")),
    (b"MM\0*", Kind::Image("image/tiff")),
    (b"WARC/1.", Kind::Warc),
    (b"\x1f\x8b", Kind::Warc),
    (b"%PDF-", Kind::Pdf),
];

/// Tells what some bytes are.
pub fn kind(bytes: &[u8], hint: &Hint) -> Kind {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *kind;
    }
    match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Kind::Image("image/webp"),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => package(bytes, hint),
        _ => writing(bytes, hint),
    }
}

/// Whether some bytes mean to be a web archive, told without unpacking anything: for a process that reads nothing itself.
pub fn is_web_archive(bytes: &[u8], name: &str) -> bool {
    let package = bytes.starts_with(b"PK") && name.to_ascii_lowercase().ends_with(".wacz");
    package || MAGIC.iter().any(|(magic, kind)| *kind == Kind::Warc && bytes.starts_with(magic))
}

/// A ZIP file by the names of the files in it; one that can't be read by its own name, so that it is refused for what is
/// wrong with it.
fn package(bytes: &[u8], hint: &Hint) -> Kind {
    let Ok(zip) = ZipArchive::new(Cursor::new(bytes)) else {
        return if is_web_archive(bytes, &hint.name) { Kind::Wacz } else { Kind::Other };
    };
    let has = |name: &str| zip.index_for_name(name).is_some();
    match () {
        () if has("datapackage.json") => Kind::Wacz,
        () if has("word/document.xml") => Kind::Docx,
        () if has("xl/workbook.xml") => Kind::Xlsx,
        () if has("content.xml") => Kind::Odf,
        () => Kind::Bundle,
    }
}

fn writing(bytes: &[u8], hint: &Hint) -> Kind {
    let start: Vec<u8> = bytes.iter().take(2048).map(u8::to_ascii_lowercase).collect();
    let has = |word: &str| start.windows(word.len()).any(|window| window == word.as_bytes());
    let named = |ending: &str| hint.name.to_ascii_lowercase().ends_with(ending);
    let wide = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    match hint.media_type.as_str() {
        _ if has("mime-version:") && has("multipart/related") => Kind::Mhtml,
        "text/html" | "application/xhtml+xml" => Kind::Html,
        _ if has("<!doctype html") || has("<html") || has("<body") || named(".html") || named(".htm") => Kind::Html,
        _ if start.contains(&0) && !wide => Kind::Other,
        media_type if media_type.starts_with("text/") => Kind::Text,
        "" | "application/json" => Kind::Text,
        _ => Kind::Other,
    }
}
