"""Our due dates against those of businesstimedelta, which nobody of us wrote, on 10,000 random cases.

Both read the same calendars: of a city without daylight saving and with a lunch break, and of a town with daylight
saving and other hours each day. businesstimedelta knows no make-up working days and no budgets in days: cases near a
make-up day are not drawn, and days are counted here with the standard library alone.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
import tomllib

import pytest
import pytz
from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule
from conftest import ROOT

CASES = 5_000  # for each of the two cities
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Calendar:
    """The calendar of a pack, as the other library wants it."""

    def __init__(self, city: str) -> None:
        self.folder = ROOT / "cities" / city
        city_file = tomllib.loads((self.folder / "city.toml").read_text(encoding="utf-8"))
        data = tomllib.loads((self.folder / "calendar.toml").read_text(encoding="utf-8"))
        self.zone = pytz.timezone(city_file["zone"])
        self.hours = [
            [tuple(dt.time.fromisoformat(end) for end in text.split("-")) for text in data["office_hours"].get(day, [])]
            for day in DAYS
        ]
        self.off = {day["date"] for day in data["day"] if day["kind"] == "off"}
        self.make_up = {day["date"] for day in data["day"] if day["kind"] == "work"}
        open_hours = [
            WorkDayRule(start, end, [weekday], tz=self.zone)
            for weekday, intervals in enumerate(self.hours)
            for start, end in intervals
        ]
        # It looks for the next holiday and must find one.
        holidays = HolidayRule(self.off | {dt.date(2031, 1, 1)}, tz=self.zone)
        self.rules = Rules([*open_hours, holidays])

    def works(self, day: dt.date) -> bool:
        return day not in self.off and bool(self.hours[day.weekday()])

    def closing(self, day: dt.date) -> dt.datetime:
        return self.zone.localize(dt.datetime.combine(day, self.hours[day.weekday()][-1][1]))

    def due_in_hours(self, start: dt.datetime, hours: int, pauses: list[tuple[dt.datetime, dt.datetime]]) -> dt.datetime:
        """Working hours are used up between the pauses; pauses consume nothing."""
        left = dt.timedelta(hours=hours)
        at = start
        for begin, end in pauses:
            if begin > at:
                due = at + BusinessTimeDelta(self.rules, timedelta=left)
                if due <= begin:
                    return due
                left -= self.rules.difference(at, begin).timedelta
            at = max(at, end)
        return at + BusinessTimeDelta(self.rules, timedelta=left)

    def due_in_days(self, start: dt.datetime, days: int) -> dt.datetime:
        """The day of the start is not counted; due at the close of the nth working day after it."""
        day = start.astimezone(self.zone).date()
        while days > 0:
            day += dt.timedelta(days=1)
            days -= self.works(day)
        return self.closing(day)


def draw(calendar: Calendar, dice: random.Random) -> tuple[dt.datetime, int, str, list[tuple[dt.datetime, dt.datetime]]]:
    """A start with nights, week-ends, holidays and changes of the clock around it; a budget; pauses apart and in order."""
    while True:
        start = dt.datetime(2024, 2, 1, tzinfo=dt.timezone.utc) + dt.timedelta(minutes=dice.randrange(4 * 365 * 24 * 60))
        around = range(-2, 75)
        if not any(start.date() + dt.timedelta(days=n) in calendar.make_up for n in around):
            break
    unit = dice.choice(["wh", "wh", "wd"])
    pauses = []
    if unit == "wh":
        at = start - dt.timedelta(hours=dice.randrange(12))
        for _ in range(dice.choice([0, 0, 1, 2, 3])):
            begin = at + dt.timedelta(minutes=dice.randrange(1, 3 * 24 * 60))
            at = begin + dt.timedelta(minutes=dice.choice([dice.randrange(1, 600), dice.randrange(1, 6 * 24 * 60)]))
            pauses.append((begin, at))
    return start, dice.randrange(1, 40) if unit == "wh" else dice.randrange(1, 15), unit, pauses


@pytest.mark.parametrize("city", ["hue", "harbour"])
def test_due_dates_agree_with_an_independent_library(city: str) -> None:
    cargo = shutil.which("cargo")
    assert cargo, "cargo builds the program that is asked"
    calendar, dice = Calendar(city), random.Random(f"nhip {city}")
    cases = [draw(calendar, dice) for _ in range(CASES)]

    def seconds(at: dt.datetime) -> int:
        return int(at.timestamp())

    lines = [
        f"{seconds(start)} {amount}{unit} " + (",".join(f"{seconds(a)}-{seconds(b)}" for a, b in pauses) or "-")
        for start, amount, unit, pauses in cases
    ]
    command = [cargo, "run", "--quiet", "--locked", "--package", "domain", "--example", "due", "--", str(calendar.folder)]
    done = subprocess.run(command, input="\n".join(lines), cwd=ROOT, check=True, capture_output=True, text=True, timeout=900)
    ours = done.stdout.split()
    assert len(ours) == CASES
    differ = []
    for line, said, (start, amount, unit, pauses) in zip(lines, ours, cases, strict=True):
        due = calendar.due_in_hours(start, amount, pauses) if unit == "wh" else calendar.due_in_days(start, amount)
        if int(said) != seconds(due):
            ours_at = dt.datetime.fromtimestamp(int(said), calendar.zone)
            differ.append(f"{line}: we say {ours_at}, they say {due.astimezone(calendar.zone)}")
    assert not differ, f"{len(differ)} of {CASES} differ:\n" + "\n".join(differ[:10])
    assert sum(1 for *_, pauses in cases if pauses) > CASES // 4, "pauses are among the cases"
