//! Measures `/path` over HTTP, evidence attached, in an atlas of 100,000 items and 1,000,000 links: the graph and the
//! questions of `bench/paths`, behind the whole site, asked over one kept connection.
//!
//!     cargo run --release -p web --example answers

#[path = "../../edition/examples/paths/world.rs"]
mod world;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use edition::graph::{Conditions, LinkInput, Way};
use edition::{Edition, Head, State};
use model::{
    Claim, Date, Evidence, Id, LangText, Link, Operation, OperationNumber, Passage, Qualifiers, Reference, Source,
    Stance, Statement, Subject, Value, Vocabulary,
};
use web::{Assets, WebState, router};
use world::{Dice, ITEMS, links, queries};

const SOURCES: usize = 10_000;
/// The conditions of `bench/paths`, as an address says them.
const CONDITIONS: &str = "&paths=1&since=2005&until=2022&confidence=confirmed&confidence=probable&confidence=reported";
const TYPES: [&str; 3] = ["owns", "supplies", "invests"];

/// A state in the making.
#[derive(Default)]
struct Draft {
    state: State,
    next: u32,
}

fn id(text: &str) -> Id {
    Id::parse(text).expect("invariant: a generated id")
}

impl Draft {
    fn apply(&mut self, operation: Operation) -> u32 {
        let number = self.next;
        self.next += 1;
        self.state.apply(OperationNumber { entry: 0, operation: number }, operation);
        number
    }

    fn source(&mut self, n: usize) {
        self.apply(Operation::Source(Source {
            id: id(&format!("source-{n}")),
            title: LangText::plain(&format!("Report {n}")),
            publisher: format!("Publisher {}", n % 700).into(),
            published: Date::parse("2021-03").ok(),
            language: "en".into(),
            kind: id("news"),
            relays: Vec::new(),
            url: format!("https://source.example/{n}").into(),
            note: "".into(),
        }));
    }

    fn item(&mut self, n: usize) {
        let name = format!("item-{n}");
        self.apply(Operation::Item { id: id(&name), kind: id("company") });
        self.claim(Subject::Item(id(&name)), "name", Value::Text(LangText::plain(&format!("Company {n}"))), &[n]);
    }

    fn link(&mut self, n: usize, link: &LinkInput) {
        let (subject, object) = (id(&format!("item-{}", link.subject)), id(&format!("item-{}", link.object)));
        let name = id(&format!("link-{n}"));
        let link_type = id(TYPES[usize::from(link.link_type).min(2)]);
        self.apply(Operation::Link(Link { id: name.clone(), link_type, subject, object }));
        // What is confirmed has two sources, what is reported one.
        let sources: &[usize] = if link.confidence == 0 { &[n, n + 1] } else { &[n] };
        self.claim(Subject::Link(name.clone()), "asserts", Value::Flag(true), sources);
        for (property, day) in [("start", link.from), ("end", link.until)] {
            if let Some(date) = day.and_then(|day| Date::parse(&(day / 10_000).to_string()).ok()) {
                self.claim(Subject::Link(name.clone()), property, Value::Date(date), &sources[..1]);
            }
        }
    }

    fn claim(&mut self, subject: Subject, property: &str, value: Value, sources: &[usize]) {
        let statement = Statement::Is(value);
        let claim = Claim { subject, property: id(property), statement, qualifiers: Qualifiers::default() };
        let number = self.apply(Operation::Claim(claim));
        for source in sources {
            self.apply(Operation::Evidence(Evidence {
                claims: vec![Reference::Here(number)],
                source: id(&format!("source-{}", source % SOURCES)),
                stance: Stance::Supports,
                passage: Passage::default(),
                group: None,
                against_interest: false,
            }));
        }
    }
}

fn vocabulary() -> Arc<Vocabulary> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vocabulary");
    Arc::new(Vocabulary::parse(|file| std::fs::read_to_string(folder.join(file)).ok()).0)
}

fn main() -> std::io::Result<()> {
    let begun = Instant::now();
    let mut dice = Dice(3);
    let links = links(&mut dice);
    let along = Conditions { way: Way::Along, ..Conditions::default() };
    let pairs = queries(&mut dice, &links, &along);
    let mut draft = Draft::default();
    (0..SOURCES).for_each(|n| draft.source(n));
    (0..ITEMS).for_each(|n| draft.item(n));
    links.iter().enumerate().for_each(|(n, link)| draft.link(n, link));
    assert!(draft.state.problems().is_empty(), "{:?}", draft.state.problems().first());
    println!("{} operations applied after {:.1} s", draft.next, begun.elapsed().as_secs_f64());
    let edition = Edition::new(draft.state, vocabulary(), Head::default());
    let state = Arc::new(WebState::new(Arc::new(edition), Assets::new(std::iter::empty())));
    println!("edition made after {:.1} s", begun.elapsed().as_secs_f64());
    let address = serve(state)?;
    let mut reader = Reader::new(TcpStream::connect(address)?)?;
    reader.ask("/path.json?from=item-0&to=item-1")?;
    println!("first answer after {:.1} s", begun.elapsed().as_secs_f64());
    for (what, more) in [("shortest", "&paths=1"), ("shortest, 2005 to 2022, sure", CONDITIONS), ("25 of all", "")] {
        measure(what, &mut reader, &pairs, more)?;
    }
    Ok(())
}

/// Serves on a free port until the program ends.
fn serve(state: Arc<WebState>) -> std::io::Result<std::net::SocketAddr> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        use axum::serve::ListenerExt;
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        runtime.block_on(async { axum::serve(listener, router(state)).await })
    });
    Ok(address)
}

/// A client with one connection.
struct Reader {
    stream: BufReader<TcpStream>,
}

impl Reader {
    fn new(stream: TcpStream) -> std::io::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// The body of an answer.
    fn ask(&mut self, path: &str) -> std::io::Result<Vec<u8>> {
        write!(self.stream.get_mut(), "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")?;
        let (mut line, mut length) = (String::new(), 0);
        self.stream.read_line(&mut line)?;
        assert!(line.starts_with("HTTP/1.1 200"), "{path}: {line}");
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            if line == "\r\n" {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a number");
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }
}

fn measure(what: &str, reader: &mut Reader, pairs: &[(u32, u32)], more: &str) -> std::io::Result<()> {
    let (mut times, mut found, mut bytes, mut cited) = (Vec::new(), 0, 0, 0);
    for (from, to) in pairs {
        let path = format!("/path.json?from=item-{from}&to=item-{to}{more}");
        let begun = Instant::now();
        let body = reader.ask(&path)?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
        let answer: serde_json::Value = serde_json::from_slice(&body)?;
        let paths = answer["paths"].as_array().map_or(0, Vec::len);
        (found, bytes) = (found + usize::from(paths > 0), bytes + body.len());
        cited += usize::from(paths > 0 && String::from_utf8_lossy(&body).contains("\"source"));
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let mean = bytes / times.len();
    println!(
        "{what}: n {} found {found}, {cited} with sources, {mean} bytes each, p50 {:.4} p99 {:.4} ms",
        times.len(),
        at(0.5),
        at(0.99)
    );
    Ok(())
}
