//! `reveal`: sealed values are put into their place on their day; or they are destroyed, and a tombstone says why.
//!
//! Revealing proves every value against its commitment and puts it in, and only then says so. Abandoning says why first,
//! and then destroys. Either is finished by doing it again.

use anyhow::{Context, Result, bail};
use edition::{Embargo, Follower};
use ledger::{forget, keeps};
use model::{Notice, Operation};

use crate::appending::in_turn;
use crate::args::Reveal;
use crate::atlas::{Atlas, today};
use crate::publication::Guard;
use crate::report::{out, say};
use crate::witnessing::after_append;

/// Reveals every embargo that is due, or abandons one.
pub fn run(args: &Reveal) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let mut follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    finish(&atlas, &follower)?;
    match args.abandon {
        Some(entry) => abandon(&atlas, &mut follower, args, entry)?,
        None => reveal(&atlas, &mut follower, &args.author)?,
    }
    Ok(true)
}

/// Carries out what was decided and not finished: what is revealed lies in its place and not in the vault, and what was
/// abandoned is nowhere.
pub fn finish(atlas: &Atlas, follower: &Follower) -> Result<()> {
    let (ledger, vault) = (follower.ledger(), atlas.vault());
    for embargo in follower.state().embargoes() {
        let entry = embargo.entry.into();
        match &embargo.end {
            Some((_, Notice::Reveal { .. })) if keeps(&*vault, entry)? => {
                ledger.unseal(entry, &*vault)?;
                forget(&*vault, entry)?;
            }
            Some((_, Notice::Abandon { .. })) => drop(ledger.abandon(entry, &*vault)?),
            _ => {}
        }
    }
    Ok(())
}

fn reveal(atlas: &Atlas, follower: &mut Follower, author: &str) -> Result<()> {
    let open: Vec<Embargo> = follower.state().embargoes().into_iter().filter(|e| e.end.is_none()).collect();
    let (due, later): (Vec<_>, Vec<_>) = open.into_iter().partition(|embargo| embargo.until <= today());
    for embargo in later {
        say(&format!("entry {} is sealed until {}", embargo.entry, embargo.until));
    }
    if due.is_empty() {
        say("nothing is to be revealed today");
        return Ok(());
    }
    let vault = atlas.vault();
    for embargo in &due {
        let put = follower.ledger().unseal(embargo.entry.into(), &*vault);
        let put = put.with_context(|| format!("the sealed values of entry {} can't be read", embargo.entry))?;
        say(&format!("put {put} values of entry {} into their place", embargo.entry));
    }
    let notices = due.iter().map(|embargo| Notice::Reveal { entry: embargo.entry }).collect();
    append(atlas, follower, author, notices)?;
    finish(atlas, follower)?;
    Guard::of(atlas).after_append(follower);
    due.iter().for_each(|embargo| out(&format!("e{}", embargo.entry)));
    Ok(())
}

fn abandon(atlas: &Atlas, follower: &mut Follower, args: &Reveal, entry: u32) -> Result<()> {
    let (reason, notice) = super::redact::grounds(args.reason, args.notice.as_deref())?;
    let embargo = follower.state().embargoes().into_iter().find(|embargo| embargo.entry == entry);
    match embargo.with_context(|| format!("entry {entry} is not sealed"))?.end {
        Some((_, Notice::Abandon { .. })) => say(&format!("entry {entry} was abandoned before")),
        Some(_) => bail!("entry {entry} was revealed; hint: redact its claims one by one"),
        None => append(atlas, follower, &args.author, vec![Notice::Abandon { entry, reason, notice: notice.into() }])?,
    }
    finish(atlas, follower)?;
    say(&format!("destroyed the sealed values of entry {entry} and their salts; the root is the same"));
    out(&format!("e{entry}"));
    Ok(())
}

fn append(atlas: &Atlas, follower: &mut Follower, author: &str, notices: Vec<Notice>) -> Result<()> {
    let operations: Vec<Operation> = notices.into_iter().map(Operation::Notice).collect();
    let append = |follower: &Follower| Ok(super::import::append(atlas, follower, author, operations.clone()));
    let (entry, _) = in_turn(follower, append)?;
    say(&format!("appended entry {entry}"));
    after_append(atlas.folder(), follower.ledger());
    follower.follow()?;
    Ok(())
}
