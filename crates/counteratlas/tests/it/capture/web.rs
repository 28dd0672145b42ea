//! A small web of our own on loopback: pages of every kind that a fetcher meets, and a count of who came for what.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// A server that runs as long as the test program.
pub struct Web {
    address: SocketAddr,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Web {
    /// Listens on a free port.
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("invariant: it is bound");
        let asked = Arc::new(Mutex::new(BTreeMap::new()));
        let counted = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let counted = counted.clone();
                std::thread::spawn(move || answer(stream, &counted, address));
            }
        });
        Self { address, asked }
    }

    /// Where it listens: what `--test-web` takes.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied().unwrap_or_default()
    }
}

/// What `/shows-us` takes whoever asks for.
pub const OWN: &str = "desk-Zq9.example";

/// Long enough to be taken at its word.
fn report(words: &str) -> String {
    format!("{words} {}", "The city council has bought cameras for its streets, and nobody was asked. ".repeat(30))
}

fn answer(stream: TcpStream, asked: &Mutex<BTreeMap<String, usize>>, own: SocketAddr) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let visit = {
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        let count = asked.entry(path.clone()).or_default();
        *count += 1;
        *count
    };
    let echoed = head.join("\n");
    let _ = (&stream).write_all(&response(&path, visit, &echoed, own));
}

fn response(path: &str, visit: usize, head: &str, own: SocketAddr) -> Vec<u8> {
    let html = |words: &str| ok("text/html; charset=utf-8", "", report(words).as_bytes());
    match path {
        "/robots.txt" => ok("text/plain", "", b"User-agent: *\nDisallow: /disallowed\n"),
        "/page" => ok("text/html; charset=utf-8", "", page().as_bytes()),
        "/style.css" => ok("text/css", "", b"@import 'more.css'; body { background: url(back.png) }"),
        "/more.css" => ok("text/css", "", b"p { color: black }"),
        "/back.png" | "/picture.png" | "/large.png" => ok("image/png", "", b"\x89PNG\r\n\x1a\nno real picture"),
        "/lacking" => ok("text/html", "", report("<img src=/picture.png><img src=/missing.png>").as_bytes()),
        "/gzip" => {
            ok("text/html; charset=utf-8", "Content-Encoding: gzip\r\n", &gzip(&report("<p>packed by gzip</p>")))
        }
        "/br" => {
            ok("text/html; charset=utf-8", "Content-Encoding: br\r\n", &brotli(&report("<p>packed by brotli</p>")))
        }
        "/zstd" => ok("text/html; charset=utf-8", "Content-Encoding: zstd\r\n", &zstd(b"<p>packed by zstd</p>")),
        "/chunked" => chunked(&report("<p>sent in chunks</p>")),
        "/gbk" => ok("text/html; charset=gb2312", "", &coded(encoding_rs::GBK, "<p>北京市公安局视频监控系统</p>")),
        "/big5" => ok("text/html", "", &coded(encoding_rs::BIG5, "<meta charset=big5><p>臺北市政府警察局監視系統</p>")),
        "/utf16" => ok("text/html", "", &utf16("<p>Überwachung in Köln</p>")),
        "/moved" => moved("/page"),
        "/circle" => moved("/circle"),
        "/inward" => moved("http://169.254.169.254/latest/meta-data/"),
        "/aside" => moved(&format!("http://127.0.0.1:{}/page", own.port() ^ 1)),
        "/soft-404" => ok("text/html", "", b"<title>404</title><p>Home, News, Contact"),
        "/consent" => ok("text/html", "", b"<p>Before you continue to the site, accept all cookies"),
        "/bot" => status("403 Forbidden", "<p>Please solve the CAPTCHA"),
        "/login" => ok("text/html", "", b"<form><input type=password></form>"),
        "/shell" => ok("text/html", "", b"<div id=app></div><script src=/app.js></script>"),
        "/disallowed" => html("<p>asked not to be read by robots</p>"),
        "/changing" if visit == 1 => html("<p>Phase one has 1,800 cameras.</p>"),
        "/changing" => html("<p>Phase one has 900 cameras.</p>"),
        "/clock" => html(&format!("<!-- {visit} --><p>Always the same words.</p>")),
        "/vanishing" if visit == 1 => html("<p>Here today.</p>"),
        "/vanishing" => status("404 Not Found", "<p>no"),
        "/walling" if visit == 1 => html("<p>Free to read.</p>"),
        "/walling" => status("403 Forbidden", "<p>Please solve the CAPTCHA"),
        "/dying" if visit == 1 => html("<p>Still answering.</p>"),
        "/dying" | "/silent" => Vec::new(),
        "/flaky" if visit < 3 => status("503 Service Unavailable", "<p>busy"),
        "/flaky" => html("<p>at last</p>"),
        "/cut" => b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\n\r\n<p>only this".to_vec(),
        "/echo" => ok("text/plain", "Set-Cookie: a=b\r\n", report(head).as_bytes()),
        "/shows-us" => {
            let words = report(&format!("<p>You are {OWN} to us.</p><img src=/shows-us.png>"));
            ok("text/html", "Content-Encoding: gzip\r\n", &gzip(&words))
        }
        "/shows-us.png" => ok("image/png", &format!("X-Client: {OWN}\r\n"), b"\x89PNG\r\n\x1a\n"),
        "/bomb" => ok("text/html", "Content-Encoding: gzip\r\n", &gzip(&" ".repeat(80 << 20))),
        _ => status("404 Not Found", "<p>no"),
    }
}

fn page() -> String {
    report(
        "<!doctype html><html lang=en><title>Cameras for the city</title><link rel=stylesheet href=style.css>\
         <h1>Cameras for the city</h1><p>The city bought <b>1,800 cameras</b> in 2017.</p>\
         <img src=/picture.png srcset='/large.png 2x'><script>document.title = 'changed'</script>",
    )
}

fn ok(media_type: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n{more}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn status(line: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn moved(to: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

fn chunked(text: &str) -> Vec<u8> {
    let mut out = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for piece in text.as_bytes().chunks(700) {
        out.extend(format!("{:x}\r\n", piece.len()).bytes().chain(piece.iter().copied()).chain(*b"\r\n"));
    }
    out.extend(b"0\r\n\r\n");
    out
}

fn coded(encoding: &'static encoding_rs::Encoding, words: &str) -> Vec<u8> {
    encoding.encode(&report(words)).0.into_owned()
}

fn utf16(words: &str) -> Vec<u8> {
    format!("\u{feff}{}", report(words)).encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn brotli(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 4096, 5, 20).write_all(text.as_bytes()).expect("memory takes it");
    out
}

/// A frame with one raw block (RFC 8878, sections 3.1.1.1 and 3.1.1.2): at most 255 bytes.
fn zstd(body: &[u8]) -> Vec<u8> {
    let length = u8::try_from(body.len()).expect("invariant: short");
    let block = (u32::from(length) << 3 | 1).to_le_bytes();
    [&[0x28, 0xb5, 0x2f, 0xfd, 0x20, length], &block[..3], body].concat()
}
