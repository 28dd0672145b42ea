//! Measures paths of up to four steps in a graph of 100,000 items and 1,000,000 links, conditions of date and evidence on
//! every step. `bench/paths/bench.py` runs it in turn with networkx.
//!
//!     cargo run --release -p edition --example paths -- FOLDER    (writes links.csv and queries.csv for others)

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use edition::graph::{Conditions, Graph, LinkInput, Scratch, Way};
use paths::world::{Dice, ITEMS, links, passes, queries};
use rustix::time::{ClockId, clock_gettime};

mod paths {
    pub mod world;
}

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).expect("names a folder");
    let mut dice = Dice(3);
    let links = links(&mut dice);
    let conditions = Conditions {
        way: Way::Along,
        confidences: 0b0111,
        since: Some(20050101),
        until: Some(20221231),
        ..Conditions::default()
    };
    let pairs = queries(&mut dice, &links, &conditions);
    write(&folder, &links, &pairs, &conditions)?;
    let begun = Instant::now();
    let graph = Graph::new(ITEMS, &links, |_| false);
    println!("ours built {:.2} s", begun.elapsed().as_secs_f64());
    let mut scratch = Scratch::default();
    for run in 0..3 {
        measure(&format!("ours path along run {run}"), &pairs, |from, to| {
            let items = graph.shortest(from, to, &conditions, 4, &mut scratch)?;
            graph.path(items, &conditions).map(|path| path.hops.len())
        });
    }
    let either = Conditions { way: Way::Either, ..conditions };
    measure("ours path either way", &pairs, |from, to| {
        let items = graph.shortest(from, to, &either, 4, &mut scratch)?;
        graph.path(items, &either).map(|path| path.hops.len())
    });
    measure("ours all paths, at most 2000", &pairs[..100], |from, to| {
        Some(graph.all(from, to, &conditions, 4, 2_000, &mut scratch).paths.len())
    });
    measure("ours reach of 100 marked", &pairs[..100], |from, _| {
        Some(graph.reach(from, &conditions, 4, &mut scratch, |item| item % 1_000 == 0).len())
    });
    Ok(())
}

/// Times each question; prints how many were answered, the sum of the answers, median, 99th percentile and mean.
fn measure(what: &str, pairs: &[(u32, u32)], mut ask: impl FnMut(u32, u32) -> Option<usize>) {
    let (mut times, mut found, mut sum) = (Vec::new(), 0, 0);
    for (from, to) in pairs {
        let begun = now();
        let answer = black_box(ask(*from, *to));
        times.push((now() - begun).as_secs_f64() * 1e3);
        found += usize::from(answer.is_some());
        sum += answer.unwrap_or(0);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    println!(
        "{what}: n {} found {found} sum {sum} p50 {:.4} p99 {:.4} mean {mean:.4} ms",
        times.len(),
        at(0.5),
        at(0.99)
    );
}

fn write(folder: &str, links: &[LinkInput], pairs: &[(u32, u32)], conditions: &Conditions) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(format!("{folder}/links.csv"))?);
    for link in links.iter().filter(|link| passes(link, conditions)) {
        writeln!(file, "{},{}", link.subject, link.object)?;
    }
    file.flush()?;
    let mut file = BufWriter::new(File::create(format!("{folder}/queries.csv"))?);
    pairs.iter().try_for_each(|(from, to)| writeln!(file, "{from},{to}"))?;
    file.flush()
}

/// How much of a processor's time this thread has had: other work on the machine would falsify any other clock.
fn now() -> Duration {
    let had = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(had.tv_sec.unsigned_abs(), had.tv_nsec.unsigned_abs() as u32)
}
