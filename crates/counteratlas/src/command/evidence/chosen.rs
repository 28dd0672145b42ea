//! Which captures are packed: those of the sources behind records, stories and filters.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use edition::story::{Pin, pairs, tell};
use edition::{CaptureRecord, Edition, Found, Item, LinkView, PublishedClaim};
use model::{Filter, FilterProblem, Id};

use crate::args::Evidence;

/// The captures of what was named, oldest first; all of them if nothing was.
pub fn captures<'e>(edition: &'e Edition, args: &Evidence) -> Result<Vec<&'e CaptureRecord>> {
    let all = edition.state().captures();
    if args.records.is_empty() && args.filter.is_none() {
        return Ok(all.collect());
    }
    let mut sources = BTreeSet::new();
    for record in &args.records {
        named(edition, record, &mut sources)?;
    }
    if let Some(query) = &args.filter {
        filtered(edition, query, &mut sources)?;
    }
    Ok(all.filter(|record| record.capture.source.as_ref().is_some_and(|id| sources.contains(id.as_str()))).collect())
}

/// Adds the sources behind whatever has this id.
fn named(edition: &Edition, id: &str, sources: &mut BTreeSet<String>) -> Result<()> {
    let mut known = false;
    if let Found::Live(source) = edition.source(id) {
        known = true;
        sources.insert(source.id().to_owned());
    }
    if let Some(item) = edition.item_or_merged(id) {
        known = true;
        of_item(&item, sources);
    }
    if let Found::Live(link) = edition.link(id) {
        known = true;
        of_link(&link, sources);
    }
    for lang in ui::Lang::ALL {
        if let Some(story) = edition.story(id, lang.tag()) {
            known = true;
            of_story(edition, &story.body, sources)?;
        }
    }
    if !known {
        bail!("there is no source, item, link or story `{id}`");
    }
    Ok(())
}

fn of_claims(claims: &[PublishedClaim<'_>], sources: &mut BTreeSet<String>) {
    let cited = claims.iter().flat_map(PublishedClaim::evidence);
    sources.extend(cited.map(|evidence| evidence.source_id.to_string()));
}

fn of_item(item: &Item<'_>, sources: &mut BTreeSet<String>) {
    of_claims(&item.claims(), sources);
    item.links_out().iter().chain(&item.links_in()).for_each(|link| of_link(link, sources));
}

fn of_link(link: &LinkView<'_>, sources: &mut BTreeSet<String>) {
    of_claims(&link.claims(), sources);
}

/// The sources that a story cites, and those behind the records and maps that it shows.
fn of_story(edition: &Edition, text: &str, sources: &mut BTreeSet<String>) -> Result<()> {
    let told = tell(text);
    for pin in told.pins() {
        match pin {
            Pin::Source(id) => drop(sources.insert(id.to_string())),
            Pin::Item(id) => edition.item_or_merged(id.as_str()).iter().for_each(|item| of_item(item, sources)),
            Pin::Link(id) => edition.link(id.as_str()).live().iter().for_each(|link| of_link(link, sources)),
        }
    }
    told.maps().try_for_each(|query| filtered(edition, query, sources))
}

fn filtered(edition: &Edition, query: &str, sources: &mut BTreeSet<String>) -> Result<()> {
    let (filter, problems) = Filter::parse(pairs(query), edition);
    if let Some(problem) = problems.first() {
        let what = match problem {
            FilterProblem::UnknownKey { key } => key.clone(),
            FilterProblem::UnknownValue { key, value, .. } => format!("{}={value}", key.name()),
        };
        bail!("the filter holds `{what}`, which has no meaning; hint: write it as it stands in the address of a page");
    }
    let (rows, _) = edition.select(&filter);
    rows.iter().for_each(|row| of_link(&edition.link_at(edition.rows().link[row]), sources));
    Ok(())
}

/// The pieces of evidence that quote from the source of a capture.
pub fn quoting(edition: &Edition, source: Option<&Id>) -> Vec<model::OperationNumber> {
    let source = source.and_then(|id| edition.source(id.as_str()).live());
    source.map(|source| source.quotes().into_iter().map(|(number, _)| number).collect()).unwrap_or_default()
}
