//! What things are called: names brought to a form in which equal spellings are equal bytes.
//!
//! Pure: no input or output, no clock, no randomness.

mod fold;
mod kana;
mod letters;
mod lexicon;
mod like;
mod measures;
mod meet;
mod name;
mod organisation;
mod script;
mod spelling;
mod token;

pub use fold::{fold, hidden_character};
pub use lexicon::Class;
pub use like::Rule;
pub use name::Name;
pub use organisation::organisation_key;
pub use script::Script;

#[doc(hidden)]
pub fn dev(a: &Name, b: &Name) -> [f32; 40] {
    measures::measure(a, b, &meet::Meetings::of(a, b))
}
#[doc(hidden)]
pub const DEV: [&str; 40] = measures::NAMES;
