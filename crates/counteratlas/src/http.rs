//! The few HTTP requests that the program makes: bounded in time and size, following no redirect, keeping no cookie.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use ureq::{Agent, Body};

/// A whole exchange takes no longer, however slowly the other side answers.
const PATIENCE: Duration = Duration::from_secs(60);
const CONNECT: Duration = Duration::from_secs(10);

/// Asks other machines.
pub struct Client {
    agent: Agent,
}

/// An answer.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Client {
    /// A client that knows nobody yet.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(CONNECT))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent("counteratlas")
            .build();
        Self { agent: config.into() }
    }

    /// Asks for an address; at most `most` bytes are taken.
    pub fn get(&self, url: &str, most: u64) -> Result<Reply> {
        reply(self.agent.get(url).call(), url, most)
    }

    /// Sends some bytes of this media type to an address.
    pub fn send(&self, url: &str, media_type: &str, bytes: &[u8], most: u64) -> Result<Reply> {
        reply(self.agent.post(url).content_type(media_type).send(bytes), url, most)
    }

    /// Sends text to an address.
    pub fn post(&self, url: &str, text: &str, most: u64) -> Result<Reply> {
        reply(self.agent.post(url).content_type("text/plain; charset=utf-8").send(text), url, most)
    }
}

impl Reply {
    /// The body as text.
    pub fn text(&self) -> Result<&str> {
        std::str::from_utf8(&self.body).context("the answer is not text")
    }
}

/// An address without the slash at its end.
pub fn base(url: &str) -> Result<String> {
    let web = url.starts_with("https://") || url.starts_with("http://");
    if !web || url.contains(|c: char| c.is_whitespace() || c.is_control() || c == '?' || c == '#') {
        bail!("`{url}` is not an address; hint: write `https://` and a host");
    }
    Ok(url.trim_end_matches('/').to_owned())
}

fn reply(asked: Result<ureq::http::Response<Body>, ureq::Error>, url: &str, most: u64) -> Result<Reply> {
    let failed = || format!("`{url}` does not answer");
    let mut response = asked.with_context(failed)?;
    let status = response.status().as_u16();
    // One byte more than is taken: at its limit the library may fail before it has seen the end.
    let body = response.body_mut().with_config().limit(most.saturating_add(1)).read_to_vec().with_context(failed)?;
    if body.len() as u64 > most {
        bail!("`{url}` sends more than `{most}` bytes");
    }
    Ok(Reply { status, body })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// Answers one request with these bytes; gives its address.
    fn once(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        });
        format!("http://{address}/x")
    }

    #[test]
    fn an_answer_comes_with_its_status_whatever_that_is() {
        let reply = Client::new().get(&once("HTTP/1.1 409 x\r\ncontent-length: 2\r\n\r\n5\n"), 100).unwrap();
        assert_eq!((reply.status, reply.text().unwrap()), (409, "5\n"));
    }

    #[test]
    fn no_redirect_is_followed() {
        let away = "HTTP/1.1 302 x\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(Client::new().get(&once(away), 100).unwrap().status, 302);
    }

    #[test]
    fn more_bytes_than_asked_for_are_an_error() {
        let long = "HTTP/1.1 200 x\r\ncontent-length: 11\r\n\r\nhello world";
        assert!(Client::new().get(&once(long), 10).is_err());
        assert!(Client::new().get(&once(long), 11).is_ok());
    }

    #[test]
    fn only_web_addresses_are_addresses() {
        assert_eq!(base("https://a.example/x/").unwrap(), "https://a.example/x");
        for wrong in ["ftp://a", "a.example", "http://a b", "https://a/?q", "file:///etc"] {
            assert!(base(wrong).is_err(), "{wrong}");
        }
    }
}
