//! Open data: everything the numbers are counted from, and the numbers, as files that anybody can take and count again.
//!
//! **Flow.** Once a day a job (or `nhip open-data`, or a leader at the desk) reads the city as it stood at one moment →
//! `write` fills the tables that `tables` describes, as CSV and Parquet, and the reports as `GeoJSON` → `published` counts
//! the scorecards of the same moment → `edition` keeps the files where every node finds them, and makes them what all nodes
//! serve from then on → `pages` streams them.
//! `nhip recompute` (the crate `recompute`) reads only these files and counts for itself.
//!
//! Only what everybody may see gets here: rows are made of views. No words of a report are in it; they are on its page.

pub mod edition;
pub mod pages;
pub mod published;
pub mod store;
pub mod table;
pub mod tables;
pub mod write;

/// Where the files are: in the store of the photos, and below the data folder while they are written.
pub const FOLDER: &str = "open-data";
