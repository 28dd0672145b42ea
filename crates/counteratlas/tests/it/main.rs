//! The one integration-test program: the whole path from files to pages, and the rules of the house.

mod agree;
mod atlas;
mod cli;
mod facts;
mod follow;
mod lists;
mod sample;
mod site;
mod tidy;
