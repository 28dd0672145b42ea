//! `names compare`: each row of pairs with its score, verdict and reasons.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use names::{Reader, compare};

use super::rate::Rate;
use super::table::{Table, cell};
use super::{answer, measure_names};

/// Which columns are written after those that were read.
pub enum Columns {
    /// Score, verdict, reasons.
    Answer,
    /// Also what the score was worked out from, for fitting.
    Measures,
}

/// Streams the table; false if rows were left out.
pub fn run(path: &Path, columns: Columns) -> Result<bool> {
    let mut table = Table::open(path)?;
    let [left, right] = [table.column("name1")?, table.column("name2")?];
    let mut out = BufWriter::new(std::io::stdout().lock());
    let with_measures = matches!(columns, Columns::Measures);
    write!(out, "{}\tscore\tverdict\treasons", table.header())?;
    if with_measures {
        write!(out, "\tat_least\tat_most\t{}", measure_names().join("\t"))?;
    }
    writeln!(out)?;
    let (mut reader, mut rate) = (Reader::new(), Rate::default());
    while let Some(row) = table.next(&[left, right])? {
        let start = Instant::now();
        let (left, right) = (reader.name(cell(row, left)), reader.name(cell(row, right)));
        let comparison = compare(&left, &right);
        let reasons = comparison.reasons(&left, &right);
        rate.add(start.elapsed());
        write!(out, "{row}\t{}", answer(&comparison, &reasons))?;
        if with_measures {
            write!(out, "\t{}\t{}", comparison.bounds().0, comparison.bounds().1)?;
            comparison.measures().try_for_each(|(_, value)| write!(out, "\t{value:.4}"))?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    rate.say("pairs", "analysed and compared with reasons, on one core");
    Ok(table.is_clean())
}
