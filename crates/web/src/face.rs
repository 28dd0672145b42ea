//! Faces for programs: exports, the columns file, cables, tiles.

pub(crate) mod columns;
pub(crate) mod export;
pub(crate) mod feed;
pub(crate) mod health;
pub(crate) mod lines;
pub(crate) mod matching;
pub(crate) mod openapi;
pub(crate) mod picture;
pub(crate) mod reconcile;
pub(crate) mod screening;
pub(crate) mod suggest;
pub(crate) mod tiles;
