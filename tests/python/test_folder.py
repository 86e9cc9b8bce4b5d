"""The folder of a city: closed to others on the machine, served once, and never begun anew by mistake."""

from __future__ import annotations

import stat
import subprocess

import requests

from conftest import ROOT, binary, free_port, key_for_programs, kill, start, stop

SERVE = ("serve", "--pack", "harbour", "--no-pace")


def refused(data) -> str:
    """What a server says that does not start."""
    listen = f"127.0.0.1:{free_port()}"
    done = subprocess.run(
        [binary(), *SERVE, "--data", str(data), "--listen", listen],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr


def file_a_report(nhip, key: str, photo: bytes) -> None:
    form = {
        "api_key": key,
        "service_code": "graffiti",
        "lat": "55.060",
        "long": "10.610",
        "description": "On the customs house",
        "email": "hoa@example.org",
    }
    answer = requests.post(
        f"{nhip.url}/open311/v2/requests.json",
        data=form,
        files={"media": ("a.png", photo)},
        timeout=20,
    )
    assert answer.status_code == 201, answer.text


def test_nobody_else_reads_it_and_a_lost_database_is_no_new_city(tmp_path):
    data = tmp_path / "city"
    photo = (ROOT / "web/app/icon-192.png").read_bytes()
    nhip = start(data, *SERVE, log=tmp_path / "log")
    file_a_report(nhip, key_for_programs(data), photo)
    assert "another nhip serves this folder" in refused(data)
    lock = data / "nhip.lock"
    lock.unlink(missing_ok=True)
    assert "another nhip serves this folder" in refused(data), "there is no file to take away"
    open_to_others = [
        str(path)
        for path in data.rglob("*")
        if stat.S_IMODE(path.lstat().st_mode) & 0o077
    ]
    assert not open_to_others
    stop(nhip)

    # What was written last may still be in the file beside the database.
    files = [data / name for name in ("nhip.sqlite", "nhip.sqlite-wal")]
    kept = {file: file.read_bytes() for file in files if file.exists()}
    for file in (*files, data / "nhip.sqlite-shm"):
        file.unlink(missing_ok=True)
    (data / "nhip.sqlite").touch()
    said = refused(data)
    assert "the database is empty" in said and "media" in said, said
    for file, content in kept.items():
        file.write_bytes(content)
    kill(start(data, *SERVE, log=tmp_path / "log"))
