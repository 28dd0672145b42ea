//! An HTTP/1 message as it was received: where its head ends, and its body without the framing of the connection.

/// The head of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The status code, 100 to 599.
    pub status: u16,
    /// Names in lower case with their values, in order; bytes that are not UTF-8 are replaced.
    pub fields: Vec<(String, String)>,
    /// Where the body begins.
    pub length: usize,
}

impl Head {
    /// The first value of a field, by its name in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The media type without parameters, in lower case; empty if there is none.
    pub fn media_type(&self) -> String {
        let value = self.get("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The character encoding that the media type states; empty if it states none.
    pub fn charset(&self) -> String {
        let value = self.get("content-type").unwrap_or_default();
        let pairs = value.split(';').skip(1).filter_map(|pair| pair.split_once('='));
        let mut charsets = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        charsets.next().map(|(_, label)| label.trim().trim_matches(['"', '\'']).to_owned()).unwrap_or_default()
    }
}

/// Why a message could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The head has no end.
    #[error("the head has no end")]
    Endless,
    /// The first line is no status line (RFC 9112 section 4).
    #[error("the first line is no status line")]
    StatusLine,
    /// A field line has no name.
    #[error("a field line has no name")]
    Field,
    /// The body ends in the middle of a chunk (RFC 9112 section 7.1), or a chunk's size can't be read.
    #[error("the chunks of the body are cut or wrong")]
    Chunks,
}

/// Reads the head of a response that begins the bytes.
pub fn head(bytes: &[u8]) -> Result<Head, HttpError> {
    let (end, length) = head_end(bytes).ok_or(HttpError::Endless)?;
    let text = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let status = status(lines.next().unwrap_or_default()).ok_or(HttpError::StatusLine)?;
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with([' ', '\t']) {
            // Folded lines are obsolete but old archives hold them: RFC 9112 section 5.2.
            let (_, value) = fields.last_mut().ok_or(HttpError::Field)?;
            value.push(' ');
            value.push_str(line.trim());
        } else {
            let (name, value) = line.split_once(':').ok_or(HttpError::Field)?;
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Ok(Head { status, fields, length })
}

/// Where the text of the head ends, and where the body begins.
fn head_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let line = from + bytes[from..].iter().position(|b| *b == b'\n')?;
        match bytes.get(line + 1..)? {
            [b'\n', ..] => return Some((trimmed(bytes, line), line + 2)),
            [b'\r', b'\n', ..] => return Some((trimmed(bytes, line), line + 3)),
            _ => from = line + 1,
        }
    }
}

fn trimmed(bytes: &[u8], line: usize) -> usize {
    if line > 0 && bytes[line - 1] == b'\r' { line - 1 } else { line }
}

fn status(line: &str) -> Option<u16> {
    let rest = line.strip_prefix("HTTP/")?;
    let (_, rest) = rest.split_once(' ')?;
    let code = rest.trim_start().get(..3)?;
    code.parse().ok().filter(|code| (100..600).contains(code))
}

/// The body as the server meant it: chunks joined, content codings left as they are.
pub fn body(head: &Head, message: &[u8]) -> Result<Vec<u8>, HttpError> {
    let raw = message.get(head.length..).unwrap_or_default();
    let chunked = head.get("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
    if chunked { joined(raw) } else { Ok(raw.to_vec()) }
}

fn joined(mut rest: &[u8]) -> Result<Vec<u8>, HttpError> {
    let mut all = Vec::new();
    loop {
        let end = rest.iter().position(|b| *b == b'\n').ok_or(HttpError::Chunks)?;
        let line = std::str::from_utf8(&rest[..end]).map_err(|_| HttpError::Chunks)?;
        let digits = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(digits, 16).map_err(|_| HttpError::Chunks)?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Ok(all);
        }
        all.extend_from_slice(rest.get(..size).ok_or(HttpError::Chunks)?);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).ok_or(HttpError::Chunks)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // The example of RFC 9112 section 7.1.3 has no bytes; this is the well-known one of RFC 9110's predecessors.
    const CHUNKED: &[u8] =
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Type: Text/HTML; charset=x\r\n\r\n4;a=b\r\nWiki\r\n6\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0\r\n\r\n";

    #[test]
    fn the_head_is_read_and_chunks_are_joined() {
        let head = head(CHUNKED).unwrap();
        assert_eq!((head.status, head.media_type().as_str(), head.charset().as_str()), (200, "text/html", "x"));
        assert_eq!(body(&head, CHUNKED).unwrap(), b"Wikipedia in \r\n\r\nchunks.");
    }

    #[test]
    fn bare_line_feeds_and_folded_fields_are_read() {
        let message = b"HTTP/1.0 404 Not Found\nX: a\n  b\nY:\n\nbody";
        let head = head(message).unwrap();
        assert_eq!(head.status, 404);
        assert_eq!(head.fields, [("x".into(), "a b".into()), ("y".into(), String::new())]);
        assert_eq!(body(&head, message).unwrap(), b"body");
    }

    #[test]
    fn what_is_cut_or_wrong_is_named() {
        assert_eq!(head(b"HTTP/1.1 200 OK\r\nA: b\r\n"), Err(HttpError::Endless));
        assert_eq!(head(b"<html>\n\n"), Err(HttpError::StatusLine));
        assert_eq!(head(b"HTTP/1.1 999 No\n\n"), Err(HttpError::StatusLine));
        assert_eq!(head(b"HTTP/1.1 200 OK\nno colon\n\n"), Err(HttpError::Field));
        assert_eq!(head(b"HTTP/1.1 200 OK\n folded\n\n"), Err(HttpError::Field));
        for cut in CHUNKED.len() - 30..CHUNKED.len() - 4 {
            let head = head(CHUNKED).unwrap();
            assert_eq!(body(&head, &CHUNKED[..cut]), Err(HttpError::Chunks), "{cut}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut message = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
            let _ = head(&bytes);
            message.extend(bytes);
            let head = head(&message).unwrap();
            let _ = body(&head, &message);
        }
    }
}
