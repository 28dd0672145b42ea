//! What we publish: the immutable read model of a ledger prefix.
//!
//! A [`State`] is what the operations say; an [`Edition`] adds what readers ask for: links by item,
//! confidence, the rows and columns of the map, counts under any filter. A [`Follower`] reads a
//! ledger and makes an edition of what it has read.

mod audit;
pub mod columns;
mod edition;
mod fields;
mod joins;
mod list;
mod morton;
mod name;
mod open;
mod published;
pub mod rows;
pub mod select;
mod selection;
mod state;
#[cfg(test)]
mod tests;
mod text;
pub mod tiles;
mod view;

pub use edition::{Edition, Head};
pub use joins::Cites;
pub use morton::mercator;
pub use open::Follower;
pub use published::{Cited, PublishedClaim};
pub use state::{
    Body, ClaimRecord, EvidenceRecord, Gone, ItemRecord, LinkRecord, SourceRecord, State, Table, TermRecord,
};
pub use view::{Found, Item, LinkView, SourceView, is_open};
