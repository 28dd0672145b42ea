//! `names`: compares and finds names in tables, so that anybody can judge the matcher by labels of their own.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use names::{Comparison, Effort, Index, Name, Part, Reader, Scratch, Verdict, compare};

use crate::args::{Names, NamesCommand};
use crate::report;

/// Runs one of the two tables.
pub fn run(args: &Names) -> Result<bool> {
    match &args.command {
        NamesCommand::Compare { pairs, measures } => compare_pairs(pairs, *measures),
        NamesCommand::Screen { kb, queries, candidates, reads } => {
            let usual = Effort::default();
            let effort =
                Effort { candidates: candidates.unwrap_or(usual.candidates), reads: reads.unwrap_or(usual.reads) };
            screen(kb, queries, effort)
        }
    }
}

/// Writes each row with its score, verdict and reasons.
fn compare_pairs(path: &Path, measures: bool) -> Result<bool> {
    let mut table = Table::open(path)?;
    let columns = [table.column("name1")?, table.column("name2")?];
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut header = format!("{}\tscore\tverdict\treasons", table.header);
    if measures {
        let names: Vec<&str> = compare(&Name::new(""), &Name::new("")).measures().map(|(name, _)| name).collect();
        header = format!("{header}\t{}", names.join("\t"));
    }
    writeln!(out, "{header}")?;
    let (mut reader, mut rate) = (Reader::new(), Rate::default());
    while let Some(row) = table.next()? {
        let start = Instant::now();
        let [left, right] = columns.map(|column| reader.name(cell(row, column)));
        let comparison = compare(&left, &right);
        rate.add(start.elapsed());
        write!(out, "{row}\t{}", answer(&comparison, &left, &right))?;
        if measures {
            comparison.measures().try_for_each(|(_, value)| write!(out, "\t{value:.4}"))?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    rate.say("pairs", "analysed and compared, on one core");
    Ok(true)
}

/// Writes each query with its best entity.
fn screen(kb: &Path, queries: &Path, effort: Effort) -> Result<bool> {
    let start = Instant::now();
    let (entities, index) = read_kb(kb)?;
    report::say(&format!(
        "{} names indexed in {:.2} s on {} cores",
        index.len(),
        start.elapsed().as_secs_f64(),
        cores()
    ));
    let mut table = Table::open(queries)?;
    let column = table.column("name")?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}\tbest\tbest_name\tscore\tverdict\treasons\tcandidates", table.header)?;
    let (mut scratch, mut reader, mut rate, mut scored) = (Scratch::default(), Reader::new(), Rate::default(), 0);
    while let Some(row) = table.next()? {
        let start = Instant::now();
        let query = index.query_with(&mut reader, cell(row, column));
        let (hits, candidates) = index.find(&query, 1, effort, &mut scratch);
        rate.add(start.elapsed());
        scored += candidates;
        match hits.first() {
            None => writeln!(out, "{row}\t\t\t0.0000\t{}\t\t{candidates}", Verdict::Different.word())?,
            Some(hit) => {
                let name = index.name(hit.name);
                let answer = answer(&hit.comparison, &query, name);
                writeln!(
                    out,
                    "{row}\t{}\t{}\t{answer}\t{candidates}",
                    entities[hit.entity as usize],
                    plain(name.text())
                )?;
            }
        }
    }
    out.flush()?;
    rate.say(
        "queries",
        &format!("on one core, {:.1} candidates compared for each", scored as f64 / rate.count.max(1) as f64),
    );
    Ok(true)
}

/// Score, verdict and reasons as cells.
fn answer(comparison: &Comparison, left: &Name, right: &Name) -> String {
    let reasons: Vec<String> =
        comparison.reasons(left, right).iter().map(|reason| plain(&reason.to_string())).collect();
    format!("{:.4}\t{}\t{}", comparison.score, comparison.verdict().word(), reasons.join("; "))
}

/// Reads and indexes the knowledge base on all cores; entities by their number.
fn read_kb(path: &Path) -> Result<(Vec<String>, Index)> {
    let mut table = Table::open(path)?;
    let columns = [table.column("entity")?, table.column("name")?];
    let mut numbers = std::collections::HashMap::new();
    let mut names: Vec<(u32, String)> = Vec::new();
    while let Some(row) = table.next()? {
        let next = numbers.len() as u32;
        let number = *numbers.entry(cell(row, columns[0]).to_string()).or_insert(next);
        names.push((number, cell(row, columns[1]).to_string()));
    }
    let share = names.len().div_ceil(cores()).max(1);
    let parts = thread::scope(|scope| {
        let workers: Vec<_> = names.chunks(share).map(|names| scope.spawn(move || part(names))).collect();
        workers.into_iter().map(|worker| worker.join()).collect::<Result<Vec<Part>, _>>()
    });
    let Ok(parts) = parts else { bail!("indexing stopped") };
    let mut entities: Vec<(String, u32)> = numbers.into_iter().collect();
    entities.sort_unstable_by_key(|(_, number)| *number);
    Ok((entities.into_iter().map(|(entity, _)| entity).collect(), Index::new(parts)))
}

fn part(names: &[(u32, String)]) -> Part {
    let mut reader = Reader::new();
    Part::new(names.iter().map(|(entity, name)| (*entity, reader.name(name))))
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// A tab-separated table, read line by line.
struct Table {
    lines: BufReader<File>,
    line: String,
    header: String,
    path: String,
}

impl Table {
    fn open(path: &Path) -> Result<Table> {
        let file = File::open(path).with_context(|| format!("can't read `{}`", path.display()))?;
        let mut lines = BufReader::with_capacity(1 << 16, file);
        let mut header = String::new();
        lines.read_line(&mut header).with_context(|| format!("can't read `{}`", path.display()))?;
        let header = header.trim_start_matches('\u{FEFF}').trim_end_matches(['\n', '\r']).to_string();
        Ok(Table { lines, line: String::new(), header, path: path.display().to_string() })
    }

    fn column(&self, name: &str) -> Result<usize> {
        let found = self.header.split('\t').position(|cell| cell == name);
        found.with_context(|| {
            format!("`{}` has no column `{name}`; hint: the first line names the columns, parted by tabs", self.path)
        })
    }

    /// The next line that is not empty.
    fn next(&mut self) -> Result<Option<&str>> {
        loop {
            self.line.clear();
            if self.lines.read_line(&mut self.line).with_context(|| format!("can't read `{}`", self.path))? == 0 {
                return Ok(None);
            }
            let end = self.line.trim_end_matches(['\n', '\r']).len();
            self.line.truncate(end);
            if end > 0 {
                return Ok(Some(&self.line));
            }
        }
    }
}

fn cell(row: &str, column: usize) -> &str {
    row.split('\t').nth(column).unwrap_or("")
}

/// A text that can stand in a cell.
fn plain(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// How many were done in how much time, reading and writing of files aside.
#[derive(Default)]
struct Rate {
    count: usize,
    spent: Duration,
}

impl Rate {
    fn add(&mut self, spent: Duration) {
        self.count += 1;
        self.spent += spent;
    }

    fn say(&self, what: &str, how: &str) {
        let rate = self.count as f64 / self.spent.as_secs_f64().max(1e-9);
        report::say(&format!("{} {what} in {:.2} s: {rate:.0} {what}/s, {how}", self.count, self.spent.as_secs_f64()));
    }
}
