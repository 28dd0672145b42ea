//! The archive of captures: bytes kept by their digest, and the formats in which web archives travel.
//!
//! [`Blobs`] keeps what was received. [`warc`] reads and writes WARC 1.1 records, [`cdxj`] the index of one, [`wacz`] the
//! package of both. None of them fetches anything, and none looks at what a page says.

mod blobs;
pub mod cdxj;
pub mod http;
pub mod wacz;
pub mod warc;

pub use blobs::{Blobs, Digest, is_capture_file};
pub use wacz::zipped;
