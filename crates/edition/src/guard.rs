//! The guard of publication: what an edition must not lose of the one that was published before it.

use std::collections::BTreeMap;

use model::{Problem, Subject, Where};

use crate::edition::Edition;
use crate::state::{EvidenceRecord, LinkRecord};

/// The first line of a publication's text.
const TAG: &str = "counteratlas/published 1";

/// So many records may always go at once: of a small atlas that may be more than any share.
const HANDFUL: usize = 5;

/// So many ids are told.
const TOLD: usize = 100;

/// What was published: of which edition, and every address of a record that readers may have kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Number of entries of the edition.
    pub size: u64,
    /// The root of those entries.
    pub root: [u8; 32],
    /// `item/<id>`, `link/<id>`, `source/<id>`, `term/<id>`, `story/<id>`, sorted.
    pub records: Vec<String>,
}

impl Publication {
    /// What this edition shows.
    pub fn of(edition: &Edition) -> Self {
        let items = edition.items().into_iter().map(|item| format!("item/{}", item.id()));
        let links = edition.links().into_iter().map(|link| format!("link/{}", link.id()));
        let sources = edition.sources().into_iter().map(|source| format!("source/{}", source.id()));
        let terms = edition.terms().map(|term| format!("term/{}", term.id));
        let stories = edition.story_ids().into_iter().map(|id| format!("story/{id}"));
        let mut records: Vec<String> = items.chain(links).chain(sources).chain(terms).chain(stories).collect();
        records.sort_unstable();
        records.dedup();
        Self { size: edition.head().size, root: edition.head().root, records }
    }

    /// As text: a tag, the size, the root in hex, and the records, a line each.
    pub fn to_text(&self) -> String {
        let root: String = self.root.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut text = format!("{TAG}\n{}\n{root}\n", self.size);
        for record in &self.records {
            text.push_str(record);
            text.push('\n');
        }
        text
    }

    /// Reads [`Publication::to_text`]; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (tag, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let digit = |at: usize| u8::from_str_radix(root.get(2 * at..2 * at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..32).map(digit).collect();
        let read = Self {
            size: size.parse().ok()?,
            root: bytes?.try_into().ok()?,
            records: lines.map(str::to_owned).collect(),
        };
        (tag == TAG && read.records.is_sorted() && read.to_text() == text).then_some(read)
    }

    /// Why `next` must not be published after this: records are gone that nobody took back, or more than `percent` of
    /// all of one sort. What was merged into another record is not gone.
    pub fn objections(&self, next: &Edition, percent: f64) -> Vec<Problem> {
        let (mut lost, mut taken): (Vec<&str>, BTreeMap<&str, Vec<&str>>) = Default::default();
        for record in self.missing(next) {
            match fate(next, record) {
                Fate::Unexplained => lost.push(record),
                Fate::TakenBack => taken.entry(sort(record)).or_default().push(record),
                Fate::Merged => {}
            }
        }
        let mut problems = Vec::new();
        if !lost.is_empty() {
            let what = format!("{} records are gone and nobody took them back: {}", lost.len(), told(&lost));
            problems.push(Problem::error(at(next), what));
        }
        for (sort, taken) in taken {
            let before = self.records.iter().filter(|record| self::sort(record) == sort).count();
            if taken.len() > HANDFUL && taken.len() as f64 * 100.0 > percent * before as f64 {
                let (count, list) = (taken.len(), told(&taken));
                let what = format!("{count} of {before} {sort} records are taken back, more than {percent} %: {list}");
                problems.push(Problem::error(at(next), what));
            }
        }
        let hint = "bring them back, or say why it is right: `counteratlas publish ATLAS --override REASON`";
        problems.into_iter().map(|problem| problem.hint(hint)).collect()
    }

    /// How many of its records an edition does not show, whatever became of them.
    pub fn missing_from(&self, next: &Edition) -> usize {
        self.missing(next).len()
    }

    fn missing(&self, next: &Edition) -> Vec<&str> {
        let now = Self::of(next).records;
        self.records.iter().filter(|record| now.binary_search(record).is_err()).map(String::as_str).collect()
    }
}

fn at(edition: &Edition) -> Where {
    Where { file: format!("edition {}", edition.head().size), line: 0, column: 0 }
}

fn told(records: &[&str]) -> String {
    let list: Vec<String> = records.iter().take(TOLD).map(|record| format!("`{record}`")).collect();
    let more = records.len().saturating_sub(TOLD);
    if more == 0 { list.join(", ") } else { format!("{} and {more} more", list.join(", ")) }
}

fn sort(record: &str) -> &str {
    record.split_once('/').map_or(record, |(sort, _)| sort)
}

/// What became of a record that is shown no more.
enum Fate {
    Unexplained,
    TakenBack,
    Merged,
}

fn fate(edition: &Edition, record: &str) -> Fate {
    let (state, (sort, id)) = (edition.state(), record.split_once('/').unwrap_or((record, "")));
    let taken = |gone: bool| if gone { Fate::TakenBack } else { Fate::Unexplained };
    match sort {
        "item" => match state.items().get(id) {
            Some(item) if item.merged.is_some() => Fate::Merged,
            item => taken(item.is_some_and(|item| item.gone.is_some())),
        },
        "link" => taken(state.links().get(id).is_some_and(|link| is_explained(edition, link))),
        "source" => taken(state.sources().get(id).is_some_and(|source| source.gone.is_some())),
        "term" => taken(state.terms().get(id).is_some_and(|term| term.gone.is_some())),
        _ => taken(state.stories().values().any(|story| story.story.id.as_str() == id && story.gone.is_some())),
    }
}

/// Whether something was taken back on which a link stands: itself, an end, a claim or evidence about it, a source.
fn is_explained(edition: &Edition, link: &LinkRecord) -> bool {
    let state = edition.state();
    let end_gone = [link.subject, link.object].into_iter().any(|end| state.items().at(end).gone.is_some());
    let source_gone = |evidence: &EvidenceRecord| state.sources().at(evidence.source).gone.is_some();
    let evidence_gone = link.body.evidence.iter().any(|e| e.gone.is_some() || source_gone(e));
    let claim_gone = link.body.claims.iter().any(|claim| claim.gone.is_some());
    let redacted = || state.has_tombstone_on(&Subject::Link(link.id.clone()));
    link.gone.is_some() || end_gone || evidence_gone || claim_gone || redacted()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Head;
    use crate::state::State;
    use model::{Decision, Id, Operation, OperationNumber, Target, Verdict, Vocabulary};
    use std::sync::Arc;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn item(n: usize) -> Operation {
        Operation::Item { id: id(&format!("item-{n:03}")), kind: id("company") }
    }

    fn withdraw(n: usize) -> Operation {
        Operation::Withdraw { target: Target::Item(id(&format!("item-{n:03}"))), reason: "gone".into() }
    }

    fn edition(operations: Vec<Operation>) -> Edition {
        let mut state = State::default();
        for (operation, number) in operations.into_iter().zip(0..) {
            state.apply(OperationNumber { entry: 0, operation: number }, operation);
        }
        let head = Head { size: 1, ..Head::default() };
        Edition::new(state, Arc::new(Vocabulary::default()), head)
    }

    /// What is objected to when these operations follow on 1,000 items.
    fn objections(more: Vec<Operation>) -> Vec<String> {
        let items: Vec<Operation> = (0..1000).map(item).collect();
        let before = Publication::of(&edition(items.clone()));
        let after = edition(items.into_iter().chain(more).collect());
        before.objections(&after, 2.0).into_iter().map(|problem| problem.what).collect()
    }

    #[test]
    fn what_was_taken_back_may_go_up_to_the_bound() {
        assert_eq!(objections(vec![]), [""; 0]);
        assert_eq!(objections((0..20).map(withdraw).collect()), [""; 0]);
        let refused = objections((0..21).map(withdraw).collect());
        assert_eq!(refused.len(), 1);
        assert!(refused[0].starts_with("21 of 1000 item records are taken back, more than 2 %: `item/item-000`, "));
        assert!(refused[0].ends_with("`item/item-020`"), "{}", refused[0]);
    }

    #[test]
    fn a_record_that_is_gone_without_a_word_is_named_even_if_it_is_one() {
        let before = Publication::of(&edition((0..1000).map(item).collect()));
        let after = edition((1..1000).map(item).collect());
        let refused = before.objections(&after, 2.0);
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].what, "1 records are gone and nobody took them back: `item/item-000`");
        assert!(refused[0].hint.contains("--override"));
    }

    #[test]
    fn what_was_merged_is_not_gone() {
        let same = |n: usize| {
            let (from, into) = (id(&format!("item-{n:03}")), id("item-999"));
            let decision = Decision { verdict: Verdict::Same, from, into, reason: "one".into(), evidence: vec![] };
            Operation::Decision(decision)
        };
        assert_eq!(objections((0..50).map(same).collect()), [""; 0]);
    }

    #[test]
    fn a_handful_may_always_go() {
        let few: Vec<Operation> = (0..10).map(item).collect();
        let before = Publication::of(&edition(few.clone()));
        let after = |gone: usize| edition(few.iter().cloned().chain((0..gone).map(withdraw)).collect());
        assert!(before.objections(&after(5), 2.0).is_empty());
        assert_eq!(before.objections(&after(6), 2.0).len(), 1);
    }

    #[test]
    fn a_publication_is_read_as_it_is_written_and_nothing_else_is() {
        let published = Publication::of(&edition((0..3).map(item).collect()));
        let text = published.to_text();
        assert_eq!(Publication::parse(&text), Some(published));
        for at in 0..text.len() {
            assert_ne!(Publication::parse(&text[..at]), Publication::parse(&text), "cut at {at}");
        }
        assert_eq!(Publication::parse(&text.replacen("published 1", "published 2", 1)), None);
        assert_eq!(Publication::parse(""), None);
    }
}
