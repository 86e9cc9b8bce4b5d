//! The shape of a procedure: which step stands in which row, so that forks and joins can be drawn.

use super::{Procedure, Step};

/// Steps side by side, and what leads on from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape<'p> {
    /// Each row begins when the ones above are done; ids in the order of the procedure.
    pub rows: Vec<Vec<&'p str>>,
    /// From a step to one that begins after it.
    pub lines: Vec<(&'p str, &'p str)>,
    /// From a step back to one it may return the case to.
    pub returns: Vec<(&'p str, &'p str)>,
}

impl Procedure {
    pub fn shape(&self) -> Shape<'_> {
        let mut rows: Vec<Vec<&str>> = Vec::new();
        for step in &self.steps {
            let row = self.row(step, self.steps.len());
            rows.resize(rows.len().max(row + 1), Vec::new());
            if let Some(row) = rows.get_mut(row) {
                row.push(&step.id);
            }
        }
        let pairs = |of: fn(&Step) -> &[String]| -> Vec<(&str, &str)> {
            let from =
                self.steps.iter().flat_map(|s| of(s).iter().map(|to| (s.id.as_str(), &**to)));
            from.filter(|(_, to)| self.step(to).is_some()).collect()
        };
        let lines = pairs(|step| &step.after).into_iter().map(|(step, before)| (before, step));
        Shape { rows, lines: lines.collect(), returns: pairs(|step| &step.may_return_to) }
    }

    /// The longest way to a step; a circle, which no checked pack has, ends after so many steps.
    fn row(&self, step: &Step, left: usize) -> usize {
        let Some(left) = left.checked_sub(1) else { return 0 };
        let before = step.after.iter().filter_map(|id| self.step(id));
        before.map(|before| self.row(before, left) + 1).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use crate::pack::kept_procedure;

    /// A procedure of these steps: id, and what it begins after.
    fn of(steps: &[(&str, &str)]) -> crate::procedure::Procedure {
        let mut text = "code = \"x\"\nversion = 1\neffective_from = 2026-01-01\nname = { en = \"X\" }\n\
            legal_basis = { en = \"-\" }\nowner = \"a\"\npromise = \"9wd\"\nfirst_response = \"1wd\"\n"
            .to_owned();
        for (id, after) in steps {
            text += &format!(
                "[[step]]\nid = \"{id}\"\nname = {{ en = \"N\" }}\nrole = \"officer\"\naction = {{ en = \"A\" }}\n\
                 product = {{ en = \"P\" }}\nkind = \"answer\"\nbudget = \"1wd\"\nafter = [{after}]\n"
            );
        }
        kept_procedure(&text, &["en".to_owned()]).unwrap()
    }

    #[test]
    fn a_fork_stands_side_by_side_and_a_join_below_both() {
        let forked = of(&[
            ("intake", ""),
            ("work", "\"intake\""),
            ("tell", "\"intake\""),
            ("review", "\"work\", \"tell\""),
        ]);
        let shape = forked.shape();
        assert_eq!(shape.rows, [vec!["intake"], vec!["work", "tell"], vec!["review"]]);
        let lines =
            [("intake", "work"), ("intake", "tell"), ("work", "review"), ("tell", "review")];
        assert_eq!(shape.lines, lines);
    }

    #[test]
    fn a_shortcut_ends_in_the_row_of_the_longest_way() {
        let skipping = of(&[("a", ""), ("b", "\"a\""), ("c", "\"a\", \"b\"")]);
        assert_eq!(skipping.shape().rows, [vec!["a"], vec!["b"], vec!["c"]]);
    }
}
