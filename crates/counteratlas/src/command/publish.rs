//! `publish`: the newest edition is published, or held back; a reasoned override is written into the ledger.

use anyhow::{Result, bail};
use edition::Follower;
use model::{Notice, Operation};

use super::import::append;
use crate::appending::in_turn;
use crate::args::Publish;
use crate::atlas::Atlas;
use crate::publication::Guard;
use crate::report::{self, say};
use crate::witnessing::after_append;

/// Publishes, or says why not; with a reason for it, publishes all the same.
pub fn run(args: &Publish) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let guard = Guard::of(&atlas);
    let mut follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let overridden = in_turn(&mut follower, |follower| {
        let problems = guard.advance(follower)?;
        let size = follower.ledger().checkpoint().size;
        let Some(reason) = args.override_.as_deref().filter(|_| !problems.is_empty()) else {
            report::problems(&problems, args.report);
            let word = if problems.is_empty() { "is published" } else { "is held back" };
            say(&format!("edition {size} {word}"));
            return Ok(Ok(Err(problems.is_empty())));
        };
        let notice = vec![Operation::Notice(notice(&guard, follower, reason)?)];
        Ok(append(&atlas, follower, &args.author, notice).map(|(entry, _)| Ok((entry, size, problems))))
    })?;
    let (entry, size, problems) = match overridden {
        Err(published) => return Ok(published),
        Ok(overridden) => overridden,
    };
    problems.iter().for_each(|problem| say(&problem.to_string()));
    say(&format!("entry {entry} says why edition {} is published all the same", size + 1));
    after_append(atlas.folder(), follower.ledger());
    guard.after_append(&mut follower);
    Ok(true)
}

fn notice(guard: &Guard, follower: &Follower, reason: &str) -> Result<Notice> {
    let Some(last) = guard.last()? else { bail!("nothing was published before; hint: publish without `--override`") };
    let lost = last.missing_from(&follower.edition()?);
    overriding(last.size, lost, reason)
}

/// What says why an edition is published that lacks so many records of the one of `size` entries.
pub fn overriding(size: u64, lost: usize, reason: &str) -> Result<Notice> {
    if reason.trim().is_empty() || reason.len() > 1000 || reason.chars().any(char::is_control) {
        bail!("a reason has 1 to 1000 bytes and no control characters; it is shown to readers");
    }
    Ok(Notice::Override { since: u32::try_from(size)?, lost: u32::try_from(lost)?, reason: reason.into() })
}
