//! What we publish: the immutable read model of a ledger prefix.
//!
//! A [`State`] is what the operations say; an [`Edition`] adds what readers ask for: links by item,
//! confidence, the rows and columns of the map, counts under any filter. A [`Follower`] reads a
//! ledger and makes an edition of what it has read.

mod audit;
pub mod columns;
mod edition;
mod editorial;
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
pub mod story;
#[cfg(test)]
mod tests;
mod text;
pub mod tiles;
mod view;

pub use edition::{Edition, Head};
pub use joins::Cites;
pub use open::Follower;
pub use published::{Cited, PublishedClaim};
pub use state::{
    Act, Body, ClaimRecord, EntryNote, EvidenceRecord, Gone, ItemRecord, LinkRecord, Note, SourceRecord, State,
    StoryRecord, Table, TermRecord, Touched,
};
pub use view::{Found, Item, LinkView, SourceView, is_open};
