//! Pages saved as mail (MHTML, RFC 2557): the first part that is a page.

use super::{Document, Hint, Unread, read as read_any};

/// Parts within parts: no browser nests deeper.
const DEPTH: usize = 4;

/// Reads the page of a saved mail.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Unread> {
    let found = part(bytes, 0).ok_or_else(|| Unread::Damaged("there is no page in the mail".into()))?;
    let document = read_any(&found.0, &found.1)?;
    Ok(Document { media_type: "multipart/related".into(), ..document })
}

fn part(bytes: &[u8], depth: usize) -> Option<(Vec<u8>, Hint)> {
    let (head, body) = split(bytes)?;
    let stated = field(&head, "content-type").unwrap_or_else(|| "text/plain".into());
    let media_type = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if media_type.starts_with("multipart/") && depth < DEPTH {
        let line = format!("--{}", parameter(&stated, "boundary")?);
        return parts(body, line.as_bytes()).into_iter().find_map(|inner| part(inner, depth + 1));
    }
    let coding = field(&head, "content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
    let plain = match coding.as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    };
    let charset = parameter(&stated, "charset").unwrap_or_default();
    let page = matches!(media_type.as_str(), "text/html" | "application/xhtml+xml");
    page.then_some((plain, Hint { name: String::new(), media_type, charset }))
}

/// The head as text, folded lines joined, and what follows the empty line.
fn split(bytes: &[u8]) -> Option<(String, &[u8])> {
    let bytes = bytes.trim_ascii_start();
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    let found = ends.iter().filter_map(|end| Some((bytes.windows(end.len()).position(|w| w == *end)?, end.len())));
    let (at, length) = found.min()?;
    let head = String::from_utf8_lossy(&bytes[..at]).replace("\r\n", "\n");
    Some((head.replace("\n ", " ").replace("\n\t", " "), &bytes[at + length..]))
}

fn field(head: &str, name: &str) -> Option<String> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.filter(|(n, _)| n.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned()).next()
}

fn parameter(value: &str, name: &str) -> Option<String> {
    let pairs = value.split(';').skip(1).filter_map(|pair| pair.split_once('='));
    pairs
        .filter(|(n, _)| n.trim().eq_ignore_ascii_case(name))
        .map(|(_, v)| v.trim().trim_matches('"').to_owned())
        .next()
}

/// What stands between lines that begin with the boundary.
fn parts<'b>(body: &'b [u8], line: &[u8]) -> Vec<&'b [u8]> {
    let mut starts = Vec::new();
    let mut at = 0;
    for one in body.split_inclusive(|byte| *byte == b'\n') {
        if one.starts_with(line) {
            starts.push((at, at + one.len()));
        }
        at += one.len();
    }
    starts.windows(2).map(|pair| &body[pair[0].1..pair[1].0]).collect()
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(body.len()), body);
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'=', [b'\r', b'\n', after @ ..] | [b'\n', after @ ..]) => rest = after,
            (b'=', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or_default() as u8;
                out.push(digit(high) << 4 | digit(low));
                rest = after;
            }
            _ => out.push(*first),
        }
    }
    out
}

/// Base64 (RFC 2045): what is no letter of it is passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for value in body.iter().take_while(|byte| **byte != b'=').filter_map(|b| LETTERS.iter().position(|l| l == b)) {
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}
