"""On time by department, from the city's own table: of the requests whose deadline fell in 2015, those closed by it.

An independent reckoning for crates/nhip/tests/it/numbers_boston.rs; nothing of ours is used. As the importer does, it
turns away what was closed before it was opened. Prints department, deadlines and those kept, separated by tabs.
"""

import csv
import lzma
import sys
from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo


def instant(text: str) -> float | None:
    local = datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p") if text else None
    return local and local.replace(tzinfo=ZoneInfo("America/New_York")).timestamp()


found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
with lzma.open(sys.argv[1], "rt", encoding="utf-8", newline="") as table:
    for row in csv.DictReader(table):
        opened, due, closed = (instant(row[f"{name}_DT"]) for name in ("OPEN", "TARGET", "CLOSED"))
        if closed and closed < opened:
            continue
        if due and instant("01/01/2015 12:00:00 AM") <= due < instant("01/01/2016 12:00:00 AM"):
            found[row["SUBJECT"]][0] += 1
            found[row["SUBJECT"]][1] += bool(closed and closed <= due)
for department, (deadlines, kept) in sorted(found.items()):
    print(department, deadlines, kept, sep="\t")
