"""Letters over a real mail server: they arrive, say what they should, and survive kill -9."""

from __future__ import annotations

import email
import email.policy
import os
import pathlib
import re
import signal
import time
import urllib.parse
import urllib.request

import pytest
from aiosmtpd.controller import Controller

from conftest import free_port, start, stop

LETTER_LIMIT = 20.0  # seconds; the jobs look once a second


class Mailbox:
    """Keeps what arrives."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 kept"

    def to(self, address):
        return [letter for to, letter in self.letters if to == [address]]

    def wait(self, enough, limit=LETTER_LIMIT):
        until = time.monotonic() + limit
        while not enough(self):
            assert time.monotonic() < until, f"only {len(self.letters)} letters came"
            time.sleep(0.1)


@pytest.fixture
def mail():
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    server.start()
    mailbox.url = f"smtp://127.0.0.1:{server.port}"
    yield mailbox
    server.stop()


def serve(folder: pathlib.Path, mail: Mailbox):
    return start(folder, "serve", "--pack", "harbour", "--smtp", mail.url, "--no-pace")


def ask_for_link(url: str, address: str) -> None:
    body = urllib.parse.urlencode({"email": address}).encode()
    with urllib.request.urlopen(f"{url}/sign-in/link", body, timeout=20) as answer:
        assert answer.status == 200


def test_a_link_to_sign_in_arrives_in_plain_text_and_html(tmp_path, mail):
    nhip = serve(tmp_path, mail)
    try:
        ask_for_link(nhip.url, "hoa@example.org")
        mail.wait(lambda m: m.to("hoa@example.org"))
        letter = mail.to("hoa@example.org")[0]
        assert letter["To"] == "hoa@example.org"
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["List-Unsubscribe"] is None
        assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
        text = letter.get_body(("plain",)).get_content()
        link = re.search(rf"{re.escape(nhip.url)}/sign-in/link/\S+", text)
        assert link, text
        assert link[0] in letter.get_body(("html",)).get_content()
        with urllib.request.urlopen(link[0], timeout=20) as page:
            assert page.status == 200
        assert "hoa@example.org" not in nhip.output(), "no address in the log"
    finally:
        stop(nhip)
    assert nhip.process.returncode == 0, nhip.output()


def test_kill_9_loses_no_letter(tmp_path, mail):
    nhip = serve(tmp_path, mail)
    people = [f"person{n}@example.org" for n in range(40)]
    try:
        for person in people:
            ask_for_link(nhip.url, person)
    finally:
        os.kill(nhip.process.pid, signal.SIGKILL)
        nhip.process.wait()
    assert len(mail.letters) < len(people), "it was killed too late to show anything"
    nhip = serve(tmp_path, mail)
    try:
        mail.wait(lambda m: all(m.to(person) for person in people), 3 * LETTER_LIMIT)
        doubles = [mail.to(person) for person in people if len(mail.to(person)) > 1]
        assert len(doubles) <= 1, "only the one letter in flight may come twice"
        for first, *rest in doubles:
            assert all(again["Message-ID"] == first["Message-ID"] for again in rest)
    finally:
        stop(nhip)
