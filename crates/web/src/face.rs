//! Faces for programs: exports, the columns file, cables, tiles.

pub(crate) mod columns;
pub(crate) mod export;
pub(crate) mod health;
pub(crate) mod lines;
pub(crate) mod picture;
pub(crate) mod tiles;
