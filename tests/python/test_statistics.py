"""The statistics of a scorecard against the libraries that statisticians use.

`domain::statistics` is asked through a small program of its own (crates/domain/examples/statistics.rs),
so what is compared is what the service reckons with.
"""

from __future__ import annotations

import math
import os
import pathlib
import random
import subprocess

import pytest
from lifelines import KaplanMeierFitter
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from conftest import ROOT


def ask(lines: list[str]) -> list[list[str]]:
    """What the program answers, a list of words for each line."""
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    program = target / "debug" / "examples" / "statistics"
    assert program.is_file(), "cargo build -p domain --example statistics, or run script/test"
    done = subprocess.run(
        [program], input="\n".join(lines), check=True, capture_output=True, text=True, timeout=60
    )
    answers = [line.split() for line in done.stdout.splitlines()]
    assert len(answers) == len(lines)
    return answers


def test_intervals_of_shares_are_those_of_scipy_and_statsmodels():
    dice = random.Random(1927)
    cases = [(hits, n) for n in range(1, 40) for hits in range(n + 1)]
    cases += [(dice.randint(0, n), n) for n in (dice.randint(40, 1_000_000) for _ in range(2_000))]
    answers = ask([f"wilson {hits} {n}" for hits, n in cases])
    for (hits, n), answer in zip(cases, answers, strict=True):
        ours = [float(word) for word in answer]
        theirs = binomtest(hits, n).proportion_ci(method="wilson")
        others = proportion_confint(hits, n, method="wilson")
        for mine, one, other in zip(ours, theirs, others, strict=True):
            assert math.isclose(mine, one, abs_tol=1e-6), (hits, n)
            assert math.isclose(mine, other, abs_tol=1e-6), (hits, n)


def some_city(dice: random.Random) -> list[tuple[int, bool]]:
    """Durations with whether they ended: few or many, ties or none, few open or nearly all."""
    n = dice.choice([1, 2, 3, 7, 25, 100, 731])
    longest = dice.choice([3, 50, 10_000, 31_536_000_000])
    open_share = dice.choice([0.0, 0.1, 0.4, 0.9, 1.0])
    return [(dice.randint(0, longest), dice.random() >= open_share) for _ in range(n)]


@pytest.mark.filterwarnings("ignore:Approximating using")
def test_medians_and_nine_in_ten_are_those_of_lifelines():
    dice = random.Random(1958)
    cities = [some_city(dice) for _ in range(800)]
    asked = [" ".join(f"{d}" if ended else f"{d}+" for d, ended in city) for city in cities]
    answers = ask([f"quantiles {line}" for line in asked])
    compared = 0
    for city, answer in zip(cities, answers, strict=True):
        durations, ended = zip(*city, strict=True)
        fitter = KaplanMeierFitter().fit(durations, event_observed=ended)
        for share, word in zip((0.5, 0.9), answer, strict=True):
            ours = math.inf if word == "none" else int(word)
            left = 1 - share
            theirs = fitter.percentile(left)
            if not math.isclose(ours, theirs, abs_tol=1e-6):
                # Their curve may miss the very share by the last bit of a float; then ours is where it
                # touches that share, and theirs is the next step.
                assert ours < theirs, (share, city)
                assert math.isclose(fitter.predict(ours), left, abs_tol=1e-9), (share, city)
                continue
            compared += 1
    assert compared > 1_500, "nearly all agree to the millisecond"
