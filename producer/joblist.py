"""Read a list of jobs: JSON lines, or CSV with a header. A line that cannot be used is a row with a problem, not an error."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from producer.submission import InvalidSubmissionError, Submission, from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the file: a job, or what is wrong with it."""

    line: int
    job: Submission | None = None
    problem: str = ""


def read_rows(path: Path) -> Iterator[Row]:
    """Read .csv as CSV and everything else as JSON lines, one row at a time; blank lines are skipped."""
    return _csv_rows(path) if path.suffix.lower() == ".csv" else _json_rows(path)


def _csv_rows(path: Path) -> Iterator[Row]:
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        reader = csv.DictReader(file, restkey="a column without a name")
        try:
            for row in reader:
                yield _row(reader.line_num, {(name or "a column without a name"): value for name, value in row.items()})
        except csv.Error:
            yield Row(line=reader.line_num, problem="is not CSV; nothing after it was read")


def _json_rows(path: Path) -> Iterator[Row]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                parsed = orjson.loads(line)
            except ValueError:
                parsed = None
            yield (
                _row(number, parsed) if isinstance(parsed, dict) else Row(line=number, problem="is not a JSON object")
            )


def _row(number: int, row: dict[str, Any]) -> Row:
    try:
        return Row(line=number, job=from_row(row))
    except InvalidSubmissionError as error:
        return Row(line=number, problem=str(error))
