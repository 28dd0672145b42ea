//! `check`: findings about the content.

mod quotes;
mod stamps;

use anyhow::Result;
use edition::Follower;
use model::Problem;

use crate::args::Check;
use crate::atlas::Atlas;
use crate::report;

/// Opens the edition and reports its audit, or what may be there twice.
pub fn run(args: &Check) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    if args.evidence {
        return evidence(args, &atlas);
    }
    let edition = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?.edition()?;
    let problems = if args.duplicates { edition.audit_duplicates() } else { edition.audit() };
    let clean = report::problems(&problems, args.report);
    let (items, links) = (edition.items().len(), edition.links().len());
    report::say(&format!("checked {items} items and {links} links: {} findings", problems.len()));
    Ok(clean)
}

/// Looks for every quote in the captures of its source.
fn evidence(args: &Check, atlas: &Atlas) -> Result<bool> {
    let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let (tally, problems) = quotes::check(follower.state(), &atlas.archive())?;
    let (stamps, doubts) = stamps::check(atlas, follower.state())?;
    let problems: Vec<Problem> = problems.into_iter().chain(doubts).collect();
    let clean = report::problems(&problems, args.report);
    let quotes::Tally { exact, moved, gone, absent, unheld, destroyed } = tally;
    report::say(&format!(
        "quotes: {exact} exact, {moved} moved, {gone} gone, {absent} absent, {unheld} of sources without captured words"
    ));
    if stamps.all > 0 {
        let stamps::Tally { all, hold, vouched, unheld } = stamps;
        report::say(&format!(
            "time stamps: {all}, of which {hold} hold, {vouched} of them by a trusted certificate; {unheld} are not held here"
        ));
    }
    if destroyed > 0 {
        report::say(&format!("{destroyed} quotes are of sources whose captures were destroyed"));
    }
    Ok(clean)
}
