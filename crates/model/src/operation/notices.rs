//! Canonical bytes of what the ledger says about its own publication: what is not to be read yet, and what was
//! published although it was held back.

use super::{read_id, write_id};
use crate::{CanonicalError, Day, Notice, Reader, Writer};

pub(super) fn kind(notice: &Notice) -> u8 {
    match notice {
        Notice::Embargo { .. } => 16,
        Notice::Reveal { .. } => 17,
        Notice::Abandon { .. } => 18,
        Notice::Override { .. } => 19,
    }
}

pub(super) fn write(w: &mut Writer, notice: &Notice) {
    match notice {
        Notice::Embargo { until } => drop(w.u16(until.year).u8(until.month).u8(until.day)),
        Notice::Reveal { entry } => drop(w.u32(*entry)),
        Notice::Abandon { entry, reason, notice } => {
            write_id(w.u32(*entry), reason);
            w.text(notice);
        }
        Notice::Override { since, lost, reason } => drop(w.u32(*since).u32(*lost).text(reason)),
    }
}

pub(super) fn read(kind: u8, r: &mut Reader<'_>) -> Result<Notice, CanonicalError> {
    Ok(match kind {
        16 => {
            let day = Day::new(r.u16()?, r.u8()?, r.u8()?);
            Notice::Embargo { until: day.ok_or_else(|| r.meaning("the calendar has no such day"))? }
        }
        17 => Notice::Reveal { entry: r.u32()? },
        18 => Notice::Abandon { entry: r.u32()?, reason: read_id(r)?, notice: r.text()?.into() },
        19 => Notice::Override { since: r.u32()?, lost: r.u32()?, reason: r.text()?.into() },
        other => return Err(r.meaning(format!("operation kind `{other}`"))),
    })
}

#[cfg(test)]
mod tests {
    use crate::{Day, Id, Notice, Operation};

    fn check(notice: Notice, kind: u8, bytes: &[u8]) {
        let operation = Operation::Notice(notice);
        assert_eq!((operation.kind(), &operation.to_bytes()[..]), (kind, bytes));
        assert_eq!(Operation::from_bytes(kind, bytes), Ok(operation));
        assert!(Operation::from_bytes(kind, &[bytes, b"x"].concat()).is_err());
        assert!(Operation::from_bytes(kind, &bytes[..bytes.len() - 1]).is_err());
    }

    /// By hand, after `docs/operations.md`.
    #[test]
    fn the_bytes_of_notices_are_these() {
        check(Notice::Embargo { until: Day { year: 2026, month: 12, day: 1 } }, 16, b"\x07\xea\x0c\x01");
        check(Notice::Reveal { entry: 258 }, 17, b"\0\0\x01\x02");
        let abandon = Notice::Abandon { entry: 3, reason: Id::parse("safety").unwrap(), notice: "n-1".into() };
        check(abandon, 18, b"\0\0\0\x03\0\0\0\x06safety\0\0\0\x03n-1");
        let published = Notice::Override { since: 7, lost: 2, reason: "so".into() };
        check(published, 19, b"\0\0\0\x07\0\0\0\x02\0\0\0\x02so");
    }

    #[test]
    fn a_day_that_the_calendar_does_not_have_is_no_embargo() {
        assert!(Operation::from_bytes(16, b"\x07\xea\x02\x1e").is_err());
    }
}
