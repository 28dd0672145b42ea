//! Canonical bytes of claims and evidence.

use super::values::{read_date, read_statement, read_text, write_date, write_statement, write_text};
use super::{read_id, write_id};
use crate::{
    CanonicalError, Claim, Date, Evidence, OperationNumber, Passage, Qualifiers, Reader, Reference, Stance, Subject,
    Writer,
};

pub(super) fn write_claim(w: &mut Writer, claim: &Claim) {
    write_subject(w, &claim.subject);
    write_id(w, &claim.property);
    write_statement(w, &claim.statement);
    write_qualifiers(w, &claim.qualifiers);
}

pub(super) fn read_claim(r: &mut Reader<'_>) -> Result<Claim, CanonicalError> {
    Ok(Claim {
        subject: read_subject(r)?,
        property: read_id(r)?,
        statement: read_statement(r)?,
        qualifiers: read_qualifiers(r)?,
    })
}

pub(super) fn write_subject(w: &mut Writer, subject: &Subject) {
    let tag = match subject {
        Subject::Item(_) => 0,
        Subject::Link(_) => 1,
    };
    w.u8(tag).text(subject.id().as_str());
}

pub(super) fn read_subject(r: &mut Reader<'_>) -> Result<Subject, CanonicalError> {
    match r.u8()? {
        0 => Ok(Subject::Item(read_id(r)?)),
        1 => Ok(Subject::Link(read_id(r)?)),
        other => Err(r.meaning(format!("subject `{other}`"))),
    }
}

fn write_qualifiers(w: &mut Writer, qualifiers: &Qualifiers) {
    let dates = [&qualifiers.valid_from, &qualifiers.valid_to, &qualifiers.first_cited, &qualifiers.last_cited];
    for date in dates {
        w.option(date.as_ref(), write_date);
    }
    w.option(qualifiers.original.as_deref(), |w, text| {
        w.text(text);
    });
}

fn read_qualifiers(r: &mut Reader<'_>) -> Result<Qualifiers, CanonicalError> {
    let date = |r: &mut Reader<'_>| -> Result<Option<Date>, CanonicalError> { r.option(read_date) };
    Ok(Qualifiers {
        valid_from: date(r)?,
        valid_to: date(r)?,
        first_cited: date(r)?,
        last_cited: date(r)?,
        original: read_words(r)?,
    })
}

fn read_words(r: &mut Reader<'_>) -> Result<Option<Box<str>>, CanonicalError> {
    r.option(|r| Ok(r.text()?.into()))
}

pub(super) fn write_reference(w: &mut Writer, reference: &Reference) {
    match reference {
        Reference::Here(operation) => w.u8(0).u32(*operation),
        Reference::There(number) => w.u8(1).u32(number.entry).u32(number.operation),
    };
}

pub(super) fn read_reference(r: &mut Reader<'_>) -> Result<Reference, CanonicalError> {
    match r.u8()? {
        0 => Ok(Reference::Here(r.u32()?)),
        1 => Ok(Reference::There(OperationNumber { entry: r.u32()?, operation: r.u32()? })),
        other => Err(r.meaning(format!("reference `{other}`"))),
    }
}

pub(super) fn write_evidence(w: &mut Writer, evidence: &Evidence) {
    w.list(&evidence.claims, write_reference);
    write_id(w, &evidence.source);
    w.u8(evidence.stance as u8);
    w.option(evidence.passage.anchor.as_deref(), |w, text| {
        w.text(text);
    });
    w.option(evidence.passage.quote.as_ref(), write_text);
    w.option(evidence.passage.translation.as_ref(), write_text);
    w.option(evidence.group.as_deref(), |w, text| {
        w.text(text);
    });
    w.u8(u8::from(evidence.against_interest));
}

pub(super) fn read_evidence(r: &mut Reader<'_>) -> Result<Evidence, CanonicalError> {
    Ok(Evidence {
        claims: r.list(read_reference)?,
        source: read_id(r)?,
        stance: read_stance(r)?,
        passage: Passage { anchor: read_words(r)?, quote: r.option(read_text)?, translation: r.option(read_text)? },
        group: read_words(r)?,
        against_interest: super::values::read_flag(r)?,
    })
}

fn read_stance(r: &mut Reader<'_>) -> Result<Stance, CanonicalError> {
    let number = r.u8()?;
    let known = Stance::ALL.into_iter().find(|s| *s as u8 == number);
    known.ok_or_else(|| r.meaning(format!("stance `{number}`")))
}
