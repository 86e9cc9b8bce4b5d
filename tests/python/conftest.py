"""What the tests with other people's clients share: a running nhip on an empty folder.

It starts the binary named by NHIP_BIN (script/test builds it). What a test wants to know of the
server it asks over HTTP or of its SMTP and its files, as any operator could.
"""

from __future__ import annotations

import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The day on which the demo city lives, so that what the tests see does not change with the day they run on.
DAY = os.environ.get("NHIP_UNTIL", "2026-11-27T10:30")
# An address of this machine is warned of.
FROM = {"NHIP_MAIL_FROM": "no-reply@city.example"}
# A warning or an error in the log, for people and for machines.
COMPLAINT = re.compile(r'^\S+Z +(WARN|ERROR) |"level":"(WARN|ERROR)"')
START_LIMIT = 120.0  # seconds; filling the demo city takes a few in a development build


@dataclass
class Nhip:
    """A running server."""

    process: subprocess.Popen[str]
    url: str
    data: pathlib.Path
    log: pathlib.Path
    # Bytes of the log from before it began.
    before: int = 0
    sign_ins: dict[str, tuple[str, str]] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)

    def output(self) -> str:
        if not self.log.is_file():  # a device
            return ""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def expects(self, *words: str) -> None:
        """Warnings and errors with these words belong to the test."""
        self.expected += words

    def unexpected(self) -> list[str]:
        """Warnings and errors of this server that no test expects."""
        if not self.log.is_file():
            return []
        said = self.log.read_bytes()[self.before :].decode("utf-8", errors="replace")
        complaints = [line for line in said.splitlines() if COMPLAINT.search(line)]
        return [line for line in complaints if not any(words in line for words in self.expected)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def binary() -> str:
    path = os.environ.get("NHIP_BIN")
    assert path, "set NHIP_BIN to the nhip binary, or run script/test"
    return path


def run(*arguments: str) -> str:
    """Runs a command of nhip to its end and gives what it printed."""
    done = subprocess.run(
        [binary(), *arguments], cwd=ROOT, check=True, capture_output=True, text=True, timeout=300
    )
    return done.stdout


def start(
    data: pathlib.Path,
    *arguments: str,
    log: pathlib.Path | None = None,
    port: int | None = None,
    env: dict[str, str] | None = None,
) -> Nhip:
    """Starts a command that serves, on a free port, and waits until it is ready.

    What it says is added to the log, so that a server that is started again tells one story.
    """
    data.mkdir(parents=True, exist_ok=True)
    log = log or data / "output.log"
    before = log.stat().st_size if log.is_file() else 0
    listen = f"127.0.0.1:{port or free_port()}"
    with log.open("a", encoding="utf-8") as output:
        process = subprocess.Popen(
            [binary(), *arguments, "--data", str(data), "--listen", listen],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **FROM, **(env or {})},
        )
    nhip = Nhip(process, f"http://{listen}", data, log, before)
    until = time.monotonic() + START_LIMIT
    while not is_ready(nhip.url):
        assert process.poll() is None, f"it ended:\n{nhip.output()}"
        assert time.monotonic() < until, f"it was not ready in time:\n{nhip.output()}"
        time.sleep(0.05)
    for line in nhip.output().splitlines():
        parts = line.strip().split("\t")
        if parts[0] == "sign-in" and len(parts) == 4:
            nhip.sign_ins[parts[1]] = (parts[2], parts[3])
    return nhip


def is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def kill(nhip: Nhip) -> None:
    """As the power fails."""
    nhip.process.kill()
    nhip.process.wait()
    check_log(nhip)


def stop(nhip: Nhip) -> None:
    nhip.process.terminate()
    try:
        nhip.process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        nhip.process.kill()
        raise
    check_log(nhip)


def check_log(nhip: Nhip) -> None:
    """Every test ends so: the log has no warning and no error that the test did not expect."""
    unexpected = nhip.unexpected()
    assert not unexpected, "logged, and no test expects it:\n" + "\n".join(unexpected)


def key_for_programs(data: pathlib.Path, *database: str) -> str:
    """A key of the harbour town with which programs file reports."""
    place = ("--pack", "harbour", "--data", str(data), *database)
    return run("key", *place, "add", "a program").split()[1]


@pytest.fixture(scope="session")
def demo():
    """The demo city, filled and still. Shared: a test that changes it must not mind the others."""
    with tempfile.TemporaryDirectory(prefix="nhip-python-") as folder:
        nhip = start(
            pathlib.Path(folder), "demo", "--still", "--reports", "200", "--seed", "1", "--until", DAY
        )
        yield nhip
        stop(nhip)
