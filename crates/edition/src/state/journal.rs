//! What each entry did to records that readers may know: the material of the page of changes.
//!
//! What is new is only counted here, since every record says itself in which entry it came; what was
//! changed or taken back is noted one by one.

use std::sync::Arc;

use model::{Day, Id, Notice, OperationNumber, Subject};

use super::{Owner, State};

/// One entry as history tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryNote {
    /// The UTC day as `YYYY-MM-DD`; empty where operations came from no ledger.
    pub day: Box<str>,
    /// The role or pseudonym that wrote it.
    pub author: Box<str>,
    /// The datasets that it brought, in order, by the state's own number.
    pub datasets: Vec<u16>,
    /// How many records of each sort are new: items, links, sources, glossary terms, stories.
    pub added: [u32; 5],
    /// How many claims are new, those about new records included.
    pub claims: u32,
    /// What it did to records that were there before.
    pub notes: Vec<Note>,
    /// What it says about publication: embargoes, their ends, what was published although it was held back.
    pub notices: Vec<Notice>,
}

/// An entry whose operations were sealed when it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embargo {
    /// The entry.
    pub entry: u32,
    /// The first day on which it may be read.
    pub until: Day,
    /// How it ended, and by which entry, if it has.
    pub end: Option<(u32, Notice)>,
}

/// One thing done to a record that was there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The operation that did it.
    pub by: OperationNumber,
    /// The record.
    pub record: Touched,
    /// What was done.
    pub act: Act,
}

/// A record that an entry touched: items, links and sources by record number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// An item.
    Item(u32),
    /// A link.
    Link(u32),
    /// A source.
    Source(u32),
    /// A glossary term.
    Term(Id),
    /// A case study.
    Story(Id),
}

/// What was done to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It was said anew.
    Changed,
    /// It was taken back.
    Withdrawn,
    /// A claim about it was added: the operation itself.
    Claimed,
    /// This claim about it was taken back.
    Unclaimed(OperationNumber),
    /// Evidence for a claim about it was added: the operation itself.
    Evidenced,
    /// This evidence was taken back.
    Unevidenced(OperationNumber),
    /// A value was destroyed; a tombstone says why.
    Redacted,
    /// The archive holds it: the operation itself says what.
    Captured,
    /// It was looked at again.
    Rechecked,
}

/// Where the counts of [`EntryNote::added`] stand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sort {
    Items,
    Links,
    Sources,
    Terms,
    Stories,
}

impl State {
    /// Says by whom and when the entry was written whose operations come next.
    pub fn enter(&mut self, entry: u32, day: &str, author: &str) {
        let note = self.entry_note(entry);
        (note.day, note.author) = (day.into(), author.into());
    }

    /// Every embargo, ended or not, in the order of the entries.
    pub fn embargoes(&self) -> Vec<Embargo> {
        let said = (0u32..).zip(self.journal.iter()).flat_map(|(at, note)| note.notices.iter().map(move |n| (at, n)));
        let mut embargoes: Vec<Embargo> = Vec::new();
        for (at, notice) in said {
            match notice {
                Notice::Embargo { until } => embargoes.push(Embargo { entry: at, until: *until, end: None }),
                Notice::Reveal { entry } | Notice::Abandon { entry, .. } => {
                    let open = embargoes.iter_mut().find(|e| e.entry == *entry && e.end.is_none());
                    open.into_iter().for_each(|embargo| embargo.end = Some((at, notice.clone())));
                }
                Notice::Override { .. } => {}
            }
        }
        embargoes
    }

    /// Whether an entry from this one on publishes what was held back.
    pub fn overridden_since(&self, entry: u64) -> bool {
        let from = usize::try_from(entry).unwrap_or(usize::MAX);
        let later = self.journal.iter().skip(from);
        later.flat_map(|note| &note.notices).any(|notice| matches!(notice, Notice::Override { .. }))
    }

    pub(super) fn entry_note(&mut self, entry: u32) -> &mut EntryNote {
        let journal = Arc::make_mut(&mut self.journal);
        let needed = journal.len().max(entry as usize + 1);
        journal.resize_with(needed, EntryNote::default);
        &mut journal[entry as usize]
    }

    pub(super) fn note_dataset(&mut self, entry: u32) {
        let dataset = self.dataset;
        let datasets = &mut self.entry_note(entry).datasets;
        if !datasets.contains(&dataset) {
            datasets.push(dataset);
        }
    }

    pub(super) fn note_added(&mut self, entry: u32, sort: Sort) {
        self.entry_note(entry).added[sort as usize] += 1;
    }

    pub(super) fn note(&mut self, by: OperationNumber, record: Touched, act: Act) {
        self.entry_note(by.entry).notes.push(Note { by, record, act });
    }

    /// Notes what was done to an item or link, unless it came in the same entry.
    pub(super) fn note_owner(&mut self, by: OperationNumber, owner: Owner, act: Act) {
        let found = match owner {
            Owner::Item(number) => Some((Touched::Item(number), self.items.at(number).since)),
            Owner::Link(number) => Some((Touched::Link(number), self.links.at(number).since)),
            Owner::Nobody | Owner::Missing => None,
        };
        if let Some((record, _)) = found.filter(|(_, since)| *since != by.entry) {
            self.note(by, record, act);
        }
    }

    pub(super) fn note_subject(&mut self, by: OperationNumber, subject: &Subject, act: Act) {
        let record = match subject {
            Subject::Item(id) => self.items.number(id.as_str()).map(Touched::Item),
            Subject::Link(id) => self.links.number(id.as_str()).map(Touched::Link),
        };
        if let Some(record) = record {
            self.note(by, record, act);
        }
    }
}
