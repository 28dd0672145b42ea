//! Decisions on what is there.
