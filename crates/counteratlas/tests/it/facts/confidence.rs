//! The confidence rule, written a second time from its text.

use std::collections::{BTreeMap, BTreeSet};

use super::{Row, parts};

/// What the evidence of a row gives: `disputed`, `confirmed`, `probable` or `reported`.
pub fn of(sources: &BTreeMap<String, Row>, cell: &str, statement_only: bool) -> &'static str {
    let evidence: Vec<(&str, &str)> = parts(cell)
        .map(|part| part.rsplit_once(':').unwrap_or((part, "supports")))
        .map(|(source, stance)| (source.split('#').next().unwrap_or(source), stance))
        .collect();
    if !statement_only && evidence.iter().any(|(_, stance)| *stance == "contradicts") {
        return "disputed";
    }
    let supports: BTreeSet<&str> =
        evidence.iter().filter(|(_, stance)| *stance == "supports").map(|(id, _)| *id).collect();
    let kind = |id: &str| sources[id]["kind"].as_str();
    if supports.iter().any(|id| kind(id) == "government") {
        return "confirmed";
    }
    let counting: Vec<&str> = supports.into_iter().filter(|id| kind(id) != "editorial").collect();
    match groups(sources, &counting) {
        0 => "reported",
        1 if counting.iter().all(|id| kind(id) == "leak") => "probable",
        1 => "reported",
        _ => "confirmed",
    }
}

/// How many groups of sources do not depend on each other: by flooding from one to the next.
fn groups(sources: &BTreeMap<String, Row>, ids: &[&str]) -> usize {
    let mut left: BTreeSet<&str> = ids.iter().copied().collect();
    let mut groups = 0;
    while let Some(first) = left.pop_first() {
        groups += 1;
        let mut reached = vec![first];
        while let Some(id) = reached.pop() {
            let joined: Vec<&str> = left.iter().copied().filter(|other| depend(sources, id, other)).collect();
            left.retain(|other| !joined.contains(other));
            reached.extend(joined);
        }
    }
    groups
}

/// One relays the other, both relay a common original, or they share a publisher.
fn depend(sources: &BTreeMap<String, Row>, a: &str, b: &str) -> bool {
    let publisher = |id: &str| sources[id]["publisher"].clone();
    let shared = !publisher(a).is_empty() && publisher(a) == publisher(b);
    shared || !origins(sources, a).is_disjoint(&origins(sources, b))
}

/// A source and all that it relays.
fn origins(sources: &BTreeMap<String, Row>, id: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![id.to_owned()];
    while let Some(id) = open.pop() {
        if found.insert(id.clone()) {
            open.extend(sources.get(&id).into_iter().flat_map(|row| parts(&row["reports_on"])).map(str::to_owned));
        }
    }
    found
}
