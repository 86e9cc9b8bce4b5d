//! `nhip`: see `nhip --help`, or `src/cli/mod.rs`.

fn main() -> std::process::ExitCode {
    nhip::cli::run()
}
