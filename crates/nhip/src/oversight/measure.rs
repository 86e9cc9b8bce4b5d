//! What is counted: one table of measures and the one place that says which of them a report falls under. The numbers of
//! a scorecard and the lists behind them both ask [`Marks`], so they cannot disagree.

use super::again::WITHIN_MS;
use super::facts::{Fact, Over, Row, Settled};
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, Rating, State};
use domain::word;
use jiff::civil::Date;

word! {
    /// A set of reports, or of their rounds. Those from `Received` to `BrokenPromise` lie in the period asked about, the
    /// rest are as things stand now.
    Measure {
        Received = "received",
        /// Received from staff of the agency in charge: counted here, and in what is open, and nowhere else.
        OwnStaff = "own_staff",
        /// Received: how long they take until they are settled.
        Resolution = "resolution",
        /// Accepted: how long they wait for the first word of a person.
        Response = "response",
        /// Of these, those without any.
        Unanswered = "unanswered",
        Closed = "closed",
        /// Deadlines that fell in the period.
        Deadlines = "deadlines",
        Kept = "kept",
        Missed = "missed",
        /// Closed, and within 30 days reopened or reported again near by.
        Returned = "returned",
        /// Closed with an answer, so that the reporter could judge it.
        Askable = "askable",
        Rated = "rated",
        Satisfied = "satisfied",
        Acceptable = "acceptable",
        NotSatisfied = "not_satisfied",
        Fixed = "fixed",
        Planned = "planned",
        Forwarded = "forwarded",
        NotFound = "not_found",
        NoAuthority = "no_authority",
        NoBudget = "no_budget",
        Refused = "refused",
        Duplicate = "duplicate",
        Withdrawn = "withdrawn",
        /// Promised for a date that fell in the period.
        Promised = "promised",
        KeptPromise = "kept_promise",
        BrokenPromise = "broken_promise",
        Open = "open",
        Late = "late",
        /// Open, with a deadline in the next seven days.
        DueSoon = "due_soon",
        OpenWeek = "open_week",
        OpenMonth = "open_month",
        OpenQuarter = "open_quarter",
        OpenLonger = "open_longer",
    }
}

/// How many measures there are.
pub const MEASURES: usize = Measure::ALL.len();

impl Measure {
    pub fn of_outcome(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fixed => Self::Fixed,
            Outcome::Planned => Self::Planned,
            Outcome::Forwarded => Self::Forwarded,
            Outcome::NotFound => Self::NotFound,
            Outcome::NoAuthority => Self::NoAuthority,
            Outcome::NoBudget => Self::NoBudget,
            Outcome::Refused => Self::Refused,
            Outcome::Duplicate => Self::Duplicate,
            Outcome::Withdrawn => Self::Withdrawn,
        }
    }

    fn of_rating(rating: Rating) -> Self {
        match rating {
            Rating::Satisfied => Self::Satisfied,
            Rating::Acceptable => Self::Acceptable,
            Rating::NotSatisfied => Self::NotSatisfied,
        }
    }
}

const DAY_MS: i64 = 24 * 3_600_000;

/// The period asked about, and the moment from which it is looked at. Milliseconds UTC; `to` is the first after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: i64,
    pub to: i64,
    /// The same as local days, both in it.
    pub first: Date,
    pub last: Date,
    pub now: i64,
    pub today: Date,
}

impl Window {
    pub fn has(&self, at: i64) -> bool {
        (self.from..self.to).contains(&at)
    }

    fn has_day(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day) && day <= self.today
    }
}

/// A round with what came after it.
struct Told<'f> {
    round: &'f Fact,
    left: Option<&'f Over>,
}

/// What one report counts for: each measure, with the round it counts by.
pub struct Marks<'m, F: FnMut(Measure, &Fact)> {
    pub window: &'m Window,
    pub mark: F,
}

impl<F: FnMut(Measure, &Fact)> Marks<'_, F> {
    pub fn of(&mut self, row: &Row, past: &[Over], settled: &[Settled]) {
        self.arrival(row);
        let masked: Vec<Over>;
        let past = if !row.steps {
            &[]
        } else if row.echoes || past.is_empty() {
            past
        } else {
            masked = past.iter().map(|over| over.masked(row)).collect();
            &masked
        };
        let rounds = past.iter().map(|over| &over.round).chain([&row.round]);
        for (n, round) in rounds.enumerate() {
            let told = Told { round, left: past.get(n) };
            if !row.own_staff {
                self.deadline(&told);
                self.closing(row, &told);
                self.promise(round);
            }
        }
        if row.echoes && !row.own_staff {
            self.settled(row, settled);
        }
        if row.state != State::Closed {
            self.waiting(row);
        }
    }

    fn arrival(&mut self, row: &Row) {
        let round = &row.round;
        if self.window.has(row.received) {
            (self.mark)(Measure::Received, round);
            let own = if row.own_staff { Measure::OwnStaff } else { Measure::Resolution };
            (self.mark)(own, round);
        }
        // Accepted in the moment of its arrival: brought over from elsewhere, where nobody noted when.
        let brought_over = row.accepted == Some(row.received);
        if self.window.has(row.received) && row.steps && !brought_over && !row.own_staff {
            (self.mark)(Measure::Response, round);
            if row.responded.is_none() {
                (self.mark)(Measure::Unanswered, round);
            }
        }
    }

    fn deadline(&mut self, told: &Told<'_>) {
        let Some(due) = told.round.due.filter(|due| self.window.has(*due)) else { return };
        if due >= self.window.now {
            return;
        }
        (self.mark)(Measure::Deadlines, told.round);
        let kept = told.round.closed.is_some_and(|closed| closed <= due);
        (self.mark)(if kept { Measure::Kept } else { Measure::Missed }, told.round);
    }

    fn closing(&mut self, row: &Row, told: &Told<'_>) {
        let round = told.round;
        let Some(closed) = round.closed.filter(|at| self.window.has(*at)) else { return };
        (self.mark)(Measure::Closed, round);
        let reopened = told.left.is_some_and(|left| {
            left.left_by != Verb::PromiseDue && left.left <= closed + WITHIN_MS
        });
        if reopened || round.again {
            (self.mark)(Measure::Returned, round);
        }
        let Some(outcome) = round.outcome else { return };
        (self.mark)(Measure::of_outcome(outcome), round);
        if outcome.is_answer() && row.echoes {
            (self.mark)(Measure::Askable, round);
            if let Some(rating) = round.rating {
                (self.mark)(Measure::Rated, round);
                (self.mark)(Measure::of_rating(rating), round);
            }
        }
    }

    /// Promised for a day of the period, as far as the day has come.
    fn promise(&mut self, round: &Fact) {
        let fell = round.planned.is_some_and(|day| self.window.has_day(day));
        if fell && round.outcome == Some(Outcome::Planned) && round.closed.is_some() {
            (self.mark)(Measure::Promised, round);
        }
    }

    /// What became of promises, as the register has it.
    fn settled(&mut self, row: &Row, settled: &[Settled]) {
        for promise in settled.iter().filter(|promise| self.window.has_day(promise.day)) {
            let verdict = if promise.kept { Measure::KeptPromise } else { Measure::BrokenPromise };
            (self.mark)(verdict, &Fact { agency: promise.agency, ..row.round });
        }
    }

    fn waiting(&mut self, row: &Row) {
        let round = &row.round;
        (self.mark)(Measure::Open, round);
        if round.due.is_some_and(|due| due < self.window.now) {
            (self.mark)(Measure::Late, round);
        }
        let soon = self.window.now..=self.window.now + 7 * DAY_MS;
        if round.due.is_some_and(|due| soon.contains(&due)) {
            (self.mark)(Measure::DueSoon, round);
        }
        let age = match (self.window.now - row.received) / DAY_MS {
            ..7 => Measure::OpenWeek,
            7..30 => Measure::OpenMonth,
            30..90 => Measure::OpenQuarter,
            90.. => Measure::OpenLonger,
        };
        (self.mark)(age, round);
    }
}
