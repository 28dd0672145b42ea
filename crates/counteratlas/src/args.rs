//! What can be typed: every command with its options and help.

mod build;
mod capture;
mod desk;
mod keep;
mod log;
mod names;
mod publish;
mod screen;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

pub use build::Build;
pub use capture::{Apart, Capture, Evidence, Manners, Original, Recheck, Timestamp};
pub use desk::{AddAdmin, Desk, DeskCommand};
pub use keep::{Backup, Class, Decide, Mirror, Redact, Repair, Restore, VerdictWord};
pub use log::{Log, LogCheck, LogCommand, LogSucceed, LogWatch, LogWitness};
pub use names::{Names, NamesCommand};
pub use publish::{Publish, Reveal};
pub use screen::Screen;

/// A public, evidence-first atlas of the surveillance-technology industry.
///
/// An atlas is one folder: an append-only, signed ledger of sourced claims, and a few settings.
/// Make one with `init`, fill it with `import`, look at it with `serve`.
///
/// Data goes to standard output, everything said to people goes to standard error.
/// Exit codes: 0 done, 1 problems were found, 2 could not run.
#[derive(Debug, Parser)]
#[command(name = "counteratlas", version, max_term_width = 100, propagate_version = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new, empty atlas folder with its own signing key.
    Init(Init),
    /// Bring files of facts into an atlas, as one entry of its ledger.
    Import(Import),
    /// Look for things in the content that an editor should see.
    Check(Check),
    /// Prove from the bytes on disk that the ledger is whole, and name what is not.
    Verify(Verify),
    /// Destroy claims, evidence or captures for ever, leaving a tombstone that says why.
    Redact(Redact),
    /// Say whether two items are one; a later decision takes it back.
    Decide(Decide),
    /// Keep what a source says: its page with all it loads, or a file.
    Capture(Capture),
    /// Look again at what was captured, and say whether it still says so.
    Recheck(Recheck),
    /// Keep somebody else's word of when captured bytes were there.
    Timestamp(Timestamp),
    /// Put values into their place that were sealed until a day, or destroy them.
    Reveal(Reveal),
    /// Publish the newest edition, or say why it is held back.
    Publish(Publish),
    /// Pack captures as a WACZ file, which players of web archives open.
    Evidence(Evidence),
    /// Copy an atlas, also while it is served or written to.
    Backup(Backup),
    /// Make an atlas from a backup, and prove that it is the same.
    Restore(Restore),
    /// Copy somebody else's atlas, verify it, and follow it.
    Mirror(Mirror),
    /// Mend a damaged atlas from a mirror or another copy.
    Repair(Repair),
    /// The transparency log: proofs for strangers, witnesses, monitors.
    Log(Log),
    /// Show an atlas as a web site.
    Serve(Serve),
    /// Run the editors' desk: drafts, reviews, accounts.
    Desk(Desk),
    /// Write the published records to standard output.
    Export(Export),
    /// Write the whole site as static files.
    Build(Build),
    /// Compare organisation names across scripts, and find them in a list.
    Names(Names),
    /// Check a list of one's own: suppliers, holdings, customers, addressees.
    Screen(Screen),
    /// Serve the built-in sample atlas from a temporary folder, to look around.
    Demo(Demo),
    /// The far side of processes that this program starts of itself.
    #[command(hide = true)]
    Apart(Apart),
}

/// Make a new, empty atlas folder.
///
/// The folder must not exist or be empty. It gets `atlas.toml` (settings), `log/` (the transparency
/// log), `segments/` (the operations) and `keys/log.key` (the secret that signs checkpoints: keep a
/// copy in a safe place, and never publish it).
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The folder to make.
    pub atlas: PathBuf,
    /// The log's permanent name: a host and path of yours without `https://`.
    #[arg(long, default_value = "counteratlas.invalid/atlas")]
    pub origin: String,
    /// The atlas' name, as readers see it.
    #[arg(long, default_value = "Counteratlas")]
    pub name: String,
}

/// Bring files of facts into an atlas.
///
/// Takes the native tables (a folder with sources.csv, entities.csv, relations.csv, figures.csv,
/// glossary.csv, cables.csv), an ASPI export, and control lists, told apart by their headers.
/// All or nothing: with any error nothing is written. Importing the same files again adds nothing;
/// importing changed files adds exactly the difference.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// Files or folders.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Show what would change and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The files' format; guessed from their headers when absent.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// How problems are reported.
    #[arg(long, value_enum, default_value = "text")]
    pub report: Report,
    /// Withdraw what an earlier version of the same data had and this one lacks.
    #[arg(long)]
    pub withdraw_missing: bool,
    /// The day an export was made, as YYYY-MM-DD, where the file does not say.
    #[arg(long)]
    pub as_of: Option<String>,
    /// Seal the values until this day, as YYYY-MM-DD: the ledger commits to them now, and nobody can read them
    /// before `counteratlas reveal`.
    #[arg(long, value_name = "DATE")]
    pub embargo: Option<String>,
    /// Why it is right that more is withdrawn than `shrink_bound` allows. It is shown to readers.
    #[arg(long = "override", value_name = "REASON", conflicts_with = "embargo")]
    pub override_: Option<String>,
    /// The role in whose name the entry is made.
    #[arg(long, default_value = "editor")]
    pub author: String,
    /// No progress bar.
    #[arg(long)]
    pub quiet: bool,
}

/// A format of files to import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Our own table set.
    Native,
    /// The 21-column export of ASPI's map.
    Aspi,
    /// Control lists in nine columns.
    Lists,
    /// Case studies as Markdown.
    Stories,
}

/// How problems are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Report {
    /// One line each, on standard error.
    Text,
    /// One JSON document, on standard output.
    Json,
}

/// Look for things an editor should see.
///
/// Lists claims without evidence, stated confidence that differs from what the evidence gives, and
/// words the vocabulary does not know. Notes alone leave the exit code at 0.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// Look for every quote in what the archive holds of its source, instead: exact, moved, gone or absent.
    #[arg(long, conflicts_with = "duplicates")]
    pub evidence: bool,
    /// List organisations that are likely to be one, with the reasons, instead. Nothing is merged.
    #[arg(long)]
    pub duplicates: bool,
    /// How findings are reported.
    #[arg(long, value_enum, default_value = "text")]
    pub report: Report,
}

/// Prove that the ledger is whole.
///
/// Re-derives every hash from the bytes on disk: operations, entries, tiles, checkpoint and
/// signature. Names the file and bytes of whatever does not fit.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// The public key that must have signed, as `name+id+key`; otherwise the folder's own.
    #[arg(long)]
    pub key: Option<String>,
    /// An earlier checkpoint that you have kept (a file): the ledger must begin with the entries it stands for.
    #[arg(long)]
    pub since: Option<PathBuf>,
    /// How findings are reported.
    #[arg(long, value_enum, default_value = "text")]
    pub report: Report,
}

/// Show an atlas as a web site.
///
/// Opens the folder read-only, never reads the signing key, and shows new entries within a second.
/// Writes down nothing about its readers.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// A second address and port, of an origin of its own, on which the very bytes of fetched captures are given out
    /// as downloads. What a site answered may hold the address of the machine that asked: look before you open it.
    #[arg(long)]
    pub evidence: Option<SocketAddr>,
    /// Address and port.
    #[arg(long, default_value = "127.0.0.1:8080", env = "COUNTERATLAS_LISTEN")]
    pub listen: SocketAddr,
}

/// Write the published records to standard output.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// What to write.
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: ExportFormat,
    /// Only links that this filter lets through, as in the site's addresses: `country=KE&category=5g`.
    #[arg(long, default_value = "")]
    pub filter: String,
    /// The language of labels.
    #[arg(long, default_value = "en", value_parser = ["en", "zh-Hans"])]
    pub lang: String,
}

/// What an export looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Every record with its claims and evidence, one JSON object a line.
    Jsonl,
    /// Links as a table.
    Csv,
    /// Located links as GeoJSON.
    Geojson,
}

/// Serve the built-in sample atlas.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// Address and port.
    #[arg(long, default_value = "127.0.0.1:8080", env = "COUNTERATLAS_LISTEN")]
    pub listen: SocketAddr,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Args::command().debug_assert();
    }
}
