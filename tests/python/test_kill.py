"""kill -9 in the middle of everything: what was acknowledged is there, once, and so is its letter.

Several people and programs file reports while the server is killed at random moments and started
again. Whoever gets no answer asks again with the same key, as a browser and a program do.
"""

from __future__ import annotations

import email
import email.policy
import glob
import os
import pathlib
import random
import subprocess
import threading
import time
import uuid

import pytest
import requests

from conftest import free_port, key_for_programs, kill, start, stop

SEED = 20261125
PEOPLE = 6
KILLS = 8
WHERE = {"lat": "55.060", "long": "10.610"}
# Seconds for everything; on an idle machine it takes a third of it.
LIMIT = 240.0


class Town:
    """A server that dies and comes back, and those who do not notice."""

    def __init__(self, data: pathlib.Path, reports: int, *database: str) -> None:
        self.data, self.database, self.reports = data, database, reports
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.key = key_for_programs(data, *database)
        self.filed: dict[int, str] = {}  # number → code, by programs
        self.sent: dict[int, str] = {}  # number → receipt, by people
        self.lock = threading.Lock()
        self.numbers = iter(range(reports))
        self.until = time.monotonic() + LIMIT
        self.failures: list[str] = []

    def start(self):
        return start(
            self.data, "serve", "--pack", "harbour", "--no-pace", *self.database, port=self.port
        )

    def work(self) -> None:
        """Takes the next number and files its report until it is acknowledged."""
        try:
            with requests.Session() as session:
                while (number := self.next()) is not None:
                    do = self.send if number % 20 == 0 else self.file
                    while not do(session, number):
                        assert time.monotonic() < self.until, f"{number} was never acknowledged"
                        time.sleep(0.02)
        except Exception as failure:  # noqa: BLE001 - told by the main thread
            self.failures.append(repr(failure))

    def next(self) -> int | None:
        with self.lock:
            return next(self.numbers, None)

    def done(self) -> int:
        return len(self.filed) + len(self.sent)

    def post(self, session: requests.Session, path: str, form: dict[str, str]):
        """The answer, if there is one that is not "try again"."""
        try:
            answer = session.post(
                self.url + path, data=form, timeout=30, allow_redirects=False
            )
        except requests.RequestException:
            return None
        return None if answer.status_code == 503 else answer

    def file(self, session: requests.Session, number: int) -> bool:
        form = {
            "api_key": self.key,
            "service_code": "graffiti",
            "description": f"Report number {number}.",
            "idempotency_key": f"key {number}",
            **WHERE,
        }
        if has_address(number):
            form["email"] = address(number)
        answer = self.post(session, "/open311/v2/requests.json", form)
        if answer is None:
            return False
        assert answer.status_code in (200, 201), answer.text
        self.filed[number] = answer.json()[0]["service_request_id"]
        return True

    def send(self, session: requests.Session, number: int) -> bool:
        form = {
            "step": "send",
            "seen": "1",
            "key": f"THE-KEY-OF-FORM-{number:09}",
            "service-any": "graffiti",
            "description": f"Report number {number}.",
            "public": "1",
            "email": address(number),
            **WHERE,
        }
        answer = self.post(session, "/new", form)
        if answer is None:
            return False
        assert answer.status_code == 303, answer.text
        self.sent[number] = answer.headers["Location"]
        return True


def has_address(number: int) -> bool:
    return number % 10 == 0


def address(number: int) -> str:
    return f"person{number}@example.org"


def rage(town: Town) -> int:
    """Kills the server at random moments until everybody has an answer; how often."""
    dice = random.Random(SEED)
    nhip = town.start()
    people = [threading.Thread(target=town.work) for _ in range(PEOPLE)]
    for one in people:
        one.start()
    kills = 0
    while any(one.is_alive() for one in people) and kills < KILLS:
        # Spread over the whole, and never at the same moment of a request.
        aim = town.reports * (kills + 1) / (KILLS + 1)
        while town.done() < aim and any(one.is_alive() for one in people):
            time.sleep(0.01)
        time.sleep(dice.uniform(0.0, 0.05))
        kill(nhip)
        kills += 1
        nhip = town.start()
    for one in people:
        one.join()
    town.nhip = nhip
    assert not town.failures, town.failures
    return kills


def check_reports(town: Town) -> None:
    codes = list(town.filed.values())
    assert len(set(codes)) == len(codes), "one code was given twice"
    words = {}
    for first in range(0, len(codes), 200):
        asked = ",".join(codes[first : first + 200])
        answer = requests.get(
            f"{town.url}/open311/v2/requests.json",
            params={"service_request_id": asked, "page_size": "1000"},
            timeout=60,
        )
        words |= {one["service_request_id"]: one["description"] for one in answer.json()}
    for number, code in town.filed.items():
        assert words.get(code) == f"Report number {number}.", f"{number} is lost"
    for number, receipt in town.sent.items():
        page = requests.get(town.url + receipt, timeout=60)
        assert f"Report number {number}." in page.text, f"{number} is lost"
    everything = requests.get(
        f"{town.url}/open311/v2/requests.json", params={"page_size": "1"}, timeout=60
    )
    assert int(everything.headers["X-Total-Count"]) == town.reports, "some are there twice"


def check_letters(town: Town) -> None:
    wanted = {address(n) for n in range(town.reports) if has_address(n)}
    while len(found := letters(town.data)) < len(wanted) and time.monotonic() < town.until:
        time.sleep(0.2)
    assert set(found) == wanted
    # The one in flight at a kill is written again under its own name, so that there is one of each.
    assert set(found.values()) == {1}, found


def letters(data: pathlib.Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for path in (data / "letters").glob("*.eml"):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found[letter["To"]] = found.get(letter["To"], 0) + 1
    return found


def test_what_was_acknowledged_survives_kill_9(tmp_path):
    town = Town(tmp_path, 2_000)
    kills = rage(town)
    try:
        assert kills >= KILLS // 2, "it was killed too seldom to show anything"
        check_reports(town)
        check_letters(town)
        assert "panicked" not in town.nhip.output()
    finally:
        stop(town.nhip)


def test_the_same_with_the_other_database(tmp_path):
    server = os.environ.get("NHIP_TEST_POSTGRES")
    createdb = sorted(glob.glob("/usr/lib/postgresql/*/bin/createdb"))
    if not server or not createdb:
        pytest.skip("NHIP_TEST_POSTGRES is not set, or there is no createdb")
    name = f"nhip_kill_{uuid.uuid4().hex[:8]}"
    subprocess.run([createdb[-1], "--maintenance-db", server, name], check=True)
    town = Town(tmp_path, 400, "--database", server.rsplit("/", 1)[0] + f"/{name}")
    rage(town)
    try:
        check_reports(town)
    finally:
        stop(town.nhip)
        subprocess.run(
            [createdb[-1].replace("createdb", "dropdb"), "--maintenance-db", server, name],
            check=True,
        )
