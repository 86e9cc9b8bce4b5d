//! The line under every report: who has it, what they owe now and by when, and by when the whole case is promised. Two
//! deadlines, told apart: a step may be owed in hours while the promise to the citizen has days. The step is the one the
//! clocks of the case say ([`crate::case::clock::follow`]); a case without clocks has its promise only. Once it is closed, the
//! line says how long it took and whether that was in time.

use super::view::ReportView;
use crate::platform::http::view::{ClockLine, Promised, Tone, When};
use crate::service_request::presenter::Telling;
use domain::case::OwedStep;
use domain::disclosure::Audience;
use domain::ids::AgencyId;
use domain::procedure::{Step, StepRole};
use domain::service_request::{Outcome, State};
use domain::time::{Budget, used_fraction};
use jiff::{SignedDuration, Timestamp};

/// Share of the time from which a deadline is near.
const SOON: f64 = 0.8;
/// Beyond this a lateness is told in plain days: counting working days over years helps nobody.
const LONG_LATE: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Telling<'_> {
    /// Who has it, what they owe, by when. Nothing where that is not for this reader.
    pub fn clock(&self, view: &ReportView) -> Option<ClockLine> {
        let agency = view.agency.as_ref()?;
        if view.state == State::Closed {
            return Some(self.settled(view, self.agency(agency)));
        }
        let step = self.step(view);
        let line = ClockLine {
            who: self.holder(view, agency, step),
            owes: self.owed(view, step),
            ..ClockLine::default()
        };
        if view.paused_for.is_some() || view.state == State::WaitingReporter {
            let until = view.question_until.map(|until| self.by(until));
            return Some(self.standing(line, until, "clock-paused"));
        }
        let promise = view.due_at.map(|due| self.promised(view, due));
        let owed = view.step.as_ref().and_then(|owed| Some((owed, owed.due?)));
        Some(match (owed, view.due_at) {
            (Some((owed, due)), _) => {
                let late = view.is_late(self.now);
                let (used, tone) = if late { (100, Tone::Late) } else { self.used(owed.from, due) };
                let (by, left) = (Some(self.by(due)), self.left_of(owed.budget, due));
                ClockLine { by, left, promise, used, tone, ..line }
            }
            (None, Some(due)) => {
                let (used, tone) = self.used(view.clock_from.unwrap_or(view.received_at), due);
                ClockLine { promise, used, tone, ..line }
            }
            // What another system gave no deadline has none here either.
            (None, None) => self.standing(line, None, "clock-no-deadline"),
        })
    }

    /// The line of a case whose time stands still, or that has none.
    fn standing(&self, line: ClockLine, by: Option<When>, key: &str) -> ClockLine {
        ClockLine { by, left: self.t.s(key).into_owned(), tone: Tone::Paused, ..line }
    }

    /// The step that is owed now, as its procedure describes it.
    fn step(&self, view: &ReportView) -> Option<&Step> {
        let OwedStep { id, .. } = view.step.as_ref()?;
        self.procedure(view)?.step(id)
    }

    /// Whoever owes the step; without one, whoever has the case in this state.
    fn holder(&self, view: &ReportView, agency: &AgencyId, step: Option<&Step>) -> String {
        let of_state = || match view.state {
            State::Received | State::InReview => StepRole::Operator,
            State::WaitingReporter | State::Assigned | State::InProgress | State::Closed => {
                StepRole::Officer
            }
        };
        if view.state == State::WaitingReporter {
            return self.reporter(view);
        }
        match step.map_or_else(of_state, |step| step.role) {
            StepRole::Operator | StepRole::Reviewer => self.agency(&self.pack.centre),
            StepRole::Leader => self.agency(self.pack.above(agency)),
            StepRole::Officer | StepRole::Head | StepRole::Inspector => {
                let person = view.assignee.as_ref().and_then(|id| self.names.get(id));
                match person {
                    Some(person) => format!("{} – {person}", self.agency(agency)),
                    None => self.agency(agency),
                }
            }
        }
    }

    fn reporter(&self, view: &ReportView) -> String {
        let yours = view.audience == Audience::Reporter;
        self.t.s(if yours { "my-you" } else { "clock-reporter" }).into_owned()
    }

    /// What whoever has it owes: what the centre does in a word, of others the product of the step.
    fn owed(&self, view: &ReportView, step: Option<&Step>) -> String {
        let key = match view.state {
            State::Received => "clock-owes-check",
            State::WaitingReporter => "clock-owes-reply",
            State::InReview => "clock-owes-review",
            State::Assigned | State::InProgress | State::Closed => "clock-owes-answer",
        };
        let product = step.filter(|_| matches!(view.state, State::Assigned | State::InProgress));
        match product {
            Some(step) => step.product.text(self.t.code()).to_owned(),
            None => self.t.s(key).into_owned(),
        }
    }

    /// `hạn 11:30 hôm nay`.
    fn by(&self, due: Timestamp) -> When {
        let zone = self.pack.calendar.zone();
        let today = self.pack.local_date(due) == self.pack.local_date(self.now);
        let said = if today { self.t.today(due, zone) } else { self.t.when(self.now, due, zone) };
        When { said: self.t.s1("clock-by", "when", said).into_owned(), ..self.moment(due) }
    }

    fn promised(&self, view: &ReportView, due: Timestamp) -> Promised {
        let when = self.moment(due);
        let said = self.t.s1("clock-result-by", "when", when.said.as_str()).into_owned();
        let late = self.now > due;
        let left = self.left(view, due);
        Promised { by: When { said, ..when }, left, late }
    }

    fn promise(&self, view: &ReportView) -> Budget {
        self.procedure(view).map_or(Budget::WorkingDays(0), |procedure| procedure.promise)
    }

    /// What is left of the promise, or how late it is.
    fn left(&self, view: &ReportView, due: Timestamp) -> String {
        if self.now > due { self.late(view, due) } else { self.left_of(self.promise(view), due) }
    }

    /// How late the whole case is, and whether the agency has said by when it will be done.
    fn late(&self, view: &ReportView, due: Timestamp) -> String {
        let late = self.late_by(self.promise(view), due, self.now);
        match view.committed_for {
            Some(date) => {
                self.t.s2("late-committed", "span", late, "date", self.t.civil_date(date))
            }
            None if view.owes_a_word(self.now) => self.t.s1("late-no-word", "span", late),
            None => self.t.s1("time-late", "span", late),
        }
        .into_owned()
    }

    /// What is left until `due`, in the unit of its budget: hours of a four-hour job, working days of a promise.
    fn left_of(&self, budget: Budget, due: Timestamp) -> String {
        if self.now > due {
            return self
                .t
                .s1("time-late", "span", self.late_by(budget, due, self.now))
                .into_owned();
        }
        let calendar = &self.pack.calendar;
        match budget {
            Budget::Minutes(_) | Budget::Hours(_) | Budget::Days(_) => self.t.left(self.now, due),
            Budget::WorkingDays(_) => {
                self.t.left_working_days(calendar.working_days_between(self.now, due))
            }
            Budget::WorkingHours(_) => {
                self.t.left_working(calendar.working_between(self.now, due).as_secs())
            }
        }
        .into_owned()
    }

    /// How late it is or was: in working days where it is in working time and at least one has passed.
    fn late_by(&self, budget: Budget, due: Timestamp, until: Timestamp) -> String {
        let passed = until.duration_since(due);
        let counts = !budget.is_wall_clock() && passed <= LONG_LATE;
        match counts.then(|| self.pack.calendar.working_days_between(due, until)) {
            None | Some(..=0) => self.t.span(passed.as_secs()).into_owned(),
            Some(days) => self.t.s1("span-working-days", "n", days).into_owned(),
        }
    }

    fn used(&self, from: Timestamp, due: Timestamp) -> (u8, Tone) {
        if self.now > due {
            return (100, Tone::Late);
        }
        let share = used_fraction(&self.pack.calendar, from, due, self.now).clamp(0.0, 1.0);
        ((share * 100.0) as u8, if share >= SOON { Tone::Soon } else { Tone::Running })
    }

    /// A closed report: who had the last word on it, how long it took, and whether in time. A promise is still owed.
    fn settled(&self, view: &ReportView, agency: String) -> ClockLine {
        let who = match view.outcome {
            Some(Outcome::Refused | Outcome::Duplicate) => self.agency(&self.pack.centre),
            Some(Outcome::Withdrawn) => self.reporter(view),
            Some(
                Outcome::Fixed
                | Outcome::Planned
                | Outcome::Forwarded
                | Outcome::NotFound
                | Outcome::NoAuthority
                | Outcome::NoBudget,
            )
            | None => agency,
        };
        if let Some(date) = view.planned_for {
            let days = self.pack.local_date(self.now).until(date).map_or(0, |left| left.get_days());
            let left = self.t.s1("span-days", "n", days.max(0));
            return ClockLine {
                who,
                owes: self.t.s1("clock-planned", "date", self.t.civil_date(date)).into_owned(),
                left: self.t.s1("time-left", "span", left).into_owned(),
                tone: Tone::Planned,
                ..ClockLine::default()
            };
        }
        let closed = view.closed_at.unwrap_or(view.updated_at);
        let fixed = view.outcome == Some(Outcome::Fixed);
        // Who withdraws their own report is never late.
        let late = view.is_late(self.now) && view.outcome != Some(Outcome::Withdrawn);
        ClockLine {
            who,
            by: Some(self.moment(closed)),
            left: self.took(view, closed, fixed),
            used: 100,
            tone: match (late, fixed) {
                (true, _) => Tone::Late,
                (false, true) => Tone::Done,
                (false, false) => Tone::Closed,
            },
            ..ClockLine::default()
        }
    }

    /// `xong sau 3 ngày, trễ hạn 2 giờ`: who withdraws their own report is never late.
    fn took(&self, view: &ReportView, closed: Timestamp, fixed: bool) -> String {
        let key = if fixed { "clock-took" } else { "clock-closed-after" };
        let took = self.t.span(closed.duration_since(view.received_at).as_secs());
        let took = self.t.s1(key, "span", took);
        let due = view.due_at.filter(|_| view.outcome != Some(Outcome::Withdrawn));
        match due {
            Some(due) if closed > due => {
                let late = self.late_by(self.promise(view), due, closed);
                self.t.s2("clock-took-late", "took", took, "span", late)
            }
            Some(_) => self.t.s1("clock-took-in-time", "took", took),
            None => took,
        }
        .into_owned()
    }
}
