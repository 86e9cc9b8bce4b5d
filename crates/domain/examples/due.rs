//! Reckons due dates from lines, so that programs of other people can be asked the same: `tests/python/test_time.py`.
//!
//! `due FOLDER` reads the calendar of the pack in that folder, then lines `START BUDGET PAUSES` from standard input, for
//! example `1773129600 16wh 1773133200-1773140400,1773216000-1773219600`; instants are seconds since 1970 UTC, and `-`
//! stands for no pauses. It answers a line with the due instant for each, or `never`.

use domain::pack::{Pack, PackFiles, check};
use domain::time::{Suspension, due};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("say which pack: due cities/NAME")?;
    let pack = read(Path::new(&folder))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let [start, budget, pauses] = words.as_slice() else {
            return Err(format!("not three words: {line}").into());
        };
        let pauses: Vec<Suspension> =
            pauses.split(',').filter(|text| *text != "-").map(pause).collect::<Result<_, _>>()?;
        match due(&pack.calendar, instant(start)?, &budget.parse()?, &pauses) {
            Some(due) => writeln!(out, "{}", due.as_second())?,
            None => writeln!(out, "never")?,
        }
    }
    Ok(())
}

fn instant(text: &str) -> Result<Timestamp, Box<dyn Error>> {
    Ok(Timestamp::from_second(text.parse()?)?)
}

fn pause(text: &str) -> Result<Suspension, Box<dyn Error>> {
    let (from, to) = text.split_once('-').ok_or("a pause is FROM-TO")?;
    Ok(Suspension { from: instant(from)?, to: Some(instant(to)?) })
}

fn read(root: &Path) -> Result<Pack, Box<dyn Error>> {
    let mut files = BTreeMap::new();
    for folder in ["", "procedures/"] {
        for entry in std::fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                let name = format!("{folder}{}", name.unwrap_or_default());
                files.insert(name, std::fs::read_to_string(&path)?);
            }
        }
    }
    check(&PackFiles(files))
        .map_err(|mistakes| format!("{} mistakes in the pack", mistakes.len()).into())
}
