//! One request and its response over HTTP/1.1, kept byte for byte as they went over the line.
//!
//! A library for HTTP would decode, join and rewrite what it receives; a record of evidence must not.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ledger::archive::{Digest, http};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use url::Url;

use super::guard::Allowed;

/// What one exchange may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a response as received, head included.
    pub bytes: usize,
    /// Until the connection stands.
    pub connect: Duration,
    /// For the whole exchange.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20, connect: Duration::from_secs(10), total: Duration::from_secs(60) }
    }
}

/// What went over the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The address asked for.
    pub url: Url,
    /// The address connected to.
    pub address: SocketAddr,
    /// The request as sent.
    pub request: Vec<u8>,
    /// The response as received.
    pub response: Vec<u8>,
    /// SHA-256 over the server's certificates in DER, each after its length as four bytes, where the line was secure.
    pub certificates: Option<Digest>,
    /// The response was longer than may be taken, or ended before it said it would.
    pub cut: bool,
}

/// A line to a server.
pub trait Line: Read + Write {
    /// The digest of the server's certificates, once they are known.
    fn certificates(&self) -> Option<Digest>;
}

/// Makes lines.
pub trait Connect {
    /// Connects to this address; for `https` also proves that the server is the URL's host.
    fn connect(&self, url: &Url, address: SocketAddr, limits: &Limits) -> io::Result<Box<dyn Line>>;
}

/// Lines over TCP and TLS.
pub struct Sockets {
    tls: Arc<ClientConfig>,
}

impl Sockets {
    /// Trusts these authorities, and no others.
    pub fn new(roots: RootCertStore) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("invariant: the provider speaks TLS 1.2 and 1.3");
        Self { tls: Arc::new(config.with_root_certificates(roots).with_no_client_auth()) }
    }

    /// Trusts the authorities that browsers trust.
    pub fn public() -> Self {
        Self::new(webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect())
    }
}

impl Connect for Sockets {
    fn connect(&self, url: &Url, address: SocketAddr, limits: &Limits) -> io::Result<Box<dyn Line>> {
        let stream = TcpStream::connect_timeout(&address, limits.connect)?;
        stream.set_read_timeout(Some(limits.connect))?;
        stream.set_write_timeout(Some(limits.connect))?;
        if url.scheme() == "http" {
            return Ok(Box::new(Plain(stream)));
        }
        let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(host).map_err(|error| io::Error::new(ErrorKind::InvalidInput, error))?;
        let session = ClientConnection::new(self.tls.clone(), name).map_err(io::Error::other)?;
        Ok(Box::new(Secure(StreamOwned::new(session, stream))))
    }
}

struct Plain(TcpStream);
struct Secure(StreamOwned<ClientConnection, TcpStream>);

impl Read for Plain {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Plain {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Line for Plain {
    fn certificates(&self) -> Option<Digest> {
        None
    }
}

impl Read for Secure {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Secure {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Line for Secure {
    fn certificates(&self) -> Option<Digest> {
        let chain = self.0.conn.peer_certificates()?;
        let mut bytes = Vec::new();
        for certificate in chain {
            bytes.extend_from_slice(&u32::try_from(certificate.len()).ok()?.to_be_bytes());
            bytes.extend_from_slice(certificate);
        }
        Some(Digest::of(&bytes))
    }
}

/// Asks for a URL at the first of its addresses that answers.
pub(super) fn exchange(allowed: &Allowed, connect: &dyn Connect, limits: &Limits) -> io::Result<Exchange> {
    let mut last = io::Error::from(ErrorKind::AddrNotAvailable);
    for address in &allowed.addresses {
        match connect.connect(&allowed.url, *address, limits) {
            Ok(line) => return talk(&allowed.url, *address, line, limits),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn talk(url: &Url, address: SocketAddr, mut line: Box<dyn Line>, limits: &Limits) -> io::Result<Exchange> {
    let request = request(url);
    line.write_all(&request)?;
    line.flush()?;
    let (response, whole) = receive(&mut *line, limits)?;
    let certificates = line.certificates();
    Ok(Exchange { url: url.clone(), address, request, response, certificates, cut: !whole })
}

/// What a common browser would send and nothing more: no cookie, no referrer, nothing of who asks.
fn request(url: &Url) -> Vec<u8> {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!(
        "GET {}{query} HTTP/1.1\r\nHost: {host}{port}\r\n\
         User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\
         Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n\
         Accept-Language: en;q=0.5,*;q=0.3\r\nAccept-Encoding: gzip, br, zstd\r\nConnection: close\r\n\r\n",
        url.path()
    )
    .into_bytes()
}

/// Reads one final response. False if it was cut, by the server or by our limits.
fn receive(line: &mut dyn Line, limits: &Limits) -> io::Result<(Vec<u8>, bool)> {
    let end = Instant::now() + limits.total;
    let (mut all, mut buffer) = (Vec::new(), vec![0; 64 << 10]);
    loop {
        if let Some(whole) = complete(&mut all) {
            return Ok((all, whole));
        }
        if all.len() >= limits.bytes || Instant::now() >= end {
            all.truncate(limits.bytes);
            return if http::head(&all).is_ok() { Ok((all, false)) } else { Err(ErrorKind::TimedOut.into()) };
        }
        match line.read(&mut buffer) {
            Ok(0) => return ended(all),
            Ok(read) => all.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // Many servers close without the closing alert of TLS; the framing tells whether anything is missing.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return ended(all),
            Err(error) if http::head(&all).is_err() => return Err(error),
            Err(_) => return Ok((all, false)),
        }
    }
}

fn ended(all: Vec<u8>) -> io::Result<(Vec<u8>, bool)> {
    let head = http::head(&all).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
    let whole = match chunked(&head) {
        true => http::body(&head, &all).is_ok(),
        false => head.get("content-length").is_none(),
    };
    Ok((all, whole))
}

/// Whether the response is complete by its own framing (RFC 9112 section 6.3); `None` if more may come. Interim
/// responses before the final one are dropped. What comes after the end is no part of it.
fn complete(all: &mut Vec<u8>) -> Option<bool> {
    let mut head = http::head(all).ok()?;
    while (100..200).contains(&head.status) {
        all.drain(..head.length);
        head = http::head(all).ok()?;
    }
    if matches!(head.status, 204 | 304) {
        all.truncate(head.length);
        return Some(true);
    }
    if chunked(&head) {
        // An empty line ends the last chunk's trailer.
        let ended = (all.ends_with(b"\r\n\r\n") || all.ends_with(b"\n\n")) && http::body(&head, all).is_ok();
        return ended.then_some(true);
    }
    let length: usize = head.get("content-length")?.parse().ok()?;
    let end = head.length.checked_add(length)?;
    if all.len() < end {
        return None;
    }
    all.truncate(end);
    Some(true)
}

fn chunked(head: &http::Head) -> bool {
    head.get("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// A line that hands out what it was given, piece by piece.
    struct Told(VecDeque<Vec<u8>>);

    impl Read for Told {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some(piece) = self.0.pop_front() else { return Ok(0) };
            buffer[..piece.len()].copy_from_slice(&piece);
            Ok(piece.len())
        }
    }

    impl Write for Told {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Line for Told {
        fn certificates(&self) -> Option<Digest> {
            None
        }
    }

    fn received(message: &[u8], piece: usize) -> io::Result<(Vec<u8>, bool)> {
        let mut line = Told(message.chunks(piece).map(<[u8]>::to_vec).collect());
        receive(&mut line, &Limits { bytes: 1000, ..Limits::default() })
    }

    #[test]
    fn a_response_ends_where_its_framing_says_however_it_arrives() {
        for (message, whole) in [
            (&b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"[..], true),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", true),
            (b"HTTP/1.0 200 OK\r\n\r\nhello until the end", true),
            (b"HTTP/1.1 204 No Content\r\n\r\n", true),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", false),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello", false),
        ] {
            for piece in [1, 7, 1000] {
                assert_eq!(received(message, piece).unwrap(), (message.to_vec(), whole), "pieces of {piece}");
            }
        }
    }

    #[test]
    fn interim_responses_and_what_follows_the_end_are_dropped() {
        let message = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n";
        let (response, whole) = received(message, 1000).unwrap();
        assert_eq!((&response[..], whole), (&b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"[..], true));
    }

    #[test]
    fn a_response_without_end_is_cut_and_says_so() {
        let message = [&b"HTTP/1.1 200 OK\r\n\r\n"[..], &[b'a'; 5000]].concat();
        let (response, whole) = received(&message, 100).unwrap();
        assert_eq!((response.len(), whole), (1000, false));
        assert!(received(&[b'a'; 5000], 100).is_err());
        assert!(received(b"", 1).is_err());
    }

    #[test]
    fn a_request_names_the_page_and_nothing_of_who_asks() {
        let request = String::from_utf8(request(&Url::parse("https://例子.中国:8443/a b?c=d").unwrap())).unwrap();
        assert!(request.starts_with("GET /a%20b?c=d HTTP/1.1\r\nHost: xn--fsqu00a.xn--fiqs8s:8443\r\n"));
        let names: Vec<&str> = request.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
        assert_eq!(names, ["Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Connection"]);
    }
}
