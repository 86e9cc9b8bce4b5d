//! By which column the table of agencies is sorted. Those with too little to say stand last whatever is asked for, and
//! shares of few cases after those of many: ten of eleven is no better than ninety of a hundred.

use super::measure::Measure;
use super::period::Asked;
use super::scorecard::{Scorecard, Share};
use crate::platform::i18n::Lang;
use domain::statistics::{Weight, weight};
use domain::word;
use std::cmp::Ordering;

word! {
    Column {
        OnTime = "on-time",
        Deadlines = "deadlines",
        Against = "against",
        Resolution = "resolution",
        Returned = "returned",
        Satisfied = "satisfied",
        Received = "received",
        Open = "open",
        Late = "late",
    }
}

/// What the address asks for; the largest first, or the smallest.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    pub by: Column,
    pub up: bool,
}

/// The head of a column.
pub struct Head {
    pub label: String,
    /// Empty: it cannot be sorted by.
    pub href: String,
    /// For `aria-sort`; empty: it is not the one that is sorted by.
    pub sorted: &'static str,
}

impl Order {
    /// Reads a query string.
    pub fn parse(query: &str) -> Self {
        let value = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(other, _)| other == name).map(|(_, value)| value.into_owned())
        };
        let by = value("sort").and_then(|word| Column::parse(&word));
        Self {
            by: by.filter(|by| *by != Column::Against).unwrap_or(Column::OnTime),
            up: value("up").is_some(),
        }
    }

    pub fn compare(self, a: &Scorecard, b: &Scorecard) -> Ordering {
        match (self.worth(a), self.worth(b)) {
            (Some(a), Some(b)) => {
                let (x, y) = if self.up { (a.1, b.1) } else { (b.1, a.1) };
                a.0.cmp(&b.0).then_with(|| x.total_cmp(&y))
            }
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }

    /// Whether it rests on few cases, and the number.
    fn worth(self, card: &Scorecard) -> Option<(bool, f64)> {
        let share =
            |share: Share| share.shown().map(|shown| (weight(share.n) == Weight::Light, shown));
        let count = |of: Measure| Some((false, card.n(of) as f64));
        match self.by {
            Column::OnTime | Column::Against => share(card.on_time()),
            Column::Returned => share(card.returned()),
            Column::Satisfied => share(card.satisfied()),
            Column::Resolution => {
                let times = card.resolution;
                let median = times.median.filter(|_| times.shown())?;
                Some((weight(times.n) == Weight::Light, median as f64))
            }
            Column::Deadlines => count(Measure::Deadlines),
            Column::Received => count(Measure::Received),
            Column::Open => count(Measure::Open),
            Column::Late => count(Measure::Late),
        }
    }

    /// The heads of all columns; the one that is sorted by leads to the other direction.
    pub fn heads(self, t: Lang, asked: &Asked) -> Vec<Head> {
        let head = |column: &Column| {
            let key = match column {
                Column::OnTime => "front-on-time",
                Column::Deadlines => "stats-deadlines",
                Column::Against => "league-against",
                Column::Resolution => "stats-resolution",
                Column::Returned => "stats-returned",
                Column::Satisfied => "stats-satisfied",
                Column::Received => "front-received",
                Column::Open => "stats-open-now",
                Column::Late => "agencies-late",
            };
            let here = *column == self.by;
            let up = if here && !self.up { "1" } else { "" };
            let sort = [("sort", column.as_str()), ("up", up)];
            Head {
                label: t.s(key).into_owned(),
                href: if *column == Column::Against {
                    String::new()
                } else {
                    asked.link("/agencies", "agency", &sort)
                },
                sorted: match (here, self.up) {
                    (false, _) => "",
                    (true, false) => "descending",
                    (true, true) => "ascending",
                },
            }
        };
        Column::ALL.iter().map(head).collect()
    }
}
