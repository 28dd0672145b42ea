//! What can be typed for the editors' desk.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::Manners;

/// Run the editors' desk.
///
/// Its own process on its own listener: editors log in, write drafts, and review each other's. What two persons stand
/// behind becomes an entry of the ledger, so this reads the signing key as `import` does. Make the first account with
/// `counteratlas desk add-admin`. Listens on this machine alone, unless `--address` names the `https://` address of a
/// proxy in front of it.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Desk {
    /// What to do instead of listening.
    #[command(subcommand)]
    pub command: Option<DeskCommand>,
    /// The atlas folder.
    #[arg(required = true)]
    pub atlas: Option<PathBuf>,
    /// Address and port.
    #[arg(long, default_value = "127.0.0.1:8181", env = "COUNTERATLAS_DESK_LISTEN")]
    pub listen: SocketAddr,
    /// The address under which browsers reach it, such as `https://desk.example.org`; without it
    /// `http://localhost:PORT`.
    #[arg(long, value_name = "URL")]
    pub address: Option<String>,
    #[command(flatten)]
    pub manners: Manners,
}

/// What can be done beside.
#[derive(Debug, clap::Subcommand)]
pub enum DeskCommand {
    /// Make an account that may make accounts, and print a link for its first log-in.
    AddAdmin(AddAdmin),
}

/// Make an account that may make accounts.
///
/// Prints a link that counts once, for a day. The same name again makes a new link, for who has lost all else.
#[derive(Debug, clap::Args)]
pub struct AddAdmin {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// The account's name; a pseudonym will do.
    pub name: String,
    /// The address of the desk, as the link shall begin.
    #[arg(long, value_name = "URL", default_value = "http://localhost:8181")]
    pub address: String,
}
