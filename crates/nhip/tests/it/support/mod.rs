//! What several tests need to set up.

pub mod city;
pub mod ctx;
pub mod db;
pub mod forms;
pub mod letters;
pub mod world;
