//! Locks: somebody may not write comments for a term. Two tables say how long for what, and how soon an appeal is decided.
//!
//! A right is not taken lightly: a lock follows from a comment that was hidden, ends by itself, and stops nothing but
//! comments. No reason is a tone or an opinion. An appeal that nobody decided in time suspends the lock.

use crate::ids::AccountId;
use crate::time::Budget;
use crate::word;
use jiff::{SignedDuration, Timestamp};

word! {
    /// Why somebody is locked; its sentence is `lock-reason-…` in the translation files.
    LockReason {
        /// Gave away who or where a private person is.
        Personal = "personal",
        /// Insulted somebody, again and again or gravely. Not: was loud, or wrong about the city.
        Insult = "insult",
        Threat = "threat",
        Advertising = "advertising",
        /// The same thing over and over, so that nobody else is heard.
        Flood = "flood",
    }
}

word! {
    /// How long. There is no lock without an end.
    Term {
        Day = "day",
        Week = "week",
        Month = "month",
    }
}

word! {
    /// What somebody else than who locked decides.
    Ruling {
        Upheld = "upheld",
        Shortened = "shortened",
        Lifted = "lifted",
    }
}

/// How long the first lock of a person may be at most, the second, and every later one.
#[derive(Debug)]
pub struct Ceiling {
    pub reason: LockReason,
    pub longest: [Term; 3],
    pub why: &'static str,
}

const fn row(reason: LockReason, longest: [Term; 3], why: &'static str) -> Ceiling {
    Ceiling { reason, longest, why }
}

/// One row for each reason.
pub const CEILINGS: &[Ceiling] = &[
    row(
        LockReason::Personal,
        [Term::Week, Term::Month, Term::Month],
        "somebody else has to live with it",
    ),
    row(
        LockReason::Insult,
        [Term::Day, Term::Week, Term::Month],
        "tempers cool overnight; a habit does not",
    ),
    row(LockReason::Threat, [Term::Month, Term::Month, Term::Month], "people must be safe"),
    row(
        LockReason::Advertising,
        [Term::Week, Term::Month, Term::Month],
        "it is done for money, and comes back",
    ),
    row(LockReason::Flood, [Term::Day, Term::Week, Term::Month], "most stop when told"),
];

/// The longest lock for this reason of somebody who was locked so many times before.
pub fn longest(reason: LockReason, before: usize) -> Term {
    let row = CEILINGS.iter().find(|row| row.reason == reason);
    row.and_then(|row| row.longest.get(before.min(2))).copied().unwrap_or(Term::Day)
}

impl Term {
    pub fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
        }
    }

    /// To the minute, on the wall clock: a lock does not wait for offices to open.
    pub fn after(self, start: Timestamp) -> Timestamp {
        start.checked_add(SignedDuration::from_hours(24 * self.days())).unwrap_or(Timestamp::MAX)
    }

    /// How long an appeal may wait: never as long as the lock it is about.
    pub fn appeal_budget(self) -> Budget {
        match self {
            Self::Day => Budget::Hours(6),
            Self::Week => Budget::WorkingDays(1),
            Self::Month => Budget::WorkingDays(3),
        }
    }

    /// To what it may be shortened.
    pub fn shorter(self) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |term| *term < self)
    }
}

/// What a lock is, for the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    pub term: Term,
    pub from: Timestamp,
    /// As it stands after any ruling.
    pub until: Timestamp,
    /// By when an appeal is to be decided that is not decided yet.
    pub appeal_due: Option<Timestamp>,
}

/// How it is with a lock at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Holds,
    /// An appeal waits for longer than it should: in doubt for the person.
    Suspended,
    Ended,
}

impl Course {
    pub fn standing(&self, now: Timestamp) -> Standing {
        if now >= self.until {
            Standing::Ended
        } else if self.appeal_due.is_some_and(|due| now > due) {
            Standing::Suspended
        } else {
            Standing::Holds
        }
    }

    /// Until when it lasts by this ruling. `None`: it cannot be ruled so, for want of a shorter term.
    pub fn ruled(
        &self,
        ruling: Ruling,
        shorter: Option<Term>,
        now: Timestamp,
    ) -> Option<Timestamp> {
        match ruling {
            Ruling::Upheld => Some(self.until),
            Ruling::Lifted => Some(self.until.min(now)),
            Ruling::Shortened => {
                let term = shorter.filter(|term| *term < self.term)?;
                Some(term.after(self.from).min(self.until))
            }
        }
    }
}

/// Whether this person may rule on an appeal: four eyes, and both known.
pub fn may_rule(locked_by: Option<&AccountId>, ruler: Option<&AccountId>) -> bool {
    match (locked_by, ruler) {
        (Some(one), Some(other)) => one != other,
        (None, _) | (_, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    fn course(term: Term, appeal_due: Option<i64>) -> Course {
        Course { term, from: at(0), until: term.after(at(0)), appeal_due: appeal_due.map(at) }
    }

    #[test]
    fn every_reason_has_one_ceiling_and_none_falls() {
        let reasons: BTreeSet<_> = CEILINGS.iter().map(|row| row.reason).collect();
        assert_eq!((reasons.len(), CEILINGS.len()), (LockReason::ALL.len(), LockReason::ALL.len()));
        for row in CEILINGS {
            assert!(row.longest.is_sorted(), "{}: who does it again is not let off", row.reason);
        }
    }

    #[test]
    fn the_longest_lock_depends_on_the_reason_and_on_those_before() {
        let known = [
            (LockReason::Insult, 0, Term::Day),
            (LockReason::Insult, 1, Term::Week),
            (LockReason::Insult, 2, Term::Month),
            (LockReason::Insult, 99, Term::Month),
            (LockReason::Flood, 0, Term::Day),
            (LockReason::Personal, 0, Term::Week),
            (LockReason::Threat, 0, Term::Month),
        ];
        for (reason, before, expected) in known {
            assert_eq!(longest(reason, before), expected, "{reason} after {before}");
        }
    }

    #[test]
    fn a_lock_ends_by_itself_and_rests_while_an_appeal_waits_too_long() {
        let known = [
            (Term::Day, None, 23, Standing::Holds),
            (Term::Day, None, 24, Standing::Ended),
            (Term::Week, None, 167, Standing::Holds),
            (Term::Month, None, 720, Standing::Ended),
            (Term::Week, Some(30), 30, Standing::Holds),
            (Term::Week, Some(30), 31, Standing::Suspended),
            (Term::Week, Some(30), 168, Standing::Ended),
        ];
        for (term, due, now, expected) in known {
            assert_eq!(course(term, due).standing(at(now)), expected, "{term} {due:?} at {now} h");
        }
    }

    #[test]
    fn a_ruling_never_makes_a_lock_longer() {
        let known = [
            (Term::Week, Ruling::Upheld, None, 30, Some(168)),
            (Term::Week, Ruling::Lifted, None, 30, Some(30)),
            (Term::Week, Ruling::Shortened, Some(Term::Day), 10, Some(24)),
            // Served already.
            (Term::Week, Ruling::Shortened, Some(Term::Day), 30, Some(24)),
            (Term::Month, Ruling::Shortened, Some(Term::Week), 30, Some(168)),
            (Term::Week, Ruling::Shortened, Some(Term::Week), 30, None),
            (Term::Week, Ruling::Shortened, Some(Term::Month), 30, None),
            (Term::Week, Ruling::Shortened, None, 30, None),
            (Term::Day, Ruling::Shortened, Some(Term::Day), 3, None),
            // What is over stays over when it was.
            (Term::Day, Ruling::Lifted, None, 30, Some(24)),
        ];
        for (term, ruling, shorter, now, expected) in known {
            let until = course(term, None).ruled(ruling, shorter, at(now));
            assert_eq!(until, expected.map(at), "{term} {ruling} {shorter:?} at {now} h");
        }
        assert_eq!(Term::Day.shorter().count(), 0);
        assert_eq!(Term::Month.shorter().collect::<Vec<_>>(), [Term::Day, Term::Week]);
    }

    #[test]
    fn whoever_locked_does_not_decide_about_it() {
        let (ola, ria) = (AccountId::parse("ola").unwrap(), AccountId::parse("ria").unwrap());
        assert!(may_rule(Some(&ola), Some(&ria)));
        assert!(!may_rule(Some(&ola), Some(&ola)));
        assert!(!may_rule(Some(&ola), None) && !may_rule(None, Some(&ria)));
    }
}
