//! As much of DER (X.690) as stamps need: values behind their tags and lengths, and never a byte outside.

use super::StampError;

/// Tags that are looked for.
pub const INTEGER: u8 = 0x02;
/// An octet string.
pub const OCTETS: u8 = 0x04;
/// An object identifier.
pub const OID: u8 = 0x06;
/// A time.
pub const TIME: u8 = 0x18;
/// A sequence.
pub const SEQUENCE: u8 = 0x30;
/// A set.
pub const SET: u8 = 0x31;

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value<'a> {
    /// Its tag, classes of one byte only.
    pub tag: u8,
    /// Its content.
    pub content: &'a [u8],
    /// Tag, length and content.
    pub whole: &'a [u8],
}

/// Values one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a>(&'a [u8]);

impl<'a> Values<'a> {
    /// Those in some bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next one, which has to have this tag.
    pub fn need(&mut self, tag: u8, what: &str) -> Result<Value<'a>, StampError> {
        self.if_next(tag)?.ok_or_else(|| StampError::new(format!("it lacks {what}")))
    }

    /// The next one if it has this tag.
    pub fn if_next(&mut self, tag: u8) -> Result<Option<Value<'a>>, StampError> {
        if self.0.first() != Some(&tag) {
            return Ok(None);
        }
        self.next().transpose()
    }

    fn one(&mut self) -> Option<Value<'a>> {
        let bytes = self.0;
        let (tag, first) = (*bytes.first()?, usize::from(*bytes.get(1)?));
        // Tags of several bytes and lengths without an end have no place in a stamp.
        let many = first.saturating_sub(0x80);
        if tag & 0x1f == 0x1f || first == 0x80 || many > 4 {
            return None;
        }
        let long = bytes.get(2..2 + many)?.iter().fold(0usize, |length, byte| length << 8 | usize::from(*byte));
        let (start, length) = (2 + many, if many == 0 { first } else { long });
        let end = start.checked_add(length)?;
        let (content, whole) = (bytes.get(start..end)?, bytes.get(..end)?);
        self.0 = &bytes[end..];
        Some(Value { tag, content, whole })
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Result<Value<'a>, StampError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let one = self.one();
        if one.is_none() {
            self.0 = &[];
        }
        Some(one.ok_or_else(|| StampError::new("it is cut or malformed")))
    }
}

impl<'a> Value<'a> {
    /// The values in it.
    pub fn inner(self) -> Values<'a> {
        Values(self.content)
    }
}

/// A value of this tag around some content.
pub fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        out.push(0x80 | digits.len() as u8);
        out.extend(digits);
    }
    out.extend_from_slice(content);
    out
}

/// A number that is not negative.
pub fn integer(number: u64) -> Vec<u8> {
    let digits = number.to_be_bytes();
    let first = digits.iter().position(|byte| *byte != 0).unwrap_or(7);
    let sign = if digits[first] >= 0x80 { &[0][..] } else { &[] };
    value(INTEGER, &[sign, &digits[first..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_by_their_length_and_nothing_outside_them() {
        // X.690, 8.1: a sequence of the number 5 and the octets `ab`.
        let bytes = [0x30, 7, 2, 1, 5, 4, 2, b'a', b'b'];
        let mut outer = Values::new(&bytes);
        let sequence = outer.need(SEQUENCE, "x").unwrap();
        let mut inner = sequence.inner();
        assert_eq!(inner.need(INTEGER, "x").unwrap().content, [5]);
        assert_eq!(inner.if_next(INTEGER).unwrap(), None);
        assert_eq!(inner.need(OCTETS, "x").unwrap().content, b"ab");
        assert!(inner.next().is_none() && outer.next().is_none());
        for cut in 1..bytes.len() {
            assert!(Values::new(&bytes[..cut]).need(SEQUENCE, "x").is_err(), "{cut}");
        }
        for wrong in
            [&[0x30, 0x80, 0, 0][..], &[0x1f, 1, 0], &[4, 0x85, 0, 0, 0, 0, 1, 0], &[4, 0x84, 255, 255, 255, 255]]
        {
            assert!(Values::new(wrong).next().is_some_and(|one| one.is_err()), "{wrong:?}");
        }
    }

    #[test]
    fn numbers_and_lengths_are_written_in_their_shortest_form() {
        assert_eq!(integer(0), [2, 1, 0]);
        assert_eq!(integer(127), [2, 1, 127]);
        assert_eq!(integer(128), [2, 2, 0, 128]);
        assert_eq!(integer(256), [2, 2, 1, 0]);
        assert_eq!(value(OCTETS, &[7; 128])[..3], [4, 0x81, 128]);
        assert_eq!(value(OCTETS, &[7; 300])[..4], [4, 0x82, 1, 44]);
    }
}
