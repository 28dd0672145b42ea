//! The one integration-test program: the whole path from files to pages, and the rules of the house.

// Helpers of tests may fail as tests do; clippy's setting for tests knows only the tests themselves.
#![allow(clippy::unwrap_used)]

mod agree;
mod atlas;
mod cli;
mod durable;
mod facts;
mod follow;
mod lists;
mod public_log;
mod redact;
mod sample;
mod site;
mod stranger;
mod takehome;
mod tidy;
