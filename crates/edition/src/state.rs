//! What is live after a prefix of the ledger: every record with its claims and evidence, and what was taken back.
//!
//! A state is cheap to clone: records are shared until one of the copies changes them. Nothing is
//! forgotten: withdrawn records, claims and evidence stay with the reason.

mod apply;
mod captures;
mod decisions;
mod journal;
mod table;
mod tighten;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::{
    GlossaryTerm, Id, Link, OperationNumber, Passage, Problem, Qualifiers, Source, Stance, Statement, Story, Subject,
    Tombstone,
};

pub(crate) use captures::quotes_in;
pub use captures::{CaptureGrave, CaptureRecord};
pub use decisions::{Decided, Objection};
pub use journal::{Act, Embargo, EntryNote, Note, Touched};
pub use table::Table;

/// Everything that the ledger's operations have said so far.
#[derive(Debug, Clone, Default)]
pub struct State {
    pub(crate) items: Table<ItemRecord>,
    pub(crate) links: Table<LinkRecord>,
    pub(crate) sources: Table<SourceRecord>,
    pub(crate) terms: Arc<BTreeMap<Id, TermRecord>>,
    pub(crate) stories: Arc<BTreeMap<(Id, Box<str>), StoryRecord>>,
    journal: Arc<Vec<EntryNote>>,
    tombstones: Arc<BTreeSet<(Subject, Id, Option<Id>)>>,
    buried: Arc<BTreeSet<OperationNumber>>,
    graves: Arc<BTreeMap<OperationNumber, Grave>>,
    decisions: Arc<Vec<Decided>>,
    captures: Arc<captures::Captures>,
    names: Arc<Names>,
    /// Per entry and operation: which record's body holds it.
    owners: Arc<Vec<Vec<Owner>>>,
    dataset: u16,
    problems: Arc<Vec<Problem>>,
}

/// Ids that stand in every claim, kept once and named by number.
#[derive(Debug, Clone, Default)]
struct Names {
    properties: Vec<Id>,
    datasets: Vec<Box<str>>,
}

/// The record that an operation belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Nobody,
    /// It was redacted: what refers to it is no mistake.
    Missing,
    Item(u32),
    Link(u32),
}

/// What stands in a redacted operation's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grave {
    /// The operation that says so.
    pub by: OperationNumber,
    /// Why, and whose value it was.
    pub tombstone: Tombstone,
}

/// Why and by which operation something was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The withdrawing operation.
    pub by: OperationNumber,
    /// The reason given.
    pub reason: Box<str>,
}

/// An item: an id, a kind, and what is claimed of it.
#[derive(Debug, Clone)]
pub struct ItemRecord {
    /// Its id.
    pub id: Id,
    /// Its kind; `None` while it is only named by others.
    pub kind: Option<Id>,
    /// The operation that last said so.
    pub made: Option<OperationNumber>,
    /// In an edition, the item that it was merged into; its claims and links are there then.
    pub merged: Option<Id>,
    /// The dataset that brought it.
    pub dataset: u16,
    /// The entry that first defined it.
    pub since: u32,
    /// Set once it is withdrawn.
    pub gone: Option<Gone>,
    /// Claims and evidence.
    pub body: Body,
}

/// A link: its ends, and what is claimed of it.
#[derive(Debug, Clone)]
pub struct LinkRecord {
    /// Its id.
    pub id: Id,
    /// Type and ends by id; `None` while it is only named by claims.
    pub link: Option<Link>,
    /// The operation that last said so.
    pub made: Option<OperationNumber>,
    /// Record number of the subject.
    pub subject: u32,
    /// Record number of the object.
    pub object: u32,
    /// The dataset that brought it.
    pub dataset: u16,
    /// The entry that first defined it.
    pub since: u32,
    /// Set once it is withdrawn.
    pub gone: Option<Gone>,
    /// Claims and evidence.
    pub body: Body,
}

/// A source.
#[derive(Debug, Clone)]
pub struct SourceRecord {
    /// Its id.
    pub id: Id,
    /// What is known of it; `None` while it is only named by others.
    pub source: Option<Source>,
    /// The operation that last said so.
    pub made: Option<OperationNumber>,
    /// The dataset that brought it.
    pub dataset: u16,
    /// The entry that first defined it.
    pub since: u32,
    /// Set once it is withdrawn.
    pub gone: Option<Gone>,
}

/// A glossary term.
#[derive(Debug, Clone)]
pub struct TermRecord {
    /// The term.
    pub term: GlossaryTerm,
    /// The dataset that brought it.
    pub dataset: u16,
    /// The entry that first defined it.
    pub since: u32,
    /// Set once it is withdrawn.
    pub gone: Option<Gone>,
}

/// A case study in one language.
#[derive(Debug, Clone)]
pub struct StoryRecord {
    /// The story.
    pub story: Story,
    /// The dataset that brought it.
    pub dataset: u16,
    /// The entry that first defined it.
    pub since: u32,
    /// Set once it is withdrawn.
    pub gone: Option<Gone>,
}

/// Claims about one subject, in the order in which they were made, and the evidence for them.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The claims, by ascending number.
    pub claims: Vec<ClaimRecord>,
    /// The evidence, by ascending number.
    pub evidence: Vec<EvidenceRecord>,
}

/// A claim as it stands.
#[derive(Debug, Clone)]
pub struct ClaimRecord {
    /// Its id.
    pub number: OperationNumber,
    /// Its property, by the state's own number: see [`State::property`].
    pub property: u16,
    /// The dataset that made it.
    pub dataset: u16,
    /// What is stated.
    pub statement: Statement,
    /// When and how it holds; most claims have none.
    pub qualifiers: Option<Box<Qualifiers>>,
    /// Positions in [`Body::evidence`].
    pub evidence: Vec<u32>,
    /// Set once it is withdrawn.
    pub gone: Option<Box<Gone>>,
}

/// A piece of evidence as it stands.
#[derive(Debug, Clone)]
pub struct EvidenceRecord {
    /// Its id.
    pub number: OperationNumber,
    /// The dataset that brought it.
    pub dataset: u16,
    /// Record number of the source.
    pub source: u32,
    /// Which way it points.
    pub stance: Stance,
    /// Where in the source; most evidence names no passage.
    pub passage: Option<Box<Passage>>,
    /// The editors' group.
    pub group: Option<Box<str>>,
    /// A party's own statement against its own interest.
    pub against_interest: bool,
    /// Set once it is withdrawn.
    pub gone: Option<Box<Gone>>,
}

impl State {
    /// All items, live or not, by record number.
    pub fn items(&self) -> &Table<ItemRecord> {
        &self.items
    }

    /// All links, live or not, by record number.
    pub fn links(&self) -> &Table<LinkRecord> {
        &self.links
    }

    /// All sources, live or not, by record number.
    pub fn sources(&self) -> &Table<SourceRecord> {
        &self.sources
    }

    /// All glossary terms, live or not.
    pub fn terms(&self) -> &BTreeMap<Id, TermRecord> {
        &self.terms
    }

    /// All case studies by id and language, live or not.
    pub fn stories(&self) -> &BTreeMap<(Id, Box<str>), StoryRecord> {
        &self.stories
    }

    /// What each entry did to records, by its number.
    pub fn journal(&self) -> &[EntryNote] {
        &self.journal
    }

    /// The id of a property by its number in claims.
    pub fn property(&self, number: u16) -> &Id {
        &self.names.properties[usize::from(number)]
    }

    /// The number of a property in claims, if any claim uses it.
    pub fn property_number(&self, id: &str) -> Option<u16> {
        let position = self.names.properties.iter().position(|p| p.as_str() == id);
        position.and_then(|p| u16::try_from(p).ok())
    }

    /// The name of a dataset by its number.
    pub fn dataset(&self, number: u16) -> &str {
        self.names.datasets.get(usize::from(number)).map_or("", |name| name)
    }

    /// Whether the value of this property of this subject was redacted, for all sources or for this one.
    pub fn redacted(&self, subject: &Subject, property: &Id, source: &Id) -> bool {
        let key = |source| (subject.clone(), property.clone(), source);
        self.tombstones.contains(&key(None)) || self.tombstones.contains(&key(Some(source.clone())))
    }

    /// Whether a tombstone says why this operation's value is missing.
    pub fn has_tombstone(&self, operation: OperationNumber) -> bool {
        self.buried.contains(&operation)
    }

    /// Whether a tombstone says that something about this subject was destroyed.
    pub fn has_tombstone_on(&self, subject: &Subject) -> bool {
        self.tombstones.iter().any(|(of, _, _)| of == subject)
    }

    /// What stands in a redacted operation's place.
    pub fn grave(&self, operation: OperationNumber) -> Option<&Grave> {
        self.graves.get(&operation)
    }

    /// Every operation that a tombstone names, whether or not its value has been destroyed by now.
    pub fn buried(&self) -> &BTreeSet<OperationNumber> {
        &self.buried
    }

    /// Whether a value was applied that a tombstone, which came later, names.
    pub(crate) fn shows_buried(&self) -> bool {
        self.buried.iter().any(|number| self.owner(*number) != Owner::Missing)
    }

    /// The body that holds a subject's claims.
    pub fn body(&self, subject: &Subject) -> Option<&Body> {
        match subject {
            Subject::Item(id) => self.items.get(id.as_str()).map(|r| &r.body),
            Subject::Link(id) => self.links.get(id.as_str()).map(|r| &r.body),
        }
    }

    /// What could not be understood while applying operations.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many entries have been applied.
    pub fn entries(&self) -> usize {
        self.owners.len()
    }
}

impl Body {
    /// The live claims of a property, by its number.
    pub fn live(&self, property: u16) -> impl Iterator<Item = &ClaimRecord> {
        self.claims.iter().filter(move |c| c.property == property && c.gone.is_none())
    }

    /// The live evidence of a claim.
    pub fn evidence_of<'a>(&'a self, claim: &'a ClaimRecord) -> impl Iterator<Item = &'a EvidenceRecord> {
        claim.evidence.iter().map(|e| &self.evidence[*e as usize]).filter(|e| e.gone.is_none())
    }
}

#[cfg(test)]
mod tests;
