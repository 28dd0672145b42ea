//! What things are called: names brought to a form in which equal spellings are equal bytes.
//!
//! Pure: no input or output, no clock, no randomness.

mod fold;
mod organisation;

pub use fold::{fold, hidden_character};
pub use organisation::organisation_key;
