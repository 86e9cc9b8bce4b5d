//! `nhip calendar …`: days off and make-up working days that were decided after the pack was written.

use super::Stop;
use super::place::PlaceOptions;
use crate::case::clock::calendar::{self, KeptDay};
use clap::{Args, Subcommand, ValueEnum};
use domain::pack::added::{AddedDay, AddedKind, weekday, weekday_name};
use domain::time::DayKind;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;
use std::io::Write;

#[derive(Debug, Args)]
#[command(
    after_help = "What is added lies over the calendar of the pack, and the newest decision holds. Running servers take it \
    within seconds,\nmove the deadlines of all open reports, and write the old ones into their history with the basis."
)]
pub struct CalendarCommand {
    #[command(flatten)]
    place: PlaceOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add a day off or a make-up working day.
    Add {
        #[arg(value_name = "YYYY-MM-DD")]
        date: Date,
        kind: Kind,
        /// The decision it rests on, as people can look it up; it is public.
        #[arg(long)]
        basis: String,
        /// For a make-up day: the weekday whose hours it has. The first on which the office opens if not given.
        #[arg(long, value_name = "WEEKDAY", value_parser = a_weekday)]
        hours_of: Option<Weekday>,
    },
    /// Take back what was added for a date: it is again as the pack has it.
    Remove {
        #[arg(value_name = "YYYY-MM-DD")]
        date: Date,
        /// Why; it is public.
        #[arg(long)]
        basis: String,
    },
    /// The special days of a year, the pack's and those that were added.
    List {
        /// This year if not given.
        #[arg(long)]
        year: Option<i16>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Off,
    MakeUp,
}

fn a_weekday(text: &str) -> Result<Weekday, String> {
    weekday(text).ok_or_else(|| "write monday, tuesday, …".to_owned())
}

pub fn run(command: CalendarCommand, out: &mut impl Write) -> Result<(), Stop> {
    let place = command.place.open()?;
    let ctx = place.ctx.clone();
    match command.action {
        Action::Add { date, kind, basis, hours_of } => {
            let kind = match kind {
                Kind::Off => AddedKind::Off,
                Kind::MakeUp => AddedKind::Work,
            };
            let day = AddedDay { date, kind, hours_of, basis };
            let line = told(&day);
            place.db.write_blocking(move |conn| calendar::add(conn, &ctx, &ctx.pack, &day))?;
            writeln!(out, "{line}; running servers move the deadlines within seconds")?;
        }
        Action::Remove { date, basis } => {
            place.db.write_blocking(move |conn| calendar::take_back(conn, &ctx, date, &basis))?;
            writeln!(out, "{date} is again as the pack has it")?;
        }
        Action::List { year } => {
            let year = year.unwrap_or_else(|| ctx.pack.local_date(ctx.now).year());
            list(&ctx.pack.days, place.db.read_blocking(calendar::days)?, year, out)?;
        }
    }
    Ok(())
}

fn told(day: &AddedDay) -> String {
    let kind = match (day.kind, day.hours_of) {
        (AddedKind::Off, _) => "off".to_owned(),
        (AddedKind::Work, None) => "make-up".to_owned(),
        (AddedKind::Work, Some(like)) => format!("make-up, hours of {}", weekday_name(like)),
        (AddedKind::Pack, _) => "taken back".to_owned(),
    };
    format!("{}\t{kind}\tadded: {}", day.date, day.basis)
}

fn list(
    pack: &[domain::pack::CalendarDay],
    added: Vec<KeptDay>,
    year: i16,
    out: &mut impl Write,
) -> Result<(), Stop> {
    let mut lines: BTreeMap<(Date, bool), String> = BTreeMap::new();
    for day in pack.iter().filter(|day| day.date.year() == year) {
        let kind = match day.kind {
            DayKind::Off { .. } => "off",
            DayKind::Work { .. } => "make-up",
        };
        let line = format!("{}\t{kind}\tpack: {}", day.date, day.kind.basis());
        lines.insert((day.date, false), line);
    }
    for kept in added.into_iter().filter(|kept| kept.day.date.year() == year) {
        lines.insert((kept.day.date, true), told(&kept.day));
    }
    if lines.is_empty() {
        writeln!(out, "no special days in {year}")?;
    }
    for line in lines.values() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        command: CalendarCommand,
    }

    fn nhip_calendar(data: &std::path::Path, words: &[&str]) -> Result<String, String> {
        let place = ["calendar", "--pack", "cities/hue", "--data", data.to_str().unwrap()];
        let line = Line::try_parse_from(place.iter().chain(words)).map_err(|e| e.to_string())?;
        let mut out = Vec::new();
        run(line.command, &mut out).map_err(|stop| stop.message)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_day_is_added_listed_and_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let say = |words: &[&str]| nhip_calendar(folder.path(), words);
        let add = ["add", "2027-03-05", "off", "--basis", "Decision 12/QD"];
        assert!(say(&add).unwrap().starts_with("2027-03-05\toff\tadded: Decision 12/QD;"));
        assert!(say(&add).unwrap_err().contains("a day off anyway"), "once is enough");
        say(&["add", "2027-03-06", "make-up", "--basis", "the same", "--hours-of", "friday"])
            .unwrap();
        let listed = say(&["list", "--year", "2027"]).unwrap();
        assert!(
            listed.contains("2027-03-06\tmake-up, hours of friday\tadded: the same"),
            "{listed}"
        );
        assert!(listed.contains("\tpack: "), "{listed}");
        say(&["remove", "2027-03-05", "--basis", "Decision 13/QD"]).unwrap();
        assert!(say(&["remove", "2027-03-05", "--basis", "again"]).is_err());
        let listed = say(&["list", "--year", "2027"]).unwrap();
        assert!(listed.contains("2027-03-05\ttaken back\tadded: Decision 13/QD"), "{listed}");
    }

    #[test]
    fn a_day_that_cannot_be_is_told_why() {
        let folder = tempfile::tempdir().unwrap();
        let say = |words: &[&str]| nhip_calendar(folder.path(), words).unwrap_err();
        assert!(say(&["add", "2027-03-05", "off", "--basis", " "]).contains("basis"));
        assert!(say(&["add", "2027-03-05", "off"]).contains("--basis"));
        assert!(say(&["add", "2027-02-30", "off", "--basis", "x"]).contains("2027-02-30"));
        assert!(say(&["add", "2027-03-05", "make-up", "--basis", "x"]).contains("a working day"));
        let words = ["add", "2027-03-06", "make-up", "--basis", "x", "--hours-of", "someday"];
        assert!(say(&words).contains("monday"));
    }
}
