//! What only a demo city needs.

pub mod pictures;
