//! What an entry of the ledger does: the operations, and their canonical bytes (format version 1).
//!
//! Kind numbers and layouts are fixed for ever; a new need gets a new number.

mod captures;
mod claims;
mod notices;
mod values;

use crate::{
    Anchor, CanonicalError, Capture, CaptureTombstone, Claim, Day, Evidence, Id, LangText, OperationNumber, Reader,
    Recheck, Reference, Source, Stamp, Story, Writer,
};

/// One act. The order within an entry matters: a claim comes before its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// The operations behind it, up to the next `Begin`, come from this file or form.
    Begin(Origin),
    /// Adds a source, or replaces what is known of it.
    Source(Source),
    /// Adds an item, or changes its kind.
    Item {
        /// Its id.
        id: Id,
        /// A kind of the vocabulary.
        kind: Id,
    },
    /// Adds a link.
    Link(Link),
    /// Makes a claim.
    Claim(Claim),
    /// Brings evidence for claims.
    Evidence(Evidence),
    /// Takes something back; it stays in history.
    Withdraw {
        /// What is taken back.
        target: Target,
        /// Why: shown to readers.
        reason: Box<str>,
    },
    /// Adds or replaces a glossary term.
    Term(GlossaryTerm),
    /// Says whether two items are one.
    Decision(Decision),
    /// The values of these operations were destroyed; what remains says whose they were.
    Tombstone(Tombstone),
    /// Adds or replaces a case study in one language.
    Story(Story),
    /// Says which bytes of a source the archive holds.
    Capture(Box<Capture>),
    /// Says where evidence's quote stands in a capture.
    Anchor(Anchor),
    /// Says what was found where a capture came from.
    Recheck(Recheck),
    /// The bytes and words of a capture were destroyed; what remains says of what source it was.
    CaptureTombstone(CaptureTombstone),
    /// Somebody else's word of when the bytes of a capture were there.
    Stamp(Stamp),
    /// What the ledger says about its own publication.
    Notice(Notice),
}

/// Where operations come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// A name that stays the same when the same data comes again, such as `sample/networks`.
    pub dataset: Box<str>,
    /// The format it was read in.
    pub format: Box<str>,
    /// SHA-256 of the file's bytes, or zeroes where there is no file.
    pub digest: [u8; 32],
}

/// A typed relation from one item to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link {
    /// Its id.
    pub id: Id,
    /// A link type of the vocabulary.
    pub link_type: Id,
    /// The item it goes from.
    pub subject: Id,
    /// The item it goes to.
    pub object: Id,
}

/// What a withdrawal names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A source.
    Source(Id),
    /// An item.
    Item(Id),
    /// A link.
    Link(Id),
    /// A claim.
    Claim(Reference),
    /// A piece of evidence.
    Evidence(Reference),
    /// A glossary term.
    Term(Id),
    /// A case study, in every language.
    Story(Id),
}

/// A word explained, in our own words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GlossaryTerm {
    /// Its id.
    pub id: Id,
    /// The word in each language.
    pub names: Vec<LangText>,
    /// The explanation in each language.
    pub definitions: Vec<LangText>,
    /// A term of the set `glossary-category`.
    pub category: Id,
}

/// A role's verdict on whether two items are one. A later verdict on the same two replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decision {
    /// What was found.
    pub verdict: Verdict,
    /// The item that, if they are one, is shown no more under its own address.
    pub from: Id,
    /// The item that it is then part of.
    pub into: Id,
    /// Why: shown to readers.
    pub reason: Box<str>,
    /// The sources that it rests on.
    pub evidence: Vec<Id>,
}

/// Whether two items are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// They are one.
    Same,
    /// They are two, whatever their names.
    Different,
    /// It is not known; they stay two.
    Unsure,
}

impl Verdict {
    /// All verdicts, by their number in the canonical bytes.
    pub const ALL: [Self; 3] = [Self::Same, Self::Different, Self::Unsure];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Unsure => "unsure",
        }
    }
}

/// What remains of a redacted operation: never its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tombstone {
    /// The operation whose value and salt were destroyed.
    pub operation: OperationNumber,
    /// Whose value it was: so that no import fills it again.
    pub subject: crate::Subject,
    /// Which property.
    pub property: Id,
    /// The source that stated it, if the redaction names one.
    pub source: Option<Id>,
    /// Reason class, such as `court-order`.
    pub reason: Id,
    /// Reference of the public notice.
    pub notice: Box<str>,
}

/// What is not to be read yet, and what was published although it was held back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Notice {
    /// The other operations of this entry are sealed until that day.
    Embargo {
        /// The first day on which they may be read.
        until: Day,
    },
    /// The operations of an entry that were sealed can be read from now on.
    Reveal {
        /// The entry.
        entry: u32,
    },
    /// The operations of an entry that are sealed were destroyed: the tombstone of all of them.
    Abandon {
        /// The entry.
        entry: u32,
        /// Reason class, such as `legal-claim`.
        reason: Id,
        /// Reference of the public notice.
        notice: Box<str>,
    },
    /// An edition is published that was held back because it lacks much of the one before.
    Override {
        /// The number of entries of the edition that was published last.
        since: u32,
        /// How many records of that one are missing, withdrawn or not.
        lost: u32,
        /// Why it is right all the same: shown to readers.
        reason: Box<str>,
    },
}

impl Operation {
    /// The kind number of a capture.
    pub const CAPTURE: u8 = 13;

    /// The kind number that is committed to.
    pub fn kind(&self) -> u8 {
        match self {
            Self::Begin(_) => 1,
            Self::Source(_) => 2,
            Self::Item { .. } => 3,
            Self::Link(_) => 4,
            Self::Claim(_) => 5,
            Self::Evidence(_) => 6,
            Self::Withdraw { .. } => 7,
            Self::Term(_) => 8,
            Self::Decision(_) => 9,
            Self::Tombstone(_) => 10,
            Self::Story(_) => 12,
            Self::Capture(_) => Self::CAPTURE,
            Self::Anchor(_) => 14,
            Self::Recheck(_) => 15,
            Self::CaptureTombstone(_) => 20,
            Self::Stamp(_) => 24,
            Self::Notice(notice) => notices::kind(notice),
        }
    }

    /// The canonical bytes, without the kind number.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer::new();
        match self {
            Self::Begin(origin) => write_origin(&mut w, origin),
            Self::Source(source) => write_source(&mut w, source),
            Self::Item { id, kind } => drop(w.text(id.as_str()).text(kind.as_str())),
            Self::Link(link) => write_link(&mut w, link),
            Self::Claim(claim) => claims::write_claim(&mut w, claim),
            Self::Evidence(evidence) => claims::write_evidence(&mut w, evidence),
            Self::Withdraw { target, reason } => write_withdrawal(&mut w, target, reason),
            Self::Term(term) => write_term(&mut w, term),
            Self::Decision(decision) => write_decision(&mut w, decision),
            Self::Tombstone(tombstone) => write_tombstone(&mut w, tombstone),
            Self::Story(story) => write_story(&mut w, story),
            Self::Capture(capture) => captures::write_capture(&mut w, capture),
            Self::Anchor(anchor) => captures::write_anchor(&mut w, anchor),
            Self::Recheck(recheck) => captures::write_recheck(&mut w, recheck),
            Self::CaptureTombstone(tombstone) => captures::write_tombstone(&mut w, tombstone),
            Self::Stamp(stamp) => captures::write_stamp(&mut w, stamp),
            Self::Notice(notice) => notices::write(&mut w, notice),
        }
        w.into_bytes()
    }

    /// Reads the canonical bytes of an operation of this kind.
    pub fn from_bytes(kind: u8, bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut r = Reader::new(bytes);
        let operation = match kind {
            1 => Self::Begin(read_origin(&mut r)?),
            2 => Self::Source(read_source(&mut r)?),
            3 => Self::Item { id: read_id(&mut r)?, kind: read_id(&mut r)? },
            4 => Self::Link(read_link(&mut r)?),
            5 => Self::Claim(claims::read_claim(&mut r)?),
            6 => Self::Evidence(claims::read_evidence(&mut r)?),
            7 => Self::Withdraw { target: read_target(&mut r)?, reason: r.text()?.into() },
            8 => Self::Term(read_term(&mut r)?),
            9 => Self::Decision(read_decision(&mut r)?),
            10 => Self::Tombstone(read_tombstone(&mut r)?),
            12 => Self::Story(read_story(&mut r)?),
            13 => Self::Capture(Box::new(captures::read_capture(&mut r)?)),
            14 => Self::Anchor(captures::read_anchor(&mut r)?),
            15 => Self::Recheck(captures::read_recheck(&mut r)?),
            20 => Self::CaptureTombstone(captures::read_tombstone(&mut r)?),
            24 => Self::Stamp(captures::read_stamp(&mut r)?),
            16..=19 => Self::Notice(notices::read(kind, &mut r)?),
            other => return Err(r.meaning(format!("operation kind `{other}`"))),
        };
        r.finish()?;
        Ok(operation)
    }
}

fn write_id(w: &mut Writer, id: &Id) {
    w.text(id.as_str());
}

fn read_id(r: &mut Reader<'_>) -> Result<Id, CanonicalError> {
    let text = r.text()?;
    Id::parse(text).ok_or_else(|| r.meaning(format!("`{text}` is not an id")))
}

fn write_origin(w: &mut Writer, origin: &Origin) {
    w.text(&origin.dataset).text(&origin.format).fixed(&origin.digest);
}

fn read_origin(r: &mut Reader<'_>) -> Result<Origin, CanonicalError> {
    Ok(Origin { dataset: r.text()?.into(), format: r.text()?.into(), digest: r.array()? })
}

fn write_source(w: &mut Writer, source: &Source) {
    write_id(w, &source.id);
    values::write_text(w, &source.title);
    w.text(&source.publisher).option(source.published.as_ref(), values::write_date);
    w.text(&source.language).text(source.kind.as_str());
    w.list(&source.relays, write_id).text(&source.url).text(&source.note);
}

fn read_source(r: &mut Reader<'_>) -> Result<Source, CanonicalError> {
    Ok(Source {
        id: read_id(r)?,
        title: values::read_text(r)?,
        publisher: r.text()?.into(),
        published: r.option(values::read_date)?,
        language: r.text()?.into(),
        kind: read_id(r)?,
        relays: r.list(read_id)?,
        url: r.text()?.into(),
        note: r.text()?.into(),
    })
}

fn write_link(w: &mut Writer, link: &Link) {
    w.text(link.id.as_str()).text(link.link_type.as_str());
    w.text(link.subject.as_str()).text(link.object.as_str());
}

fn read_link(r: &mut Reader<'_>) -> Result<Link, CanonicalError> {
    Ok(Link { id: read_id(r)?, link_type: read_id(r)?, subject: read_id(r)?, object: read_id(r)? })
}

fn write_withdrawal(w: &mut Writer, target: &Target, reason: &str) {
    let (tag, id) = match target {
        Target::Source(id) => (0, Some(id)),
        Target::Item(id) => (1, Some(id)),
        Target::Link(id) => (2, Some(id)),
        Target::Claim(_) => (3, None),
        Target::Evidence(_) => (4, None),
        Target::Term(id) => (5, Some(id)),
        Target::Story(id) => (6, Some(id)),
    };
    w.u8(tag);
    match (target, id) {
        (Target::Claim(reference) | Target::Evidence(reference), _) => claims::write_reference(w, reference),
        (_, Some(id)) => write_id(w, id),
        (_, None) => unreachable!("invariant: every other target has an id"),
    }
    w.text(reason);
}

fn read_target(r: &mut Reader<'_>) -> Result<Target, CanonicalError> {
    match r.u8()? {
        0 => Ok(Target::Source(read_id(r)?)),
        1 => Ok(Target::Item(read_id(r)?)),
        2 => Ok(Target::Link(read_id(r)?)),
        3 => Ok(Target::Claim(claims::read_reference(r)?)),
        4 => Ok(Target::Evidence(claims::read_reference(r)?)),
        5 => Ok(Target::Term(read_id(r)?)),
        6 => Ok(Target::Story(read_id(r)?)),
        other => Err(r.meaning(format!("withdrawal target `{other}`"))),
    }
}

fn write_term(w: &mut Writer, term: &GlossaryTerm) {
    write_id(w, &term.id);
    w.list(&term.names, values::write_text).list(&term.definitions, values::write_text);
    write_id(w, &term.category);
}

fn read_term(r: &mut Reader<'_>) -> Result<GlossaryTerm, CanonicalError> {
    Ok(GlossaryTerm {
        id: read_id(r)?,
        names: r.list(values::read_text)?,
        definitions: r.list(values::read_text)?,
        category: read_id(r)?,
    })
}

fn write_story(w: &mut Writer, story: &Story) {
    write_id(w, &story.id);
    values::write_text(w, &story.title);
    w.text(&story.summary);
    values::write_date(w, &story.written);
    w.text(&story.body);
}

fn read_story(r: &mut Reader<'_>) -> Result<Story, CanonicalError> {
    Ok(Story {
        id: read_id(r)?,
        title: values::read_text(r)?,
        summary: r.text()?.into(),
        written: values::read_date(r)?,
        body: r.text()?.into(),
    })
}

fn write_decision(w: &mut Writer, decision: &Decision) {
    w.u8(decision.verdict as u8).text(decision.from.as_str()).text(decision.into.as_str());
    w.text(&decision.reason).list(&decision.evidence, write_id);
}

fn read_decision(r: &mut Reader<'_>) -> Result<Decision, CanonicalError> {
    let number = r.u8()?;
    let verdict = Verdict::ALL.get(usize::from(number)).copied();
    Ok(Decision {
        verdict: verdict.ok_or_else(|| r.meaning(format!("verdict `{number}`")))?,
        from: read_id(r)?,
        into: read_id(r)?,
        reason: r.text()?.into(),
        evidence: r.list(read_id)?,
    })
}

fn write_tombstone(w: &mut Writer, tombstone: &Tombstone) {
    w.u32(tombstone.operation.entry).u32(tombstone.operation.operation);
    claims::write_subject(w, &tombstone.subject);
    write_id(w, &tombstone.property);
    w.option(tombstone.source.as_ref(), write_id);
    write_id(w, &tombstone.reason);
    w.text(&tombstone.notice);
}

fn read_tombstone(r: &mut Reader<'_>) -> Result<Tombstone, CanonicalError> {
    Ok(Tombstone {
        operation: OperationNumber { entry: r.u32()?, operation: r.u32()? },
        subject: claims::read_subject(r)?,
        property: read_id(r)?,
        source: r.option(read_id)?,
        reason: read_id(r)?,
        notice: r.text()?.into(),
    })
}

#[cfg(test)]
mod tests;
