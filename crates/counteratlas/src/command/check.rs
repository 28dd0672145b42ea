//! `check`: findings about the content.

use anyhow::Result;
use edition::Follower;

use crate::args::Check;
use crate::atlas::Atlas;
use crate::report;

/// Opens the edition and reports its audit, or what may be there twice.
pub fn run(args: &Check) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let edition = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?.edition()?;
    let problems = if args.duplicates { edition.audit_duplicates() } else { edition.audit() };
    let clean = report::problems(&problems, args.report);
    let (items, links) = (edition.items().len(), edition.links().len());
    report::say(&format!("checked {items} items and {links} links: {} findings", problems.len()));
    Ok(clean)
}
