//! `nhip`: see `nhip --help`, or `src/cli/mod.rs`.

/// Pages are made of many small texts: this allocator takes a quarter off their cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    #[cfg(feature = "avif")]
    if std::env::args_os().nth(1).is_some_and(|word| word == nhip::media::avif::CHILD) {
        return nhip::media::avif::run_child();
    }
    nhip::cli::run()
}
