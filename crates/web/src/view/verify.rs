//! What of the record stands behind a page: every operation with the address of its proof.

use std::collections::BTreeSet;

use edition::{Holder, PublishedClaim};
use serde::Serialize;

use crate::url;
use crate::view::Maker;

/// The operations of a record, or one alone.
#[derive(Serialize)]
pub(crate) struct Operations {
    /// What they are about, in words.
    pub about: String,
    /// The page that shows it; empty for an act that no page shows.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// The operations, the record's own first.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Serialize)]
pub(crate) struct Operation {
    /// Its number, `e12-345`.
    pub id: String,
    /// `record`, `claim`, `evidence` or `act`.
    pub kind: &'static str,
    /// What it says, in a few words.
    pub says: String,
    /// Its proof, as a file.
    pub proof: String,
}

impl Operation {
    pub fn new(id: String, kind: &'static str, says: String) -> Self {
        Self { proof: url::proof(&id), id, kind, says }
    }
}

impl Maker<'_> {
    /// The record itself, its claims, and the evidence for each.
    pub fn operations(&self, holder: Holder<'_>) -> Operations {
        let (about, page) = self.holder(holder);
        let made = holder.made().map(|made| Operation::new(made.to_string(), "record", about.clone()));
        let claims = holder.claims();
        let claims = claims.iter().flat_map(|claim| self.claim_operations(claim));
        // One piece of evidence bears on many claims, and has one proof.
        let mut seen = BTreeSet::new();
        let all = made.into_iter().chain(claims).filter(|operation| seen.insert(operation.id.clone()));
        Operations { operations: all.collect(), about, page }
    }

    /// A claim and its evidence.
    pub fn claim_operations(&self, claim: &PublishedClaim<'_>) -> Vec<Operation> {
        let says = self.property(claim.property()).label;
        let own = Operation::new(claim.number().to_string(), "claim", says);
        let evidence = claim.evidence().iter().map(|cited| {
            let title = self.source_ref(cited.source_id.as_str()).title;
            Operation::new(cited.number.to_string(), "evidence", title)
        });
        std::iter::once(own).chain(evidence).collect()
    }

    /// What a record is called, and its page.
    pub fn holder(&self, holder: Holder<'_>) -> (String, String) {
        match holder {
            Holder::Item(item) => (item.name(self.lang.tag()).into(), self.urls().item(item.id())),
            Holder::Link(link) => {
                let row = self.row(link);
                (crate::page::rows::sentence_text(self.lang, &row), row.url)
            }
        }
    }
}
