//! What every slice stands on.

pub mod db;
pub mod limits;
