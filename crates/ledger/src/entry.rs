//! Entries: the leaves of the log. An entry says when and by whom, and commits to its operations by a root.

use model::{CanonicalError, Day, Reader, Writer};

use crate::error::LedgerError;
use crate::merkle::Hash;

const TAG: &str = "counteratlas/entry";

/// The format version written today; readers know every version up to it.
pub const FORMAT_VERSION: u16 = 1;

/// When and by whom: what a caller says about an entry to be.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// The UTC day, the finest time that is kept.
    pub day: Day,
    /// A role or a rotating pseudonym, never a person: 1 to 200 bytes without control characters.
    pub author: &'a str,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the log, from 0 (not part of its bytes).
    pub number: u64,
    /// The format version it was written in.
    pub version: u16,
    /// The UTC day.
    pub day: Day,
    /// The role or pseudonym.
    pub author: String,
    /// How many operations it holds, at least 1.
    pub operations: u32,
    /// The RFC 6962 root over the operations' commitments.
    pub root: Hash,
}

impl Entry {
    /// The bytes that are a leaf of the log.
    pub fn encode(&self) -> Vec<u8> {
        let mut w = Writer::new();
        w.text(TAG).u16(self.version);
        w.u16(self.day.year).u8(self.day.month).u8(self.day.day);
        w.text(&self.author).u32(self.operations).fixed(&self.root);
        w.into_bytes()
    }

    /// Reads a leaf of the log; only bytes that [`Entry::encode`] gives are taken.
    pub fn decode(number: u64, bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut r = Reader::new(bytes);
        if r.text()? != TAG {
            return Err(r.meaning(format!("not tagged `{TAG}`")));
        }
        let version = r.u16()?;
        if version != FORMAT_VERSION {
            return Err(r.meaning(format!("format version `{version}` is not known")));
        }
        let day = Day::new(r.u16()?, r.u8()?, r.u8()?).ok_or_else(|| r.meaning("no such day"))?;
        let author = r.text()?.to_owned();
        let entry = Self { number, version, day, author, operations: r.u32()?, root: r.array()? };
        r.finish()?;
        Ok(entry)
    }
}

impl Draft<'_> {
    /// Refuses what must not stand in the log for ever.
    pub(crate) fn check(&self) -> Result<(), LedgerError> {
        let fits = (1..=200).contains(&self.author.len()) && !self.author.chars().any(char::is_control);
        let what = "an author is 1 to 200 bytes without control characters";
        fits.then_some(()).ok_or_else(|| LedgerError::Refused { what: what.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry() -> Entry {
        let day = Day::new(2026, 2, 28).unwrap();
        Entry { number: 5, version: 1, day, author: "import".into(), operations: 7, root: [0xab; 32] }
    }

    #[test]
    fn the_layout_is_the_one_in_the_format_document() {
        let mut expected = b"\0\0\0\x12counteratlas/entry\0\x01\x07\xea\x02\x1c\0\0\0\x06import\0\0\0\x07".to_vec();
        expected.extend([0xab; 32]);
        assert_eq!(entry().encode(), expected);
        assert_eq!(Entry::decode(5, &expected), Ok(entry()));
    }

    #[test]
    fn another_tag_version_or_day_is_refused() {
        let good = entry().encode();
        for (at, value) in [(4, b'C'), (23, 2), (26, 13), (27, 29)] {
            let mut wrong = good.clone();
            wrong[at] = value;
            assert!(Entry::decode(5, &wrong).is_err(), "byte {at}");
        }
        assert!(Entry::decode(5, &[&good[..], b"x"].concat()).is_err());
    }

    #[test]
    fn an_author_that_could_break_a_line_is_refused() {
        let day = entry().day;
        assert!(Draft { day, author: "desk é" }.check().is_ok());
        for wrong in ["", "a\nb", "\u{7f}", &"x".repeat(201)] {
            assert!(Draft { day, author: wrong }.check().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn bytes_that_decode_are_the_bytes_that_encode(
            noise in proptest::collection::vec(any::<(usize, u8)>(), 0..3),
            cut in 0usize..100,
        ) {
            let mut bytes = entry().encode();
            for (at, value) in noise {
                let at = at % bytes.len();
                bytes[at] = value;
            }
            bytes.truncate(bytes.len().min(70 + cut));
            if let Ok(entry) = Entry::decode(5, &bytes) {
                prop_assert_eq!(entry.encode(), bytes);
            }
        }
    }
}
