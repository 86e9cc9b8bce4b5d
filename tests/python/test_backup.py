"""A copy made while the city is in use can be served: the recipes of docs/operations/running.md."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import threading

import pytest
import requests

from conftest import ROOT, key_for_programs, run, start, stop
from test_full_disk import PHOTO, WHERE

GUIDE = (ROOT / "docs/operations/running.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("recipe", ["VACUUM INTO", ".backup", "nhip backup"])
def test_a_copy_made_while_people_write_can_be_served(tmp_path, recipe):
    assert recipe in GUIDE, "the guide has another recipe now"
    data, copy = tmp_path / "data", tmp_path / "copy"
    key = key_for_programs(data)
    town = start(data, "serve", "--pack", "harbour", "--no-pace")
    codes: list[str] = []
    enough, over = threading.Event(), threading.Event()

    def write() -> None:
        with requests.Session() as session:
            while not over.is_set():
                codes.append(file(session, town.url, key, len(codes)))
                if len(codes) == 30:
                    enough.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert enough.wait(60), "nothing was written"
        before = len(codes)
        copy.mkdir()
        if recipe == "nhip backup":
            assert "left out\tkey" in run("backup", "--data", str(data), str(copy))
            # Once more, over the first: what people sent meanwhile is there too.
            before = len(codes)
            assert "copied\tkey" in run("backup", "--data", str(data), "--with-key", str(copy))
        else:
            # The database first: photos are in place before a row names them.
            back_up(data / "nhip.sqlite", copy / "nhip.sqlite", recipe)
            shutil.copytree(data / "media", copy / "media")
            shutil.copy(data / "vault.key", copy / "vault.key")
    finally:
        over.set()
        writer.join()
        stop(town)
    again = start(copy, "serve", "--pack", "harbour")
    try:
        for number, code in enumerate(codes[:before]):
            page = requests.get(f"{again.url}/reports/{code}", timeout=20)
            assert f"Report {number}." in page.text, f"{code} is not in the copy"
            photo = re.search(r'src="(/media/[^"]+)"', page.text)
            if number % 10 == 0:
                assert requests.get(again.url + photo[1], timeout=20).ok, "a photo is missing"
    finally:
        stop(again)


def file(session: requests.Session, url: str, key: str, number: int) -> str:
    form = {"api_key": key, "service_code": "graffiti", "description": f"Report {number}."}
    files = {"media": ("wall.png", PHOTO, "image/png")} if number % 10 == 0 else None
    form |= WHERE
    answer = session.post(f"{url}/open311/v2/requests.json", data=form, files=files, timeout=30)
    assert answer.status_code == 201, answer.text
    return answer.json()[0]["service_request_id"]


def back_up(database, copy, recipe: str) -> None:
    program = shutil.which("sqlite3")
    command = f".backup '{copy}'" if recipe == ".backup" else f"VACUUM INTO '{copy}'"
    if program:
        subprocess.run([program, str(database), ".timeout 20000", command], check=True)
        return
    with sqlite3.connect(database, timeout=20) as source:
        if recipe == ".backup":
            with sqlite3.connect(copy) as target:
                source.backup(target)
        else:
            source.execute("VACUUM INTO ?", (str(copy),))
