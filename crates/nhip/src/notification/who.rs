//! Who is told of what, as one table. An event that has no row here is told to nobody by letter.

use super::{bulletin, follow, ready};
use crate::accountability::card;
use crate::case::explanation;
use crate::conversation::lock;
use crate::platform::outbox::OutboxRow;
use crate::service_request::action::{recurrence, remind};
use Reader::{Asker, Author, Follower, FollowerOfList, Reporter, Staff};
use domain::case::{CaseKind, CaseRef};

/// In which capacity somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Reporter,
    /// Who follows the report.
    Follower,
    /// Who follows a list in which everybody finds the report.
    FollowerOfList,
    Staff(Office),
    /// Who asked for this very letter: a sign-in link, a confirmation. The outbox row names them.
    Asker,
    /// Who wrote the comment it is about, where they have an account and an address.
    Author,
}

/// Which staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// Officers and heads of the agency that has the report, once the centre has accepted it.
    InCharge,
    /// Intake at the centre.
    Centre,
    /// Heads of the agency that has the report.
    Heads,
    /// Those whom the procedure names for the rung that was reached.
    Rung,
    /// Heads of the agency that was asked, or given a card; no report may be with it.
    Addressed,
    /// Officers, heads and inspectors of the agency that a task was given to.
    Doers,
    /// Whoever gave a task, or holds that office.
    Giver,
    /// The leaders of the city.
    Leaders,
    /// Reviewers at the centre.
    Reviewers,
}

impl Reader {
    /// As it is stored, and the end of its keys in the translation files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Reporter => "reporter",
            Follower | FollowerOfList => "follower",
            Staff(_) => "staff",
            Asker => "asker",
            Author => "author",
        }
    }
}

/// A row of the table.
#[derive(Debug)]
pub struct Told {
    /// A verb of the workflow, or the topic of an outbox row of its own.
    pub topic: &'static str,
    pub reader: Reader,
    /// Its sentences are `mail-<letter>-…` in the translation files.
    pub letter: &'static str,
    pub why: &'static str,
}

const fn row(topic: &'static str, reader: Reader, letter: &'static str, why: &'static str) -> Told {
    Told { topic, reader, letter, why }
}

/// Somebody who stands in two rows of a topic gets the first.
pub const TABLE: &[Told] = &[
    row("submit", Reporter, RECEIPT, "they need the link to follow, answer, judge and withdraw"),
    row("submit", FollowerOfList, FOUND, "it is new in what they follow"),
    row("accept", Reporter, "accepted", "they learn who has it and by when"),
    row("accept", Staff(Office::InCharge), "work", "the agency has something to do"),
    row("assign", Reporter, "moved", "another agency has it now"),
    row("assign", Staff(Office::InCharge), "work", "the agency has something to do"),
    row("ask", Reporter, "question", "nothing goes on until they answer"),
    row("question_expired", Reporter, "question_expired", "it goes on without their answer"),
    row("reply", Staff(Office::InCharge), "replied", "who asked can go on"),
    row("pause", Reporter, "paused", "no delay without a word"),
    row("pause", Follower, NEWS, "no delay without a word"),
    row("progress", Reporter, "progress", "no delay without a word"),
    row("progress", Follower, NEWS, "no delay without a word"),
    row("extend", Staff(Office::Heads), "extension", "the head answers for the delay"),
    row("grant_extension", Reporter, "extended", "they learn the new deadline"),
    row("grant_extension", Follower, NEWS, "the deadline changed"),
    row("warn", Staff(Office::Rung), "warn", "there is still time"),
    row("escalate", Staff(Office::Rung), "overdue", "lateness is never silent"),
    row("escalate", Reporter, "late", "lateness is never silent"),
    row("escalate", Follower, NEWS, "lateness is never silent"),
    row("refuse", Reporter, "refused", "a refusal has a reason, and they may contest it"),
    row("refuse", Follower, NEWS, "it is over"),
    row("refuse", FollowerOfList, FOUND, "it is over"),
    row("contest", Staff(Office::Centre), "contested", "another operator has to decide"),
    row("merge", Reporter, "merged", "the story goes on under another code"),
    row("merge", Follower, NEWS, "the story goes on under another code"),
    row("send_back", Staff(Office::InCharge), "sent_back", "their answer does not answer"),
    row("publish", Reporter, "result", "they judge the result"),
    row("publish", Follower, NEWS, "the result is there"),
    row("publish", FollowerOfList, FOUND, "the result is there"),
    row("reopen", Staff(Office::InCharge), "reopened", "the reporter is not satisfied"),
    row("reopen", Follower, NEWS, "it goes on"),
    row("reopen", FollowerOfList, FOUND, "it goes on"),
    row("appeal", Staff(Office::InCharge), "appealed", "the level above has to decide"),
    row("appeal", Follower, NEWS, "it goes on"),
    row("appeal", FollowerOfList, FOUND, "it goes on"),
    row("promise_due", Reporter, "promise_due", "the promised date has come"),
    row("promise_due", Follower, NEWS, "the promised date has come"),
    row(
        "promise_due",
        Staff(Office::InCharge),
        "promise_due_work",
        "what was promised for today is to be done",
    ),
    row("promise_broken", Reporter, "promise_broken", "lateness is never silent"),
    row("promise_broken", Follower, NEWS, "lateness is never silent"),
    row("promise_broken", Staff(Office::Heads), "promise_broken_work", "it was the agency's word"),
    row("withdraw", Staff(Office::InCharge), "withdrawn", "nobody goes out for nothing"),
    row("withdraw", Follower, NEWS, "it is over"),
    row("hide", Reporter, "hidden", "they learn why it is not public any more"),
    row("redact", Reporter, "redacted", "they learn what was taken out and why"),
    row(
        explanation::ASKED,
        Staff(Office::Addressed),
        "explanation_asked",
        "the head answers, in public",
    ),
    row(explanation::GIVEN, Staff(Office::Leaders), "explanation_given", "they asked"),
    row(
        explanation::LATE,
        Staff(Office::Addressed),
        "explanation_late",
        "lateness is never silent",
    ),
    row(explanation::LATE, Staff(Office::Leaders), "explanation_late", "lateness is never silent"),
    row(card::GIVEN, Staff(Office::Addressed), "card_given", "the head may contest it"),
    row(card::CONTESTED, Staff(Office::Leaders), "card_contested", "a leader rules"),
    row(card::RULED, Staff(Office::Addressed), "card_ruled", "the head contested it"),
    row(recurrence::AGAIN, Staff(Office::Heads), "again", "what comes again was not put right"),
    row(remind::TOPIC, Reporter, "remind", "they have not yet said whether it is fixed"),
    row(OFFICIAL_COMMENT, Reporter, "official_comment", "the city spoke to them"),
    row(OFFICIAL_COMMENT, Follower, NEWS, "the city spoke"),
    row(lock::GIVEN, Author, "lock_given", "a right is taken for a time, and they may appeal"),
    row(
        lock::APPEALED,
        Staff(Office::Reviewers),
        "lock_appealed",
        "another than who locked decides",
    ),
    row(lock::RULED, Author, "lock_ruled", "they learn what was decided, and why"),
    row("task_offer", Staff(Office::Doers), "task_offered", "the agency has something to do"),
    row("task_refuse", Staff(Office::Giver), "task_refused", "who gave it finds another way"),
    row("task_unable", Staff(Office::Giver), "task_refused", "who gave it finds another way"),
    row("task_done", Staff(Office::Giver), "task_done", "who gave it looks at the product"),
    row("task_confirm", Staff(Office::Doers), "task_confirmed", "it is over"),
    row("task_send_back", Staff(Office::Doers), "task_sent_back", "it is not done yet"),
    row("task_extend", Staff(Office::Giver), "task_extension", "who gave it decides"),
    row("task_grant_extension", Staff(Office::Doers), "task_extended", "the deadline changed"),
    row("task_deny_extension", Staff(Office::Doers), "task_not_extended", "the deadline stands"),
    row("task_withdraw", Staff(Office::Doers), "task_withdrawn", "nobody works for nothing"),
    row("task_warn", Staff(Office::Rung), "task_warn", "there is still time"),
    row("task_escalate", Staff(Office::Rung), "task_late", "lateness is never silent"),
    row("task_escalate", Staff(Office::Giver), "task_late", "lateness is never silent"),
    row("login_link", Asker, "sign_in", "they asked to sign in"),
    row("confirm_address", Asker, "confirm_address", "only the owner of an address may give it"),
    row(follow::ASKED, Asker, "follow_confirm", "only the owner of an address may sign it up"),
    row(follow::ASKED_LIST, Asker, FOLLOW_LIST, "only the owner of an address may sign it up"),
];

/// The letter that goes to the reporter although they did it themselves: they need what is in it.
pub const RECEIPT: &str = "receipt";
/// An office answered in the discussion; the event is the comment.
pub const OFFICIAL_COMMENT: &str = "official_comment";
/// One letter for all that followers hear of; its words name the topic.
pub const NEWS: &str = "news";

/// One letter for all that followers of lists hear of.
pub const FOUND: &str = "found";
/// Asks whether somebody wants to follow a list.
pub const FOLLOW_LIST: &str = "follow_list_confirm";

/// As [`Reader::as_str`] has staff.
pub const STAFF: &str = Staff(Office::Leaders).as_str();

/// What topics of tasks begin with: `accept` of a task is another thing than that of a report.
pub const TASK: &str = "task_";

/// The topic of a row of the outbox: its verb, with the kind of its case where that is no report.
pub fn topic(row: &OutboxRow) -> String {
    let kind = CaseRef::parse(&row.case_ref).map(|case| case.kind());
    match kind {
        Ok(CaseKind::Task) => format!("{TASK}{}", row.topic),
        Ok(CaseKind::Report) | Err(_) => row.topic.clone(),
    }
}

/// What comes about because a day begins or is over, not because somebody did something: told from the morning on.
pub const WITH_THE_DAY: [&str; 3] = ["promise_due", "promise_broken", card::GIVEN];

/// Which letters go first: those somebody asked for and waits for, and last what was gathered.
pub fn priority(letter: &str) -> i64 {
    match letter {
        bulletin::LETTER | ready::PERIODIC => 2,
        letter if was_asked_for(letter) => 0,
        _ => 1,
    }
}

/// Is this topic told to those who follow lists?
pub fn is_for_lists(topic: &str) -> bool {
    told(topic).any(|row| row.reader == FollowerOfList)
}

/// The topics they hear of.
pub fn topics_of(reader: Reader) -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter(move |row| row.reader == reader).map(|row| row.topic)
}

/// The rows of a topic, in order.
pub fn told(topic: &str) -> impl Iterator<Item = &'static Told> + use<'_> {
    TABLE.iter().filter(move |row| row.topic == topic)
}

/// Was this letter asked for, or is it about a right of the reader's own, so that it goes out whatever they stopped?
pub fn was_asked_for(letter: &str) -> bool {
    let goes_out = |row: &Told| matches!(row.reader, Asker | Author);
    letter == RECEIPT || TABLE.iter().any(|row| row.letter == letter && goes_out(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::service_request::workflow::Verb;
    use domain::task::workflow::TaskVerb;
    use std::collections::BTreeSet;
    use std::fmt::Write as _;

    const OF_ITS_OWN: [&str; 16] = [
        "official_comment",
        "login_link",
        "confirm_address",
        follow::ASKED,
        follow::ASKED_LIST,
        explanation::ASKED,
        explanation::GIVEN,
        explanation::LATE,
        card::GIVEN,
        card::CONTESTED,
        card::RULED,
        recurrence::AGAIN,
        remind::TOPIC,
        lock::GIVEN,
        lock::APPEALED,
        lock::RULED,
    ];

    #[test]
    fn every_topic_is_a_verb_or_known_by_name() {
        for row in TABLE {
            assert!(
                Verb::parse(row.topic).is_some()
                    || row
                        .topic
                        .strip_prefix(TASK)
                        .is_some_and(|verb| TaskVerb::parse(verb).is_some())
                    || OF_ITS_OWN.contains(&row.topic),
                "{}",
                row.topic
            );
        }
    }

    #[test]
    fn what_the_table_says_is_written_down() {
        let mut lines = String::new();
        for row in TABLE {
            let reader = match row.reader {
                Staff(office) => format!("staff {office:?}"),
                FollowerOfList => "list follower".to_owned(),
                Reporter | Follower | Asker | Author => row.reader.as_str().to_owned(),
            };
            let _ = writeln!(lines, "{:<17}{reader:<16}{:<18}{}", row.topic, row.letter, row.why);
        }
        let silent: Vec<&str> =
            Verb::ALL.iter().map(|v| v.as_str()).filter(|v| told(v).next().is_none()).collect();
        let _ = writeln!(lines, "\nTold to nobody: {}.", silent.join(", "));
        assert_eq!(lines, include_str!("who_table.txt"), "\n{lines}");
    }

    #[test]
    fn nobody_stands_twice_for_one_topic_and_letter() {
        let reader = |row: &Told| format!("{:?}", row.reader);
        let rows: BTreeSet<_> = TABLE.iter().map(|row| (row.topic, reader(row))).collect();
        assert_eq!(rows.len(), TABLE.len());
    }

    #[test]
    fn receipts_and_links_go_out_whatever_was_stopped() {
        assert!(
            was_asked_for("receipt") && was_asked_for("sign_in") && was_asked_for("follow_confirm")
        );
        assert!(was_asked_for("lock_given") && was_asked_for("lock_ruled"));
        assert!(!was_asked_for("lock_appealed"));
        assert!(!was_asked_for("result") && !was_asked_for("news") && !was_asked_for("work"));
    }
}
