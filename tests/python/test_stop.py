"""Being told to stop: what was begun is finished, within bounds, and nobody new comes in."""

from __future__ import annotations

import re
import signal
import socket
import time
import urllib.parse

import pytest
import requests

from conftest import check_log, key_for_programs, run, start

GRACE = 10.0  # seconds, as in the server
# Beyond what is promised: the machine may be busy.
SLACK = 8.0


@pytest.fixture
def town(tmp_path):
    key = key_for_programs(tmp_path)
    place = ("--pack", "harbour", "--data", str(tmp_path))
    told = run("user", *place, "add", "--login", "ola", "--name", "Ola", "--role", "operator")
    nhip = start(tmp_path, "serve", "--pack", "harbour", "--no-pace")
    nhip.key, nhip.password = key, re.search(r"^password: (\S+)", told, re.M)[1]
    yield nhip
    if nhip.process.poll() is None:
        nhip.process.kill()
    check_log(nhip)


def connect(nhip) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(nhip.url.rsplit(":", 1)[1])), timeout=30)


def begin_upload(nhip) -> tuple[socket.socket, bytes]:
    """A report of which only the first half has arrived, and the second half."""
    form = {
        "api_key": nhip.key,
        "service_code": "graffiti",
        "lat": "55.060",
        "long": "10.610",
        "description": "It takes its time. " * 20,
    }
    body = urllib.parse.urlencode(form).encode()
    head = (
        "POST /open311/v2/requests.json HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    client = connect(nhip)
    client.sendall(head.encode() + body[: len(body) // 2])
    wait_for(lambda: in_flight(nhip) >= 2, "the upload did not begin")
    return client, body[len(body) // 2 :]


def in_flight(nhip) -> int:
    text = requests.get(f"{nhip.url}/metrics", timeout=20).text
    return int(re.search(r"^nhip_requests_in_flight (\d+)$", text, re.M)[1])


def wait_for(condition, what: str, limit: float = 20.0) -> None:
    until = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < until, what
        time.sleep(0.05)


def is_closed(nhip) -> bool:
    try:
        connect(nhip).close()
    except OSError:
        return True
    return False


def ends(nhip, within: float) -> None:
    assert nhip.process.wait(timeout=within) == 0, nhip.output()


def test_an_upload_that_has_begun_is_finished_and_nobody_new_comes_in(town):
    client, rest = begin_upload(town)
    idle = connect(town)
    town.process.send_signal(signal.SIGTERM)
    wait_for(lambda: is_closed(town), "it still takes connections")
    for piece in (rest[:100], rest[100:]):
        time.sleep(0.5)
        client.sendall(piece)
    answer = client.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 201"), answer
    assert b"service_request_id" in answer
    ends(town, SLACK)
    idle.close()


def test_an_upload_that_never_ends_does_not_hold_it_up_for_ever(town):
    client, _ = begin_upload(town)
    town.expects("not finished in time")
    asked = time.monotonic()
    town.process.send_signal(signal.SIGTERM)
    ends(town, GRACE + SLACK)
    assert time.monotonic() - asked >= GRACE - 1.0, "it gave up too early"
    assert "not finished in time" in town.output()
    client.close()


def test_live_pages_do_not_hold_it_up(town):
    desk = requests.Session()
    desk.post(
        f"{town.url}/sign-in", data={"login": "ola", "password": town.password}, timeout=20
    )
    with desk.get(f"{town.url}/desk/events", stream=True, timeout=20) as events:
        assert events.headers["Content-Type"] == "text/event-stream"
        asked = time.monotonic()
        town.process.send_signal(signal.SIGTERM)
        assert b"".join(events.iter_content(1024)) == b"", "the stream ends in good order"
        ends(town, SLACK)
        assert time.monotonic() - asked < GRACE - 1.0


def test_a_second_server_does_not_take_the_same_folder(town):
    with pytest.raises(AssertionError, match="another nhip serves this folder"):
        start(town.data, "serve", "--pack", "harbour", log=town.data / "second.log")
    assert requests.get(f"{town.url}/readyz", timeout=20).ok


RUDE = {
    "nothing of ours": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
    "no version": b"GET /\r\n\r\n",
    "a long address": b"GET /reports?q=" + b"q" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a long cookie": b"GET / HTTP/1.1\r\nHost: x\r\nCookie: nhip=" + b"x" * 1_000_000 + b"\r\n\r\n",
    "a thousand headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Y: z\r\n" * 1_000 + b"\r\n",
    "two lengths": b"POST /new HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    "a negative length": b"POST /new HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "length and chunks": b"POST /new HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "chunks that are none": b"POST /new HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    "a header that goes on": b"GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
    "a zero in a header": b"GET / HTTP/1.1\r\nHost: x\r\nX-Y: a\x00b\r\n\r\n",
    "another scheme": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    "half of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00" * 200,
}


@pytest.mark.parametrize("what", RUDE)
def test_rude_connections_are_turned_away(demo, what):
    with connect(demo) as client:
        try:
            client.sendall(RUDE[what])
            client.shutdown(socket.SHUT_WR)
            said = client.recv(65_536)
        except OSError:  # it closed before it had heard everything
            said = b""
    if said and not said.startswith(b"\x00"):  # a frame of HTTP/2
        assert re.match(rb"HTTP/1\.[01] [34]\d\d ", said), said[:200]
    assert requests.get(f"{demo.url}/healthz", timeout=20).ok
    assert "panicked" not in demo.output()
