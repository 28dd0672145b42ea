//! `names`: compares and finds names in tables, so that anybody can judge the matcher by labels of their own.

mod compare;
mod rate;
mod screen;
mod table;

use anyhow::Result;
use names::{Effort, Name, Reason, Verdict};

use crate::args::{Names, NamesCommand};

/// Runs one of the two tables; false if rows were left out.
pub fn run(args: &Names) -> Result<bool> {
    match &args.command {
        NamesCommand::Compare { pairs, measures } => {
            compare::run(pairs, if *measures { compare::Columns::Measures } else { compare::Columns::Answer })
        }
        NamesCommand::Screen { kb, queries, best, candidates, reads } => {
            let usual = Effort::default();
            let effort =
                Effort { candidates: candidates.unwrap_or(usual.candidates), reads: reads.unwrap_or(usual.reads) };
            screen::run(kb, queries, *best, effort)
        }
    }
}

/// Score, verdict and reasons as cells.
fn answer(score: f32, reasons: &[Reason<'_>]) -> String {
    let reasons: Vec<String> = reasons.iter().map(|reason| table::plain(&reason.to_string())).collect();
    format!("{:.4}\t{}\t{}", score, Verdict::of(score).word(), reasons.join("; "))
}

/// The names of the measures, in the order of [`Comparison::measures`].
fn measure_names() -> Vec<&'static str> {
    let nobody = Name::new("");
    names::compare(&nobody, &nobody).measures().map(|(name, _)| name).collect()
}
