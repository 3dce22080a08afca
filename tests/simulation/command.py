"""The command line of the simulation: many seeds in several processes, one seed with its trace, or the hunt for a planted bug."""

# ruff: noqa: E402 - the clock comes first, in the worker processes too: modules take hold of time.monotonic as they load
from tests.simulation import virtual

virtual.install()

import gc
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from typing import Annotated

import typer

from tests.simulation import patches
from tests.simulation.bugs import BUGS
from tests.simulation.run import Report, run_seed

CHUNK = 10
FAILED_SHOWN = 20


def run(
    seeds: Annotated[int, typer.Option(help="How many seeds.")] = 1000,
    first: Annotated[int, typer.Option(help="The first of them.")] = 0,
    processes: Annotated[int, typer.Option(help="How many processes; 0 for one per core.")] = 0,
    plant: Annotated[str | None, typer.Option(help=f"Plant a bug: {', '.join(BUGS)}.")] = None,
    *,
    trace: Annotated[bool, typer.Option(help="Print every step; for a single seed.")] = False,
    until_found: Annotated[bool, typer.Option(help="Stop at the first seed that finds something.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per seed.")] = False,
) -> None:
    """Run seeds; exit 1 if any of them breaks a promise."""
    began = virtual.real_seconds()
    failed = done = 0
    digest = 0
    for report in _reports(range(first, first + seeds), processes or len(os.sched_getaffinity(0)), plant, trace=trace):
        done += 1
        failed += bool(report.violations)
        digest ^= int(report.digest, 16)
        _show(report, as_json=as_json, quiet=failed > FAILED_SHOWN)
        if failed and until_found:
            break
    seconds = virtual.real_seconds() - began
    print(f"{done} seeds, {failed} failed, {seconds:.1f} s, all of them as one: {digest:064x}", file=sys.stderr)
    sys.exit(1 if failed else 0)


def _reports(seeds: range, processes: int, plant: str | None, *, trace: bool) -> Iterator[Report]:
    if processes == 1 or len(seeds) == 1:
        prepare(plant)
        yield from (_one(seed, keep_trace=trace) for seed in seeds)
        return
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=prepare, initargs=(plant,)
    ) as pool:
        yield from pool.map(_one, seeds, chunksize=CHUNK)


def prepare(plant: str | None) -> None:
    """Make this process one that simulates."""
    patches.apply()
    if plant is not None:
        BUGS[plant]()
    gc.collect()
    gc.freeze()


def _one(seed: int, *, keep_trace: bool = False) -> Report:
    report = run_seed(seed, keep_trace=keep_trace)
    gc.collect()
    return report


def _show(report: Report, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        print(json.dumps(asdict(report)))
        return
    for line in report.lines:
        print(line)
    if report.violations and not quiet:
        print(f"seed {report.seed} ({report.digest[:16]}): {'; '.join(report.violations)}")


def main() -> None:
    """Run the command, in an interpreter whose hashes of strings do not differ from run to run."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(  # noqa: S606 - itself, with one variable more
            sys.executable,
            [sys.executable, "-m", "tests.simulation", *sys.argv[1:]],
            os.environ | {"PYTHONHASHSEED": "0"},
        )
    typer.run(run)
