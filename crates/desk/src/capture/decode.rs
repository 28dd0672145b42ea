//! From a body as received to text: content codings undone within bounds, and its character encoding found.

use std::io::Read;

use encoding_rs::{Encoding, UTF_8};

/// Why a body could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A coding that is not known.
    #[error("the content coding `{0}` is not known")]
    Unknown(String),
    /// The coded bytes are cut or damaged.
    #[error("the body can't be decoded from `{0}`")]
    Damaged(String),
    /// It swells beyond what is taken.
    #[error("the body takes more than {0} bytes when decoded")]
    TooLarge(u64),
}

/// At most so many codings one over the other: no honest server sends more.
const CODINGS: usize = 3;

/// Undoes the codings of a `Content-Encoding` field, last first. Neither a step nor the end may exceed `most` bytes.
pub fn decoded(body: &[u8], coding: &str, most: u64) -> Result<Vec<u8>, DecodeError> {
    let codings: Vec<String> = coding.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
    let named: Vec<&String> = codings.iter().filter(|name| !matches!(name.as_str(), "" | "identity")).collect();
    if named.len() > CODINGS {
        return Err(DecodeError::Unknown(coding.chars().take(60).collect()));
    }
    let mut bytes = body.to_vec();
    for name in named.into_iter().rev() {
        bytes = undone(&bytes, name, most)?;
    }
    Ok(bytes)
}

fn undone(body: &[u8], name: &str, most: u64) -> Result<Vec<u8>, DecodeError> {
    let damaged = || DecodeError::Damaged(name.to_owned());
    let reader: Box<dyn Read + '_> = match name {
        "gzip" | "x-gzip" => Box::new(flate2::bufread::MultiGzDecoder::new(body)),
        // Both what RFC 9110 means by it and what some servers send.
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => Box::new(flate2::bufread::ZlibDecoder::new(body)),
        "deflate" => Box::new(flate2::bufread::DeflateDecoder::new(body)),
        "br" => Box::new(brotli::Decompressor::new(body, 64 << 10)),
        "zstd" => Box::new(ruzstd::decoding::StreamingDecoder::new(body).map_err(|_| damaged())?),
        other => return Err(DecodeError::Unknown(other.to_owned())),
    };
    let mut bytes = Vec::new();
    let read = reader.take(most.saturating_add(1)).read_to_end(&mut bytes);
    if bytes.len() as u64 > most {
        return Err(DecodeError::TooLarge(most));
    }
    read.map_err(|_| damaged())?;
    Ok(bytes)
}

/// The text of a body, by its byte order mark, else the label its sender gave, else what a page says of itself, else
/// what its bytes look like. Bytes that fit no character are replaced.
pub fn text_of(bytes: &[u8], label: Option<&str>) -> String {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = encoding.or_else(|| Encoding::for_label(label?.trim().as_bytes()));
    let encoding = encoding.or_else(|| said_by_page(bytes)).unwrap_or_else(|| looks_like(bytes));
    encoding.decode(bytes).0.into_owned()
}

/// The label in the first kilobyte of an HTML page (HTML Living Standard, prescan) or in an XML declaration.
fn said_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let start: String = bytes.iter().take(1024).map(|b| b.to_ascii_lowercase() as char).collect();
    let at = start.find("charset=").map(|at| at + 8).or_else(|| start.find("encoding=").map(|at| at + 9))?;
    let rest = start[at..].trim_start_matches(['"', '\'', ' ']);
    let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    match Encoding::for_label(label.as_bytes()) {
        // A page that can say so in ASCII is not in UTF-16, whatever it says.
        Some(encoding) if encoding.name().starts_with("UTF-16") => Some(UTF_8),
        other => other,
    }
}

fn looks_like(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(64 << 10)], true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn codings_are_undone_last_first() {
        assert_eq!(decoded(b"plain", "", 100).unwrap(), b"plain");
        assert_eq!(decoded(&gzip(b"hello"), "GZip", 100).unwrap(), b"hello");
        assert_eq!(decoded(&gzip(&gzip(b"hello")), "gzip, identity, x-gzip", 100).unwrap(), b"hello");
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        zlib.write_all(b"hello").unwrap();
        assert_eq!(decoded(&zlib.finish().unwrap(), "deflate", 100).unwrap(), b"hello");
        let mut brotli = Vec::new();
        brotli::CompressorWriter::new(&mut brotli, 4096, 5, 20).write_all(b"hello").unwrap();
        assert_eq!(decoded(&brotli, "br", 100).unwrap(), b"hello");
        // `printf hello | zstd --no-check | xxd -p`
        let zstd = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x29, 0x00, 0x00, b'h', b'e', b'l', b'l', b'o'];
        assert_eq!(decoded(&zstd, "zstd", 100).unwrap(), b"hello");
    }

    #[test]
    fn bombs_and_damage_are_refused() {
        let mut bomb = vec![0; 10 << 20];
        for _ in 0..2 {
            bomb = gzip(&bomb);
        }
        assert!(bomb.len() < 1000);
        assert_eq!(decoded(&bomb, "gzip, gzip", 1 << 20), Err(DecodeError::TooLarge(1 << 20)));
        let cut = &gzip(b"hello hello hello")[..20];
        for coding in ["gzip", "deflate", "br", "zstd"] {
            assert_eq!(decoded(cut, coding, 100), Err(DecodeError::Damaged(coding.into())), "{coding}");
        }
        assert_eq!(decoded(b"", "rot13", 100), Err(DecodeError::Unknown("rot13".into())));
        assert!(decoded(b"", "gzip,gzip,gzip,gzip", 100).is_err());
    }

    #[test]
    fn texts_in_old_encodings_are_read() {
        let words = "北京市公安局视频监控";
        let gbk = encoding_rs::GBK.encode(words).0.into_owned();
        assert_eq!(text_of(&gbk, Some("gb2312")), words);
        let page = [b"<html><meta charset='gbk'>".to_vec(), gbk].concat();
        assert!(text_of(&page, None).ends_with(words));
        let traditional = "臺北市政府警察局監視系統採購案";
        let big5 = encoding_rs::BIG5.encode(traditional).0.into_owned();
        assert_eq!(text_of(&big5.repeat(8), None), traditional.repeat(8));
        let utf16: Vec<u8> = "\u{feff}Überwachung".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&utf16, Some("utf-8")), "Überwachung");
        assert_eq!(text_of("Überwachung".as_bytes(), None), "Überwachung");
        assert_eq!(text_of(b"<?xml encoding=\"windows-1252\"?>\xdcber", None).chars().last(), Some('r'));
        assert!(text_of(b"<meta charset=utf-16>abc", None).ends_with("abc"));
    }
}
