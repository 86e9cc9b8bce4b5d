//! Reckons what it is asked on its input, a line each, for comparison with other people's libraries
//! (`tests/python/test_statistics.py`).
//!
//! `wilson HITS N` → `LOW HIGH`. `quantiles 12 30+ 7` (durations, `+` for cases still open) → `MEDIAN P90`, `none` for
//! what is not reached.

use domain::statistics::{Durations, wilson};
use std::io::{BufRead as _, Write as _, stdin, stdout};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let line = line?;
        let mut words = line.split_whitespace();
        match words.next() {
            Some("wilson") => {
                let mut number = || words.next().unwrap_or_default().parse();
                let (low, high) = wilson(number()?, number()?).ok_or("no cases")?;
                writeln!(out, "{low:.17} {high:.17}")?;
            }
            Some("quantiles") => {
                let mut durations = Durations::default();
                for word in words {
                    let open = word.strip_suffix('+');
                    durations.add(open.unwrap_or(word).parse()?, open.is_none());
                }
                let said = durations
                    .quantiles([0.5, 0.9])
                    .map(|found| found.map_or("none".to_owned(), |time| time.to_string()));
                writeln!(out, "{}", said.join(" "))?;
            }
            other => return Err(format!("what is {other:?}?").into()),
        }
    }
    Ok(())
}
