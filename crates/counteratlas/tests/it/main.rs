//! The one integration-test program: the whole path from files to pages, and the rules of the house.

// Helpers of tests may fail as tests do; clippy's setting for tests knows only the tests themselves.
#![allow(clippy::unwrap_used)]

mod agree;
mod atlas;
mod canary;
mod capture;
mod cli;
mod decide;
mod desk;
mod disks;
mod durable;
mod embargo;
mod facts;
mod follow;
mod forge;
mod judges;
mod lists;
mod mirror;
mod public_log;
mod publish;
mod reconcile;
mod redact;
mod sample;
mod screen;
mod search;
mod site;
mod stranger;
mod suggest;
mod syscalls;
mod takehome;
mod tidy;
mod turns;
mod verify_pages;
mod witness;
