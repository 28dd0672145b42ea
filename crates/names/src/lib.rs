//! What things are called: names folded, read across scripts, compared with reasons, and found among many.
//!
//! [`compare`] tells how likely two names are one organisation's and why; [`Index`] finds the best few among
//! a million. [`Name::new`] does the reading once: it takes a name apart into region, distinctive part, shared words
//! and legal form, brings Han variants to one form, reads other scripts in Latin, and translates shared words by
//! the tables in `data/`.
//!
//! Pure: no input or output, no clock, no randomness, no threads; runs on wasm32.

mod acronym;
mod class;
mod compare;
mod cut;
mod fold;
mod hash;
mod index;
mod kana;
mod keys;
mod letters;
mod lexicon;
mod like;
mod measures;
mod meet;
mod name;
mod organisation;
mod probability;
mod reading;
mod record;
mod script;
mod settle;
mod signs;
mod spelling;
mod token;
mod wade;

pub use class::Class;
pub use compare::{Comparison, Reason, Verdict, Why, compare};
pub use fold::{fold, hidden_character};
pub use index::{Effort, Hit, Index, Part, Scratch};
pub use like::Rule;
pub use name::Name;
pub use organisation::organisation_key;
pub use reading::Reader;
pub use record::{Ground, Record, RecordComparison, compare_records};
pub use script::Script;
pub use signs::{Sign, pinyin, signs};

#[cfg(test)]
mod cases;
