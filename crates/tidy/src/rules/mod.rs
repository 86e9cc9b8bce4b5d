//! The rules, one file a subject; `ALL` is the table of them.

use crate::{Finding, tree::Tree};

pub mod cities;
pub mod docs;
pub mod escapes;
pub mod files;
pub mod layers;
pub mod moments;
pub mod names;
pub mod sql;
pub mod tables;
pub mod templates;
pub mod translations;
pub mod vendor;

/// A rule looks at the whole tree and names every breach.
pub type Rule = fn(&Tree) -> Vec<Finding>;

/// Every rule, with the sentence it enforces.
pub const ALL: &[(&str, Rule)] = &[
    ("every Rust file opens with `//!`", files::opens_with_its_purpose),
    ("a Rust file has at most 500 lines", files::is_not_too_long),
    ("SQL stands only in store files and platform/db", sql::only_in_stores),
    ("a store names its tables in its header", tables::are_named),
    ("a table is written by one slice", tables::are_written_by_one_slice),
    ("`domain` knows no clock, randomness, I/O", layers::domain_is_pure),
    ("a module of `domain` imports only modules before it", layers::domain_keeps_its_order),
    ("a slice imports only slices below it", layers::slices_keep_their_order),
    ("actions know no HTTP", layers::actions_know_no_http),
    ("a `ctx` is made after everything that is waited for", moments::are_taken_last),
    ("two public types of the service have two names", names::are_unique),
    ("no city's name in code", cities::not_in_code),
    ("no sentence for people in code", translations::no_sentence_in_code),
    ("each language has every message", translations::languages_agree),
    ("every message asked for exists", translations::messages_exist),
    ("every message is asked for", translations::messages_are_used),
    ("no way around a lint or a test", escapes::none),
    ("templates keep the content security policy", templates::keep_the_policy),
    ("templates hold no sentence of their own", templates::hold_no_sentence),
    ("a line of a template has at most 200 characters", templates::have_no_long_line),
    ("vendored files match their hashes", vendor::match_their_hashes),
    ("the paths that documents name exist", docs::paths_exist),
    ("the way of one report reads straight down", docs::the_way_reads_straight_down),
];
