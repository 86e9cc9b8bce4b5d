"""A new key of the vault takes over in the running binary: while people write, and killed again and again."""

from __future__ import annotations

import re
import subprocess

import requests

from conftest import ROOT, binary, key_for_programs, run, start, stop

PEOPLE = 120
WHERE = {"lat": "55.060", "long": "10.610"}
# Seconds after which it is killed: while it opens the city, in the middle, and too late.
KILLED_AFTER = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5)


def test_a_rotation_that_is_killed_goes_on_and_nobody_notices(tmp_path):
    place = ("--pack", "harbour", "--data", str(tmp_path))
    key = key_for_programs(tmp_path)
    told = run("user", *place, "add", "--login", "ola", "--name", "Ola", "--role", "operator")
    password = re.search(r"^password: (\S+)", told, re.M)[1]
    town = start(tmp_path, "serve", "--pack", "harbour", "--no-pace")
    try:
        codes = {number: file(town.url, key, number) for number in range(PEOPLE)}
        old = run("vault", *place, "status").split("\t")[0]
        new = run("vault", *place, "new-key").split(" ")[0]
        killed = 0
        for number, seconds in enumerate(KILLED_AFTER, PEOPLE):
            killed += kill_after(seconds, "vault", *place, "rotate")
            codes[number] = file(town.url, key, number)
            assert reports_of(town.url, password, number) == [codes[number]]
        assert killed, "it was never killed"
        said = run("vault", *place, "rotate")
        assert f"{old} may be deleted" in said, said
        status = {line.split("\t")[0]: line for line in run("vault", *place, "status").splitlines()}
        assert "nothing is sealed with it" in status[old] and "seals since" in status[new], status
        assert f"person {len(codes)}" in status[new], status
        for number in (0, PEOPLE // 2, len(codes) - 1):
            assert reports_of(town.url, password, number) == [codes[number]]
    finally:
        stop(town)
    # What it writes after a restart is sealed with the new key too.
    again = start(tmp_path, "serve", "--pack", "harbour", "--no-pace")
    try:
        file(again.url, key, 0)
        assert "nothing is sealed with it" in run("vault", *place, "status").splitlines()[0]
    finally:
        stop(again)


def file(url: str, key: str, number: int) -> str:
    form = {"api_key": key, "service_code": "graffiti", "description": f"Report {number}."}
    form |= {"email": address(number), **WHERE}
    answer = requests.post(f"{url}/open311/v2/requests.json", data=form, timeout=30)
    assert answer.status_code == 201, answer.text
    return answer.json()[0]["service_request_id"]


def address(number: int) -> str:
    return f"p{number}@example.org"


def reports_of(url: str, password: str, number: int) -> list[str]:
    """As an operator finds them by the address."""
    with requests.Session() as desk:
        form = {"login": "ola", "password": password}
        assert desk.post(f"{url}/sign-in", data=form, timeout=20).url.endswith("/desk")
        page = desk.post(f"{url}/desk/search/people", data={"contact": address(number)}, timeout=20)
        return sorted(set(re.findall(r'href="/desk/reports/([A-Z0-9]{8})\?', page.text)))


def kill_after(seconds: float, *arguments: str) -> bool:
    """Kills a command of nhip as the power fails; was it in time?"""
    with subprocess.Popen([binary(), *arguments], cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            assert process.wait(timeout=seconds) == 0
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            return True
