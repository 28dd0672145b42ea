//! Canonical bytes: the one way a record becomes bytes that are hashed, so that equal records have equal digests.
//!
//! Integers are big-endian and fixed width; texts and lists are preceded by their length as `u32`;
//! an option is one byte (0 or 1) before its value. There is exactly one encoding of a value, and
//! [`Reader::finish`] refuses trailing bytes, so decoding followed by encoding is the identity.

use thiserror::Error;

/// Bytes that are not the canonical form of what was expected.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum CanonicalError {
    /// The bytes end before the value does.
    #[error("canonical bytes end at {at}, {wanted} more expected")]
    Short {
        /// Offset in bytes where reading stopped.
        at: usize,
        /// How many bytes were missing.
        wanted: usize,
    },
    /// A text is not UTF-8.
    #[error("text at byte {at} is not UTF-8")]
    Utf8 {
        /// Offset in bytes of the text.
        at: usize,
    },
    /// A tag, flag or number has no meaning here.
    #[error("byte {at}: {what}")]
    Meaning {
        /// Offset in bytes just behind the value.
        at: usize,
        /// What was found.
        what: String,
    },
    /// Bytes are left behind the value.
    #[error("{left} bytes left behind the value")]
    Trailing {
        /// How many bytes are left.
        left: usize,
    },
}

/// Builds canonical bytes.
#[derive(Debug, Default, Clone)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// The bytes written so far.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// One byte.
    pub fn u8(&mut self, value: u8) -> &mut Self {
        self.bytes.push(value);
        self
    }

    /// Two bytes, big-endian.
    pub fn u16(&mut self, value: u16) -> &mut Self {
        self.bytes.extend_from_slice(&value.to_be_bytes());
        self
    }

    /// Four bytes, big-endian.
    pub fn u32(&mut self, value: u32) -> &mut Self {
        self.bytes.extend_from_slice(&value.to_be_bytes());
        self
    }

    /// Eight bytes, big-endian.
    pub fn u64(&mut self, value: u64) -> &mut Self {
        self.bytes.extend_from_slice(&value.to_be_bytes());
        self
    }

    /// Eight bytes, two's complement, big-endian.
    pub fn i64(&mut self, value: i64) -> &mut Self {
        self.bytes.extend_from_slice(&value.to_be_bytes());
        self
    }

    /// Bytes of fixed length, without a length before them.
    pub fn fixed(&mut self, value: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(value);
        self
    }

    /// A length as `u32`, then the bytes.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.u32(u32::try_from(value.len()).expect("a canonical field is shorter than 4 GiB"));
        self.fixed(value)
    }

    /// A length in bytes as `u32`, then the UTF-8 text.
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.bytes(value.as_bytes())
    }

    /// 0, or 1 and the value.
    pub fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) -> &mut Self {
        self.u8(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
        self
    }

    /// A count as `u32`, then each value.
    pub fn list<T>(&mut self, values: &[T], mut write: impl FnMut(&mut Self, &T)) -> &mut Self {
        self.u32(u32::try_from(values.len()).expect("a canonical list is shorter than 2^32"));
        for value in values {
            write(self, value);
        }
        self
    }
}

/// Reads canonical bytes back; every method fails rather than guesses.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The offset in bytes of what is read next.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether everything was read.
    pub fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// Fails if bytes are left.
    pub fn finish(self) -> Result<(), CanonicalError> {
        match self.bytes.len() - self.at {
            0 => Ok(()),
            left => Err(CanonicalError::Trailing { left }),
        }
    }

    /// An error about the value just read.
    pub fn meaning(&self, what: impl Into<String>) -> CanonicalError {
        CanonicalError::Meaning { at: self.at, what: what.into() }
    }

    /// `length` bytes.
    pub fn fixed(&mut self, length: usize) -> Result<&'a [u8], CanonicalError> {
        let left = self.bytes.len() - self.at;
        if length > left {
            return Err(CanonicalError::Short { at: self.at, wanted: length - left });
        }
        let part = &self.bytes[self.at..self.at + length];
        self.at += length;
        Ok(part)
    }

    /// Exactly `N` bytes.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], CanonicalError> {
        let mut array = [0; N];
        array.copy_from_slice(self.fixed(N)?);
        Ok(array)
    }

    /// One byte.
    pub fn u8(&mut self) -> Result<u8, CanonicalError> {
        Ok(self.array::<1>()?[0])
    }

    /// Two bytes, big-endian.
    pub fn u16(&mut self) -> Result<u16, CanonicalError> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    /// Four bytes, big-endian.
    pub fn u32(&mut self) -> Result<u32, CanonicalError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    /// Eight bytes, big-endian.
    pub fn u64(&mut self) -> Result<u64, CanonicalError> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    /// Eight bytes, two's complement, big-endian.
    pub fn i64(&mut self) -> Result<i64, CanonicalError> {
        Ok(i64::from_be_bytes(self.array()?))
    }

    /// A length as `u32`, then that many bytes.
    pub fn bytes(&mut self) -> Result<&'a [u8], CanonicalError> {
        let length = self.u32()?;
        self.fixed(length as usize)
    }

    /// A length in bytes as `u32`, then UTF-8 text.
    pub fn text(&mut self) -> Result<&'a str, CanonicalError> {
        let at = self.at;
        std::str::from_utf8(self.bytes()?).map_err(|_| CanonicalError::Utf8 { at })
    }

    /// 0, or 1 and a value.
    pub fn option<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, CanonicalError>,
    ) -> Result<Option<T>, CanonicalError> {
        match self.u8()? {
            0 => Ok(None),
            1 => read(self).map(Some),
            other => Err(self.meaning(format!("option flag `{other}`"))),
        }
    }

    /// A count as `u32`, then the values.
    pub fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, CanonicalError>,
    ) -> Result<Vec<T>, CanonicalError> {
        let count = self.u32()? as usize;
        // Every value takes at least a byte: a forged count must not reserve memory.
        let mut values = Vec::with_capacity(count.min(self.bytes.len() - self.at));
        for _ in 0..count {
            values.push(read(self)?);
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_the_one_in_the_module_sentence() {
        let mut writer = Writer::new();
        writer.u8(7).u32(1).text("hé").option(Some(2u16), |w, v| {
            w.u16(v);
        });
        assert_eq!(writer.into_bytes(), [7, 0, 0, 0, 1, 0, 0, 0, 3, b'h', 0xc3, 0xa9, 1, 0, 2]);
    }

    #[test]
    fn short_trailing_and_forged_bytes_are_refused() {
        assert!(matches!(Reader::new(&[0, 0]).u32(), Err(CanonicalError::Short { at: 0, wanted: 2 })));
        assert_eq!(Reader::new(&[1]).finish(), Err(CanonicalError::Trailing { left: 1 }));
        assert!(Reader::new(&[2]).option(|r| r.u8()).is_err());
        assert!(Reader::new(&[255; 6]).list(|r| r.u8()).is_err());
        assert!(Reader::new(&[0, 0, 0, 1, 0xff]).text().is_err());
    }
}
