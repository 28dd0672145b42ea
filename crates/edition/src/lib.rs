//! What we publish: the immutable read model of a ledger prefix.
//!
//! [`state`] is what the operations say; an edition adds what readers ask for: links by item,
//! confidence, the rows and columns of the map, counts under any filter.

pub mod morton;
pub mod rows;
pub mod select;
pub mod columns;
mod state;

pub use state::{
    Body, ClaimRecord, EvidenceRecord, Gone, ItemRecord, LinkRecord, SourceRecord, State, Table, TermRecord,
};
