//! Days added to the calendar of a pack while the city runs: a day off that was decided last week, a working day that
//! makes up for it. They lie over the days of the pack, and the newest decision holds; each says on what it rests.
//!
//! The rule: a day may be added if it changes what that day is, or gives what the pack calls provisional its decision. So
//! a day off that the pack knows for certain cannot be added again, and a make-up day may be turned into a day off.

use super::{CalendarDay, Pack};
use crate::localized::Localized;
use crate::refusal::Refusal;
use crate::time::{DayKind, WorkingCalendar};
use crate::word;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

word! {
    AddedKind {
        Off = "off",
        /// A make-up working day.
        Work = "work",
        /// What was added is taken back: the day is again as the pack has it.
        Pack = "pack",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedDay {
    pub date: Date,
    pub kind: AddedKind,
    /// For [`AddedKind::Work`]: it has the hours of this weekday.
    pub hours_of: Option<Weekday>,
    /// The decision it rests on, as people can look it up.
    pub basis: String,
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// `monday`, as packs, forms and command lines have it.
pub fn weekday(name: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(known, _)| *known == name).map(|(_, day)| *day)
}

pub fn weekday_name(day: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, known)| *known == day).map_or("monday", |(name, _)| name)
}

impl AddedDay {
    fn day_kind(&self, calendar: &WorkingCalendar) -> Option<DayKind> {
        let (name, basis) = (self.basis.clone(), self.basis.clone());
        match self.kind {
            AddedKind::Off => Some(DayKind::Off { name, basis }),
            AddedKind::Work => {
                let like = self.hours_of.unwrap_or_else(|| calendar.ordinary_weekday());
                Some(DayKind::Work { name, basis, like })
            }
            AddedKind::Pack => None,
        }
    }
}

/// The calendar with these days laid over it.
pub fn over(calendar: &WorkingCalendar, added: &[AddedDay]) -> WorkingCalendar {
    let days = added.iter().filter_map(|day| Some((day.date, day.day_kind(calendar)?)));
    calendar.with_days(days.collect::<BTreeMap<_, _>>())
}

impl Pack {
    /// The pack with these days laid over its calendar.
    #[must_use]
    pub fn with_added(&self, added: &[AddedDay]) -> Self {
        let mut pack = self.clone();
        pack.calendar = over(&self.calendar, added);
        for day in added {
            let Some(kind) = day.day_kind(&self.calendar) else { continue };
            pack.days.retain(|known| known.date != day.date);
            let name =
                self.languages.iter().map(|code| (code.clone(), day.basis.clone())).collect();
            pack.days.push(CalendarDay {
                date: day.date,
                kind,
                name: Localized(name),
                basis: "official".to_owned(),
                source: Some(day.basis.clone()),
                provisional: false,
            });
        }
        pack.days.sort_by_key(|day| day.date);
        pack
    }
}

/// May this day be added to `base`, over which these days lie already?
pub fn check(base: &Pack, added: &[AddedDay], day: &AddedDay, today: Date) -> Result<(), Refusal> {
    /// Further off, a year is a slip of the pen.
    const YEARS: i16 = 6;
    if day.basis.trim().is_empty() {
        return Err(Refusal::Missing { field: "basis" });
    }
    if (day.date.year() - today.year()).abs() > YEARS {
        return Err(Refusal::Invalid { field: "date" });
    }
    let works = match day.kind {
        AddedKind::Off => true,
        AddedKind::Work => false,
        AddedKind::Pack => return Ok(()),
    };
    let calendar = over(&base.calendar, added);
    let provisional = base.days.iter().any(|known| known.date == day.date && known.provisional);
    let decided = added.iter().any(|a| a.date == day.date && a.kind != AddedKind::Pack);
    if calendar.is_working_day(day.date) != works && (decided || !provisional) {
        return Err(Refusal::DayAsItIs { works: !works });
    }
    if over(&calendar, std::slice::from_ref(day)).is_working_day(day.date) == works {
        // Make-up hours of a weekday that has none.
        return Err(Refusal::Invalid { field: "hours_of" });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::pack_of;
    use super::*;
    use crate::time::{Budget, due};

    fn day(date: &str, kind: AddedKind) -> AddedDay {
        let basis = "Decision 12".to_owned();
        AddedDay { date: date.parse().unwrap(), kind, hours_of: None, basis }
    }

    #[test]
    fn a_day_is_added_only_where_it_changes_something() {
        use AddedKind::{Off, Work};
        let pack = pack_of("hue");
        let today = Date::constant(2026, 3, 10);
        let table = [
            ("2027-03-05", Off, Ok(())),                                   // a Friday
            ("2027-02-05", Off, Ok(())), // provisional in the pack
            ("2027-02-06", Off, Err(Refusal::DayAsItIs { works: false })), // a Saturday
            ("2026-04-30", Off, Err(Refusal::DayAsItIs { works: false })), // the pack has it
            ("2026-04-30", Work, Ok(())),
            ("2027-02-06", Work, Ok(())),
            ("2026-03-11", Work, Err(Refusal::DayAsItIs { works: true })),
            ("2046-03-11", Off, Err(Refusal::Invalid { field: "date" })),
        ];
        for (date, kind, expected) in table {
            assert_eq!(check(&pack, &[], &day(date, kind), today), expected, "{date} {kind}");
        }
        let decided = [day("2027-02-05", Off)];
        assert_eq!(
            check(&pack, &decided, &decided[0], today),
            Err(Refusal::DayAsItIs { works: false }),
            "decided is decided"
        );
        let nameless = AddedDay { basis: " ".to_owned(), ..day("2027-02-05", Off) };
        assert_eq!(check(&pack, &[], &nameless, today), Err(Refusal::Missing { field: "basis" }));
        let closed = AddedDay { hours_of: Some(Weekday::Sunday), ..day("2027-02-06", Work) };
        assert_eq!(check(&pack, &[], &closed, today), Err(Refusal::Invalid { field: "hours_of" }));
    }

    #[test]
    fn what_is_added_counts_and_what_is_taken_back_does_not() {
        let pack = pack_of("hue");
        let start = pack.calendar.zone().to_timestamp("2027-02-03T09:00".parse().unwrap()).unwrap();
        let due_on = |pack: &Pack| {
            let due = due(&pack.calendar, start, &Budget::WorkingDays(2), &[]).unwrap();
            pack.calendar.local_date(due).to_string()
        };
        let before = due_on(&pack);
        let off = pack.with_added(&[day(&before, AddedKind::Off)]);
        assert_ne!(due_on(&off), before);
        assert!(off.days.iter().any(|d| d.source.as_deref() == Some("Decision 12")));
        assert_ne!(off.calendar.fingerprint(), pack.calendar.fingerprint());
        let back = pack.with_added(&[day(&before, AddedKind::Pack)]);
        assert_eq!(due_on(&back), before);
        assert_eq!(back.calendar, pack.calendar);
    }
}
