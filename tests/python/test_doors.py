"""The server as an operator's tools see it: health, and an end without complaint."""

from __future__ import annotations

import pathlib

import requests

from conftest import Nhip, start, stop


def test_health_answers_without_a_sign_in(demo: Nhip) -> None:
    for path in ("/healthz", "/readyz"):
        assert requests.get(demo.url + path, timeout=5).status_code == 200


def test_it_ends_cleanly_when_told_to(tmp_path: pathlib.Path) -> None:
    nhip = start(tmp_path, "demo", "--still", "--reports", "20")
    stop(nhip)
    assert nhip.process.returncode == 0, nhip.output()
