//! Operations as the ledger sees them: a kind and bytes it does not interpret, and the commitment that stands for them.

use model::Writer;
use sha2::{Digest, Sha256};
use std::fmt;

use crate::merkle::Hash;

/// One act inside an entry. What kinds and bytes mean is the model's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What sort of act.
    pub kind: u8,
    /// Its canonical bytes, at most [`Operation::MAX_BYTES`].
    pub bytes: Vec<u8>,
}

impl Operation {
    /// The most bytes an operation may have: 16 MiB.
    pub const MAX_BYTES: usize = 16 << 20;
}

/// The name of an operation for ever: its entry's number in the log and its own number in the entry, both from 0.
/// Written `e12-345`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId {
    /// The entry's number.
    pub entry: u64,
    /// The operation's number in the entry.
    pub operation: u32,
}

impl OperationId {
    /// Reads `e12-345`; `None` for any other spelling, leading zeroes included.
    pub fn parse(text: &str) -> Option<Self> {
        let (entry, operation) = text.strip_prefix('e')?.split_once('-')?;
        let id = Self { entry: entry.parse().ok()?, operation: operation.parse().ok()? };
        (id.to_string() == text).then_some(id)
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}-{}", self.entry, self.operation)
    }
}

/// An operation as read back: whole, with its value and salt destroyed, or sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record<'a> {
    /// The operation as it was appended.
    Live {
        /// What sort of act.
        kind: u8,
        /// Its canonical bytes.
        bytes: &'a [u8],
    },
    /// A tombstone: only kind and commitment are left.
    Redacted {
        /// What sort of act.
        kind: u8,
    },
    /// Not to be read yet: value and salt lie elsewhere until their day comes.
    Sealed,
}

/// What an entry's root is built over: SHA-256 of a tag, the kind, the salt and the operation's bytes.
/// Without the salt nobody can guess a short value from it.
pub fn commitment(kind: u8, salt: &[u8; 32], bytes: &[u8]) -> Hash {
    let mut head = Writer::new();
    head.text("counteratlas/operation").u8(kind).fixed(salt);
    Sha256::new().chain_update(head.into_bytes()).chain_update(bytes).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written_and_in_no_other_spelling() {
        let id = OperationId { entry: 12, operation: 345 };
        assert_eq!(id.to_string(), "e12-345");
        assert_eq!(OperationId::parse("e12-345"), Some(id));
        for wrong in ["12-345", "e12", "e012-345", "e12-0345", "e+12-3", "e1-2-3", "e1-4294967296", "E1-2", ""] {
            assert_eq!(OperationId::parse(wrong), None, "{wrong}");
        }
    }
}
