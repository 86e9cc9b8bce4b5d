//! `nhip`: see `nhip --help`, or `src/cli/mod.rs`.

fn main() {}
