//! Ways around a lint, a test or a decision, that should not outlive an afternoon.

use crate::{Finding, tree::Tree};

/// What is not written, and what to do instead.
const EVERYWHERE: [(&str, &str); 7] = [
    ("#[allow(", "use `#[expect(…, reason = \"…\")]`, which tells when it is no longer needed"),
    ("#![allow(", "use `#![expect(…, reason = \"…\")]`, or the table of lints in Cargo.toml"),
    ("#[ignore", "a test that does not run is not a test: run it or remove it"),
    ("todo!", "write it, or do not merge it"),
    ("unimplemented!", "write it, or do not merge it"),
    ("dbg!", "use `tracing`, or remove it"),
    ("std::process::exit", "return an exit code from `main`, so that everything is closed"),
];

/// Files of tests that may wait in real time, and why.
const MAY_SLEEP: &[(&str, &str)] = &[(
    "crates/nhip/tests/it/support/wait.rs",
    "the one place that polls another process until it is ready or a deadline passes",
)];

pub fn none(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, parts) in tree.rust("") {
        let may_sleep = MAY_SLEEP.iter().any(|(path, _)| *path == file.path);
        for (number, line) in parts.all_code() {
            for (word, instead) in EVERYWHERE {
                if line.contains(word) {
                    findings.push(Finding::new(&file.path, number, format!("`{word}`: {instead}")));
                }
            }
            let in_test = file.is_test() || parts.is_test(number);
            if in_test && !may_sleep && line.contains("sleep(") {
                let message = "a sleeping test is slow and flaky: move the clock by hand, or wait for the event";
                findings.push(Finding::new(&file.path, number, message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_escape_is_found_and_prose_is_not() {
        for (word, _) in EVERYWHERE {
            let code = format!("//! A.\n// {word}\nlet a = \"{word}\";\n{word}\n");
            let found = none(&Tree::of(&[("a.rs", &code)]));
            assert_eq!(found.len(), 1, "{word}");
            assert_eq!(found[0].line, 4);
        }
    }

    #[test]
    fn a_test_that_sleeps_is_found_and_a_job_that_sleeps_is_not() {
        let code = "async fn job() { sleep(BACKOFF).await; }\n#[cfg(test)]\nmod tests {\n fn t() { std::thread::sleep(d); }\n}\n";
        let found = none(&Tree::of(&[("crates/nhip/src/jobs.rs", code)]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 4);
    }
}
