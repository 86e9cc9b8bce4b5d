"""News by other ways than letters, against other people's programs: web-push-testing (npm), a push service that checks
who sends and decrypts what comes; and the example receiver of the guide, as anybody would run it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time

import pytest
import requests

from conftest import ROOT, free_port, key_for_programs, run, start, stop

LIMIT = 30.0  # seconds; the jobs look once a second
WHERE = {"lat": "55.060", "long": "10.610"}
PUSH_SERVICE = ROOT / "tests/browser/node_modules/web-push-testing"
RECEIVER = ROOT / "docs/guides/webhook/receiver.py"


@pytest.fixture
def town(tmp_path):
    nhip = start(tmp_path, "serve", "--pack", "harbour", "--no-pace", "--call-loopback")
    yield nhip
    stop(nhip)


def file_report(town, key: str, service: str = "graffiti") -> str:
    form = {"api_key": key, "service_code": service, "description": "A prize!", **WHERE}
    answer = requests.post(f"{town.url}/open311/v2/requests.json", form, timeout=20)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()[0]["service_request_id"]


def wait_for(found, what: str):
    until = time.monotonic() + LIMIT
    while not (result := found()):
        assert time.monotonic() < until, what
        time.sleep(0.1)
    return result


def node() -> str | None:
    own = ROOT / ".tools/bin/node"
    return str(own) if own.exists() else shutil.which("node")


@pytest.fixture
def push_service():
    """The push service of the package, on a free port."""
    if not PUSH_SERVICE.is_dir() or node() is None:
        pytest.skip("web-push-testing is not installed; script/test installs it")
    port = free_port()
    program = (
        f"const {{ PushApiModel }} = require('{PUSH_SERVICE}/src/PushApiModel.js');"
        f"const Server = require('{PUSH_SERVICE}/src/server.js');"
        f"new Server(new PushApiModel(), {port}).startServer();"
    )
    process = subprocess.Popen([node(), "-e", program], stdout=subprocess.PIPE, text=True)
    try:
        assert "running" in process.stdout.readline()
        yield f"http://localhost:{port}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_push_service_takes_what_we_send_and_its_browser_reads_it(town, push_service):
    page = requests.get(f"{town.url}/follow?area=quays&lang=en", timeout=20).text
    key = page.split('data-push="')[1].split('"')[0]
    options = {"userVisibleOnly": "true", "applicationServerKey": key}
    made = requests.post(f"{push_service}/subscribe", json=options, timeout=20)
    assert made.status_code == 200, made.text
    browser = made.json()["data"]
    # As the page sends it. The package gives its keys in base64 twice over; a browser gives them once.
    keys = {name: plain(value) for name, value in browser["keys"].items()}
    form = {"way": "push", "endpoint": browser["endpoint"], **keys}
    asked = requests.post(f"{town.url}/follow?lang=en", form, timeout=20)
    assert asked.status_code == 200, asked.text

    code = file_report(town, key_for_programs(town.data))

    def messages():
        body = {"clientHash": browser["clientHash"]}
        found = requests.post(f"{push_service}/get-notifications", json=body, timeout=20)
        return found.json()["data"]["messages"]

    wait_for(messages, f"no notification came:\n{town.output()}")
    [message] = [json.loads(message) for message in messages()]
    assert message["link"] == f"{town.url}/reports/{code}"
    assert message["lang"] == "en" and message["title"]
    assert "prize" not in json.dumps(message), "a citizen's words"

    # It unsubscribes: we are told so once, and ask no more.
    gone = f"{push_service}/expire-subscription/{browser['clientHash']}"
    requests.post(gone, timeout=20)
    key = key_for_programs(town.data)
    file_report(town, key)
    wait_for(lambda: deliveries(town, "dropped") == 1, "it is told that the browser is gone")
    file_report(town, key)
    time.sleep(3)
    assert deliveries(town, "dropped") == 1
    assert len(messages()) == 1


def plain(value: str) -> str:
    """The package encodes what is encoded already; what browsers give is 65 or 16 bytes in base64 for URLs."""
    import base64

    once = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    if len(once) in (16, 65):
        return value.rstrip("=")
    return once.decode().replace("+", "-").replace("/", "_").rstrip("=")


def deliveries(town, state: str) -> int:
    """As an operator counts them."""
    metrics = requests.get(f"{town.url}/metrics", timeout=20).text
    for line in metrics.splitlines():
        if line.startswith("nhip_letters_total") and f'"{state}"' in line:
            return int(float(line.rsplit(" ", 1)[1]))
    raise AssertionError(f"no count of {state} letters in\n{metrics}")


def test_the_receiver_of_the_guide_takes_each_event_once_and_nothing_that_is_forged(town):
    port = free_port()
    place = ("--pack", "harbour", "--data", str(town.data))
    url = f"http://127.0.0.1:{port}/nhip"
    added = run(
        "webhook", *place, "--call-loopback", "add", url, "--name", "a gateway", "--filter", "service=graffiti"
    )
    secret = added.split()[1]
    assert secret.startswith("whsec_")
    assert "a gateway" in run("webhook", *place, "list")
    assert secret not in run("webhook", *place, "list")

    # The first report comes while the receiver is not there.
    key = key_for_programs(town.data)
    code = file_report(town, key)
    file_report(town, key, "rubbish")
    receiver = subprocess.Popen(
        [sys.executable, str(RECEIVER), "--listen", f"127.0.0.1:{port}", "--language", "en"],
        env={**os.environ, "WEBHOOK_SECRET": secret},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        second = file_report(town, key)
        lines = [receiver.stdout.readline()]
        if code not in lines[0] and second not in lines[0]:
            raise AssertionError(f"{lines} and\n{town.output()}")
        assert lines[0].startswith("SMS: Graffiti"), lines
        assert f"{town.url}/reports/" in lines[0]
        forged = requests.post(
            url,
            data="{}",
            headers={
                "webhook-id": "01",
                "webhook-timestamp": str(int(time.time())),
                "webhook-signature": "v1,AAAA",
            },
            timeout=20,
        )
        assert forged.status_code == 401
    finally:
        receiver.kill()
        receiver.wait()
        receiver.stdout.close()


def test_an_address_inside_the_house_is_not_called(tmp_path):
    place = ("--pack", "harbour", "--data", str(tmp_path))
    for url in ("https://10.0.0.1/", "https://localhost/", "http://gateway.example/"):
        with pytest.raises(subprocess.CalledProcessError):
            run("webhook", *place, "add", url, "--name", "x")
    with pytest.raises(subprocess.CalledProcessError):
        run("webhook", *place, "add", "https://gateway.example/", "--name", "x", "--filter", "area=moon")
