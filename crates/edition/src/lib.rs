//! What we publish: the immutable read model of a ledger prefix.
//!
//! A [`State`] is what the operations say; an [`Edition`] adds what readers ask for: links by item,
//! confidence, the rows and columns of the map, counts under any filter. A [`Follower`] reads a
//! ledger and makes an edition of what it has read.

mod audit;
pub mod columns;
mod duplicates;
mod edition;
mod editorial;
mod fields;
pub mod graph;
mod guard;
mod joins;
mod known;
mod list;
mod morton;
mod name;
mod open;
mod published;
pub mod quality;
pub mod rows;
pub mod screen;
pub mod search;
pub mod select;
mod selection;
mod state;
pub mod story;
#[cfg(test)]
mod tests;
mod text;
pub mod tiles;
mod trace;
mod view;

pub use duplicates::Duplicate;
pub use edition::{Edition, Head};
pub use guard::Publication;
pub use joins::Cites;
pub use known::{Asker, Known, Likely};
pub use morton::mercator;
pub use open::Follower;
pub use published::{Cited, PublishedClaim};
pub use state::{
    Act, Body, CaptureGrave, CaptureRecord, ClaimRecord, Decided, Embargo, EntryNote, EvidenceRecord, Gone, Grave,
    ItemRecord, LinkRecord, Note, Objection, SourceRecord, State, StoryRecord, Table, TermRecord, Touched,
};
pub use trace::{Holder, Traced};
pub use view::{Found, Item, LinkView, SourceView, is_open};
