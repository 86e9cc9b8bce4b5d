"""The log: one line for each request, lines that machines can read, and nothing about anybody.

A whole report is filed, found, answered and looked at, with everything that must stay out of the
log; then the log is searched for each of it, at the level that says most.
"""

from __future__ import annotations

import glob
import json
import os
import pathlib
import re
import subprocess
import time
import uuid

import pytest
import requests

from conftest import free_port, key_for_programs, run, start, stop

NAME = "Nguyễn Thị Hoa Mai"
PHONE, PHONE_STORED = "20 71 82 93", "20718293"
EMAIL = "hoa.mai.nguyen@example.org"
WORDS = "Zinnober-Quittung"  # in the description
REASON = "Pflaumenmus"  # in a reason
COMPLAINT = "Sauertopf"  # in a report about an official
TOKEN = "metrics-token-6b1f"
SMTP_PASSWORD = "smtp-password-77a1"
WHERE = {"lat": "55.060", "long": "10.610"}


class Story:
    """Everything that happens, and what must not be told of it."""

    def __init__(self, data: pathlib.Path, env: dict[str, str], *database: str) -> None:
        place = ("--pack", "harbour", "--data", str(data), *database)
        self.key = key_for_programs(data, *database)
        told = run("user", *place, "add", "--login", "ola.operator", "--name", "Ola Hansen", "--role", "operator")
        self.password = re.search(r"^password: (\S+)", told, re.M)[1]
        smtp = f"smtp://post:{SMTP_PASSWORD}@127.0.0.1:{free_port()}"  # nobody listens there
        self.nhip = start(
            data, "serve", "--pack", "harbour", "--no-pace", "--metrics-token", TOKEN,
            "--smtp", smtp, *database, env={"NHIP_LOG": "debug", **env},
        )
        # Nobody takes its letters.
        self.nhip.expects("letter not sent")
        self.secrets = {
            "a name": NAME, "a phone": PHONE, "a stored phone": PHONE_STORED, "an address": EMAIL,
            "a password": self.password, "an API key": self.key, "the metrics token": TOKEN,
            "the mail server's password": SMTP_PASSWORD, "what somebody wrote": WORDS,
            "a reason": REASON, "a complaint": COMPLAINT, "a name of staff": "Ola Hansen",
            "the vault's key": (data / "vault.key").read_text().strip(),
        }
        self.ids: list[tuple[str, str, int]] = []

    def seen(self, answer: requests.Response) -> requests.Response:
        for one in (*answer.history, answer):
            self.ids.append((one.headers["X-Request-Id"], one.request.method, one.status_code))
        return answer

    def cookies(self, session: requests.Session, what: str) -> None:
        for cookie in session.cookies:
            # The language, and which form was taken in, are no secrets.
            if cookie.name not in ("lang", "taken"):
                self.secrets[f"{what}: the cookie {cookie.name}"] = cookie.value

    def happen(self) -> None:
        url, person, staff = self.nhip.url, requests.Session(), requests.Session()
        form = {
            "step": "send", "seen": "1", "service-any": "graffiti", "public": "1", **WHERE,
            "description": f"There lies a {WORDS} on the quay", "name": NAME, "phone": PHONE,
            "email": EMAIL, "key": "KEY-OF-THE-FORM-9921",
        }
        self.secrets["the key of a form"] = form["key"]
        sent = self.seen(person.post(f"{url}/new", data=form, allow_redirects=False, timeout=20))
        assert sent.status_code == 303, sent.text
        receipt = sent.headers["Location"]
        self.secrets["a receipt"] = receipt.rsplit("/", 1)[1]
        mine = self.seen(person.get(url + receipt, timeout=20))
        code = mine.url.rsplit("/", 1)[1].split("?")[0]
        self.cookies(person, "the reporter")
        # A letter about signing in, to a mail server that is not there.
        self.seen(person.post(f"{url}/sign-in/link", data={"email": EMAIL}, timeout=20))

        wrong = {"login": "ola.operator", "password": f"not-{self.password}"}
        self.seen(staff.post(f"{url}/sign-in", data=wrong, timeout=20))
        right = {"login": "ola.operator", "password": self.password}
        assert self.seen(staff.post(f"{url}/sign-in", data=right, timeout=20)).url.endswith("/desk")
        self.cookies(staff, "staff")
        self.seen(staff.get(f"{url}/desk/search", params={"q": WORDS}, timeout=20))
        found = staff.post(f"{url}/desk/search/people", data={"contact": EMAIL}, timeout=20)
        self.seen(found)
        case = self.seen(staff.get(f"{url}/desk/reports/{code}", timeout=20)).text
        act = {"version": re.search(r'name="version" value="(\d+)"', case)[1], "reason": REASON}
        for verb in ("contact", "note"):
            self.seen(staff.post(f"{url}/desk/reports/{code}/{verb}", data=act, timeout=20))

        api = f"{url}/open311/v2/requests.json"
        filed = {"api_key": self.key, "service_code": "graffiti", "description": WORDS, **WHERE}
        more = {"email": EMAIL, "first_name": NAME, "phone": PHONE}
        answer = self.seen(requests.post(api, data={**filed, **more}, timeout=20))
        assert answer.status_code == 201, answer.text
        self.seen(requests.get(api, params={"api_key": self.key, "q": WORDS}, timeout=20))
        about = {"service_code": "conduct", "description": COMPLAINT, "attribute[what_happened]": COMPLAINT, "attribute[unit]": "works"}
        answer = self.seen(requests.post(api, data={**filed, **about}, timeout=20))
        assert answer.status_code == 201, answer.text
        self.secrets["the code of a complaint"] = answer.json()[0]["service_request_id"]
        self.seen(requests.get(f"{url}/reports/{self.secrets['the code of a complaint']}", timeout=20))
        bad = {**filed, "email": f"{EMAIL} {WORDS}", "phone": NAME}
        assert self.seen(requests.post(api, data=bad, timeout=20)).status_code == 400
        self.seen(requests.post(api, data={**filed, "api_key": self.key + "x"}, timeout=20))

        bearer = {"Authorization": f"Bearer {TOKEN}"}
        assert self.seen(requests.get(f"{url}/metrics", headers=bearer, timeout=20)).ok
        refused = requests.get(f"{url}/metrics", headers={"Authorization": f"Bearer x{TOKEN}"}, timeout=20)
        assert self.seen(refused).status_code == 403
        for path in (f"/nowhere/{EMAIL}", f"/receipt/{self.secrets['a receipt']}X", f"/reports?q={WORDS}"):
            self.seen(requests.get(url + path, timeout=20))
        time.sleep(2.5)  # two beats of the jobs: letters are written and fail

    def check_secrets(self) -> None:
        log = self.nhip.output()
        assert "answered" in log and "debug" in log.lower(), "the log says too little to show anything"
        told = {what: secret for what, secret in self.secrets.items() if secret in log}
        lines = [line for line in log.splitlines() if any(s in line for s in told.values())]
        assert not told, f"{sorted(told)} in\n" + "\n".join(lines[:20])


@pytest.fixture(params=["sqlite", "postgres"])
def database(request):
    """The options that name a fresh database of each kind."""
    if request.param == "sqlite":
        yield ()
        return
    server = os.environ.get("NHIP_TEST_POSTGRES")
    tools = sorted(glob.glob("/usr/lib/postgresql/*/bin/createdb"))
    if not server or not tools:
        pytest.skip("NHIP_TEST_POSTGRES is not set, or there is no createdb")
    name, createdb = f"nhip_log_{uuid.uuid4().hex[:8]}", tools[-1]
    subprocess.run([createdb, "--maintenance-db", server, name], check=True)
    yield ("--database", server.rsplit("/", 1)[0] + f"/{name}")
    dropdb = createdb.replace("createdb", "dropdb")
    subprocess.run([dropdb, "--force", "--maintenance-db", server, name], check=True)


def test_nothing_about_anybody_is_in_the_log(tmp_path, database):
    story = Story(tmp_path, {}, *database)
    try:
        story.happen()
    finally:
        stop(story.nhip)
    story.check_secrets()


def test_machines_can_read_each_line_and_every_request_has_one(tmp_path):
    story = Story(tmp_path, {"NHIP_LOG_FORMAT": "json"})
    try:
        story.happen()
    finally:
        stop(story.nhip)
    story.check_secrets()
    lines = [json.loads(line) for line in story.nhip.output().splitlines()]
    assert all({"timestamp", "level", "target", "message"} <= line.keys() for line in lines)
    answered = [line for line in lines if line["target"] == "nhip::access"]
    by_id = {line["request"]: line for line in answered}
    assert len(by_id) == len(answered), "two requests have one id"
    for id_, method, status in story.ids:
        line = by_id[id_]
        assert (line["method"], line["status"]) == (method, status), line
        assert isinstance(line["ms"], int) and line["route"].startswith(("/", "(none)"))
    assert any(line["route"] == "/receipt/{secret}" for line in answered)
