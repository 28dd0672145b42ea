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
    #[command(flatten)]
    pub manners: Manners,
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

/// Pack captures as a WACZ file.
///
/// Players of web archives, such as ReplayWeb.page and pywb, open it. It holds what was fetched of the
/// named sources, or of all, as it was received; the digest of the file is printed. What somebody handed over is not in it.
#[derive(Debug, clap::Args)]
pub struct Evidence {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// The file to make. It must not exist.
    pub target: PathBuf,
    /// Only these sources, by id; otherwise all.
    pub sources: Vec<String>,
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
