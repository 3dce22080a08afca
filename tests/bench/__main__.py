"""`make bench`: edge and consumer beside their references, on real servers; ratios of medians, spread shown, targets judged."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import orjson
import typer

from deploy.local import LocalStack, LocalStackError, ManagedProcess
from deploy.local.machine import free_ports, port_open
from deploy.local.system import ROOT
from tests.bench import consumer_bench, edge_bench
from tests.bench.consumer_bench import LATENCY_SECONDS, OURS, SUBJECTS, Bench
from tests.bench.measure import Results, verdict

UNDER_TEST, EVERYTHING_ELSE = 0, 1
TIMES = 10  # the backlog, and the size of a transcript, of the memory runs
HELD_BESIDE = ("FastStream concurrent", "plain loop")  # whose memory is shown as well


def main(
    what: Annotated[
        str, typer.Argument(help="edge, consumer, memory, all, or restart: what a SIGKILL and a SIGTERM cost")
    ] = "all",
    documents: int = 15_000,
    runs: int = 3,
    concurrency: int = 200,
    seconds: float = 6.0,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write the figures of every run here.")] = None,
    *,
    profile: Annotated[
        bool, typer.Option(help="Show where the consumer's CPU goes, instead of the comparison.")
    ] = False,
) -> None:
    """Measure; takes about eight minutes."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise typer.BadParameter("two cores are needed: one for the process under test, one for everything else")
    os.sched_setaffinity(0, set(cores[EVERYTHING_ELSE:]))
    try:
        with (
            tempfile.TemporaryDirectory(prefix="transcripts-bench-") as folder,
            LocalStack() as stack,
            _upstream(Path(folder), 1) as url,
            _upstream(Path(folder), TIMES) as large_url,
        ):
            bench = Bench(
                stack=stack,
                upstream_url=url,
                large_upstream_url=large_url,
                logs=Path(folder),
                core=cores[UNDER_TEST],
                concurrency=concurrency,
            )
            if profile:
                print(asyncio.run(_profile(bench, documents)))
                return
            figures = {}
            if what == "restart":
                figures["restart"] = _restart(bench, documents).runs
            if what in ("all", "edge"):
                figures["edge"] = _edge(bench, runs, seconds).runs
            if what in ("all", "consumer"):
                figures["consumer"] = _consumer(bench, runs, documents).runs
            if what in ("all", "memory"):
                figures["memory"] = _memory(bench, documents).runs
            if json_path is not None:
                json_path.write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2))
    except LocalStackError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from None


@contextmanager
def _upstream(folder: Path, times: int) -> Iterator[str]:
    """Serve transcripts of so many times the usual size."""
    (port,) = free_ports(1)
    with ManagedProcess(
        [sys.executable, "-m", "tests.bench.upstream", str(port), str(LATENCY_SECONDS), str(times)],
        name=f"upstream-{times}",
        log_path=folder / f"upstream-{times}.log",
        ready=lambda: port_open(port),
        cwd=ROOT,
    ):
        yield f"http://127.0.0.1:{port}"


def _edge(bench: Bench, runs: int, seconds: float) -> Results:
    results = Results()
    for number in range(runs):
        for subject in edge_bench.SUBJECTS:
            results.add(subject, figures := asyncio.run(edge_bench.run_once(bench, subject, seconds)))
            _say(number, subject, figures)
    print("\n" + results.table(["requests/s", "p50 ms", "p99 ms", "CPU-s per 10,000"]) + "\n")
    print(verdict("requests/s beside bare aiohttp", results.ratio("requests/s", "this edge", "bare aiohttp"), 0.9))
    print(verdict("requests/s beside FastAPI", results.ratio("requests/s", "this edge", "FastAPI"), 2.0) + "\n")
    return results


def _consumer(bench: Bench, runs: int, documents: int) -> Results:
    results = Results()
    for number in range(runs):
        for subject, how in SUBJECTS.items():
            results.add(
                subject, figures := asyncio.run(consumer_bench.run_once(bench, subject, int(documents * how.share)))
            )
            _say(number, subject, figures)
    print("\n" + results.table(["documents/s", "CPU-s per 1,000", "peak MB"]) + "\n")
    print(f"| {OURS} beside | documents/s | CPU for a document | peak memory |\n|---|---|---|---|")
    for subject in SUBJECTS:
        if subject != OURS:
            ratios = [results.ratio(figure, OURS, subject) for figure in ("documents/s", "CPU-s per 1,000", "peak MB")]
            print(f"| {subject} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |")
    print("\n" + verdict("documents/s beside the plain loop", results.ratio("documents/s", OURS, "plain loop"), 1.0))
    print(verdict("documents/s beside the tuned loop", results.ratio("documents/s", OURS, "tuned loop"), 0.85))
    print(
        verdict(
            "CPU per document beside the tuned loop",
            results.ratio("CPU-s per 1,000", OURS, "tuned loop"),
            1.5,
            at_most=True,
        )
    )
    print(verdict("peak MB", results.median(OURS, "peak MB"), 150, at_most=True) + "\n")
    return results


def _memory(bench: Bench, documents: int) -> Results:
    """Peaks at ten times the backlog and at ten times the transcript; rows of their own, so that the backlogs are the same ten times."""
    results = Results()
    backlog, long_calls = documents // 3, documents // 5
    large = replace(bench, upstream_url=bench.large_upstream_url)
    jobs = [
        (OURS, f"{backlog:,} calls", bench, backlog),
        (OURS, f"{TIMES} times the backlog", bench, backlog * TIMES),
        (OURS, f"{TIMES} times the transcript", large, long_calls),
        *((subject, f"{TIMES} times the transcript", large, long_calls) for subject in HELD_BESIDE),
    ]
    for subject, job, where, count in jobs:
        results.add(f"{subject}, {job}", figures := asyncio.run(consumer_bench.run_once(where, subject, count)))
        _say(0, f"{subject}, {job}", figures)
    usual, more, longer = (results.median(f"{OURS}, {job}", "peak MB") for _, job, _, _ in jobs[:3])
    print(f"\n{results.table(['peak MB', 'documents/s'])}\n")
    print(verdict("peak MB at ten times the backlog", more / usual, 1.15, at_most=True))
    print(verdict("peak MB at ten times the transcript", longer / usual, 1.3, at_most=True) + "\n")
    return results


def _restart(bench: Bench, documents: int) -> Results:
    results = Results()
    for number, kill in enumerate((True, False)):
        for subject, how in SUBJECTS.items():
            count = int(documents * how.share)
            figures = asyncio.run(consumer_bench.restart_once(bench, subject, count, kill=kill))
            name = f"{subject}, {'killed' if kill else 'stopped'}"
            results.add(name, figures)
            _say(number, name, figures)
    return results


async def _profile(bench: Bench, documents: int) -> str:
    out = bench.logs / "profile.txt"
    await consumer_bench.run_once(bench, "this consumer", documents, profile=out)
    return out.read_text()


def _say(number: int, subject: str, figures: dict[str, float]) -> None:
    text = ", ".join(f"{name} {value:,.4g}" for name, value in figures.items())
    print(f"{time.strftime('%H:%M:%S')} run {number + 1}  {subject:<26} {text}", flush=True)


if __name__ == "__main__":
    typer.run(main)
