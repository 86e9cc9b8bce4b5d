//! How well the learner tells types apart, by cross-validation: lines of `type<TAB>text` come in, figures go out.
//!
//! `script/bench suggestions` gives it the types of a real city. Its reports have no words of citizens, so the text is
//! what the staff filed them under; the types and how often each is used are as they were.

use domain::ids::ServiceCode;
use domain::suggest::learnt::{Learner, Learnt};
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, Write};
use std::time::Instant;

/// Parts of the reports; each is asked about with what the others teach.
const FOLDS: usize = 5;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut codes: HashMap<String, ServiceCode> = HashMap::new();
    let mut reports: Vec<(ServiceCode, String)> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let Some((kind, text)) = line.split_once('\t') else { continue };
        let next = format!("type-{}", codes.len());
        let code = match codes.get(kind) {
            Some(code) => code.clone(),
            None => codes.entry(kind.to_owned()).or_insert(ServiceCode::parse(&next)?).clone(),
        };
        reports.push((code, text.to_owned()));
    }
    let (mut first, mut three, start) = (0, 0, Instant::now());
    for fold in 0..FOLDS {
        let mut learner = Learner::default();
        for (_, (code, text)) in reports.iter().enumerate().filter(|(n, _)| n % FOLDS != fold) {
            learner.hear(text, code);
        }
        let past = learner.learn();
        for (_, (code, text)) in reports.iter().enumerate().filter(|(n, _)| n % FOLDS == fold) {
            let place = place_of(&past, text, code);
            first += usize::from(place == Some(0));
            three += usize::from(place.is_some_and(|place| place < 3));
        }
    }
    let share = |count: usize| 100.0 * count as f64 / reports.len().max(1) as f64;
    let spent = start.elapsed().as_micros() as f64 / reports.len().max(1) as f64;
    let (best, best_three) = ceiling(&reports);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} reports of {} types, {spent:.0} µs each", reports.len(), codes.len())?;
    writeln!(out, "{:<44}{:>6.1} %{:>6.1} %", "learnt, in five parts", share(first), share(three))?;
    writeln!(
        out,
        "{:<44}{:>6.1} %{:>6.1} %",
        "the most the text alone can tell",
        share(best),
        share(best_three)
    )?;
    Ok(())
}

/// Which place the right type has among what the words speak for.
fn place_of(past: &Learnt, text: &str, code: &ServiceCode) -> Option<usize> {
    let mut voices = past.of(text);
    voices.sort_by(|a, b| b.says.total_cmp(&a.says));
    voices.iter().position(|voice| voice.service == *code)
}

/// How many would be right, first and among three, for who names the most frequent types of each text.
fn ceiling(reports: &[(ServiceCode, String)]) -> (usize, usize) {
    let mut texts: HashMap<&str, BTreeMap<&ServiceCode, usize>> = HashMap::new();
    for (code, text) in reports {
        *texts.entry(text).or_default().entry(code).or_default() += 1;
    }
    let mut best = (0, 0);
    for types in texts.values() {
        let mut counts: Vec<usize> = types.values().copied().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        best.0 += counts.first().copied().unwrap_or(0);
        best.1 += counts.iter().take(3).sum::<usize>();
    }
    best
}
