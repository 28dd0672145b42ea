//! What can be typed to compare names without an atlas.

use std::path::PathBuf;

use clap::Subcommand;

/// Compare organisation names across scripts.
///
/// Reads tab-separated files with a header line, needs no atlas, and tells its own rate at the end.
#[derive(Debug, clap::Args)]
pub struct Names {
    /// What to do.
    #[command(subcommand)]
    pub command: NamesCommand,
}

/// What can be done with names.
#[derive(Debug, Subcommand)]
pub enum NamesCommand {
    /// Score pairs of names: writes the rows with score, verdict and reasons.
    Compare {
        /// A table with the columns `name1` and `name2`.
        pairs: PathBuf,
        /// Also write the measures behind each score, a column each.
        #[arg(long)]
        measures: bool,
    },
    /// Find each query's best entity in a knowledge base.
    Screen {
        /// A table with the columns `entity` and `name`; an entity may have many names.
        kb: PathBuf,
        /// A table with the column `name`.
        queries: PathBuf,
        /// How many entities to write for a query, a row each.
        #[arg(long, default_value_t = 1)]
        best: usize,
        /// How many names are compared exactly for a query.
        #[arg(long)]
        candidates: Option<usize>,
        /// How many entries of the index are read to choose them.
        #[arg(long)]
        reads: Option<usize>,
    },
}
