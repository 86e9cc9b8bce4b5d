"""The open data of a demo city, read by other people's programs, and counted again by `nhip recompute`."""

from __future__ import annotations

import csv
import json
import pathlib
import subprocess
import urllib.request

import pyarrow.parquet
import pytest

from conftest import DAY, Nhip, binary, run

TABLES = ["reports", "events", "scorecards", "procedures", "calendar", "agencies", "areas", "services", "about"]


@pytest.fixture(scope="module")
def folder(demo: Nhip, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Written beside the running server, as an operator would."""
    to = tmp_path_factory.mktemp("open") / "data"
    place = ("--pack", "cities/hue", "--data", str(demo.data))
    run("open-data", *place, "--to", str(to), "--until", DAY)
    return to


def rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def recompute(folder: pathlib.Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [binary(), "recompute", str(folder)], capture_output=True, text=True, timeout=120
    )


def test_parquet_and_csv_hold_the_same(folder: pathlib.Path):
    for name in TABLES:
        table = pyarrow.parquet.read_table(folder / f"{name}.parquet")
        plain = rows(folder / f"{name}.csv")
        assert table.num_rows == len(plain) > 0, name
        for packed, row in zip(table.to_pylist(), plain, strict=True):
            assert list(packed) == list(row), name
            for column, value in packed.items():
                said = row[column]
                if value is None:
                    assert said == "", (name, column)
                elif isinstance(value, bool):
                    assert said == ("yes" if value else "no")
                elif hasattr(value, "isoformat"):
                    assert said == f"{value:%Y-%m-%dT%H:%M:%S}.{value.microsecond // 1000:03}Z"
                elif isinstance(value, float):
                    assert float(said) == value
                else:
                    assert said == str(value)


def test_places_are_features_with_what_the_table_has(folder: pathlib.Path):
    features = json.loads((folder / "reports.geojson").read_text(encoding="utf-8"))["features"]
    placed = [row for row in rows(folder / "reports.csv") if row["lat"]]
    assert [f["properties"]["report"] for f in features] == [row["report"] for row in placed]
    for feature, row in zip(features, placed, strict=True):
        assert feature["geometry"]["coordinates"] == [float(row["long"]), float(row["lat"])]


def test_every_number_is_counted_again_and_a_changed_cell_is_found(folder: pathlib.Path):
    agrees = recompute(folder)
    assert agrees.returncode == 0, agrees.stdout[-2_000:] + agrees.stderr
    path = folder / "scorecards.csv"
    before = path.read_text(encoding="utf-8")
    kept = next(line for line in before.splitlines() if line.startswith("city,,") and ",kept," in line)
    head, n = kept.rsplit(",", 1)
    path.write_text(before.replace(kept, f"{head},{int(n) + 1}", 1), encoding="utf-8")
    differs = recompute(folder)
    path.write_text(before, encoding="utf-8")
    assert differs.returncode == 1
    assert f"kept: published {int(n) + 1}, counted {n}" in differs.stdout
    assert recompute(folder.parent).returncode == 2, "no such files"


def test_the_server_offers_them(demo: Nhip):
    with urllib.request.urlopen(f"{demo.url}/open-data/scorecards.csv") as answer:
        assert answer.headers["ETag"]
        assert answer.read().startswith(b"\xef\xbb\xbfpart,code,period,number,value"), "Excel needs the mark"
