//! What can be typed to keep a record: redact, decide, copy, mend.

use std::path::PathBuf;

use clap::ValueEnum;

/// Destroy the value of claims, evidence or captures for ever.
///
/// First a tombstone with the reason class and the notice's reference becomes an entry of the ledger;
/// then value and salt are destroyed in the atlas folder, and of a capture its bytes and words too. Every
/// root, checkpoint and proof stays valid. An import never fills in the same property from the same source
/// again, and what was captured is not captured again unless somebody asks for it by name. A capture that still
/// holds the words of a claim or a quote is told. Older backups and packages still hold the value, and mirrors
/// until they follow: deal with them separately.
#[derive(Debug, clap::Args)]
pub struct Redact {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// Claims, evidence or captures, by the ids that pages and exports show: `e12-345`.
    #[arg(required_unless_present = "finish")]
    pub ids: Vec<String>,
    /// Why.
    #[arg(long, value_enum, required_unless_present = "finish")]
    pub reason: Option<Class>,
    /// The reference of the public notice, such as `notice-2026-07`. It is shown to readers.
    #[arg(long, required_unless_present = "finish")]
    pub notice: Option<String>,
    /// Also destroy evidence (with its quotes) that bears on nothing but the redacted claims.
    #[arg(long)]
    pub with_evidence: bool,
    /// Also destroy every capture in whose words those of the redacted claims and quotes stand.
    #[arg(long)]
    pub with_captures: bool,
    /// Keep every source, not only those cited so far, from filling in the property again.
    #[arg(long)]
    pub all_sources: bool,
    /// Say what would be destroyed and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Carry out redactions that were decided and not finished. Every `redact` does so too.
    #[arg(long, conflicts_with_all = ["ids", "reason", "notice", "dry_run"])]
    pub finish: bool,
    /// The role in whose name the entry is made.
    #[arg(long, default_value = "editor")]
    pub author: String,
}

/// Why a value is destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Class {
    /// A court or an authority ordered it.
    CourtOrder,
    /// Somebody's legal claim was found good.
    LegalClaim,
    /// It is about a private person.
    PersonalData,
    /// It could get somebody hurt.
    Safety,
    /// We had no right to show the words.
    Copyright,
}

/// Say whether two items are one.
///
/// `same` shows FROM's claims and links on INTO's page, and sends readers of FROM's address there.
/// `different` keeps the two apart, also where they would be joined by way of others. A later decision
/// on the same two replaces an earlier one: `unsure` takes either back. Nothing is ever merged
/// without such a decision, and none is lost: the record keeps them all.
#[derive(Debug, clap::Args)]
pub struct Decide {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// What was found.
    #[arg(value_enum)]
    pub verdict: VerdictWord,
    /// The item that is no more shown by itself, if they are the same.
    pub from: String,
    /// The item that it is then part of.
    pub into: String,
    /// Why. It is shown to readers.
    #[arg(long)]
    pub reason: String,
    /// A source that the decision rests on, by its id; may be given several times.
    #[arg(long)]
    pub source: Vec<String>,
    /// The role in whose name the entry is made.
    #[arg(long, default_value = "editor")]
    pub author: String,
}

/// Whether two items are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VerdictWord {
    /// They are one.
    Same,
    /// They are two.
    Different,
    /// It is not known; they stay two.
    Unsure,
}

/// Copy an atlas.
///
/// The copy is that of one checkpoint, whatever is written meanwhile: settings, vocabulary, log and
/// operations, and a MANIFEST that `sha256sum -c` reads. It is checked byte by byte before the
/// command says done. The signing key and values that are sealed until a day are not in it: keep
/// them elsewhere (`--sealed` copies the latter).
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// Where to: a file ending in `.tar`, or else a folder. It must not exist.
    pub target: PathBuf,
    /// Copy the sealed values, too, apart from the rest: to a folder that must not exist. Keep it secret.
    #[arg(long, value_name = "FOLDER")]
    pub sealed: Option<PathBuf>,
}

/// Make an atlas from a backup.
///
/// Everything is checked before and after copying; the new folder gets its name only when its root
/// is the backup's. Put the signing key into `keys/log.key` to write to it again.
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// The backup: a `.tar` file or a folder.
    pub backup: PathBuf,
    /// The atlas folder to make. It must not exist.
    pub atlas: PathBuf,
    /// The root you expect, in hex, as `backup` printed it; otherwise that of the backup's checkpoint.
    #[arg(long)]
    pub root: Option<String>,
    /// The public key that must have signed; otherwise the backup's own.
    #[arg(long)]
    pub key: Option<String>,
    /// The folder that `backup --sealed` made, to bring sealed values back.
    #[arg(long, value_name = "FOLDER")]
    pub sealed: Option<PathBuf>,
}

/// Copy somebody else's atlas, verify it, and follow it.
///
/// Everything is checked before it is kept: signature, entries, operations. The folder holds no signing
/// key and can be shown with `serve`. Run it again to follow: a source that was set back or forked
/// is refused, and what was redacted there is destroyed here.
#[derive(Debug, clap::Args)]
pub struct Mirror {
    /// The atlas' address, such as `https://atlas.example`.
    pub url: String,
    /// The mirror's folder; made if need be.
    pub folder: PathBuf,
    /// The log's public key as you know it from elsewhere; otherwise that of the first time.
    #[arg(long)]
    pub key: Option<String>,
    /// The mirror's name, as its readers see it.
    #[arg(long)]
    pub name: Option<String>,
    /// Copy captures too: what was fetched, and the words of all. The address of the atlas' evidence listener, or a folder.
    #[arg(long, value_name = "PLACE")]
    pub captures: Option<String>,
}

/// Mend a damaged atlas from a mirror or another copy.
///
/// Every file of the log and every segment is compared with what the entries and commitments say;
/// what is damaged or missing is taken from the other copy, which need not be trusted. The root is the
/// same afterwards, or the command says what is still wrong. Values that the other copy still holds
/// though they were redacted here are destroyed again.
#[derive(Debug, clap::Args)]
pub struct Repair {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// The other copy: an atlas folder, an unpacked backup, or the address of an atlas.
    #[arg(long)]
    pub from: String,
    /// The log's public key; otherwise that of the signing key, or of the folder.
    #[arg(long)]
    pub key: Option<String>,
    /// Where captures are mended from: a folder, or the address of an evidence listener; otherwise from the folder of `--from`.
    #[arg(long, value_name = "PLACE")]
    pub captures: Option<String>,
}
