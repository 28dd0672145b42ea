//! Items that may be one: suggestions with their reasons, for somebody to decide. Nothing is ever merged by likeness.

use std::collections::{BTreeSet, HashMap};

use model::{CheckRule, Identifier, Problem, Statement, Value, Where};
use names::{Effort, Ground, Index, Name, Part, Reader, Record, RecordComparison, Scratch, Verdict, compare_records};

use crate::edition::Edition;
use crate::view::Item;

/// Kinds of item that have the names of organisations.
const ORGANISATIONS: [&str; 5] = ["company", "public-body", "university", "investor", "organisation"];
/// How many entities a name is compared with.
const NEIGHBOURS: usize = 8;

/// Two items that are likely to be one.
#[derive(Debug, Clone)]
pub struct Duplicate<'e> {
    /// The item with the lower id.
    pub left: Item<'e>,
    /// The other.
    pub right: Item<'e>,
    /// How likely, from 0 to 1.
    pub score: f32,
    /// What speaks for it and against it, in sentences.
    pub reasons: Vec<String>,
}

impl Edition {
    /// Pairs of organisations that share an identifier or have names that are taken for one organisation's, most
    /// likely first. Items that a link or a parent joins are two by the sources, and collective items are nobody;
    /// neither is suggested.
    pub fn duplicates(&self) -> Vec<Duplicate<'_>> {
        let items: Vec<Item<'_>> = self.items().into_iter().filter(is_organisation).collect();
        let records: Vec<Record> = records(self, &items);
        let apart = self.joined(&items);
        let mut found: Vec<Duplicate<'_>> = candidates(&records)
            .into_iter()
            .filter(|pair| !apart.contains(pair))
            .filter_map(|(i, j)| {
                let comparison = compare_records(&records[i], &records[j]);
                let is_likely =
                    comparison.verdict() == Verdict::Same || matches!(comparison.ground, Ground::Contradiction(..));
                let reasons = reasons(&comparison, &records[i], &records[j]);
                is_likely.then(|| Duplicate { left: items[i], right: items[j], score: comparison.score, reasons })
            })
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.left.id().cmp(b.left.id())));
        found
    }

    /// The same as notes for an editor.
    pub fn audit_duplicates(&self) -> Vec<Problem> {
        self.duplicates().iter().map(note).collect()
    }

    /// Pairs that the sources treat as two: they link them, or one is the other's parent.
    fn joined(&self, items: &[Item<'_>]) -> BTreeSet<(usize, usize)> {
        let places: HashMap<u32, usize> = items.iter().enumerate().map(|(i, item)| (item.number(), i)).collect();
        let mut joined = BTreeSet::new();
        let mut join = |a: u32, b: u32| {
            if let (Some(i), Some(j)) = (places.get(&a), places.get(&b)) {
                joined.insert((*i.min(j), *i.max(j)));
            }
        };
        for link in self.links() {
            join(link.subject().number(), link.object().number());
        }
        for item in items {
            item.children().iter().for_each(|child| join(item.number(), child.number()));
        }
        joined
    }
}

fn is_organisation(item: &Item<'_>) -> bool {
    ORGANISATIONS.contains(&item.kind()) && !item.collective()
}

fn records(edition: &Edition, items: &[Item<'_>]) -> Vec<Record> {
    let mut reader = Reader::new();
    items.iter().map(|item| record(edition, item, &mut reader)).collect()
}

/// The published names and identifiers of an item.
fn record(edition: &Edition, item: &Item<'_>, reader: &mut Reader) -> Record {
    let mut record = Record::default();
    for claim in item.claims() {
        match claim.statement() {
            Statement::Is(Value::Text(text)) if matches!(claim.property(), "name" | "alias") => {
                record.names.push(reader.name(text.text()));
            }
            Statement::Is(Value::Identifier(identifier)) => {
                record.identifiers.push((identifier.clone(), rule(edition, identifier)));
            }
            _ => {}
        }
    }
    record
}

fn rule(edition: &Edition, identifier: &Identifier) -> CheckRule {
    edition.vocabulary.schemes.get(identifier.scheme.as_str()).map_or(CheckRule::Pattern, |scheme| scheme.check)
}

/// Pairs worth comparing, by shared identifiers and by likeness of names; the lower number first.
fn candidates(records: &[Record]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let mut bearers: HashMap<&Identifier, Vec<usize>> = HashMap::new();
    for (i, record) in records.iter().enumerate() {
        for (identifier, _) in &record.identifiers {
            let known = bearers.entry(identifier).or_default();
            pairs.extend(known.iter().filter(|j| **j != i).map(|j| (*j, i)));
            known.push(i);
        }
    }
    let numbered = |(i, record): (usize, &Record)| record.names.clone().into_iter().map(move |name| (i as u32, name));
    let index = Index::new(vec![Part::new(records.iter().enumerate().flat_map(numbered))]);
    let mut scratch = Scratch::default();
    for (i, record) in records.iter().enumerate() {
        for name in &record.names {
            let (hits, _) = index.find(&index.query(name.text()), NEIGHBOURS, Effort::default(), &mut scratch);
            let others = hits.iter().map(|hit| hit.entity as usize).filter(|j| *j != i);
            pairs.extend(others.map(|j| (i.min(j), i.max(j))));
        }
    }
    pairs
}

fn reasons(comparison: &RecordComparison<'_>, left: &Record, right: &Record) -> Vec<String> {
    let shown = |i: &Identifier| format!("{} `{}`", i.scheme.as_str(), i.value);
    let mut reasons = match comparison.ground {
        Ground::SameIdentifier(same) => vec![format!("both have {}", shown(same))],
        Ground::Contradiction(same, other) => vec![
            format!("both have {}", shown(same)),
            format!("only one has {}, of a register that gives each body one number", shown(other)),
        ],
        _ => Vec::new(),
    };
    if let Some((i, j, names)) = &comparison.names {
        let (a, b): (&Name, &Name) = (&left.names[*i], &right.names[*j]);
        reasons.push(format!("`{}` and `{}`", a.text(), b.text()));
        reasons.extend(names.reasons(a, b).iter().map(ToString::to_string));
    }
    reasons
}

fn note(duplicate: &Duplicate<'_>) -> Problem {
    let at = Where { file: format!("item {}", duplicate.left.id()), line: 0, column: 0 };
    let what = format!(
        "likely the same as `{}` ({:.2}): {}",
        duplicate.right.id(),
        duplicate.score,
        duplicate.reasons.join("; ")
    );
    Problem::note(at, what).hint("if it is, keep one of them; if not, say in the sources how they are related")
}
