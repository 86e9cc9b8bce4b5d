//! `nhip`: see `nhip --help`, or `src/cli/mod.rs`.

fn main() -> std::process::ExitCode {
    #[cfg(feature = "avif")]
    if std::env::args_os().nth(1).is_some_and(|word| word == nhip::media::avif::CHILD) {
        return nhip::media::avif::run_child();
    }
    nhip::cli::run()
}
