//! `procedures/*.toml`: one version of one procedure a file; who does what by when.

use super::super::mistake::did_you_mean;
use super::super::read::Entry;
use super::{Known, no_code_twice};
use crate::case::CaseKind;
use crate::ids::ProcedureCode;
use crate::procedure::{Procedure, ProductKind, Rung, Step, StepRole};
use crate::time::Budget;
use std::collections::BTreeSet;

/// What procedures of a kind of case may say.
struct Spoken {
    /// The verbs that can end a step, and those on which one can begin.
    ends: &'static [&'static str],
    begins: &'static [&'static str],
    /// One step each is ended by these: without them nobody owes the acceptance or the result.
    needed: &'static [&'static str],
}

fn spoken(kind: CaseKind) -> Spoken {
    match kind {
        CaseKind::Report => Spoken {
            ends: &[
                "accept",
                "refuse",
                "merge",
                "assign",
                "start",
                "answer",
                "send_back",
                "publish",
            ],
            begins: &[
                "submit",
                "contest",
                "give_back",
                "send_back",
                "reopen",
                "appeal",
                "promise_due",
            ],
            needed: &["accept", "publish"],
        },
        CaseKind::Task => Spoken {
            ends: &["accept", "refuse", "done", "unable", "confirm", "send_back"],
            begins: &["offer", "send_back"],
            needed: &["accept", "done", "confirm"],
        },
    }
}

/// A closed list as the reader of files takes it.
fn words<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Vec<(&'static str, T)> {
    all.iter().map(|word| (name(*word), *word)).collect()
}

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

/// A version that was kept although the pack has it no longer: what it names may be gone too, and is taken on trust.
pub(super) fn read_kept(root: &Entry, known: &Known) -> Option<Procedure> {
    procedure(root, known, None)
}

fn procedure(root: &Entry, known: &Known, hours_per_day: Option<f64>) -> Option<Procedure> {
    let code = root.code::<ProcedureCode>("code");
    let version = root.count("version", 1..=10_000);
    let effective_from = root.date("effective_from");
    let name = root.localized("name");
    let legal_basis = root.localized("legal_basis");
    let owner = root.reference("owner", "agency", &known.agencies);
    let promise = budget(root, "promise");
    let kind = kind(root);
    let spoken = spoken(kind);
    let awaited = kind == CaseKind::Report || root.has("first_response");
    let first_response = if awaited { budget(root, "first_response") } else { None };
    let appeal = if root.has("appeal") { budget(root, "appeal") } else { promise };
    let on_overdue = rungs(root);
    let entries = root.some_entries("step", "step", "id");
    no_code_twice(&entries, "id");
    let ids: BTreeSet<String> = entries.iter().filter_map(|entry| entry.peek_text("id")).collect();
    let steps: Vec<Step> =
        entries.iter().filter_map(|entry| step(entry, known, (&ids, &spoken))).collect();
    root.finish();
    no_circle(&entries, &steps);
    if !entries.is_empty() && steps.len() == entries.len() {
        each_verb_once(root, &entries, (&steps, &spoken));
        every_step_is_reached(&entries, &steps);
    }
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
        hash: root.hash(),
        source: root.text_of_file().into(),
        effective_from: effective_from?,
        name: name?,
        legal_basis: legal_basis?,
        owner: owner?,
        promise: promise?,
        kind,
        first_response: if kind == CaseKind::Report {
            Some(first_response?)
        } else {
            first_response
        },
        appeal: appeal?,
        steps,
        on_overdue,
    })
}

/// The kind of cases it is for: reports where it does not say.
fn kind(root: &Entry) -> CaseKind {
    let known = || words(CaseKind::ALL, CaseKind::as_str);
    let named = if root.has("case") { root.word("case", &known()) } else { None };
    named.unwrap_or(CaseKind::Report)
}

fn budget(entry: &Entry, key: &str) -> Option<Budget> {
    entry.parsed(key, "a budget such as 7wd, 16wh, 10m, 4h or 3d", |text| text.parse().ok())
}

fn step(entry: &Entry, known: &Known, (ids, spoken): (&BTreeSet<String>, &Spoken)) -> Option<Step> {
    let id = entry.code::<ProcedureCode>("id");
    let name = entry.localized("name");
    let role = entry.word("role", &words(StepRole::ALL, StepRole::as_str));
    let action = entry.localized("action");
    let product = entry.localized("product");
    let kind = entry.word("kind", &words(ProductKind::ALL, ProductKind::as_str));
    let budget = budget(entry, "budget");
    let own_file = super::Codes::of("this procedure", Some(ids.clone()));
    let after = entry.references::<ProcedureCode>("after", "step", &own_file);
    let begins_on = verbs(entry, "begins_on", spoken.begins);
    let done_by = verbs(entry, "done_by", spoken.ends);
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
        after: after.into_iter().map(Into::into).collect(),
        begins_on,
        done_by,
        pauses_on: pauses_on.into_iter().map(Into::into).collect(),
        may_return_to: may_return_to.into_iter().map(Into::into).collect(),
        on_overdue,
    })
}

/// Verbs of the kind of case, as far as they can begin or end a step.
fn verbs(step: &Entry, key: &str, allowed: &[&'static str]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for (line, text) in step.texts(key) {
        match allowed.iter().find(|verb| **verb == text) {
            Some(verb) => found.push(*verb),
            None => {
                let remedy = did_you_mean(&text, allowed.iter().copied());
                step.wrong_at(line, &format!("has {key} {text:?}"), &remedy);
            }
        }
    }
    found
}

fn rungs(step: &Entry) -> Vec<Rung> {
    let mut last = 0;
    let mut rungs = Vec::new();
    for entry in step.entries("on_overdue", &format!("{}, on_overdue", step.what), "") {
        let percent = entry.count("percent", 1..=1000);
        let mut tell = Vec::new();
        for (line, text) in entry.texts("tell") {
            if let Some(role) = StepRole::parse(&text) {
                tell.push(role);
            } else {
                let remedy = did_you_mean(&text, StepRole::ALL.iter().map(|role| role.as_str()));
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

/// Hours of the longest way to the end of a step; `None` where a circle closes or an hour is unknown.
fn longest_to(steps: &[Step], id: &str, hours_per_day: Option<f64>, depth: usize) -> Option<f64> {
    let step = steps.iter().find(|step| step.id == id).filter(|_| depth <= steps.len())?;
    let mut before = 0.0_f64;
    for id in &step.after {
        before = before.max(longest_to(steps, id, hours_per_day, depth + 1)?);
    }
    Some(before + hours(step.budget, hours_per_day)?)
}

/// Does the step come, by the steps before it, after itself?
fn is_in_a_circle(steps: &[Step], id: &str) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = vec![id];
    while let Some(at) = open.pop() {
        let before = steps.iter().filter(|step| step.id == at).flat_map(|step| &step.after);
        for before in before.map(String::as_str) {
            if before == id {
                return true;
            }
            if !seen.contains(&before) {
                seen.push(before);
                open.push(before);
            }
        }
    }
    false
}

fn no_circle(entries: &[Entry], steps: &[Step]) {
    for step in steps.iter().filter(|step| is_in_a_circle(steps, &step.id)) {
        if let Some(entry) = entry_of(entries, &step.id) {
            entry.wrong("after", "begins, by the steps before it, after itself", "correct after");
        }
    }
}

/// A verb ends one step, so that nobody has to guess which product it is.
fn each_verb_once(root: &Entry, entries: &[Entry], (steps, spoken): (&[Step], &Spoken)) {
    for verb in spoken.ends {
        let mut enders = steps.iter().filter(|step| step.done_by.contains(verb));
        let first = enders.next();
        if first.is_none() && spoken.needed.contains(verb) {
            let message = format!("has no step that ends with {verb}");
            root.wrong("step", &message, &format!("write done_by = [\"{verb}\"] in one step"));
        }
        for second in enders {
            if let Some(entry) = entry_of(entries, &second.id) {
                let first = first.map_or("", |first| first.id.as_str());
                let message = format!("ends with {verb}, as step {first:?} does");
                entry.wrong("done_by", &message, "keep it in one of them");
            }
        }
    }
}

/// A step that nothing begins would never be owed by anybody.
fn every_step_is_reached(entries: &[Entry], steps: &[Step]) {
    for step in steps.iter().filter(|step| step.after.is_empty() && step.begins_on.is_empty()) {
        if let Some(entry) = entry_of(entries, &step.id) {
            entry.wrong("id", "never begins", "add after = […] or begins_on = [\"submit\"]");
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
    let longest = steps.iter().filter_map(|step| longest_to(steps, &step.id, hours_per_day, 0));
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
        Budget::Minutes(_) => Some(amount / 60.0),
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
