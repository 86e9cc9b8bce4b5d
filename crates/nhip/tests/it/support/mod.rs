//! What several tests need to set up.

pub mod city;
pub mod ctx;
pub mod db;
pub mod forms;
pub mod letters;
pub mod log;
pub mod mvt;
pub mod town;
pub mod world;

use std::io::Write as _;
use std::path::PathBuf;

/// Data that is not part of the project; absent, the test says so and passes.
pub fn shared(name: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var("NHIP_SHARED_DATA").unwrap_or_else(|_| beside.to_owned());
    let path = PathBuf::from(folder).join(name);
    if path.exists() {
        return Some(path);
    }
    // Straight to the terminal: the test harness hides what print macros say.
    let _ = writeln!(std::io::stderr(), "left out: {} is not here", path.display());
    None
}
