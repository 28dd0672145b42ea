//! WACZ 1.1.1: WARC files with their index and a list of pages in one ZIP, which players open as a web site.

mod read;
mod write;

pub use read::{WaczError, files};
pub use write::{Package, Page, write, zipped};

#[cfg(test)]
mod tests;
