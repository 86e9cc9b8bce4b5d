//! What the system says of this process, where it says it the way Linux does (`/proc`); elsewhere nothing.

use std::fs;

/// Ticks of the processor clock in a second, as Linux shows them to programs.
const TICKS: f64 = 100.0;

pub fn cpu_seconds() -> Option<f64> {
    cpu_of(&fs::read_to_string("/proc/self/stat").ok()?)
}

/// The 14th and 15th word (proc(5)): in user mode, in the kernel. The second word is a name in brackets and may hold
/// anything, brackets included.
fn cpu_of(stat: &str) -> Option<f64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut words = after_name.split_whitespace().skip(11);
    let mut ticks = || words.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS)
}

pub fn memory_bytes() -> Option<f64> {
    memory_of(&fs::read_to_string("/proc/self/status").ok()?)
}

fn memory_of(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

pub fn open_files() -> Option<f64> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count() as f64)
}

pub fn most_files() -> Option<f64> {
    most_of(&fs::read_to_string("/proc/self/limits").ok()?)
}

fn most_of(limits: &str) -> Option<f64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_system_are_understood() {
        let stat = "12 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0";
        assert_eq!(cpu_of(stat), Some(3.0));
        assert_eq!(memory_of("Name:\tnhip\nVmRSS:\t    2048 kB\n"), Some(2_097_152.0));
        let limits = "Limit  Soft Limit  Hard Limit  Units\nMax open files  1024  524288  files\n";
        assert_eq!(most_of(limits), Some(1024.0));
        assert_eq!((cpu_of(""), memory_of(""), most_of("")), (None, None, None));
    }
}
