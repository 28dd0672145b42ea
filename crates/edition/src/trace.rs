//! From an operation's number back to what it said, so that any of them can be verified and a destroyed one explained.

use model::OperationNumber;

use crate::edition::Edition;
use crate::published::PublishedClaim;
use crate::state::{Body, CaptureGrave, EvidenceRecord, Gone, Grave, Owner};
use crate::view::{Item, LinkView};

/// What an operation's number leads to.
#[derive(Debug)]
pub enum Traced<'e> {
    /// A published claim, and whose it is.
    Claim(Holder<'e>, PublishedClaim<'e>),
    /// Evidence for a published record's claims, with its source's id.
    Evidence(Holder<'e>, &'e str),
    /// The operation that made a published record.
    Made(Holder<'e>),
    /// It was taken back.
    Withdrawn(&'e Gone),
    /// Its value was destroyed.
    Redacted(&'e Grave),
    /// It was a capture, whose bytes and words were destroyed.
    Destroyed(&'e CaptureGrave),
    /// Another act: it opens a file, withdraws, decides, or is no longer what is shown.
    Act,
    /// There is no such operation.
    Missing,
}

/// Whose claims an operation belongs to.
#[derive(Debug, Clone, Copy)]
pub enum Holder<'e> {
    /// An item's.
    Item(Item<'e>),
    /// A link's.
    Link(LinkView<'e>),
}

impl Edition {
    /// What this operation said.
    pub fn trace(&self, number: OperationNumber) -> Traced<'_> {
        if let Some(grave) = self.state.grave(number) {
            return Traced::Redacted(grave);
        }
        if let Some(grave) = self.state.capture_grave(number) {
            return Traced::Destroyed(grave);
        }
        if !self.state.holds(number) {
            return Traced::Missing;
        }
        match self.state.owner(number) {
            Owner::Item(item) => self.trace_item(item, number),
            Owner::Link(link) => self.trace_link(link, number),
            Owner::Nobody | Owner::Missing => Traced::Act,
        }
    }

    fn trace_item(&self, item: u32, number: OperationNumber) -> Traced<'_> {
        let record = self.state.items.at(item);
        let target = record.merged.as_ref().and_then(|into| self.state.items.number(into.as_str())).unwrap_or(item);
        let target = self.item_at(target);
        if let Some(gone) = &record.gone {
            return Traced::Withdrawn(gone);
        }
        if record.made == Some(number) {
            return Traced::Made(Holder::Item(target));
        }
        let body = &self.state.items.at(target.number()).body;
        self.trace_body(Holder::Item(target), body, number, || target.claims())
    }

    fn trace_link(&self, link: u32, number: OperationNumber) -> Traced<'_> {
        let record = self.state.links.at(link);
        let view = self.link_at(link);
        match &record.gone {
            Some(gone) => Traced::Withdrawn(gone),
            None if self.confidence[link as usize].is_none() => Traced::Act,
            None if record.made == Some(number) => Traced::Made(Holder::Link(view)),
            None => self.trace_body(Holder::Link(view), &record.body, number, || view.claims()),
        }
    }

    fn trace_body<'e>(
        &'e self,
        holder: Holder<'e>,
        body: &'e Body,
        number: OperationNumber,
        claims: impl FnOnce() -> Vec<PublishedClaim<'e>>,
    ) -> Traced<'e> {
        if let Some(EvidenceRecord { gone, source, .. }) = body.evidence.iter().find(|e| e.number == number) {
            let source = self.state.sources.at(*source).id.as_str();
            return gone.as_deref().map_or(Traced::Evidence(holder, source), Traced::Withdrawn);
        }
        let gone = body.claims.iter().find(|c| c.number == number).and_then(|c| c.gone.as_deref());
        if let Some(gone) = gone {
            return Traced::Withdrawn(gone);
        }
        let claim = claims().into_iter().find(|claim| claim.number() == number);
        claim.map_or(Traced::Act, |claim| Traced::Claim(holder, claim))
    }
}

impl<'e> Holder<'e> {
    /// The operation that made the record.
    pub fn made(&self) -> Option<OperationNumber> {
        match self {
            Self::Item(item) => item.made(),
            Self::Link(link) => link.made(),
        }
    }

    /// What is claimed of it.
    pub fn claims(&self) -> Vec<PublishedClaim<'e>> {
        match self {
            Self::Item(item) => item.claims(),
            Self::Link(link) => link.claims(),
        }
    }
}
