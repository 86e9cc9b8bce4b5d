//! `call_now.toml`: the numbers of emergency, and which words and kinds of reports call for them.

use super::super::call_now::{CallNow, CallNumber, Danger};
use super::super::read::Entry;
use super::{Known, no_code_twice};
use crate::ids::ServiceCode;
use crate::time::Budget;

/// A report about a danger to life that waits longer than this, in minutes, waits like any other.
const LONGEST: u32 = 60;
/// Digits of a number that can be dialled.
const DIGITS: std::ops::RangeInclusive<usize> = 2..=15;

pub(super) fn read(root: &Entry, known: &Known) -> CallNow {
    let budget = root.parsed("budget", "minutes, such as 10m, at most 60m", minutes);
    let numbers = root.some_entries("number", "number", "code");
    no_code_twice(&numbers, "code");
    let numbers = numbers.iter().filter_map(number).collect();
    let dangers = root.some_entries("danger", "danger", "code");
    no_code_twice(&dangers, "code");
    let dangers = dangers.iter().filter_map(|entry| danger(entry, known)).collect();
    root.finish();
    CallNow { budget, numbers, dangers }
}

fn minutes(text: &str) -> Option<Budget> {
    text.parse().ok().filter(|budget| matches!(budget, Budget::Minutes(n) if *n <= LONGEST))
}

fn number(entry: &Entry) -> Option<CallNumber> {
    let code = entry.code::<ServiceCode>("code");
    let number = entry.parsed("number", "a number as it is dialled, such as \"114\"", dialled);
    let name = entry.localized("name");
    entry.finish();
    Some(CallNumber { code: code?.into(), number: number?, name: name? })
}

fn dialled(text: &str) -> Option<String> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let fits = DIGITS.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.to_owned())
}

fn danger(entry: &Entry, known: &Known) -> Option<Danger> {
    let code = entry.code::<ServiceCode>("code");
    let numbers = entry.references::<ServiceCode>("numbers", "number", &known.call_numbers);
    if numbers.is_empty() {
        entry.wrong(
            "numbers",
            "names nobody to call",
            "add numbers = [\"…\"], first to call first",
        );
    }
    let services = entry.references("services", "service", &known.services);
    let words = entry.localized_list("words");
    entry.finish();
    let mut danger = Danger {
        code: code?.into(),
        numbers: numbers.into_iter().map(Into::into).collect(),
        services,
        phrases: Vec::new(),
    };
    for (line, text) in words?.0.into_values().flatten() {
        if text.chars().any(char::is_alphanumeric) {
            danger.add_words([text.as_str()]);
        } else {
            let message = format!("has {text:?} among its words, which has no letters");
            entry.wrong_at(line, &message, "remove it or write a word");
        }
    }
    Some(danger)
}
