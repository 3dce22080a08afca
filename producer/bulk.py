"""`producer submit FILE`: submit many jobs under the rate budget, with back-off, a line per job, and a memory to resume from."""

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from producer.joblist import Row, read_rows
from producer.jobs import Later, Poster, Queued, submit_job
from producer.ledger import SUFFIX, Ledger, fingerprint
from producer.submission import Submission

CONCURRENCY = 8
ATTEMPTS = 8
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0

Result = dict[str, str]


def back_off_seconds(attempt: int, draw: Callable[[], float]) -> float:
    """Tell how long to wait before an attempt (1 is the first repetition): doubling, capped, half of it drawn."""
    ceiling = min(FIRST_WAIT_SECONDS * 2.0 ** (attempt - 1), LONGEST_WAIT_SECONDS)
    return ceiling * (0.5 + 0.5 * draw())


async def submit_file(path: Path, genesys: Poster, *, out: TextIO, console: Console, stop: asyncio.Event) -> int:
    """Submit every job of a file; returns how many are not submitted. Each result is one JSON line on `out`.

    The file is read twice, once to count, and never held in memory. Raises LedgerInUseError or OSError.
    """
    total = sum(1 for _ in read_rows(path))
    columns = (TextColumn("submit"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        Ledger(path.with_name(path.name + SUFFIX)) as ledger,
        Progress(*columns, console=console, transient=True) as progress,
    ):
        bar = progress.add_task("submit", total=total)
        bulk = _Bulk(genesys, ledger, stop)
        rows = read_rows(path)
        failed = 0

        async def work(rows: Iterator[Row]) -> None:
            nonlocal failed
            for row in rows:
                result = await bulk.submit(row)
                failed += "error" in result
                media_id = row.job.media_id if row.job else None
                out.write(orjson.dumps({"line": row.line, "media_id": media_id, **result}).decode() + "\n")
                out.flush()
                progress.advance(bar)

        async with asyncio.TaskGroup() as group:
            for _ in range(CONCURRENCY):
                group.create_task(work(rows))  # one iterator: each worker takes the next row when it is free
    return failed


@dataclass(slots=True)
class _Turn:
    """Whose turn it is with one job, and how many rows want it: a lock that was let go may have a waiter still."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted: int = 0


class _Bulk:
    """Submits rows, each job once: a job that stands twice in the file waits for its twin's result."""

    def __init__(self, genesys: Poster, ledger: Ledger, stop: asyncio.Event) -> None:
        self._genesys = genesys
        self._ledger = ledger
        self._stop = stop
        self._under_way: dict[str, _Turn] = {}
        self._why_stopped = "stopped before it was submitted; run the command again"

    async def submit(self, row: Row) -> Result:
        job = row.job
        if job is None:
            return {"error": row.problem}
        name = fingerprint(job)
        turn = self._under_way.setdefault(name, _Turn())
        turn.wanted += 1
        try:
            async with turn.lock:
                if (known := self._ledger.known(job)) is not None:
                    return {"transcription_id": known, "status": "already submitted"}
                return await self._insist(job)
        finally:
            turn.wanted -= 1
            if not turn.wanted:
                del self._under_way[name]

    async def _insist(self, job: Submission) -> Result:
        """Try until Genesys decides, the attempts are spent, or the command is stopped."""
        problem = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                await self._pause(back_off_seconds(attempt, random.random))
            if self._stop.is_set():
                return {"error": self._why_stopped}
            outcome = await submit_job(self._genesys, job)
            if isinstance(outcome, Queued):
                self._ledger.record(job, outcome.transcription_id)
                return {"transcription_id": outcome.transcription_id, "status": "queued"}
            problem = outcome.problem
            if not isinstance(outcome, Later):
                if outcome.systemic:  # no other job will fare better: do not knock for each of them
                    self._why_stopped = f"not submitted: {problem}"
                    self._stop.set()
                return {"error": problem}
        return {"error": f"{problem} ({ATTEMPTS} attempts)"}

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return
