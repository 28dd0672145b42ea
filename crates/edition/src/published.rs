//! Claims as they may be shown: never without the evidence they rest on.

use model::{Confidence, Id, OperationNumber, Passage, Qualifiers, Reason, Source, Stance, Statement, Support};

use crate::state::{Body, ClaimRecord, EvidenceRecord, State};

/// A claim with its evidence. There is no way to make one without any.
#[derive(Debug, Clone)]
pub struct PublishedClaim<'e> {
    state: &'e State,
    record: &'e ClaimRecord,
    evidence: Vec<Cited<'e>>,
    confidence: Confidence,
    reason: Reason,
}

/// A piece of evidence with its source.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'e> {
    /// The evidence's id.
    pub number: OperationNumber,
    /// The source's id.
    pub source_id: &'e Id,
    /// The source, if it is defined and not withdrawn.
    pub source: Option<&'e Source>,
    /// Which way it points.
    pub stance: Stance,
    /// Where in the source.
    pub passage: Option<&'e Passage>,
    /// A party's own statement against its own interest.
    pub against_interest: bool,
}

impl<'e> PublishedClaim<'e> {
    /// The claim with its live evidence, by the confidence rule; `None` if it was withdrawn or has none.
    ///
    /// `statement_only` is for links that rate only that a statement was made (`responds`): what
    /// contradicts its content does not make the statement disputed.
    pub(crate) fn new(
        state: &'e State,
        origins: &[Vec<u32>],
        body: &'e Body,
        record: &'e ClaimRecord,
        statement_only: bool,
    ) -> Option<Self> {
        if record.gone.is_some() {
            return None;
        }
        let mut live: Vec<&EvidenceRecord> = body.evidence_of(record).collect();
        live.sort_by_key(|e| (e.stance, e.number));
        let (confidence, reason) = rate(state, origins, &live, statement_only);
        let evidence: Vec<Cited<'e>> = live.iter().map(|e| cite(state, e)).collect();
        (!evidence.is_empty()).then_some(Self { state, record, evidence, confidence, reason })
    }

    /// The claim's id.
    pub fn number(&self) -> OperationNumber {
        self.record.number
    }

    /// The property's id.
    pub fn property(&self) -> &'e str {
        self.state.property(self.record.property).as_str()
    }

    /// What is stated.
    pub fn statement(&self) -> &'e Statement {
        &self.record.statement
    }

    /// When and how it holds, if more is known than the statement.
    pub fn qualifiers(&self) -> Option<&'e Qualifiers> {
        self.record.qualifiers.as_deref()
    }

    /// The dataset that made it.
    pub fn dataset(&self) -> &'e str {
        self.state.dataset(self.record.dataset)
    }

    /// The evidence: what supports, then what contradicts, then context. Never empty.
    pub fn evidence(&self) -> &[Cited<'e>] {
        &self.evidence
    }

    /// How sure it is.
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Which part of the rule decided.
    pub fn reason(&self) -> Reason {
        self.reason
    }
}

fn cite<'e>(state: &'e State, evidence: &'e EvidenceRecord) -> Cited<'e> {
    let record = state.sources.at(evidence.source);
    Cited {
        number: evidence.number,
        source_id: &record.id,
        source: record.source.as_ref().filter(|_| record.gone.is_none()),
        stance: evidence.stance,
        passage: evidence.passage.as_deref(),
        against_interest: evidence.against_interest,
    }
}

/// Applies the confidence rule to live evidence.
pub(crate) fn rate(
    state: &State,
    origins: &[Vec<u32>],
    evidence: &[&EvidenceRecord],
    statement_only: bool,
) -> (Confidence, Reason) {
    let contradicted = !statement_only && evidence.iter().any(|e| e.stance == Stance::Contradicts);
    let supporting = evidence.iter().filter(|e| e.stance == Stance::Supports);
    let supports: Vec<Support<'_>> = supporting.map(|e| support(state, origins, e)).collect();
    model::confidence(&supports, contradicted)
}

fn support<'a>(state: &'a State, origins: &'a [Vec<u32>], evidence: &'a EvidenceRecord) -> Support<'a> {
    let source = state.sources.at(evidence.source).source.as_ref();
    Support {
        origins: &origins[evidence.source as usize],
        publisher: source.map_or("", |s| &s.publisher),
        kind: source.map_or("", |s| s.kind.as_str()),
        group: evidence.group.as_deref(),
        against_interest: evidence.against_interest,
    }
}

/// For every source the numbers of itself and of everything it relays, directly or not, ascending.
///
/// Takes time linear in the total size of the answer; a circle of relays ends at itself.
pub(crate) fn origins(state: &State) -> Vec<Vec<u32>> {
    state.sources.iter().map(|(number, _)| origins_of(state, number)).collect()
}

fn origins_of(state: &State, number: u32) -> Vec<u32> {
    let mut found = vec![number];
    let mut next = 0;
    while next < found.len() {
        let relays = state.sources.at(found[next]).source.iter().flat_map(|s| &s.relays);
        for relayed in relays.filter_map(|id| state.sources.number(id.as_str())) {
            if !found.contains(&relayed) {
                found.push(relayed);
            }
        }
        next += 1;
    }
    found.sort_unstable();
    found
}
