//! An atlas served on a free port, and a reader that asks it over plain HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use crate::atlas::{Atlas, PROGRAM};

/// A running server; it ends with this value, or with the test program however that ends.
pub struct Site {
    keeper: Child,
    address: String,
}

/// Serves until its standard input closes. A static value is never dropped, but a pipe closes with its process.
const KEEPER: &str = r#""$0" "$@" --listen 127.0.0.1:0 & server=$!; cat; kill $server; wait $server"#;

/// An answer.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Header lines, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Site {
    /// Serves an atlas.
    pub fn of(atlas: &Atlas) -> Self {
        Self::run(atlas, &["serve", "atlas"])
    }

    /// Runs a command that listens.
    pub fn run(atlas: &Atlas, words: &[&str]) -> Self {
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, PROGRAM])
            .args(words)
            .current_dir(atlas.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut lines = BufReader::new(keeper.stderr.take().expect("invariant: it is piped")).lines();
        let mut said = Vec::new();
        let address = loop {
            let line = lines.next().unwrap_or_else(|| panic!("it never listened: {said:?}")).expect("it is text");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split_whitespace().next().expect("an address").to_owned();
            }
            said.push(line);
        };
        std::thread::spawn(move || lines.for_each(drop));
        Self { keeper, address }
    }

    /// The sample, served once for all tests.
    pub fn sample() -> &'static Self {
        static SITE: OnceLock<Site> = OnceLock::new();
        SITE.get_or_init(|| Self::of(Atlas::sample()))
    }

    /// Asks for a path.
    pub fn get(&self, path: &str) -> Answer {
        get(&self.address, path)
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends a body.
    pub fn post(&self, path: &str, body: &str) -> Answer {
        let length = body.len();
        send(&self.address, &format!("POST {path} HTTP/1.1\r\nContent-Length: {length}\r\n"), body)
    }

    /// Sends a body of some type.
    pub fn post_as(&self, path: &str, mime: &str, body: &str) -> Answer {
        let length = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\n");
        send(&self.address, &head, body)
    }

    /// Asks until the answer holds these words: a server follows what happened within a moment.
    #[track_caller]
    pub fn until(&self, path: &str, words: &str) -> Answer {
        for _ in 0..600 {
            let answer = self.get(path);
            if answer.text().contains(words) {
                return answer;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{path} never said `{words}`: {}", self.get(path).text())
    }

    /// Asks for a path and reads JSON; the status has to be 200.
    #[track_caller]
    pub fn json(&self, path: &str) -> serde_json::Value {
        let answer = self.get(path);
        let text = String::from_utf8(answer.body).expect("JSON is UTF-8");
        assert_eq!(answer.status, 200, "{path}: {text}");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(header, _)| header == name).map_or("", |(_, value)| value)
    }
}

/// Asks a server for a path.
pub fn get(address: &str, path: &str) -> Answer {
    send(address, &format!("GET {path} HTTP/1.1\r\n"), "")
}

fn send(address: &str, head: &str, body: &str) -> Answer {
    try_send(address, head, body).unwrap_or_else(|| panic!("no HTTP answer to {head}"))
}

/// Sends a request with these header lines; `None` if whoever listens dies before it has answered.
pub fn try_send(address: &str, head: &str, body: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
    // A server may answer and close before it has read all of a body that is too long.
    let _ = write!(stream, "{head}Host: {address}\r\nConnection: close\r\n\r\n{body}");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    answer(&bytes)
}

fn answer(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let pair = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let mut answer = Answer { status, headers: lines.filter_map(pair).collect(), body: bytes[end + 4..].to_vec() };
    if answer.header("transfer-encoding") == "chunked" {
        answer.body = unchunked(&answer.body)?;
    }
    Some(answer)
}

fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&bytes[..end]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(bytes.get(end + 2..end + 2 + length)?);
        bytes = bytes.get(end + 4 + length..)?;
    }
}

/// A value as it stands in a query.
pub fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte);
    value.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
