//! Whether an answer shows the machine that asked: its names and addresses, in the spellings in which servers print them.
//!
//! A page that says "you are 203.0.113.9" would tell every reader of the archive who captures.

use aho_corasick::{AhoCorasick, MatchKind};
use ledger::archive::http;

use super::decode::decoded;

/// What stands where a name was.
const MASK: &str = "▇▇▇▇";

/// Names and addresses that nobody is to read, in all spellings that are looked for.
pub struct Own {
    /// In bytes as they are sent.
    anywhere: Option<AhoCorasick>,
    /// In words as they are shown.
    written: Option<AhoCorasick>,
}

impl Own {
    /// Looks for these, whatever their case. With none, nothing is ever found.
    pub fn new(words: &[String]) -> Self {
        let written: Vec<String> = words.iter().flat_map(|word| spellings(word)).collect();
        let coded = written.iter().flat_map(|word| codings(word));
        let anywhere = written.iter().map(|word| word.as_bytes().to_vec()).chain(coded).collect();
        Self { anywhere: finder(anywhere), written: finder(written.into_iter().map(String::into_bytes).collect()) }
    }

    /// Whether a response holds any of them, as it came or with its codings undone.
    pub fn shown_in(&self, response: &[u8], most: u64) -> bool {
        let Some(finder) = &self.anywhere else { return false };
        if finder.is_match(response) {
            return true;
        }
        let Ok(head) = http::head(response) else { return false };
        let coding = head.get("content-encoding").unwrap_or_default();
        let Ok(body) = http::body(&head, response) else { return false };
        decoded(&body, coding, most).is_ok_and(|body| finder.is_match(&body))
    }

    /// The words without them.
    pub fn masked(&self, text: &str) -> String {
        let Some(finder) = &self.written else { return text.to_owned() };
        let mut out = String::new();
        finder.replace_all_with(text, &mut out, |_, _, out| {
            out.push_str(MASK);
            true
        });
        out
    }
}

fn finder(patterns: Vec<Vec<u8>>) -> Option<AhoCorasick> {
    let builder =
        AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(patterns);
    builder.ok().filter(|finder| finder.patterns_len() > 0)
}

/// A name, and an address as names of hosts, numbers and escapes write it.
fn spellings(word: &str) -> Vec<String> {
    let escaped = |each: fn(u8) -> String| {
        word.bytes()
            .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { each(byte) })
            .collect::<String>()
    };
    let mut all = vec![
        word.to_owned(),
        escaped(|byte| format!("%{byte:02x}")),
        escaped(|byte| format!("&#{byte};")),
        escaped(|byte| format!("&#x{byte:x};")),
    ];
    if let Ok(std::net::IpAddr::V4(address)) = word.parse() {
        let [a, b, c, d] = address.octets();
        let number = u32::from(address);
        all.extend([
            format!("{a}-{b}-{c}-{d}"),
            format!("{d}-{c}-{b}-{a}"),
            format!("{d}.{c}.{b}.{a}.in-addr"),
            number.to_string(),
            format!("{number:08x}"),
        ]);
    }
    if let Ok(std::net::IpAddr::V6(address)) = word.parse() {
        let whole = address.segments().map(|part| format!("{part:04x}"));
        all.extend([whole.join(":"), whole.concat(), whole.join("-")]);
    }
    all.dedup();
    all
}

/// The same in bytes that are no plain text: wide characters, hexadecimal, and each way it can lie in base64.
fn codings(word: &str) -> Vec<Vec<u8>> {
    let little = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex = word.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    let based = (0..3).filter_map(|before| based(word.as_bytes(), before));
    [little, big, hex].into_iter().chain(based).collect()
}

/// Base64 (RFC 4648) of bytes behind so many others: the letters that depend on these bytes alone.
fn based(bytes: &[u8], before: usize) -> Option<Vec<u8>> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = |at: usize| -> Option<u8> {
        let byte = at / 8;
        bytes.get(byte.checked_sub(before)?).map(|b| b >> (7 - at % 8) & 1)
    };
    let letter = |number: usize| {
        (0..6).try_fold(0u8, |sum, bit| Some(sum << 1 | bits(number * 6 + bit)?)).map(|at| LETTERS[usize::from(at)])
    };
    let letters = (before * 8).div_ceil(6)..(before + bytes.len()) * 8 / 6;
    let all: Option<Vec<u8>> = letters.map(letter).collect();
    // Fewer letters stand in any picture.
    all.filter(|all| all.len() >= 8)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn own() -> Own {
        Own::new(&["203.0.113.9".into(), "desk-7.example".into(), "2001:db8::7".into()])
    }

    fn response(more: &str, body: &[u8]) -> Vec<u8> {
        [format!("HTTP/1.1 200 OK\r\n{more}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
    }

    /// The coded ones by `printf 203.0.113.9 | base64`, `printf x203.0.113.9 | base64`, and so on; the number by hand:
    /// 203·2²⁴ + 0·2¹⁶ + 113·2⁸ + 9.
    #[test]
    fn an_address_is_found_however_it_is_printed() {
        for printed in [
            "you are 203.0.113.9.",
            "host 203-0-113-9.pool.example",
            "9.113.0.203.in-addr.arpa",
            "?ip=203%2E0%2e113%2E9",
            "203&#46;0&#46;113&#46;9",
            "3405803785",
            "CB007109",
            "MjAzLjAuMTEzLjk=",
            "eDIwMy4wLjExMy45",
            "eHkyMDMuMC4xMTMuOQ==",
            "3230332e302e3131332e39",
            "2\x000\x003\x00.\x000\x00.\x001\x001\x003\x00.\x009\x00",
            "DESK-7.EXAMPLE",
            "2001:0db8:0000:0000:0000:0000:0000:0007",
        ] {
            assert!(own().shown_in(&response("", printed.as_bytes()), 1000), "{printed}");
            assert!(own().shown_in(&response(&format!("X: {printed}\r\n"), b""), 1000), "{printed}");
        }
        for other in ["you are 203.0.113.8.", "203-0-113", "desk-8.example", "MjAzLjAuMTE0Ljk="] {
            assert!(!own().shown_in(&response("", other.as_bytes()), 1000), "{other}");
        }
        assert!(!Own::new(&[]).shown_in(b"HTTP/1.1 200 OK\r\n\r\n203.0.113.9", 1000));
    }

    #[test]
    fn codings_are_undone_before_it_is_looked_for() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(b"you are 203.0.113.9").unwrap();
        assert!(own().shown_in(&response("Content-Encoding: gzip\r\n", &gzip.finish().unwrap()), 1000));
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n203.0.11\r\n3\r\n3.9\r\n0\r\n\r\n";
        assert!(own().shown_in(chunked, 1000));
    }

    #[test]
    fn words_are_masked_and_nothing_else_is_touched() {
        assert_eq!(
            own().masked("Sie sind 203.0.113.9 (Desk-7.example), 1.203.0.113.8"),
            "Sie sind ▇▇▇▇ (▇▇▇▇), 1.203.0.113.8"
        );
        assert_eq!(Own::new(&[]).masked("203.0.113.9"), "203.0.113.9");
    }
}
