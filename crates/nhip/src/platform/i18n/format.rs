//! Numbers, dates and spans of time as people say them. Exact forms (for `datetime` attributes) too.
//!
//! Not here: working time. What is left in working days is counted by `domain` and only spoken here.

use super::{Arg, Lang};
use domain::time::Budget;
use fluent_bundle::FluentValue;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::borrow::Cow;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Lang {
    /// `12.345` or `12,345`.
    pub fn number(self, number: impl Arg) -> String {
        self.number_in_sentence(&number.value()).unwrap_or_default()
    }

    pub(super) fn number_in_sentence(self, number: &FluentValue<'_>) -> Option<String> {
        in_sentence(number, self.0.spoken.group, self.0.spoken.decimal)
    }

    /// With that many decimals: `4,5` or `4.5`.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        let text = format!("{number:.decimals$}");
        match self.0.spoken.decimal {
            '.' => text,
            decimal => text.replace('.', decimal.encode_utf8(&mut [0; 4])),
        }
    }

    /// A share between 0 and 1 as whole per cent: `92%`.
    pub fn percent(self, share: f64) -> String {
        format!("{:.0}%", share * 100.0)
    }

    /// A distance in metres: `350 m`, `1,2 km`.
    pub fn distance(self, metres: f64) -> String {
        if metres < 995.0 {
            format!("{:.0} m", (metres / 10.0).round() * 10.0)
        } else {
            format!("{} km", self.decimal(metres / 1000.0, usize::from(metres < 9_950.0)))
        }
    }

    /// `27/11/2026`, `27 Nov 2026`.
    pub fn date(self, at: Timestamp, zone: &TimeZone) -> Cow<'static, str> {
        self.civil_date(zone.to_datetime(at).date())
    }

    pub fn civil_date(self, date: Date) -> Cow<'static, str> {
        self.with("time-date", &self.date_parts(date))
    }

    /// `thứ Sáu 27/11, 17:00`, `Fri 27 Nov, 17:00`.
    pub fn moment(self, at: Timestamp, zone: &TimeZone) -> Cow<'static, str> {
        self.speak("time-moment", at, zone)
    }

    /// The same with the year, for `title` and for what is long past.
    pub fn exact(self, at: Timestamp, zone: &TimeZone) -> Cow<'static, str> {
        self.speak("time-exact", at, zone)
    }

    /// An hour of this day: `11:30 hôm nay`.
    pub fn today(self, at: Timestamp, zone: &TimeZone) -> Cow<'static, str> {
        self.speak("time-today", at, zone)
    }

    /// [`Self::moment`] within the same year, else [`Self::exact`].
    pub fn when(self, now: Timestamp, at: Timestamp, zone: &TimeZone) -> Cow<'static, str> {
        let year = |instant: Timestamp| zone.to_datetime(instant).year();
        if year(now) == year(at) { self.moment(at, zone) } else { self.exact(at, zone) }
    }

    /// `vừa xong`, `5 phút trước`, `3 ngày trước`.
    pub fn ago(self, now: Timestamp, at: Timestamp) -> Cow<'static, str> {
        let seconds = now.as_second().saturating_sub(at.as_second());
        if seconds < MINUTE {
            return self.s("time-just-now");
        }
        self.s1("time-ago", "span", self.span(seconds))
    }

    /// What is left until `due` on the wall clock: `còn 5 giờ`, or how late it is: `trễ hạn 3 ngày`.
    pub fn left(self, now: Timestamp, due: Timestamp) -> Cow<'static, str> {
        let seconds = due.as_second().saturating_sub(now.as_second());
        let key = if seconds >= 0 { "time-left" } else { "time-late" };
        self.s1(key, "span", self.span(seconds.abs()))
    }

    /// What is left in working days, counted by the calendar: `còn 2 ngày làm việc`; 0 is `đến hạn hôm nay`.
    pub fn left_working_days(self, days: i64) -> Cow<'static, str> {
        match days {
            0 => self.s("time-due-today"),
            1.. => self.s1("time-left", "span", self.s1("span-working-days", "n", days)),
            _ => self.s1("time-late", "span", self.s1("span-working-days", "n", days.abs())),
        }
    }

    /// What is left in working time, in hours or minutes: `còn 2 giờ làm việc`.
    pub fn left_working(self, seconds: i64) -> Cow<'static, str> {
        let (key, unit) = if seconds >= HOUR {
            ("span-working-hours", HOUR)
        } else {
            ("span-working-minutes", MINUTE)
        };
        self.s1("time-left", "span", self.s1(key, "n", (seconds / unit).max(1)))
    }

    /// A span in its largest unit, rounded down: `5 phút`, `3 giờ`, `2 ngày`, `4 tháng`.
    pub fn span(self, seconds: i64) -> Cow<'static, str> {
        match seconds {
            ..HOUR => self.s1("span-minutes", "n", (seconds / MINUTE).max(1)),
            HOUR..DAY => self.s1("span-hours", "n", seconds / HOUR),
            _ if seconds < 45 * DAY => self.s1("span-days", "n", seconds / DAY),
            _ if seconds < 365 * DAY => self.s1("span-months", "n", seconds / (30 * DAY)),
            _ => self.s1("span-years", "n", seconds / (365 * DAY)),
        }
    }

    /// A budget as people say it: `7 ngày làm việc`.
    pub fn budget(self, budget: Budget) -> Cow<'static, str> {
        let key = match budget {
            Budget::WorkingDays(_) => "span-working-days",
            Budget::WorkingHours(_) => "span-working-hours",
            Budget::Minutes(_) => "span-minutes",
            Budget::Hours(_) => "span-hours",
            Budget::Days(_) => "span-days",
        };
        self.s1(key, "n", budget.amount())
    }

    fn speak(self, key: &str, at: Timestamp, zone: &TimeZone) -> Cow<'static, str> {
        let local = zone.to_datetime(at);
        let [weekday, day, daynumber, monthnumber, month, year] = self.date_parts(local.date());
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        let time = ("time", FluentValue::from(time));
        self.with(key, &[weekday, day, daynumber, monthnumber, month, year, time])
    }

    /// Day, month and year as text, so that they are neither grouped nor lose a leading zero.
    fn date_parts(self, date: Date) -> [(&'static str, FluentValue<'static>); 6] {
        let weekday = self.of("weekday-", date.weekday().to_monday_one_offset());
        let month = self.of("month-", date.month());
        [
            ("weekday", FluentValue::from(weekday)),
            ("day", FluentValue::from(two_digits(date.day()).trim_start_matches('0'))),
            ("daynumber", FluentValue::from(two_digits(date.day()))),
            ("monthnumber", FluentValue::from(two_digits(date.month()))),
            ("month", FluentValue::from(month)),
            ("year", FluentValue::from(date.year().to_string())),
        ]
    }
}

/// RFC 3339 in UTC, whole seconds, for `<time datetime>`.
pub fn iso(at: Timestamp) -> String {
    let utc = TimeZone::UTC.to_datetime(at);
    let (date, time) = (utc.date(), utc.time());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// Days and months with their leading zero. Dates are most of what a list says: they cost no allocation.
fn two_digits(number: i8) -> &'static str {
    const NUMBERS: [&str; 32] = [
        "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14",
        "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29",
        "30", "31",
    ];
    usize::try_from(number).ok().and_then(|n| NUMBERS.get(n)).copied().unwrap_or_default()
}

/// Fluent asks for numbers inside sentences; text stays as it is.
pub(super) fn grouped_by_dot<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    in_sentence(value, '.', ',')
}

pub(super) fn grouped_by_comma<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    in_sentence(value, ',', '.')
}

pub(super) fn grouped_by_space<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    in_sentence(value, '\u{202f}', ',')
}

fn in_sentence(value: &FluentValue<'_>, group: char, decimal: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if number.value.fract() == 0.0 {
        Some(grouped(number.value as i64, group))
    } else {
        Some(number.value.to_string().replace('.', &decimal.to_string()))
    }
}

fn grouped(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::I18n;
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_said_in_the_city_s_own_zone() {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let (vi, en) = (I18n::load().lang("vi"), I18n::load().lang("en"));
        let due = at("2026-11-27T10:00:00Z");
        assert_eq!(vi.moment(due, &zone), "thứ Sáu 27/11, 17:00");
        assert_eq!(en.moment(due, &zone), "Fri 27 Nov, 17:00");
        assert_eq!(vi.exact(due, &zone), "thứ Sáu 27/11/2026, 17:00");
        assert_eq!(vi.date(at("2026-01-04T20:00:00Z"), &zone), "05/01/2026");
        assert_eq!(en.date(at("2026-01-04T20:00:00Z"), &zone), "5 Jan 2026");
        assert_eq!(vi.when(at("2027-01-02T00:00:00Z"), due, &zone), "thứ Sáu 27/11/2026, 17:00");
        assert_eq!(iso(due), "2026-11-27T10:00:00Z");
    }

    #[test]
    fn spans_are_said_in_their_largest_unit() {
        let (vi, en) = (I18n::load().lang("vi"), I18n::load().lang("en"));
        let now = at("2026-11-27T10:00:00Z");
        assert_eq!(vi.ago(now, at("2026-11-27T09:59:30Z")), "vừa xong");
        assert_eq!(vi.ago(now, at("2026-11-27T07:00:00Z")), "3 giờ trước");
        assert_eq!(en.ago(now, at("2026-11-26T09:00:00Z")), "1 day ago");
        assert_eq!(vi.left(now, at("2026-11-30T10:00:00Z")), "còn 3 ngày");
        assert_eq!(en.left(now, at("2026-11-27T08:00:00Z")), "2 hours late");
        assert_eq!(vi.left_working_days(2), "còn 2 ngày làm việc");
        assert_eq!(vi.left_working_days(0), "đến hạn hôm nay");
        assert_eq!(en.left_working_days(-1), "1 working day late");
    }

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let (vi, en) = (I18n::load().lang("vi"), I18n::load().lang("en"));
        assert_eq!(vi.number(12_345), "12.345");
        assert_eq!(en.number(-1_000_000), "−1,000,000");
        assert_eq!(vi.number(7), "7");
        assert_eq!(vi.decimal(4.25, 1), "4,2");
        assert_eq!(en.percent(0.917), "92%");
        assert_eq!(vi.distance(348.0), "350 m");
        assert_eq!(vi.distance(1240.0), "1,2 km");
        assert_eq!(vi.distance(996.0), "1,0 km");
    }
}
