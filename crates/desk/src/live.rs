//! Questions to what is already live in the ledger.

use edition::{Body, ClaimRecord, EvidenceRecord, State};
use model::{Id, Link, Subject};

/// The number of a dataset in the state, if it has brought anything.
pub(crate) fn dataset_number(state: &State, dataset: &str) -> Option<u16> {
    let names = (0..u16::MAX).map(|n| (n, state.dataset(n))).take_while(|(_, name)| !name.is_empty());
    names.into_iter().find(|(_, name)| *name == dataset).map(|(n, _)| n)
}

/// The kind of a live item.
pub(crate) fn item_kind<'s>(state: &'s State, id: &Id) -> Option<&'s Id> {
    state.items().get(id.as_str()).filter(|i| i.gone.is_none()).and_then(|i| i.kind.as_ref())
}

/// A live link of this type between these items; the least id of several.
pub(crate) fn link_between<'s>(state: &'s State, link_type: &Id, subject: &Id, object: &Id) -> Option<&'s Id> {
    let ends = |l: &Link| (&l.link_type, &l.subject, &l.object) == (link_type, subject, object);
    let live = state.links().iter().filter(|(_, l)| l.gone.is_none() && l.link.as_ref().is_some_and(ends));
    live.map(|(_, l)| &l.id).min()
}

/// The live claims of a subject with their live evidence.
pub(crate) fn claims<'s>(state: &'s State, subject: &Subject) -> Vec<(&'s ClaimRecord, Vec<&'s EvidenceRecord>)> {
    let body = state.body(subject);
    let live =
        |body: &'s Body| body.claims.iter().filter(|c| c.gone.is_none()).map(|c| (c, body.evidence_of(c).collect()));
    body.map_or_else(Vec::new, |b| live(b).collect())
}
