//! What we decide: importers and the checks in front of the ledger.
//!
//! [`import`] reads files of several formats and says which operations bring the ledger up to
//! them; it writes nothing itself. Every parser works on bytes already in memory.

pub mod accounts;
mod aspi;
pub mod capture;
mod check;
mod detect;
mod diff;
mod drafts;
mod facts;
mod hash;
mod hints;
mod import;
pub mod inbox;
mod lists;
mod live;
mod markup;
mod matching;
mod native;
mod nearest;
mod outcome;
mod person;
mod privacy;
mod screening;
pub mod site;
pub mod store;
mod stories;
mod table;
mod tasks;
#[cfg(test)]
mod trial;
mod urls;
mod world;
mod writer;

pub use detect::Format;
pub use drafts::masking::mask;
pub use import::import;
pub use outcome::{Changes, InputFile, Options, Outcome, Progress};
pub use screening::ListReader;
pub use world::{Token, World};
pub use writer::{Forget, Grave, Plan, Taken, Writer};
