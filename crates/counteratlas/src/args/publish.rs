//! What can be typed about publication: reveal, publish.

use std::path::PathBuf;

use super::keep::Class;

/// Put sealed values into their place, on their day or later.
///
/// What was imported with `--embargo DATE` has been committed to in the ledger since; its values lie in
/// `sealed/`. Each is checked against its commitment, put in, and an entry says so. Embargoes whose
/// day has not come are left as they are.
#[derive(Debug, clap::Args)]
pub struct Reveal {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// Destroy the sealed values of this entry instead; a tombstone says why.
    #[arg(long, value_name = "ENTRY", requires = "reason", requires = "notice")]
    pub abandon: Option<u32>,
    /// Why they are destroyed.
    #[arg(long, value_enum, requires = "abandon")]
    pub reason: Option<Class>,
    /// The reference of the public notice, such as `notice-2026-07`. It is shown to readers.
    #[arg(long, requires = "abandon")]
    pub notice: Option<String>,
    /// The role in whose name the entry is made.
    #[arg(long, default_value = "editor")]
    pub author: String,
}

/// Publish the newest edition, or say why it is held back.
///
/// An edition is held back if records are gone that nobody took back, or if more than `shrink_bound`
/// percent (in `atlas.toml`; 2 unless it says otherwise) of all items, links, sources, terms or
/// stories were taken back since the last edition. `serve` then goes on showing that one,
/// and `build` and `export` refuse. With `--override` it is published all the same, and the
/// ledger says why, for all to read.
#[derive(Debug, clap::Args)]
pub struct Publish {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// Why it is right that so much is missing. It is shown to readers.
    #[arg(long = "override", value_name = "REASON")]
    pub override_: Option<String>,
    /// How problems are reported.
    #[arg(long, value_enum, default_value = "text")]
    pub report: super::Report,
    /// The role in whose name the entry is made.
    #[arg(long, default_value = "editor")]
    pub author: String,
}
