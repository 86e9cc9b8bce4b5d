//! Open data: everything the numbers are counted from, and the numbers, as files that anybody can take and count again.
//!
//! **Flow.** Once a day a job (or `nhip open-data`, or a leader at the desk) reads the city as it stood at one moment →
//! `write` fills the tables that `tables` describes, as CSV and Parquet, and the reports as `GeoJSON` → `published` counts
//! the scorecards of the same moment → the folder takes the place of the last one as a whole → `pages` streams the files.
//! `nhip recompute` (`oversight::recompute`) reads only these files and counts for itself.
//!
//! Only what everybody may see gets here: rows are made of views. No words of a report are in it; they are on its page.

pub mod pages;
pub mod published;
pub mod table;
pub mod tables;
pub mod write;

/// Where the files are, below the data folder.
pub const FOLDER: &str = "open-data";
