//! What a draft would do to the atlas: the way of an import from rows to operations, and the difference as readers
//! would see it.

use std::collections::{BTreeMap, BTreeSet};

use edition::{Edition, State};
use model::{
    Day, Id, Operation, OperationNumber, Origin, Problem, Reference, Severity, Subject, Target, Vocabulary, Where,
};

use super::content::Content;
use super::decision::{Decided, decide};
use super::sheet::Sheet;
use crate::check::check;
use crate::diff::{Entry, diff};
use crate::facts::Covers;
use crate::outcome::{Options, Outcome};
use crate::table::Table;
use crate::writer::Grave;
use crate::{live, native};

/// The dataset of everything that was decided at the desk. No path of files gives this name.
pub(crate) const DATASET: &str = "desk:drafts";

/// Names as like as this are shown as possible doubles.
const LIKE: f32 = 0.5;

/// What a draft comes to.
#[derive(Debug, Default)]
pub(crate) struct Proposal {
    /// The operations of the entry; empty if there is an error.
    pub operations: Vec<Operation>,
    /// What is destroyed with it.
    pub graves: Vec<Grave>,
    /// What was found, by sheet and row.
    pub problems: Vec<Problem>,
}

impl Proposal {
    /// Whether it could be accepted as it is.
    pub fn is_sound(&self) -> bool {
        !self.operations.is_empty()
    }
}

/// Works out the operations of a draft on what is live. The same draft a second time gives none.
pub(crate) fn propose(
    content: &Content,
    digest: [u8; 32],
    vocabulary: &Vocabulary,
    state: &State,
    today: Day,
) -> Proposal {
    let mut outcome = Outcome::default();
    let tables: Vec<(String, String)> = content.tables().map(|(sheet, text)| (sheet.file(), text)).collect();
    let files: Vec<String> = tables.iter().map(|(file, _)| file.clone()).collect();
    let mut opened = Vec::new();
    for (number, (file, text)) in (0..).zip(&tables) {
        opened.extend(Table::open(file, number, text, &mut outcome.problems));
    }
    let origin = Origin { dataset: DATASET.into(), format: "draft".into(), digest };
    let (problems, mut refused) = (&mut outcome.problems, BTreeMap::new());
    let mut facts = native::read(origin.clone(), &opened, vocabulary, state, problems, &mut refused);
    facts.covers = Covers::additions();
    known_already(content, state, problems);
    check(std::slice::from_ref(&facts), state, vocabulary, &files, problems);
    let number = u32::try_from(state.entries()).unwrap_or(u32::MAX);
    let Outcome { operations, changes, problems, .. } = &mut outcome;
    let options = Options { format: None, withdraw_missing: false, as_of: None, today };
    diff(facts, state, &options, Entry { number, files: &files, operations, changes, problems });
    if operations.is_empty() {
        operations.push(Operation::Begin(origin));
    }
    let Decided { operations: decisions, graves, problems: found } = decide(content, operations, state);
    operations.extend(decisions);
    problems.extend(found);
    // The standing source of what no publication states is no change of its own.
    let says = |o: &Operation| !matches!(o, Operation::Begin(_)) && !is_editors(o);
    let refused = refused.values().sum::<u64>() > 0 || outcome.has_errors();
    match refused || (graves.is_empty() && !outcome.operations.iter().any(says)) {
        true => Proposal { problems: outcome.problems, ..Proposal::default() },
        false => Proposal { operations: outcome.operations, graves, problems: outcome.problems },
    }
}

fn is_editors(operation: &Operation) -> bool {
    matches!(operation, Operation::Source(source) if source.id.as_str() == model::EDITORS)
}

/// Records that are there are changed by claims, so that two drafts do not undo each other.
fn known_already(content: &Content, state: &State, problems: &mut Vec<Problem>) {
    let item = |id: &str| state.items().get(id).is_some_and(|i| i.gone.is_none() && i.kind.is_some());
    let link = |id: &str| state.links().get(id).is_some_and(|l| l.gone.is_none() && l.link.is_some());
    let source = |id: &str| state.sources().get(id).is_some_and(|s| s.gone.is_none() && s.source.is_some());
    type IsKnown<'s> = &'s dyn Fn(&str) -> bool;
    let known: [(&str, IsKnown<'_>); 3] = [("sources", &source), ("entities", &item), ("relations", &link)];
    for (word, known) in known {
        let sheet = Sheet::find(word).expect("invariant: the sheets have these words");
        for (row, cells) in content.rows(sheet).iter().enumerate().filter(|(_, cells)| known(&cells[0])) {
            let what = format!("`{}` is in the atlas already", cells[0]);
            let hint = "say what changes as a claim about it, or give the new record another id";
            problems.push(Problem::error(place(sheet, row), what).hint(hint));
        }
    }
}

/// Where a row of a sheet stands: the header is line 1.
pub(crate) fn place(sheet: &Sheet, row: usize) -> Where {
    Where { file: sheet.file(), line: row as u64 + 2, column: 1 }
}

/// The problems of one row.
pub(crate) fn of_row<'p>(problems: &'p [Problem], sheet: &Sheet, row: usize) -> impl Iterator<Item = &'p Problem> {
    let at = place(sheet, row);
    problems.iter().filter(move |problem| problem.at.file == at.file && problem.at.line == at.line)
}

/// The errors alone.
pub(crate) fn errors(problems: &[Problem]) -> usize {
    problems.iter().filter(|problem| problem.severity == Severity::Error).count()
}

/// A new item that may be one that is there: its row, the known item's id, its likest name, how like.
#[derive(Debug)]
pub(crate) struct Double {
    pub row: usize,
    pub id: Id,
    pub name: String,
    pub score: f32,
}

/// New items whose names are like those of items that are there, and links that say the same again.
pub(crate) fn doubles(content: &Content, edition: &Edition) -> Vec<Double> {
    let sheet = Sheet::find("entities").expect("invariant: the sheets have this word");
    let column = |name| sheet.column(name).expect("invariant: the sheet has this column");
    let (name, chinese) = (column("name"), column("name_zh"));
    let mut asker = edition.known().asker();
    let mut found: Vec<Double> = Vec::new();
    for (row, cells) in content.rows(sheet).iter().enumerate() {
        for text in [&cells[name], &cells[chinese]].into_iter().filter(|text| !text.is_empty()) {
            let asked = asker.read(text);
            for likely in asker.likely(&asked, 3).into_iter().filter(|likely| likely.comparison.score >= LIKE) {
                let id = edition.state().items().at(likely.item).id.clone();
                let known = edition.known().name(likely.name).text().to_owned();
                let score = likely.comparison.score;
                if !found.iter().any(|double| double.row == row && double.id == id) {
                    found.push(Double { row, id, name: known, score });
                }
            }
        }
    }
    found
}

/// What a reader would see change: one property of one record, before and after.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub subject: Subject,
    pub property: Id,
    pub before: Vec<Stated>,
    pub after: Vec<Stated>,
}

/// A value with the sources behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stated {
    /// The claim; one that is not in the ledger yet has the number that it would get.
    pub claim: OperationNumber,
    pub value: String,
    /// Id, title and stance of each source, and the words quoted.
    pub sources: Vec<(Id, String, model::Stance, String)>,
}

/// The difference that operations make to what is live, property by property, in the order of the operations.
pub(crate) fn changes(operations: &[Operation], state: &State) -> Vec<Change> {
    let entry = u32::try_from(state.entries()).unwrap_or(u32::MAX);
    let mut next = state.clone();
    for (operation, number) in operations.iter().zip(0..) {
        next.apply(OperationNumber { entry, operation: number }, operation.clone());
    }
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for (subject, property) in touched(operations, state) {
        if seen.insert((subject.clone(), property.clone())) {
            let (before, after) = (stated(state, &subject, &property), stated(&next, &subject, &property));
            found.extend((before != after).then_some(Change { subject, property, before, after }));
        }
    }
    found
}

/// The properties that operations may change.
fn touched(operations: &[Operation], state: &State) -> Vec<(Subject, Id)> {
    let here = |reference: &Reference| match reference {
        Reference::Here(number) => match operations.get(*number as usize) {
            Some(Operation::Claim(claim)) => Some((claim.subject.clone(), claim.property.clone())),
            _ => None,
        },
        Reference::There(number) => state.claim_at(*number),
    };
    let of = |operation: &Operation| match operation {
        Operation::Claim(claim) => vec![(claim.subject.clone(), claim.property.clone())],
        Operation::Evidence(evidence) => evidence.claims.iter().filter_map(here).collect(),
        Operation::Withdraw { target: Target::Claim(claim), .. } => here(claim).into_iter().collect(),
        Operation::Withdraw { target: Target::Evidence(Reference::There(piece)), .. } => bears_on(*piece, state),
        _ => Vec::new(),
    };
    operations.iter().flat_map(of).collect()
}

/// The properties that a piece of evidence bears on.
fn bears_on(piece: OperationNumber, state: &State) -> Vec<(Subject, Id)> {
    let Some((subject, body)) = state.body_at(piece) else { return Vec::new() };
    let holds = |at: &u32| body.evidence[*at as usize].number == piece;
    let claims = body.claims.iter().filter(|claim| claim.evidence.iter().any(holds));
    claims.map(|claim| (subject.clone(), state.property(claim.property).clone())).collect()
}

fn stated(state: &State, subject: &Subject, property: &Id) -> Vec<Stated> {
    let claims =
        live::claims(state, subject).into_iter().filter(|(claim, _)| state.property(claim.property) == property);
    let source = |evidence: &&edition::EvidenceRecord| {
        let record = state.sources().at(evidence.source);
        let title = record.source.as_ref().map_or(String::new(), |source| source.title.text().to_owned());
        let quote =
            evidence.passage.as_ref().and_then(|p| p.quote.as_ref()).map_or(String::new(), |q| q.text().to_owned());
        (record.id.clone(), title, evidence.stance, quote)
    };
    let value = |(claim, evidence): (&edition::ClaimRecord, Vec<&edition::EvidenceRecord>)| Stated {
        claim: claim.number,
        value: crate::diff::value(&claim.statement),
        sources: evidence.iter().map(source).collect(),
    };
    claims.map(value).collect()
}
