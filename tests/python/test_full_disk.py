"""A full disk: people are told in plain words, reading goes on, nothing acknowledged is lost, and
as soon as there is room everything works again without a restart.

The disk is a small file system in memory, which only root can make; for others this is left out.
"""

from __future__ import annotations

import os
import pathlib
import re
import sqlite3
import struct
import subprocess
import time
import zlib

import pytest
import requests

from conftest import key_for_programs, run, start, stop

WHERE = {"lat": "55.060", "long": "10.610"}
WORDS = "Graffiti all over the customs house"
PATIENCE = 30.0  # seconds
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk")


def a_photo() -> bytes:
    """A small picture, as PNG."""
    side = 32
    rows = b"".join(b"\0" + bytes([n * 7, 90, 120] * side) for n in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PHOTO = a_photo()


class Disk:
    """A small file system, and a file that fills it up."""

    def __init__(self, path: pathlib.Path, megabytes: int) -> None:
        path.mkdir(parents=True, exist_ok=True)
        options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "nhip-test", str(path)]
        made = subprocess.run(["mount", *options], capture_output=True, text=True)
        if made.returncode != 0:
            pytest.skip(f"no small disk: {made.stderr}")
        self.path, self.filler = path, path / "filler"

    def fill(self) -> None:
        with self.filler.open("ab", buffering=0) as filler:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        filler.write(b"x" * size)
                except OSError:
                    pass

    def free(self) -> None:
        self.filler.unlink()

    def gone(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.path)], check=True)


@pytest.fixture
def disk(tmp_path):
    disk = Disk(tmp_path / "disk", 24)
    yield disk
    disk.gone()


class Town:
    def __init__(self, data: pathlib.Path, log: pathlib.Path) -> None:
        self.data, self.log = data, log
        self.key = key_for_programs(data)
        place = ("--pack", "harbour", "--data", str(data))
        told = run("user", *place, "add", "--login", "ola", "--name", "Ola", "--role", "operator")
        self.password = re.search(r"^password: (\S+)", told, re.M)[1]
        self.codes: dict[str, str] = {}
        self.statuses: set[int] = set()
        self.start()

    def start(self, **more) -> None:
        args = ("serve", "--pack", "harbour", "--no-pace")
        self.nhip = start(self.data, *args, log=self.log, **more)
        # What could not be written; that nothing else went wrong is what `check_log` asks.
        self.nhip.expects("the disk is full", "disk is full", "letter not sent")
        self.url = self.nhip.url

    def get(self, path: str, **more) -> requests.Response:
        return self.seen(requests.get(self.url + path, timeout=20, **more))

    def seen(self, answer: requests.Response) -> requests.Response:
        self.statuses.add(answer.status_code)
        return answer

    def file(self, words: str, ending: str = "json", **more) -> requests.Response:
        form = {"api_key": self.key, "service_code": "graffiti", "description": words}
        answer = self.seen(
            requests.post(
                f"{self.url}/open311/v2/requests.{ending}",
                data={**form, **WHERE, **more},
                timeout=20,
            )
        )
        if answer.status_code == 201 and ending == "json":
            self.codes[answer.json()[0]["service_request_id"]] = words
        return answer

    def send(self, photo: bytes | None = None, **more) -> requests.Response:
        form = {
            "step": "send",
            "seen": "1",
            "service-any": "graffiti",
            "description": WORDS,
            "public": "1",
            **WHERE,
            **more,
        }
        files = {"photos": ("wall.png", photo, "image/png")} if photo else None
        return self.seen(
            requests.post(
                f"{self.url}/new", data=form, files=files, timeout=20, allow_redirects=False
            )
        )

    def signed_in(self) -> requests.Session:
        session = requests.Session()
        form = {"login": "ola", "password": self.password}
        answer = session.post(f"{self.url}/sign-in", data=form, timeout=20)
        assert answer.url.endswith("/desk"), answer.text
        return session

    def metric(self, name: str) -> float:
        text = self.get("/metrics").text
        return float(re.search(rf"^{re.escape(name)} (\S+)$", text, re.M)[1])

    def check_all_there(self) -> None:
        for code, words in self.codes.items():
            answer = self.get(f"/open311/v2/requests/{code}.json")
            assert answer.json()[0]["description"] == words, f"{code} is lost"

    def check_log(self) -> None:
        said = self.nhip.output()
        assert "panicked" not in said, said
        assert 500 not in self.statuses, said


def wait(condition, what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, what
        time.sleep(0.1)


def fill_until_refused(town: Town, disk: Disk) -> None:
    """What the database set aside before may still hold a few; each of them counts."""
    disk.fill()
    for n in range(2_000):
        if town.file(f"While it fills up, {n}.").status_code != 201:
            return
    raise AssertionError("a full disk took 2,000 reports")


def test_a_full_disk_is_told_in_plain_words_and_reading_goes_on(disk, tmp_path):
    town = Town(disk.path / "data", tmp_path / "output.log")
    try:
        operator = town.signed_in()
        for n in range(20):
            assert town.file(f"Before, {n}.", email=f"p{n}@example.org").status_code == 201
        assert town.send(PHOTO).status_code == 303
        # A session that was last seen long ago is noted again at the next request.
        forget_when_seen(town.data)
        fill_until_refused(town, disk)

        refused = town.file("While it is full.")
        assert refused.status_code == 503
        assert "disk is full" in refused.json()[0]["description"]
        assert "disk is full" in town.file("In XML.", "xml").text
        for photo in (None, PHOTO):
            page = town.send(photo, address="Customs Quay 3")
            assert page.status_code == 503, page.text
            assert "disk is full" in page.text
            assert WORDS in page.text and "Customs Quay 3" in page.text, "the words are lost"
        assert town.metric("nhip_disk_full_total") >= 4
        leftovers = [p for p in (disk.path / "data" / "media").rglob("*") if "#" in p.name]
        assert not leftovers, "half a photo takes the little room there is"

        for path in ("/", "/reports", "/map", f"/reports/{next(iter(town.codes))}", "/readyz"):
            assert town.get(path).status_code == 200, path
        for path in ("/desk", "/desk/intake", f"/desk/reports/{next(iter(town.codes))}"):
            assert town.seen(operator.get(town.url + path, timeout=20)).status_code == 200, path

        disk.free()
        wait(lambda: town.file("Afterwards.").status_code == 201, "it does not come back")
        assert town.send(PHOTO).status_code == 303
        addresses = {f"p{n}@example.org" for n in range(20)}
        wait(lambda: addresses <= recipients(town.data), "letters are lost")
        stop(town.nhip)
        town.start()
        town.check_all_there()
        town.check_log()
    finally:
        stop(town.nhip)


def test_a_server_started_on_a_full_disk_reads_or_says_why_not(disk, tmp_path):
    """Which of the two depends on whether the files that SQLite needs to read were left there."""
    town = Town(disk.path / "data", tmp_path / "output.log")
    assert town.file("Before.").status_code == 201
    stop(town.nhip)
    disk.fill()
    try:
        town.start()
    except AssertionError as ended:
        assert "disk is full" in str(ended)
    else:
        fill_until_refused(town, disk)
        town.check_all_there()
        stop(town.nhip)
    disk.free()
    town.start()
    town.check_all_there()
    stop(town.nhip)


def test_letters_wait_for_room(tmp_path):
    data = tmp_path / "data"
    disk = Disk(data / "letters", 1)
    try:
        town = Town(data, tmp_path / "output.log")
        disk.fill()
        for n in range(3):
            assert town.file(f"Report {n}.", email=f"p{n}@example.org").status_code == 201
        tried = 'nhip_letters_total{came="failed"}'
        wait(lambda: town.metric(tried) >= 3, "no letter was tried")
        assert not [p for p in disk.path.iterdir() if p != disk.filler], "half a letter is left"
        disk.free()
        try_again_now(data)
        wait(lambda: len(recipients(data)) == 3, "letters are lost")
        assert town.metric("nhip_deliveries_failed") == 0
        town.check_log()
        stop(town.nhip)
    finally:
        disk.gone()


def recipients(data: pathlib.Path) -> set[str]:
    letters = (path.read_bytes() for path in (data / "letters").glob("*.eml"))
    return {re.search(rb"^To: (\S+)", letter, re.M)[1].decode() for letter in letters}


def forget_when_seen(data: pathlib.Path) -> None:
    with sqlite3.connect(data / "nhip.sqlite", timeout=20) as db:
        db.execute("UPDATE session SET seen_at = seen_at - 3600000")


def try_again_now(data: pathlib.Path) -> None:
    """A letter that failed waits a minute; a test does not."""
    with sqlite3.connect(data / "nhip.sqlite", timeout=20) as db:
        db.execute("UPDATE delivery SET due_at = 0 WHERE state = 'waiting'")


def test_a_log_on_a_full_disk_stops_nothing(tmp_path):
    """Standard error goes to a device that is always full, as a log file on the full disk is."""
    town = Town(tmp_path / "data", tmp_path / "output.log")
    stop(town.nhip)
    town.log = pathlib.Path("/dev/full")
    town.start(env={"NHIP_LOG": "debug"})
    try:
        assert town.file("Report.").status_code == 201
        # Something to be logged.
        assert town.get("/reports", headers={"accept": "text/html"}).status_code == 200
        town.nhip.process.send_signal(1)
        wait(lambda: town.metric("nhip_pack_loaded_timestamp_seconds") > 0, "it does not answer")
        town.check_all_there()
    finally:
        stop(town.nhip)
    assert town.nhip.process.returncode == 0
