//! What several tests need to set up.

pub mod city;
pub mod db;
