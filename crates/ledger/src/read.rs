//! Reading the operations of an entry from its segments.

use crate::entry::Entry;
use crate::error::LedgerError;
use crate::layout::File;
use crate::segment::{Flaw, Header, Raw, Records};
use crate::storage::Storage;

/// Gives every operation of an entry in order, with its number. Checksums are checked, commitments are not.
pub(crate) fn each_raw(
    storage: &dyn Storage,
    entry: &Entry,
    mut visit: impl FnMut(u32, Raw<'_>),
) -> Result<(), LedgerError> {
    each_part(storage, entry, |file, bytes| {
        visit_segment(file, bytes, &mut visit).map_err(|flaw| LedgerError::damaged(file, flaw.range, flaw.what))
    })
}

/// Gives every segment of an entry in order; `visit` says which operation comes behind it.
pub(crate) fn each_part(
    storage: &dyn Storage,
    entry: &Entry,
    mut visit: impl FnMut(File, &[u8]) -> Result<u64, LedgerError>,
) -> Result<(), LedgerError> {
    let mut next = 0;
    while next < entry.operations {
        let file = File::Segment { entry: entry.number, first: next };
        let bytes = storage.read(&file.to_string())?.ok_or_else(|| LedgerError::missing(file))?;
        let end = visit(file, &bytes)?;
        next = u32::try_from(end).ok().filter(|end| (next + 1..=entry.operations).contains(end)).ok_or_else(|| {
            LedgerError::damaged(file, 0..bytes.len() as u64, "it holds more operations than its entry says")
        })?;
    }
    Ok(())
}

/// Gives the operations of one segment and says which number comes behind them.
pub(crate) fn visit_segment(file: File, bytes: &[u8], visit: &mut impl FnMut(u32, Raw<'_>)) -> Result<u64, Flaw> {
    let header = Header::decode(bytes)?;
    let whole = Flaw { range: 0..bytes.len() as u64, what: "the header is not the one of this segment" };
    if (File::Segment { entry: header.entry, first: header.first }) != file || header.count == 0 {
        return Err(whole);
    }
    header.length_flaw(bytes).map_or(Ok(()), Err)?;
    let mut next = header.first;
    for record in Records::new(bytes, &header) {
        visit(next, record?.1);
        next = next.checked_add(1).ok_or(Flaw { what: "it holds too many operations", ..whole.clone() })?;
    }
    let told = u64::from(next) == header.end();
    told.then_some(header.end()).ok_or(Flaw { what: "it holds not as many operations as its header says", ..whole })
}
