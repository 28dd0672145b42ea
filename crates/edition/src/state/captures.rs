//! Captures by source, with where quotes stand in them, what was found on looking again, and those that were destroyed.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Anchor, Capture, CaptureTombstone, Id, LangText, OperationNumber, Recheck, Stamp};

use super::journal::{Act, Touched};
use super::{Body, Owner, State};

/// A capture, and what was said of it later.
#[derive(Debug, Clone)]
pub struct CaptureRecord {
    /// Its id.
    pub number: OperationNumber,
    /// What is held.
    pub capture: Capture,
    /// Quotes that were found in it, by the operation that says so.
    pub anchors: Vec<(OperationNumber, Anchor)>,
    /// What was found when its address was looked at again, oldest first.
    pub rechecks: Vec<(OperationNumber, Recheck)>,
    /// Others' words of when its bytes were there, as they came.
    pub stamps: Vec<(OperationNumber, Stamp)>,
}

/// What stands in the place of a capture that was destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureGrave {
    /// The operation that says so.
    pub by: OperationNumber,
    /// Why, and of what source it was.
    pub tombstone: CaptureTombstone,
}

/// All captures.
#[derive(Debug, Clone, Default)]
pub(super) struct Captures {
    all: BTreeMap<OperationNumber, CaptureRecord>,
    by_source: BTreeMap<Id, Vec<OperationNumber>>,
    graves: BTreeMap<OperationNumber, CaptureGrave>,
    /// For each piece of evidence, the captures that its quote was found in and its first character there, oldest first.
    anchored: BTreeMap<OperationNumber, Vec<(OperationNumber, u32)>>,
}

impl State {
    /// All captures by number.
    pub fn captures(&self) -> impl DoubleEndedIterator<Item = &CaptureRecord> {
        self.captures.all.values()
    }

    /// A capture by its number.
    pub fn capture(&self, number: OperationNumber) -> Option<&CaptureRecord> {
        self.captures.all.get(&number)
    }

    /// The captures of a source, oldest first.
    pub fn captures_of(&self, source: &str) -> impl DoubleEndedIterator<Item = &CaptureRecord> {
        let numbers = self.captures.by_source.get(source).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(|number| self.capture(*number))
    }

    /// What stands in the place of a destroyed capture.
    pub fn capture_grave(&self, number: OperationNumber) -> Option<&CaptureGrave> {
        self.captures.graves.get(&number)
    }

    /// All captures that were destroyed, by number.
    pub fn capture_graves(&self) -> impl DoubleEndedIterator<Item = &CaptureGrave> {
        self.captures.graves.values()
    }

    /// The captures of a source that were destroyed, oldest first.
    pub fn destroyed_of(&self, source: &str) -> impl DoubleEndedIterator<Item = &CaptureGrave> {
        let of = move |grave: &&CaptureGrave| grave.tombstone.source.as_ref().is_some_and(|id| id.as_str() == source);
        self.capture_graves().filter(of)
    }

    /// The captures in which this evidence's quote was found, destroyed or not, and its first character there: oldest
    /// first.
    pub fn anchored(&self, evidence: OperationNumber) -> &[(OperationNumber, u32)] {
        self.captures.anchored.get(&evidence).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every live quote of evidence: its source, the evidence, the words. Linear in all evidence.
    pub fn quotes(&self) -> impl Iterator<Item = (&Id, OperationNumber, &LangText)> {
        let items = self.items.iter().map(|(_, record)| &record.body);
        let links = self.links.iter().map(|(_, record)| &record.body);
        items
            .chain(links)
            .flat_map(quotes_in)
            .map(|(source, number, quote)| (&self.sources.at(source).id, number, quote))
    }

    pub(super) fn hold(&mut self, number: OperationNumber, capture: Capture) -> Owner {
        if let Some(source) = capture.source.clone() {
            let record = self.source_number(&source);
            self.note(number, Touched::Source(record), Act::Captured);
            Arc::make_mut(&mut self.captures).by_source.entry(source).or_default().push(number);
        }
        let record = CaptureRecord { number, capture, anchors: vec![], rechecks: vec![], stamps: vec![] };
        Arc::make_mut(&mut self.captures).all.insert(number, record);
        Owner::Nobody
    }

    pub(super) fn anchor(&mut self, number: OperationNumber, anchor: Anchor) -> Owner {
        let (evidence, capture) = (anchor.evidence.within(number.entry), anchor.capture.within(number.entry));
        let captures = Arc::make_mut(&mut self.captures);
        captures.anchored.entry(evidence).or_default().push((capture, anchor.start));
        match captures.all.get_mut(&capture) {
            Some(record) => record.anchors.push((number, anchor)),
            None => self.no_capture(number, capture),
        }
        Owner::Nobody
    }

    pub(super) fn stamp(&mut self, number: OperationNumber, stamp: Stamp) -> Owner {
        let capture = stamp.capture.within(number.entry);
        match Arc::make_mut(&mut self.captures).all.get_mut(&capture) {
            Some(record) => record.stamps.push((number, stamp)),
            None => self.no_capture(number, capture),
        }
        Owner::Nobody
    }

    /// What was said of a capture that is not here is a mistake, unless the capture was destroyed.
    fn no_capture(&mut self, number: OperationNumber, capture: OperationNumber) {
        if self.owner(capture) != Owner::Missing && self.capture_grave(capture).is_none() {
            self.problem(number, format!("there is no capture {capture}"));
        }
    }

    /// A capture is no more, and this stands in its place.
    pub(super) fn bury_capture(&mut self, by: OperationNumber, tombstone: CaptureTombstone) -> Owner {
        if let Some(source) = &tombstone.source {
            let source = self.source_number(source);
            self.note(by, Touched::Source(source), Act::Redacted);
        }
        Arc::make_mut(&mut self.buried).insert(tombstone.capture);
        let captures = Arc::make_mut(&mut self.captures);
        captures.all.remove(&tombstone.capture);
        captures.graves.entry(tombstone.capture).or_insert(CaptureGrave { by, tombstone });
        Owner::Nobody
    }

    pub(super) fn recheck(&mut self, number: OperationNumber, recheck: Recheck) -> Owner {
        let capture = recheck.capture.within(number.entry);
        let Some(record) = Arc::make_mut(&mut self.captures).all.get_mut(&capture) else {
            self.no_capture(number, capture);
            return Owner::Nobody;
        };
        record.rechecks.push((number, recheck));
        if let Some(source) = record.capture.source.clone() {
            let source = self.source_number(&source);
            self.note(number, Touched::Source(source), Act::Rechecked);
        }
        Owner::Nobody
    }
}

/// The live quotes in a body, each with the record number of its source.
pub(crate) fn quotes_in(body: &Body) -> impl Iterator<Item = (u32, OperationNumber, &LangText)> {
    let live = body.evidence.iter().filter(|evidence| evidence.gone.is_none());
    live.filter_map(|evidence| {
        let quote = evidence.passage.as_ref()?.quote.as_ref()?;
        Some((evidence.source, evidence.number, quote))
    })
}

#[cfg(test)]
mod tests {
    use model::{Form, Found, Grade, Operation, Piece, Reference, Robots, StampKind};

    use super::*;

    fn number(entry: u32, operation: u32) -> OperationNumber {
        OperationNumber { entry, operation }
    }

    fn capture(source: Option<&str>) -> Operation {
        let piece = Piece { digest: [7; 32], length: 3 };
        Operation::Capture(Box::new(Capture {
            source: source.and_then(Id::parse),
            form: Form::File,
            at: "2026-11-22".into(),
            kept: piece,
            body: piece,
            media_type: "text/plain".into(),
            text: None,
            url: "".into(),
            final_url: "".into(),
            status: 0,
            grade: Grade::Complete,
            reason: "whole".into(),
            address: "".into(),
            certificates: None,
            vantage: "".into(),
            robots: Robots::Unknown,
            requisites: 0,
            missing: 0,
            picture: None,
        }))
    }

    fn stamp(capture: Reference) -> Operation {
        let (scheme, piece) = (StampKind::Rfc3161, Piece { digest: [8; 32], length: 4 });
        Operation::Stamp(Stamp { capture, scheme, at: "2026".into(), authority: "a".into(), piece })
    }

    fn recheck(capture: Reference) -> Operation {
        Operation::Recheck(Recheck { capture, at: "2027-01-01T00:00:00Z".into(), found: Found::Gone, now: None })
    }

    #[test]
    fn captures_stand_by_their_source_in_order_with_what_was_found_later() {
        let mut state = State::default();
        state.apply(number(0, 0), capture(Some("r-1")));
        state.apply(number(0, 1), recheck(Reference::Here(0)));
        state.apply(number(1, 0), capture(None));
        state.apply(number(1, 1), capture(Some("r-1")));
        state.apply(number(1, 3), stamp(Reference::Here(1)));
        state.apply(number(1, 2), recheck(Reference::There(number(0, 0))));
        let of: Vec<OperationNumber> = state.captures_of("r-1").map(|record| record.number).collect();
        assert_eq!(of, [number(0, 0), number(1, 1)]);
        assert_eq!(state.captures().count(), 3);
        assert_eq!(state.capture(number(0, 0)).unwrap().rechecks.len(), 2);
        assert_eq!(state.capture(number(1, 1)).unwrap().stamps.len(), 1);
        assert!(state.problems().is_empty());
        assert_eq!(state.captures_of("r-2").count(), 0);
    }

    fn tombstone(capture: OperationNumber) -> Operation {
        let (source, reason) = (Id::parse("r-1"), Id::parse("safety").expect("an id"));
        Operation::CaptureTombstone(CaptureTombstone {
            capture,
            source,
            at: "2026-11-22".into(),
            reason,
            notice: "n".into(),
        })
    }

    fn anchor(evidence: OperationNumber) -> Operation {
        let (evidence, capture) = (Reference::There(evidence), Reference::There(number(0, 0)));
        Operation::Anchor(Anchor { evidence, capture, start: 7, end: 9, page: 0 })
    }

    #[test]
    fn a_destroyed_capture_leaves_its_grave_and_what_was_said_of_it_is_no_mistake() {
        let evidence = number(0, 9);
        let mut state = State::default();
        state.apply(number(0, 0), capture(Some("r-1")));
        state.apply(number(1, 0), anchor(evidence));
        state.apply(number(2, 0), tombstone(number(0, 0)));
        state.apply(number(3, 0), recheck(Reference::There(number(0, 0))));
        state.apply(number(3, 1), stamp(Reference::There(number(0, 0))));
        assert!(state.capture(number(0, 0)).is_none() && state.captures_of("r-1").next().is_none());
        assert_eq!(state.capture_grave(number(0, 0)).map(|grave| grave.by), Some(number(2, 0)));
        assert_eq!(state.destroyed_of("r-1").count(), 1);
        assert_eq!(state.anchored(evidence), [(number(0, 0), 7)]);
        assert!(state.has_tombstone(number(0, 0)) && state.shows_buried());
        // Read again, once its value is gone, it is the same.
        let mut again = State::default();
        again.skip(number(0, 0));
        again.apply(number(1, 0), anchor(evidence));
        again.apply(number(2, 0), tombstone(number(0, 0)));
        assert!(again.problems().is_empty() && state.problems().is_empty());
        assert_eq!((again.destroyed_of("r-1").count(), again.anchored(evidence).len()), (1, 1));
        assert!(!again.shows_buried());
    }

    #[test]
    fn what_is_said_of_a_capture_that_is_not_there_is_a_problem() {
        let mut state = State::default();
        state.apply(number(0, 0), recheck(Reference::Here(7)));
        state.apply(number(0, 1), stamp(Reference::Here(7)));
        assert_eq!(state.problems().len(), 2);
    }
}
