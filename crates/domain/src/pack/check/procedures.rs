//! `procedures/*.toml`: one version of one procedure a file; who does what by when.

use super::super::mistake::did_you_mean;
use super::super::read::Entry;
use super::{Known, no_code_twice};
use crate::ids::ProcedureCode;
use crate::procedure::{Procedure, ProductKind, Rung, Step, StepRole};
use crate::time::Budget;
use std::collections::BTreeSet;

const ROLES: &[(&str, StepRole)] = &[
    ("operator", StepRole::Operator),
    ("reviewer", StepRole::Reviewer),
    ("officer", StepRole::Officer),
    ("head", StepRole::Head),
    ("inspector", StepRole::Inspector),
    ("leader", StepRole::Leader),
];
const PRODUCTS: &[(&str, ProductKind)] = &[
    ("decision", ProductKind::Decision),
    ("answer", ProductKind::Answer),
    ("answer_with_photo", ProductKind::AnswerWithPhoto),
    ("document", ProductKind::Document),
    ("inspection_record", ProductKind::InspectionRecord),
];

/// All procedures; `hours_per_day` of the office compares working hours with working days.
pub(super) fn read_all<'s>(
    roots: impl Iterator<Item = Entry<'s>>,
    known: &Known,
    hours_per_day: Option<f64>,
) -> Vec<Procedure> {
    let mut read: Vec<(Entry, Procedure)> = Vec::new();
    for root in roots {
        if let Some(procedure) = procedure(&root, known, hours_per_day) {
            no_version_twice(&read, &root, &procedure);
            read.push((root, procedure));
        }
    }
    read.into_iter().map(|(_, procedure)| procedure).collect()
}

fn procedure(root: &Entry, known: &Known, hours_per_day: Option<f64>) -> Option<Procedure> {
    let code = root.code::<ProcedureCode>("code");
    let version = root.count("version", 1..=10_000);
    let effective_from = root.date("effective_from");
    let name = root.localized("name");
    let legal_basis = root.localized("legal_basis");
    let owner = root.reference("owner", "agency", &known.agencies);
    let promise = budget(root, "promise");
    let first_response = budget(root, "first_response");
    let entries = root.some_entries("step", "step", "id");
    no_code_twice(&entries, "id");
    let ids: BTreeSet<String> = entries.iter().filter_map(|entry| entry.peek_text("id")).collect();
    let steps: Vec<Step> = entries.iter().filter_map(|entry| step(entry, known, &ids)).collect();
    root.finish();
    no_circle(&entries, &steps);
    if let Some(promise) = promise {
        fits_the_promise(root, &entries, &steps, promise, hours_per_day);
        if let Some(first) = first_response.filter(|first| exceeds(*first, promise, hours_per_day))
        {
            root.wrong(
                "first_response",
                &format!("promises a first word in {first}, after the end in {promise}"),
                "shorten it",
            );
        }
    }
    Some(Procedure {
        code: code?,
        version: version?,
        effective_from: effective_from?,
        name: name?,
        legal_basis: legal_basis?,
        owner: owner?,
        promise: promise?,
        first_response: first_response?,
        steps,
    })
}

fn budget(entry: &Entry, key: &str) -> Option<Budget> {
    entry.parsed(key, "a budget such as 7wd, 16wh, 4h or 3d", |text| text.parse().ok())
}

fn step(entry: &Entry, known: &Known, ids: &BTreeSet<String>) -> Option<Step> {
    let id = entry.code::<ProcedureCode>("id");
    let name = entry.localized("name");
    let role = entry.word("role", ROLES);
    let action = entry.localized("action");
    let product = entry.localized("product");
    let kind = entry.word("kind", PRODUCTS);
    let budget = budget(entry, "budget");
    let own_file = super::Codes::of("this procedure", Some(ids.clone()));
    let after = entry.optional_reference::<ProcedureCode>("after", "step", &own_file);
    let pauses_on = entry.references::<ProcedureCode>("pauses_on", "pause", &known.pauses);
    let may_return_to = entry.references::<ProcedureCode>("may_return_to", "step", &own_file);
    let on_overdue = rungs(entry);
    entry.finish();
    Some(Step {
        id: id?.into(),
        name: name?,
        role: role?,
        action: action?,
        product: product?,
        kind: kind?,
        budget: budget?,
        after: after.map(Into::into),
        pauses_on: pauses_on.into_iter().map(Into::into).collect(),
        may_return_to: may_return_to.into_iter().map(Into::into).collect(),
        on_overdue,
    })
}

fn rungs(step: &Entry) -> Vec<Rung> {
    let mut last = 0;
    let mut rungs = Vec::new();
    for entry in step.entries("on_overdue", &format!("{}, on_overdue", step.what), "") {
        let percent = entry.count("percent", 1..=1000);
        let mut tell = Vec::new();
        for (line, text) in entry.texts("tell") {
            if let Some((_, role)) = ROLES.iter().find(|(word, _)| *word == text) {
                tell.push(*role);
            } else {
                let remedy = did_you_mean(&text, ROLES.iter().map(|(word, _)| *word));
                entry.wrong_at(line, &format!("tells {text:?}, which is no role"), &remedy);
            }
        }
        if tell.is_empty() && entry.texts("tell").is_empty() {
            entry.wrong("percent", "tells nobody", "add tell = [\"officer\"]");
        }
        entry.finish();
        let Some(percent) = percent else { continue };
        if percent <= last {
            entry.wrong(
                "percent",
                &format!("comes at {percent} %, not after {last} %"),
                "put them in rising order",
            );
        }
        last = percent;
        rungs.push(Rung { percent, tell });
    }
    rungs
}

fn entry_of<'e, 's>(entries: &'e [Entry<'s>], id: &str) -> Option<&'e Entry<'s>> {
    entries.iter().find(|entry| entry.peek_text("id").as_deref() == Some(id))
}

/// The steps before `id`, nearest first, itself included; stops where a circle closes.
fn chain<'a>(steps: &'a [Step], id: &'a str) -> (Vec<&'a Step>, bool) {
    let mut chain: Vec<&Step> = Vec::new();
    let mut at = Some(id);
    while let Some(step) = at.and_then(|id| steps.iter().find(|step| step.id == id)) {
        if chain.iter().any(|before| before.id == step.id) {
            return (chain, true);
        }
        chain.push(step);
        at = step.after.as_deref();
    }
    (chain, false)
}

fn no_circle(entries: &[Entry], steps: &[Step]) {
    for step in steps {
        let (_, circle) = chain(steps, &step.id);
        if circle && let Some(entry) = entry_of(entries, &step.id) {
            entry.wrong("after", "begins, by the steps before it, after itself", "correct after");
        }
    }
}

/// The longest way through the steps may take no longer than the promise, on the same clock.
fn fits_the_promise(
    root: &Entry,
    entries: &[Entry],
    steps: &[Step],
    promise: Budget,
    hours_per_day: Option<f64>,
) {
    let mut same_clock = true;
    for step in steps.iter().filter(|step| step.budget.is_wall_clock() != promise.is_wall_clock()) {
        same_clock = false;
        if let Some(entry) = entry_of(entries, &step.id) {
            let message = format!(
                "has budget {}, on another clock than the promise of {promise}",
                step.budget
            );
            entry.wrong("budget", &message, "use wd and wh together, or h and d");
        }
    }
    if !same_clock {
        return;
    }
    let length = |step: &&Step| hours(step.budget, hours_per_day);
    let longest = steps.iter().filter_map(|step| {
        let (chain, circle) = chain(steps, &step.id);
        let total: Option<f64> = chain.iter().map(length).sum();
        total.filter(|_| !circle)
    });
    let (longest, promised) = (longest.fold(0.0, f64::max), hours(promise, hours_per_day));
    if let Some(promised) = promised.filter(|promised| longest > *promised + 1e-9) {
        let unit = if promise.is_wall_clock() { "h" } else { "wh" };
        let message = format!(
            "has steps of {longest:.1}{unit} together, more than the promise of {promise} ({promised:.1}{unit})"
        );
        root.wrong("promise", &message, "shorten the steps or promise less");
    }
}

/// A budget in hours of its own clock.
fn hours(budget: Budget, hours_per_day: Option<f64>) -> Option<f64> {
    let amount = f64::from(budget.amount());
    match budget {
        Budget::WorkingHours(_) | Budget::Hours(_) => Some(amount),
        Budget::Days(_) => Some(amount * 24.0),
        Budget::WorkingDays(_) => Some(amount * hours_per_day?),
    }
}

fn exceeds(part: Budget, whole: Budget, hours_per_day: Option<f64>) -> bool {
    part.is_wall_clock() == whole.is_wall_clock()
        && hours(part, hours_per_day)
            .zip(hours(whole, hours_per_day))
            .is_some_and(|(part, whole)| part > whole)
}

/// Two files with one version, or two versions from one day, leave open which holds.
fn no_version_twice(earlier: &[(Entry, Procedure)], root: &Entry, later: &Procedure) {
    for (file, earlier) in earlier.iter().map(|(root, procedure)| (root.file(), procedure)) {
        let clashes =
            earlier.version == later.version || earlier.effective_from == later.effective_from;
        if earlier.code == later.code && clashes {
            let message = format!("has the version or the first day of {file}");
            root.wrong("version", &message, "raise version and effective_from");
        }
    }
}
