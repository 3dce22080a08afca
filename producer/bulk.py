"""`producer submit FILE`: submit many jobs under the rate budget, with back-off, a line per job, and a memory to resume from."""

import asyncio
import csv
import hashlib
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import msgspec
import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from common.genesys.client import Answer, GenesysClient, Result, Unauthorized, Unreachable
from producer.handlers import ANSWER_BYTES, genesys_code
from producer.submission import SUBMIT_PATH, InvalidSubmissionError, Submission, from_row

CONCURRENCY = 8
ATTEMPTS = 8
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the file: a job, or what is wrong with it."""

    line: int
    job: Submission | None
    problem: str | None = None


class _Job(msgspec.Struct):
    id: str


class Ledger:
    """What was submitted already, beside the file: one JSON line per job, on disk before the next answer is read.

    A process killed between Genesys' answer and this line submits that one job again when resumed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.done: dict[str, str] = {}
        if path.exists():
            for line in path.read_bytes().splitlines():
                try:
                    entry = orjson.loads(line)
                    self.done[entry["job"]] = entry["transcription_id"]
                except (ValueError, KeyError, TypeError):
                    continue  # the line a kill cut short
        self._file: TextIO = path.open("a", encoding="utf-8")

    def record(self, job: Submission, transcription_id: str) -> None:
        """Remember a job for good."""
        entry = {"job": fingerprint(job), "media_id": job.media_id, "transcription_id": transcription_id}
        self._file.write(orjson.dumps(entry).decode() + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self.done[entry["job"]] = transcription_id

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def fingerprint(job: Submission) -> str:
    """Name a job by all it asks for, so that the same media in another language is another job."""
    return hashlib.sha256(job.payload()).hexdigest()[:32]


def read_rows(path: Path) -> Iterator[Row]:
    """Read JSON lines (.jsonl, .ndjson, .json) or CSV with a header; a bad line is a row with a problem."""
    if path.suffix.lower() == ".csv":
        with path.open(newline="", encoding="utf-8-sig") as file:
            for number, row in enumerate(csv.DictReader(file, restkey="extra"), start=2):
                yield _row(number, dict(row))
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                parsed = orjson.loads(line)
            except ValueError:
                parsed = None
            if isinstance(parsed, dict):
                yield _row(number, parsed)
            else:
                yield Row(line=number, job=None, problem="is not a JSON object")


async def submit_file(path: Path, client: GenesysClient, *, out: TextIO, console: Console, stop: asyncio.Event) -> int:
    """Submit every job of a file; returns how many failed. Lines of the result go to `out` as JSON."""
    rows = list(read_rows(path))
    ledger = Ledger(path.with_name(path.name + ".submitted"))
    slots = asyncio.Semaphore(CONCURRENCY)
    failed = 0
    columns = (TextColumn("submit"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("submit", total=len(rows))

        async def one(row: Row) -> None:
            nonlocal failed
            async with slots:
                result = (
                    await _submit(row, client, ledger)
                    if not stop.is_set()
                    else {"error": "stopped before it was submitted"}
                )
            failed += "error" in result
            out.write(
                orjson.dumps({"line": row.line, "media_id": row.job.media_id if row.job else None, **result}).decode()
                + "\n"
            )
            out.flush()
            progress.advance(bar)

        try:
            async with asyncio.TaskGroup() as group:
                for row in rows:
                    group.create_task(one(row))
        finally:
            ledger.close()
    return failed


async def _submit(row: Row, client: GenesysClient, ledger: Ledger) -> dict[str, Any]:
    job = row.job
    if job is None:
        return {"error": row.problem or "unreadable"}
    if (known := ledger.done.get(fingerprint(job))) is not None:
        return {"transcription_id": known, "status": "already submitted"}
    problem = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            ceiling = min(FIRST_WAIT_SECONDS * 2**attempt, LONGEST_WAIT_SECONDS)
            await asyncio.sleep(random.uniform(ceiling / 2, ceiling))  # noqa: S311 - jitter
        result = await client.post(SUBMIT_PATH, job.payload(), cap_bytes=ANSWER_BYTES)
        if isinstance(result, Unreachable):
            problem = f"Genesys did not answer ({result.reason})"
        elif isinstance(result, Answer) and (result.status == TOO_MANY_REQUESTS or result.status >= SERVER_ERROR):
            problem = f"Genesys answered {result.status}"
        else:
            return _conclude(job, result, ledger)
    return {"error": f"{problem}, {ATTEMPTS} times"}


def _conclude(job: Submission, result: Result, ledger: Ledger) -> dict[str, Any]:
    match result:
        case Answer(status=status, body=body) if status in (200, 201, 202):
            try:
                transcription_id = msgspec.json.decode(body, type=_Job).id
            except msgspec.MsgspecError:
                return {"error": "Genesys answered without a job id"}
            ledger.record(job, transcription_id)
            return {"transcription_id": transcription_id, "status": "queued"}
        case Answer(status=status, body=body):
            return {"error": f"Genesys refuses the job: {status} {genesys_code(body)}"}
        case Unauthorized(reason=reason):
            return {"error": reason}
        case _:
            return {"error": "Genesys answered with more than a job"}


def _row(number: int, row: dict[str, Any]) -> Row:
    try:
        return Row(line=number, job=from_row(row))
    except InvalidSubmissionError as error:
        return Row(line=number, job=None, problem=str(error))
