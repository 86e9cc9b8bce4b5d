//! What several tests need to set up.

pub mod db;
