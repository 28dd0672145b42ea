//! The one integration-test program: the whole path from files to pages, and the rules of the house.

mod tidy;
