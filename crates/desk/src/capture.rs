//! Capturing: fetching a source's address without being led astray, and keeping every byte of it.
//!
//! [`fetch`] is meant to run in a process of its own that holds no secret and may write nowhere. It asks the guard
//! before every connection, connects to the very addresses the guard has seen, and hands back WARC records.

mod decode;
mod exchange;
mod fetch;
mod grade;
mod guard;
mod page;
mod requisites;

pub use decode::{DecodeError, decoded, text_of};
pub use exchange::{Connect, Limits, Sockets};
pub use fetch::{Fetched, Job, World, fetch};
pub use grade::{Grade, Seen, grade};
pub use guard::{Guard, PUBLIC_MESSAGE, Refusal, Resolve, SystemResolver};
pub use page::{Page, page};
