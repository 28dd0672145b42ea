//! What can go wrong with a ledger, typed so that callers can tell a retry from a refusal from damage.

use std::ops::Range;

use crate::storage::StorageError;

/// Why a ledger could not do what was asked. After any error the ledger still holds every acknowledged entry.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The storage failed. If it failed while the checkpoint was replaced, the entry may be there or not:
    /// [`Ledger::refresh`](crate::Ledger::refresh) tells.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Another writer was first. Refresh, look again at what is to be written, and retry.
    #[error("the ledger has moved on to {size} entries")]
    Moved {
        /// The number of entries now.
        size: u64,
    },
    /// The ledger holds less than it once held, or something else: it was set back or forged.
    #[error("the ledger was rolled back: {what}")]
    RolledBack {
        /// How that is known.
        what: String,
    },
    /// A file that must be there is not.
    #[error("`{file}` is missing")]
    Missing {
        /// The file's path in the ledger.
        file: String,
    },
    /// A file's bytes are not what the format or a checksum says.
    #[error("`{file}` is damaged at bytes {}..{}: {what}", range.start, range.end)]
    Damaged {
        /// The file's path in the ledger.
        file: String,
        /// The bytes in which the damage lies.
        range: Range<u64>,
        /// What is wrong with them.
        what: String,
    },
    /// A key's text can't be read, or it is not this ledger's key.
    #[error("{what}")]
    Key {
        /// What is wrong, without the key.
        what: String,
    },
    /// There is a ledger already.
    #[error("there is a ledger already")]
    Exists,
    /// What was to be appended can't be taken; nothing was written.
    #[error("{what}")]
    Refused {
        /// Why.
        what: String,
    },
    /// There is no such entry, operation or size.
    #[error("there is no {what}")]
    NoSuch {
        /// What was asked for.
        what: String,
    },
}

impl LedgerError {
    pub(crate) fn damaged(file: impl ToString, range: Range<u64>, what: impl ToString) -> Self {
        Self::Damaged { file: file.to_string(), range, what: what.to_string() }
    }

    pub(crate) fn missing(file: impl ToString) -> Self {
        Self::Missing { file: file.to_string() }
    }
}
