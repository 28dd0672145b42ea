//! Measures search in an atlas of 100,000 bilingual records, and checks its answers against a plain scan.
//! `bench/search/bench.py` runs it in turn with other engines.
//!
//!     cargo run --release -p edition --example search -- FOLDER [RECORDS]
//!
//! FOLDER receives `texts.jsonl` (one record a line: id and texts) and `questions.jsonl` (kind, text, and the numbers of
//! the records that a scan finds, where a scan was made).

mod search {
    pub mod words;
    pub mod world;
}

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use edition::search::{Group, Hit, Search, Wanted};
use edition::{Edition, Head, State};
use model::{Filter, OperationNumber, Vocabulary};
use rustix::time::{ClockId, clock_gettime};
use search::world::{Document, Question, World, generate};

/// Of every so many questions one is scanned for.
const SCANNED: usize = 3;

/// So many rounds are timed; the first warms up.
const ROUNDS: usize = 4;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("names a folder");
    let records = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let vocabulary = vocabulary();
    let world = generate(records, &vocabulary);
    let bytes: usize = world.documents.iter().flat_map(|d| &d.texts).map(String::len).sum();
    println!("ours: {} records with {:.1} MB of text", world.documents.len(), bytes as f64 / 1e6);
    let edition = edition(&world, vocabulary);
    let (begun, had) = (Instant::now(), now());
    let search = Search::new(&edition);
    let (built, took) = (begun.elapsed().as_secs_f64(), (now() - had).as_secs_f64());
    println!(
        "ours: {} documents indexed in {took:.2} s of one core's time ({built:.2} s), {} MB",
        search.len(),
        search.size() / 1_000_000
    );
    assert_eq!(search.len(), world.documents.len());
    measure(&edition, &search, &world.questions);
    check(&folder, &world, &edition, &search)
}

fn vocabulary() -> Arc<Vocabulary> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vocabulary/");
    let (vocabulary, problems) = Vocabulary::parse(|name| fs::read_to_string(format!("{folder}{name}")).ok());
    assert!(problems.is_empty(), "{problems:?}");
    Arc::new(vocabulary)
}

fn edition(world: &World, vocabulary: Arc<Vocabulary>) -> Edition {
    let mut state = State::default();
    state.enter(0, "2026-01-02", "importer");
    for (operation, made) in (0..).zip(&world.operations) {
        state.apply(OperationNumber { entry: 0, operation }, made.clone());
    }
    assert!(state.problems().is_empty(), "{:?}", state.problems());
    Edition::new(state, vocabulary, Head::default())
}

/// The ten best of each group and all totals.
const TEN: Wanted = Wanted { group: None, skip: 0, take: 10 };

/// Times every question: the hits and totals alone, and with the counts beside the filter.
fn measure(edition: &Edition, search: &Search, questions: &[Question]) {
    let filter = Filter::default();
    let mut all: Vec<f64> = Vec::new();
    let mut counted: Vec<f64> = Vec::new();
    let mut by_kind: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for round in 0..ROUNDS {
        for question in questions {
            let begun = now();
            let answer = black_box(search.find(edition, &search.query(&question.text), &filter, TEN));
            let spent = (now() - begun).as_secs_f64() * 1e3;
            black_box(search.counts(edition, &answer, &filter));
            if round > 0 {
                counted.push((now() - begun).as_secs_f64() * 1e3);
                all.push(spent);
                by_kind.entry(question.kind).or_default().push(spent);
            }
        }
    }
    for (kind, times) in by_kind.iter_mut().chain([(&"all", &mut all), (&"with counts", &mut counted)]) {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        println!("ours {kind}: n {} p50 {:.4} p99 {:.4} max {:.4} ms", times.len(), at(0.5), at(0.99), at(1.0));
    }
}

/// Scans for some of the questions, compares, and writes what other engines are asked.
fn check(folder: &str, world: &World, edition: &Edition, search: &Search) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(format!("{folder}/questions.jsonl"))?);
    let numbers: BTreeMap<&str, usize> = world.documents.iter().zip(0..).map(|(d, n)| (d.id.as_str(), n)).collect();
    let (mut wanted, mut found, mut right) = (0, 0, 0);
    for (n, question) in world.questions.iter().enumerate() {
        let scanned = !question.scanned.is_empty() && n % SCANNED == 0;
        let holds = |document: &Document| question.scanned.iter().all(|part| part.is_in(document));
        let scan: Vec<usize> =
            (0..world.documents.len()).filter(|at| scanned && holds(&world.documents[*at])).collect();
        if scanned {
            let every = Wanted { take: usize::MAX, ..TEN };
            let answer = search.find(edition, &search.query(&question.text), &Filter::default(), every);
            let mut ours: Vec<usize> = answer.hits.iter().map(|hit| numbers[id(edition, hit)]).collect();
            ours.sort_unstable();
            wanted += scan.len();
            found += ours.len();
            right += ours.iter().filter(|n| scan.binary_search(n).is_ok()).count();
            if ours != scan {
                println!("ours DIFFERS: {} {}: {} and {}", question.kind, question.text, ours.len(), scan.len());
            }
        }
        let scan = if scanned { serde_json::json!(scan) } else { serde_json::Value::Null };
        writeln!(out, "{}", serde_json::json!({ "kind": question.kind, "text": question.text, "scan": scan }))?;
    }
    let share = |of: usize| right as f64 / of.max(1) as f64;
    println!("ours scanned: {wanted} wanted, recall {:.4}, precision {:.4}", share(wanted), share(found));
    out.flush()?;
    let mut out = BufWriter::new(File::create(format!("{folder}/texts.jsonl"))?);
    for document in &world.documents {
        writeln!(out, "{}", serde_json::json!({ "id": document.id, "texts": document.texts }))?;
    }
    out.flush()
}

fn id<'e>(edition: &'e Edition, hit: &Hit) -> &'e str {
    match hit.group {
        Group::Items => edition.item_at(hit.record).id(),
        Group::Links => edition.link_at(hit.record).id(),
        Group::Sources => edition.source_at(hit.record).id(),
        _ => "",
    }
}

/// How much of a processor's time this thread has had: other work on the machine would falsify any other clock.
fn now() -> Duration {
    let had = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(had.tv_sec.unsigned_abs(), had.tv_nsec.unsigned_abs() as u32)
}
