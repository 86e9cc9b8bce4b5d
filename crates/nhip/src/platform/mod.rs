//! What every slice stands on.

pub mod limits;
