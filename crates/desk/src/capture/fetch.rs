//! One capture: the page with its redirects and requisites, as the records of one WARC file.

use std::collections::HashSet;
use std::io;

use ledger::archive::{Digest, http, warc};
use model::{Grade, Robots};
use url::Url;

use super::decode::{decoded, text_of};
use super::exchange::{Connect, Exchange, Limits, exchange};
use super::grade::{Seen, grade};
use super::guard::{Guard, Refusal, Resolve};
use super::own::Own;
use super::page::{Page, page};
use super::requisites;
use super::robots::robots;

/// What is to be captured, and how much it may take.
#[derive(Debug, Clone)]
pub struct Job {
    /// The address.
    pub url: String,
    /// Two letters of the country from which it is fetched; empty if it is not told.
    pub vantage: String,
    /// How many requisites are fetched at most; 0 for none.
    pub requisites: usize,
    /// How many redirects are followed at most.
    pub redirects: usize,
    /// Bytes of a body when decoded.
    pub decoded: u64,
    /// For each exchange.
    pub limits: Limits,
    /// Names and addresses of the machine that asks. An answer that holds one is told.
    pub own: Vec<String>,
}

impl Job {
    /// A job with the usual bounds.
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            vantage: String::new(),
            requisites: 100,
            redirects: 10,
            decoded: 64 << 20,
            limits: Limits::default(),
            own: Vec::new(),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The WARC file; empty if nothing was received.
    pub warc: Vec<u8>,
    /// When it was begun: UTC, as `YYYY-MM-DDThh:mm:ssZ`.
    pub at: String,
    /// How good it is.
    pub grade: Grade,
    /// Why: a word.
    pub reason: String,
    /// The address that answered in the end.
    pub final_url: String,
    /// Its status; 0 if nothing was received.
    pub status: u16,
    /// Media type of the last response, without parameters.
    pub media_type: String,
    /// The character encoding that the response states; empty if none.
    pub charset: String,
    /// The address connected to in the end, without port.
    pub address: String,
    /// Digest of the server's certificates, where the line was secure.
    pub certificates: Option<Digest>,
    /// The body, decoded.
    pub body: Vec<u8>,
    /// What the site asks of robots.
    pub robots: Robots,
    /// Requisites that were asked for.
    pub asked: usize,
    /// Requisites that did not come.
    pub missing: usize,
    /// For the operator: what went wrong, if anything did.
    pub trouble: String,
    /// Something of it shows the machine that asked.
    pub shows_us: bool,
}

/// What the fetcher needs of the world.
pub struct World<'a> {
    /// The guard.
    pub guard: &'a Guard,
    /// Names to addresses.
    pub resolver: &'a dyn Resolve,
    /// Addresses to lines.
    pub connect: &'a dyn Connect,
    /// The time, UTC, as `YYYY-MM-DDThh:mm:ssZ`.
    pub now: &'a dyn Fn() -> String,
}

#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("no answer: {0}")]
    Silent(#[from] io::Error),
}

/// Captures one address. It never fails: what came of it is graded.
pub fn fetch(job: &Job, world: &World<'_>) -> Fetched {
    let mut file = File::begin(job, world);
    match file.follow(job, world) {
        Ok(last) => file.finish(job, world, &last),
        Err(trouble) => file.failed(job, &trouble),
    }
}

/// No more requisites are fetched when the file has so many bytes.
const ALL: usize = 128 << 20;

struct File {
    sheet: warc::Sheet,
    at: String,
    bytes: Vec<u8>,
    seen: HashSet<String>,
    own: Own,
    shows_us: bool,
}

impl File {
    fn begin(job: &Job, world: &World<'_>) -> Self {
        let sheet = warc::Sheet { date: (world.now)(), warcinfo: String::new() };
        let mut about = vec![("software", "counteratlas"), ("format", "WARC File Format 1.1")];
        about.extend(Some(("vantage", job.vantage.as_str())).filter(|(_, vantage)| !vantage.is_empty()));
        let info = sheet.warcinfo(&about);
        let id = info.fields.get("WARC-Record-ID").unwrap_or_default().to_owned();
        let at = sheet.date.clone();
        let (sheet, bytes) = (warc::Sheet { warcinfo: id, ..sheet }, warc::write(&info));
        Self { sheet, at, bytes, seen: HashSet::new(), own: Own::new(&job.own), shows_us: false }
    }

    /// One exchange, judged and recorded.
    fn get(&mut self, url: &str, job: &Job, world: &World<'_>) -> Result<Exchange, Trouble> {
        let allowed = world.guard.allow(url, world.resolver)?;
        self.sheet.date = (world.now)();
        let exchange = exchange(&allowed, world.connect, &job.limits)?;
        self.seen.insert(exchange.url.to_string());
        self.record(&exchange);
        self.shows_us |= self.own.shown_in(&exchange.response, job.decoded);
        Ok(exchange)
    }

    fn record(&mut self, exchange: &Exchange) {
        let (url, address) = (exchange.url.as_str(), exchange.address.ip().to_string());
        let response = self.sheet.response(url, &address, exchange.response.clone());
        let request = self.sheet.request(url, &response, exchange.request.clone());
        let certificates = exchange.certificates.map(|digest| digest.to_string()).unwrap_or_default();
        let about = [("certificates-sha256", certificates.as_str()), ("cut", if exchange.cut { "yes" } else { "" })];
        let told: Vec<(&str, &str)> = about.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        self.bytes.extend(warc::write(&response));
        self.bytes.extend(warc::write(&request));
        if !told.is_empty() {
            self.bytes.extend(warc::write(&self.sheet.metadata(url, &response, &told)));
        }
    }

    /// The page itself, behind all its redirects. Every hop is judged anew.
    fn follow(&mut self, job: &Job, world: &World<'_>) -> Result<Exchange, Trouble> {
        let mut last = self.get(&job.url, job, world)?;
        for _ in 0..job.redirects {
            match next_hop(&last).filter(|url| !self.seen.contains(url.as_str())) {
                Some(url) => last = self.get(url.as_str(), job, world)?,
                None => break,
            }
        }
        Ok(last)
    }

    fn finish(mut self, job: &Job, world: &World<'_>, last: &Exchange) -> Fetched {
        let received = Received::of(last, job.decoded);
        let robots = self.robots(job, world, &last.url);
        let (asked, missing) = self.requisites(job, world, last, &received);
        let seen = Seen {
            status: received.status,
            cut: last.cut || received.trouble.is_some(),
            asked: &path(&job.url),
            answered: &path(last.url.as_str()),
            page: received.page.as_ref(),
            length: received.body.len(),
            missing,
        };
        let (grade, reason) = grade(&seen);
        Fetched {
            warc: self.bytes,
            at: self.at,
            grade,
            reason: reason.into(),
            final_url: last.url.to_string(),
            status: received.status,
            media_type: received.media_type,
            charset: received.charset,
            address: last.address.ip().to_string(),
            certificates: last.certificates,
            body: received.body,
            robots,
            asked,
            missing,
            trouble: received.trouble.unwrap_or_default(),
            shows_us: self.shows_us,
        }
    }

    /// Asks the site what it asks of robots, and keeps its answer.
    fn robots(&mut self, job: &Job, world: &World<'_>, url: &Url) -> Robots {
        let Ok(place) = url.join("/robots.txt") else { return Robots::Unknown };
        let Ok(exchange) = self.get(place.as_str(), job, world) else { return Robots::Unknown };
        let received = Received::of(&exchange, job.decoded);
        match received.status {
            200 => robots(&String::from_utf8_lossy(&received.body), &path(url.as_str())),
            400..500 => Robots::None,
            _ => Robots::Unknown,
        }
    }

    /// Fetches what the page loads, one level of styles within styles included. Gives how many were asked for and how
    /// many of them did not come.
    fn requisites(&mut self, job: &Job, world: &World<'_>, last: &Exchange, received: &Received) -> (usize, usize) {
        let named = received.page.iter().flat_map(|page| &page.requisites);
        let mut wanted: Vec<Url> = named.filter_map(|one| last.url.join(one).ok()).collect();
        let (mut asked, mut missing, mut at) = (0, 0, 0);
        while at < wanted.len() && asked < job.requisites && self.bytes.len() < ALL && received.status == 200 {
            let url = wanted[at].clone();
            at += 1;
            if !matches!(url.scheme(), "http" | "https") || self.seen.contains(url.as_str()) {
                continue;
            }
            asked += 1;
            match self.get(url.as_str(), job, world) {
                Ok(exchange) => {
                    let style = Received::of(&exchange, job.decoded);
                    missing += usize::from(!(200..400).contains(&style.status) || exchange.cut);
                    if style.media_type == "text/css" {
                        let css = String::from_utf8_lossy(&style.body);
                        wanted.extend(requisites::of_css(&css).iter().filter_map(|one| exchange.url.join(one).ok()));
                    }
                }
                Err(_) => missing += 1,
            }
        }
        (asked, missing)
    }

    fn failed(self, job: &Job, trouble: &Trouble) -> Fetched {
        let reason = match trouble {
            Trouble::Refused(_) => "refused",
            Trouble::Silent(_) => "silent",
        };
        let warc = if self.seen.is_empty() { Vec::new() } else { self.bytes };
        Fetched {
            warc,
            at: self.at,
            grade: Grade::Error,
            reason: reason.into(),
            final_url: job.url.clone(),
            status: 0,
            media_type: String::new(),
            charset: String::new(),
            address: String::new(),
            certificates: None,
            body: Vec::new(),
            robots: Robots::Unknown,
            asked: 0,
            missing: 0,
            trouble: trouble.to_string(),
            shows_us: self.shows_us,
        }
    }
}

fn next_hop(last: &Exchange) -> Option<Url> {
    let head = http::head(&last.response).ok()?;
    let location = head.get("location").filter(|_| matches!(head.status, 301 | 302 | 303 | 307 | 308))?;
    last.url.join(location).ok()
}

fn path(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return String::new() };
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

/// A response, read.
#[derive(Default)]
struct Received {
    status: u16,
    media_type: String,
    charset: String,
    body: Vec<u8>,
    page: Option<Page>,
    trouble: Option<String>,
}

impl Received {
    fn of(exchange: &Exchange, most: u64) -> Self {
        let Ok(head) = http::head(&exchange.response) else { return Self::default() };
        let (media_type, charset) = (head.media_type(), head.charset());
        let plain = http::body(&head, &exchange.response).map_err(|error| error.to_string());
        let coding = head.get("content-encoding").unwrap_or_default();
        let body = plain.and_then(|body| decoded(&body, coding, most).map_err(|error| error.to_string()));
        let trouble = body.as_ref().err().cloned();
        let body = body.unwrap_or_default();
        let page = matches!(media_type.as_str(), "text/html" | "application/xhtml+xml" | "text/plain" | "")
            .then(|| read_page(&body, &media_type, &charset));
        Self { status: head.status, media_type, charset, body, page, trouble }
    }
}

fn read_page(body: &[u8], media_type: &str, charset: &str) -> Page {
    let text = text_of(body, Some(charset).filter(|label| !label.is_empty()));
    if media_type == "text/plain" {
        let paragraphs = text.split("\n\n").map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
        return Page { paragraphs: paragraphs.filter(|one| !one.is_empty()).collect(), ..Page::default() };
    }
    page(&text)
}
