//! `recheck`: what was captured is looked at again, and the finding becomes part of the record.

use anyhow::Result;
use desk::capture::read::{Document, Unread};
use desk::capture::{Fetched, Own};
use edition::{CaptureRecord, Follower, State};
use ledger::archive::Digest;
use model::{Form, Found, Grade, Operation, OperationNumber, Piece, Recheck as Finding, Reference};

use super::capture::{Came, Crew, Keeper, Wanted, named, taken, test_web};
use crate::args::{Manners, Recheck};
use crate::atlas::{Atlas, now};
use crate::own;
use crate::report::say;

/// A capture to compare with.
struct Before {
    number: OperationNumber,
    body: Piece,
    text: Option<Piece>,
}

/// Asks again, compares, and records.
pub fn run(args: &Recheck) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let (before, wanted) = due(args, follower.state())?;
    let mut crew = Crew::new(&args.manners, test_web(&args.manners, &atlas)?)?;
    let mut keeper = Keeper::new(&atlas, follower, &args.manners.author)?;
    let mut same = true;
    crew.work(&wanted, |one, came| {
        let at = wanted.iter().position(|other| std::ptr::eq(other, one)).expect("invariant: the crew asks only these");
        let found = record(&mut keeper, &before[at], one, came, &args.manners);
        same &= found == Found::Unchanged;
        keeper.settle_if_due().map(drop)
    })?;
    keeper.settle()?;
    say(&format!("looked at {} addresses again", wanted.len()));
    Ok(same)
}

/// The latest capture of each source that has an address and was not looked at for long enough.
fn due(args: &Recheck, state: &State) -> Result<(Vec<Before>, Vec<Wanted>)> {
    let named = named(&args.sources, state)?;
    let (mut before, mut wanted) = (Vec::new(), Vec::new());
    let live = state.sources().iter().filter(|(_, source)| source.gone.is_none());
    // What was destroyed is not brought back because a round of all sources comes by.
    let spared = |id: &str| args.sources.is_empty() && state.destroyed_of(id).next().is_some();
    for (_, source) in live.filter(|(_, source)| !spared(source.id.as_str())) {
        let usable = |record: &&CaptureRecord| {
            matches!(record.capture.form, Form::Fetched | Form::Withheld)
                && matches!(record.capture.grade, Grade::Complete | Grade::Partial)
        };
        let latest = state.captures_of(source.id.as_str()).rev().find(usable);
        let Some(latest) = latest.filter(|latest| named(source.id.as_str()) && old(latest, args.older_than)) else {
            continue;
        };
        let capture = &latest.capture;
        before.push(Before { number: latest.number, body: capture.body, text: capture.text });
        wanted.push(Wanted { url: capture.url.to_string(), source: Some(source.id.clone()) });
    }
    Ok((before, wanted))
}

/// Whether it was last looked at so many days ago.
fn old(record: &CaptureRecord, days: u32) -> bool {
    let looked = record.rechecks.last().map_or(&record.capture.at, |(_, recheck)| &recheck.at);
    let date = |text: &str| text.get(..10)?.parse::<jiff::civil::Date>().ok();
    let passed = date(looked).zip(date(&now())).and_then(|(then, today)| then.until(today).ok());
    passed.is_none_or(|passed| i64::from(passed.get_days()) >= i64::from(days))
}

/// Adds the finding and, where something else is there now, the capture of it.
fn record(keeper: &mut Keeper<'_>, before: &Before, wanted: &Wanted, came: Came, manners: &Manners) -> Found {
    let (found, now_there) = match came {
        Came::Nothing(_) => (Found::Unanswered, None),
        Came::Received(fetched, document) => {
            let own = Own::new(&own::words(&manners.own));
            let found = compare(before, &fetched, document.as_ref(), &own);
            let keep = matches!(found, Found::Changed | Found::Gone | Found::Walled);
            (found, keep.then(|| keeper.keep(taken(wanted, *fetched, document, manners))))
        }
    };
    let finding = Finding {
        capture: Reference::There(before.number),
        at: now().into(),
        found,
        now: now_there.map(Reference::Here),
    };
    let source = wanted.source.as_ref().map_or("", model::Id::as_str);
    keeper.add(Operation::Recheck(finding), format!("{}\t{source}\t{}", found.word(), wanted.url));
    found
}

fn compare(before: &Before, fetched: &Fetched, document: Result<&Document, &Unread>, own: &Own) -> Found {
    let digest = |bytes: &[u8]| Digest::of(bytes).0;
    match (fetched.grade, fetched.reason.as_str()) {
        (Grade::Wall, _) => return Found::Walled,
        (Grade::Error, "gone" | "soft-404" | "legal") => return Found::Gone,
        (Grade::Error, _) => return Found::Unanswered,
        _ => {}
    }
    let masked = |text: Vec<u8>| String::from_utf8(text).map(|text| own.masked(&text)).unwrap_or_default();
    let text = document.ok().map(|document| digest(masked(document.text.to_bytes()).as_bytes()));
    // A page may carry a clock or a number of its own: what it says is its text.
    let same_text = text.is_some() && text == before.text.map(|piece| piece.digest);
    if same_text || digest(&fetched.body) == before.body.digest { Found::Unchanged } else { Found::Changed }
}
