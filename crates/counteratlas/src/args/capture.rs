//! What can be typed to keep what sources say: capture, recheck.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::apart::Role;

/// Keep what a source says: its page with all it loads, or a file.
///
/// WHAT is an address, a file, or a source's id (its address is asked for then). Pages are fetched by a
/// process of its own that may read no file and goes to public addresses only; what came is graded
/// honestly: complete, partial, wall (something stands before the page) or error. The bytes are kept
/// by their digest in `captures/`, the ledger says which they are. Without WHAT, what an earlier run
/// did not finish is gone on with.
///
/// Prints one line for each capture: its id, grade, reason, digest and address, between tabs. Exit
/// code 1 if anything was not captured whole.
#[derive(Debug, clap::Args)]
pub struct Capture {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// Addresses, files or ids of sources.
    pub what: Vec<String>,
    /// Capture every source that has an address and no capture yet.
    #[arg(long, conflicts_with_all = ["what", "source"])]
    pub all: bool,
    /// The source that addresses and files are of; otherwise the one that has the address.
    #[arg(long)]
    pub source: Option<String>,
    /// Ask this time-stamping authority (RFC 3161) for its word about what was captured.
    #[arg(long, value_name = "URL")]
    pub timestamp: Option<String>,
    #[command(flatten)]
    pub original: Original,
    #[command(flatten)]
    pub manners: Manners,
}

/// What becomes of a file that somebody gave, once its words are read or its picture is painted anew.
///
/// Without any of these it is kept, and given to nobody; its digest is public.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Original {
    /// Anyone may have the file as it is, with everything in it: names, places, devices.
    #[arg(long, group = "fate")]
    pub open: bool,
    /// Keep the file encrypted for this age recipient, whose key is not here; may be named several times.
    #[arg(long, group = "fate", value_name = "RECIPIENT")]
    pub seal: Vec<String>,
    /// Keep what readers see, and nothing else; neither the file nor its digest.
    #[arg(long, group = "fate")]
    pub destroy: bool,
}

/// Keep somebody else's word of when captured bytes were there.
///
/// An authority (RFC 3161) gets nothing but a digest. Its answer is checked before it is kept; where the atlas folder
/// has certificates in `authorities.pem`, one of them must vouch for it. Stamps that you got elsewhere, by RFC 3161 or
/// OpenTimestamps, are taken from a file. Prints one line for each: its id, capture, kind, time, and whose word it is.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("stamp").required(true))]
pub struct Timestamp {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// Ids of captures, such as `e12-0`.
    #[arg(required = true)]
    pub captures: Vec<String>,
    /// The address of the authority to ask.
    #[arg(long, value_name = "URL", group = "stamp")]
    pub authority: Option<String>,
    /// A stamp of the capture's kept bytes: an answer by RFC 3161 (`.tsr`), or an OpenTimestamps proof (`.ots`).
    #[arg(long, value_name = "FILE", group = "stamp")]
    pub proof: Option<PathBuf>,
    /// The role in whose name the entry is made.
    #[arg(long, default_value = "editor")]
    pub author: String,
}

/// Look again at what was captured, and say whether it still says so.
///
/// Asks the address of each source's latest capture again. *Unchanged*, *changed*, *gone*, *walled* or
/// *unanswered* becomes part of the record with its time; what is there now is kept beside what was there
/// then, and nothing is overwritten. Prints one line for each: finding, source, address.
#[derive(Debug, clap::Args)]
pub struct Recheck {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// Only these sources, by id; otherwise all.
    pub sources: Vec<String>,
    /// Only what was not looked at for so many days.
    #[arg(long, default_value_t = 0)]
    pub older_than: u32,
    #[command(flatten)]
    pub manners: Manners,
}

/// Pack captures with what proves them.
///
/// As a WACZ file, which players of web archives open, such as ReplayWeb.page and pywb: what was fetched, as it was
/// received. Or, with `--plain`, as plain files that a stranger can read and check without a network: pages without a
/// script, the words, pictures, fetched bytes, their SHA-256, and the log's proof of each. What somebody handed over is
/// in neither, unless it was captured with `--open`. The digest of the file, or of the folder's SHA256SUMS, is printed.
#[derive(Debug, clap::Args)]
pub struct Evidence {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// What to make; it must not exist. With `--plain` a ZIP file where the name ends in `.zip`, else a folder.
    pub target: PathBuf,
    /// Only the sources behind these records: ids of sources, items, links or stories. Otherwise all.
    pub records: Vec<String>,
    /// Only the sources behind the links of this filter, as it stands in the address of a page.
    #[arg(long)]
    pub filter: Option<String>,
    /// As plain files.
    #[arg(long)]
    pub plain: bool,
    /// The language of plain pages.
    #[arg(long, default_value = "en", value_parser = ["en", "zh"])]
    pub lang: String,
}

/// How the web is asked.
#[derive(Debug, Clone, clap::Args)]
pub struct Manners {
    /// Two letters of the country from which this machine asks. It is recorded.
    #[arg(long, env = "COUNTERATLAS_VANTAGE", default_value = "")]
    pub vantage: String,
    /// Names and addresses of this machine beside those that it knows itself, such as its public address. An answer that
    /// holds one is kept, its bytes are given to nobody, and its words are masked.
    #[arg(long, env = "COUNTERATLAS_OWN", value_delimiter = ',')]
    pub own: Vec<String>,
    /// Seconds between two visits to a host.
    #[arg(long, default_value_t = 1.0)]
    pub pause: f64,
    /// How often an address is asked if it does not answer.
    #[arg(long, default_value_t = 3)]
    pub tries: u32,
    /// Seconds before the second time; four times as long before each further one.
    #[arg(long, default_value_t = 5.0)]
    pub patience: f64,
    /// How many hosts are asked at a time.
    #[arg(long, default_value_t = 4)]
    pub jobs: usize,
    /// How many pictures, styles and scripts are kept with a page at most.
    #[arg(long, default_value_t = 100)]
    pub requisites: usize,
    /// The role in whose name the entries are made.
    #[arg(long, default_value = "editor")]
    pub author: String,
    /// No progress.
    #[arg(long)]
    pub quiet: bool,
    /// For tests: servers of this machine that may be asked. Refused unless the log's name is one of `.invalid`.
    #[arg(long, hide = true)]
    pub test_web: Vec<SocketAddr>,
}

/// The far side of processes that this program starts of itself.
#[derive(Debug, clap::Args)]
pub struct Apart {
    /// What it does.
    #[arg(value_enum)]
    pub role: Role,
}
