//! Canonical bytes of captures, anchors and rechecks, and of what remains of a capture that was destroyed.

use super::claims::{read_reference, write_reference};
use super::{read_id, write_id};
use crate::{
    Anchor, CanonicalError, Capture, CaptureTombstone, Form, Found, Grade, OperationNumber, Paint, Picture, Piece,
    Reader, Recheck, Robots, Stamp, StampKind, Writer,
};

pub(super) fn write_capture(w: &mut Writer, capture: &Capture) {
    w.option(capture.source.as_ref(), write_id);
    w.u8(capture.form as u8).text(&capture.at);
    write_piece(w, &capture.kept);
    write_piece(w, &capture.body);
    w.text(&capture.media_type).option(capture.text.as_ref(), write_piece);
    w.text(&capture.url).text(&capture.final_url).u16(capture.status);
    w.u8(capture.grade as u8).text(&capture.reason).text(&capture.address);
    w.option(capture.certificates.as_ref(), |w, digest| {
        w.fixed(digest);
    });
    w.text(&capture.vantage).u8(capture.robots as u8).u32(capture.requisites).u32(capture.missing);
    // Captures were written before there were pictures: nothing stands for none.
    if let Some(picture) = &capture.picture {
        write_piece(w, &picture.piece);
        w.u8(picture.paint as u8).u32(picture.width).u32(picture.height);
    }
}

pub(super) fn read_capture(r: &mut Reader<'_>) -> Result<Capture, CanonicalError> {
    Ok(Capture {
        source: r.option(read_id)?,
        form: read_word(r, Form::ALL)?,
        at: r.text()?.into(),
        kept: read_piece(r)?,
        body: read_piece(r)?,
        media_type: r.text()?.into(),
        text: r.option(read_piece)?,
        url: r.text()?.into(),
        final_url: r.text()?.into(),
        status: r.u16()?,
        grade: read_word(r, Grade::ALL)?,
        reason: r.text()?.into(),
        address: r.text()?.into(),
        certificates: r.option(Reader::array)?,
        vantage: r.text()?.into(),
        robots: read_word(r, Robots::ALL)?,
        requisites: r.u32()?,
        missing: r.u32()?,
        picture: if r.is_at_end() { None } else { Some(read_picture(r)?) },
    })
}

fn read_picture(r: &mut Reader<'_>) -> Result<Picture, CanonicalError> {
    Ok(Picture { piece: read_piece(r)?, paint: read_word(r, Paint::ALL)?, width: r.u32()?, height: r.u32()? })
}

pub(super) fn write_stamp(w: &mut Writer, stamp: &Stamp) {
    write_reference(w, &stamp.capture);
    w.u8(stamp.scheme as u8).text(&stamp.at).text(&stamp.authority);
    write_piece(w, &stamp.piece);
}

pub(super) fn read_stamp(r: &mut Reader<'_>) -> Result<Stamp, CanonicalError> {
    Ok(Stamp {
        capture: read_reference(r)?,
        scheme: read_word(r, StampKind::ALL)?,
        at: r.text()?.into(),
        authority: r.text()?.into(),
        piece: read_piece(r)?,
    })
}

fn write_piece(w: &mut Writer, piece: &Piece) {
    w.fixed(&piece.digest).u64(piece.length);
}

fn read_piece(r: &mut Reader<'_>) -> Result<Piece, CanonicalError> {
    Ok(Piece { digest: r.array()?, length: r.u64()? })
}

fn read_word<T: Copy>(r: &mut Reader<'_>, all: &[T]) -> Result<T, CanonicalError> {
    let number = r.u8()?;
    all.get(usize::from(number)).copied().ok_or_else(|| r.meaning(format!("no word has the number `{number}`")))
}

pub(super) fn write_anchor(w: &mut Writer, anchor: &Anchor) {
    write_reference(w, &anchor.evidence);
    write_reference(w, &anchor.capture);
    w.u32(anchor.start).u32(anchor.end).u32(anchor.page);
}

pub(super) fn read_anchor(r: &mut Reader<'_>) -> Result<Anchor, CanonicalError> {
    let (evidence, capture) = (read_reference(r)?, read_reference(r)?);
    Ok(Anchor { evidence, capture, start: r.u32()?, end: r.u32()?, page: r.u32()? })
}

pub(super) fn write_recheck(w: &mut Writer, recheck: &Recheck) {
    write_reference(w, &recheck.capture);
    w.text(&recheck.at).u8(recheck.found as u8).option(recheck.now.as_ref(), write_reference);
}

pub(super) fn read_recheck(r: &mut Reader<'_>) -> Result<Recheck, CanonicalError> {
    Ok(Recheck {
        capture: read_reference(r)?,
        at: r.text()?.into(),
        found: read_word(r, Found::ALL)?,
        now: r.option(read_reference)?,
    })
}

pub(super) fn write_tombstone(w: &mut Writer, tombstone: &CaptureTombstone) {
    w.u32(tombstone.capture.entry).u32(tombstone.capture.operation);
    w.option(tombstone.source.as_ref(), write_id).text(&tombstone.at);
    write_id(w, &tombstone.reason);
    w.text(&tombstone.notice);
}

pub(super) fn read_tombstone(r: &mut Reader<'_>) -> Result<CaptureTombstone, CanonicalError> {
    Ok(CaptureTombstone {
        capture: OperationNumber { entry: r.u32()?, operation: r.u32()? },
        source: r.option(read_id)?,
        at: r.text()?.into(),
        reason: read_id(r)?,
        notice: r.text()?.into(),
    })
}
