//! What was destroyed or given up because somebody had a right to it: by notice, and counted.

use std::collections::BTreeMap;

use model::Notice;
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
}

impl Maker<'_> {
    /// Every notice with an outcome in the ledger, the latest first.
    pub fn notices(&self) -> Vec<Noticed> {
        let state = self.edition.state();
        let mut by: BTreeMap<(u32, String, String), Noticed> = BTreeMap::new();
        for grave in state.buried().iter().filter_map(|operation| state.grave(*operation)) {
            let (reason, reference) = (grave.tombstone.reason.to_string(), grave.tombstone.notice.to_string());
            let decided_by = grave.by.to_string();
            let proof = url::proof(&decided_by);
            let entry = by.entry((grave.by.entry, reason.clone(), reference.clone())).or_insert_with(|| Noticed {
                decided_by,
                proof,
                ..self.noticed(grave.by.entry, "destroyed", reason, reference)
            });
            entry.values += 1;
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
        for grave in state.buried().iter().filter_map(|operation| state.grave(*operation)) {
            *tally.destroyed.entry(grave.tombstone.reason.to_string()).or_default() += 1;
        }
        tally
    }
}
