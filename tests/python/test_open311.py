"""The Open311 door, through other people's clients: they must work against us unmodified."""

from __future__ import annotations

import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

import pytest
import requests

from conftest import Nhip, run, start, stop

itertools.ifilter = filter  # type: ignore[attr-defined]  # `three` was written for Python 2

import georeport  # noqa: E402
import three  # noqa: E402

HERE = {"lat": "55.052", "long": "10.606"}  # in the town of the tests


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory):
    """A town with nothing reported yet, and a key for programs."""
    nhip = start(
        tmp_path_factory.mktemp("open311"), "serve", "--pack", "cities/harbour"
    )
    place = ("--pack", "cities/harbour", "--data", str(nhip.data))
    may = ("--may", "read,file,update", "--for", "works")
    said = run("key", *place, "add", "A program", *may)  # key: nhip_…   (shown this once)
    for login, *of in DESKS:
        told = run("user", *place, "add", "--login", login, "--name", login, *of)
        nhip.sign_ins[login] = (login, re.search(r"^password: (\S+)", told, re.M)[1])
    yield nhip, said.split()[1]
    stop(nhip)


# The works answer for pavements.
DESKS = (
    ("operator", "--role", "operator"),
    ("officer", "--role", "officer", "--agency", "works"),
    ("reviewer", "--role", "reviewer"),
)


class Desk:
    """Somebody of the town at their desk, in a browser without scripts."""

    def __init__(self, nhip: Nhip, login: str) -> None:
        self.url, self.session = nhip.url, requests.Session()
        name, password = nhip.sign_ins[login]
        done = self.session.post(
            f"{self.url}/sign-in", data={"login": name, "password": password}, timeout=20
        )
        assert done.url == f"{self.url}/desk", done.text

    def does(self, verb: str, number: str, files: dict | None = None, **fields: str) -> None:
        """Fills in the form of a case as it stands now."""
        case = self.session.get(f"{self.url}/desk/reports/{number}", timeout=20).text
        version = re.search(r'name="version" value="(\d+)"', case)[1]
        done = self.session.post(
            f"{self.url}/desk/reports/{number}/{verb}",
            data={"version": version, **fields},
            files=files,
            timeout=20,
        )
        assert done.ok and f"done={verb}" in done.url, f"{done.status_code} {done.url}"


def base(nhip: Nhip) -> str:
    return f"{nhip.url}/open311/v2"


def filed(town: tuple[Nhip, str], **fields: str) -> str:
    nhip, key = town
    form = {"api_key": key, "service_code": "pavement", "description": "A slab", **HERE}
    answer = requests.post(
        f"{base(nhip)}/requests.json", data={**form, **fields}, timeout=10
    )
    assert answer.status_code == 201, answer.text
    return answer.json()[0]["service_request_id"]


def test_three_goes_the_whole_circle(town: tuple[Nhip, str]) -> None:
    nhip, key = town
    city = three.Three(base(nhip), api_key=key)
    assert city.discovery()["endpoints"][0]["url"] == base(nhip)
    services = {service["service_code"]: service for service in city.services()}
    assert services["pothole"]["metadata"] is True
    questions = city.services("pothole")["attributes"]
    assert [question["code"] for question in questions][0] == "size"
    sent = city.post(
        "pavement", name="An Nguyen", description="Loose <slab> & đá", **HERE
    )
    number = sent[0]["service_request_id"]
    assert city.token(number)[0]["service_request_id"] == number
    (report,) = city.request(number)
    assert report["description"] == "Loose <slab> & đá"
    assert report["status"] == "open" and report["service_code"] == "pavement"
    assert number in [r["service_request_id"] for r in city.requests("pavement")]
    assert len(city.requests(count=1)) == 1

    desk = {login: Desk(nhip, login) for login, *_ in DESKS}
    desk["operator"].does("accept", number)
    told = requests.post(
        f"{base(nhip)}/servicerequestupdates.json",
        data={
            "api_key": key,
            "service_request_id": number,
            "status": "IN_PROGRESS",
            "description": "A crew is on its way",
        },
        timeout=10,
    )
    assert told.status_code == 201, told.text
    photo = {"photos": ("after.png", SMALL_PNG, "image/png")}
    desk["officer"].does(
        "answer", number, photo, outcome="fixed", reason="The slab lies fast again"
    )
    (report,) = city.request(number)
    assert report["status"] == "open", "an answer is a result once it is published"
    assert "lies fast" not in json.dumps([report, updates(nhip, number)])
    desk["reviewer"].does("publish", number)

    (report,) = city.request(number)
    assert report["status"] == "closed" and report["status_notes"] == "Fixed"
    assert report["updated_datetime"] >= report["requested_datetime"]
    assert number in [r["service_request_id"] for r in city.requests(status="closed")]
    assert number not in [r["service_request_id"] for r in city.requests(status="open")]
    story = updates(nhip, number)
    assert [(step["status"], step["description"]) for step in story] == [
        ("open", None),
        ("open", None),
        ("open", "A crew is on its way"),
        ("open", "The slab lies fast again"),
        ("closed", None),
    ]
    assert requests.get(story[3]["media_url"], timeout=10).headers["content-type"] == "image/jpeg"
    also = georeport.GeoReport(base(nhip), output_format="xml")
    assert "closed" in json.dumps(also.get_service_request(number))


def updates(nhip: Nhip, number: str) -> list[dict]:
    """What happened to one report, as a program that follows all of them reads it."""
    answer = requests.get(f"{base(nhip)}/servicerequestupdates.json", timeout=10)
    return [step for step in answer.json() if step["service_request_id"] == number]


def test_three_sends_a_photo(town: tuple[Nhip, str], tmp_path: pathlib.Path) -> None:
    nhip, key = town
    picture = tmp_path / "photo.png"
    picture.write_bytes(SMALL_PNG)
    city = three.Three(base(nhip), api_key=key)
    with picture.open("rb") as media:
        sent = city.post("pavement", description="With a photo", media=media, **HERE)
    (report,) = city.request(sent[0]["service_request_id"])
    photo = requests.get(report["media_url"], timeout=10)
    assert photo.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_everything(town: tuple[Nhip, str], form: str) -> None:
    nhip, _ = town
    number = filed(town)
    city = georeport.GeoReport(base(nhip), output_format=form)
    services = city.get_service_list()
    assert "pothole" in json.dumps(services)
    assert "wheel" in json.dumps(city.get_service_definition("pothole"))
    assert number in json.dumps(city.get_service_requests())
    assert number in json.dumps(city.get_service_request(number))


def test_a_request_sent_twice_is_one_report(town: tuple[Nhip, str]) -> None:
    nhip, key = town
    form = {"api_key": key, "service_code": "pavement", "description": "x", **HERE}
    once = {"Idempotency-Key": uuid.uuid4().hex}
    sent = [
        requests.post(
            f"{base(nhip)}/requests.json", data=form, headers=once, timeout=10
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [201, 200]
    assert sent[0].json() == sent[1].json()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("bbox=abc", 400),
        ("start_date=2099-01-01T00:00:00Z", 400),
        ("start_date=2026-01-01&end_date=2026-06-01", 400),
        ("q=%00", 400),
        ("lat=POLYGON&long=1&radius=5", 400),
        ("page_size=1001", 400),
        ("status=done", 400),
        ("api_key=wrong", 403),
        ("jurisdiction_id=elsewhere", 404),
        ("service_code=nothing", 404),
    ],
)
def test_bad_questions_get_reasons_in_the_asked_format(
    town: tuple[Nhip, str], query: str, status: int
) -> None:
    nhip, _ = town
    as_json = requests.get(f"{base(nhip)}/requests.json?{query}", timeout=10)
    assert as_json.status_code == status and as_json.json()[0]["code"] == str(status)
    as_xml = requests.get(f"{base(nhip)}/requests.xml?{query}", timeout=10)
    assert as_xml.status_code == status and "<errors><error><code>" in as_xml.text


def test_pages_follow_their_links_to_the_end(town: tuple[Nhip, str]) -> None:
    nhip, _ = town
    for _ in range(3):
        filed(town)
    url, seen = f"{base(nhip)}/requests.json?page_size=2", []
    while url:
        answer = requests.get(url, timeout=10)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        seen += [report["service_request_id"] for report in answer.json()]
        url = answer.links.get("next", {}).get("url")
    assert len(seen) == len(set(seen)) == int(answer.headers["X-Total-Count"]) >= 3


def test_updates_of_what_nobody_has_accepted_change_nothing_and_updates_tell_what_happened(
    town: tuple[Nhip, str],
) -> None:
    nhip, key = town
    number = filed(town)
    form = {"api_key": key, "service_request_id": number, "status": "IN_PROGRESS"}
    told = requests.post(
        f"{base(nhip)}/servicerequestupdates.xml",
        data={**form, "description": "On our way"},
        timeout=10,
    )
    # It is said in the program's own name, under the report.
    assert told.status_code == 201, told.text
    happened = requests.get(f"{base(nhip)}/servicerequestupdates.xml", timeout=10)
    assert number in happened.text and "On our way" not in happened.text
    (report,) = requests.get(f"{base(nhip)}/requests/{number}.json", timeout=10).json()
    assert report["status"] == "open"


def test_every_operation_answers_as_the_document_says(town: tuple[Nhip, str]) -> None:
    nhip, key = town
    document = requests.get(f"{nhip.url}/api/openapi.json", timeout=10).json()
    # What nobody guesses is told, so that the fuzzing gets past the door.
    document["components"]["parameters"]["api_key"]["schema"] = {"enum": [key]}
    for form in ("NewRequest", "NewUpdate"):
        fields = document["components"]["schemas"][form]["properties"]
        told = {"api_key": key, "service_code": "pavement", **HERE}
        told["service_request_id"] = filed(town)
        for name in told.keys() & fields.keys():
            fields[name] = {"enum": [told[name]]}
    description = nhip.data / "openapi.json"
    description.write_text(json.dumps(document), encoding="utf-8")
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    schemathesis = pathlib.Path(sys.executable).parent / "schemathesis"
    done = subprocess.run(
        [
            str(schemathesis), "run", str(description), "--url", nhip.url,
            "--checks", checks, "--max-examples", "15", "--phases", "examples,coverage,fuzzing",
            "--seed", "1", "--generation-database", "none", "--no-color",
        ],
        cwd=nhip.data, capture_output=True, text=True, timeout=600,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "WARN" not in nhip.output() and "ERROR" not in nhip.output()


# 8 × 8 pixels of one colour.
SMALL_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29dc000000"
    "1149444154789c633891628415310c2d0900564657813cbd9f890000000049454e44ae42"
    "6082"
)
