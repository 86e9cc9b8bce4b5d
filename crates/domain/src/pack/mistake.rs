//! What is wrong in a pack, where, and what to change: for administrators at the command line, like a compiler's errors.

use std::collections::BTreeMap;
use std::fmt;

/// The text files of a pack, by path relative to its folder (`services.toml`, `procedures/standard.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackFiles(pub BTreeMap<String, String>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Relative to the pack's folder.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to change.
    pub remedy: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.message, self.remedy)
    }
}

/// "did you mean …?" when one of `known` is close to `given`, else the list when it is short.
pub(super) fn did_you_mean<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let nearest = known.iter().map(|candidate| (distance(given, candidate), *candidate)).min();
    match nearest {
        Some((d, candidate)) if d <= 1 + given.chars().count() / 4 => {
            format!("did you mean {candidate:?}?")
        }
        Some(_) if known.len() <= 12 => format!("use one of {}", known.join(", ")),
        Some(_) => "use one that is defined, or define it".to_owned(),
        None => "define it first".to_owned(),
    }
}

/// Damerau–Levenshtein distance (adjacent letters swapped count once), in characters.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], n: usize| row.get(n).copied().unwrap_or(usize::MAX / 2);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            let best =
                (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            row.push(if swapped { best.min(at(&before, j - 1) + 1) } else { best });
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        assert_eq!(did_you_mean("stndard", ["urgent", "standard"]), "did you mean \"standard\"?");
        assert_eq!(did_you_mean("hepoc", ["hepco", "huewaco"]), "did you mean \"hepco\"?");
        assert_eq!(did_you_mean("zebra", ["urgent", "standard"]), "use one of urgent, standard");
        assert_eq!(did_you_mean("zebra", []), "define it first");
    }

    #[test]
    fn a_mistake_reads_like_a_compilers_error() {
        let mistake = Mistake {
            file: "services.toml".into(),
            line: 41,
            message: "service \"pothole\" has no icon".into(),
            remedy: "add icon".into(),
        };
        assert_eq!(
            mistake.to_string(),
            "services.toml:41: service \"pothole\" has no icon; add icon"
        );
    }
}
