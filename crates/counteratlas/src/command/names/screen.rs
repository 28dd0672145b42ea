//! `names screen`: each query with the entities it may be.

use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::thread;
use std::time::Instant;

use anyhow::{Result, bail};
use names::{Effort, Hit, Index, Name, Part, Reader, Scratch, Verdict};

use super::answer;
use super::rate::{Rate, now};
use super::table::{Table, cell, plain};
use crate::report;

/// Streams the queries; false if rows were left out of either table.
pub fn run(kb: &Path, queries: &Path, best: usize, effort: Effort) -> Result<bool> {
    let known = Known::read(kb)?;
    let mut table = Table::open(queries)?;
    let column = table.column("name")?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}\tbest\tbest_name\tscore\tverdict\treasons\tcandidates", table.header())?;
    let (mut scratch, mut reader, mut rate, mut scored) = (Scratch::default(), Reader::new(), Rate::default(), 0);
    while let Some(row) = table.next(&[column])? {
        let start = now();
        let query = known.index.query_with(&mut reader, cell(row, column));
        let (hits, candidates) = known.index.find(&query, best, effort, &mut scratch);
        let answers: Vec<String> = hits.iter().map(|hit| known.answer(hit, &query)).collect();
        rate.add(1, now() - start);
        scored += candidates;
        for answer in &answers {
            writeln!(out, "{row}\t{answer}\t{candidates}")?;
        }
        if answers.is_empty() {
            writeln!(out, "{row}\t\t\t0.0000\t{}\t\t{candidates}", Verdict::Different.word())?;
        }
    }
    out.flush()?;
    let compared = scored as f64 / rate.count().max(1) as f64;
    rate.say("queries", &format!("in one core's time, {compared:.1} candidates compared for each, reasons included"));
    Ok(table.is_clean() && known.is_clean)
}

/// The knowledge base: an index, and the entities by their numbers in it.
struct Known {
    entities: Vec<String>,
    index: Index,
    is_clean: bool,
}

impl Known {
    /// Reads and indexes a table on all cores.
    fn read(path: &Path) -> Result<Known> {
        let mut table = Table::open(path)?;
        let [entity, name] = [table.column("entity")?, table.column("name")?];
        let mut numbers = HashMap::new();
        let mut names: Vec<(u32, String)> = Vec::new();
        while let Some(row) = table.next(&[entity, name])? {
            let next = numbers.len() as u32;
            let number = *numbers.entry(cell(row, entity).to_string()).or_insert(next);
            names.push((number, cell(row, name).to_string()));
        }
        let start = Instant::now();
        let index = index(&names)?;
        let seconds = start.elapsed().as_secs_f64();
        report::say(&format!("{} names indexed in {seconds:.2} s on {} cores", index.len(), cores()));
        let mut entities: Vec<(String, u32)> = numbers.into_iter().collect();
        entities.sort_unstable_by_key(|(_, number)| *number);
        let entities = entities.into_iter().map(|(entity, _)| entity).collect();
        Ok(Known { entities, index, is_clean: table.is_clean() })
    }

    /// Entity, name, score, verdict and reasons as cells.
    fn answer(&self, hit: &Hit, query: &Name) -> String {
        let name = self.index.name(hit.name);
        let reasons = hit.comparison.reasons(query, name);
        format!(
            "{}\t{}\t{}",
            self.entities[hit.entity as usize],
            plain(name.text()),
            answer(hit.comparison.score, &reasons)
        )
    }
}

fn index(names: &[(u32, String)]) -> Result<Index> {
    let share = names.len().div_ceil(cores()).max(1);
    let parts = thread::scope(|scope| {
        let workers: Vec<_> = names.chunks(share).map(|names| scope.spawn(move || part(names))).collect();
        workers.into_iter().map(|worker| worker.join()).collect::<Result<Vec<Part>, _>>()
    });
    let Ok(parts) = parts else { bail!("indexing stopped") };
    Ok(Index::new(parts))
}

fn part(names: &[(u32, String)]) -> Part {
    let mut reader = Reader::new();
    Part::new(names.iter().map(|(entity, name)| (*entity, reader.name(name))))
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
