//! `names compare`: each row of pairs with its score, verdict and reasons.

use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use names::{Comparison, Name, Reader, Reason, compare};

use super::rate::{Rate, now};
use super::table::{Table, cell};
use super::{answer, measure_names};

/// Which columns are written after those that were read.
#[derive(Clone, Copy, PartialEq)]
pub enum Columns {
    /// Score, verdict, reasons.
    Answer,
    /// Also what the score was worked out from, for fitting.
    Measures,
}

/// So many rows are dealt with at once: few enough to stay near the processor, enough that the clock costs nothing.
const TOGETHER: usize = 48;

/// Streams the table; false if rows were left out.
pub fn run(path: &Path, columns: Columns) -> Result<bool> {
    let mut table = Table::open(path)?;
    let wanted = [table.column("name1")?, table.column("name2")?];
    let mut out = BufWriter::new(std::io::stdout().lock());
    write!(out, "{}\tscore\tverdict\treasons", table.header())?;
    if columns == Columns::Measures {
        write!(out, "\tat_least\tat_most\t{}", measure_names().join("\t"))?;
    }
    writeln!(out)?;
    let mut work = Work { wanted, columns, reader: Reader::new(), whole: Rate::default(), compared: Rate::default() };
    let mut rows: Vec<String> = Vec::with_capacity(TOGETHER);
    while let Some(row) = table.next(&wanted)? {
        rows.push(row.to_owned());
        if rows.len() == TOGETHER {
            work.write(&mut out, &rows)?;
            rows.clear();
        }
    }
    work.write(&mut out, &rows)?;
    out.flush()?;
    work.whole.say("pairs", "analysed and compared with reasons, in one core's time");
    work.compared.say("pairs", "of names analysed before compared with reasons, in one core's time");
    Ok(table.is_clean())
}

/// What is done with rows, and how long it took.
struct Work {
    wanted: [usize; 2],
    columns: Columns,
    reader: Reader,
    whole: Rate,
    compared: Rate,
}

impl Work {
    fn write(&mut self, out: &mut impl Write, rows: &[String]) -> Result<()> {
        let texts: Vec<[&str; 2]> = rows.iter().map(|row| self.wanted.map(|column| cell(row, column))).collect();
        let begun = now();
        let pairs: Vec<[Name; 2]> = texts.iter().map(|pair| pair.map(|text| self.reader.name(text))).collect();
        let read = now();
        let answers: Vec<Answer<'_>> = pairs.iter().map(|pair| Answer::on(pair, self.columns)).collect();
        let done = now();
        self.whole.add(rows.len(), done - begun);
        self.compared.add(rows.len(), done - read);
        for (row, given) in rows.iter().zip(&answers) {
            write!(out, "{row}\t{}", answer(given.score, &given.reasons))?;
            if let Some(comparison) = &given.measured {
                write!(out, "\t{}\t{}", comparison.bounds().0, comparison.bounds().1)?;
                comparison.measures().try_for_each(|(_, value)| write!(out, "\t{value:.4}"))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// What is written about one pair. The comparison itself is large and is kept only where its measures are asked for.
struct Answer<'a> {
    score: f32,
    reasons: Vec<Reason<'a>>,
    measured: Option<Box<Comparison>>,
}

impl<'a> Answer<'a> {
    fn on([left, right]: &'a [Name; 2], columns: Columns) -> Answer<'a> {
        let comparison = compare(left, right);
        let measured = (columns == Columns::Measures).then(|| Box::new(comparison));
        Answer { score: comparison.score, reasons: comparison.reasons(left, right), measured }
    }
}
