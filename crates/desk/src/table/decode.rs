//! Turns a file's bytes into text: UTF-8 with or without mark, UTF-16 with mark, gzip around them.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;
use model::{Problem, Where};

/// The most bytes that a packed file may hold.
const LARGEST_UNPACKED: u64 = 1 << 29;

/// The text of a file. Nothing is guessed: what is no UTF-8 and has no byte order mark is refused.
pub(crate) fn decode<'b>(label: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, Problem> {
    match bytes.starts_with(&[0x1f, 0x8b]) {
        true => unpack(label, bytes).and_then(|plain| text(label, &plain).map(|t| Cow::Owned(t.into_owned()))),
        false => text(label, bytes),
    }
}

fn problem(label: &str, what: String) -> Problem {
    Problem::error(Where { file: label.to_owned(), line: 0, column: 0 }, what)
}

fn unpack(label: &str, bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut plain = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(LARGEST_UNPACKED + 1).read_to_end(&mut plain);
    match read {
        Err(error) => {
            Err(problem(label, format!("can't be unpacked: {error}")).hint("the gzip file is damaged or cut short"))
        }
        Ok(size) if size as u64 > LARGEST_UNPACKED => {
            Err(problem(label, format!("unpacks to more than {LARGEST_UNPACKED} bytes")).hint("split the file"))
        }
        Ok(_) => Ok(plain),
    }
}

fn text<'b>(label: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, Problem> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(label, rest, 3),
        [0xFF, 0xFE, rest @ ..] => utf16(label, rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(label, rest, u16::from_be_bytes),
        _ => utf8(label, bytes, 0),
    }
}

fn utf8<'b>(label: &str, bytes: &'b [u8], offset: usize) -> Result<Cow<'b, str>, Problem> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let byte = error.valid_up_to() + offset;
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() as u64;
        let at = Where { file: label.to_owned(), line, column: 0 };
        Problem::error(at, format!("not UTF-8 at byte {byte}")).hint("save the file as UTF-8")
    })
}

fn utf16<'b>(label: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'b, str>, Problem> {
    if bytes.len() % 2 == 1 {
        let what = format!("the UTF-16 text ends in half a character at byte {}", bytes.len() + 1);
        return Err(problem(label, what).hint("save the file as UTF-8"));
    }
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    let mut byte = 2;
    for character in char::decode_utf16(units) {
        match character {
            Ok(c) => {
                text.push(c);
                byte += 2 * c.len_utf16();
            }
            Err(_) => return Err(problem(label, format!("not UTF-16 at byte {byte}")).hint("save the file as UTF-8")),
        }
    }
    Ok(Cow::Owned(text))
}
