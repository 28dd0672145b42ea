//! Segments: the files that hold operations, salts and commitments, checksummed so that damage is found and located.

use std::ops::Range;

use crate::entry::FORMAT_VERSION;
use crate::merkle::Hash;

const MAGIC: [u8; 8] = *b"ATLASSEG";
const HEADER: usize = 38;
/// State, kind and length of a record.
const HEAD: usize = 6;
const CRC: usize = 4;
const LIVE: u8 = 1;
const REDACTED: u8 = 2;
const SEALED: u8 = 3;

/// What a segment says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub entry: u64,
    /// Number of the first operation in its entry.
    pub first: u32,
    /// How many operations are here, at least 1.
    pub count: u32,
    /// Length in bytes of the records.
    pub length: u64,
}

/// One operation as it lies in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Raw<'a> {
    pub kind: u8,
    pub commitment: &'a Hash,
    /// Salt and bytes; `None` when they were destroyed, or lie elsewhere.
    pub value: Option<(&'a [u8; 32], &'a [u8])>,
    /// Whether they lie elsewhere until a day comes. The kind is then 0: not even that is told.
    pub sealed: bool,
}

/// Bytes that are not what the format or a checksum says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub range: Range<u64>,
    pub what: &'static str,
}

/// A segment in the making.
pub(crate) struct SegmentWriter {
    header: Header,
    bytes: Vec<u8>,
}

impl SegmentWriter {
    pub fn new(entry: u64, first: u32) -> Self {
        Self { header: Header { entry, first, count: 0, length: 0 }, bytes: vec![0; HEADER] }
    }

    pub fn first(&self) -> u32 {
        self.header.first
    }

    /// The number that the next operation gets; `None` when an entry can hold no more.
    pub fn next(&self) -> Option<u32> {
        self.header.first.checked_add(self.header.count)
    }

    pub fn is_empty(&self) -> bool {
        self.header.count == 0
    }

    /// Whether a live record of this many value bytes would make the segment longer than `limit`.
    pub fn would_pass(&self, limit: usize, value: usize) -> bool {
        self.bytes.len() + HEAD + 64 + value + CRC > limit
    }

    pub fn push(&mut self, record: Raw<'_>) {
        let at = self.bytes.len();
        let (state, value) = match record.value {
            Some((_, value)) => (LIVE, value),
            None if record.sealed => (SEALED, &[][..]),
            None => (REDACTED, &[][..]),
        };
        let length = u32::try_from(value.len()).expect("an operation is at most 16 MiB long");
        self.bytes.extend([state, record.kind]);
        self.bytes.extend(length.to_be_bytes());
        self.bytes.extend(record.commitment);
        if let Some((salt, _)) = record.value {
            self.bytes.extend(salt);
        }
        self.bytes.extend(value);
        let crc = crc32fast::hash(&self.bytes[at..]);
        self.bytes.extend(crc.to_be_bytes());
        self.header.count += 1;
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.header.length = (self.bytes.len() - HEADER) as u64;
        let header = self.header.encode();
        self.bytes[..HEADER].copy_from_slice(&header);
        self.bytes
    }
}

impl Header {
    fn encode(&self) -> Vec<u8> {
        let mut w = model::Writer::new();
        w.fixed(&MAGIC).u16(FORMAT_VERSION).u64(self.entry).u32(self.first).u32(self.count).u64(self.length);
        let mut bytes = w.into_bytes();
        bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
        bytes
    }

    /// The only bytes of a header are those that [`Header::encode`] gives.
    pub fn decode(bytes: &[u8]) -> Result<Self, Flaw> {
        let flaw = |what| Flaw { range: 0..HEADER.min(bytes.len()) as u64, what };
        let header = bytes.get(..HEADER).ok_or_else(|| flaw("the header is cut off"))?;
        let mut r = model::Reader::new(&header[10..]);
        let mut read = || Ok(Self { entry: r.u64()?, first: r.u32()?, count: r.u32()?, length: r.u64()? });
        let read: Result<Self, model::CanonicalError> = read();
        let decoded = read.map_err(|_| flaw("the header is cut off"))?;
        if header != decoded.encode() {
            return Err(flaw("the header's magic, version or checksum is wrong"));
        }
        Ok(decoded)
    }

    /// Number of the operation behind the last one.
    pub fn end(&self) -> u64 {
        u64::from(self.first) + u64::from(self.count)
    }

    /// Finds that the file is longer or shorter than the header says.
    pub fn length_flaw(&self, bytes: &[u8]) -> Option<Flaw> {
        let (is, should) = (bytes.len() as u64, (HEADER as u64).saturating_add(self.length));
        match is.cmp(&should) {
            std::cmp::Ordering::Less => Some(Flaw { range: is..should, what: "the file is cut off" }),
            std::cmp::Ordering::Greater => Some(Flaw { range: should..is, what: "bytes lie behind the last record" }),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// The records of a segment with the bytes each lies in. Behind a damaged record reading goes on if the next one is
/// sound; else the damage ranges to the end and is the last item.
pub(crate) struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// Of a segment's bytes and its decoded header.
    pub fn new(bytes: &'a [u8], header: &Header) -> Self {
        let end = usize::try_from(header.length).unwrap_or(usize::MAX).saturating_add(HEADER).min(bytes.len());
        Self { bytes: &bytes[..end], at: HEADER }
    }

    /// Steps over the damaged record at `self.at`.
    fn damaged(&mut self, claimed: usize, what: &'static str) -> Flaw {
        let rest = self.bytes.get(self.at + claimed..).unwrap_or_default();
        let sound = claimed > 0 && parse(rest).is_ok();
        let end = if sound { self.at + claimed } else { self.bytes.len() };
        let flaw = Flaw { range: self.at as u64..end as u64, what };
        self.at = end;
        flaw
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<(Range<u64>, Raw<'a>), Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.bytes[self.at..];
        if rest.is_empty() {
            return None;
        }
        Some(match parse(rest) {
            Ok((record, length)) => {
                let range = self.at as u64..(self.at + length) as u64;
                self.at += length;
                Ok((range, record))
            }
            Err((what, claimed)) => Err(self.damaged(claimed, what)),
        })
    }
}

/// The first record and its length; else what is wrong and the length it claims (0: none that could be).
fn parse(bytes: &[u8]) -> Result<(Raw<'_>, usize), (&'static str, usize)> {
    let cut = ("a record is cut off", 0);
    let (&[state, kind, a, b, c, d], rest) = bytes.split_first_chunk::<HEAD>().ok_or(cut)?;
    let value = u32::from_be_bytes([a, b, c, d]) as usize;
    let salt = if matches!(state, REDACTED | SEALED) { 0 } else { 32 };
    let length = HEAD + 32 + salt + value + CRC;
    let record = bytes.get(..length).ok_or(cut)?;
    let (summed, crc) = record.split_at(length - CRC);
    if crc != crc32fast::hash(summed).to_be_bytes() {
        return Err(("a record's checksum is wrong", length));
    }
    let (commitment, rest) = rest.split_first_chunk::<32>().ok_or(cut)?;
    let value = match state {
        LIVE => rest.split_first_chunk::<32>().map(|(salt, rest)| (salt, &rest[..value])),
        REDACTED if value == 0 => None,
        SEALED if value == 0 && kind == 0 => None,
        _ => return Err(("a record's state is unknown", length)),
    };
    Ok((Raw { kind, commitment, value, sealed: state == SEALED }, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SALT: [u8; 32] = [5; 32];

    fn sample() -> Vec<u8> {
        let mut writer = SegmentWriter::new(7, 40);
        writer.push(Raw { kind: 1, commitment: &[1; 32], value: Some((&SALT, b"value")), sealed: false });
        writer.push(Raw { kind: 2, commitment: &[2; 32], value: None, sealed: false });
        writer.push(Raw { kind: 3, commitment: &[3; 32], value: Some((&SALT, b"")), sealed: false });
        writer.finish()
    }

    fn read(bytes: &[u8]) -> Vec<Result<(Range<u64>, Raw<'_>), Flaw>> {
        Records::new(bytes, &Header::decode(bytes).unwrap()).collect()
    }

    #[test]
    fn the_layout_is_the_one_in_the_format_document() {
        let bytes = sample();
        assert_eq!(bytes[..18], *b"ATLASSEG\0\x01\0\0\0\0\0\0\0\x07");
        assert_eq!(bytes[18..34], [0, 0, 0, 40, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 195]);
        assert_eq!(bytes[38..44], [1, 1, 0, 0, 0, 5]);
        assert_eq!(bytes[108..113], *b"value");
        assert_eq!(bytes[117..123], [2, 2, 0, 0, 0, 0]);
        assert_eq!(bytes.len(), 38 + 195);
    }

    #[test]
    fn records_are_read_back_with_their_ranges() {
        let bytes = sample();
        let header = Header::decode(&bytes).unwrap();
        assert_eq!((header.entry, header.first, header.count, header.end()), (7, 40, 3, 43));
        assert_eq!(header.length_flaw(&bytes), None);
        let read: Vec<_> = read(&bytes).into_iter().map(Result::unwrap).collect();
        assert_eq!(
            read[0],
            (38..117, Raw { kind: 1, commitment: &[1; 32], value: Some((&SALT, b"value")), sealed: false })
        );
        assert_eq!(read[1], (117..159, Raw { kind: 2, commitment: &[2; 32], value: None, sealed: false }));
        assert_eq!(
            read[2],
            (159..233, Raw { kind: 3, commitment: &[3; 32], value: Some((&SALT, b"")), sealed: false })
        );
    }

    #[test]
    fn damage_in_one_record_leaves_the_others_readable() {
        let mut bytes = sample();
        bytes[130] ^= 0x80;
        let read = read(&bytes);
        assert!(read[0].is_ok() && read[2].is_ok());
        assert_eq!(read[1], Err(Flaw { range: 117..159, what: "a record's checksum is wrong" }));
    }

    #[test]
    fn damage_in_a_length_ranges_to_the_end() {
        let mut bytes = sample();
        bytes[122] ^= 1;
        assert_eq!(read(&bytes)[1..], [Err(Flaw { range: 117..233, what: "a record's checksum is wrong" })]);
    }

    #[test]
    fn a_redacted_record_with_a_value_left_is_refused_however_well_summed() {
        let mut bytes = sample();
        bytes.splice(155.., *b"left");
        bytes[122] = 4;
        let crc = crc32fast::hash(&bytes[117..]);
        bytes.extend(crc.to_be_bytes());
        let header = Header { length: (bytes.len() - HEADER) as u64, ..Header::decode(&bytes).unwrap() };
        let last = Records::new(&bytes, &header).nth(1);
        assert_eq!(last, Some(Err(Flaw { range: 117..163, what: "a record's state is unknown" })));
    }

    #[test]
    fn a_file_of_another_length_is_noticed() {
        let bytes = sample();
        let header = Header::decode(&bytes).unwrap();
        assert_eq!(header.length_flaw(&bytes[..200]).unwrap().range, 200..233);
        assert_eq!(header.length_flaw(&[&bytes[..], b"xyz"].concat()).unwrap().range, 233..236);
        assert_eq!(read(&[&bytes[..], b"xyz"].concat()).len(), 3);
    }

    #[test]
    fn a_sealed_record_tells_neither_kind_nor_length() {
        let mut writer = SegmentWriter::new(7, 0);
        writer.push(Raw { kind: 0, commitment: &[9; 32], value: None, sealed: true });
        let bytes = writer.finish();
        assert_eq!(bytes[38..44], [3, 0, 0, 0, 0, 0]);
        assert_eq!(bytes.len(), 38 + 42);
        let told = Raw { kind: 0, commitment: &[9; 32], value: None, sealed: true };
        assert_eq!(read(&bytes), [Ok((38..80, told))]);
        let mut telling = bytes;
        telling[39] = 5;
        let crc = crc32fast::hash(&telling[38..76]);
        telling[76..].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(read(&telling), [Err(Flaw { range: 38..80, what: "a record's state is unknown" })]);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic_or_invent(mut bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(Header::decode(&bytes).is_err());
            bytes.splice(..0, sample());
            let header = Header { length: u64::MAX, ..Header::decode(&bytes).unwrap() };
            prop_assert_eq!(Records::new(&bytes, &header).filter(Result::is_ok).count(), 3);
        }
    }
}
