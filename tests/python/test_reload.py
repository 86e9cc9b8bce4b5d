"""SIGHUP: a whole pack is taken while people read, a broken one changes nothing and is explained."""

from __future__ import annotations

import pathlib
import shutil
import signal
import time

import pytest
import requests

from conftest import ROOT, Nhip, key_for_programs, start, stop

PATIENCE = 20.0


@pytest.fixture
def town(tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(ROOT / "cities/harbour", pack)
    nhip = start(tmp_path / "data", "serve", "--pack", str(pack), "--no-pace")
    nhip.pack = pack
    yield nhip
    stop(nhip)
    assert nhip.process.returncode == 0


def change(nhip: Nhip, file: str, old: str, new: str) -> int:
    """Changes the pack; the line that was changed."""
    path: pathlib.Path = nhip.pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def reload(nhip: Nhip, says: str, times: int = 1) -> None:
    nhip.process.send_signal(signal.SIGHUP)
    until = time.monotonic() + PATIENCE
    while nhip.output().count(says) < times:
        assert time.monotonic() < until, nhip.output()
        time.sleep(0.05)


def page(nhip: Nhip, path: str = "/") -> str:
    answer = requests.get(nhip.url + path, timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_whole_pack_is_taken_without_a_restart(town):
    before = town.process.pid
    change(town, "city.toml", "Harbour", "Haven")
    change(town, "services.toml", "Graffiti", "Daubings")
    assert "Haven" not in page(town)
    reload(town, "pack loaded")
    assert "Haven" in page(town)
    assert "Daubings" in page(town, "/open311/v2/services.json")
    assert town.process.pid == before and town.process.poll() is None


def test_a_broken_pack_is_explained_and_changes_nothing(town):
    town.expects("mistake in the pack", "the old one stays in use", "pack cannot be read")
    line = change(town, "services.toml", 'code = "graffiti"', 'code = "graffiti" "twice"')
    change(town, "city.toml", "Harbour", "Haven")
    reload(town, "the old one stays in use")
    told = [l for l in town.output().splitlines() if "mistake in the pack" in l]
    assert any("services.toml" in l and f"line={line}" in l for l in told), told
    assert "Harbour" in page(town) and "graffiti" in page(town, "/open311/v2/services.json")
    assert "nhip_pack_refusals_total 1" in page(town, "/metrics")
    # Mended, it is taken.
    change(town, "services.toml", 'code = "graffiti" "twice"', 'code = "graffiti"')
    reload(town, "pack loaded")
    assert "Haven" in page(town)


def test_a_pack_that_is_gone_changes_nothing(town):
    town.expects("pack cannot be read", "the old one stays in use")
    town.pack.rename(town.pack.with_name("elsewhere"))
    reload(town, "the old one stays in use")
    assert "Harbour" in page(town)


def test_what_may_be_seen_of_a_report_follows_the_pack(town):
    key = key_for_programs(town.data)
    form = {"api_key": key, "service_code": "graffiti", "description": "x", "lat": "55.060", "long": "10.610"}
    filed = requests.post(f"{town.url}/open311/v2/requests.json", data=form, timeout=20)
    code = filed.json()[0]["service_request_id"]
    bounds = {"bbox": "10.5,55.0,10.7,55.1"}

    def is_drawn() -> bool:
        return code in requests.get(f"{town.url}/map/list", params=bounds, timeout=20).text

    wait_until(is_drawn, "it is never drawn")
    hide_places_of(town, "graffiti")
    reload(town, "pack loaded")
    wait_until(lambda: not is_drawn(), "it is still drawn")


def hide_places_of(nhip: Nhip, service: str) -> None:
    path = nhip.pack / "services.toml"
    blocks = path.read_text(encoding="utf-8").split("[[service]]")
    for number, block in enumerate(blocks):
        if f'code = "{service}"' in block:
            lines = [l for l in block.splitlines() if not l.startswith("precision")]
            at = next(n for n, l in enumerate(lines) if l.startswith("code"))
            lines.insert(at + 1, 'precision = "hidden"')
            blocks[number] = "\n".join(lines) + "\n"
    path.write_text("[[service]]".join(blocks), encoding="utf-8")


def wait_until(condition, what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, what
        time.sleep(0.2)
