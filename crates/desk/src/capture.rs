//! Capturing: fetching a source's address without being led astray, and keeping every byte of it.
//!
//! [`fetch`] is meant to run in a process of its own that holds no secret and may write nowhere. It asks the guard
//! before every connection, connects to the very addresses the guard has seen, and hands back WARC records.

mod decode;
mod exchange;
mod fetch;
mod grade;
mod guard;
mod own;
mod page;
mod queue;
pub mod read;
mod requisites;
mod robots;
mod seal;
pub mod stamp;
mod wire;

pub use decode::{DecodeError, decoded, text_of};
pub use exchange::{Connect, Limits, Sockets};
pub use fetch::{Fetched, Job, World, fetch};
pub use grade::{Seen, grade};
pub use guard::{Guard, PUBLIC_MESSAGE, Refusal, Resolve, SystemResolver};
pub use own::Own;
pub use page::{Page, page};
pub use queue::{Manners, Next, Queue, Ticket};
pub use robots::robots;
pub use seal::{Recipients, SealError, seal};
pub use wire::{read_fetched, read_job, write_fetched, write_job};
