//! The fixed part of the columns file: its header, the table of columns and how each is coded.

/// The first eight bytes.
pub(super) const MAGIC: &[u8; 8] = b"atlascol";

/// The version that this program writes and reads.
pub(super) const VERSION: u16 = 1;

/// Bytes before the table of columns.
pub(super) const HEADER: usize = 24;

/// Bytes of one line in the table.
pub(super) const ENTRY: usize = 16;

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// `width` planes, lowest bytes first: all first bytes, then all second bytes and so on.
    Planes = 0,
    /// Differences of ascending values: a plane of byte counts, then the bytes, lowest first.
    Steps = 1,
}

/// The columns, by the number that stands in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Morton codes of the located rows.
    Position = 1,
    Precision = 2,
    /// 0 for none, else index + 1.
    Country = 3,
    /// 0 for an item not named before, else item number + 1.
    Subject = 4,
    /// As `Subject`; the subject of a row is named before its object.
    Object = 5,
    LinkType = 6,
    /// Index into `CategorySets`.
    Categories = 7,
    /// Index into `TopicSets`.
    Topics = 8,
    Status = 9,
    Confidence = 10,
    /// 0 for undated, else the year less the column's base, plus 1.
    FirstYear = 11,
    /// Last year less first year.
    YearSpan = 12,
    Poi = 13,
    /// Distinct masks of categories, bit per index.
    CategorySets = 14,
    /// Distinct masks of topics, bit per index.
    TopicSets = 15,
    Offered = 16,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) column: u8,
    pub(super) coding: u8,
    pub(super) width: u8,
    pub(super) base: i32,
    /// From the start of the file.
    pub(super) offset: u32,
    pub(super) length: u32,
}

impl Entry {
    pub(super) fn to_bytes(self) -> [u8; ENTRY] {
        let mut bytes = [0; ENTRY];
        bytes[..3].copy_from_slice(&[self.column, self.coding, self.width]);
        bytes[4..8].copy_from_slice(&self.base.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.offset.to_le_bytes());
        bytes[12..].copy_from_slice(&self.length.to_le_bytes());
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; ENTRY]) -> Self {
        let four = |at: usize| [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
        Self {
            column: bytes[0],
            coding: bytes[1],
            width: bytes[2],
            base: i32::from_le_bytes(four(4)),
            offset: u32::from_le_bytes(four(8)),
            length: u32::from_le_bytes(four(12)),
        }
    }
}
