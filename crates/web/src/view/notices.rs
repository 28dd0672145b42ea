//! What was destroyed or given up because somebody had a right to it: by notice, and counted.

use std::collections::BTreeMap;

use edition::State;
use model::{Id, Notice, OperationNumber};
use serde::Serialize;

use crate::url;
use crate::view::Maker;

/// A notice with what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Noticed {
    /// Its reference, as the publisher numbers them.
    pub reference: String,
    /// The class of the reason: `court-order`, `legal-claim`, `personal-data`, `safety` or `copyright`.
    pub reason: String,
    /// `destroyed`, or `given-up` for what was sealed and never published.
    pub outcome: &'static str,
    /// The edition that did it, and its UTC day.
    pub edition: u64,
    pub day: String,
    /// How many values; 0 for what was sealed, whose number is not known.
    pub values: usize,
    /// How many captures, with all their bytes and words.
    pub captures: usize,
    /// The act that says so, and the proof of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub decided_by: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub proof: String,
    /// The changes of that edition.
    pub url: String,
}

/// How much was taken back or put right, in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Tally {
    /// Editions so far.
    pub editions: usize,
    /// Records corrected, withdrawn and redacted, one for each edition that did it.
    pub corrected: usize,
    pub withdrawn: usize,
    pub redacted: usize,
    /// Values destroyed, by the class of the reason.
    pub destroyed: BTreeMap<String, usize>,
    /// Captures destroyed, by the class of the reason.
    pub captures_destroyed: BTreeMap<String, usize>,
}

/// What stands in the place of something: which act says so, why, and by what notice.
type Told<'s> = (OperationNumber, &'s Id, &'s str);

fn values(state: &State) -> impl Iterator<Item = Told<'_>> {
    let graves = state.buried().iter().filter_map(|operation| state.grave(*operation));
    graves.map(|grave| (grave.by, &grave.tombstone.reason, &*grave.tombstone.notice))
}

fn captures(state: &State) -> impl Iterator<Item = Told<'_>> {
    state.capture_graves().map(|grave| (grave.by, &grave.tombstone.reason, &*grave.tombstone.notice))
}

impl Maker<'_> {
    /// Every notice with an outcome in the ledger, the latest first.
    pub fn notices(&self) -> Vec<Noticed> {
        let state = self.edition.state();
        let mut by: BTreeMap<(u32, String, String), Noticed> = BTreeMap::new();
        for told in values(state) {
            self.noticed_by(&mut by, told).values += 1;
        }
        for told in captures(state) {
            self.noticed_by(&mut by, told).captures += 1;
        }
        for (entry, note) in (0u32..).zip(state.journal()) {
            for notice in &note.notices {
                if let Notice::Abandon { reason, notice, .. } = notice {
                    let key = (entry, reason.to_string(), notice.to_string());
                    let told = self.noticed(entry, "given-up", key.1.clone(), key.2.clone());
                    by.entry(key).or_insert(told);
                }
            }
        }
        by.into_values().rev().collect()
    }

    /// The notice that something was destroyed by.
    fn noticed_by<'b>(
        &self,
        by: &'b mut BTreeMap<(u32, String, String), Noticed>,
        (operation, reason, notice): Told<'_>,
    ) -> &'b mut Noticed {
        let (reason, reference, decided_by) = (reason.to_string(), notice.to_owned(), operation.to_string());
        by.entry((operation.entry, reason.clone(), reference.clone())).or_insert_with(|| Noticed {
            proof: url::proof(&decided_by),
            decided_by,
            ..self.noticed(operation.entry, "destroyed", reason, reference)
        })
    }

    fn noticed(&self, entry: u32, outcome: &'static str, reason: String, reference: String) -> Noticed {
        let day = self.edition.state().journal().get(entry as usize).map(|note| note.day.to_string());
        let edition = u64::from(entry) + 1;
        Noticed {
            reference,
            reason,
            outcome,
            edition,
            day: day.unwrap_or_default(),
            values: 0,
            captures: 0,
            decided_by: String::new(),
            proof: String::new(),
            url: self.urls().changes_of(edition),
        }
    }

    /// How much was taken back or put right.
    pub fn tally(&self) -> Tally {
        let state = self.edition.state();
        let mut tally = Tally { editions: state.journal().len(), ..Tally::default() };
        for change in self.put_right(usize::MAX) {
            match change.act {
                "corrected" => tally.corrected += 1,
                "withdrawn" => tally.withdrawn += 1,
                _ => tally.redacted += 1,
            }
        }
        for (_, reason, _) in values(state) {
            *tally.destroyed.entry(reason.to_string()).or_default() += 1;
        }
        for (_, reason, _) in captures(state) {
            *tally.captures_destroyed.entry(reason.to_string()).or_default() += 1;
        }
        tally
    }
}
