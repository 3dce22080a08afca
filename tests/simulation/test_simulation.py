"""A thousand seeds break no promise, a seed is the same run every time, and bugs planted on purpose are found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 900


def simulate(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as its clock and its hashes are not ours."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"}
    return subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.simulation", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )


def test_a_thousand_seeds_break_no_promise() -> None:
    done = simulate("--seeds", "1000")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1000 seeds, 0 failed" in done.stderr


@pytest.mark.parametrize("seed", ["1", "7", "461"])
def test_a_seed_is_the_same_run_to_the_byte(seed: str) -> None:
    first, again = (simulate("--seeds", "1", "--first", seed, "--trace") for _ in range(2))
    assert len(first.stdout.splitlines()) > 50
    assert first.stdout == again.stdout


def test_seeds_come_to_the_same_alone_and_side_by_side() -> None:
    alone, beside = (
        simulate("--seeds", "20", "--json", "--processes", processes).stdout.splitlines() for processes in "12"
    )
    assert len(alone) == 20
    assert alone == beside


@pytest.mark.parametrize(
    ("bug", "finding"),
    [
        ("commit-past-an-unfinished-record", "past the unfinished"),
        ("drop-at-revoke", "past the unfinished"),
        ("acknowledge-before-the-audit", "past the unfinished"),
        ("claim-what-is-open-as-finished", "past the unfinished"),
        ("give-up-on-a-failed-write", "past the unfinished"),
        ("let-an-event-that-found-nothing-keep-older-ones-out", "the index lacks"),
        ("let-an-event-that-found-nothing-speak-over-a-document", "the audit says"),
    ],
)
def test_a_planted_bug_is_found_within_a_hundred_seeds(bug: str, finding: str) -> None:
    done = simulate("--seeds", "100", "--processes", "1", "--plant", bug, "--until-found")
    assert done.returncode == 1, done.stderr
    assert finding in done.stdout
