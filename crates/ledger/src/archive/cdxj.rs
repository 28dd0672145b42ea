//! CDXJ 0.1: the sorted index of a web archive, one line a capture, by which players find a record.

use std::fmt::Write as _;

use serde::Serialize;
use url::Url;

use super::http;
use super::warc::{Located, Record};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'a> {
    url: &'a str,
    digest: String,
    mime: String,
    filename: &'a str,
    offset: u64,
    length: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
}

/// The lines of one WARC file, sorted, each with its line end. `file` is the name players look for.
pub fn lines(file: &str, records: &[Located]) -> Vec<String> {
    let mut lines: Vec<String> = records.iter().filter_map(|located| line(file, located)).collect();
    lines.sort_unstable();
    lines
}

fn line(file: &str, located: &Located) -> Option<String> {
    let record = &located.record;
    let wanted = matches!(record.kind(), "response" | "resource" | "revisit" | "conversion");
    let url = Some(record.target()).filter(|target| wanted && !target.is_empty())?;
    let (mime, status) = described(record);
    let stated = record.fields.get("WARC-Payload-Digest").or_else(|| record.fields.get("WARC-Block-Digest"));
    let fields = Fields {
        url,
        digest: stated.unwrap_or_default().into(),
        mime,
        filename: file,
        offset: located.offset,
        length: located.length,
        status,
    };
    let json = serde_json::to_string(&fields).expect("invariant: texts and numbers are always JSON");
    Some(format!("{} {} {json}\n", key(url), stamp(record.date())))
}

fn described(record: &Record) -> (String, Option<u16>) {
    let stated = || record.fields.get("Content-Type").unwrap_or_default().split(';').next().unwrap_or_default();
    match (record.kind(), http::head(&record.block)) {
        ("revisit", head) => ("warc/revisit".into(), head.ok().map(|head| head.status)),
        ("response", Ok(head)) => (head.media_type(), Some(head.status)),
        _ => (stated().trim().to_owned(), None),
    }
}

/// `2026-11-22T03:00:00Z` as `20261122030000`.
fn stamp(date: &str) -> String {
    date.chars().filter(char::is_ascii_digit).take(14).collect()
}

/// The key under which a URL is sorted (SURT): host reversed, then path and query in one spelling.
///
/// Made for finding, not for fetching: case, `www.`, scheme, default ports, fragments, the order of parameters and the
/// way of escaping do not count. What is no URL with a host is its own key.
pub fn key(url: &str) -> String {
    let Ok(parsed) = Url::parse(url) else { return url.to_owned() };
    let Some(host) = parsed.host_str() else { return url.to_owned() };
    let labels: Vec<&str> = plain_host(host).rsplit('.').collect();
    let mut key = labels.join(",");
    if let Some(port) = parsed.port() {
        write!(key, ":{port}").expect("invariant: a string takes every text");
    }
    key.push(')');
    key.push_str(&path(parsed.path()));
    key.push_str(&query(parsed.query().unwrap_or_default()));
    key
}

fn plain_host(host: &str) -> &str {
    let rest = host.strip_prefix("www").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.and_then(|rest| rest.strip_prefix('.')).unwrap_or(host)
}

fn path(path: &str) -> String {
    let plain = spelling(path);
    let segments: Vec<&str> = plain.split('/').filter(|segment| !segment.is_empty()).collect();
    format!("/{}", segments.join("/"))
}

fn query(query: &str) -> String {
    if query.is_empty() {
        return String::new();
    }
    let mut pairs: Vec<String> = query.split('&').map(spelling).collect();
    pairs.sort_unstable();
    format!("?{}", pairs.join("&"))
}

/// Escapes undone until none is left, then those put back that a key needs; lower case.
fn spelling(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    loop {
        let plain = unescaped(&bytes);
        if plain == bytes {
            break;
        }
        bytes = plain;
    }
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            0..=0x20 | 0x7f.. | b'#' | b'%' => {
                write!(out, "%{byte:02x}").expect("invariant: a string takes every text")
            }
            _ => out.push(char::from(byte.to_ascii_lowercase())),
        }
    }
    out
}

fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::warc::{Limits, Records, Sheet, write};

    #[test]
    fn keys_are_those_of_the_surt_package() {
        // What `surt` 0.3.1 from PyPI answers.
        for (url, key) in [
            ("http://www.Example.com:80/A/b?b=2&a=1#x", "com,example)/a/b?a=1&b=2"),
            ("https://example.com:8443/x?", "com,example:8443)/x"),
            ("http://user:pw@example.com/", "com,example)/"),
            ("http://example.com/%7Efoo/%e4%b8%ad?q=%20", "com,example)/~foo/%e4%b8%ad?q=%20"),
            ("http://192.0.2.1/a", "1,2,0,192)/a"),
            ("https://例子.中国/路径", "xn--fiqs8s,xn--fsqu00a)/%e8%b7%af%e5%be%84"),
            ("http://www2.example.co.uk/index.html", "uk,co,example)/index.html"),
            ("http://example.com", "com,example)/"),
            ("http://example.com/a//b/../c/", "com,example)/a/c"),
            ("https://example.com/?b&a=&c=%2F", "com,example)/?a=&b&c=/"),
        ] {
            assert_eq!(self::key(url), key, "{url}");
        }
        assert_eq!(key("urn:file:report.pdf"), "urn:file:report.pdf");
    }

    #[test]
    fn a_line_leads_to_its_record() {
        let sheet = Sheet { date: "2026-11-22T03:00:00Z".into(), warcinfo: String::new() };
        let message = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html; charset=x\r\n\r\nhello".to_vec();
        let response = sheet.response("https://example.org/b", "192.0.2.7", message);
        let request = sheet.request("https://example.org/b", &response, b"GET /b HTTP/1.1\r\n\r\n".to_vec());
        let loose = sheet.resource("https://example.org/a", "text/plain", b"x".to_vec());
        let file: Vec<u8> = [&request, &response, &loose].into_iter().flat_map(write).collect();
        let records: Vec<Located> = Records::new(&file, Limits::default()).map(Result::unwrap).collect();
        let lines = lines("a.warc.gz", &records);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("org,example)/a 20261122030000 {\"url\":\"https://example.org/a\","));
        let json: serde_json::Value = serde_json::from_str(lines[1].splitn(3, ' ').last().unwrap()).unwrap();
        assert_eq!((json["mime"].as_str(), json["status"].as_u64()), (Some("text/html"), Some(404)));
        let offset = json["offset"].as_u64().unwrap() as usize;
        let length = json["length"].as_u64().unwrap() as usize;
        let found = Records::new(&file[offset..offset + length], Limits::default()).next().unwrap().unwrap();
        assert_eq!(found.record, response);
    }
}
