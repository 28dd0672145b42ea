//! What can be typed about the transparency log: proofs, witnesses, monitors.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Subcommand;

/// Proofs for strangers, and what makes the log hard to fork.
///
/// A proof is one file that shows to anyone who knows the log's public key that an operation (a claim,
/// a piece of evidence) stands in the log, and what it says. A witness is another organisation that
/// remembers the newest checkpoint and signs only what grew out of it. Neither needs the atlas:
/// `docs/verify.md` tells how to check everything by other means.
#[derive(Debug, clap::Args)]
pub struct Log {
    /// What to do.
    #[command(subcommand)]
    pub command: LogCommand,
}

/// What can be done with a log.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Write the proof of one claim or piece of evidence to standard output, as a `.tlog-proof` file.
    Prove {
        /// The atlas folder.
        atlas: PathBuf,
        /// The operation: `e12-345`.
        id: String,
    },
    /// Check a `.tlog-proof` file; needs no atlas. Prints what is proved.
    Check(LogCheck),
    /// Ask the witnesses named in `witness/policy` to cosign the newest checkpoint.
    Cosign {
        /// The atlas folder.
        atlas: PathBuf,
    },
    /// Give the log a new key, for which the old one vouches.
    RotateKey {
        /// The atlas folder.
        atlas: PathBuf,
    },
    /// End the log: its last entry names the one that follows it.
    Succeed(LogSucceed),
    /// Run a witness of other people's logs.
    Witness(LogWitness),
    /// Follow somebody else's log and fail if it takes anything back.
    Watch(LogWatch),
}

/// Check a `.tlog-proof` file.
#[derive(Debug, clap::Args)]
pub struct LogCheck {
    /// The file.
    pub proof: PathBuf,
    /// The public key that must have signed the checkpoint, as `name+id+key`.
    #[arg(long)]
    pub key: String,
    /// The log's changes of key, as `/log/turns` gives them: the checkpoint may be signed by a later key then.
    #[arg(long)]
    pub turns: Option<PathBuf>,
}

/// End the log: its last entry names the one that follows it.
///
/// Nothing can be appended afterwards, by anyone: a verifier refuses whatever lies behind.
#[derive(Debug, clap::Args)]
pub struct LogSucceed {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// The public key of the log that follows.
    #[arg(long)]
    pub key: String,
    /// Where that is; `-` if it has no address.
    #[arg(long)]
    pub url: String,
}

/// Run a witness of other people's logs, as https://c2sp.org/tlog-witness says.
///
/// The folder gets `keys/witness.key` (its secret) and `logs/` (the newest checkpoint of each log: never
/// restore it from an older copy). `logs.txt` lists the public keys of the logs it knows, one a
/// line; it may be changed while the witness runs. Prints the witness's own public key.
#[derive(Debug, clap::Args)]
pub struct LogWitness {
    /// The witness's folder.
    pub folder: PathBuf,
    /// Address and port.
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub listen: SocketAddr,
    /// The witness's permanent name, needed the first time: a host and path without `https://`.
    #[arg(long)]
    pub name: Option<String>,
}

/// Follow somebody else's log and fail if it takes anything back.
///
/// Looks at the newest checkpoint, proves from the published tiles that the log grew out of what was
/// seen before, and reads every new entry. Fails (exit code 1) if the log was set back, forked, or is
/// signed by another key; both checkpoints are then kept, and prove it to anyone.
#[derive(Debug, clap::Args)]
pub struct LogWatch {
    /// The atlas' address, such as `https://atlas.example`.
    pub url: String,
    /// The file that remembers the newest checkpoint seen. Without it every look is the first.
    #[arg(long)]
    pub state: Option<PathBuf>,
    /// Look once and end.
    #[arg(long)]
    pub once: bool,
    /// Seconds between two looks.
    #[arg(long, default_value_t = 300)]
    pub every: u64,
    /// The log's public key as you know it from elsewhere.
    #[arg(long)]
    pub key: Option<String>,
    /// A policy file (https://c2sp.org/tlog-policy): too few witnesses are then a failure, too.
    #[arg(long)]
    pub policy: Option<PathBuf>,
}
