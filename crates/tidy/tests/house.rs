//! Runs every rule of the house over this repository.
//!
//! One test a rule, so that the name of the failed test is the sentence that was broken.

use tidy::{Finding, rules, tree::Tree};

fn clean(rule: rules::Rule) -> std::io::Result<()> {
    let tree = Tree::load()?;
    let found: Vec<String> = rule(&tree).iter().map(Finding::to_string).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    Ok(())
}

macro_rules! house_rules {
    ($($name:ident => $rule:path),+ $(,)?) => {
        $(#[test] fn $name() -> std::io::Result<()> { clean($rule) })+

        #[test]
        fn every_rule_of_the_table_is_run() {
            let run: &[rules::Rule] = &[$($rule),+];
            assert_eq!(run.len(), rules::ALL.len(), "add the new rule to house_rules!");
        }
    };
}

house_rules! {
    every_rust_file_opens_with_its_purpose => rules::files::opens_with_its_purpose,
    no_rust_file_is_too_long => rules::files::is_not_too_long,
    sql_stands_only_in_stores => rules::sql::only_in_stores,
    stores_name_their_tables => rules::tables::are_named,
    each_table_is_written_by_one_slice => rules::tables::are_written_by_one_slice,
    domain_knows_no_clock_randomness_or_io => rules::layers::domain_is_pure,
    modules_of_domain_import_only_modules_before_them => rules::layers::domain_keeps_its_order,
    slices_import_only_slices_below_them => rules::layers::slices_keep_their_order,
    actions_know_no_http => rules::layers::actions_know_no_http,
    nothing_is_waited_for_between_a_ctx_and_its_write => rules::moments::are_taken_last,
    public_types_have_names_of_their_own => rules::names::are_unique,
    no_city_is_named_in_code => rules::cities::not_in_code,
    no_sentence_for_people_is_in_code => rules::translations::no_sentence_in_code,
    every_language_has_every_message => rules::translations::languages_agree,
    every_message_asked_for_exists => rules::translations::messages_exist,
    every_message_is_asked_for => rules::translations::messages_are_used,
    nobody_goes_around_a_lint_or_a_test => rules::escapes::none,
    templates_keep_the_content_security_policy => rules::templates::keep_the_policy,
    templates_hold_no_sentence_of_their_own => rules::templates::hold_no_sentence,
    templates_have_no_long_line => rules::templates::have_no_long_line,
    vendored_files_match_their_hashes => rules::vendor::match_their_hashes,
    paths_that_documents_name_exist => rules::docs::paths_exist,
    the_way_of_one_report_reads_straight_down => rules::docs::the_way_reads_straight_down,
}
