//! `capture`: pages and files become captures: bytes beside the ledger, and operations in it that say which they are.

mod crew;
mod given;
mod keeper;
mod taken;
mod targets;

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, bail};
use edition::Follower;
use model::Grade;

pub use crew::{Came, Crew, Wanted};
pub use keeper::{Keeper, anchors};
pub use taken::{piece, taken};
pub use targets::named;

use crate::args::{Capture, Manners};
use crate::atlas::Atlas;
use crate::report::say;
use targets::{Backlog, Target};

/// Captures what was named, or what is left from before.
pub fn run(args: &Capture) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let backlog = Backlog::of(&atlas);
    let targets = targets::of(args, follower.state(), &backlog)?;
    let fate = given::Fate::of(&args.original)?;
    let mut crew = Crew::new(&args.manners, test_web(&args.manners, &atlas)?)?;
    let (pages, files) = parted(targets);
    let mut left: Vec<Wanted> = pages.clone();
    backlog.write(&left)?;
    let mut keeper = Keeper::new(&atlas, follower, &args.manners.author)?;
    let mut whole = true;
    for (path, source) in files {
        match given::file(&path, source, &fate)? {
            Ok(taken) => drop(keeper.keep(taken)),
            Err(why) => {
                say(&format!("error: `{}` was not taken: {why}", path.display()));
                whole = false;
            }
        }
        keeper.settle_if_due()?;
    }
    crew.work(&pages, |wanted, came| {
        match came {
            Came::Received(fetched, document) => {
                whole &= fetched.grade == Grade::Complete;
                if !fetched.trouble.is_empty() {
                    say(&format!("{}: {}", wanted.url, fetched.trouble));
                }
                if fetched.shows_us {
                    say(&format!("{}: {SHOWS_US}", wanted.url));
                }
                keeper.keep(taken(wanted, *fetched, document, &args.manners));
            }
            Came::Nothing(why) => {
                say(&format!("{}: {}; {why}", wanted.url, desk::capture::PUBLIC_MESSAGE));
                whole = false;
            }
        }
        left.retain(|one| one != wanted);
        if keeper.settle_if_due()? {
            backlog.write(&left)?;
        }
        Ok(())
    })?;
    keeper.settle()?;
    backlog.write(&left)?;
    if let Some(url) = &args.timestamp {
        whole &= super::timestamp::stamp_all(&atlas, &mut keeper, url)?;
    }
    Ok(whole)
}

/// Said of an answer that would tell readers who captures.
const SHOWS_US: &str =
    "the answer shows this machine's name or address: its bytes are given to nobody, and its words are masked";

type Pages = Vec<Wanted>;
type Files = Vec<(std::path::PathBuf, Option<model::Id>)>;

fn parted(targets: Vec<Target>) -> (Pages, Files) {
    let (mut pages, mut files) = (Pages::new(), Files::new());
    for target in targets {
        match target {
            Target::Page(wanted) => pages.push(wanted),
            Target::File(path, source) => files.push((path, source)),
        }
    }
    (pages, files)
}

/// Servers of this machine that may be asked in a test. No atlas that anybody relies on has a log of this name.
pub fn test_web(manners: &Manners, atlas: &Atlas) -> Result<Vec<SocketAddr>> {
    let origin = atlas.ledger()?.checkpoint().origin.clone();
    let host = origin.split('/').next().unwrap_or_default();
    if manners.test_web.is_empty() {
        return Ok(Vec::new());
    }
    if !host.ends_with(".invalid") || manners.test_web.iter().any(|address| !address.ip().is_loopback()) {
        bail!("`--test-web` is for tests: this machine's own servers, and a log whose name ends in `.invalid`");
    }
    Ok(manners.test_web.clone())
}

/// Seconds as they were typed.
pub fn seconds(typed: f64) -> Result<Duration> {
    Duration::try_from_secs_f64(typed).map_err(|_| anyhow::anyhow!("`{typed}` is no number of seconds"))
}
