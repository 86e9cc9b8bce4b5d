//! What one version of a procedure says otherwise than the one before.

use super::{Procedure, Rung, Step};
use crate::word;

word! {
    /// A part of a procedure or of one of its steps.
    Part {
        Name = "name",
        Role = "role",
        Action = "action",
        Product = "product",
        Budget = "budget",
        Begins = "begins",
        Ends = "ends",
        Pauses = "pauses",
        Returns = "returns",
        Ladder = "ladder",
        Promise = "promise",
        FirstResponse = "first_response",
        Appeal = "appeal",
        Basis = "basis",
        Owner = "owner",
    }
}

/// One difference; steps by their ids, which stay when names change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Added {
        step: String,
    },
    Removed {
        step: String,
    },
    /// Of a step, or of the procedure as a whole.
    Changed {
        step: Option<String>,
        part: Part,
    },
}

/// From `old` to `new`, the whole first, then step by step in the order of the new one, then what is gone.
pub fn changes(old: &Procedure, new: &Procedure) -> Vec<Change> {
    let whole = whole(old, new).into_iter().filter(|(_, same)| !same);
    let mut found: Vec<Change> =
        whole.map(|(part, _)| Change::Changed { step: None, part }).collect();
    for step in &new.steps {
        match old.step(&step.id) {
            None => found.push(Change::Added { step: step.id.clone() }),
            Some(before) => {
                let parts = parts(before, step).into_iter().filter(|(_, same)| !same);
                found.extend(
                    parts.map(|(part, _)| Change::Changed { step: Some(step.id.clone()), part }),
                );
            }
        }
    }
    let gone = old.steps.iter().filter(|step| new.step(&step.id).is_none());
    found.extend(gone.map(|step| Change::Removed { step: step.id.clone() }));
    found
}

/// Each part of the whole, and whether it stayed the same.
fn whole(old: &Procedure, new: &Procedure) -> Vec<(Part, bool)> {
    vec![
        (Part::Name, old.name.0 == new.name.0),
        (Part::Promise, old.promise == new.promise),
        (Part::FirstResponse, old.first_response == new.first_response),
        (Part::Appeal, old.appeal == new.appeal),
        (Part::Owner, old.owner == new.owner),
        (Part::Basis, old.legal_basis.0 == new.legal_basis.0),
        (Part::Ladder, old.on_overdue == new.on_overdue),
    ]
}

fn parts(old: &Step, new: &Step) -> Vec<(Part, bool)> {
    let ladder = |rungs: &[Rung]| rungs.to_vec();
    vec![
        (Part::Name, old.name.0 == new.name.0),
        (Part::Role, old.role == new.role),
        (Part::Action, old.action.0 == new.action.0),
        (Part::Product, old.product.0 == new.product.0 && old.kind == new.kind),
        (Part::Budget, old.budget == new.budget),
        (Part::Begins, same(&old.after, &new.after) && same(&old.begins_on, &new.begins_on)),
        (Part::Ends, same(&old.done_by, &new.done_by)),
        (Part::Pauses, same(&old.pauses_on, &new.pauses_on)),
        (Part::Returns, same(&old.may_return_to, &new.may_return_to)),
        (Part::Ladder, ladder(&old.on_overdue) == ladder(&new.on_overdue)),
    ]
}

/// The same members; in which order they are written says nothing.
fn same<T: Clone + Ord>(old: &[T], new: &[T]) -> bool {
    let (mut old, mut new) = (old.to_vec(), new.to_vec());
    old.sort();
    new.sort();
    old == new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::kept_procedure;

    const OLD: &str = include_str!("../../../../cities/harbour/procedures/standard.toml");

    fn read(text: &str) -> Procedure {
        kept_procedure(text, &["en".to_owned()]).unwrap()
    }

    #[test]
    fn the_same_text_has_no_changes_and_the_order_of_a_list_is_none() {
        assert_eq!(changes(&read(OLD), &read(OLD)), []);
        let turned = OLD.replace("[\"weather\", \"parts\"]", "[\"parts\", \"weather\"]");
        assert_eq!(changes(&read(OLD), &read(&turned)), []);
    }

    #[test]
    fn every_difference_is_named_once_where_it_is() {
        let new = OLD
            .replace("promise = \"10wd\"", "promise = \"9wd\"")
            .replace("budget = \"8wd\"", "budget = \"7wd\"")
            .replace("id = \"review\"", "id = \"check\"")
            .replace("role = \"operator\"", "role = \"head\"");
        let step = |id: &str| Some(id.to_owned());
        assert_eq!(
            changes(&read(OLD), &read(&new)),
            [
                Change::Changed { step: None, part: Part::Promise },
                // Where a procedure says nothing of appeals, they take as long as the promise.
                Change::Changed { step: None, part: Part::Appeal },
                Change::Changed { step: step("intake"), part: Part::Role },
                Change::Changed { step: step("work"), part: Part::Budget },
                Change::Added { step: "check".to_owned() },
                Change::Removed { step: "review".to_owned() },
            ]
        );
    }
}
