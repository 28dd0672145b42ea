//! What things are: items, links, claims, evidence, sources, dates and places, the vocabulary and the filter.
//!
//! Pure: no input or output, no clock, no randomness. Everything that other crates say about the
//! world they say in these types.

mod canonical;
mod day;
mod problem;

pub use canonical::{CanonicalError, Reader, Writer};
pub use day::Day;
pub use problem::{Where, Problem, Severity};
